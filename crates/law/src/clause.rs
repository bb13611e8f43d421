//! One charter's clauses, line by line. Read [`answer_charter`] first.
//!
//! `docs/language/meaning.md`, sections 10 and 11: candidates, bearers, claimants, and the lines
//! that exceptions and reservations add.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use charter::Actor;
use charter::model::{
    Article, Clause, Condition, DutyLine, Evidence, Exception, Modality, Object, Opening, ReadingMeaning, Reservation,
    Selector, Statement, Track, Verb, When,
};

use crate::bearers::{Bearers, bearers, counterparts, is_self_help, opposed};
use crate::candidates::{Candidate, CandidateKind, candidates};
use crate::case::{Case, Scene};
use crate::inquiry::{Circle, first_world, is_worldwide, release, view_at_day};
use crate::unit::Unit;
use crate::view::{Cast, Owed, View, World};
use crate::worlds::{WORLDS_MAX, is_to, worlds};
use crate::{
    Answer, Gates, Holder, Origin, Outcome, Provision, Trouble, Truth, Verdict, gates, kinds, mentions, standing,
};

/// Where a sentence stands, and what governs it besides its own words.
#[derive(Clone, Copy)]
pub(crate) struct Line<'v> {
    pub(crate) origin: Origin,
    pub(crate) duty: &'v DutyLine,
    pub(crate) conditions: &'v [Condition],
    pub(crate) source: LineSource<'v>,
}

#[derive(Clone, Copy)]
pub(crate) enum LineSource<'v> {
    Clause,
    Exception(&'v Exception),
    Otherwise(usize, &'v Reservation),
    Track(&'v Track),
}

impl<'v> Line<'v> {
    /// A line of a track.
    pub(crate) fn of_track(origin: Origin, duty: &'v DutyLine, track: &'v Track) -> Self {
        Self { origin, duty, conditions: &[], source: LineSource::Track(track) }
    }

    /// The track it stands in, if it stands in one.
    pub(crate) fn track(&self) -> Option<&'v Track> {
        if let LineSource::Track(track) = self.source { Some(track) } else { None }
    }
}

/// One clause made ready: where it stands, what may have set it going, and in which worlds.
pub(crate) struct Ready<'v> {
    pub(crate) scene: &'v Scene<'v>,
    pub(crate) article: Option<(usize, &'v Article)>,
    pub(crate) opening: &'v Opening,
    pub(crate) candidates: Vec<Candidate<'v>>,
    pub(crate) worlds: Vec<World>,
    pub(crate) known: &'v [Evidence],
    pub(crate) secret_until: Option<When>,
    pub(crate) view: View<'v>,
}

pub(crate) fn answer_charter<'v>(
    case: &'v Case<'v>,
    scene: &'v Scene<'v>,
    circle: &Circle,
    owed: &'v Owed,
    outcome: &mut Outcome,
) {
    let charter = &scene.entry.charter;
    let (answers_before, rights_before) = (outcome.answers.len(), outcome.rights.len());
    for (position, article) in charter.articles.iter().enumerate() {
        for (number, clause) in article.clauses.iter().enumerate() {
            match ready(case, scene, position, article, clause, owed) {
                Err(worlds) => {
                    outcome.troubles.push(trouble(scene, Some(Provision::Article(article.label.clone())), worlds));
                }
                Ok(ready) => {
                    for line in lines(scene, position, article, number, clause) {
                        answer_line(&ready, line, circle, outcome);
                    }
                }
            }
        }
    }
    if circle.is_first(scene) {
        answer_tracks(case, scene, circle, owed, outcome);
    }
    release(scene, outcome, answers_before, rights_before);
    circle.leave_out_far(scene, &mut outcome.answers, answers_before);
    circle.leave_out_far(scene, &mut outcome.rights, rights_before);
    if circle.is_first(scene) && !circle.is_of_sample() {
        let view = view_at_day(case, scene, first_world(scene), owed);
        kinds::add(&view, circle, outcome, answers_before, rights_before);
    }
}

fn trouble(scene: &Scene<'_>, provision: Option<Provision>, worlds: usize) -> Trouble {
    Trouble { charter: scene.entry.charter.name.clone(), provision, worlds, worlds_max: WORLDS_MAX }
}

pub(crate) fn ready<'v>(
    case: &'v Case<'v>,
    scene: &'v Scene<'v>,
    position: usize,
    article: &'v Article,
    clause: &'v Clause,
    owed: &'v Owed,
) -> Result<Ready<'v>, usize> {
    let topics = mentions::topics(&scene.entry.charter, article, clause);
    let worlds = worlds(case, scene, Some(article), topics)?;
    let world = World { dropped: 0, ..worlds.first().copied().unwrap_or_default() };
    let mut view = view_at_day(case, scene, world, owed);
    view.article = Some((position, article));
    let candidates = candidates(&view, &clause.opening);
    Ok(Ready {
        scene,
        article: Some((position, article)),
        opening: &clause.opening,
        candidates,
        worlds,
        known: &article.evidence,
        secret_until: article.secret_until,
        view,
    })
}

/// The clause's own lines, then those of the article's exceptions, then the `otherwise` of the
/// reservations to it.
pub(crate) fn lines<'v>(
    scene: &'v Scene<'v>,
    article_position: usize,
    article: &'v Article,
    clause_position: usize,
    clause: &'v Clause,
) -> Vec<Line<'v>> {
    let conditions = clause.conditions.as_slice();
    let mut lines = Vec::new();
    for (line, duty) in clause.duties.iter().enumerate() {
        let origin = Origin::Clause { article: article_position, clause: clause_position, line };
        lines.push(Line { origin, duty, conditions, source: LineSource::Clause });
    }
    for (number, exception) in article.exceptions.iter().enumerate() {
        for (line, duty) in exception.duties.iter().enumerate() {
            let origin =
                Origin::Exception { article: article_position, clause: clause_position, exception: number, line };
            lines.push(Line { origin, duty, conditions, source: LineSource::Exception(exception) });
        }
    }
    let reservations = scene.entry.charter.reservations.iter().enumerate();
    for (number, reservation) in reservations.filter(|(_, reservation)| is_to(reservation, article)) {
        for (line, duty) in reservation.otherwise.iter().enumerate() {
            let origin =
                Origin::Otherwise { article: article_position, clause: clause_position, reservation: number, line };
            lines.push(Line { origin, duty, conditions, source: LineSource::Otherwise(number, reservation) });
        }
    }
    lines
}

fn answer_tracks<'v>(case: &'v Case<'v>, scene: &'v Scene<'v>, circle: &Circle, owed: &'v Owed, outcome: &mut Outcome) {
    for (track_position, track) in scene.entry.charter.tracks.iter().enumerate() {
        if track.duties.is_empty() {
            continue;
        }
        match ready_track(case, scene, track, owed) {
            Err(worlds) => outcome.troubles.push(trouble(scene, Some(Provision::Track(track.name.clone())), worlds)),
            Ok(ready) => {
                for (line, duty) in track.duties.iter().enumerate() {
                    let origin = Origin::Track { track: track_position, line };
                    answer_line(&ready, Line::of_track(origin, duty, track), circle, outcome);
                }
            }
        }
    }
}

/// A track's lines hold always, for its members.
pub(crate) fn ready_track<'v>(
    case: &'v Case<'v>,
    scene: &'v Scene<'v>,
    track: &'v Track,
    owed: &'v Owed,
) -> Result<Ready<'v>, usize> {
    static ALWAYS: Opening = Opening::Always;
    let worlds = worlds(case, scene, None, mentions::topics_of_ends(&scene.entry.charter))?;
    let view = view_at_day(case, scene, worlds.first().copied().unwrap_or_default(), owed);
    let candidates = candidates(&view, &ALWAYS);
    let known = track.evidence.as_slice();
    Ok(Ready { scene, article: None, opening: &ALWAYS, candidates, worlds, known, secret_until: None, view })
}

/// Whether a candidate is looked at: a charter of the second circle answers for what happened, not
/// for what did not.
fn is_asked(ready: &Ready<'_>, circle: &Circle, candidate: &Candidate<'_>) -> bool {
    circle.is_first(ready.scene)
        || matches!(
            candidate.kind,
            CandidateKind::Hostile | CandidateKind::Counted | CandidateKind::War | CandidateKind::Event
        )
}

/// A candidate's roles; of several attackers, counted, the first.
pub(crate) fn candidate_cast<'v>(ready: &Ready<'v>, candidate: &Candidate<'v>) -> Cast<'v> {
    let mut cast = candidate.cast;
    if candidate.kind == CandidateKind::Counted
        && let Some(statement) = candidate.statement
    {
        cast.first = gates::counted_attacker(&ready.view.with_cast(cast), statement);
    }
    cast
}

fn answer_line<'v>(ready: &Ready<'v>, line: Line<'v>, circle: &Circle, outcome: &mut Outcome) {
    let is_merged = ready.candidates.len() > 1 || line.track().is_some();
    let list = match line.duty.modality {
        Modality::Must | Modality::MustNot => &mut outcome.answers,
        Modality::May | Modality::IsAskedTo | Modality::NeedNot => &mut outcome.rights,
    };
    let from = list.len();
    let is_apart = ready.view.case.question.each_event;
    let mut answers = Answers { list, places: BTreeMap::new(), from, is_merged, is_apart };
    let (mut some_left_out, mut is_out_of_place) = (false, false);
    for candidate in ready.candidates.iter().filter(|candidate| is_asked(ready, circle, candidate)) {
        let cast = candidate_cast(ready, candidate);
        let candidate = &Candidate { cast, ..*candidate };
        let borne = bearers(&ready.view, line.duty, &cast, line.track());
        let is_shared = ready.scene.entry.is_blind_to_bearers && is_same_for_all(candidate);
        let trigger = is_shared.then(OnceCell::new);
        // Of those whom it does not concern closely, a worldwide charter is told only of what they owe.
        let is_owed_by_nobody = line.duty.modality != Modality::NeedNot && is_owed_by_nobody(ready, candidate, line);
        some_left_out |= is_owed_by_nobody;
        let told_before = answers.list.len();
        let trigger = trigger.as_ref();
        let asked = Asked { ready, line, candidate, borne: &borne, trigger, circle, is_owed_by_nobody };
        if borne.is_list {
            answer_group(&asked, &mut answers);
        }
        // Whatever happens, a worldwide charter is told of few: the others need not be looked at.
        let is_always = matches!(ready.opening, Opening::Always | Opening::On(_));
        let is_told = is_always && line.duty.modality != Modality::NeedNot;
        for bearer in &borne.each {
            if is_owed_by_nobody && !circle.is_near(ready.scene, bearer) {
                continue;
            }
            if circle.asks_about(ready.scene, bearer) && (!is_told || circle.tells_always(ready.scene, &[bearer], None))
            {
                answer_bearer(&asked, bearer, &mut answers);
            }
        }
        // Where all are left out alike, each answer stands where its first candidate put it.
        is_out_of_place |= some_left_out && !is_owed_by_nobody && answers.list.len() > told_before;
    }
    if is_out_of_place {
        // A release can only make more of them untold: few are left to be put in order.
        circle.leave_out_far(ready.scene, list, from);
        in_their_places(ready, line, circle, list.get_mut(from..).unwrap_or_default());
    }
}

/// A merged answer stands where the first of its candidates gave it, even where that one was left
/// out unlooked at.
fn in_their_places(ready: &Ready<'_>, line: Line<'_>, circle: &Circle, answers: &mut [Answer]) {
    if answers.len() < 2 {
        return;
    }
    let candidates: Vec<(Cast<'_>, Bearers<'_>)> = ready
        .candidates
        .iter()
        .filter(|candidate| is_asked(ready, circle, candidate))
        .map(|candidate| candidate_cast(ready, candidate))
        .map(|cast| (cast, bearers(&ready.view, line.duty, &cast, line.track())))
        .collect();
    answers.sort_by_cached_key(|answer| {
        let place = |(cast, borne): &(Cast<'_>, Bearers<'_>)| {
            let (place, bearer) = match &answer.actor {
                Holder::Actor(actor) => {
                    let place = borne.each.iter().position(|bearer| *bearer == actor)?;
                    (place + 1, borne.each.get(place).copied())
                }
                Holder::Together(_) if borne.is_list => (0, None),
                Holder::Together(_) => return None,
            };
            let cast = Cast { bearer, ..*cast };
            let pairs = counterparts(&ready.view.with_cast(cast), line.duty, &cast, line.track());
            let pair = pairs.iter().position(|pair| *pair == (answer.to.as_ref(), answer.against.as_ref()))?;
            Some((place, pair))
        };
        candidates.iter().enumerate().find_map(|(number, candidate)| Some((number, place(candidate)?)))
    });
}

/// Whether the trigger's own words look the same whoever the bearer is, in a charter whose classes
/// and areas do.
fn is_same_for_all(candidate: &Candidate<'_>) -> bool {
    let is_told_once = match candidate.kind {
        CandidateKind::Hostile | CandidateKind::Counted | CandidateKind::War | CandidateKind::Inverted => true,
        // Of a state or a decision the bearer himself may be the subject, unless that is a body.
        CandidateKind::Bare => candidate.statement.is_some_and(is_by_body),
        CandidateKind::Event | CandidateKind::Virtual => false,
    };
    let is_blind = |statement: &Statement| {
        let object = if let Object::Who(who) = &statement.object { Some(who) } else { None };
        std::iter::once(&statement.subject).chain(object).all(mentions::is_blind_to_bearers)
    };
    is_told_once && candidate.statement.is_some_and(is_blind)
}

fn is_by_body(statement: &Statement) -> bool {
    matches!(statement.subject.selector, Selector::Body(_)) && matches!(statement.verb, Verb::Finds | Verb::Decides)
}

/// Whether nobody can owe it: it is a right, or the trigger fails for every bearer alike, in the one
/// world there is, on the one day that is looked at or on all.
fn is_owed_by_nobody(ready: &Ready<'_>, candidate: &Candidate<'_>, line: Line<'_>) -> bool {
    if !is_worldwide(ready.scene) {
        return false;
    }
    if matches!(line.duty.modality, Modality::May | Modality::IsAskedTo) {
        return true;
    }
    let view = ready.view.with_cast(candidate.cast);
    let fails_today = || {
        let mut gates = Gates::default();
        gates::trigger(&view, candidate, &mut gates);
        gates.verdict() == Verdict::NotBound
    };
    let is_long_over = || {
        let first = view.zoned().and_then(|zoned| zoned.days.first().copied()).filter(|day| day.hi < view.t.lo);
        let view = first.map_or(view, |day| view.at(day));
        ready.scene.entry.is_dated && standing::over(&view).truth == Truth::Yes
    };
    if ready.worlds.iter().all(|world| world.status_reading.is_none()) && is_long_over() {
        return true;
    }
    ready.worlds.len() == 1
        && ready.scene.entry.is_blind_to_bearers
        && is_same_for_all(candidate)
        && (gates::never_triggers(&view, candidate) || candidate.cast.event.is_none() && fails_today())
}

/// `always` and `on` are told of those who are spoken of.
fn is_spoken_of(asked: &Asked<'_, '_>, bearers: &[&Actor], (to, against): (Option<&Actor>, Option<&Actor>)) -> bool {
    let Asked { ready, line, circle, .. } = *asked;
    let participants = &ready.view.case.participants;
    if !matches!(ready.opening, Opening::Always | Opening::On(_)) {
        return true;
    }
    let takes_part = |actor: &Actor| participants.binary_search(&actor).is_ok();
    // What is owed to nobody in particular and done against somebody concerns him.
    let is_near = match to.or(against.filter(|_| opposed(line.duty).is_some())) {
        Some(to) => participants.is_empty() || takes_part(to) || bearers.iter().any(|bearer| takes_part(bearer)),
        None => true,
    };
    // A release is looked at before it is left out.
    is_near && (line.duty.modality == Modality::NeedNot || circle.tells_always(ready.scene, bearers, to))
}

/// One line under one candidate, and who bears it.
struct Asked<'u, 'v> {
    ready: &'u Ready<'v>,
    line: Line<'v>,
    candidate: &'u Candidate<'v>,
    borne: &'u Bearers<'v>,
    trigger: Option<&'u OnceCell<Gates>>,
    circle: &'u Circle,
    /// It is a right, or fails for everybody.
    is_owed_by_nobody: bool,
}

fn answer_bearer<'v>(asked: &Asked<'_, 'v>, bearer: &'v Actor, answers: &mut Answers<'_>) {
    let Asked { ready, line, candidate, borne, trigger, is_owed_by_nobody, .. } = *asked;
    if let LineSource::Otherwise(_, reservation) = line.source
        && reservation.author != *bearer
    {
        return;
    }
    let cast = Cast { bearer: Some(bearer), ..candidate.cast };
    for (to, against) in counterparts(&ready.view.with_cast(cast), line.duty, &cast, line.track()) {
        let is_left_out = !asked.circle.takes_claimant(to)
            || !asked.circle.takes_claimant(against)
            || is_owed_by_nobody && !asked.circle.is_near_claimant(ready.scene, to);
        if is_left_out || is_self_help(line.duty, bearer, to, against) || !is_spoken_of(asked, &[bearer], (to, against))
        {
            continue;
        }
        let cast = Cast { claimant: to, ..cast };
        let unit = Unit { ready, line, candidate, cast, holders: &[bearer], is_group: false, borne, trigger };
        let said = unit.said(&ready.worlds);
        if asked.circle.tells(said.0) {
            answers.add((Some(bearer), to, against), unit.answer(Holder::Actor(bearer.clone()), against, said));
        }
    }
}

fn answer_group<'v>(asked: &Asked<'_, 'v>, answers: &mut Answers<'_>) {
    let Asked { ready, line, candidate, borne, trigger, circle, .. } = *asked;
    let article = ready.article.map(|(_, article)| article);
    let together: Vec<World> =
        ready.worlds.iter().filter(|world| borne.together_under(reading_meaning(article, **world))).copied().collect();
    let is_concerned = borne.each.iter().any(|member| circle.asks_about(ready.scene, member));
    if together.is_empty() || !is_concerned {
        return;
    }
    let cast = candidate.cast;
    for (to, against) in counterparts(&ready.view.with_cast(cast), line.duty, &cast, None) {
        if !circle.takes_claimant(to)
            || !circle.takes_claimant(against)
            || !is_spoken_of(asked, &borne.each, (to, against))
        {
            continue;
        }
        let cast = Cast { claimant: to, ..cast };
        let unit = Unit { ready, line, candidate, cast, holders: &borne.each, is_group: true, borne, trigger };
        let said = unit.said(&together);
        if circle.tells(said.0) {
            let members = borne.each.iter().map(|member| (*member).clone()).collect();
            answers.add((None, to, against), unit.answer(Holder::Together(members), against, said));
        }
    }
}

pub(crate) fn reading_meaning(article: Option<&Article>, world: World) -> Option<&ReadingMeaning> {
    article?.readings.get(world.article_reading?).map(|reading| &reading.meaning)
}

/// Who bears a line, towards whom and against whom; nobody in particular bears what all bear together.
type Parts<'v> = (Option<&'v Actor>, Option<&'v Actor>, Option<&'v Actor>);

fn is_of(answer: &Answer, (bearer, to, against): Parts<'_>) -> bool {
    let holder = if let Holder::Actor(actor) = &answer.actor { Some(actor) } else { None };
    holder == bearer && answer.to.as_ref() == to && answer.against.as_ref() == against
}

fn is_nearer(answer: &Answer, known: &Answer) -> bool {
    (answer.verdict, answer.gates.distance()) < (known.verdict, known.gates.distance())
}

/// The answers of one line, behind those of the lines before it.
struct Answers<'o> {
    list: &'o mut Vec<Answer>,
    /// Where an answer stands, by the ranks of its parts: numbers are compared sooner than names.
    places: BTreeMap<[u64; 4], usize>,
    from: usize,
    /// One candidate alone gives nothing twice, and there is nothing to look for.
    is_merged: bool,
    /// What two events give is two.
    is_apart: bool,
}

impl Answers<'_> {
    /// Two candidates that give the same bearer, claimant and adversary are one answer: the better one,
    /// and of equals the one that comes nearer to being owed. Where each event is asked for by itself, only if theirs is
    /// the same.
    fn add(&mut self, parts: Parts<'_>, answer: Answer) {
        if !self.is_merged {
            self.list.push(answer);
            return;
        }
        let rank = |actor: Option<&Actor>| actor.map_or(0, |actor| actor.name().rank());
        let event = answer.event.filter(|_| self.is_apart);
        let number = event.and_then(|event| u64::try_from(event).ok()).map_or(0, |event| event.saturating_add(1));
        let ranks = [rank(parts.0), rank(parts.1), rank(parts.2), number];
        let place = match self.places.entry(ranks) {
            Entry::Vacant(vacant) => {
                vacant.insert(self.list.len());
                self.list.push(answer);
                return;
            }
            // Names that begin alike have one rank: then it has to be looked for.
            Entry::Occupied(first) => {
                let rest = self.list.iter().enumerate().skip((*first.get()).max(self.from));
                let is_same = |known: &Answer| is_of(known, parts) && (!self.is_apart || known.event == answer.event);
                rest.into_iter().find(|(_, known)| is_same(known)).map(|(place, _)| place)
            }
        };
        match place.and_then(|place| self.list.get_mut(place)) {
            Some(known) if is_nearer(&answer, known) => *known = answer,
            Some(_) => {}
            None => self.list.push(answer),
        }
    }
}
