//! `missing-date`: a charter whose life nobody can date.

use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{Ending, EntryIntoForce, TextStatus};

pub(crate) const CODE: &str = "missing-date";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a charter whose life cannot be dated",
        text: "\
A charter binds from its entry into force. One that is silent about it is *unknown* there, so every
duty under it stays open; where that is what you mean, say `in force unknown`, and nobody will take
it for forgotten. A term that runs from entry into force or from signature needs that day too.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01
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
        source: Some("Vienna Convention on the Law of Treaties, article 24"),
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    let charter = subject.charter;
    let status = &charter.status;
    if status.draft || matches!(status.text, Some(TextStatus::Unpublished)) && status.in_force.is_some() {
        return;
    }
    let dateless = match &status.in_force {
        None => {
            findings.warning(CODE, || silent(subject));
            true
        }
        Some(EntryIntoForce::Unknown) => true,
        Some(
            EntryIntoForce::Since(_)
            | EntryIntoForce::ProvisionallySince(_)
            | EntryIntoForce::WhenDeposited { .. }
            | EntryIntoForce::Never,
        ) => false,
    };
    for ending in &status.ends {
        let Ending::Term { term, after_signature } = ending else { continue };
        let missing = if *after_signature { status.signed.is_none() } else { dateless };
        if missing {
            let from = if *after_signature { "signature" } else { "entry into force" };
            findings.warning(CODE, || {
                let span = subject.texts().clause(status.span, "ends");
                Diagnostic::warning(CODE, span, format!("a term of {term} after {from}, whose day is not given"))
                    .help(format!("give the day of {from}, or the day on which the charter ends: `ends 1939-08-23`"))
            });
        }
    }
    renewal(subject, findings);
}

fn silent(subject: &Subject<'_>) -> Diagnostic {
    let charter = subject.charter;
    let name = charter.name.as_str();
    let heading = subject.texts().word(charter.span, name);
    let fault = Diagnostic::warning(CODE, heading, format!("`{name}` does not say when it entered into force"))
        .label("every duty under it stays open");
    match charter.status.signed {
        Some(signed) => fault.note(format!("it was signed on {signed}; signature alone binds nobody")),
        None => fault,
    }
    .help("say `status in force since 1949-08-24`, or `status in force unknown` where nobody knows")
}

/// `renews` prolongs a term; without one there is nothing to prolong.
fn renewal(subject: &Subject<'_>, findings: &mut Findings) {
    let status = &subject.charter.status;
    let has_term = status.ends.iter().any(|ending| matches!(ending, Ending::On(_) | Ending::Term { .. }));
    if let Some(renewal) = status.renews.filter(|_| !has_term) {
        findings.warning(CODE, || {
            let span = subject.texts().clause(status.span, "renews");
            Diagnostic::warning(CODE, span, format!("it renews for {}, but has no term", renewal.term))
                .help("say when the first term ends: `ends 5 years after entry into force`")
        });
    }
}
