//! What a charter obliges to on the day asked about, though nothing has happened. Read [`Today`].

use std::collections::{BTreeMap, BTreeSet};

use charter::Actor;
use charter::model::{Charter, Modality, Opening};
use law::{Answer, Chronicle, Holder, Inquiry, Origin, Standing, Verdict};

use crate::json;
use crate::names::Names;
use crate::words;

/// The answers to a question in which nothing has happened.
pub(super) struct Today<'a> {
    charter: &'a Charter,
    names: &'a Names,
    answers: Vec<&'a Answer>,
    /// Whom the charter binds on the day.
    bound: BTreeSet<&'a Actor>,
}

/// Answers of one sentence that differ only in who owes it, and to whom.
type Line = (Origin, Verdict, Option<Actor>);

impl<'a> Today<'a> {
    pub(super) fn new(
        charter: &'a Charter,
        names: &'a Names,
        inquiry: &'a Inquiry<'_>,
        chronicle: &'a Chronicle,
    ) -> Self {
        let outcome = inquiry.outcome();
        let all = outcome.answers.iter().chain(&outcome.rights);
        let is_told = |answer: &&Answer| answer.charter == charter.name && answer.verdict != Verdict::NotBound;
        let is_bound = |standing: Standing| matches!(standing, Standing::InForce | Standing::Provisional);
        let parties = chronicle.parties.iter().filter(|stay| is_bound(stay.standing));
        Self {
            charter,
            names,
            answers: all.filter(is_told).collect(),
            bound: parties.map(|stay| &stay.actor).collect(),
        }
    }

    /// What this article obliges to, in the order of its sentences.
    pub(super) fn of_article(&self, article: usize) -> Vec<json::Owed> {
        let is_here = |origin: Origin| match origin {
            Origin::Clause { article: place, .. }
            | Origin::Exception { article: place, .. }
            | Origin::Otherwise { article: place, .. } => place == article,
            Origin::Track { .. } | Origin::Kind => false,
        };
        let mut lines: BTreeMap<Line, Vec<&Answer>> = BTreeMap::new();
        for answer in self.answers.iter().filter(|answer| is_here(answer.origin)) {
            lines.entry((answer.origin, answer.verdict, answer.against.clone())).or_default().push(answer);
        }
        lines.into_values().flat_map(|answers| self.of_line(&answers)).collect()
    }

    /// Of one sentence: whoever owes it to one another stands together, and so does whoever owes it to
    /// the same.
    fn of_line(&self, answers: &[&Answer]) -> Vec<json::Owed> {
        let mut by_holder: BTreeMap<&Holder, (Vec<Actor>, &Answer)> = BTreeMap::new();
        for answer in answers {
            let (towards, _) = by_holder.entry(&answer.actor).or_insert((Vec::new(), answer));
            towards.extend(answer.to.clone());
        }
        let holders: BTreeSet<Actor> = by_holder.keys().flat_map(|holder| members(holder)).cloned().collect();
        // A circle: each owes it to all the others who owe it.
        let is_circle = holders.len() > 1
            && by_holder.iter().all(|(holder, (towards, _))| {
                let Holder::Actor(actor) = holder else { return false };
                let owed: BTreeSet<&Actor> = towards.iter().collect();
                owed.len() + 1 == holders.len() && owed.iter().all(|to| *to != actor && holders.contains(*to))
            });
        if is_circle {
            let first = answers.first();
            return first.map(|answer| self.owed(answer, &holders, Towards::OneAnother)).into_iter().collect();
        }
        let mut alike: Vec<(BTreeSet<Actor>, Vec<Actor>, &Answer)> = Vec::new();
        for (holder, (mut towards, answer)) in by_holder {
            let who: BTreeSet<Actor> = members(holder).iter().cloned().collect();
            towards.dedup();
            let joins = matches!(holder, Holder::Actor(_));
            match alike.iter_mut().find(|(_, known, _)| joins && *known == towards) {
                Some((known, ..)) => known.extend(who),
                None => alike.push((who, towards, answer)),
            }
        }
        alike.into_iter().map(|(who, towards, answer)| self.owed(answer, &who, Towards::These(&towards))).collect()
    }

    fn owed(&self, answer: &Answer, who: &BTreeSet<Actor>, towards: Towards<'_>) -> json::Owed {
        let together = matches!(answer.actor, Holder::Together(_));
        let (to, said) = match towards {
            Towards::OneAnother => (who.iter().cloned().collect(), Some("one another".to_owned())),
            Towards::These([]) => (Vec::new(), None),
            Towards::These(these) => (these.to_vec(), Some(self.names.few(these))),
        };
        let deed = match law::sentence_of(self.charter, answer) {
            Some(line) => words::duty_towards(line, said.as_deref(), answer, self.names),
            None => answer.duty.to_owned(),
        };
        let modality = match answer.modality {
            Modality::IsAskedTo if who.len() > 1 && !together => "are asked to",
            Modality::Must | Modality::MustNot | Modality::May | Modality::IsAskedTo | Modality::NeedNot => {
                words::modality(answer.modality)
            }
        };
        let whether = match answer.verdict {
            Verdict::Bound | Verdict::NotBound => "",
            Verdict::Open => "it is open whether ",
            Verdict::Disputed => "it is disputed whether ",
        };
        let code = |actor: &Actor| actor.as_str().to_owned();
        json::Owed {
            verdict: answer.verdict.word(),
            actors: who.iter().map(code).collect(),
            together,
            modality: words::modality_word(answer.modality),
            duty: answer.duty,
            to: to.iter().map(code).collect(),
            sentence: format!("{whether}{} {modality} {deed}", self.who(who, together)),
            codes: answer.reasons().into_iter().map(law::Reason::code).collect(),
        }
    }

    /// `all 32 parties`, `both parties`, `Austria and France together`
    fn who(&self, who: &BTreeSet<Actor>, together: bool) -> String {
        let is_all = who.len() > 1 && who.iter().collect::<BTreeSet<_>>() == self.bound;
        let together = if together { " together" } else { "" };
        if is_all && who.len() == 2 {
            return format!("both parties{together}");
        }
        if is_all {
            return format!("all {} parties{together}", who.len());
        }
        let who: Vec<Actor> = who.iter().cloned().collect();
        format!("{}{together}", self.names.few(&who))
    }
}

enum Towards<'a> {
    OneAnother,
    These(&'a [Actor]),
}

fn members(holder: &Holder) -> &[Actor] {
    match holder {
        Holder::Actor(actor) => std::slice::from_ref(actor),
        Holder::Together(members) => members,
    }
}

/// What would set the article's other sentences going: openings, each with its conditions.
pub(super) fn waits_for(article: &charter::model::Article) -> Vec<String> {
    let waits = article.clauses.iter().filter(|clause| matches!(clause.opening, Opening::When(_) | Opening::While(_)));
    let said = waits.map(|clause| {
        let conditions: Vec<String> = clause.conditions.iter().map(|condition| format!(", {condition}")).collect();
        format!("{}{}", clause.opening, conditions.concat())
    });
    let mut once: Vec<String> = Vec::new();
    for waits in said {
        if !once.contains(&waits) {
            once.push(waits);
        }
    }
    once
}
