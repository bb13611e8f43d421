//! What a charter's sentences speak of, found once when it is loaded. Read [`Topics`] first.

use charter::Actor;
use charter::model::{
    AreaItem, Article, Charter, ClassDeclaration, ClassMembers, Clause, Condition, Ending, Finder, Member, Object,
    Opening, Prelude, ReadingMeaning, Selector, Statement, Timing, Verb, Who,
};

/// The kinds of event a clause speaks of; a contested fact of another kind cannot matter to it.
///
/// Hostile acts, war, peace and surrender are one kind, since each bears on whether there is war;
/// help in its two words is another, findings and the votes behind them a third.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Topics(u64);

impl Topics {
    /// The kind of one verb.
    pub(crate) fn of(verb: Verb) -> Self {
        let position = if is_warlike(verb) {
            Verb::Attacks as u64
        } else if matches!(verb, Verb::Assists | Verb::Supports) {
            Verb::Assists as u64
        } else if is_of_bodies(verb) {
            Verb::Finds as u64
        } else {
            verb as u64
        };
        Self(1 << position)
    }

    pub(crate) fn has(self, verb: Verb) -> bool {
        self.0 & Self::of(verb).0 != 0
    }

    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn add(&mut self, statement: &Statement) {
        self.0 |= Self::of(statement.verb).0;
    }

    fn add_conditions(&mut self, conditions: &[Condition]) {
        for statement in conditions.iter().flat_map(|condition| &condition.any_of) {
            self.add(statement);
        }
    }
}

/// Hostile verbs hand out attacker and victim; whoever stands on either side of one is a party
/// concerned (`docs/language/meaning.md`, sections 3 and 11).
#[must_use]
pub fn is_hostile(verb: Verb) -> bool {
    matches!(
        verb,
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
    )
}

fn is_warlike(verb: Verb) -> bool {
    is_hostile(verb)
        || matches!(verb, Verb::IsAtWarWith | Verb::IsOccupiedBy | Verb::ConcludesPeaceWith | Verb::Surrenders)
}

/// What is found, and how bodies come to find it.
fn is_of_bodies(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::Finds
            | Verb::Decides
            | Verb::Term
            | Verb::TakesUp
            | Verb::BreaksSilenceOn
            | Verb::ObjectsTo
            | Verb::VotesFor
            | Verb::VotesAgainst
            | Verb::AbstainsOn
    )
}

/// What one clause of an article speaks of, with the article's exceptions and readings, the
/// reservations to it, and the charter's own ends.
pub(crate) fn topics(charter: &Charter, article: &Article, clause: &Clause) -> Topics {
    let mut topics = Topics::default();
    for statement in opening_statements(&clause.opening) {
        topics.add(statement);
    }
    topics.add_conditions(&clause.conditions);
    for exception in &article.exceptions {
        topics.add_conditions(&exception.conditions);
    }
    for reading in &article.readings {
        if let ReadingMeaning::Narrower(conditions) = &reading.meaning {
            topics.add_conditions(conditions);
        }
    }
    for reservation in charter.reservations.iter().filter(|made| crate::worlds::is_to(made, article)) {
        topics.add_conditions(&reservation.applies_only);
    }
    topics.with(topics_of_ends(charter))
}

/// The statements of an opening that waits for an event or a state.
pub(crate) fn opening_statements(opening: &Opening) -> &[Statement] {
    match opening {
        Opening::When(statements) | Opening::While(statements) => statements,
        Opening::Always | Opening::On(_) => &[],
    }
}

/// Whether any clause waits on help by somebody.
pub(crate) fn mentions_performance(charter: &Charter) -> bool {
    charter.articles.iter().any(|article| {
        article.clauses.iter().any(|clause| {
            let topics = topics(charter, article, clause);
            topics.has(Verb::Assists)
        })
    })
}

/// Whether some duty lasts as long as somebody helps.
pub(crate) fn lasts_with_help(charter: &Charter) -> bool {
    let clauses = charter.articles.iter().flat_map(|article| &article.clauses).flat_map(|clause| &clause.duties);
    let exceptions = charter.articles.iter().flat_map(|article| &article.exceptions).flat_map(|made| &made.duties);
    let reservations = charter.reservations.iter().flat_map(|made| &made.otherwise);
    let tracks = charter.tracks.iter().flat_map(|track| &track.duties);
    let mut timings = clauses.chain(exceptions).chain(reservations).chain(tracks).flat_map(|duty| &duty.timing);
    timings.any(
        |timing| matches!(timing, Timing::While(statement) if matches!(statement.verb, Verb::Assists | Verb::Supports)),
    )
}

/// Actors that an opening of the charter names; sorted.
pub(crate) fn actors_in_openings(charter: &Charter) -> Vec<Actor> {
    let clauses = charter.articles.iter().flat_map(|article| &article.clauses);
    let mut actors = Vec::new();
    for statement in clauses.flat_map(|clause| opening_statements(&clause.opening)) {
        actors_of(&statement.subject, &mut actors);
        if let Object::Who(who) = &statement.object {
            actors_of(who, &mut actors);
        }
    }
    actors.sort_unstable();
    actors.dedup();
    actors
}

/// Whether every act or war that an opening speaks of is one by a party or against one. What happens
/// between two others, of whom no opening speaks by name, then sets nothing going.
pub(crate) fn hears_of_parties_alone(charter: &Charter) -> bool {
    let is_party = |who: &Who| matches!(who.selector, Selector::AParty | Selector::EachParty);
    let clauses = charter.articles.iter().flat_map(|article| &article.clauses);
    let mut statements = clauses.flat_map(|clause| opening_statements(&clause.opening));
    statements.all(|statement| {
        let is_between = is_hostile(statement.verb) || statement.verb == Verb::IsAtWarWith;
        let is_object = matches!(&statement.object, Object::Who(who) if is_party(who));
        is_between && !statement.negated && (is_party(&statement.subject) || is_object)
    })
}

fn actors_of(who: &Who, actors: &mut Vec<Actor>) {
    if let Selector::Actor(actor) = &who.selector {
        actors.push(actor.clone());
    }
    if let Selector::AnyOf(members) | Selector::AllOf(members) | Selector::EachOf(members) = &who.selector {
        for member in members {
            if let Member::Actor(actor) = member {
                actors.push(actor.clone());
            }
        }
    }
}

/// What the charter's ends speak of: all that bears on a track's lines.
pub(crate) fn topics_of_ends(charter: &Charter) -> Topics {
    let mut topics = Topics::default();
    for ending in &charter.status.ends {
        if let Ending::Event { event, .. } = ending {
            topics.add(event);
        }
    }
    for lapse in &charter.status.lapses {
        topics.add(&lapse.unless);
    }
    topics
}

/// Whether the bearer of a duty makes no difference to whom this speaks of, as long as the classes
/// it names look the same to everybody.
pub(crate) fn is_blind_to_bearers(who: &Who) -> bool {
    matches!(
        who.selector,
        Selector::Nobody
            | Selector::Anyone
            | Selector::AState
            | Selector::AParty
            | Selector::ANonParty
            | Selector::AClass(_)
            | Selector::Count { .. }
            | Selector::Actor(_)
            | Selector::Role(_)
            | Selector::Body(_)
    )
}

/// Whether the charter's classes and areas look the same to every bearer.
pub(crate) fn sees_bearers_alike(prelude: &Prelude, charter: &Charter) -> bool {
    let is_found_by_bearers =
        |class: &ClassDeclaration| matches!(class.members, ClassMembers::FoundBy(Finder::Bearer | Finder::EachParty));
    let is_listed = !charter.classes.iter().chain(&prelude.classes).any(is_found_by_bearers);
    let mut items = charter.areas.iter().flat_map(|area| area.includes.iter().chain(&area.excludes));
    is_listed
        && items.all(|item| match item {
            AreaItem::Of { whose, .. } => is_blind_to_bearers(whose),
            AreaItem::Place(_) => true,
        })
}
