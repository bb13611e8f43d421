//! `unranked-exceptions`: two exceptions that put clashing duties in an article's place.

use std::collections::BTreeSet;

use super::contradictory_duties::clash;
use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{Article, ConditionWord, Exception};

pub(crate) const CODE: &str = "unranked-exceptions";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "two exceptions that clash, and nothing says which goes first",
        text: "\
Exceptions go before the article, and each may put duties of its own in its place. Where two of them
can hold at once and their duties cannot both be kept, the charter has to say which outranks the
other: `exception \"own attack\" over \"civil war\"`. Nothing outside the charter could decide it.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when DEU attacks a party
    the other party must assist the victim
  exception \"two wars\"
    if the victim is at war with GBR
    the other party must stay neutral towards the victim
  exception \"request\"
    if the victim requests \"arms\"
    the other party must assist the victim using armed force
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when DEU attacks a party
    the other party must assist the victim
  exception \"two wars\" over \"request\"
    if the victim is at war with GBR
    the other party must stay neutral towards the victim
  exception \"request\"
    if the victim requests \"arms\"
    the other party must assist the victim using armed force
",
        source: None,
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    for article in &subject.charter.articles {
        let with_duties: Vec<&Exception> =
            article.exceptions.iter().filter(|exception| !exception.duties.is_empty()).collect();
        for (at, one) in with_duties.iter().enumerate() {
            for other in with_duties.iter().skip(at + 1) {
                if !outranks(article, one, other) && !outranks(article, other, one) && can_meet(one, other) {
                    compare(subject, one, other, findings);
                }
            }
        }
    }
}

fn compare(subject: &Subject<'_>, one: &Exception, other: &Exception, findings: &mut Findings) {
    let mut pairs = one.duties.iter().flat_map(|duty| other.duties.iter().map(move |replacement| (duty, replacement)));
    if pairs.any(|(duty, other)| clash(subject, duty, other) || clash(subject, other, duty)) {
        findings.error(CODE, || {
            Diagnostic::error(
                CODE,
                other.span,
                format!("\"{}\" and \"{}\" clash where both hold", one.label, other.label),
            )
            .label("this one")
            .also(one.span, "and this one")
            .help(format!("say which goes first: `exception \"{}\" over \"{}\"`", one.label, other.label))
        });
    }
}

/// Whether one exception ranks over another, perhaps by way of a third.
fn outranks(article: &Article, one: &Exception, other: &Exception) -> bool {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![&one.label];
    while let Some(label) = waiting.pop() {
        for exception in article.exceptions.iter().filter(|exception| exception.label == *label) {
            if exception.over.contains(&other.label) {
                return true;
            }
            waiting.extend(exception.over.iter().filter(|over| seen.insert((*over).clone())));
        }
    }
    false
}

/// Two exceptions of which one demands what the other forbids never hold together.
fn can_meet(one: &Exception, other: &Exception) -> bool {
    let demands = |exception: &'_ Exception, word: ConditionWord| {
        let lines = exception.conditions.iter().filter(move |condition| condition.word == word);
        let single = lines.filter(|condition| condition.any_of.len() == 1);
        single.flat_map(|condition| condition.any_of.clone()).collect::<BTreeSet<_>>()
    };
    let (ifs, unless) = (ConditionWord::If, ConditionWord::Unless);
    demands(one, ifs).is_disjoint(&demands(other, unless)) && demands(one, unless).is_disjoint(&demands(other, ifs))
}
