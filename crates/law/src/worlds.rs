//! Readings and accounts, multiplied and bounded. Read [`worlds`] first.
//!
//! `docs/language/meaning.md`, section 10, *Worlds*.

use charter::model::{Article, Reservation, ReservationKind};

use crate::case::{Case, Scene};
use crate::mentions::Topics;
use crate::time::reached;
use crate::value::Value;
use crate::view::World;

/// How many readings and accounts one clause is answered in.
pub const WORLDS_MAX: usize = 64;

/// Every combination that matters to a clause, in order; or how many there would be.
pub(crate) fn worlds(
    case: &Case<'_>,
    scene: &Scene<'_>,
    article: Option<&Article>,
    topics: Topics,
) -> Result<Vec<World>, usize> {
    let charter = &scene.entry.charter;
    let readings = article.map_or(0, |article| article.readings.len());
    let objected: Vec<usize> = charter
        .reservations
        .iter()
        .enumerate()
        .filter(|(position, made)| {
            *position < 64 && article.is_some_and(|article| is_to(made, article)) && is_open(made)
        })
        .map(|(position, _)| position)
        .collect();
    let contested: Vec<u32> = case
        .events
        .iter()
        .enumerate()
        .filter(|(index, event)| topics.has(event.verb) && may_have_begun(case, scene, *index))
        .filter_map(|(_, event)| event.contested)
        .collect();
    let count = [readings.max(1), charter.status_readings.len().max(1)]
        .into_iter()
        .chain(objected.iter().map(|_| 2))
        .chain(contested.iter().map(|_| 2))
        .fold(1_usize, usize::saturating_mul);
    if count > WORLDS_MAX || contested.iter().any(|bit| *bit >= 64) {
        return Err(count);
    }
    let mut worlds = vec![World::default()];
    if count == 1 && readings == 0 && charter.status_readings.is_empty() {
        return Ok(worlds);
    }
    worlds = multiply(&worlds, &choices(readings), |world, reading| World { article_reading: reading, ..world });
    let status = choices(charter.status_readings.len());
    worlds = multiply(&worlds, &status, |world, reading| World { status_reading: reading, ..world });
    for position in objected {
        let both = [0, 1 << position];
        worlds = multiply(&worlds, &both, |world, bit| World { without: world.without | bit, ..world });
    }
    for bit in contested {
        let both = [0, 1 << bit];
        worlds = multiply(&worlds, &both, |world, bit| World { dropped: world.dropped | bit, ..world });
    }
    Ok(worlds)
}

/// What is dated after the day asked about is so on nobody's account yet.
fn may_have_begun(case: &Case<'_>, scene: &Scene<'_>, index: usize) -> bool {
    let zoned = case.zones.get(scene.zone);
    let begun = zoned.and_then(|zoned| Some(reached(*zoned.starts.get(index)?, zoned.asked)));
    begun.is_none_or(Value::may_be)
}

/// Each reading, or none where there are none.
fn choices(readings: usize) -> Vec<Option<usize>> {
    if readings == 0 { vec![None] } else { (0..readings).map(Some).collect() }
}

/// Each world in each choice; the choice varies faster.
fn multiply<C: Copy>(worlds: &[World], choices: &[C], with: impl Fn(World, C) -> World) -> Vec<World> {
    worlds.iter().flat_map(|world| choices.iter().map(|choice| with(*world, *choice)).collect::<Vec<_>>()).collect()
}

/// Whether a reservation or understanding is to this article.
pub(crate) fn is_to(reservation: &Reservation, article: &Article) -> bool {
    reservation.article.charter.is_none() && reservation.article.label.as_ref() == Some(&article.label)
}

/// An understanding that somebody objected to may be read either way.
fn is_open(reservation: &Reservation) -> bool {
    reservation.kind == ReservationKind::Understanding && !reservation.objections.is_empty()
}
