//! `never-in-force`: a condition of entry into force that cannot be met.

use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::EntryIntoForce;

pub(crate) const CODE: &str = "never-in-force";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "an entry into force whose condition cannot be met",
        text: "\
A charter that enters into force when so many instruments are deposited needs that many states who
may deposit one. Without an `accession` only the parties listed may, so a higher number, or an
instrument required of somebody who is no party, means that it never binds anybody. A charter that
truly never did is written `never in force`.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force when 4 instruments are deposited
parties BEL, FRA, NLD
article 1
  unchecked
  when anyone attacks a party
    each other party must assist the victim
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force when 3 instruments are deposited
parties BEL, FRA, NLD
article 1
  unchecked
  when anyone attacks a party
    each other party must assist the victim
",
        source: Some("Vienna Convention on the Law of Treaties, article 24"),
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    let status = &subject.charter.status;
    let Some(EntryIntoForce::WhenDeposited { count, including, .. }) = &status.in_force else { return };
    if subject.is_open() || subject.ever.is_empty() {
        return;
    }
    let there = subject.ever.len();
    if usize::try_from(*count).is_ok_and(|count| count > there) {
        findings.warning(CODE, || {
            let span = subject.texts().clause(status.span, "in");
            Diagnostic::warning(CODE, span, format!("{count} instruments, and {there} who may deposit one"))
                .label("it never enters into force")
                .also(subject.charter.parties_span, "the parties")
        });
    }
    for actor in including.iter().filter(|actor| !subject.ever.contains(*actor)) {
        findings.warning(CODE, || {
            let span = subject.texts().word(status.span, actor.as_str());
            Diagnostic::warning(CODE, span, format!("an instrument of `{actor}` is required, which is no party"))
                .label("it never enters into force")
        });
    }
}
