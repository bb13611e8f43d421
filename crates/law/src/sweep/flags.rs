//! Who has promised whom what, year by year, whatever happens: the flags of the data sets of alliances.
//! Read [`Flags`] first.
//!
//! A sweep asks what an attack makes of the treaties; the Alliance Treaty Obligations and Provisions
//! data (ATOP, Leeds and others 2002) ask only whether a promise of some kind is in force between two
//! states in a year. So what depends on events is left out here: of the ten gates, instrument, standing
//! and kind alone are looked at. A promise counts for a year if it is in force on any day of it.

use charter::Actor;
use charter::model::{
    Article, Clause, Condition, DutyLine, Family, Modality, Opening, Selector, Statement, TextStatus, Verb, When, Who,
};

use super::Scope;
use super::alike::{Alike, Everybody, Look, Sort};
use super::mask::Mask;
use super::patch::is_non_aggression;
use super::ready::{Ready, Swept, is_dead};
use crate::bearers::{bearers, counterparts, is_self_help};
use crate::candidates::{attacker_side, could_be, victim_side};
use crate::case::Case;
use crate::corpus::Corpus;
use crate::inquiry::{first_world, view_at_day};
use crate::life::Membership;
use crate::mentions::{is_hostile, opening_statements};
use crate::standing::standing;
use crate::view::{Cast, Owed, View};
use crate::{Gate, Gates, Truth, gates};

/// To defend the other when it is attacked.
pub const DEFENSE: u8 = 1;
/// To join a war that the other begins.
pub const OFFENSE: u8 = 2;
/// To stay neutral.
pub const NEUTRALITY: u8 = 4;
/// Not to attack.
pub const NONAGGRESSION: u8 = 8;
/// To consult.
pub const CONSULTATION: u8 = 16;
/// Nothing of its own: that one charter binds both.
pub const ALLIED: u8 = 32;

/// A corpus made ready to be asked for its flags, year after year.
pub struct Flags<'a> {
    ready: Ready<'a>,
    /// What each charter gives now, and what it saw of its actors when it was asked.
    given: Vec<(Seen, Vec<Given>)>,
    /// Of each charter, whether its actors are all that can change in it while it lives.
    is_plain: Vec<bool>,
    matrix: Matrix,
    /// Whose rows of the matrix hold anything, and whose hold anything open.
    touched: [Mask; 2],
}

/// What a charter sees of each sort of actors.
type Seen = Vec<(Look, Vec<usize>)>;

/// Everybody's promises to everybody in one year: a row for each who owes, a column for each whom it is
/// owed to, in the order of [`Flags::actors`]; bits as the constants here say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// What is promised, for certain or perhaps.
    pub bits: Vec<u8>,
    /// What of that is open, since every provision that promises it waits for somebody to find a term:
    /// as where a data set says that a duty varies by partner, and not how.
    pub open: Vec<u8>,
}

/// One duty of a charter at one time: of all these, towards all those.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Given {
    bearers: Mask,
    claimants: Mask,
    bit: u8,
    is_open: bool,
}

impl<'a> Flags<'a> {
    /// Makes a corpus ready; `scope` says how well a clause must be known, and who there is besides
    /// those whom charters name.
    #[must_use]
    pub fn new(corpus: &'a Corpus, scope: &'a Scope) -> Self {
        let ready = Ready::new(corpus, scope);
        let given = vec![(Seen::new(), Vec::new()); ready.charters.len()];
        let count = ready.everybody.actors.len();
        let matrix = Matrix { bits: vec![0; count * count], open: vec![0; count * count] };
        let nobody = || Mask::empty(ready.everybody.words);
        let is_plain = ready.charters.iter().map(is_plain).collect();
        Self { given, is_plain, matrix, touched: [nobody(), nobody()], ready }
    }

    /// Everybody, in the order of the matrices.
    #[must_use]
    pub fn actors(&self) -> &[&'a Actor] {
        &self.ready.everybody.actors
    }

    /// The promises of one year.
    pub fn year(&mut self, year: i16) -> &Matrix {
        let question = self.ready.question(When::Year(year));
        let due = self.ready.due(When::Year(year));
        let case = Case::about_one_act(self.ready.corpus, &question, &self.ready.scenes_for(&due));
        for position in due {
            let (Some(swept), Some((seen, promises))) =
                (self.ready.charters.get(position), self.given.get_mut(position))
            else {
                continue;
            };
            if is_dead(&case, position) {
                (*seen, *promises) = (Seen::new(), Vec::new());
                continue;
            }
            let (alike, looks) = swept.roll.perhaps_alike(&case, position, &self.ready.everybody);
            let is_plain = self.is_plain.get(position).copied().unwrap_or(false);
            if !is_plain || looks != *seen || looks.is_empty() {
                *promises = given(&case, position, &alike, &self.ready.everybody);
                *seen = looks;
            }
        }
        self.lay_out();
        &self.matrix
    }

    /// Puts what is given into the matrix.
    fn lay_out(&mut self) {
        let count = self.ready.everybody.actors.len();
        let [rows, open_rows] = &mut self.touched;
        for (list, touched) in [(&mut self.matrix.bits, &mut *rows), (&mut self.matrix.open, &mut *open_rows)] {
            for row in touched.iter() {
                if let Some(row) = list.get_mut(row * count..(row + 1) * count) {
                    row.fill(0);
                }
            }
            touched.clear();
        }
        for given in self.given.iter().flat_map(|(_, given)| given) {
            rows.add(&given.bearers);
            let bits = if given.is_open { &mut self.matrix.open } else { &mut self.matrix.bits };
            if given.is_open {
                open_rows.add(&given.bearers);
            }
            for bearer in given.bearers.iter() {
                let Some(row) = bits.get_mut(bearer * count..(bearer + 1) * count) else { continue };
                for claimant in given.claimants.iter().filter(|claimant| *claimant != bearer) {
                    if let Some(cell) = row.get_mut(claimant) {
                        *cell |= given.bit;
                    }
                }
            }
        }
        for row in open_rows.iter() {
            let range = row * count..(row + 1) * count;
            let rows = (self.matrix.bits.get_mut(range.clone()), self.matrix.open.get_mut(range));
            let (Some(sure), Some(open)) = rows else { continue };
            for (sure, open) in sure.iter_mut().zip(open) {
                *open &= !*sure;
                *sure |= *open;
            }
        }
    }
}

/// Whether a charter that sees the same of its actors gives the same, as long as it lives: where no
/// reading moves its life, nothing of it is secret for a time, nothing is dated but its life and who is in
/// it, nobody suspends or releases, and it does not look at other charters.
fn is_plain(swept: &Swept<'_>) -> bool {
    let charter = &swept.entry.charter;
    let is_secret = matches!(charter.status.text, Some(TextStatus::SecretUntil(_)));
    let has_dates = |article: &Article| {
        let exceptions = article.exceptions.iter().flat_map(|exception| &exception.duties);
        let mut duties = article.clauses.iter().flat_map(|clause| &clause.duties).chain(exceptions);
        article.secret_until.is_some()
            || article.clauses.iter().any(|clause| matches!(clause.opening, Opening::On(_)))
            || duties.any(|duty| !duty.timing.is_empty())
    };
    let is_steady = |member: &Membership| {
        member.suspended.is_empty() && member.suspended_towards.is_empty() && member.released.is_empty()
    };
    charter.status_readings.is_empty()
        && swept.entry.is_dated
        && swept.entry.life.memberships.iter().all(is_steady)
        && !is_secret
        && charter.status.lapses.is_empty()
        && charter.reservations.is_empty()
        && swept.roll.abroad.is_empty()
        && !swept.roll.has_dated_lists()
        && !charter.articles.iter().any(has_dates)
}

/// Every promise of a charter at the time that the case asks about.
fn given(case: &Case<'_>, position: usize, alike: &Alike, everybody: &Everybody<'_>) -> Vec<Given> {
    let mut found = Vec::new();
    let Some(scene) = case.scene(position) else { return found };
    let owed = Owed::new();
    let mut view = view_at_day(case, scene, first_world(scene), &owed);
    for (number, article) in scene.entry.charter.articles.iter().enumerate() {
        view.article = Some((number, article));
        let mut known = Gates::default();
        gates::instrument(&view, &article.evidence, article.secret_until, &mut known);
        if known.get(Gate::Instrument).truth == Truth::No {
            continue;
        }
        for clause in &article.clauses {
            for duty in clause.duties.iter().filter(|duty| is_must(duty)) {
                promise(&view, clause, duty, alike, everybody, &mut found);
            }
        }
    }
    for bearers in alike.0.iter().filter(|sort| is_bound(&view, sort, everybody)) {
        for claimants in alike.0.iter().filter(|sort| is_bound(&view, sort, everybody)) {
            spread(bearers, claimants, (ALLIED, false), &mut found);
        }
    }
    found
}

/// Whether the charter binds those of a sort.
fn is_bound(view: &View<'_>, sort: &Sort, everybody: &Everybody<'_>) -> bool {
    let actor = sort.sample.first().and_then(|at| everybody.actor(*at));
    actor.is_some_and(|actor| standing(view, actor, None).truth != Truth::No)
}

fn is_must(duty: &DutyLine) -> bool {
    matches!(duty.modality, Modality::Must | Modality::MustNot)
}

/// Whom one duty line binds to whom, in whatever parts its trigger hands out.
fn promise<'v>(
    view: &View<'v>,
    clause: &'v Clause,
    duty: &'v DutyLine,
    alike: &Alike,
    everybody: &Everybody<'v>,
    found: &mut Vec<Given>,
) {
    let is_open = clause.conditions.iter().any(waits_for_a_term);
    let sample: Vec<&Actor> =
        alike.0.iter().flat_map(|sort| &sort.sample).filter_map(|at| everybody.actor(*at)).collect();
    let mut with = |cast: Cast<'v>| {
        for (bearer, claimant, bit) in bound(view, duty, cast, &sample) {
            let spots = (sort_of(alike, everybody, bearer), sort_of(alike, everybody, claimant));
            if let (Some(bearers), Some(claimants)) = spots {
                spread(bearers, claimants, (bit, is_open), found);
            }
        }
    };
    let statements = opening_statements(&clause.opening);
    if statements.is_empty() || matches!(clause.opening, Opening::Always | Opening::On(_)) {
        with(Cast::default());
    }
    for statement in statements {
        for (first, second) in parts(view, statement, alike, everybody) {
            let actor = |part: Option<usize>| part.and_then(|at| everybody.actor(at));
            let called = Some(statement.verb);
            let cast = Cast { first: actor(first), second: actor(second), called, ..Cast::default() };
            with(cast);
        }
    }
}

/// A condition that nothing can meet but that somebody finds a term.
fn waits_for_a_term(condition: &Condition) -> bool {
    condition.any_of.iter().all(|statement| statement.verb == Verb::Term)
}

/// Who may play the parts that a statement hands out: one of each sort. Who the adversary is depends on
/// the event, and is left out: a part is given to a party, and to whoever suffers it.
fn parts<'v>(
    view: &View<'v>,
    statement: &'v Statement,
    alike: &Alike,
    everybody: &Everybody<'v>,
) -> Vec<(Option<usize>, Option<usize>)> {
    let (first, second) = if is_hostile(statement.verb) || statement.verb == Verb::IsOccupiedBy {
        (attacker_side(statement).filter(|side| is_party(side)), victim_side(statement))
    } else if statement.verb == Verb::IsAtWarWith {
        (Some(&statement.subject), victim_side(statement).filter(|side| is_party(side)))
    } else {
        (Some(&statement.subject), None)
    };
    // Of a war or an attack by a party, whoever else is in it is the adversary.
    let second = second.filter(|side| first.is_none() || is_party(side));
    let could = |side: Option<&'v Who>, at: Option<usize>| match (side, at.and_then(|at| everybody.actor(at))) {
        (Some(side), Some(actor)) => could_be(view, side, actor),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    let mut found = Vec::new();
    for one in nobody_or_a_sort(alike) {
        for other in nobody_or_a_sort(alike) {
            let is_same = one.is_some_and(|one| other.is_some_and(|other| std::ptr::eq(one, other)));
            let actor = one.and_then(|sort| sort.sample.first().copied());
            let target = other.and_then(|sort| sort.sample.get(usize::from(is_same)).copied());
            let is_whole = actor.is_some() == one.is_some() && target.is_some() == other.is_some();
            if is_whole && could(first, actor) && could(second, target) {
                found.push((actor, target));
            }
        }
    }
    found
}

fn nobody_or_a_sort(alike: &Alike) -> impl Iterator<Item = Option<&Sort>> {
    std::iter::once(None).chain(alike.0.iter().map(Some))
}

fn is_party(side: &Who) -> bool {
    matches!(side.selector, Selector::AParty | Selector::EachParty)
}

/// Who bears a line towards whom, as far as the charter's standing lets them; and the flag it is.
fn bound<'v>(
    view: &View<'v>,
    duty: &'v DutyLine,
    cast: Cast<'v>,
    sample: &[&Actor],
) -> Vec<(&'v Actor, &'v Actor, u8)> {
    let mut found = Vec::new();
    for bearer in bearers(view, duty, &cast, None).each.into_iter().filter(|bearer| sample.contains(bearer)) {
        let cast = Cast { bearer: Some(bearer), ..cast };
        let towards = counterparts(&view.with_cast(cast), duty, &cast, None).into_iter();
        for claimant in towards.filter_map(|(to, _)| to) {
            if claimant == bearer || !sample.contains(&claimant) || is_self_help(duty, bearer, Some(claimant), None) {
                continue;
            }
            let Some(bit) = flag(duty, cast.first == Some(claimant), cast.called) else { continue };
            let mut stands = Gates::default();
            gates::stand(&view.with_cast(Cast { claimant: Some(claimant), ..cast }), bearer, &mut stands);
            if stands.get(Gate::Standing).truth != Truth::No {
                found.push((bearer, claimant, bit));
            }
        }
    }
    found
}

/// The flag of a duty, owed to the one who acts or not. Help in any war is help in those that he begins
/// and in those that others begin.
fn flag(duty: &DutyLine, is_to_first: bool, called: Option<Verb>) -> Option<u8> {
    match duty.family() {
        Family::Active if called == Some(Verb::IsAtWarWith) => Some(DEFENSE | OFFENSE),
        Family::Active if is_to_first && called.is_some_and(is_hostile) => Some(OFFENSE),
        Family::Active => Some(DEFENSE),
        Family::Deliberative => Some(CONSULTATION),
        Family::Passive => Some(NEUTRALITY),
        Family::Restraint if is_non_aggression(duty) => Some(NONAGGRESSION),
        Family::Restraint | Family::Power => None,
    }
}

/// All whom one actor stands for.
fn sort_of<'s>(alike: &'s Alike, everybody: &Everybody<'_>, actor: &Actor) -> Option<&'s Sort> {
    let at = everybody.position(actor)?;
    alike.0.iter().find(|sort| sort.members.contains(at))
}

fn spread(bearers: &Sort, claimants: &Sort, (bit, is_open): (u8, bool), found: &mut Vec<Given>) {
    let given = Given { bearers: bearers.members.clone(), claimants: claimants.members.clone(), bit, is_open };
    if !found.contains(&given) {
        found.push(given);
    }
}
