//! Section 11 of the page, on bodies: whether a matter is adopted. Read [`View::is_adopted`].

use charter::model::{
    Absence, Body, BodyMembers, Charter, DecisionRule, Fraction, FractionBase, Object, Quorum, Selector, Verb, When,
};
use charter::{Actor, Name};
use law::Reason;

use super::time::Start;
use super::value::{NO, Value, YES, all, any, count, open, so};
use super::view::{Fact, View};

/// A body of a charter or of one of its tracks.
pub(super) fn body<'a>(charter: &'a Charter, name: &Name) -> Option<&'a Body> {
    charter.bodies.iter().chain(charter.tracks.iter().flat_map(|track| &track.bodies)).find(|body| body.name == *name)
}

/// What each member did.
struct Voice {
    actor: Actor,
    supported: Value,
    opposed: Value,
    spoke: Value,
}

impl View<'_> {
    /// Whether an actor is a member at the time.
    pub(super) fn sits(&self, body: &Body, actor: &Actor) -> Value {
        match &body.members {
            BodyMembers::AllParties { except } => {
                if except.contains(actor) {
                    return NO;
                }
                so(!self.standing_value(actor).is_no())
            }
            BodyMembers::AllMembers => so(self.track_members(body).contains(actor)),
            BodyMembers::Of(members) => any(members.iter().map(|member| self.is_member(member, actor))),
        }
    }

    fn track_members(&self, body: &Body) -> Vec<Actor> {
        let track = self.charter.tracks.iter().find(|track| track.bodies.iter().any(|own| own.name == body.name));
        track.map_or(Vec::new(), |track| track.members.clone())
    }

    /// The members who take part, and whether they are members.
    fn sitting(&self, body: &Body) -> Vec<(Actor, Value)> {
        let named = match &body.members {
            BodyMembers::AllParties { .. } => self.ever_parties(),
            BodyMembers::AllMembers => self.track_members(body),
            BodyMembers::Of(members) => self.ever_listed(members),
        };
        let concerned = |actor: &Actor| {
            body.without_parties_concerned
                && self.case.facts.iter().any(|fact| {
                    let takes_part = fact.subject() == Some(actor) || fact.object() == Some(actor);
                    fact.is_hostile() && !fact.statement.negated && takes_part
                })
        };
        let members = named.into_iter().filter(|actor| !concerned(actor));
        let members = members.map(|actor| (actor.clone(), self.sits(body, &actor)));
        members.filter(|(_, sits)| !sits.is_no()).collect()
    }

    /// Whether a body has decided a matter: somebody says so, or it was adopted there.
    pub(super) fn is_decided(&self, name: &Name, matter: &Name) -> Value {
        let said = self.case.facts.iter().filter(|fact| {
            let by_body = matches!(&fact.statement.subject.selector, Selector::Body(body) if body == name);
            let decides = matches!(fact.statement.verb, Verb::Finds | Verb::Decides);
            let this = matches!(&fact.statement.object, Object::Thing(named) if named == matter);
            by_body && decides && this && self.is_own_body(name)
        });
        any(said.map(|fact| self.fact_value(fact))).or(self.is_adopted(name, matter, &mut Vec::new()))
    }

    /// Whether a matter that was taken up in a body is adopted there.
    pub(super) fn is_adopted(&self, name: &Name, matter: &Name, looked_at: &mut Vec<Name>) -> Value {
        let Some(body) = body(self.charter, name) else { return NO };
        if looked_at.contains(name) {
            return NO;
        }
        looked_at.push(name.clone());
        let blocked = all(body.takes_up_blocked_in.iter().map(|other| self.is_adopted(other, matter, looked_at).not()));
        looked_at.pop();
        let adopted = any(self.case.facts.iter().map(|fact| self.is_adopted_as_taken_up(body, matter, fact)));
        adopted.and(blocked)
    }

    fn is_adopted_as_taken_up(&self, body: &Body, matter: &Name, fact: &Fact<'_>) -> Value {
        let by_body = matches!(&fact.statement.subject.selector, Selector::Body(named) if *named == body.name);
        if fact.statement.verb != Verb::TakesUp || !by_body || !self.is_own_body(&body.name) {
            return NO;
        }
        let taken_up = self.clock().start(fact.on);
        match &fact.statement.object {
            Object::Silence { matter: named, until } if named == matter => {
                self.fact_value(fact).and(self.is_adopted_by_silence(body, matter, taken_up, *until))
            }
            Object::Thing(named) if named == matter => {
                self.fact_value(fact).and(self.is_adopted_by_rule(body, matter, taken_up))
            }
            Object::Nothing
            | Object::Who(_)
            | Object::Place(_)
            | Object::Thing(_)
            | Object::Article(_)
            | Object::Charter(_)
            | Object::Body(_)
            | Object::Class(_)
            | Object::Area(_)
            | Object::Silence { .. }
            | Object::Bond { .. } => NO,
        }
    }

    /// Facts by which an actor spoke to a matter since it was taken up.
    fn spoken(&self, actor: &Actor, matter: &Name, verbs: &[Verb], since: Start) -> Vec<&Fact<'_>> {
        let facts = self.case.facts.iter().filter(|fact| {
            verbs.contains(&fact.statement.verb)
                && fact.subject() == Some(actor)
                && matches!(&fact.statement.object, Object::Thing(named) if named == matter)
                && self.clock().start(fact.on).latest >= since.earliest
        });
        facts.collect()
    }

    fn is_adopted_by_silence(&self, body: &Body, matter: &Name, taken_up: Start, until: When) -> Value {
        let Some(at_least) = body.silence else { return NO };
        let deadline = self.clock().start(until);
        let notice = no_later(self.clock().after(taken_up, at_least), deadline);
        let verbs = [Verb::BreaksSilenceOn, Verb::ObjectsTo, Verb::VotesAgainst];
        let broken = any(self.sitting(body).iter().flat_map(|(actor, sits)| {
            let breaks = self.spoken(actor, matter, &verbs, taken_up);
            let breaks = breaks
                .into_iter()
                .map(|fact| self.has_begun(fact).and(no_later(self.clock().start(fact.on), deadline)).and(*sits));
            breaks.collect::<Vec<_>>()
        }));
        self.clock().has_started(until, self.t).and(notice).and(broken.not())
    }

    fn voices(&self, body: &Body, matter: &Name, taken_up: Start) -> Vec<Voice> {
        let sitting = self.sitting(body).into_iter();
        let voices = sitting.map(|(actor, sits)| {
            let did = |verbs: &[Verb]| {
                let spoken = self.spoken(&actor, matter, verbs, taken_up);
                any(spoken.into_iter().map(|fact| self.has_begun(fact))).and(sits)
            };
            let supported = did(&[Verb::VotesFor, Verb::Consents]);
            let opposed = did(&[Verb::ObjectsTo, Verb::VotesAgainst]);
            let spoke = supported.or(opposed).or(did(&[Verb::AbstainsOn]));
            Voice { actor, supported, opposed, spoke }
        });
        voices.collect()
    }

    fn is_adopted_by_rule(&self, body: &Body, matter: &Name, taken_up: Start) -> Value {
        let voices = self.voices(body, matter, taken_up);
        let members = voices.len();
        let favour = |voice: &Voice| match body.absence {
            Absence::Assent => voice.supported.or(voice.spoke.not()),
            Absence::Abstention | Absence::Objection => voice.supported,
        };
        let against = |voice: &Voice| match body.absence {
            Absence::Objection => voice.opposed.or(voice.spoke.not()),
            Absence::Abstention | Absence::Assent => voice.opposed,
        };
        let yes = count(voices.iter().map(favour));
        let no = count(voices.iter().map(against));
        let carried = match &body.rule {
            DecisionRule::Consensus => at_least(no, 1).not(),
            DecisionRule::Unanimity => so(members > 0).and(at_least(yes, members)),
            DecisionRule::Share(fraction, FractionBase::Members) => at_least(yes, share(*fraction, members)),
            DecisionRule::Share(fraction, FractionBase::VotesCast) => {
                let wins = |yes: usize, no: usize| yes > 0 && yes >= share(*fraction, yes + no);
                between(wins(yes.0, no.1), wins(yes.1, no.0))
            }
            DecisionRule::Weighted { needed, weights } => {
                let weight = |actor: &Actor| {
                    let own = weights.iter().filter(|(weighted, _)| weighted == actor);
                    own.map(|(_, weight)| u64::from(*weight)).sum::<u64>()
                };
                let sum = |counts: &dyn Fn(Value) -> bool| {
                    voices.iter().filter(|voice| counts(favour(voice))).map(|voice| weight(&voice.actor)).sum::<u64>()
                };
                let needed = u64::from(*needed);
                between(sum(&Value::is_yes_ref) >= needed, sum(&Value::is_not_no) >= needed)
            }
        };
        let spoke = count(voices.iter().map(|voice| voice.spoke));
        let quorum = match body.quorum {
            Some(Quorum::Share(fraction)) => at_least(spoke, share(fraction, members)),
            Some(Quorum::Count(needed)) => at_least(spoke, usize::try_from(needed).unwrap_or(usize::MAX)),
            None => YES,
        };
        let vetoes = voices.iter().filter(|voice| body.veto.contains(&voice.actor));
        let vetoed = at_least(count(vetoes.map(|voice| voice.opposed)), 1);
        carried.and(quorum).and(vetoed.not())
    }
}

impl Value {
    fn is_yes_ref(value: Self) -> bool {
        value.is_yes()
    }

    fn is_not_no(value: Self) -> bool {
        !value.is_no()
    }
}

/// Whether something begins no later than a deadline.
fn no_later(start: Start, deadline: Start) -> Value {
    if start.latest <= deadline.earliest {
        YES
    } else if start.earliest > deadline.latest {
        NO
    } else {
        open(Reason::HourDecides)
    }
}

/// How many of these are a majority, two thirds or three quarters.
fn share(fraction: Fraction, of: usize) -> usize {
    match fraction {
        Fraction::Majority => of / 2 + 1,
        Fraction::TwoThirds => (2 * of).div_ceil(3),
        Fraction::ThreeQuarters => (3 * of).div_ceil(4),
    }
}

fn at_least((lowest, highest): (usize, usize), needed: usize) -> Value {
    between(lowest >= needed, highest >= needed)
}

/// What holds at the lowest count, and at the highest.
fn between(lowest: bool, highest: bool) -> Value {
    if lowest {
        YES
    } else if highest {
        open(Reason::UnknownFact)
    } else {
        NO
    }
}
