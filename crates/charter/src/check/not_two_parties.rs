//! `not-two-parties`: *the other party* of a charter that has not two.

use super::walk::{self, named_in};
use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{Bearer, HistoryAct, Selector};
use crate::span::Span;

pub(crate) const CODE: &str = "not-two-parties";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "`the other party` in a charter that has not two parties",
        text: "\
*The other party* is one of two. In a charter of three or more it names nobody, or whomever the
reader likes: write `each other party`, or name the one that is meant.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA, NLD
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA, NLD
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
    let joined = charter.history.iter().find(|entry| entry.act == HistoryAct::Accede);
    if charter.parties.is_empty() || (charter.parties.len() == 2 && joined.is_none()) {
        return;
    }
    for (_, duty) in walk::duties(charter) {
        if duty.bearer == Bearer::TheOtherParty {
            report(subject, duty.bearer_span, findings);
        }
        for who in named_in(duty).filter(|who| who.selector == Selector::TheOtherParty) {
            report(subject, who.span, findings);
        }
    }
}

fn report(subject: &Subject<'_>, span: Span, findings: &mut Findings) {
    let parties = subject.charter.parties.len();
    let the = subject.texts().word(span, "the");
    if parties == 2 {
        findings.warning(CODE, || {
            Diagnostic::warning(CODE, span, "`the other party`, where others have acceded")
                .label("nobody in particular from then on")
                .suggest("write `each other party`", the, "each")
        });
    } else {
        findings.error(CODE, || {
            Diagnostic::error(CODE, span, format!("`the other party` of {parties}"))
                .label("which one?")
                .also(subject.charter.parties_span, "the parties")
                .suggest("write `each other party`", the, "each")
        });
    }
}
