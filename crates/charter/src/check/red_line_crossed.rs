//! `red-line-crossed`: a charter whose own text crosses a red line stated in it.

use super::walk::duties;
use super::{Check, Explanation, Run, Subject, parties_ever};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{ActionVerb, Bearer, Charter, DutyLine, RedLine, RedLineRule, Selector, Who, Withdrawal};
use crate::name::Actor;

pub(crate) const CODE: &str = "red-line-crossed";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a red line that the text itself crosses",
        text: "\
A red line says what may never be owed (`never TUR must assist anyone`), or what must always be
possible (`always TUR can withdraw`). Whether some situation crosses it is for exploration to find;
here the text does, in so many words: a clause binds the one whose line it is to just that, or the
charter lets nobody withdraw.",
        bad: "\
charter platform \"Platform\"
status signed 2020-01-01, in force since 2020-01-01
parties PAK, SAU, TUR
article 1
  unchecked
  when anyone attacks a party
    each other party must assist the victim
red line TUR \"nothing automatic\"
  never TUR must assist anyone under platform
",
        good: "\
charter platform \"Platform\"
status signed 2020-01-01, in force since 2020-01-01
parties PAK, SAU, TUR
article 1
  unchecked
  when anyone attacks a party
    each other party must consult the victim
red line TUR \"nothing automatic\"
  never TUR must assist anyone under platform
",
        source: None,
    },
    run: Run::Charter(run),
};

/// How many clauses that cross one line are pointed at.
const CROSSINGS_MAX: usize = 5;

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    for line in &subject.charter.red_lines {
        for rule in &line.rules {
            match rule {
                RedLineRule::NeverDuty { duty, under } => {
                    let under = under.as_ref().and_then(|name| subject.view.world.charter(name));
                    let at = under.unwrap_or(subject.at);
                    if let Some(charter) = subject.view.library.charters.get(at) {
                        let is_given = at < subject.view.library.given;
                        never(subject, charter, is_given, line, duty, findings);
                    }
                }
                RedLineRule::AlwaysCan { who, action } if action.verb == ActionVerb::Withdraw => {
                    always_withdraw(subject, line, who, findings);
                }
                RedLineRule::AlwaysCan { .. } | RedLineRule::NeverEvent(_) => {}
            }
        }
    }
}

fn never(
    subject: &Subject<'_>,
    charter: &Charter,
    is_given: bool,
    line: &RedLine,
    never: &DutyLine,
    findings: &mut Findings,
) {
    let parties = parties_ever(charter);
    let owed = duties(charter).map(|(_, duty)| duty).filter(|duty| {
        let bears = match &never.bearer {
            Bearer::Actor(actor) => binds(subject, &duty.bearer, actor, parties.contains(actor)),
            Bearer::EachParty
            | Bearer::EachOtherParty
            | Bearer::TheOtherParty
            | Bearer::EachOf(_)
            | Bearer::Together(_)
            | Bearer::Role(_)
            | Bearer::EachMember => duty.bearer == never.bearer,
        };
        bears
            && duty.modality == never.modality
            && duty.action.verb == never.action.verb
            && (never.action.thing.is_none() || duty.action.thing == never.action.thing)
            && takes_in(never.action.whom.as_ref(), duty.action.whom.as_ref())
    });
    for duty in owed.take(CROSSINGS_MAX) {
        findings.warning(CODE, || {
            let fault = Diagnostic::warning(
                CODE,
                line.span,
                format!("`{}` crosses the red line \"{}\"", charter.name, line.label),
            );
            let fault = fault.label(format!("a red line of `{}`", line.of));
            if is_given { fault.also(duty.span, "this crosses it") } else { fault }
        });
    }
}

/// Whether a bearer surely takes in a party.
fn binds(subject: &Subject<'_>, bearer: &Bearer, actor: &Actor, is_party: bool) -> bool {
    match bearer {
        Bearer::EachParty | Bearer::EachOtherParty | Bearer::TheOtherParty => is_party,
        Bearer::Actor(bearer) => bearer == actor,
        Bearer::EachOf(members) => subject.actors(members).is_some_and(|members| members.contains(actor)),
        Bearer::Together(_) | Bearer::Role(_) | Bearer::EachMember => false,
    }
}

/// Whether the line's object takes in the duty's.
fn takes_in(never: Option<&Who>, owed: Option<&Who>) -> bool {
    never.is_none_or(|never| never.selector == Selector::Anyone) || never == owed
}

fn always_withdraw(subject: &Subject<'_>, line: &RedLine, who: &Actor, findings: &mut Findings) {
    let status = &subject.charter.status;
    let bars = match status.withdrawal {
        Some(Withdrawal::None) => true,
        None => !status.draft && status.ends.is_empty(),
        Some(Withdrawal::AtWill | Withdrawal::AfterNotice { .. }) => false,
    };
    if bars && subject.ever.contains(who) {
        findings.warning(CODE, || {
            Diagnostic::warning(CODE, line.span, format!("`{}` lets nobody withdraw", subject.charter.name))
                .label(format!("a red line of `{}`: it can always withdraw", line.of))
                .help("say how one leaves: `withdrawal at will`, `withdrawal 1 year after notice`")
        });
    }
}
