//! `unranked-exceptions`: two exceptions that put clashing duties in an article's place.

use std::collections::BTreeSet;

use super::contradictory_duties::clash;
use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{Article, ConditionWord, Exception, Statement};
use crate::name::Name;

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
        let with_duties = || article.exceptions.iter().filter(|exception| !exception.duties.is_empty());
        if with_duties().count() < 2 {
            continue;
        }
        let ranked: Vec<Ranked<'_>> = with_duties().map(|exception| Ranked::new(article, exception)).collect();
        for (at, one) in ranked.iter().enumerate() {
            for other in ranked.iter().skip(at + 1) {
                if !one.outranks(other) && !other.outranks(one) && one.can_meet(other) {
                    compare(subject, one.exception, other.exception, findings);
                }
            }
        }
    }
}

fn compare(subject: &Subject<'_>, one: &Exception, other: &Exception, findings: &mut Findings) {
    let mut pairs = one.duties.iter().flat_map(|duty| other.duties.iter().map(move |replacement| (duty, replacement)));
    if pairs.any(|(duty, other)| clash(subject, duty, other) || clash(subject, other, duty)) {
        findings.error(CODE, || {
            let message = format!("\"{}\" and \"{}\" clash where both hold", one.label, other.label);
            Diagnostic::error(CODE, other.span, message)
                .label("this one")
                .also(one.span, "and this one")
                .help(format!("say which goes first: `exception \"{}\" over \"{}\"`", one.label, other.label))
        });
    }
}

/// An exception, with what it ranks over and what it demands.
struct Ranked<'a> {
    exception: &'a Exception,
    over: BTreeSet<&'a Name>,
    ifs: BTreeSet<&'a Statement>,
    unless: BTreeSet<&'a Statement>,
}

impl<'a> Ranked<'a> {
    fn new(article: &'a Article, exception: &'a Exception) -> Self {
        let lines = |word: ConditionWord| {
            let lines = exception.conditions.iter().filter(move |condition| condition.word == word);
            lines.filter_map(|condition| if let [one] = condition.any_of.as_slice() { Some(one) } else { None })
        };
        let (ifs, unless) = (lines(ConditionWord::If).collect(), lines(ConditionWord::Unless).collect());
        Self { exception, over: below(article, exception), ifs, unless }
    }

    fn outranks(&self, other: &Self) -> bool {
        self.over.contains(&other.exception.label)
    }

    /// Two exceptions of which one demands what the other forbids never hold together.
    fn can_meet(&self, other: &Self) -> bool {
        self.ifs.is_disjoint(&other.unless) && self.unless.is_disjoint(&other.ifs)
    }
}

/// Every exception that one ranks over, perhaps by way of a third.
fn below<'a>(article: &'a Article, exception: &'a Exception) -> BTreeSet<&'a Name> {
    let mut below: BTreeSet<&Name> = BTreeSet::new();
    let mut waiting: Vec<&Name> = exception.over.iter().collect();
    while let Some(label) = waiting.pop() {
        if below.insert(label) {
            let ranked = article.exceptions.iter().filter(|exception| exception.label == *label);
            waiting.extend(ranked.flat_map(|exception| &exception.over));
        }
    }
    below
}
