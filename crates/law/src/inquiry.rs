//! The verb: every duty of everybody concerned. Read [`answer`] first, then [`Inquiry`].
//!
//! `docs/language/meaning.md`, sections 7 (*Performance*) and 13: which charters are asked, and
//! until when. What one clause says is in `clause`, what one duty's gates say in `unit`.

use charter::model::{Assumption, Charter, DutyLine, Modality, Object, Opening};
use charter::{Actor, Name};

use crate::case::{Case, Doer, Scene};
use crate::clause::answer_charter;
use crate::corpus::Corpus;
use crate::people::is_body_of;
use crate::time::{Stretch, reached};
use crate::view::{Cast, Owed, View, World};
use crate::{
    Answer, Gate, Holder, Origin, Outcome, Question, Reason, Reasons, Standing, Truth, Verdict, conflicts, standing,
};

/// Answers a question: every duty and right of everybody concerned, with the value of every gate.
///
/// Why an answer is as it is, is told on demand: see [`Inquiry::explain`].
#[must_use]
pub fn answer(corpus: &Corpus, question: &Question) -> Outcome {
    Inquiry::new(corpus, question).outcome
}

/// A question that was answered and can still be asked why.
pub struct Inquiry<'a> {
    pub(crate) case: Case<'a>,
    pub(crate) owed: Owed,
    pub(crate) circle: Circle,
    outcome: Outcome,
}

impl<'a> Inquiry<'a> {
    /// Answers the question.
    #[must_use]
    pub fn new(corpus: &'a Corpus, question: &'a Question) -> Self {
        let case = Case::new(corpus, question);
        let circle = Circle::new(&case);
        let mut owed = Owed::new();
        let mut outcome = told(&case, &circle, &owed);
        if case.scenes.iter().any(|scene| scene.entry.speaks_of_help && circle.takes_in(scene)) {
            // The least fixed point: each round can only add help that is owed, and there are
            // finitely many pairs, so it ends.
            loop {
                let next = help_owed(&case, &outcome.answers);
                if next.iter().all(|pair| owed.contains(pair)) {
                    break;
                }
                owed.extend(next);
                owed.sort_unstable();
                owed.dedup();
                // Charters that speak of no help are not asked again.
                outcome = told_again(&case, &circle, &owed, outcome);
            }
        }
        outcome.conflicts = conflicts::conflicts(&case, &outcome.answers);
        outcome.drafts = drafts(&case, &circle, &owed);
        Self { case, owed, circle, outcome }
    }

    /// A charter's standing for one actor on the day asked about; none where the corpus has no such
    /// charter.
    #[must_use]
    pub fn standing_of(&self, charter: &Name, actor: &Actor) -> Option<Standing> {
        standing::of_case(&self.case, charter, actor)
    }

    /// What was answered.
    #[must_use]
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }
}

/// What all charters say, in their order.
fn told(case: &Case<'_>, circle: &Circle, owed: &Owed) -> Outcome {
    let mut outcome = Outcome::default();
    for scene in case.scenes.iter().filter(|scene| circle.takes_in(scene)) {
        answer_charter(case, scene, circle, owed, &mut outcome);
    }
    outcome
}

/// The same once more: those that speak of help are asked anew, the others keep what they said.
fn told_again(case: &Case<'_>, circle: &Circle, owed: &Owed, before: Outcome) -> Outcome {
    let mut outcome = Outcome::default();
    let mut answers = before.answers.into_iter().peekable();
    let mut rights = before.rights.into_iter().peekable();
    let mut troubles = before.troubles.into_iter().peekable();
    for scene in case.scenes.iter().filter(|scene| circle.takes_in(scene)) {
        let name = &scene.entry.charter.name;
        let mut kept = Outcome::default();
        kept.answers.extend(std::iter::from_fn(|| answers.next_if(|answer| answer.charter == *name)));
        kept.rights.extend(std::iter::from_fn(|| rights.next_if(|right| right.charter == *name)));
        kept.troubles.extend(std::iter::from_fn(|| troubles.next_if(|trouble| trouble.charter == *name)));
        if scene.entry.speaks_of_help {
            answer_charter(case, scene, circle, owed, &mut outcome);
        } else {
            outcome.answers.append(&mut kept.answers);
            outcome.rights.append(&mut kept.rights);
            outcome.troubles.append(&mut kept.troubles);
        }
    }
    outcome
}

/// What each draft would say if it were in force as reported.
fn drafts(case: &Case<'_>, circle: &Circle, owed: &Owed) -> Vec<Answer> {
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
fn help_owed(case: &Case<'_>, answers: &[Answer]) -> Owed {
    let mut owed = Owed::new();
    for answer in answers.iter().filter(|answer| answer.verdict != Verdict::NotBound) {
        let is_help = answer.modality == Modality::Must
            && matches!(answer.duty, "defend" | "guarantee" | "join-war" | "facilitate");
        let place = (case.corpus.position(&answer.charter), article_of(answer.origin));
        if let (true, Holder::Actor(helper), Some(helped), (Some(charter), Some(article))) =
            (is_help, &answer.actor, &answer.to, place)
        {
            owed.push((helper.clone(), helped.clone(), charter, article));
        }
    }
    owed
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
pub(crate) struct Circle {
    first: Vec<bool>,
    second: Vec<bool>,
    closely_concerned: Actors,
    /// Participants, and those asked about; sorted.
    named: Actors,
    /// Two at least take part: there is something between them to be told of.
    is_between_several: bool,
    /// Ask about these alone, and tell all that concerns them.
    sample: Option<Sample>,
}

/// A few who stand for all: whom to answer for, and towards whom.
#[derive(Default)]
pub(crate) struct Sample {
    pub(crate) bearers: Few,
    pub(crate) claimants: Few,
    /// Whether the charter is of the first circle.
    pub(crate) is_first: bool,
}

/// A charter of more ever-parties than this is worldwide. Every event concerns some party of it, and
/// by it everybody: it would tell each state of the world that it does not owe anything, and ask all
/// their treaties besides. The largest alliance has 32; the League had some 60.
const PARTIES_OF_ONE_REGION_MAX: usize = 50;

/// Whether the charter is one of nearly everybody.
pub(crate) fn is_worldwide(scene: &Scene<'_>) -> bool {
    scene.parties.len() > PARTIES_OF_ONE_REGION_MAX
}

/// Actors that are looked for again and again: by the rank of their names, which is a number.
struct Actors(Vec<(u64, Actor)>);

/// A handful of actors: looked through one by one, the ranks of their names first.
#[derive(Default)]
pub(crate) struct Few(Vec<(u64, Actor)>);

impl Few {
    pub(crate) fn add(&mut self, actor: &Actor) {
        self.0.push((actor.name().rank(), actor.clone()));
    }

    fn has(&self, actor: &Actor) -> bool {
        let rank = actor.name().rank();
        self.0.iter().any(|(known, few)| *known == rank && few == actor)
    }
}

impl Actors {
    fn new(actors: Vec<Actor>) -> Self {
        let mut ranked: Vec<(u64, Actor)> = actors.into_iter().map(|actor| (actor.name().rank(), actor)).collect();
        ranked.sort_unstable();
        Self(ranked)
    }

    fn contains(&self, actor: &Actor) -> bool {
        let rank = actor.name().rank();
        let first = self.0.partition_point(|(known, _)| *known < rank);
        let alike = self.0.iter().skip(first).take_while(|(known, _)| *known == rank);
        alike.into_iter().any(|(_, known)| known == actor)
    }
}

impl Circle {
    fn new(case: &Case<'_>) -> Self {
        let first: Vec<bool> = case.scenes.iter().map(|scene| concerns_participants(case, scene)).collect();
        let owed = Owed::new();
        let mut named: Vec<Actor> = case.participants.iter().copied().chain(&case.question.about).cloned().collect();
        named.sort_unstable();
        named.dedup();
        let mut closely_concerned = named.clone();
        let only = &case.question.only;
        let is_asked = |scene: &Scene<'_>| only.is_empty() || only.contains(&scene.entry.charter.name);
        // Who is closely concerned matters to worldwide charters and to those of the second circle.
        let matters =
            case.scenes.iter().zip(&first).any(|(scene, first)| is_asked(scene) && (!first || is_worldwide(scene)));
        let near = |(scene, first): &(&Scene<'_>, &bool)| matters && **first && !is_worldwide(scene);
        for (scene, _) in case.scenes.iter().zip(&first).filter(near) {
            let view = view_at_day(case, scene, first_world(scene), &owed);
            for party in scene.parties.iter() {
                if !closely_concerned.contains(party) && is_living(&view, party) {
                    closely_concerned.push(party.clone());
                }
            }
        }
        let closely_concerned = Actors::new(closely_concerned);
        let is_close = |party: &Actor| closely_concerned.contains(party);
        let is_second = |scene: &Scene<'_>, first: bool| {
            let view = view_at_day(case, scene, first_world(scene), &owed);
            !first && scene.parties.iter().any(|party| is_close(party) && is_living(&view, party))
        };
        let circles = case.scenes.iter().zip(&first);
        let second = circles.clone().map(|(scene, first)| is_asked(scene) && is_second(scene, *first)).collect();
        let first = circles.map(|(scene, first)| is_asked(scene) && *first).collect();
        let named = Actors::new(named);
        Self { first, second, closely_concerned, named, is_between_several: case.participants.len() > 1, sample: None }
    }

    /// One that takes in whatever charter it is asked of, and tells of a sample of actors what they owe.
    pub(crate) fn of_sample(sample: Sample) -> Self {
        let nobody = || Actors(Vec::new());
        Self {
            first: Vec::new(),
            second: Vec::new(),
            closely_concerned: nobody(),
            named: nobody(),
            is_between_several: true,
            sample: Some(sample),
        }
    }

    /// Whether duties alone are told, and not that there are none.
    pub(crate) fn is_of_sample(&self) -> bool {
        self.sample.is_some()
    }

    /// Whether what is owed towards this one is told.
    pub(crate) fn takes_claimant(&self, to: Option<&Actor>) -> bool {
        let Some(sample) = &self.sample else { return true };
        to.is_none_or(|to| sample.claimants.has(to))
    }

    /// Whether an answer with this verdict is told: of a sample, only what is owed or may be.
    pub(crate) fn tells(&self, verdict: Verdict) -> bool {
        self.sample.is_none() || verdict != Verdict::NotBound
    }

    pub(crate) fn is_first(&self, scene: &Scene<'_>) -> bool {
        match &self.sample {
            Some(sample) => sample.is_first,
            None => self.first.get(scene.index).copied().unwrap_or(false),
        }
    }

    fn takes_in(&self, scene: &Scene<'_>) -> bool {
        self.is_first(scene) || self.second.get(scene.index).copied().unwrap_or(false)
    }

    pub(crate) fn asks_about(&self, scene: &Scene<'_>, bearer: &Actor) -> bool {
        match &self.sample {
            Some(sample) => sample.bearers.has(bearer),
            None => self.is_first(scene) || self.closely_concerned.contains(bearer),
        }
    }

    /// Whether what a charter says of this bearer alone is told: of a worldwide one, only where it
    /// concerns him closely.
    pub(crate) fn is_near(&self, scene: &Scene<'_>, bearer: &Actor) -> bool {
        self.sample.is_some() || !is_worldwide(scene) || self.closely_concerned.contains(bearer)
    }

    /// Whether what is not owed towards this one, or is a right, is told: of a worldwide charter, only
    /// where he takes part or is asked about, or where it is owed to nobody in particular.
    pub(crate) fn is_near_claimant(&self, scene: &Scene<'_>, to: Option<&Actor>) -> bool {
        self.sample.is_some() || !is_worldwide(scene) || to.is_none_or(|to| self.named.contains(to))
    }

    /// Whether what a charter says whatever happens is told of these: of a worldwide one, only what
    /// lies between those who take part or are asked about.
    pub(crate) fn tells_always(&self, scene: &Scene<'_>, bearers: &[&Actor], to: Option<&Actor>) -> bool {
        if self.sample.is_some() || !is_worldwide(scene) {
            return true;
        }
        let is_named = |actor: &Actor| self.named.contains(actor);
        bearers.iter().any(|bearer| self.is_near(scene, bearer))
            && (!self.is_between_several || (bearers.iter().any(|bearer| is_named(bearer)) && to.is_none_or(is_named)))
    }

    /// Of a worldwide charter's answers, drops those that nobody wants to be told.
    pub(crate) fn leave_out_far(&self, scene: &Scene<'_>, answers: &mut Vec<Answer>, from: usize) {
        if self.sample.is_some() || !is_worldwide(scene) {
            return;
        }
        let mut tail = answers.split_off(from.min(answers.len()));
        tail.retain(|answer| {
            let bearers: Vec<&Actor> = match &answer.actor {
                Holder::Actor(actor) => vec![actor],
                Holder::Together(members) => members.iter().collect(),
            };
            let is_duty = matches!(answer.modality, Modality::Must | Modality::MustNot);
            let is_told = is_duty && answer.verdict != Verdict::NotBound
                || self.is_near_claimant(scene, answer.to.as_ref())
                    && bearers.iter().any(|bearer| self.is_near(scene, bearer));
            let is_standing = holds_always(&scene.entry.charter, answer.origin);
            is_told && (!is_standing || self.tells_always(scene, &bearers, answer.to.as_ref()))
        });
        answers.append(&mut tail);
    }
}

/// Whether a sentence holds whatever happens.
pub(crate) fn holds_always(charter: &Charter, origin: Origin) -> bool {
    let opening = |article: usize, clause: usize| Some(&charter.articles.get(article)?.clauses.get(clause)?.opening);
    match origin {
        Origin::Track { .. } => true,
        Origin::Kind => false,
        Origin::Clause { article, clause, .. }
        | Origin::Exception { article, clause, .. }
        | Origin::Otherwise { article, clause, .. } => {
            matches!(opening(article, clause), Some(Opening::Always | Opening::On(_)))
        }
    }
}

/// Whether the charter is of the first circle: somebody who takes part was ever a party to it, or an
/// opening of it names him.
pub(crate) fn concerns_participants(case: &Case<'_>, scene: &Scene<'_>) -> bool {
    !is_yet_to_come(case, scene)
        && (case.participants.is_empty() || knows_participants(case, scene) || acts_itself(case, scene))
}

/// Whether somebody who takes part was ever a party, or an opening names him.
pub(crate) fn knows_participants(case: &Case<'_>, scene: &Scene<'_>) -> bool {
    case.participants.iter().any(|participant| {
        scene.is_ever_party(participant) || scene.entry.named_in_openings.binary_search(participant).is_ok()
    })
}

/// Whether a fact names the charter, or tells what a body of it did: that concerns it, whoever else
/// takes part in what happened.
fn acts_itself(case: &Case<'_>, scene: &Scene<'_>) -> bool {
    let name = &scene.entry.charter.name;
    case.events.iter().any(|event| match (event.doer, &event.fact.statement.object) {
        (Doer::Body(body), _) => scene.entry.has_body(body) && is_body_of(case, body, name),
        (Doer::Actor(_) | Doer::Nobody, Object::Charter(named)) => named == name,
        (Doer::Actor(_) | Doer::Nobody, Object::Article(named)) => named.charter.as_ref() == Some(name),
        (
            Doer::Actor(_) | Doer::Nobody,
            Object::Nothing
            | Object::Who(_)
            | Object::Place(_)
            | Object::Thing(_)
            | Object::Body(_)
            | Object::Class(_)
            | Object::Area(_)
            | Object::Silence { .. }
            | Object::Bond { .. },
        ) => false,
    })
}

/// Whether the charter was not even signed by the day asked about, and nobody asks for it by name.
fn is_yet_to_come(case: &Case<'_>, scene: &Scene<'_>) -> bool {
    let is_named = case.question.only.contains(&scene.entry.charter.name) || is_assumed(case.question, scene);
    let signed = scene.entry.charter.status.signed.map(|when| scene.entry.calendar.start(when));
    let made = signed.or_else(|| scene.life.entry.start());
    let asked = case.zones.get(scene.zone).map(|zoned| zoned.asked);
    !is_named && made.zip(asked).is_some_and(|(made, asked)| reached(made, asked).truth == Truth::No)
}

/// Whether the charter is, or may be, something to this party today, as anybody reads its status;
/// `first` reads it as the first of them does.
pub(crate) fn is_living(first: &View<'_>, party: &Actor) -> bool {
    let readings = 1..first.scene.entry.charter.status_readings.len();
    let others = readings.map(|reading| World { status_reading: Some(reading), ..first.world });
    let mut views = std::iter::once(first.world).chain(others).map(|world| View { world, ..*first });
    views.any(|view| match standing::word(&view, &[party], None) {
        Standing::Draft
        | Standing::Signed
        | Standing::Unknown
        | Standing::Provisional
        | Standing::InForce
        | Standing::Suspended => true,
        Standing::NotInForce | Standing::Left | Standing::NotParty | Standing::Ended => false,
    })
}

pub(crate) fn first_world(scene: &Scene<'_>) -> World {
    World { status_reading: scene.first_status_reading(), ..World::default() }
}

pub(crate) fn view_at_day<'v>(case: &'v Case<'v>, scene: &'v Scene<'v>, world: World, owed: &'v Owed) -> View<'v> {
    let asked = case.zones.get(scene.zone).map_or(Stretch { lo: 0, hi: 0 }, |zoned| zoned.asked);
    View { case, scene, article: None, cast: Cast::default(), world, t: asked, owed }
}

/// A `need not` that holds releases its bearer from the same action towards the same claimant.
pub(crate) fn release(scene: &Scene<'_>, outcome: &mut Outcome, answers_from: usize, rights_from: usize) {
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
