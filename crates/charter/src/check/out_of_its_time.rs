//! `out-of-its-time`: a party that did not exist when it became one.

use super::dates::{first_day, is_surely_before};
use super::other_letters::year_of;
use super::{Check, Explanation, Run, Subject};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{ActorDeclaration, HistoryAct, When};
use crate::name::{Actor, Name};
use crate::resolve::scope::Kind;
use crate::span::Span;

pub(crate) const CODE: &str = "out-of-its-time";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a party that did not exist when it became one",
        text: "\
A state binds itself while it lives. The Soviet Union (`SUN`) signs nothing before 1922 or after
1991, Czechoslovakia (`CSK`) nothing before 1918, and a declared actor nothing outside the life its
declaration gives it. Usually the predecessor or the successor is meant, or a date is wrong.
Succession itself is declared (`continues`), never guessed.",
        bad: "\
charter convention \"Convention\"
status signed 1892-08-17, in force since 1894-01-04
parties FRA, SUN
article 1
  unchecked
  when DEU attacks a party
    the other party must assist the victim using all means
",
        good: "\
charter convention \"Convention\"
status signed 1892-08-17, in force since 1894-01-04
parties FRA, RUS
article 1
  unchecked
  when DEU attacks a party
    the other party must assist the victim using all means
",
        source: Some("Vienna Convention on Succession of States in respect of Treaties, 1978"),
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    let charter = subject.charter;
    if let Some(year) = year_of(charter) {
        let on = charter.status.signed.unwrap_or(When::Year(year));
        for party in &charter.parties {
            check(subject, party, on, charter.parties_span, findings);
        }
    }
    for entry in &charter.history {
        if matches!(entry.act, HistoryAct::Accede | HistoryAct::Ratify | HistoryAct::Accept | HistoryAct::Approve) {
            for actor in &entry.who {
                check(subject, actor, entry.on, entry.span, findings);
            }
        }
    }
}

fn check(subject: &Subject<'_>, actor: &Actor, on: When, span: Span, findings: &mut Findings) {
    let Actor::Code(code) = actor else { return };
    let Some(day) = first_day(on) else { return };
    if let Some((declared, is_at_hand)) = declaration(subject, code) {
        let early = declared.from.filter(|from| is_surely_before(on, *from));
        let late = declared.to.filter(|to| is_surely_before(*to, on));
        let life = early.map(|from| format!("from {from}")).or_else(|| late.map(|to| format!("to {to}")));
        if let Some(life) = life {
            findings.warning(CODE, || {
                let fault = report(subject, code.as_str(), declared.name.as_str(), on, span, &life);
                if is_at_hand { fault.also(declared.span, "its life as declared") } else { fault }
            });
        }
        return;
    }
    let Some((from, to)) = codes::withdrawn_life(code.as_str()) else { return };
    if day.year() < from || (to != 0 && day.year() > to) {
        let name = codes::iso_name(code.as_str()).unwrap_or(code.as_str());
        findings.warning(CODE, || report(subject, code.as_str(), name, on, span, &format!("from {from} to {to}")));
    }
}

fn report(subject: &Subject<'_>, code: &str, name: &str, on: When, span: Span, life: &str) -> Diagnostic {
    let span = subject.texts().word(span, code);
    let fault = Diagnostic::warning(CODE, span, format!("`{code}` could bind itself to nothing on {on}"));
    let fault = fault.label(format!("{name}, {life}"));
    match codes::heirs(code) {
        [heir] => fault.help(format!("if {} is meant, write `{heir}`", codes::iso_name(heir).unwrap_or(heir))),
        _ => fault.help("write the code of the state that bound itself, or mend the date"),
    }
}

/// The actor's declaration, and whether it stands in the texts at hand: places in a base are numbered
/// like those in the texts, and must not be pointed at.
fn declaration<'a>(subject: &Subject<'a>, code: &Name) -> Option<(&'a ActorDeclaration, bool)> {
    let world = subject.view.world;
    if let Some(declared) = world.scope(subject.at).and_then(|scope| scope.get(Kind::Actor, code)) {
        return subject.charter.actors.get(declared.at).map(|declared| (declared, true));
    }
    let declared = world.prelude.get(Kind::Actor, code)?;
    subject.view.library.prelude.actors.get(declared.at).map(|declared| (declared, subject.view.brings_prelude))
}
