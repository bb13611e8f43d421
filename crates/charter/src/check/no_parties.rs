//! `no-parties`: a charter that binds nobody.

use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;

pub(crate) const CODE: &str = "no-parties";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a charter that binds nobody",
        text: "\
A charter binds its parties: those it lists after `parties`, and those who accede in its history. One
that lists none answers every question with *not bound*, which reads like a finding and is only a
line that was forgotten.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
article 1
  unchecked
  when anyone attacks a party
    each other party must assist the victim
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when anyone attacks a party
    each other party must assist the victim
",
        source: None,
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    let charter = subject.charter;
    if subject.ever.is_empty() {
        findings.warning(CODE, || {
            let span = subject.texts().word(charter.span, charter.name.as_str());
            Diagnostic::warning(CODE, span, format!("`{}` has no parties", charter.name))
                .label("so it binds nobody")
                .help("list them: `parties BEL, FRA`")
        });
    }
}
