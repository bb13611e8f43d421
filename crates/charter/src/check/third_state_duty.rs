//! `third-state-duty`: a duty for somebody who is no party.

use super::walk::duties;
use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{Bearer, Modality};
use crate::name::Actor;
use crate::span::Span;

pub(crate) const CODE: &str = "third-state-duty";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a duty for somebody who is no party",
        text: "\
A treaty creates no duties for a third state without its consent. A code that bears a duty, or stands
in a group that does, and never was a party owes nothing: either it is missing among the parties, or
another code was meant.",
        bad: "\
charter guarantee \"Guarantee\"
status signed 1839-04-19, in force since 1839-04-19
parties BEL, FRA, GBR
group guarantors: FRA, GBR, NLD
article 1
  unchecked
  when anyone attacks BEL
    each of guarantors must protect \"neutrality\" of BEL
",
        good: "\
charter guarantee \"Guarantee\"
status signed 1839-04-19, in force since 1839-04-19
parties BEL, FRA, GBR
group guarantors: FRA, GBR
article 1
  unchecked
  when anyone attacks BEL
    each of guarantors must protect \"neutrality\" of BEL
",
        source: Some("Vienna Convention on the Law of Treaties, articles 34 and 35"),
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.ever.is_empty() || subject.is_open() {
        return;
    }
    let charter = subject.charter;
    for group in &charter.groups {
        for member in group.members.iter().filter(|member| !subject.ever.contains(&member.actor)) {
            report(subject, &member.actor, group.span, findings);
        }
    }
    for (_, duty) in duties(charter) {
        if !matches!(duty.modality, Modality::Must | Modality::MustNot) {
            continue;
        }
        let named: Vec<&Actor> = match &duty.bearer {
            Bearer::Actor(actor) => vec![actor],
            Bearer::EachOf(members) | Bearer::Together(members) => members.iter().filter_map(as_actor).collect(),
            Bearer::EachParty
            | Bearer::EachOtherParty
            | Bearer::TheOtherParty
            | Bearer::Role(_)
            | Bearer::EachMember => Vec::new(),
        };
        for actor in named.into_iter().filter(|actor| !subject.ever.contains(*actor)) {
            report(subject, actor, duty.bearer_span, findings);
        }
    }
}

fn as_actor(member: &crate::model::Member) -> Option<&Actor> {
    match member {
        crate::model::Member::Actor(actor) => Some(actor),
        crate::model::Member::Group(_) => None,
    }
}

fn report(subject: &Subject<'_>, actor: &Actor, within: Span, findings: &mut Findings) {
    findings.warning(CODE, || {
        let span = subject.texts().word(within, actor.as_str());
        Diagnostic::warning(CODE, span, format!("`{actor}` is no party, and owes nothing here"))
            .label("a third state")
            .also(subject.charter.parties_span, "the parties")
            .help("list it among the parties, or write the code that is meant")
    });
}
