//! `dates-contradict`: dates that cannot all be right.

use std::fmt::Display;

use super::dates::is_surely_before;
use super::exit_never_works::last_possible_day;
use super::walk::lines;
use super::{Check, Explanation, Run, Subject, View};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{
    ActorDeclaration, ClassDeclaration, ClassMember, ClassMembers, EntryIntoForce, GroupDeclaration, HistoryAct,
    Scenario, ScenarioLineKind, TextStatus, When,
};
use crate::span::Span;

pub(crate) const CODE: &str = "dates-contradict";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "dates that cannot all be right",
        text: "\
A charter is signed before it enters into force and ends after; a membership, a life, an event ends
after it began; one accedes to what has been signed. Where the dates say otherwise one of them is
wrong, and every answer near it too. (A treaty may be made to apply from before its signature; then
`allow dates-contradict`, which silences the warning, not the impossible.)",
        bad: "\
charter pact \"Pact\"
status signed 1950-06-01, in force since 1950-01-01
parties BEL, FRA
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
",
        source: Some("Vienna Convention on the Law of Treaties, articles 24 and 28"),
    },
    run: Run::CharterAndBeside(run, beside),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    let charter = subject.charter;
    status(subject, findings);
    acts(subject, findings);
    lives(&charter.actors, findings);
    memberships(&charter.classes, &charter.groups, findings);
    charter.scenarios.iter().for_each(|one| scenario(one, findings));
}

/// The prelude, and scenarios without a charter.
fn beside(view: &View<'_>, findings: &mut Findings) {
    if view.brings_prelude {
        let prelude = &view.library.prelude;
        lives(&prelude.actors, findings);
        memberships(&prelude.classes, &prelude.groups, findings);
    }
    view.library.scenarios.iter().for_each(|one| scenario(one, findings));
}

fn status(subject: &Subject<'_>, findings: &mut Findings) {
    let status = &subject.charter.status;
    let begins = match status.in_force {
        Some(EntryIntoForce::Since(when) | EntryIntoForce::ProvisionallySince(when)) => Some(when),
        Some(EntryIntoForce::WhenDeposited { .. } | EntryIntoForce::Unknown | EntryIntoForce::Never) | None => None,
    };
    if let Some((begins, signed)) = begins.zip(status.signed)
        && is_surely_before(begins, signed)
    {
        findings.warning(CODE, || {
            let span = subject.texts().clause(status.span, "in");
            Diagnostic::warning(CODE, span, format!("in force since {begins}, but signed only on {signed}"))
        });
    }
    if let Some((end, begins)) = last_possible_day(subject.charter).zip(begins.or(status.signed))
        && is_surely_before(When::Day(end), begins)
    {
        findings.error(CODE, || {
            let span = subject.texts().clause(status.span, "ends");
            Diagnostic::error(CODE, span, format!("it ends on {end}, before it begins on {begins}"))
        });
    }
    if let (Some(TextStatus::SecretUntil(until)), Some(signed)) = (&status.text, status.signed)
        && is_surely_before(*until, signed)
    {
        findings.warning(CODE, || {
            let span = subject.texts().clause(status.span, "text");
            Diagnostic::warning(CODE, span, format!("secret until {until}, before it was signed on {signed}"))
        });
    }
    for lapse in &status.lapses {
        if let Some(begins) = begins.or(status.signed).filter(|begins| is_surely_before(lapse.before, *begins)) {
            findings.error(CODE, || {
                let message =
                    format!("it lapses unless something happens before {}, but begins on {begins}", lapse.before);
                Diagnostic::error(CODE, lapse.unless.span, message)
            });
        }
    }
}

fn acts(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(signed) = subject.charter.status.signed else { return };
    for entry in &subject.charter.history {
        if entry.act != HistoryAct::Sign && is_surely_before(entry.on, signed) {
            findings.warning(CODE, || {
                Diagnostic::warning(
                    CODE,
                    entry.span,
                    format!("on {}, before the charter was signed on {signed}", entry.on),
                )
            });
        }
    }
}

fn backwards(from: Option<When>, to: Option<When>, span: Span, what: impl Display, findings: &mut Findings) {
    if let Some((from, to)) = from.zip(to).filter(|(from, to)| is_surely_before(*to, *from)) {
        findings
            .error(CODE, || Diagnostic::error(CODE, span, format!("{what} from {from} to {to} ends before it begins")));
    }
}

fn lives(actors: &[ActorDeclaration], findings: &mut Findings) {
    for actor in actors {
        backwards(actor.from, actor.to, actor.span, "a life", findings);
    }
}

fn memberships(classes: &[ClassDeclaration], groups: &[GroupDeclaration], findings: &mut Findings) {
    let mut check = |members: &[ClassMember], span: Span| {
        for member in members {
            backwards(member.from, member.to, span, format_args!("the membership of `{}`", member.actor), findings);
        }
    };
    for class in classes {
        if let ClassMembers::Listed(members) = &class.members {
            check(members, class.span);
        }
    }
    for group in groups {
        check(&group.members, group.span);
    }
}

fn scenario(scenario: &Scenario, findings: &mut Findings) {
    for (line, span) in lines(scenario) {
        if let ScenarioLineKind::Fact(fact) = line {
            backwards(fact.on.or(Some(scenario.on)), fact.until, span, "what happens", findings);
        }
    }
}
