//! Section 5 of the page: what a clause is tried against. Read [`View::candidates`].

use charter::Actor;
use charter::model::{Object, Opening, Provocation, Role, Selector, Statement, Verb, Who};
use law::{Gate, Gates, Reason, Reasons, Truth};

use super::facts::{is_hostile, makes_war};
use super::value::{NO, Value, any, count, counted, lower};
use super::view::{Cast, Fact, OneActor as _, View, by_the_occupier};

/// How a candidate came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Something happened: the fact's position.
    Normal(usize),
    /// So many did something to one.
    Counted,
    /// Two are at war.
    War,
    /// The one to be helped is the attacker: the fact's position.
    Inverted(usize),
    /// Nothing happened to somebody to whom it might.
    Virtual,
    /// Nobody has a part.
    Plain,
}

/// What a clause is tried against.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) kind: Kind,
    pub(super) roles: Vec<(Role, Actor)>,
    /// Those who attacked, where they were counted.
    pub(super) fellows: Vec<Actor>,
    /// The statement of the opening; none under `always` and `on`.
    pub(super) pattern: Option<Statement>,
    /// Who does it, in an event that is neither hostile nor a war.
    pub(super) subject: Option<Actor>,
}

impl Candidate {
    pub(super) fn event(&self) -> Option<usize> {
        match self.kind {
            Kind::Normal(position) | Kind::Inverted(position) => Some(position),
            Kind::Counted | Kind::War | Kind::Virtual | Kind::Plain => None,
        }
    }

    /// Whether it counts where only what happened counts.
    pub(super) fn is_normal(&self) -> bool {
        matches!(self.kind, Kind::Normal(_) | Kind::Counted | Kind::War)
    }

    fn plain(pattern: Option<Statement>) -> Self {
        Self { kind: Kind::Plain, roles: Vec::new(), fellows: Vec::new(), pattern, subject: None }
    }

    fn cast(&self) -> Cast {
        Cast { roles: self.roles.clone(), fellows: self.fellows.clone(), ..Cast::default() }
    }
}

/// The statements of an opening.
pub(super) fn patterns(opening: &Opening) -> Vec<Statement> {
    match opening {
        Opening::When(statements) | Opening::While(statements) => statements.clone(),
        Opening::Always | Opening::On(_) => Vec::new(),
    }
}

/// How the statements of an opening look for candidates.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Hostile,
    War,
    Event,
    Plain,
}

fn sort(pattern: &Statement) -> Sort {
    let by_body = matches!(pattern.subject.selector, Selector::Body(_));
    let states =
        [Verb::IsInForce, Verb::IsPartyTo, Verb::IsMemberOf, Verb::IsA, Verb::IsBoundTo, Verb::PlaceIsIn, Verb::Term];
    if pattern.negated || states.contains(&pattern.verb) {
        Sort::Plain
    } else if is_hostile(pattern.verb) || pattern.verb == Verb::IsOccupiedBy {
        Sort::Hostile
    } else if pattern.verb == Verb::IsAtWarWith {
        Sort::War
    } else if by_body && matches!(pattern.verb, Verb::Finds | Verb::Decides) {
        Sort::Plain
    } else {
        Sort::Event
    }
}

fn pair_of(pattern: &Statement) -> (Role, Role) {
    if matches!(pattern.verb, Verb::Threatens | Verb::ClashesWith) {
        (Role::Threatener, Role::Threatened)
    } else if pattern.verb == Verb::IsAtWarWith {
        (Role::Enemy, Role::Belligerent)
    } else {
        (Role::Attacker, Role::Victim)
    }
}

fn hostile_roles(pattern: &Statement, by: Option<&Actor>, to: Option<&Actor>) -> Vec<(Role, Actor)> {
    let (attacker, victim) = pair_of(pattern);
    let by = by.map(|actor| (attacker, actor.clone()));
    by.into_iter().chain(to.map(|actor| (victim, actor.clone()))).collect()
}

fn event_roles(pattern: &Statement, subject: &Actor) -> Vec<(Role, Actor)> {
    if matches!(pattern.verb, Verb::Requests | Verb::Invokes) {
        vec![(Role::Requester, subject.clone())]
    } else if pattern.verb == Verb::GivesNotice {
        vec![(Role::Notifier, subject.clone())]
    } else {
        Vec::new()
    }
}

impl<'a> View<'a> {
    /// Everything a clause is tried against; `self` is the day asked about, in the first world,
    /// with no part handed out.
    pub(super) fn candidates(&self, opening: &Opening) -> Vec<Candidate> {
        let patterns = patterns(opening);
        if patterns.is_empty() {
            return vec![Candidate::plain(None)];
        }
        let mut found = Vec::new();
        for pattern in &patterns {
            found.extend(self.happened_for(pattern));
        }
        for pattern in patterns.iter().filter(|pattern| sort(pattern) == Sort::Hostile) {
            self.add_inverted(pattern, &mut found);
        }
        for pattern in &patterns {
            self.add_virtual(&by_the_occupier(pattern), &mut found);
        }
        found
    }

    fn happened_for(&self, pattern: &Statement) -> Vec<Candidate> {
        match sort(pattern) {
            Sort::Hostile if matches!(by_the_occupier(pattern).subject.selector, Selector::Count { .. }) => {
                self.counted_for(pattern)
            }
            Sort::Hostile => self.hostile_for(pattern),
            Sort::War => self.wars_for(pattern),
            Sort::Event => self.events_for(pattern),
            Sort::Plain => vec![Candidate::plain(Some(pattern.clone()))],
        }
    }

    fn hostile_facts(&self) -> Vec<&Fact<'a>> {
        let facts = self.case.facts.iter();
        facts.filter(|fact| fact.is_hostile() && !fact.statement.negated && fact.subject().is_some()).collect()
    }

    fn hostile_for(&self, pattern: &Statement) -> Vec<Candidate> {
        let mut found = Vec::new();
        let only_occupation = pattern.verb == Verb::IsOccupiedBy;
        let pattern = &*by_the_occupier(pattern);
        for fact in self.hostile_facts() {
            let is_kind = !only_occupation || fact.statement.verb == Verb::Occupies;
            let looked_at = is_kind
                && match (&pattern.object, &fact.statement.object) {
                    (Object::Place(wanted), Object::Place(place)) => wanted == place,
                    (Object::Place(_), _) => false,
                    (_, _) => fact.object().is_some_and(|object| is_wanted(&pattern.object, object)),
                };
            if looked_at {
                found.push(Candidate {
                    kind: Kind::Normal(fact.position),
                    roles: hostile_roles(pattern, fact.subject(), fact.object()),
                    fellows: Vec::new(),
                    pattern: Some(pattern.clone()),
                    subject: None,
                });
            }
        }
        found
    }

    fn counted_for(&self, pattern: &Statement) -> Vec<Candidate> {
        let only_occupation = pattern.verb == Verb::IsOccupiedBy;
        let pattern = &*by_the_occupier(pattern);
        let is_kind = |fact: &&Fact<'_>| !only_occupation || fact.statement.verb == Verb::Occupies;
        let facts = self.hostile_facts().into_iter().filter(is_kind);
        let victims = facts.filter_map(|fact| fact.object().cloned());
        let victims = super::who::without_repeats(victims.collect());
        let victims = victims.into_iter().filter(|victim| is_wanted(&pattern.object, victim));
        let found = victims.map(|victim| {
            let tally = self.tally(pattern, &victim);
            let any_at_all = tally.all.first().map(|(actor, _)| actor.clone());
            let attacker = tally.first_of_these.clone().or(any_at_all);
            Candidate {
                kind: Kind::Counted,
                roles: hostile_roles(pattern, attacker.as_ref(), Some(&victim)),
                fellows: tally.attackers(),
                pattern: Some(pattern.clone()),
                subject: None,
            }
        });
        found.collect()
    }

    fn wars_for(&self, pattern: &Statement) -> Vec<Candidate> {
        let mut pairs: Vec<(Actor, Actor)> = Vec::new();
        for fact in self.case.facts.iter().filter(|fact| makes_war(fact) && !fact.statement.negated) {
            let (Some(x), Some(y)) = (fact.subject(), fact.object()) else { continue };
            for (x, y) in [(x, y), (y, x)] {
                let pair = (x.clone(), y.clone());
                let may_be = !self.at_war(x, y).is_no() && !self.matches_ever(&pattern.subject, x).is_no();
                if may_be && x != y && !pairs.contains(&pair) {
                    pairs.push(pair);
                }
            }
        }
        let wars = pairs.into_iter().map(|(x, y)| Candidate {
            kind: Kind::War,
            roles: hostile_roles(pattern, Some(&y), Some(&x)),
            fellows: Vec::new(),
            pattern: Some(pattern.clone()),
            subject: None,
        });
        wars.collect()
    }

    fn events_for(&self, pattern: &Statement) -> Vec<Candidate> {
        let mut found = Vec::new();
        for fact in self.case.facts.iter().filter(|fact| !fact.statement.negated) {
            let Some(subject) = fact.subject() else { continue };
            let about_this = match &pattern.object {
                Object::Nothing | Object::Who(_) => true,
                Object::Place(_)
                | Object::Thing(_)
                | Object::Article(_)
                | Object::Charter(_)
                | Object::Body(_)
                | Object::Class(_)
                | Object::Area(_)
                | Object::Silence { .. }
                | Object::Bond { .. } => !self.object_fits(&pattern.object, &fact.statement.object).is_no(),
            };
            if self.satisfies(fact.statement.verb, pattern.verb) && about_this {
                found.push(Candidate {
                    kind: Kind::Normal(fact.position),
                    roles: event_roles(pattern, subject),
                    fellows: Vec::new(),
                    pattern: Some(pattern.clone()),
                    subject: Some(subject.clone()),
                });
            }
        }
        found
    }

    fn add_inverted(&self, pattern: &Statement, found: &mut Vec<Candidate>) {
        let only_occupation = pattern.verb == Verb::IsOccupiedBy;
        let pattern = &*by_the_occupier(pattern);
        let Object::Who(wanted) = &pattern.object else { return };
        for fact in self.hostile_facts() {
            if only_occupation && fact.statement.verb != Verb::Occupies {
                continue;
            }
            let (Some(x), Some(y)) = (fact.subject(), fact.object()) else { continue };
            let taken = found.iter().any(|candidate| {
                let cast = candidate.cast();
                let same_victim = cast.favoured() == Some(x);
                let same = same_victim && cast.opposed() == Some(y);
                match candidate.kind {
                    Kind::Counted => {
                        let on_x = self.hostile_facts().into_iter().filter(|fact| fact.object() == Some(x));
                        same_victim && on_x.into_iter().any(|fact| fact.subject() == Some(y))
                    }
                    Kind::Normal(_) | Kind::War | Kind::Inverted(_) => same,
                    Kind::Virtual | Kind::Plain => false,
                }
            });
            if !taken && !self.matches_ever(wanted, x).is_no() {
                found.push(Candidate {
                    kind: Kind::Inverted(fact.position),
                    roles: hostile_roles(pattern, Some(y), Some(x)),
                    fellows: Vec::new(),
                    pattern: Some(pattern.clone()),
                    subject: None,
                });
            }
        }
    }

    fn add_virtual(&self, pattern: &Statement, found: &mut Vec<Candidate>) {
        let sort = sort(pattern);
        let participants = self.case.participants.clone();
        let (wanted, everybody): (&Who, Vec<Actor>) = match (sort, &pattern.object) {
            (Sort::Hostile, Object::Who(wanted)) => {
                let mut everybody = participants;
                everybody.extend(wanted.actor().cloned());
                (wanted, super::who::without_repeats(everybody))
            }
            (Sort::War | Sort::Event, _) => (&pattern.subject, participants),
            (_, _) => return,
        };
        let mut made = false;
        for actor in everybody {
            if self.matches_ever(wanted, &actor).is_no() {
                continue;
            }
            made = true;
            let taken = found.iter().any(|candidate| match sort {
                Sort::Hostile | Sort::War => {
                    let alike = candidate.pattern.as_ref().is_some_and(|other| self::sort(other) == sort);
                    alike && candidate.cast().sufferer() == Some(&actor)
                }
                Sort::Event => {
                    candidate.subject.as_ref() == Some(&actor) && candidate.pattern.as_ref() == Some(pattern)
                }
                Sort::Plain => true,
            });
            if !taken {
                let roles = match sort {
                    Sort::Hostile | Sort::War => hostile_roles(pattern, None, Some(&actor)),
                    Sort::Event => event_roles(pattern, &actor),
                    Sort::Plain => Vec::new(),
                };
                let pattern = Some(pattern.clone());
                found.push(Candidate {
                    kind: Kind::Virtual,
                    roles,
                    fellows: Vec::new(),
                    pattern,
                    subject: Some(actor),
                });
            }
        }
        if sort == Sort::Event && !made {
            let pattern = Some(pattern.clone());
            found.push(Candidate {
                kind: Kind::Virtual,
                roles: Vec::new(),
                fellows: Vec::new(),
                pattern,
                subject: None,
            });
        }
    }

    /// The gates of the trigger.
    pub(super) fn trigger(&self, candidate: &Candidate, gates: &mut Gates) {
        let Some(pattern) = &candidate.pattern else { return };
        match (&candidate.kind, sort(pattern)) {
            (Kind::Normal(position), Sort::Hostile) => {
                if let Some(fact) = self.case.facts.get(*position) {
                    self.hostile_gates(pattern, fact, gates);
                }
            }
            (Kind::Normal(position), _) => {
                if let Some(fact) = self.case.facts.get(*position) {
                    self.event_gates(pattern, fact, gates);
                }
            }
            (Kind::Counted, _) => self.counted_gates(pattern, gates),
            (Kind::War, _) => self.war_gates(pattern, gates),
            (Kind::Inverted(position), _) => {
                gates.lower(Gate::Conduct, Truth::No, Reasons::one(Reason::Aggressor));
                gates.lower(Gate::Threshold, Truth::No, Reasons::one(Reason::Threshold));
                if let Some(object) = self.case.facts.get(*position).and_then(Fact::object) {
                    let fits = self.matches(&pattern.subject, object);
                    lower(gates, Gate::Adversary, fits, self.adversary_code(&pattern.subject));
                }
            }
            (Kind::Virtual, Sort::Event) => {
                let (gate, code) = self.content(pattern, false);
                lower(gates, gate, NO, code);
            }
            (Kind::Virtual, _) => gates.lower(Gate::Threshold, Truth::No, Reasons::one(Reason::Threshold)),
            (Kind::Plain, _) => {
                let (gate, code) = self.content(pattern, false);
                lower(gates, gate, self.value(pattern), code);
            }
        }
    }

    fn hostile_gates(&self, pattern: &Statement, fact: &Fact<'_>, gates: &mut Gates) {
        let is_kind = self.satisfies(fact.statement.verb, pattern.verb);
        let value = if is_kind { self.fact_value(fact) } else { NO };
        lower(gates, Gate::Threshold, value, Reason::Threshold);
        if value.is_no() {
            self.aggressor_gate(pattern, gates);
        }
        if let Some(subject) = fact.subject() {
            let fits = self.matches(&pattern.subject, subject);
            lower(gates, Gate::Adversary, fits, self.adversary_code(&pattern.subject));
        }
        let speaks_of_within = pattern.from_within || pattern.verb == Verb::RisesAgainst;
        if fact.is_from_within() != speaks_of_within && (fact.is_from_within() || pattern.from_within) {
            lower(gates, Gate::Adversary, NO, Reason::Internal);
        }
        self.object_gates(pattern, fact.object(), gates);
        let each = self.is_so_of_each(pattern, fact.subject(), fact.object());
        lower(gates, Gate::Threshold, each, Reason::Threshold);
        let provoked = fact.statement.provocation == Some(Provocation::After);
        match pattern.provocation {
            Some(Provocation::Without) if provoked => lower(gates, Gate::Conduct, NO, Reason::Aggressor),
            Some(Provocation::After) if !provoked => lower(gates, Gate::Threshold, NO, Reason::Threshold),
            Some(_) | None => {}
        }
        if let Some(place) = &pattern.place {
            lower(gates, Gate::Place, self.is_in(fact, place), Reason::Geography);
        }
    }

    /// Whether the one to be helped, to whom nothing was done, did it himself to the other.
    fn aggressor_gate(&self, pattern: &Statement, gates: &mut Gates) {
        let (Some(victim), Some(attacker)) = (self.cast.favoured(), self.cast.opposed()) else { return };
        let own = self.hostile_facts().into_iter().filter(|fact| {
            fact.subject() == Some(victim)
                && fact.object() == Some(attacker)
                && self.satisfies(fact.statement.verb, pattern.verb)
        });
        lower(gates, Gate::Conduct, any(own.map(|fact| self.has_begun(fact))).not(), Reason::Aggressor);
    }

    /// The victim against the object of the opening.
    fn object_gates(&self, pattern: &Statement, victim: Option<&Actor>, gates: &mut Gates) {
        let (Object::Who(wanted), Some(victim)) = (&pattern.object, victim) else { return };
        let of_parties = matches!(wanted.selector, Selector::AParty | Selector::EachParty);
        if of_parties && !self.is_ever_party(victim) {
            lower(gates, Gate::Standing, NO, Reason::NotParty);
            lower(gates, Gate::Threshold, self.is_left_out(wanted, victim).not(), Reason::Threshold);
        } else {
            self.party_gate(wanted, victim, gates);
            lower(gates, Gate::Threshold, self.matches_ever(wanted, victim), Reason::Threshold);
        }
    }

    /// Whoever is looked for as a party has to stand in the charter, even where he claims nothing.
    fn party_gate(&self, wanted: &Who, holder: &Actor, gates: &mut Gates) {
        if matches!(wanted.selector, Selector::AParty | Selector::EachParty) && self.is_ever_party(holder) {
            let (truth, reasons) = self.standing(holder, None);
            gates.lower(Gate::Standing, truth, reasons);
        }
    }

    fn event_gates(&self, pattern: &Statement, fact: &Fact<'_>, gates: &mut Gates) {
        let Some(subject) = fact.subject() else { return };
        let mut value = self.fact_value(fact);
        let of_parties = matches!(pattern.subject.selector, Selector::AParty | Selector::EachParty);
        if of_parties && !self.is_ever_party(subject) {
            lower(gates, Gate::Standing, NO, Reason::NotParty);
        } else {
            self.party_gate(&pattern.subject, subject, gates);
            value = value.and(self.matches_ever(&pattern.subject, subject));
        }
        value = value.and(self.object_fits(&pattern.object, &fact.statement.object));
        value = value.and(self.is_so_of_each(pattern, Some(subject), fact.object()));
        let (gate, code) = self.content(pattern, false);
        lower(gates, gate, value, code);
    }

    fn war_gates(&self, pattern: &Statement, gates: &mut Gates) {
        let (Some(belligerent), Some(enemy)) = (self.cast.favoured(), self.cast.opposed()) else { return };
        self.party_gate(&pattern.subject, belligerent, gates);
        lower(gates, Gate::Threshold, self.at_war(belligerent, enemy), Reason::Threshold);
        lower(gates, Gate::Threshold, self.matches_ever(&pattern.subject, belligerent), Reason::Threshold);
        let each = self.is_so_of_each(pattern, Some(belligerent), Some(enemy));
        lower(gates, Gate::Threshold, each, Reason::Threshold);
        if let Object::Who(wanted) = &pattern.object {
            lower(gates, Gate::Adversary, self.matches(wanted, enemy), self.adversary_code(wanted));
        }
    }

    /// Who attacks somebody, and who of them counts.
    fn tally(&self, pattern: &Statement, victim: &Actor) -> Tally {
        let on_victim = self.hostile_facts().into_iter().filter(|fact| fact.object() == Some(victim));
        let on_victim: Vec<&Fact<'_>> = on_victim.collect();
        let subjects = on_victim.iter().filter_map(|fact| fact.subject().cloned()).collect();
        let subjects = super::who::without_repeats(subjects);
        let fits: Vec<&Fact<'_>> =
            on_victim.into_iter().filter(|fact| self.satisfies(fact.statement.verb, pattern.verb)).collect();
        let each = |counts: &dyn Fn(&Fact<'_>) -> bool, of_kind: bool| -> Vec<(Actor, Value)> {
            let values = subjects.iter().map(|subject| {
                let own = fits.iter().filter(|fact| fact.subject() == Some(subject) && counts(fact));
                let value = any(own.map(|fact| self.fact_value(fact)));
                let kind = if of_kind { self.matches(&pattern.subject, subject) } else { super::value::YES };
                (subject.clone(), value.and(kind))
            });
            values.collect()
        };
        let unprovoked = |fact: &Fact<'_>| {
            pattern.provocation != Some(Provocation::Without) || fact.statement.provocation != Some(Provocation::After)
        };
        // The first in the order of the facts, among those that count, or else among all.
        let is_so = |fact: &&&Fact<'_>| !self.fact_value(fact).is_no();
        let of_kind = |fact: &&&Fact<'_>| {
            let kind = fact.subject().map_or(NO, |subject| self.matches(&pattern.subject, subject));
            !kind.is_no() && !fact.is_from_within() && unprovoked(fact)
        };
        let first = fits.iter().filter(is_so).find(of_kind).or_else(|| fits.iter().find(is_so));
        let first_of_these = first.and_then(|fact| fact.subject().cloned());
        Tally {
            first_of_these,
            all: each(&|_| true, false),
            of_kind: each(&|fact| !fact.is_from_within(), true),
            unprovoked: each(&|fact| !fact.is_from_within() && unprovoked(fact), true),
            some_within: fits.iter().any(|fact| fact.is_from_within() && !self.fact_value(fact).is_no()),
        }
    }

    fn counted_gates(&self, pattern: &Statement, gates: &mut Gates) {
        let (Some(victim), Selector::Count { exactly, number, .. }) = (self.cast.favoured(), &pattern.subject.selector)
        else {
            return;
        };
        let tally = self.tally(pattern, victim);
        let numbers = |list: &[(Actor, Value)]| count(list.iter().map(|(_, value)| *value));
        let enough = counted(*exactly, *number, numbers(&tally.unprovoked));
        lower(gates, Gate::Threshold, enough, Reason::Threshold);
        if enough.is_no() && numbers(&tally.all).1 == 0 {
            self.aggressor_gate(pattern, gates);
        }
        let reaches = |list: &[(Actor, Value)]| numbers(list).1 >= usize::try_from(*number).unwrap_or(usize::MAX);
        if enough.is_no() && reaches(&tally.all) && !reaches(&tally.of_kind) {
            lower(gates, Gate::Adversary, NO, self.adversary_code(&pattern.subject));
            if tally.some_within {
                lower(gates, Gate::Adversary, NO, Reason::Internal);
            }
        }
        if enough.is_no() && reaches(&tally.of_kind) && !reaches(&tally.unprovoked) {
            lower(gates, Gate::Conduct, NO, Reason::Aggressor);
        }
        self.object_gates(pattern, Some(victim), gates);
        if matches!(&pattern.object, Object::Who(Who { selector: Selector::Count { .. }, .. })) {
            lower(gates, Gate::Threshold, self.value(pattern), Reason::Threshold);
        }
    }
}

/// The subjects of what was done to one victim, each with a value.
struct Tally {
    first_of_these: Option<Actor>,
    all: Vec<(Actor, Value)>,
    of_kind: Vec<(Actor, Value)>,
    unprovoked: Vec<(Actor, Value)>,
    some_within: bool,
}

impl Tally {
    /// Those of the best kind there are: unprovoked ones that count, else all that did it, else all.
    fn attackers(&self) -> Vec<Actor> {
        let who = |list: &[(Actor, Value)]| -> Vec<Actor> {
            list.iter().filter(|(_, value)| !value.is_no()).map(|(actor, _)| actor.clone()).collect()
        };
        [who(&self.unprovoked), who(&self.all)]
            .into_iter()
            .find(|list| !list.is_empty())
            .unwrap_or_else(|| self.all.iter().map(|(actor, _)| actor.clone()).collect())
    }
}

/// A single actor as an object wants only him.
fn is_wanted(wanted: &Object, victim: &Actor) -> bool {
    match wanted {
        Object::Who(who) => who.actor().is_none_or(|actor| actor == victim),
        Object::Nothing
        | Object::Place(_)
        | Object::Thing(_)
        | Object::Article(_)
        | Object::Charter(_)
        | Object::Body(_)
        | Object::Class(_)
        | Object::Area(_)
        | Object::Silence { .. }
        | Object::Bond { .. } => true,
    }
}

/// Whether an opening names somebody who takes part.
pub(super) fn names(pattern: &Statement, participants: &[Actor]) -> bool {
    let in_who = |who: &Who| match &who.selector {
        Selector::Actor(actor) => participants.contains(actor),
        Selector::AnyOf(members) | Selector::AllOf(members) | Selector::EachOf(members) => {
            members.iter().any(|member| match member {
                charter::model::Member::Actor(actor) => participants.contains(actor),
                charter::model::Member::Group(_) => false,
            })
        }
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
        | Selector::Charter(_) => false,
    };
    let object = match &pattern.object {
        Object::Who(who) => in_who(who),
        Object::Nothing
        | Object::Place(_)
        | Object::Thing(_)
        | Object::Article(_)
        | Object::Charter(_)
        | Object::Body(_)
        | Object::Class(_)
        | Object::Area(_)
        | Object::Silence { .. }
        | Object::Bond { .. } => false,
    };
    in_who(&pattern.subject) || object
}
