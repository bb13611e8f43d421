//! The verb: every duty of everybody concerned. Read [`answer`] first.
//!
//! `docs/language/meaning.md`, sections 10 to 13. For each line of each clause: candidates, times
//! worlds, times bearers and claimants; each such unit passes the ten gates.

use charter::Actor;
use charter::model::{
    Article, Assumption, Bearer, Charter, Clause, Condition, DutyLine, Evidence, Exception, Modality, Opening,
    ReadingMeaning, Reservation, Timing, Track, When,
};

use crate::bearers::{Bearers, adversary, bearers, claimants, is_self_help};
use crate::candidates::{Candidate, CandidateKind, candidates};
use crate::case::{Case, Scene};
use crate::corpus::Corpus;
use crate::propositions::{content, has_happened, holds};
use crate::time::{Start, Stretch, reached};
use crate::view::{Cast, Owed, View, World};
use crate::worlds::{WORLDS_MAX, is_to, worlds};
use crate::{
    Answer, Gate, Gates, Holder, Origin, Outcome, Provision, Question, Reason, Reasons, Standing, Trouble, Truth,
    Verdict, conflicts, gates, kinds, mentions, standing,
};

/// Answers a question: every duty and right of everybody concerned, with the value of every gate.
#[must_use]
pub fn answer(corpus: &Corpus, question: &Question) -> Outcome {
    let case = Case::new(corpus, question);
    let circle = Circle::new(&case);
    let mut owed = Owed::new();
    let mut outcome = answer_once(&case, &circle, &owed);
    if crate::case::waits_on_performance(corpus) {
        // The least fixed point: each round can only add help that is owed, and there are finitely
        // many pairs, so it ends.
        loop {
            let next = help_owed(&case, &outcome);
            if next.iter().all(|pair| owed.contains(pair)) {
                break;
            }
            owed.extend(next);
            owed.sort_unstable();
            owed.dedup();
            outcome = answer_once(&case, &circle, &owed);
        }
    }
    outcome.conflicts = conflicts::conflicts(&case, &outcome.answers);
    outcome.drafts = drafts(&case, &circle, &owed);
    outcome
}

fn answer_once(case: &Case<'_>, circle: &Circle<'_>, owed: &Owed<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    for scene in &case.scenes {
        if circle.takes_in(scene) {
            answer_charter(case, scene, circle, owed, &mut outcome);
        }
    }
    outcome
}

/// What each draft would say if it were in force as reported.
fn drafts(case: &Case<'_>, circle: &Circle<'_>, owed: &Owed<'_>) -> Vec<Answer> {
    let mut answers = Vec::new();
    for scene in case.scenes.iter().filter(|scene| scene.is_draft && circle.takes_in(scene)) {
        let as_if = scene.as_if_in_force(case.question);
        let mut outcome = Outcome::default();
        answer_charter(case, &as_if, circle, owed, &mut outcome);
        for mut answer in outcome.answers.into_iter().chain(outcome.rights) {
            answer.standing = Standing::Draft;
            answers.push(answer);
        }
    }
    answers
}

/// Whose help is owed, or may be, and under which article.
fn help_owed<'v>(case: &'v Case<'v>, outcome: &Outcome) -> Owed<'v> {
    let mut owed = Owed::new();
    for answer in outcome.answers.iter().filter(|answer| answer.verdict != Verdict::NotBound) {
        let is_help = answer.modality == Modality::Must
            && matches!(answer.duty, "defend" | "guarantee" | "join-war" | "facilitate");
        let (Holder::Actor(helper), Some(helped), Some(article)) =
            (&answer.actor, &answer.to, article_of(answer.origin))
        else {
            continue;
        };
        let Some(charter) = case.corpus.position(&answer.charter).filter(|_| is_help) else { continue };
        let Some(scene) = case.scenes.get(charter) else { continue };
        if let (Some(helper), Some(helped)) = (own(case, scene, helper), own(case, scene, helped)) {
            owed.push((helper, helped, charter, article));
        }
    }
    owed
}

/// The same actor as the case holds it.
fn own<'v>(case: &'v Case<'v>, scene: &'v Scene<'v>, actor: &Actor) -> Option<&'v Actor> {
    let party = scene.party_position(actor).and_then(|position| scene.parties.get(position));
    party
        .or_else(|| case.participants.iter().copied().find(|participant| *participant == actor))
        .or_else(|| scene.entry.named_in_openings.iter().find(|named| *named == actor))
}

pub(crate) fn article_of(origin: Origin) -> Option<usize> {
    match origin {
        Origin::Clause { article, .. } | Origin::Exception { article, .. } | Origin::Otherwise { article, .. } => {
            Some(article)
        }
        Origin::Track { .. } | Origin::Kind => None,
    }
}

/// Which charters are asked, and about whom.
pub(crate) struct Circle<'a> {
    first: Vec<bool>,
    second: Vec<bool>,
    closely_concerned: Vec<&'a Actor>,
}

impl<'a> Circle<'a> {
    fn new(case: &'a Case<'a>) -> Self {
        let is_first = |scene: &Scene<'_>| {
            case.participants.is_empty()
                || case.participants.iter().any(|participant| {
                    scene.is_ever_party(participant) || scene.entry.named_in_openings.binary_search(participant).is_ok()
                })
        };
        let first: Vec<bool> = case.scenes.iter().map(is_first).collect();
        let owed = Owed::new();
        let mut closely_concerned: Vec<&Actor> = Vec::new();
        for (scene, _) in case.scenes.iter().zip(&first).filter(|(_, first)| **first) {
            let view = view_at_day(case, scene, first_world(scene), &owed);
            for party in scene.parties.iter() {
                let word = standing::word(&view, &[party], None);
                if !matches!(word, Standing::Ended | Standing::Left) && !closely_concerned.contains(&party) {
                    closely_concerned.push(party);
                }
            }
        }
        let is_second = |scene: &Scene<'_>, first: bool| {
            let view = view_at_day(case, scene, first_world(scene), &owed);
            !first
                && scene.parties.iter().any(|party| closely_concerned.contains(&party))
                && standing::over(&view).truth != Truth::Yes
        };
        let second = case.scenes.iter().zip(&first).map(|(scene, first)| is_second(scene, *first)).collect();
        Self { first, second, closely_concerned }
    }

    fn is_first(&self, scene: &Scene<'_>) -> bool {
        self.first.get(scene.index).copied().unwrap_or(false)
    }

    fn takes_in(&self, scene: &Scene<'_>) -> bool {
        self.is_first(scene) || self.second.get(scene.index).copied().unwrap_or(false)
    }

    fn asks_about(&self, scene: &Scene<'_>, bearer: &Actor) -> bool {
        self.is_first(scene) || self.closely_concerned.contains(&bearer)
    }
}

fn first_world(scene: &Scene<'_>) -> World {
    let has_readings = !scene.entry.charter.status_readings.is_empty();
    World { status_reading: has_readings.then_some(0), ..World::default() }
}

pub(crate) fn view_at_day<'v>(case: &'v Case<'v>, scene: &'v Scene<'v>, world: World, owed: &'v Owed<'v>) -> View<'v> {
    let asked = case.zones.get(scene.zone).map_or(Stretch { lo: 0, hi: 0 }, |zoned| zoned.asked);
    View { case, scene, article: None, cast: Cast::default(), world, t: asked, owed }
}

/// Where a sentence stands, and what governs it besides its own words.
#[derive(Clone, Copy)]
struct Line<'v> {
    origin: Origin,
    duty: &'v DutyLine,
    conditions: &'v [Condition],
    source: LineSource<'v>,
}

#[derive(Clone, Copy)]
enum LineSource<'v> {
    Clause,
    Exception(&'v Exception),
    Otherwise(usize, &'v Reservation),
    Track(&'v Track),
}

/// One clause made ready: where it stands, what may have set it going, and in which worlds.
struct Ready<'v> {
    scene: &'v Scene<'v>,
    article: Option<(usize, &'v Article)>,
    opening: &'v Opening,
    candidates: Vec<Candidate<'v>>,
    worlds: Vec<World>,
    known: &'v [Evidence],
    secret_until: Option<When>,
    view: View<'v>,
}

fn answer_charter<'v>(
    case: &'v Case<'v>,
    scene: &'v Scene<'v>,
    circle: &Circle<'_>,
    owed: &'v Owed<'v>,
    outcome: &mut Outcome,
) {
    let charter = &scene.entry.charter;
    let (answers_before, rights_before) = (outcome.answers.len(), outcome.rights.len());
    for (position, article) in charter.articles.iter().enumerate() {
        for (number, clause) in article.clauses.iter().enumerate() {
            match ready(case, scene, position, article, clause, owed) {
                Err(worlds) => outcome.troubles.push(trouble(scene, Some(article), worlds)),
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
        release(scene, outcome, answers_before, rights_before);
        let view = view_at_day(case, scene, first_world(scene), owed);
        kinds::add(&view, outcome, answers_before, rights_before);
    } else {
        release(scene, outcome, answers_before, rights_before);
    }
}

fn trouble(scene: &Scene<'_>, article: Option<&Article>, worlds: usize) -> Trouble {
    Trouble {
        charter: scene.entry.charter.name.clone(),
        provision: article.map(|article| Provision::Article(article.label.clone())),
        worlds,
        worlds_max: WORLDS_MAX,
    }
}

fn ready<'v>(
    case: &'v Case<'v>,
    scene: &'v Scene<'v>,
    position: usize,
    article: &'v Article,
    clause: &'v Clause,
    owed: &'v Owed<'v>,
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
fn lines<'v>(
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

fn answer_tracks<'v>(
    case: &'v Case<'v>,
    scene: &'v Scene<'v>,
    circle: &Circle<'_>,
    owed: &'v Owed<'v>,
    outcome: &mut Outcome,
) {
    static ALWAYS: Opening = Opening::Always;
    let charter = &scene.entry.charter;
    if charter.tracks.iter().all(|track| track.duties.is_empty()) {
        return;
    }
    let worlds = match worlds(case, scene, None, mentions::topics_of_ends(charter)) {
        Ok(worlds) => worlds,
        Err(worlds) => {
            outcome.troubles.push(trouble(scene, None, worlds));
            return;
        }
    };
    for (track_position, track) in charter.tracks.iter().enumerate() {
        let view = view_at_day(case, scene, worlds.first().copied().unwrap_or_default(), owed);
        let ready = Ready {
            scene,
            article: None,
            opening: &ALWAYS,
            candidates: candidates(&view, &ALWAYS),
            worlds: worlds.clone(),
            known: &track.evidence,
            secret_until: None,
            view,
        };
        for (line, duty) in track.duties.iter().enumerate() {
            let origin = Origin::Track { track: track_position, line };
            answer_line(
                &ready,
                Line { origin, duty, conditions: &[], source: LineSource::Track(track) },
                circle,
                outcome,
            );
        }
    }
}

/// Whether a candidate is looked at: a charter of the second circle answers for what happened, not
/// for what did not.
fn is_asked(ready: &Ready<'_>, circle: &Circle<'_>, candidate: &Candidate<'_>) -> bool {
    circle.is_first(ready.scene)
        || matches!(
            candidate.kind,
            CandidateKind::Hostile | CandidateKind::Counted | CandidateKind::War | CandidateKind::Event
        )
}

fn answer_line(ready: &Ready<'_>, line: Line<'_>, circle: &Circle<'_>, outcome: &mut Outcome) {
    let mut answers: Vec<Answer> = Vec::new();
    let track = if let LineSource::Track(track) = line.source { Some(track) } else { None };
    for candidate in ready.candidates.iter().filter(|candidate| is_asked(ready, circle, candidate)) {
        let mut cast = candidate.cast;
        if candidate.kind == CandidateKind::Counted
            && let Some(statement) = candidate.statement
        {
            cast.first = gates::counted_attacker(&ready.view.with_cast(cast), statement);
        }
        let candidate = &Candidate { cast, ..*candidate };
        let borne = bearers(&ready.view, line.duty, &cast, track);
        if borne.is_list {
            answer_group(ready, line, candidate, &borne, circle, &mut answers);
        }
        for bearer in &borne.each {
            if circle.asks_about(ready.scene, bearer) {
                answer_bearer(ready, line, candidate, &borne, bearer, &mut answers);
            }
        }
    }
    match line.duty.modality {
        Modality::Must | Modality::MustNot => outcome.answers.append(&mut answers),
        Modality::May | Modality::IsAskedTo | Modality::NeedNot => outcome.rights.append(&mut answers),
    }
}

/// `always` and `on` are told of those who are spoken of.
fn is_spoken_of(ready: &Ready<'_>, bearers: &[&Actor], to: Option<&Actor>) -> bool {
    let participants = &ready.view.case.participants;
    let Some(to) = to else { return true };
    !matches!(ready.opening, Opening::Always | Opening::On(_))
        || participants.is_empty()
        || participants.contains(&to)
        || bearers.iter().any(|bearer| participants.contains(bearer))
}

fn answer_bearer<'v>(
    ready: &Ready<'v>,
    line: Line<'v>,
    candidate: &Candidate<'v>,
    borne: &Bearers<'v>,
    bearer: &'v Actor,
    answers: &mut Vec<Answer>,
) {
    if let LineSource::Otherwise(_, reservation) = line.source
        && reservation.author != *bearer
    {
        return;
    }
    let track = if let LineSource::Track(track) = line.source { Some(track) } else { None };
    let cast = Cast { bearer: Some(bearer), ..candidate.cast };
    let against = adversary(&ready.view, line.duty, &cast);
    for to in claimants(&ready.view.with_cast(cast), line.duty, &cast, track) {
        if is_self_help(line.duty, bearer, to, against) || !is_spoken_of(ready, &[bearer], to) {
            continue;
        }
        let cast = Cast { claimant: to, ..cast };
        let unit = Unit { ready, line, candidate, cast, holders: &[bearer], is_group: false, borne };
        merge(answers, unit.answer(Holder::Actor(bearer.clone()), against, &ready.worlds));
    }
}

fn answer_group<'v>(
    ready: &Ready<'v>,
    line: Line<'v>,
    candidate: &Candidate<'v>,
    borne: &Bearers<'v>,
    circle: &Circle<'_>,
    answers: &mut Vec<Answer>,
) {
    let article = ready.article.map(|(_, article)| article);
    let together: Vec<World> =
        ready.worlds.iter().filter(|world| borne.together_under(reading_meaning(article, **world))).copied().collect();
    let is_concerned = borne.each.iter().any(|member| circle.asks_about(ready.scene, member));
    if together.is_empty() || !is_concerned {
        return;
    }
    let cast = candidate.cast;
    let against = adversary(&ready.view, line.duty, &cast);
    for to in claimants(&ready.view.with_cast(cast), line.duty, &cast, None) {
        let is_within = matches!(line.duty.bearer, Bearer::EachOf(_) | Bearer::Together(_))
            && to.is_some_and(|to| borne.each.contains(&to))
            && line.duty.action.whom.as_ref().is_some_and(|whom| !crate::people::names_one(whom));
        if is_within || !is_spoken_of(ready, &borne.each, to) {
            continue;
        }
        let cast = Cast { claimant: to, ..cast };
        let unit = Unit { ready, line, candidate, cast, holders: &borne.each, is_group: true, borne };
        let members = borne.each.iter().map(|member| (*member).clone()).collect();
        merge(answers, unit.answer(Holder::Together(members), against, &together));
    }
}

fn reading_meaning(article: Option<&Article>, world: World) -> Option<&ReadingMeaning> {
    article?.readings.get(world.article_reading?).map(|reading| &reading.meaning)
}

/// Two candidates that give the same bearer, claimant and adversary are one answer: the better one.
fn merge(answers: &mut Vec<Answer>, answer: Answer) {
    let same = |known: &&mut Answer| {
        known.origin == answer.origin
            && known.to == answer.to
            && known.against == answer.against
            && known.actor == answer.actor
    };
    match answers.iter_mut().find(same) {
        Some(known) if answer.verdict < known.verdict => *known = answer,
        Some(_) => {}
        None => answers.push(answer),
    }
}

/// One line, one candidate, one holder, one claimant.
struct Unit<'u, 'v> {
    ready: &'u Ready<'v>,
    line: Line<'v>,
    candidate: &'u Candidate<'v>,
    cast: Cast<'v>,
    holders: &'u [&'v Actor],
    is_group: bool,
    borne: &'u Bearers<'v>,
}

/// What one world says.
#[derive(Clone, Copy)]
struct Said {
    gates: Gates,
    arises: Option<When>,
    world: World,
}

impl<'v> Unit<'_, 'v> {
    fn answer(&self, actor: Holder, against: Option<&Actor>, worlds: &[World]) -> Answer {
        let said: Vec<Said> = worlds.iter().map(|world| self.in_world(*world)).collect();
        let first = said.first().map_or(Verdict::NotBound, |said| said.gates.verdict());
        let is_disputed = said.iter().any(|said| said.gates.verdict() != first);
        let by_verdict = |verdict: Verdict| said.iter().find(|said| said.gates.verdict() == verdict);
        let shown = if is_disputed {
            by_verdict(Verdict::NotBound).or_else(|| by_verdict(Verdict::Open))
        } else {
            said.first()
        };
        let shown = shown.copied().unwrap_or(Said { gates: Gates::default(), arises: None, world: World::default() });
        let view = View { world: shown.world, ..self.ready.view };
        Answer {
            actor,
            charter: self.ready.scene.entry.charter.name.clone(),
            provision: Some(match (self.ready.article, self.line.source) {
                (_, LineSource::Track(track)) => Provision::Track(track.name.clone()),
                (Some((_, article)), _) => Provision::Article(article.label.clone()),
                (None, _) => Provision::Track(self.ready.scene.entry.charter.name.clone()),
            }),
            origin: self.line.origin,
            duty: self.line.duty.word(),
            family: self.line.duty.family(),
            modality: self.line.duty.modality,
            to: self.cast.claimant.cloned(),
            against: against.cloned(),
            event: self.cast.event.and_then(|event| view.event(event)).map(|event| event.number),
            standing: standing::word(&view, self.holders, self.cast.claimant),
            verdict: if is_disputed { Verdict::Disputed } else { first },
            gates: shown.gates,
            arises: shown.arises,
        }
    }

    /// The first time at which it holds; else the first at which it is open; else the last.
    fn in_world(&self, world: World) -> Said {
        let asked = self.ready.view.t;
        let view = View { world, cast: self.cast, ..self.ready.view };
        let times = self.times(&view);
        let mut open: Option<(Gates, Stretch)> = None;
        let mut last = (Gates::default(), asked);
        let mut arose = None;
        for &t in &times {
            let gates = self.gates(&view.at(t));
            last = (gates, t);
            match gates.verdict() {
                Verdict::Bound => {
                    arose = Some((gates, t));
                    break;
                }
                Verdict::Open | Verdict::Disputed => open = open.or(Some(last)),
                Verdict::NotBound => {}
            }
        }
        let (mut gates, _) = arose.or(open).unwrap_or(last);
        let arises = arose.and_then(|(_, t)| self.arises(&view, t));
        for timing in &self.line.duty.timing {
            time_limit(&view, timing, arises, &mut gates);
        }
        Said { gates, arises, world }
    }

    fn arises(&self, view: &View<'_>, t: Stretch) -> Option<When> {
        match self.ready.opening {
            Opening::When(_) if t == view.t => Some(view.case.question.on),
            Opening::When(_) => Some(When::Day(view.scene.entry.calendar.date(t.lo))),
            Opening::On(date) => Some(*date),
            Opening::While(_) | Opening::Always => None,
        }
    }

    /// The days on which a `when` may have begun to hold, and the day asked about.
    fn times(&self, view: &View<'_>) -> Vec<Stretch> {
        let calendar = view.scene.entry.calendar;
        let begun = self.cast.event.and_then(|event| view.start(event));
        let (Opening::When(_), Some(begun)) = (self.ready.opening, begun) else { return vec![view.t] };
        let floor = calendar.day_of(begun.earliest);
        if floor.hi >= view.t.lo {
            return vec![view.t];
        }
        let facts = view.zoned().map_or(&[][..], |zoned| zoned.starts.as_slice()).iter().copied();
        let entry = standing::entry(view);
        let memberships =
            self.holders.iter().copied().chain(self.cast.claimant).filter_map(|actor| joined(view, actor));
        let mut times: Vec<Stretch> = facts
            .chain(entry)
            .chain(memberships)
            .map(|start| calendar.day_of(start.earliest))
            .filter(|day| day.lo >= floor.lo && day.hi < view.t.lo)
            .collect();
        times.sort_unstable();
        times.dedup();
        times.push(view.t);
        times
    }

    /// The ten gates at one time.
    fn gates(&self, view: &View<'v>) -> Gates {
        let mut gates = Gates::default();
        gates::trigger(view, self.candidate, &mut gates);
        if let Opening::On(date) = self.ready.opening {
            let begun = reached(view.scene.entry.calendar.start(*date), view.t);
            gates::lower(&mut gates, Gate::Threshold, begun, Reason::Threshold);
        }
        gates::instrument(view, self.ready.known, self.ready.secret_until, &mut gates);
        for holder in self.holders {
            gates::stand(view, holder, &mut gates);
        }
        for condition in self.line.conditions {
            gates::line(view, condition, &mut gates);
        }
        let article = self.ready.article.map(|(_, article)| article);
        if let Some(ReadingMeaning::Narrower(conditions)) = reading_meaning(article, view.world) {
            for condition in conditions {
                gates::line(view, condition, &mut gates);
            }
        }
        if let Some(article) = article {
            self.narrow(view, article, &mut gates);
        }
        self.together(view, article, &mut gates);
        gates
    }

    fn narrow(&self, view: &View<'v>, article: &Article, gates: &mut Gates) {
        match self.line.source {
            LineSource::Clause => {
                for exception in &article.exceptions {
                    gates::exception(view, exception, gates);
                }
            }
            LineSource::Exception(own) => {
                for condition in &own.conditions {
                    gates::line(view, condition, gates);
                }
                for exception in article.exceptions.iter().filter(|other| other.over.contains(&own.label)) {
                    gates::exception(view, exception, gates);
                }
            }
            LineSource::Otherwise(position, reservation) => {
                if is_without(view.world, position) {
                    gates.lower(Gate::Kind, Truth::No, Reasons::one(Reason::NoTreaty));
                } else {
                    gates::otherwise(view, reservation, gates);
                }
                return;
            }
            LineSource::Track(_) => return,
        }
        for (position, reservation) in view.scene.entry.charter.reservations.iter().enumerate() {
            let applies = is_to(reservation, article)
                && gates::speaks_to(reservation, &self.cast)
                && !is_without(view.world, position);
            if applies {
                for condition in &reservation.applies_only {
                    gates::line(view, condition, gates);
                }
            }
        }
    }

    fn together(&self, view: &View<'v>, article: Option<&Article>, gates: &mut Gates) {
        if self.is_group {
            let opposes = |member: &&Actor| self.cast.adversary() == Some(*member);
            if self.holders.iter().any(opposes) {
                gates.lower(Gate::Conduct, Truth::No, Reasons::one(Reason::Aggressor));
            }
        } else if self.borne.together_under(reading_meaning(article, view.world)) {
            gates.lower(Gate::Judgement, Truth::No, Reasons::one(Reason::CollectiveOnly));
        }
    }
}

fn is_without(world: World, reservation: usize) -> bool {
    reservation < 64 && world.without >> reservation & 1 == 1
}

/// When an actor became a party, where that is dated.
fn joined(view: &View<'_>, actor: &Actor) -> Option<Start> {
    if let Some((_, since)) = view.scene.assumed_parties.iter().find(|(assumed, _)| *assumed == actor) {
        return *since;
    }
    let position = view.scene.party_position(actor)?;
    view.scene.life.memberships.get(position)?.from
}

/// A time said for the duty itself, looked at on the day asked about.
fn time_limit(view: &View<'_>, timing: &Timing, arises: Option<When>, gates: &mut Gates) {
    let calendar = view.scene.entry.calendar;
    let mut over = |value: crate::value::Value, code: Reason| match value.truth {
        Truth::Yes => {}
        Truth::Open => gates.lower(Gate::Standing, Truth::Open, value.why),
        Truth::No => gates.lower(Gate::Standing, Truth::No, Reasons::one(code)),
    };
    match timing {
        Timing::AtOnce | Timing::Within(_) | Timing::NoLaterThan(_) => {}
        Timing::For(duration) => {
            if let Some(arises) = arises {
                let end = calendar.add(calendar.start(arises), *duration);
                over(reached(end, view.t).negate(), Reason::Expired);
            }
        }
        Timing::UntilDate(when) => over(reached(calendar.over(*when), view.t).negate(), Reason::Expired),
        Timing::Before(when) => over(reached(calendar.start(*when), view.t).negate(), Reason::Expired),
        Timing::After(when) => over(reached(calendar.start(*when), view.t), Reason::NotInForce),
        Timing::UntilEvent(event) => over(has_happened(view, event).negate(), Reason::Expired),
        Timing::AfterEvent(event) => {
            let (gate, code) = content(view, event, false);
            gates::lower(gates, gate, has_happened(view, event), code);
        }
        Timing::While(statement) => {
            let (gate, code) = content(view, statement, false);
            gates::lower(gates, gate, holds(view, statement), code);
        }
    }
}

/// A `need not` that holds releases its bearer from the same action towards the same claimant.
fn release(scene: &Scene<'_>, outcome: &mut Outcome, answers_from: usize, rights_from: usize) {
    let charter = &scene.entry.charter;
    let rights = outcome.rights.iter().skip(rights_from);
    let released: Vec<&Answer> =
        rights.filter(|right| right.modality == Modality::NeedNot && right.verdict == Verdict::Bound).collect();
    for answer in outcome.answers.iter_mut().skip(answers_from) {
        let verb = sentence(charter, answer.origin).map(|duty| &duty.action.verb);
        let is_released = answer.modality == Modality::Must
            && released.iter().any(|right| {
                right.actor == answer.actor
                    && right.to == answer.to
                    && sentence(charter, right.origin).map(|duty| &duty.action.verb) == verb
            });
        if is_released {
            answer.gates.lower(Gate::Standing, Truth::No, Reasons::one(Reason::Released));
            answer.verdict = Verdict::NotBound;
        }
    }
}

/// The sentence of a charter that an answer is about.
pub(crate) fn sentence(charter: &Charter, origin: Origin) -> Option<&DutyLine> {
    match origin {
        Origin::Clause { article, clause, line } => {
            charter.articles.get(article)?.clauses.get(clause)?.duties.get(line)
        }
        Origin::Exception { article, exception, line, .. } => {
            charter.articles.get(article)?.exceptions.get(exception)?.duties.get(line)
        }
        Origin::Otherwise { reservation, line, .. } => charter.reservations.get(reservation)?.otherwise.get(line),
        Origin::Track { track, line } => charter.tracks.get(track)?.duties.get(line),
        Origin::Kind => None,
    }
}

/// Whether a question assumes the charter to be in force.
pub(crate) fn is_assumed(question: &Question, scene: &Scene<'_>) -> bool {
    question
        .assumptions
        .iter()
        .any(|assumption| matches!(assumption, Assumption::InForceSince(name, _) if *name == scene.entry.charter.name))
}
