//! `term-nobody-finds`: a term or class that nobody can find to be met.

use std::collections::BTreeSet;

use super::role_not_handed_out::handed_out;
use super::walk::triggers;
use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{BodyMembers, ClassMembers, Finder, Object, Role, Verb};
use crate::name::Name;
use crate::span::Span;

pub(crate) const CODE: &str = "term-nobody-finds";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a term that nobody can find to be met",
        text: "\
What no machine can decide stands in quotes, and somebody has to find it to be so. A term `found by
nobody`, by a body without members, or by the victim of something that has no victim stays open in
every case, and every duty that hangs on it too. Where the treaty left it so, `allow
term-nobody-finds`.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
term \"flagrant\" found by nobody
article 1
  unchecked
  when anyone attacks a party
  if \"flagrant\"
    the other party must assist the victim
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
term \"flagrant\" found by the victim
article 1
  unchecked
  when anyone attacks a party
  if \"flagrant\"
    the other party must assist the victim
",
        source: None,
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    let charter = subject.charter;
    for term in &charter.terms {
        if let Some(why) = nobody(subject, &term.found_by) {
            report(&format!("\"{}\"", term.term), why, term.span, findings);
        }
    }
    without_victim(subject, findings);
    for class in &charter.classes {
        if let ClassMembers::FoundBy(finder) = &class.members
            && let Some(why) = nobody(subject, finder)
        {
            report(&format!("`{}`", class.name), why, class.span, findings);
        }
    }
}

fn report(what: &str, why: &str, span: Span, findings: &mut Findings) {
    findings.warning(CODE, || {
        Diagnostic::warning(CODE, span, format!("nobody can find {what}"))
            .label(why)
            .note("what hangs on it stays open in every case")
            .help("say who finds it: the victim, the bearer, each party, or a body")
    });
}

fn nobody(subject: &Subject<'_>, finder: &Finder) -> Option<&'static str> {
    match finder {
        Finder::Nobody => Some("found by nobody"),
        Finder::Body(name) => {
            let body = subject.body(name)?;
            let empty = match &body.members {
                BodyMembers::Of(members) => subject.actors(members).is_some_and(|members| members.is_empty()),
                BodyMembers::AllParties { .. } => subject.ever.is_empty() && !subject.is_open(),
                BodyMembers::AllMembers => false,
            };
            empty.then_some("that body has no members")
        }
        Finder::Victim | Finder::Bearer | Finder::EachParty => None,
    }
}

/// Clauses that hang on a term of the victim's, under a trigger that has no victim.
fn without_victim(subject: &Subject<'_>, findings: &mut Findings) {
    let terms = subject.charter.terms.iter().filter(|term| term.found_by == Finder::Victim);
    let terms: BTreeSet<&Name> = terms.map(|term| &term.term).collect();
    if terms.is_empty() {
        return;
    }
    let victims = [Role::Victim, Role::Threatened, Role::Belligerent];
    for clause in subject.charter.articles.iter().flat_map(|article| &article.clauses) {
        let mut handed = triggers(&clause.opening).iter().map(handed_out);
        if handed.any(|roles| victims.iter().any(|role| roles.contains(*role))) {
            continue;
        }
        for one in clause.conditions.iter().flat_map(|condition| &condition.any_of) {
            if let (Verb::Term, Object::Thing(term)) = (one.verb, &one.object)
                && terms.contains(term)
            {
                let what = format!("\"{term}\" here");
                report(&what, "its finder is the victim, and this trigger has none", one.span, findings);
            }
        }
    }
}
