//! Where one stands when one asks whether something is so. Read [`View`].

use std::borrow::Cow;
use std::collections::BTreeMap;

use charter::model::{
    Article, ArticleRef, Charter, FactLine, Member, Object, Prelude, Role, Selector, Statement, Verb, When, Who,
};
use charter::{Actor, Name};
use law::{Provision, Question};

use super::time::{Clock, Stretch};

/// A question and everything around it.
pub(super) struct Case<'a> {
    pub(super) prelude: &'a Prelude,
    pub(super) charters: &'a [Charter],
    pub(super) question: &'a Question,
    pub(super) facts: Vec<Fact<'a>>,
    /// Who, at this point of the search for the least fixed point, has to help whom.
    pub(super) performances: Vec<Performance>,
    /// The actors that are subject or object of a fact, sorted.
    pub(super) participants: Vec<Actor>,
    /// Who is ever a party of each charter.
    pub(super) parties: BTreeMap<Name, Vec<Actor>>,
    /// The draft that is answered as if it were in force and known by report.
    pub(super) as_if: Option<Name>,
}

/// One fact; a line about `each of` several is several.
pub(super) struct Fact<'a> {
    /// Its position among all facts.
    pub(super) position: usize,
    /// Its line's number.
    pub(super) number: usize,
    pub(super) line: &'a FactLine,
    pub(super) unknown: bool,
    pub(super) on: When,
    /// As written, but for `each of` and for `is occupied by`.
    pub(super) statement: Statement,
}

/// Somebody has, or may have, to help somebody under some provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Performance {
    pub(super) by: Actor,
    pub(super) to: Actor,
    pub(super) charter: Name,
    pub(super) provision: Option<Provision>,
}

/// One combination of readings and accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct World {
    /// Which reading of the article.
    pub(super) reading: Option<usize>,
    /// Which reading of the charter's status.
    pub(super) status: Option<usize>,
    /// Understandings that are left out, by position in the charter.
    pub(super) without: Vec<usize>,
    /// Facts that are not so, by position.
    pub(super) dropped: Vec<usize>,
}

/// Who plays which part.
#[derive(Clone, Debug, Default)]
pub(super) struct Cast {
    pub(super) roles: Vec<(Role, Actor)>,
    /// Attackers of a victim whose attackers were counted; the role's holder is the first of them.
    pub(super) fellows: Vec<Actor>,
    /// Who does it, where that gives no role to speak of.
    pub(super) doer: Option<Actor>,
    /// The event, as a position among the facts.
    pub(super) event: Option<usize>,
    /// Whose duty it is; several where they owe together.
    pub(super) bearers: Vec<Actor>,
    pub(super) to: Option<Actor>,
    /// Candidates are still being looked for: nobody has a part yet.
    pub(super) seeking: bool,
}

impl Cast {
    pub(super) fn holder(&self, role: Role) -> Option<&Actor> {
        self.roles.iter().find(|(held, _)| *held == role).map(|(_, actor)| actor)
    }

    pub(super) fn holds_a_role(&self, actor: &Actor) -> bool {
        self.doer.as_ref() == Some(actor)
            || self.fellows.contains(actor)
            || self.roles.iter().any(|(_, holder)| holder == actor)
    }

    fn first_of(&self, roles: &[Role]) -> Option<&Actor> {
        roles.iter().find_map(|role| self.holder(*role))
    }

    /// The one to whom something is done.
    pub(super) fn sufferer(&self) -> Option<&Actor> {
        self.first_of(&[Role::Victim, Role::Threatened, Role::Belligerent])
    }

    /// The one whom a duty is meant to help.
    pub(super) fn favoured(&self) -> Option<&Actor> {
        self.first_of(&[Role::Victim, Role::Threatened, Role::Belligerent, Role::Requester, Role::Notifier])
    }

    /// The one on the other side.
    pub(super) fn opposed(&self) -> Option<&Actor> {
        self.first_of(&[Role::Attacker, Role::Threatener, Role::Enemy])
    }
}

/// A charter, in one world, at one time, with parts handed out.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) case: &'a Case<'a>,
    pub(super) charter: &'a Charter,
    pub(super) article: Option<&'a Article>,
    pub(super) world: &'a World,
    pub(super) cast: &'a Cast,
    pub(super) t: Stretch,
    /// Whether what has begun counts even when it has ended.
    pub(super) begun: bool,
}

impl<'a> Case<'a> {
    pub(super) fn new(prelude: &'a Prelude, charters: &'a [Charter], question: &'a Question) -> Self {
        let mut case = Self {
            prelude,
            charters,
            question,
            facts: Vec::new(),
            performances: Vec::new(),
            participants: Vec::new(),
            parties: BTreeMap::new(),
            as_if: None,
        };
        let assumed = question.assumptions.iter().filter_map(|assumption| match assumption {
            charter::model::Assumption::Fact(line) => Some(&**line),
            charter::model::Assumption::InForceSince(..)
            | charter::model::Assumption::EndedOn(..)
            | charter::model::Assumption::TextPublished(_)
            | charter::model::Assumption::PartyTo(..) => None,
        });
        let known = question.facts.iter().map(|line| (line, false));
        let unknown = question.unknown.iter().map(|line| (line, true));
        let lines = known.chain(unknown).chain(assumed.map(|line| (line, false)));
        let undated = first_of(question.on);
        let mut facts = Vec::new();
        let lines: Vec<_> = lines.enumerate().collect();
        for (number, (line, unknown)) in &lines {
            let (number, unknown) = (*number, *unknown);
            let is_known = lines.iter().any(|(_, (other, unknown))| !unknown && says_the_same(line, other));
            if unknown && is_known {
                continue;
            }
            for statement in case.spread(&line.statement) {
                let position = facts.len();
                facts.push(Fact { position, number, line, unknown, on: line.on.unwrap_or(undated), statement });
            }
        }
        case.facts = facts;
        case.participants = case.take_part();
        let parties = charters.iter().map(|charter| (charter.name.clone(), super::who::join(&case, charter)));
        case.parties = parties.collect();
        case
    }

    /// One statement for each of those the subject lists.
    fn spread(&self, statement: &Statement) -> Vec<Statement> {
        let plain = by_the_occupier(statement);
        match &plain.subject.selector {
            Selector::EachOf(members) | Selector::AllOf(members) => self.spread_over(&plain, members),
            Selector::Group(name) => self.spread_over(&plain, &[Member::Group(name.clone())]),
            Selector::Nobody
            | Selector::Anyone
            | Selector::AState
            | Selector::AParty
            | Selector::ANonParty
            | Selector::AClass(_)
            | Selector::Count { .. }
            | Selector::AnyOf(_)
            | Selector::EachParty
            | Selector::EachOtherParty
            | Selector::TheOtherParty
            | Selector::EachOtherMember
            | Selector::Actor(_)
            | Selector::Role(_)
            | Selector::Bearer
            | Selector::Originator
            | Selector::Body(_)
            | Selector::Charter(_) => vec![plain.into_owned()],
        }
    }

    fn spread_over(&self, statement: &Statement, members: &[Member]) -> Vec<Statement> {
        let home = self.question.home.as_ref();
        let charter = self.charters.iter().find(|charter| Some(&charter.name) == home);
        let listed = super::who::listed(self, charter, members);
        listed.into_iter().map(|actor| with_subject(statement, actor)).collect()
    }

    fn take_part(&self) -> Vec<Actor> {
        let mut found: Vec<Actor> = Vec::new();
        for fact in &self.facts {
            found.extend(fact.subject().cloned());
            found.extend(fact.object().cloned());
        }
        found.sort();
        found.dedup();
        found
    }

    pub(super) fn clock(&self, charter: &Charter) -> Clock {
        Clock::new(charter.counting.or(self.prelude.counting))
    }

    pub(super) fn charter(&self, name: &Name) -> Option<&'a Charter> {
        self.charters.iter().find(|charter| charter.name == *name)
    }
}

impl Fact<'_> {
    pub(super) fn subject(&self) -> Option<&Actor> {
        self.statement.subject.actor()
    }

    pub(super) fn object(&self) -> Option<&Actor> {
        match &self.statement.object {
            Object::Who(who) => who.actor(),
            Object::Bond { .. }
            | Object::Nothing
            | Object::Place(_)
            | Object::Thing(_)
            | Object::Article(_)
            | Object::Charter(_)
            | Object::Body(_)
            | Object::Class(_)
            | Object::Area(_)
            | Object::Silence { .. } => None,
        }
    }

    pub(super) fn is_hostile(&self) -> bool {
        super::facts::is_hostile(self.statement.verb)
    }

    pub(super) fn is_from_within(&self) -> bool {
        self.statement.from_within || self.statement.verb == Verb::RisesAgainst
    }
}

impl<'a> View<'a> {
    pub(super) fn clock(&self) -> Clock {
        self.case.clock(self.charter)
    }

    pub(super) fn day(&self) -> Stretch {
        self.clock().stretch(self.case.question.on)
    }

    pub(super) fn event(&self) -> Option<&'a Fact<'a>> {
        self.cast.event.and_then(|position| self.case.facts.get(position))
    }

    /// Whether an article or charter named in a fact is this one of this charter.
    pub(super) fn is_named(&self, named: &ArticleRef, meant: &ArticleRef) -> bool {
        let here = Some(&self.charter.name);
        let label = match (&meant.charter, &meant.label) {
            (None, None) => self.article.map(|article| &article.label),
            (_, label) => label.as_ref(),
        };
        let charter = meant.charter.as_ref().or(here);
        let home = self.case.question.home.as_ref();
        if named.charter.is_none() && named.label.is_none() {
            return false;
        }
        let same_charter = match named.charter.as_ref().or(home) {
            Some(named) => Some(named) == charter,
            None => true,
        };
        same_charter && named.label.as_ref() == label
    }

    /// Whether a body spoken of in a fact is this charter's body of that name.
    pub(super) fn is_own_body(&self, body: &Name) -> bool {
        let home = self.case.question.home.as_ref().and_then(|home| self.case.charter(home));
        match home {
            Some(home) if super::decision::body(home, body).is_some() => home.name == self.charter.name,
            Some(_) | None => true,
        }
    }
}

/// Whether two lines say the same, or one the opposite of the other.
fn says_the_same(line: &FactLine, other: &FactLine) -> bool {
    let affirmed = |statement: &Statement| Statement { negated: false, ..statement.clone() };
    affirmed(&line.statement) == affirmed(&other.statement)
}

pub(super) trait OneActor {
    fn actor(&self) -> Option<&Actor>;
}

impl OneActor for Who {
    fn actor(&self) -> Option<&Actor> {
        if let Selector::Actor(actor) = &self.selector { Some(actor) } else { None }
    }
}

/// `BEL is occupied by DEU` is `DEU occupies BEL`.
pub(super) fn by_the_occupier(statement: &Statement) -> Cow<'_, Statement> {
    let mut turned = Cow::Borrowed(statement);
    if statement.verb == Verb::IsOccupiedBy {
        let turned = turned.to_mut();
        turned.verb = Verb::Occupies;
        turned.object = Object::Who(statement.subject.clone());
        turned.subject = match &statement.object {
            Object::Who(who) => who.clone(),
            Object::Nothing
            | Object::Place(_)
            | Object::Thing(_)
            | Object::Article(_)
            | Object::Charter(_)
            | Object::Body(_)
            | Object::Class(_)
            | Object::Area(_)
            | Object::Silence { .. }
            | Object::Bond { .. } => plain_who(Selector::Anyone),
        };
    }
    turned
}

pub(super) fn plain_who(selector: Selector) -> Who {
    Who { selector, other_than: Vec::new(), span: charter::Span::NONE }
}

pub(super) fn with_subject(statement: &Statement, actor: Actor) -> Statement {
    Statement { subject: plain_who(Selector::Actor(actor)), ..statement.clone() }
}

pub(super) fn with_object(statement: &Statement, actor: Actor) -> Statement {
    Statement { object: Object::Who(plain_who(Selector::Actor(actor))), ..statement.clone() }
}

/// What is undated is there from the first day of the time asked about.
fn first_of(when: charter::model::When) -> charter::model::When {
    use charter::model::When;
    match when {
        When::Year(year) => jiff::civil::Date::new(year, 1, 1).map_or(when, When::Day),
        When::Month(year, month) => jiff::civil::Date::new(year, month, 1).map_or(when, When::Day),
        When::Day(_) | When::Instant(..) => when,
    }
}
