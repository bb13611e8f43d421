//! Section 7 of the page: what a proposition is worth, and whose gate it lowers. Read
//! [`View::value`].

use charter::model::{BodyMembers, Finder, Object, Provocation, Selector, Statement, Verb, Who};
use charter::{Actor, Name};
use law::{Gate, Reason, Truth};

use super::facts::{HOSTILE, same};
use super::value::{NO, Value, YES, any, count, counted, open, so};
use super::view::{Fact, OneActor as _, View, by_the_occupier, plain_who, with_object, with_subject};

/// Other people's acts, beside those that have a gate of their own.
const OTHERS: [Verb; 16] = [
    Verb::Supports,
    Verb::Assists,
    Verb::Performs,
    Verb::Breaks,
    Verb::Releases,
    Verb::GivesNotice,
    Verb::TakesUp,
    Verb::BreaksSilenceOn,
    Verb::ObjectsTo,
    Verb::VotesFor,
    Verb::VotesAgainst,
    Verb::AbstainsOn,
    Verb::IsInForce,
    Verb::IsPartyTo,
    Verb::IsMemberOf,
    Verb::IsBoundTo,
];

/// Acts of war that are not hostile verbs.
const OF_WAR: [Verb; 5] =
    [Verb::IsAtWarWith, Verb::IsOccupiedBy, Verb::Mobilises, Verb::Surrenders, Verb::ConcludesPeaceWith];

impl View<'_> {
    /// What a proposition is worth.
    pub(super) fn value(&self, statement: &Statement) -> Value {
        let own = self.is_by_the_bearer(&statement.subject);
        let affirmed = self.affirmed(&by_the_occupier(statement), own);
        if statement.negated { affirmed.not() } else { affirmed }
    }

    /// What an opening that speaks of `all of` some, or of so many, asks beyond its one candidate: that
    /// the same is so of each of them, or of so many, with the candidate's other side where the opening names one.
    pub(super) fn is_so_of_each(&self, pattern: &Statement, subject: Option<&Actor>, object: Option<&Actor>) -> Value {
        let mut each = YES;
        let names_somebody = matches!(pattern.object, Object::Who(_));
        let is_several = |selector: &Selector| matches!(selector, Selector::AllOf(_) | Selector::Count { .. });
        if is_several(&pattern.subject.selector) {
            let same = object.filter(|_| names_somebody).map(|object| with_object(pattern, object.clone()));
            each = each.and(self.value(same.as_ref().unwrap_or(pattern)));
        }
        if matches!(&pattern.object, Object::Who(who) if is_several(&who.selector))
            && let Some(subject) = subject
        {
            each = each.and(self.value(&with_subject(pattern, subject.clone())));
        }
        each
    }

    /// `own`: it is the bearer, and nobody else, whose act it is.
    fn affirmed(&self, statement: &Statement, own: bool) -> Value {
        if let Selector::AllOf(members) = &statement.subject.selector {
            return self.of_all(members, |actor| {
                let statement = with_subject(statement, actor);
                let own = self.is_by_the_bearer(&statement.subject);
                self.affirmed(&statement, own)
            });
        }
        if let Object::Who(Who { selector: Selector::AllOf(members), .. }) = &statement.object {
            return self.of_all(members, |actor| self.affirmed(&with_object(statement, actor), own));
        }
        if let Object::Who(who @ Who { selector: Selector::Count { exactly, number, .. }, .. }) = &statement.object {
            let helped = self.case.performances.iter().map(|owed| owed.to.clone());
            let all = self.candidates_for(who).into_iter().chain(helped).collect();
            let each = super::who::without_repeats(all).into_iter().map(|actor| {
                let is_one = self.matches(who, &actor);
                is_one.and(self.affirmed(&with_object(statement, actor), own))
            });
            return counted(*exactly, *number, count(each));
        }
        if let Selector::Count { exactly, number, .. } = &statement.subject.selector {
            let helpers = self.case.performances.iter().map(|owed| owed.by.clone());
            let all = self.candidates_for(&statement.subject).into_iter().chain(helpers).collect();
            let each = super::who::without_repeats(all).into_iter().map(|actor| {
                let is_one = self.matches(&statement.subject, &actor);
                is_one.and(self.affirmed(&with_subject(statement, actor), false))
            });
            return counted(*exactly, *number, count(each));
        }
        match statement.verb {
            Verb::IsAtWarWith => self.war(statement),
            Verb::IsInForce => self.charter_in_force(statement),
            Verb::IsPartyTo | Verb::IsMemberOf | Verb::IsA => self.state(statement),
            Verb::PlaceIsIn => self.place_is_in(statement),
            Verb::Term => self.term(statement),
            Verb::Finds => self.finds(statement, own),
            Verb::Decides => self.by_facts(statement).or(self.decided(statement)),
            Verb::Assists | Verb::Supports => self.by_facts(statement).or(self.performance(statement)),
            Verb::Attacks
            | Verb::ClashesWith
            | Verb::CommitsAggressionAgainst
            | Verb::Threatens
            | Verb::Blockades
            | Verb::Occupies
            | Verb::SendsArmedBandsInto
            | Verb::CyberAttacks
            | Verb::RisesAgainst
            | Verb::MakesWarOn
            | Verb::DeclaresWarOn
            | Verb::Mobilises
            | Verb::Surrenders
            | Verb::ConcludesPeaceWith
            | Verb::Requests
            | Verb::Invokes
            | Verb::Consents
            | Verb::Breaks
            | Verb::Performs
            | Verb::Releases
            | Verb::GivesNotice
            | Verb::TakesUp
            | Verb::BreaksSilenceOn
            | Verb::ObjectsTo
            | Verb::VotesFor
            | Verb::VotesAgainst
            | Verb::AbstainsOn
            | Verb::IsOccupiedBy
            | Verb::IsBoundTo => self.by_facts(statement),
        }
    }

    fn by_facts(&self, statement: &Statement) -> Value {
        any(self.case.facts.iter().map(|fact| self.is_this(statement, fact)))
    }

    /// Whether a fact is what a statement says, and is so.
    pub(super) fn is_this(&self, statement: &Statement, fact: &Fact<'_>) -> Value {
        self.fits(statement, fact).and(self.fact_value(fact))
    }

    /// Whether a fact, so or not, is what a statement says.
    fn fits(&self, statement: &Statement, fact: &Fact<'_>) -> Value {
        if !self.satisfies(fact.statement.verb, statement.verb) {
            return NO;
        }
        let mut between = self.subject_fits(&statement.subject, &fact.statement.subject);
        between = between.and(self.object_fits(&statement.object, &fact.statement.object));
        if statement.verb == Verb::ConcludesPeaceWith
            && let (Object::Who(whom), Some(subject), Some(object)) = (&statement.object, fact.subject(), fact.object())
        {
            between = between.or(self.matches(&statement.subject, object).and(self.matches(whom, subject)));
        }
        let place = statement.place.as_ref().map_or(YES, |place| self.is_in(fact, place));
        let provoked = fact.statement.provocation == Some(Provocation::After);
        let provocation = match statement.provocation {
            Some(Provocation::Without) => !provoked,
            Some(Provocation::After) => provoked,
            None => true,
        };
        let within = !statement.from_within || fact.is_from_within();
        between.and(place).and(so(provocation && within))
    }

    pub(super) fn subject_fits(&self, pattern: &Who, subject: &Who) -> Value {
        match (&pattern.selector, &subject.selector) {
            (_, Selector::Actor(actor)) => self.matches(pattern, actor),
            (Selector::Body(named), Selector::Body(body)) => same(named, body).and(so(self.is_own_body(body))),
            (Selector::Nobody, Selector::Nobody) => YES,
            (_, _) => NO,
        }
    }

    pub(super) fn object_fits(&self, pattern: &Object, object: &Object) -> Value {
        match (pattern, object) {
            (Object::Nothing, _) => YES,
            (Object::Who(pattern), Object::Who(who)) => who.actor().map_or(NO, |actor| self.matches(pattern, actor)),
            (Object::Place(left), Object::Place(right))
            | (Object::Thing(left), Object::Thing(right) | Object::Silence { matter: right, .. })
            | (Object::Silence { matter: left, .. }, Object::Thing(right) | Object::Silence { matter: right, .. })
            | (Object::Charter(left), Object::Charter(right))
            | (Object::Body(left), Object::Body(right))
            | (Object::Class(left), Object::Class(right))
            | (Object::Area(left), Object::Area(right)) => same(left, right),
            (Object::Article(meant), Object::Article(named)) => so(self.is_named(named, meant)),
            (Object::Bond { to: pattern, kind: left }, Object::Bond { to, kind: right }) => {
                to.actor().map_or(NO, |actor| self.matches(pattern, actor)).and(same(left, right))
            }
            (_, _) => NO,
        }
    }

    /// The actors a subject may be: the one it names, or everybody in sight.
    fn candidates_for(&self, who: &Who) -> Vec<Actor> {
        if let Some(actor) = self.single(who) {
            return vec![actor.clone()];
        }
        if who.selector == Selector::Bearer && who.other_than.is_empty() {
            return self.cast.bearers.clone();
        }
        let everybody = self.case.participants.clone().into_iter().chain(self.ever_parties());
        super::who::without_repeats(everybody.collect())
    }

    fn war(&self, statement: &Statement) -> Value {
        let participants = self.case.participants.clone();
        let mut war = NO;
        for x in &participants {
            for y in participants.iter().filter(|y| *y != x) {
                let against = match &statement.object {
                    Object::Who(who) => self.matches(who, y),
                    Object::Nothing => YES,
                    Object::Place(_)
                    | Object::Thing(_)
                    | Object::Article(_)
                    | Object::Charter(_)
                    | Object::Body(_)
                    | Object::Class(_)
                    | Object::Area(_)
                    | Object::Silence { .. }
                    | Object::Bond { .. } => NO,
                };
                war = war.or(self.at_war(x, y).and(self.matches(&statement.subject, x)).and(against));
            }
        }
        war
    }

    /// The view of another charter, as it is written.
    fn elsewhere<R>(&self, name: Option<&Name>, look: impl FnOnce(&View<'_>) -> R) -> Option<R> {
        match name {
            Some(name) if *name != self.charter.name => {
                let charter = self.case.charter(name)?;
                let world = super::view::World { dropped: self.world.dropped.clone(), ..Default::default() };
                Some(look(&View { charter, article: None, world: &world, ..*self }))
            }
            Some(_) | None => Some(look(self)),
        }
    }

    fn charter_in_force(&self, statement: &Statement) -> Value {
        let Selector::Charter(name) = &statement.subject.selector else { return NO };
        self.elsewhere(name.as_ref(), |view| view.is_in_force()).unwrap_or(NO)
    }

    fn state(&self, statement: &Statement) -> Value {
        let said = if statement.verb == Verb::IsA { NO } else { self.by_facts(statement) };
        said.or(any(self.candidates_for(&statement.subject).iter().map(|actor| {
            let is_so = match &statement.object {
                Object::Class(class) => self.belongs(class, actor),
                Object::Charter(name) => self.elsewhere(Some(name), |view| view.standing_value(actor)).unwrap_or(NO),
                Object::Article(reference) => {
                    self.elsewhere(reference.charter.as_ref(), |view| view.standing_value(actor)).unwrap_or(NO)
                }
                Object::Body(name) => self.is_member_of(name, actor),
                Object::Nothing
                | Object::Who(_)
                | Object::Place(_)
                | Object::Thing(_)
                | Object::Area(_)
                | Object::Silence { .. }
                | Object::Bond { .. } => NO,
            };
            self.matches(&statement.subject, actor).and(is_so)
        })))
    }

    fn is_member_of(&self, name: &Name, actor: &Actor) -> Value {
        if let Some(track) = self.charter.tracks.iter().find(|track| track.name == *name) {
            return so(track.members.contains(actor));
        }
        let Some(body) = super::decision::body(self.charter, name) else { return NO };
        match &body.members {
            BodyMembers::AllParties { .. } | BodyMembers::AllMembers | BodyMembers::Of(_) => self.sits(body, actor),
        }
    }

    fn place_is_in(&self, statement: &Statement) -> Value {
        let Some(event) = self.event() else { return YES };
        match &statement.object {
            Object::Area(name) | Object::Place(name) => self.is_in_named(event, name),
            Object::Nothing
            | Object::Who(_)
            | Object::Thing(_)
            | Object::Article(_)
            | Object::Charter(_)
            | Object::Body(_)
            | Object::Class(_)
            | Object::Silence { .. }
            | Object::Bond { .. } => NO,
        }
    }

    /// Facts that somebody who fits found a thing: `F finds "X"`, or `"X", found by F`. The second
    /// part is whether somebody who fits found that it is not so.
    fn found(&self, thing: &Name, finds: &dyn Fn(&Who) -> Value, names: &dyn Fn(&[Name]) -> Value) -> (Value, bool) {
        let mut found = NO;
        let mut denied = false;
        for fact in &self.case.facts {
            if !matches!(&fact.statement.object, Object::Thing(named) if named == thing) {
                continue;
            }
            let by = if fact.statement.verb == Verb::Finds {
                finds(&fact.statement.subject)
            } else if fact.statement.verb == Verb::Term {
                names(&fact.line.found_by)
            } else {
                NO
            };
            found = found.or(by.and(self.fact_value(fact)));
            denied |= self.denies(fact) && !by.is_no();
        }
        (found, denied)
    }

    fn finds(&self, statement: &Statement, own: bool) -> Value {
        let Object::Thing(thing) = &statement.object else { return self.by_facts(statement) };
        let finds = |subject: &Who| self.subject_fits(&statement.subject, subject);
        let names = |names: &[Name]| self.names_subject(&statement.subject, names);
        let (found, denied) = self.found(thing, &finds, &names);
        let found = found.or(self.decided(statement));
        if own { waiting(found, denied) } else { found }
    }

    /// Whether somebody whom the subject means is among those named as finders.
    fn names_subject(&self, subject: &Who, names: &[Name]) -> Value {
        if let Selector::Body(body) = &subject.selector {
            return so(names.contains(body));
        }
        let is_code = |name: &&Name| name.as_str().bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9'));
        any(names.iter().filter(is_code).map(|name| self.matches(subject, &Actor::Code(name.clone()))))
    }

    fn decided(&self, statement: &Statement) -> Value {
        match (&statement.subject.selector, &statement.object) {
            (Selector::Body(body), Object::Thing(matter)) => self.is_adopted(body, matter, &mut Vec::new()),
            (_, _) => NO,
        }
    }

    fn finder(&self, term: &Name) -> &Finder {
        let declared = self.charter.terms.iter().find(|declared| declared.term == *term);
        declared.map_or(&Finder::Nobody, |declared| &declared.found_by)
    }

    fn term(&self, statement: &Statement) -> Value {
        let Object::Thing(term) = &statement.object else { return NO };
        let finder = self.finder(term);
        let is = |actor: Option<&Actor>, subject: &Who| so(actor.is_some() && subject.actor() == actor);
        let finds = |subject: &Who| match finder {
            Finder::Victim => is(self.victim(), subject),
            Finder::Bearer | Finder::EachParty => any(self.cast.bearers.iter().map(|bearer| is(Some(bearer), subject))),
            Finder::Body(body) => self.subject_fits(&plain_who(Selector::Body(body.clone())), subject),
            Finder::Nobody => YES,
        };
        let names = |names: &[Name]| so(*finder == Finder::Nobody || self.is_found_by(finder, names));
        let (found, denied) = self.found(term, &finds, &names);
        match finder {
            Finder::Bearer | Finder::EachParty | Finder::Nobody => waiting(found, denied),
            Finder::Body(body) => found.or(self.is_adopted(body, term, &mut Vec::new())),
            Finder::Victim => found,
        }
    }

    /// Help that somebody owes, or may owe, and of which nobody has spoken.
    fn performance(&self, statement: &Statement) -> Value {
        let Object::Who(whom) = &statement.object else { return NO };
        let owed = self.case.performances.iter().filter(|owed| {
            let here = owed.charter == self.charter.name && owed.provision == self.provision();
            !here && !self.is_spoken_of(&owed.by, &owed.to)
        });
        any(owed.map(|owed| {
            let fits = self.matches(&statement.subject, &owed.by).and(self.matches(whom, &owed.to));
            if fits.is_no() { NO } else { open(Reason::UnknownFact) }
        }))
    }

    fn is_spoken_of(&self, by: &Actor, to: &Actor) -> bool {
        self.case.facts.iter().any(|fact| {
            let helps = matches!(fact.statement.verb, Verb::Assists | Verb::Supports);
            helps && fact.subject() == Some(by) && fact.object() == Some(to)
        })
    }

    fn is_by_the_bearer(&self, subject: &Who) -> bool {
        (subject.selector == Selector::Bearer && !self.cast.bearers.is_empty())
            || self.single(subject).is_some_and(|actor| self.cast.bearers.contains(actor))
    }

    fn is_the_claimant(&self, subject: &Who) -> bool {
        let actor = if subject.selector == Selector::Bearer { None } else { self.single(subject) };
        actor.is_some() && actor == self.cast.to.as_ref()
    }

    /// The gate a proposition lowers, and its code. `turned`: it stands under `unless`, or in an
    /// exception.
    pub(super) fn content(&self, statement: &Statement, turned: bool) -> (Gate, Reason) {
        let statement = &by_the_occupier(statement);
        let verb = statement.verb;
        if HOSTILE.contains(&verb) || OF_WAR.contains(&verb) {
            return if turned && self.is_the_claimant(&statement.subject) {
                (Gate::Conduct, Reason::Aggressor)
            } else {
                (Gate::Threshold, Reason::Threshold)
            };
        }
        let others = (Gate::Others, Reason::ThirdCondition);
        let request = (Gate::Request, Reason::NotRequested);
        let judgement = (Gate::Judgement, Reason::OwnJudgement);
        if OTHERS.contains(&verb) {
            return others;
        }
        let by_the_bearer = self.is_by_the_bearer(&statement.subject);
        match (verb, &statement.object) {
            (Verb::Consents, _) => {
                if by_the_bearer {
                    judgement
                } else {
                    others
                }
            }
            (Verb::Finds | Verb::Decides, _) => {
                if by_the_bearer {
                    judgement
                } else {
                    request
                }
            }
            (Verb::Term, Object::Thing(term)) => match self.finder(term) {
                Finder::Victim | Finder::Body(_) => request,
                Finder::Bearer | Finder::EachParty | Finder::Nobody => judgement,
            },
            (Verb::IsA, Object::Class(class)) => (Gate::Adversary, self.class_code(class)),
            (Verb::PlaceIsIn, _) => (Gate::Place, Reason::Geography),
            (_, _) => request,
        }
    }
}

/// What has not been found, nor found not to be so, is awaited.
fn waiting(found: Value, denied: bool) -> Value {
    match found.truth {
        Truth::Yes | Truth::Open => found,
        Truth::No if denied => NO,
        Truth::No => open(Reason::AwaitingFinding),
    }
}
