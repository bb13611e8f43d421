//! `mutual-conditions`: duties of which each waits for the other.

use std::collections::{BTreeMap, BTreeSet};

use super::cycle::{circles, spelled};
use super::{Check, Explanation, Run, View};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{Bearer, Charter, ConditionWord, Modality, Opening, Selector, Verb};
use crate::name::Actor;
use crate::span::Span;

pub(crate) const CODE: &str = "mutual-conditions";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "duties of which each waits for the other to be kept",
        text: "\
One shall assist if the other assists, and the other if the one does. No circle of mutual conditions
lights itself: as long as neither moves, neither is bound, and each can point at the other. The Soviet
pacts of 1935 had one half of such a circle, which was enough. Let one of the duties stand alone.",
        bad: "\
charter pact \"Pact\"
status signed 1935-05-16, in force since 1935-06-08
parties CSK, FRA, SUN
article 1
  unchecked
  when DEU attacks CSK
  if FRA assists CSK
    SUN must assist CSK
article 2
  unchecked
  when DEU attacks CSK
  if SUN assists CSK
    FRA must assist CSK
",
        good: "\
charter pact \"Pact\"
status signed 1935-05-16, in force since 1935-06-08
parties CSK, FRA, SUN
article 1
  unchecked
  when DEU attacks CSK
  if FRA assists CSK
    SUN must assist CSK
article 2
  unchecked
  when DEU attacks CSK
    FRA must assist CSK
",
        source: None,
    },
    run: Run::Library(run),
};

fn run(view: &View<'_>, findings: &mut Findings) {
    let mut waits: BTreeMap<&Opening, BTreeMap<Actor, BTreeSet<Actor>>> = BTreeMap::new();
    let mut places: BTreeMap<(&Opening, Actor), (&Charter, Span)> = BTreeMap::new();
    let articles =
        view.given().iter().flat_map(|charter| charter.articles.iter().map(move |article| (charter, article)));
    for (charter, clause) in
        articles.flat_map(|(charter, article)| article.clauses.iter().map(move |one| (charter, one)))
    {
        let awaited = clause.conditions.iter().filter(|condition| condition.word == ConditionWord::If);
        let awaited = awaited.filter_map(|condition| match condition.any_of.as_slice() {
            [one] if one.verb == Verb::Assists && !one.negated => Some(&one.subject.selector),
            _ => None,
        });
        let awaited: Vec<&Actor> = awaited.filter_map(actor).collect();
        if awaited.is_empty() {
            continue;
        }
        for duty in clause.duties.iter().filter(|duty| duty.modality == Modality::Must) {
            if let Bearer::Actor(bearer) = &duty.bearer {
                let waiting = waits.entry(&clause.opening).or_default().entry(bearer.clone()).or_default();
                waiting.extend(awaited.iter().copied().cloned());
                places.entry((&clause.opening, bearer.clone())).or_insert((charter, clause.span));
            }
        }
    }
    for (opening, waits) in &waits {
        for circle in circles(waits) {
            let mut spans = circle.iter().filter_map(|actor| places.get(&(*opening, actor.clone())));
            let Some((charter, first)) = spans.next() else { continue };
            findings.enter(charter);
            findings.warning(CODE, || {
                let fault = Diagnostic::warning(CODE, *first, "each of these waits for the next")
                    .label("nobody has to move first")
                    .note(format!("{} …", spelled(&circle)));
                spans.fold(fault, |fault, (_, span)| fault.also(*span, "and this"))
            });
        }
    }
    findings.leave();
}

fn actor(selector: &Selector) -> Option<&Actor> {
    if let Selector::Actor(actor) = selector { Some(actor) } else { None }
}
