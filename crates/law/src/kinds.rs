//! That a charter holds no fighting duty at all towards somebody, and what it holds instead. Read
//! [`add`] first.
//!
//! `docs/language/meaning.md`, section 13, *Kind answers*.

use charter::model::{Bearer, Charter, Family, Modality};
use charter::{Actor, Name};

use crate::bearers::listed;
use crate::case::Case;
use crate::gates::stand;
use crate::inquiry::{Circle, Inquiry, first_world, view_at_day};
use crate::mentions::is_hostile;
use crate::view::{Cast, View};
use crate::{Answer, Gate, Gates, Holder, Origin, Outcome, Provision, Reason, Reasons, Truth, Verdict, standing};

/// Adds one answer for each party and each one attacked, where the charter gave none about fighting.
pub(crate) fn add<'v>(
    view: &View<'v>,
    circle: &Circle,
    outcome: &mut Outcome,
    answers_from: usize,
    rights_from: usize,
) {
    let attacked = attacked(view.case);
    let given = Given {
        answers: outcome.answers.get(answers_from..).unwrap_or(&[]),
        rights: outcome.rights.get(rights_from..).unwrap_or(&[]),
    };
    let mut added = Vec::new();
    for bearer in view.scene.parties.iter().filter(|bearer| circle.is_near(view.scene, bearer)) {
        for &victim in &attacked {
            if bearer != victim && !attacks(view, bearer, victim) && !given.has_fighting(bearer, victim) {
                added.push(answer(view, &given, bearer, victim));
            }
        }
    }
    outcome.answers.append(&mut added);
}

/// Whom somebody acted against, in the order of the facts.
fn attacked<'v>(case: &'v Case<'v>) -> Vec<&'v Actor> {
    let mut attacked: Vec<&Actor> = Vec::new();
    for event in case.events.iter().filter(|event| is_hostile(event.verb) && !event.negated) {
        if let Some(target) = event.target
            && !attacked.contains(&target)
        {
            attacked.push(target);
        }
    }
    attacked
}

fn attacks(view: &View<'_>, bearer: &Actor, victim: &Actor) -> bool {
    view.case.events.iter().any(|event| {
        is_hostile(event.verb) && !event.negated && event.doer.actor() == Some(bearer) && event.target == Some(victim)
    })
}

/// What the charter has answered so far.
struct Given<'a> {
    answers: &'a [Answer],
    rights: &'a [Answer],
}

impl Given<'_> {
    fn has_fighting(&self, bearer: &Actor, victim: &Actor) -> bool {
        self.answers.iter().any(|answer| answer.family == Family::Active && concerns(answer, bearer, victim))
    }

    /// The strongest form there is, and where it stands.
    fn strongest(&self, bearer: &Actor, victim: &Actor) -> (Reason, Option<Provision>) {
        let right = self.rights.iter().find(|right| {
            right.family == Family::Active
                && matches!(right.modality, Modality::May | Modality::IsAskedTo)
                && concerns(right, bearer, victim)
        });
        if let Some(right) = right {
            return (Reason::RightNotDuty, right.provision.clone());
        }
        let talk = self.answers.iter().find(|answer| {
            answer.family == Family::Deliberative
                && answer.modality == Modality::Must
                && concerns(answer, bearer, victim)
        });
        match talk {
            Some(talk) => (Reason::ConsultOnly, talk.provision.clone()),
            None => (Reason::NoTreaty, None),
        }
    }
}

fn concerns(answer: &Answer, bearer: &Actor, victim: &Actor) -> bool {
    let is_bearer = match &answer.actor {
        Holder::Actor(actor) => actor == bearer,
        Holder::Together(members) => members.contains(bearer),
    };
    is_bearer && answer.to.as_ref() == Some(victim)
}

/// Whether the charter names who must fight for the victim, and the bearer is not among them: a
/// party to the treaty that is none of its guarantors.
fn is_left_out(view: &View<'_>, given: &Given<'_>, bearer: &Actor, victim: &Actor) -> bool {
    let charter = &view.scene.entry.charter;
    let mut is_named = false;
    let mut is_answered = false;
    for (article, written) in charter.articles.iter().enumerate() {
        for (clause, lines) in written.clauses.iter().enumerate() {
            for (line, duty) in lines.duties.iter().enumerate() {
                let named = match &duty.bearer {
                    Bearer::Actor(actor) => vec![actor],
                    Bearer::EachOf(members) | Bearer::Together(members) => listed(view.case, view.scene, members),
                    Bearer::EachParty
                    | Bearer::EachOtherParty
                    | Bearer::TheOtherParty
                    | Bearer::Role(_)
                    | Bearer::EachMember => continue,
                };
                if duty.family() != Family::Active || duty.modality != Modality::Must {
                    continue;
                }
                let origin = Origin::Clause { article, clause, line };
                is_named |= named.contains(&bearer);
                is_answered |=
                    given.answers.iter().any(|answer| answer.origin == origin && answer.to.as_ref() == Some(victim));
            }
        }
    }
    is_answered && !is_named
}

/// Whether some sentence of it obliges to help somebody who is attacked.
fn holds_fighting_duty(charter: &Charter) -> bool {
    let clauses = charter.articles.iter().flat_map(|article| &article.clauses);
    let mut duties = clauses.flat_map(|clause| &clause.duties);
    duties.any(|duty| {
        duty.modality == Modality::Must && matches!(duty.word(), "defend" | "join-war" | "guarantee" | "act")
    })
}

fn answer<'v>(view: &View<'v>, given: &Given<'_>, bearer: &'v Actor, victim: &'v Actor) -> Answer {
    let (reason, provision) = given.strongest(bearer, victim);
    let mut gates = Gates::default();
    let cast = Cast { bearer: Some(bearer), claimant: Some(victim), ..Cast::default() };
    stand(&view.with_cast(cast), bearer, &mut gates);
    gates.lower(Gate::Kind, Truth::No, Reasons::one(reason));
    if is_left_out(view, given, bearer, victim) {
        gates.lower(Gate::Standing, Truth::No, Reasons::one(Reason::NotParty));
    }
    Answer {
        actor: Holder::Actor(bearer.clone()),
        charter: view.scene.entry.charter.name.clone(),
        provision,
        origin: Origin::Kind,
        duty: "defend",
        family: Family::Active,
        modality: Modality::Must,
        to: Some(victim.clone()),
        against: None,
        event: None,
        standing: standing::word(view, &[bearer], Some(victim)),
        verdict: Verdict::NotBound,
        gates,
        arises: None,
    }
}

impl Inquiry<'_> {
    /// What the charters in question say of an actor that was never a party to them, one answer for
    /// each charter and each one attacked.
    #[must_use]
    pub fn strangers(&self, actor: &Actor) -> Vec<Answer> {
        let scenes = self.case.scenes.iter().filter(|scene| self.circle.is_first(scene));
        let attacked = attacked(&self.case);
        scenes
            .flat_map(|scene| {
                let charter = &scene.entry.charter.name;
                let others = attacked.iter().filter(|victim| **victim != actor);
                others.filter_map(|victim| self.stranger(charter, actor, Some(victim))).collect::<Vec<_>>()
            })
            .collect()
    }

    /// Why a charter that answers nothing about it does not bind one of its parties to fight for
    /// another: it holds no such duty, or the other is not the one attacked, or is the attacker. `None`
    /// where the actor was never a party, or the corpus holds no such charter.
    #[must_use]
    pub fn silence(&self, charter: &Name, actor: &Actor, to: &Actor) -> Option<Answer> {
        let scene = self.case.scene(self.case.corpus.position(charter)?)?;
        let bearer = scene.parties.get(scene.party_position(actor)?)?;
        let view = view_at_day(&self.case, scene, first_world(scene), &self.owed);
        let of_charter = |answers: &[Answer]| -> Vec<Answer> {
            answers.iter().filter(|answer| answer.charter == *charter).cloned().collect()
        };
        let (answers, rights) = (of_charter(&self.outcome().answers), of_charter(&self.outcome().rights));
        let given = Given { answers: &answers, rights: &rights };
        let mut silent = answer(&view, &given, bearer, to);
        if holds_fighting_duty(&scene.entry.charter) {
            // It does hold the duty; what it waits for has not happened to this one.
            silent.gates = Gates::default();
            stand(
                &view.with_cast(Cast { bearer: Some(bearer), claimant: Some(to), ..Cast::default() }),
                bearer,
                &mut silent.gates,
            );
            silent.gates.lower(Gate::Threshold, Truth::No, Reasons::one(Reason::Threshold));
        }
        let is_attacker = self
            .case
            .events
            .iter()
            .any(|event| is_hostile(event.verb) && !event.negated && event.doer.actor() == Some(to));
        if is_attacker {
            silent.gates.lower(Gate::Conduct, Truth::No, Reasons::one(Reason::Aggressor));
        }
        Some(silent)
    }

    /// What a charter says of an actor that was never a party to it: nothing, since no treaty binds a
    /// third state without its consent (Vienna Convention 34). `None` where the actor is a party, or
    /// the corpus holds no such charter.
    #[must_use]
    pub fn stranger(&self, charter: &Name, actor: &Actor, to: Option<&Actor>) -> Option<Answer> {
        let scene = self.case.scene(self.case.corpus.position(charter)?)?;
        if scene.is_ever_party(actor) {
            return None;
        }
        let mut gates = Gates::default();
        gates.lower(Gate::Standing, Truth::No, Reasons::one(Reason::NotParty));
        Some(Answer {
            actor: Holder::Actor(actor.clone()),
            charter: charter.clone(),
            provision: None,
            origin: Origin::Kind,
            duty: "defend",
            family: Family::Active,
            modality: Modality::Must,
            to: to.cloned(),
            against: None,
            event: None,
            standing: crate::Standing::NotParty,
            verdict: Verdict::NotBound,
            gates,
            arises: None,
        })
    }
}
