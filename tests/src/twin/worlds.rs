//! Section 10 of the page, on worlds: every combination of readings and accounts that matter to a
//! sentence. Read [`worlds`].

use charter::model::{
    Article, Charter, Clause, Condition, Ending, Opening, ReadingMeaning, ReservationKind, Statement, Verb,
};

use super::facts::is_hostile;
use super::gates::concerns;
use super::view::{Case, Fact, World};

/// More worlds than this are not looked at.
pub(super) const WORLDS_MAX: usize = 64;

/// Verbs that speak of one matter.
fn topic(verb: Verb) -> Verb {
    let war = [Verb::IsAtWarWith, Verb::IsOccupiedBy, Verb::ConcludesPeaceWith, Verb::Surrenders];
    let decisions = [
        Verb::Finds,
        Verb::Decides,
        Verb::Term,
        Verb::TakesUp,
        Verb::BreaksSilenceOn,
        Verb::ObjectsTo,
        Verb::VotesFor,
        Verb::VotesAgainst,
        Verb::AbstainsOn,
    ];
    if is_hostile(verb) || war.contains(&verb) {
        Verb::Attacks
    } else if verb == Verb::Supports {
        Verb::Assists
    } else if decisions.contains(&verb) {
        Verb::Finds
    } else {
        verb
    }
}

fn of_lines(conditions: &[Condition]) -> Vec<Verb> {
    conditions.iter().flat_map(|condition| of_statements(&condition.any_of)).collect()
}

fn of_statements(statements: &[Statement]) -> Vec<Verb> {
    statements.iter().map(|statement| topic(statement.verb)).collect()
}

fn topics(charter: &Charter, article: Option<&Article>, clause: Option<&Clause>) -> Vec<Verb> {
    let mut topics = Vec::new();
    if let Some(clause) = clause {
        if let Opening::When(statements) | Opening::While(statements) = &clause.opening {
            topics.extend(of_statements(statements));
        }
        topics.extend(of_lines(&clause.conditions));
    }
    if let Some(article) = article {
        for exception in &article.exceptions {
            topics.extend(of_lines(&exception.conditions));
        }
        for reservation in charter.reservations.iter().filter(|reservation| concerns(reservation, article)) {
            topics.extend(of_lines(&reservation.applies_only));
        }
        for reading in &article.readings {
            if let ReadingMeaning::Narrower(conditions) = &reading.meaning {
                topics.extend(of_lines(conditions));
            }
        }
    }
    for ending in &charter.status.ends {
        if let Ending::Event { event, .. } = ending {
            topics.push(topic(event.verb));
        }
    }
    topics.extend(charter.status.lapses.iter().map(|lapse| topic(lapse.unless.verb)));
    topics
}

/// All worlds, in order; or, where there are too many, how many.
pub(super) fn worlds(
    case: &Case<'_>,
    charter: &Charter,
    article: Option<&Article>,
    clause: Option<&Clause>,
) -> Result<Vec<World>, usize> {
    let readings = article.map_or(0, |article| article.readings.len());
    let statuses = charter.status_readings.len();
    let disputed = charter.reservations.iter().enumerate().filter(|(_, reservation)| {
        reservation.kind == ReservationKind::Understanding
            && !reservation.objections.is_empty()
            && article.is_some_and(|article| concerns(reservation, article))
    });
    let understandings: Vec<usize> = disputed.map(|(position, _)| position).collect();
    let topics = topics(charter, article, clause);
    let clock = case.clock(charter);
    let has_begun = |fact: &Fact<'_>| !clock.has_started(fact.on, clock.stretch(case.question.on)).is_no();
    let contested = case.facts.iter().filter(|fact| {
        has_begun(fact)
            && !fact.line.denied_by.is_empty()
            && !fact.statement.negated
            && topics.contains(&topic(fact.statement.verb))
    });
    let facts: Vec<usize> = contested.map(|fact| fact.position).collect();

    let halves = u32::try_from(understandings.len() + facts.len()).unwrap_or(u32::MAX);
    let accounts = 2_usize.saturating_pow(halves);
    let number = readings.max(1).saturating_mul(statuses.max(1)).saturating_mul(accounts);
    if number > WORLDS_MAX {
        return Err(number);
    }
    let mut worlds = vec![World::default()];
    worlds = choose(worlds, readings.max(1), |world, choice| {
        world.reading = (readings > 0).then_some(choice);
    });
    worlds = choose(worlds, statuses.max(1), |world, choice| {
        world.status = (statuses > 0).then_some(choice);
    });
    for understanding in understandings {
        worlds = choose(worlds, 2, |world, choice| {
            if choice == 1 {
                world.without.push(understanding);
            }
        });
    }
    for fact in facts {
        worlds = choose(worlds, 2, |world, choice| {
            if choice == 1 {
                world.dropped.push(fact);
            }
        });
    }
    Ok(worlds)
}

fn choose(worlds: Vec<World>, choices: usize, change: impl Fn(&mut World, usize)) -> Vec<World> {
    let mut all = Vec::new();
    for world in worlds {
        for choice in 0..choices {
            let mut world = world.clone();
            change(&mut world, choice);
            all.push(world);
        }
    }
    all
}

/// The world that stands for all where only one is looked at.
pub(super) fn first(charter: &Charter, article: Option<&Article>) -> World {
    World {
        reading: article.and_then(|article| (!article.readings.is_empty()).then_some(0)),
        status: (!charter.status_readings.is_empty()).then_some(0),
        ..World::default()
    }
}
