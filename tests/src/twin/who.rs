//! Section 4 of the page: who is who.

use charter::model::{
    Charter, ClassKind, ClassMember, ClassMembers, Countable, Finder, HistoryAct, Member, Object, Role, Selector, Verb,
    Who,
};
use charter::{Actor, Name};
use law::Reason;

use super::time::Clock;
use super::value::{NO, Value, YES, all, any, open, so};
use super::view::{Case, OneActor as _, View};

/// A class or group by name.
enum Named<'a> {
    Group(&'a Vec<ClassMember>),
    Class(ClassKind, &'a ClassMembers),
}

fn named<'a>(case: &Case<'a>, charter: Option<&'a Charter>, name: &Name) -> Option<Named<'a>> {
    let own = charter.map(|charter| (charter.groups.as_slice(), charter.classes.as_slice()));
    let shared = (case.prelude.groups.as_slice(), case.prelude.classes.as_slice());
    for (groups, classes) in own.into_iter().chain([shared]) {
        if let Some(group) = groups.iter().find(|group| group.name == *name) {
            return Some(Named::Group(&group.members));
        }
        if let Some(class) = classes.iter().find(|class| class.name == *name) {
            return Some(Named::Class(class.kind, &class.members));
        }
    }
    None
}

/// The actors a list stands for on the day asked about.
pub(super) fn listed<'a>(case: &Case<'a>, charter: Option<&'a Charter>, members: &[Member]) -> Vec<Actor> {
    let clock = charter.map_or_else(|| Clock::new(case.prelude.counting), |charter| case.clock(charter));
    let day = clock.stretch(case.question.on);
    let mut actors = Vec::new();
    for member in members {
        match member {
            Member::Actor(actor) => actors.push(actor.clone()),
            Member::Group(name) => {
                let list = match named(case, charter, name) {
                    Some(Named::Group(list) | Named::Class(_, ClassMembers::Listed(list))) => list.as_slice(),
                    Some(Named::Class(_, ClassMembers::FoundBy(_))) | None => continue,
                };
                for entry in list {
                    if !is_listed(clock, day, list, &entry.actor).is_no() {
                        actors.push(entry.actor.clone());
                    }
                }
            }
        }
    }
    without_repeats(actors)
}

/// The actors a list may stand for, whenever they belong to it.
fn ever_listed(case: &Case<'_>, charter: &Charter, members: &[Member]) -> Vec<Actor> {
    let mut actors = Vec::new();
    for member in members {
        match member {
            Member::Actor(actor) => actors.push(actor.clone()),
            Member::Group(name) => {
                if let Some(Named::Group(list) | Named::Class(_, ClassMembers::Listed(list))) =
                    named(case, Some(charter), name)
                {
                    actors.extend(list.iter().map(|entry| entry.actor.clone()));
                }
            }
        }
    }
    without_repeats(actors)
}

pub(super) fn without_repeats(actors: Vec<Actor>) -> Vec<Actor> {
    let mut once: Vec<Actor> = Vec::new();
    for actor in actors {
        if !once.contains(&actor) {
            once.push(actor);
        }
    }
    once
}

fn is_listed(clock: Clock, t: super::time::Stretch, list: &[ClassMember], actor: &Actor) -> Value {
    any(list.iter().filter(|entry| entry.actor == *actor).map(|entry| {
        let from = entry.from.map_or(YES, |from| clock.has_started(from, t));
        let to = entry.to.map_or(YES, |to| clock.has_passed(to, t).not());
        from.and(to)
    }))
}

impl<'a> View<'a> {
    pub(super) fn ever_listed(&self, members: &[Member]) -> Vec<Actor> {
        ever_listed(self.case, self.charter, members)
    }

    pub(super) fn listed(&self, members: &[Member]) -> Vec<Actor> {
        listed(self.case, Some(self.charter), members)
    }

    /// All who are, were or will be parties.
    pub(super) fn ever_parties(&self) -> Vec<Actor> {
        ever_parties(self.case, self.charter)
    }

    pub(super) fn is_ever_party(&self, actor: &Actor) -> bool {
        self.case.parties.get(&self.charter.name).is_some_and(|parties| parties.contains(actor))
    }

    fn is_a_state(&self, actor: &Actor) -> bool {
        match actor {
            Actor::Movement(_) => false,
            Actor::Code(code) => {
                let mut declared = self.charter.actors.iter().chain(&self.case.prelude.actors);
                declared.find(|declaration| declaration.code == *code).is_none_or(|declaration| declaration.is_state)
            }
        }
    }

    /// A party that has joined, has not left and still is.
    fn is_a_party(&self, actor: &Actor) -> Value {
        if self.is_ever_party(actor) { self.has_joined(actor).and(self.is_gone(actor).not()) } else { NO }
    }

    /// Whether an actor is one of those spoken of.
    pub(super) fn matches(&self, who: &Who, actor: &Actor) -> Value {
        self.selects(&who.selector, actor).and(self.is_left_out(who, actor).not())
    }

    /// The same, but whoever is ever a party is a party.
    pub(super) fn matches_ever(&self, who: &Who, actor: &Actor) -> Value {
        match who.selector {
            Selector::AParty | Selector::EachParty if self.is_ever_party(actor) => self.is_left_out(who, actor).not(),
            Selector::Nobody
            | Selector::Anyone
            | Selector::AState
            | Selector::AParty
            | Selector::ANonParty
            | Selector::AClass(_)
            | Selector::Count { .. }
            | Selector::AnyOf(_)
            | Selector::AllOf(_)
            | Selector::EachOf(_)
            | Selector::EachParty
            | Selector::EachOtherParty
            | Selector::TheOtherParty
            | Selector::EachOtherMember
            | Selector::Actor(_)
            | Selector::Role(_)
            | Selector::Bearer
            | Selector::Originator
            | Selector::Body(_)
            | Selector::Group(_)
            | Selector::Charter(_) => self.matches(who, actor),
        }
    }

    pub(super) fn is_left_out(&self, who: &Who, actor: &Actor) -> Value {
        any(who.other_than.iter().map(|member| self.is_member(member, actor)))
    }

    pub(super) fn is_member(&self, member: &Member, actor: &Actor) -> Value {
        match member {
            Member::Actor(named) => so(named == actor),
            Member::Group(name) => self.belongs(name, actor),
        }
    }

    fn selects(&self, selector: &Selector, actor: &Actor) -> Value {
        match selector {
            Selector::Anyone => YES,
            Selector::AState => so(self.is_a_state(actor)),
            Selector::AParty | Selector::EachParty => self.is_a_party(actor),
            Selector::ANonParty => self.is_a_party(actor).not(),
            Selector::AClass(name) | Selector::Group(name) => self.belongs(name, actor),
            Selector::Count { of, .. } => self.is_of_kind(of, actor),
            Selector::AnyOf(members) | Selector::AllOf(members) | Selector::EachOf(members) => {
                any(members.iter().map(|member| self.is_member(member, actor)))
            }
            Selector::EachOtherParty | Selector::TheOtherParty => {
                let apart = !self.cast.holds_a_role(actor) && !self.cast.bearers.contains(actor);
                self.is_a_party(actor).and(so(apart))
            }
            Selector::Actor(named) => so(named == actor),
            Selector::Role(role) => so(self.cast.holder(*role) == Some(actor)),
            Selector::Bearer => so(self.cast.bearers.contains(actor)),
            Selector::Nobody
            | Selector::EachOtherMember
            | Selector::Originator
            | Selector::Body(_)
            | Selector::Charter(_) => NO,
        }
    }

    pub(super) fn is_of_kind(&self, of: &Countable, actor: &Actor) -> Value {
        match of {
            Countable::States => so(self.is_a_state(actor)),
            Countable::Parties => self.is_a_party(actor),
            Countable::NonParties => self.is_a_party(actor).not(),
            Countable::Class(name) => self.belongs(name, actor),
        }
    }

    /// Membership of a class or group.
    pub(super) fn belongs(&self, name: &Name, actor: &Actor) -> Value {
        let found = named(self.case, Some(self.charter), name);
        let known = self.charter.articles.iter().filter(|article| self.is_known(article));
        let reads = known.flat_map(|article| &article.narrowings).filter(|narrowing| narrowing.class == *name);
        let reads: Vec<_> = reads.collect();
        if !matches!(found, Some(Named::Group(_))) && !reads.is_empty() {
            let listed = reads.into_iter();
            return any(listed.map(|narrowing| is_listed(self.clock(), self.t, &narrowing.members, actor)));
        }
        match found {
            Some(Named::Group(list) | Named::Class(_, ClassMembers::Listed(list))) => {
                is_listed(self.clock(), self.t, list, actor)
            }
            Some(Named::Class(_, ClassMembers::FoundBy(finder))) => self.is_found_to_be(name, finder, actor),
            None => NO,
        }
    }

    /// *X is a C*, where somebody has to find it.
    fn is_found_to_be(&self, class: &Name, finder: &Finder, actor: &Actor) -> Value {
        let someone_waits = matches!(finder, Finder::Bearer | Finder::EachParty | Finder::Nobody);
        let no_part_yet = matches!(finder, Finder::Bearer | Finder::EachParty);
        if self.cast.seeking && no_part_yet {
            return open(Reason::AwaitingFinding);
        }
        let says_so = |fact: &&super::view::Fact<'_>| {
            let object = &fact.statement.object;
            fact.statement.verb == Verb::IsA
                && fact.subject() == Some(actor)
                && matches!(object, Object::Class(named) if named == class)
                && (*finder == Finder::Nobody || self.is_found_by(finder, &fact.line.found_by))
        };
        let facts: Vec<_> = self.case.facts.iter().filter(says_so).collect();
        let found = any(facts.iter().map(|fact| self.fact_value(fact)));
        if !found.is_no() {
            found
        } else if facts.iter().any(|fact| self.denies(fact)) || !someone_waits {
            NO
        } else {
            open(Reason::AwaitingFinding)
        }
    }

    /// Whether a finder is among those named.
    pub(super) fn is_found_by(&self, finder: &Finder, names: &[Name]) -> bool {
        match finder {
            Finder::Bearer | Finder::EachParty => self.cast.bearers.iter().any(|bearer| names_actor(names, bearer)),
            Finder::Victim => self.victim().is_some_and(|victim| names_actor(names, victim)),
            Finder::Body(body) => names.contains(body),
            Finder::Nobody => false,
        }
    }

    pub(super) fn victim(&self) -> Option<&'a Actor> {
        self.cast.holder(Role::Victim).or_else(|| self.cast.holder(Role::Threatened))
    }

    /// The code of an adversary who is not the one named.
    pub(super) fn adversary_code(&self, who: &Who) -> Reason {
        let class = match &who.selector {
            Selector::AClass(name) | Selector::Group(name) | Selector::Count { of: Countable::Class(name), .. } => {
                Some(name)
            }
            Selector::Count { of: Countable::States | Countable::Parties | Countable::NonParties, .. }
            | Selector::Nobody
            | Selector::Anyone
            | Selector::AState
            | Selector::AParty
            | Selector::ANonParty
            | Selector::AnyOf(_)
            | Selector::AllOf(_)
            | Selector::EachOf(_)
            | Selector::EachParty
            | Selector::EachOtherParty
            | Selector::TheOtherParty
            | Selector::EachOtherMember
            | Selector::Actor(_)
            | Selector::Role(_)
            | Selector::Bearer
            | Selector::Originator
            | Selector::Body(_)
            | Selector::Charter(_) => None,
        };
        class.map_or(Reason::NamedAdversary, |name| self.class_code(name))
    }

    pub(super) fn class_code(&self, name: &Name) -> Reason {
        match named(self.case, Some(self.charter), name) {
            Some(Named::Class(ClassKind::Ideology, _)) => Reason::Ideology,
            Some(Named::Class(ClassKind::Named | ClassKind::Allied | ClassKind::Rank | ClassKind::Region, _))
            | Some(Named::Group(_))
            | None => Reason::NamedAdversary,
        }
    }

    /// The one actor that is spoken of, if it is one.
    pub(super) fn single<'b>(&self, who: &'b Who) -> Option<&'b Actor>
    where
        'a: 'b,
    {
        if !who.other_than.is_empty() {
            return None;
        }
        if let Selector::Role(role) = who.selector { self.cast.holder(role) } else { who.actor() }
    }

    /// Whether something holds of everybody listed; of nobody, nothing does.
    pub(super) fn of_all(&self, members: &[Member], value: impl Fn(Actor) -> Value) -> Value {
        let listed = self.listed(members);
        so(!listed.is_empty()).and(all(listed.into_iter().map(value)))
    }
}

fn names_actor(names: &[Name], actor: &Actor) -> bool {
    names.iter().any(|name| name.as_str() == actor.as_str())
}

pub(super) fn ever_parties(case: &Case<'_>, charter: &Charter) -> Vec<Actor> {
    case.parties.get(&charter.name).cloned().unwrap_or_default()
}

/// All who are, were or will be parties.
pub(super) fn join(case: &Case<'_>, charter: &Charter) -> Vec<Actor> {
    let mut parties = charter.parties.clone();
    for entry in &charter.history {
        if entry.act == HistoryAct::Accede {
            parties.extend(entry.who.iter().cloned());
        }
    }
    for assumption in &case.question.assumptions {
        if let charter::model::Assumption::PartyTo(actor, name, _) = assumption
            && *name == charter.name
        {
            parties.push(actor.clone());
        }
    }
    without_repeats(parties)
}
