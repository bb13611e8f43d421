//! A corpus made ready to be looked at time after time. Read [`Ready`] first.

use charter::model::{FactLine, Statement, When};
use charter::{Actor, Name};

use super::alike::{Alike, Everybody, Roll, lists};
use super::named::Named;
use super::{Scope, times};
use crate::case::Case;
use crate::corpus::{Corpus, Entry};
use crate::inquiry::{first_world, view_at_day};
use crate::standing::{entered_anew, over_anew};
use crate::time::{Calendar, Stretch};
use crate::view::Owed;
use crate::{Question, Truth};

/// Everybody, and every charter with whom it names and when something about it changes.
pub(super) struct Ready<'a> {
    pub(super) corpus: &'a Corpus,
    scope: &'a Scope,
    pub(super) everybody: Everybody<'a>,
    pub(super) charters: Vec<Swept<'a>>,
}

/// One charter.
pub(super) struct Swept<'a> {
    pub(super) entry: &'a Entry,
    pub(super) roll: Roll<'a>,
    moments: Vec<i64>,
    /// Where the time asked about last lay among the moments.
    at: Option<(usize, usize, bool)>,
    is_restless: bool,
}

impl<'a> Ready<'a> {
    pub(super) fn new(corpus: &'a Corpus, scope: &'a Scope) -> Self {
        let mut actors: Vec<&Actor> = scope.actors.iter().chain(&scope.attackers).chain(&scope.victims).collect();
        for entry in &corpus.charters {
            actors.extend(&entry.parties);
            actors.extend(Named::new(&entry.charter).actors);
            actors.extend(entry.charter.tracks.iter().flat_map(|track| &track.members));
            actors.extend(lists(corpus, entry).flatten().map(|member| &member.actor));
        }
        let everybody = Everybody::new(actors);
        let swept = |entry: &'a Entry| Swept {
            entry,
            roll: Roll::new(corpus, entry, &everybody),
            moments: times::moments(corpus, entry),
            at: None,
            is_restless: times::counts_from_the_attack(&entry.charter),
        };
        let mut charters: Vec<Swept<'_>> = corpus.charters.iter().map(swept).collect();
        look_abroad(&mut charters);
        Self { corpus, scope, everybody, charters }
    }

    /// The charters about which something has changed since they were last looked at; they are taken to
    /// be looked at now.
    pub(super) fn due(&mut self, on: When) -> Vec<usize> {
        let mut due = Vec::new();
        // Nearly all charters of a corpus count alike.
        let mut stretches: Vec<(Calendar, Stretch)> = Vec::new();
        for (position, swept) in self.charters.iter_mut().enumerate() {
            let calendar = swept.entry.calendar;
            let known = stretches.iter().find(|(known, _)| *known == calendar).map(|(_, stretch)| *stretch);
            let asked = known.unwrap_or_else(|| {
                let stretch = calendar.stretch(on);
                stretches.push((calendar, stretch));
                stretch
            });
            let at = times::place(&swept.moments, asked);
            if swept.is_restless || swept.at != Some(at) {
                swept.at = Some(at);
                due.push(position);
            }
        }
        due
    }

    /// The charters whose scenes are needed to look at these.
    pub(super) fn scenes_for(&self, due: &[usize]) -> Vec<usize> {
        let abroad = due.iter().filter_map(|position| self.charters.get(*position)).flat_map(|one| &one.roll.abroad);
        let mut wanted: Vec<usize> = due.iter().chain(abroad).copied().collect();
        wanted.sort_unstable();
        wanted.dedup();
        wanted
    }

    /// One act between two, without names: a case says who they are.
    pub(super) fn question(&self, on: When) -> Question {
        let nobody = Actor::Code(Name::new(""));
        let fact = FactLine::plain(Statement::between(&nobody, self.scope.verb, &nobody));
        Question { facts: vec![fact], evidence: self.scope.evidence, ..Question::on(on) }
    }
}

impl Swept<'_> {
    /// The sorts it sees now; none where nothing can be owed by it.
    pub(super) fn alike(&self, case: &Case<'_>, position: usize, everybody: &Everybody<'_>) -> Option<Alike> {
        (!is_dead(case, position)).then(|| self.roll.alike(case, position, everybody))
    }
}

/// Whether nothing can be owed by a charter now: it has not begun, or is over, whatever happens.
pub(super) fn is_dead(case: &Case<'_>, position: usize) -> bool {
    let Some(scene) = case.scene(position) else { return true };
    let owed = Owed::new();
    let view = view_at_day(case, scene, first_world(scene), &owed);
    scene.entry.charter.status_readings.is_empty()
        && scene.entry.is_dated
        && (scene.is_draft || entered_anew(&view).truth == Truth::No || over_anew(&view).truth == Truth::Yes)
}

/// What changes in another charter may matter to those that look at it.
fn look_abroad(charters: &mut [Swept<'_>]) {
    let foreign: Vec<Vec<i64>> = charters
        .iter()
        .map(|swept| {
            let others = swept.roll.abroad.iter().filter_map(|position| charters.get(*position));
            others.flat_map(|other| other.moments.iter().copied()).collect()
        })
        .collect();
    for (swept, moments) in charters.iter_mut().zip(foreign) {
        if !moments.is_empty() {
            swept.moments.extend(moments);
            swept.moments.sort_unstable();
            swept.moments.dedup();
        }
    }
}
