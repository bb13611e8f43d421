//! Whom a charter names outside its lists. Read [`Named`] first.
//!
//! Two actors that stand in the same lists of a charter and are named nowhere else can change places
//! without changing what it says. Whoever is named by himself, in a clause, a reservation or an area,
//! is like nobody else.

use charter::model::{
    AreaItem, Article, Bearer, Body, BodyMembers, Charter, Condition, DecisionRule, DutyLine, Ending, Location, Member,
    Object, ReadingMeaning, Role, Selector, Statement, Timing, Verb, Who,
};
use charter::{Actor, Name};

use crate::mentions::opening_statements;

/// What a charter's sentences name.
#[derive(Default)]
pub(crate) struct Named<'a> {
    /// Actors, each once, sorted.
    pub(crate) actors: Vec<&'a Actor>,
    /// Places and areas: what lies where matters to it.
    pub(crate) places: Vec<&'a Name>,
    /// Of whose help its sentences speak, none being anybody's, and to whom.
    pub(crate) helps: Vec<(Option<&'a Actor>, Helped<'a>)>,
    /// Other charters, of whose life its own or its clauses speak.
    pub(crate) charters: Vec<&'a Name>,
}

/// To whom help is given, of which a sentence speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Helped<'a> {
    Attacker,
    Victim,
    One(&'a Actor),
    Anybody,
}

impl<'a> Named<'a> {
    pub(crate) fn new(charter: &'a Charter) -> Self {
        let mut named = Self::default();
        for article in &charter.articles {
            named.article(article);
        }
        for track in &charter.tracks {
            named.duties(&track.duties);
        }
        for reservation in &charter.reservations {
            named.actors.push(&reservation.author);
            named.conditions(&reservation.applies_only);
            named.duties(&reservation.otherwise);
        }
        for item in charter.areas.iter().flat_map(|area| area.includes.iter().chain(&area.excludes)) {
            match item {
                AreaItem::Of { whose, within, .. } => {
                    named.who(whose);
                    named.places.extend(within);
                }
                AreaItem::Place(place) => named.places.push(place),
            }
        }
        for ending in &charter.status.ends {
            match ending {
                Ending::Event { event, .. } => named.statement(event),
                Ending::WithCharter(name) => named.charters.push(name),
                Ending::On(_) | Ending::Term { .. } => {}
            }
        }
        for lapse in &charter.status.lapses {
            named.statement(&lapse.unless);
        }
        for body in &charter.bodies {
            named.body(body);
        }
        named.actors.sort_unstable();
        named.actors.dedup();
        named.places.sort_unstable();
        named.places.dedup();
        named
    }

    fn article(&mut self, article: &'a Article) {
        for clause in &article.clauses {
            for statement in opening_statements(&clause.opening) {
                self.statement(statement);
            }
            self.conditions(&clause.conditions);
            self.duties(&clause.duties);
        }
        for exception in &article.exceptions {
            self.conditions(&exception.conditions);
            self.duties(&exception.duties);
        }
        for reading in &article.readings {
            if let ReadingMeaning::Narrower(conditions) = &reading.meaning {
                self.conditions(conditions);
            }
        }
    }

    fn body(&mut self, body: &'a Body) {
        self.actors.extend(&body.veto);
        match &body.members {
            BodyMembers::AllParties { except } => self.actors.extend(except),
            BodyMembers::AllMembers => {}
            BodyMembers::Of(members) => self.members(members),
        }
        if let DecisionRule::Weighted { weights, .. } = &body.rule {
            self.actors.extend(weights.iter().map(|(actor, _)| actor));
        }
    }

    fn conditions(&mut self, conditions: &'a [Condition]) {
        for statement in conditions.iter().flat_map(|condition| &condition.any_of) {
            self.statement(statement);
        }
    }

    fn duties(&mut self, duties: &'a [DutyLine]) {
        for duty in duties {
            match &duty.bearer {
                Bearer::Actor(actor) => self.actors.push(actor),
                Bearer::EachOf(members) | Bearer::Together(members) => self.members(members),
                Bearer::EachParty
                | Bearer::EachOtherParty
                | Bearer::TheOtherParty
                | Bearer::Role(_)
                | Bearer::EachMember => {}
            }
            for who in [&duty.action.whom, &duty.against, &duty.without_consent_of].into_iter().flatten() {
                self.who(who);
            }
            self.places.extend(duty.area.iter().chain(&duty.action.place));
            for timing in &duty.timing {
                if let Timing::UntilEvent(statement) | Timing::AfterEvent(statement) | Timing::While(statement) = timing
                {
                    self.statement(statement);
                }
            }
        }
    }

    fn statement(&mut self, statement: &'a Statement) {
        if matches!(statement.verb, Verb::Assists | Verb::Supports) {
            let by = if let Selector::Actor(actor) = &statement.subject.selector { Some(actor) } else { None };
            self.helps.push((by, helped(&statement.object)));
        }
        self.who(&statement.subject);
        match &statement.object {
            Object::Who(who) | Object::Bond { to: who, .. } => self.who(who),
            Object::Place(place) | Object::Area(place) => self.places.push(place),
            Object::Charter(name) => self.charters.push(name),
            Object::Article(article) => self.charters.extend(&article.charter),
            Object::Nothing | Object::Thing(_) | Object::Body(_) | Object::Class(_) | Object::Silence { .. } => {}
        }
        if let Selector::Charter(Some(name)) = &statement.subject.selector {
            self.charters.push(name);
        }
        match &statement.place {
            Some(Location::Named(place)) => self.places.push(place),
            Some(Location::Of { whose, within, .. }) => {
                self.actors.push(whose);
                self.places.extend(within);
            }
            None => {}
        }
    }

    fn who(&mut self, who: &'a Who) {
        match &who.selector {
            Selector::Actor(actor) => self.actors.push(actor),
            Selector::AnyOf(members) | Selector::AllOf(members) | Selector::EachOf(members) => self.members(members),
            Selector::Nobody
            | Selector::Anyone
            | Selector::AState
            | Selector::AParty
            | Selector::ANonParty
            | Selector::AClass(_)
            | Selector::Count { .. }
            | Selector::EachParty
            | Selector::EachOtherParty
            | Selector::TheOtherParty
            | Selector::EachOtherMember
            | Selector::Role(_)
            | Selector::Bearer
            | Selector::Originator
            | Selector::Body(_)
            | Selector::Group(_)
            | Selector::Charter(_) => {}
        }
        self.members(&who.other_than);
    }

    fn members(&mut self, members: &'a [Member]) {
        self.actors.extend(members.iter().filter_map(|member| match member {
            Member::Actor(actor) => Some(actor),
            Member::Group(_) => None,
        }));
    }
}

fn helped(object: &Object) -> Helped<'_> {
    if let Object::Who(who) = object {
        if let Selector::Actor(actor) = &who.selector {
            return Helped::One(actor);
        }
        if matches!(who.selector, Selector::Role(Role::Attacker | Role::Threatener)) {
            return Helped::Attacker;
        }
        if matches!(who.selector, Selector::Role(Role::Victim | Role::Threatened)) {
            return Helped::Victim;
        }
    }
    // In a war of two either is the belligerent.
    Helped::Anybody
}
