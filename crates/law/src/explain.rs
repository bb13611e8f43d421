//! Why an answer is as it is, down to clause, fact, standing and evidence. Read [`Explanation`]
//! first.
//!
//! Built on demand: the reckoning of one unit is done again, and each element that lowered a gate
//! is told in a sentence (`docs/language/meaning.md`, sections 6 to 12).

mod sentences;

use charter::Span;
use charter::model::{ActionVerb, Means, Obligation, Timing};

use crate::candidates::Candidate;
use crate::case::Scene;
use crate::clause::{Line, Ready, candidate_cast, lines, reading_meaning, ready, ready_track};
use crate::inquiry::{Inquiry, article_of, sentence, view_at_day};
use crate::unit::{Element, Ledger, Said, Unit, settle, time_limit};
use crate::view::{Cast, View, World};
use crate::{Answer, Gate, Gates, Holder, Origin, Reason, Truth, Verdict, bearers};

pub use sentences::name_of;

/// An answer's reasons, in sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// What decides it, the leading reason first.
    pub because: Vec<String>,
    /// For an open answer: what would have to be so for it to be owed.
    pub remainder: Option<String>,
    /// For an open answer: who could settle it.
    pub settled_by: Option<String>,
    /// When it falls due, or that no time is stated.
    pub due: Option<String>,
    /// What the bearer may judge for itself even where it is bound.
    pub left_to_judgement: Vec<String>,
    /// Every gate's value, with its sentences.
    pub gates: Vec<(Gate, Truth, Vec<String>)>,
    /// For a disputed answer: who says what.
    pub sides: Vec<Side>,
}

/// One reading or account of a disputed answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The reading's label, or what is held to have happened.
    pub label: String,
    /// Who holds it.
    pub held_by: Vec<String>,
    /// What it makes of the duty.
    pub verdict: Verdict,
    /// For what reasons.
    pub reasons: Vec<Reason>,
}

/// One line of a derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// How far in it stands: nought is the answer.
    pub level: u8,
    /// What it says.
    pub text: String,
    /// Where it is written, if it is.
    pub span: Option<Span>,
}

/// One thing that lowered a gate, told.
pub(crate) struct Note {
    pub(crate) gate: Gate,
    pub(crate) truth: Truth,
    /// Why the gate does not hold.
    pub(crate) why: String,
    /// What would make it hold, after *if*.
    pub(crate) wanted: Option<String>,
    /// Who could say.
    pub(crate) settler: Option<String>,
}

impl<'a> Inquiry<'a> {
    /// Why an answer of this inquiry's is as it is: of a duty, a right or a draft.
    ///
    /// An answer of another inquiry gets what can be said of it here, perhaps nothing. Whoever wants
    /// many explained takes an [`Inquiry::explainer`].
    #[must_use]
    pub fn explain(&self, answer: &Answer) -> Explanation {
        self.explainer().explain(answer)
    }

    /// From an answer of this inquiry's down to clause, fact, standing and evidence.
    #[must_use]
    pub fn derivation(&self, answer: &Answer) -> Vec<Step> {
        self.explainer().told(answer, true).1
    }

    /// Explains one answer after another; quickest in the order in which they were given.
    #[must_use]
    pub fn explainer(&self) -> Explainer<'_, 'a> {
        Explainer { inquiry: self, last: None }
    }
}

/// Explains one answer after another, and keeps what those of one clause share.
pub struct Explainer<'i, 'a> {
    inquiry: &'i Inquiry<'a>,
    last: Option<(Place, Ready<'i>)>,
}

/// The clause an answer comes from: by the positions of its charter, article and clause, or track.
type Place = (usize, Option<(usize, usize)>, Option<usize>);

/// An explanation, and the derivation where it is wanted.
type Told = (Explanation, Vec<Step>);

impl<'i> Explainer<'i, '_> {
    /// As [`Inquiry::explain`].
    #[must_use]
    pub fn explain(&mut self, answer: &Answer) -> Explanation {
        self.told(answer, false).0
    }

    fn told(&mut self, answer: &Answer, derive: bool) -> Told {
        let inquiry = self.inquiry;
        let case = &inquiry.case;
        let position = case.corpus.position(&answer.charter);
        let Some((position, scene)) = position.and_then(|position| Some((position, case.scene(position)?))) else {
            return Told::default();
        };
        if answer.origin == Origin::Kind {
            return (inquiry.explain_kind(scene, answer), Vec::new());
        }
        // An answer about a draft is one of two: as it stands, or as if it were in force. The gates
        // tell which.
        if let Some(told) = self.told_of(position, scene, answer, derive) {
            return told;
        }
        let as_if = scene.is_draft.then(|| scene.as_if_in_force(case.question));
        as_if.and_then(|as_if| told_in(&inquiry.ready_for(&as_if, answer)?, answer, derive)).unwrap_or_default()
    }

    fn told_of(&mut self, position: usize, scene: &'i Scene<'i>, answer: &Answer, derive: bool) -> Option<Told> {
        let track = if let Origin::Track { track, .. } = answer.origin { Some(track) } else { None };
        let place = (position, article_of(answer.origin).map(|article| (article, clause_of(answer.origin))), track);
        if self.last.as_ref().is_none_or(|(known, _)| *known != place) {
            self.last = Some((place, self.inquiry.ready_for(scene, answer)?));
        }
        self.last.as_ref().and_then(|(_, ready)| told_in(ready, answer, derive))
    }
}

impl Inquiry<'_> {
    /// The clause or track that an answer comes from, made ready.
    fn ready_for<'v>(&'v self, scene: &'v Scene<'v>, answer: &Answer) -> Option<Ready<'v>> {
        let charter = &scene.entry.charter;
        if let Origin::Track { track, .. } = answer.origin {
            return ready_track(&self.case, scene, charter.tracks.get(track)?, &self.owed).ok();
        }
        let position = article_of(answer.origin)?;
        let article = charter.articles.get(position)?;
        let clause = article.clauses.get(clause_of(answer.origin))?;
        ready(&self.case, scene, position, article, clause, &self.owed).ok()
    }

    fn explain_kind(&self, scene: &Scene<'_>, answer: &Answer) -> Explanation {
        let view = view_at_day(&self.case, scene, World::default(), &self.owed);
        let mut notes = Vec::new();
        if let (Holder::Actor(bearer), to) = (&answer.actor, answer.to.as_ref()) {
            let cast = Cast { bearer: Some(bearer), claimant: to, ..Cast::default() };
            sentences::kind(&view.with_cast(cast), answer, &mut notes);
        }
        assemble(answer, &notes, Vec::new(), None, &view)
    }
}

/// What a clause or track made ready tells of an answer.
fn told_in(ready: &Ready<'_>, answer: &Answer, derive: bool) -> Option<Told> {
    let charter = &ready.scene.entry.charter;
    if let Origin::Track { track, line } = answer.origin {
        let track = charter.tracks.get(track)?;
        return explain_line(ready, Line::of_track(answer.origin, track.duties.get(line)?, track), answer, derive);
    }
    let (position, article) = ready.article?;
    let number = clause_of(answer.origin);
    let lines = lines(ready.scene, position, article, number, article.clauses.get(number)?);
    explain_line(ready, lines.into_iter().find(|line| line.origin == answer.origin)?, answer, derive)
}

fn clause_of(origin: Origin) -> usize {
    match origin {
        Origin::Clause { clause, .. } | Origin::Exception { clause, .. } | Origin::Otherwise { clause, .. } => clause,
        Origin::Track { .. } | Origin::Kind => 0,
    }
}

/// Tells each element of a reckoning.
struct Teller<'t, 'v> {
    view: View<'v>,
    candidate: &'t Candidate<'v>,
    notes: Vec<Note>,
    /// Elements in order, with the least value each left its gates at; none where no derivation is
    /// wanted.
    elements: Option<Vec<(String, Option<Span>, Truth)>>,
}

impl Ledger for Teller<'_, '_> {
    fn enter(&mut self, element: Element<'_>, enter: impl FnOnce(&mut Gates)) {
        let mut gates = Gates::default();
        enter(&mut gates);
        if let Some(elements) = &mut self.elements
            && let Some((text, span)) = sentences::describe(&self.view, self.candidate, &element)
        {
            let least = Gate::ALL.into_iter().map(|gate| gates.get(gate).truth).min().unwrap_or(Truth::Yes);
            elements.push((text, span, least));
        }
        sentences::tell(&self.view, self.candidate, &element, &gates, &mut self.notes);
    }
}

fn explain_line(ready: &Ready<'_>, line: Line<'_>, answer: &Answer, derive: bool) -> Option<Told> {
    ready.candidates.iter().find_map(|candidate| {
        let cast = candidate_cast(ready, candidate);
        explain_candidate(ready, line, &Candidate { cast, ..*candidate }, answer, derive)
    })
}

/// The explanation, if this candidate is the one that gave the answer.
fn explain_candidate(
    ready: &Ready<'_>,
    line: Line<'_>,
    candidate: &Candidate<'_>,
    answer: &Answer,
    derive: bool,
) -> Option<Told> {
    let event = candidate.cast.event.and_then(|event| ready.view.event(event)).map(|event| event.number);
    if event != answer.event {
        return None;
    }
    let borne = bearers::bearers(&ready.view, line.duty, &candidate.cast, line.track());
    let is_group = matches!(answer.actor, Holder::Together(_));
    let bearer = match &answer.actor {
        Holder::Actor(actor) => Some(borne.each.iter().copied().find(|bearer| *bearer == actor)?),
        Holder::Together(_) => None,
    };
    let cast = Cast { bearer, ..candidate.cast };
    let counterparts = bearers::counterparts(&ready.view.with_cast(cast), line.duty, &cast, line.track());
    let of_answer = (answer.to.as_ref(), answer.against.as_ref());
    let (to, _) = counterparts.into_iter().find(|pair| *pair == of_answer)?;
    let cast = Cast { claimant: to, ..cast };
    let one = bearer.map(|bearer| [bearer]);
    let holders = one.as_ref().map_or(borne.each.as_slice(), |one| one.as_slice());
    let unit = Unit { ready, line, candidate, cast, holders, is_group, borne: &borne, trigger: None };
    let article = ready.article.map(|(_, article)| article);
    let worlds: Vec<World> = ready
        .worlds
        .iter()
        .filter(|world| !is_group || borne.together_under(reading_meaning(article, **world)))
        .copied()
        .collect();
    let said: Vec<Said> = worlds.iter().map(|world| unit.in_world(*world)).collect();
    let (verdict, shown) = settle(&said);
    let shown = shown?;
    let is_released = answer.reasons().contains(&Reason::Released);
    if !(verdict == answer.verdict && shown.gates == answer.gates || is_released) {
        return None;
    }
    let view = View { world: shown.world, t: shown.at, cast, ..ready.view };
    let mut teller = Teller { view, candidate, notes: Vec::new(), elements: derive.then(Vec::new) };
    unit.reckon(&view, &mut teller);
    let asked = View { t: ready.view.t, ..view };
    teller.view = asked;
    for holder in holders {
        let mut since = Gates::default();
        unit.released_since(&asked, shown.at, holder, &mut since);
        if since != Gates::default() {
            teller.enter(Element::Standing(holder), |gates| *gates = since);
        }
    }
    for timing in &line.duty.timing {
        teller.enter(Element::Timing(timing), |gates| time_limit(&asked, timing, shown.arises, gates));
    }
    let sides = if verdict == Verdict::Disputed { sides(ready, &said) } else { Vec::new() };
    let explanation = assemble(answer, &teller.notes, sides, Some(line), &view);
    let derivation = teller.elements.map(|elements| derivation(ready, line, answer, &explanation, &elements, &view));
    Some((explanation, derivation.unwrap_or_default()))
}

/// Readings and accounts that give the same answer for the same reasons are told once.
fn sides(ready: &Ready<'_>, said: &[Said]) -> Vec<Side> {
    let mut sides: Vec<Side> = Vec::new();
    for said in said {
        let (label, held_by) = sentences::world(ready, said.world);
        let side = Side { label, held_by, verdict: said.gates.verdict(), reasons: said.gates.reasons() };
        if !sides.contains(&side) {
            sides.push(side);
        }
    }
    sides
}

fn assemble(answer: &Answer, notes: &[Note], sides: Vec<Side>, line: Option<Line<'_>>, view: &View<'_>) -> Explanation {
    let decides = match answer.verdict {
        Verdict::NotBound => Some(Truth::No),
        Verdict::Open => Some(Truth::Open),
        Verdict::Bound | Verdict::Disputed => None,
    };
    let mut because = Vec::new();
    for side in &sides {
        because.push(sentences::side(side));
    }
    if answer.verdict == Verdict::Bound {
        because.extend(sentences::bound(view, answer, line));
    }
    for gate in Gate::ALL {
        for note in notes.iter().filter(|note| note.gate == gate && Some(note.truth) == decides) {
            if !because.contains(&note.why) {
                because.push(note.why.clone());
            }
        }
    }
    // A `need not` elsewhere in the charter releases from the whole sentence: no element of its own.
    if because.is_empty() && answer.reasons().contains(&Reason::Released) {
        because.push("the charter says elsewhere that the bearer need not do it".to_owned());
    }
    let gates = Gate::ALL
        .into_iter()
        .map(|gate| {
            let value = answer.gates.get(gate).truth;
            let told = notes.iter().filter(|note| note.gate == gate && note.truth == value);
            (gate, value, told.map(|note| note.why.clone()).collect())
        })
        .collect();
    let open: Vec<&Note> = notes.iter().filter(|note| note.truth == Truth::Open).collect();
    let is_open = answer.verdict == Verdict::Open;
    Explanation {
        because,
        remainder: is_open.then(|| remainder(view, answer, line, &open)),
        settled_by: is_open.then(|| joined("; ", open.iter().filter_map(|note| note.settler.clone()))).flatten(),
        due: line
            .filter(|_| matches!(answer.verdict, Verdict::Bound | Verdict::Open))
            .map(|line| due(view, answer, line)),
        left_to_judgement: line.map_or(Vec::new(), |line| judgement(line)),
        gates,
        sides,
    }
}

/// *bound to assist Pakistan if …*
fn remainder(view: &View<'_>, answer: &Answer, line: Option<Line<'_>>, open: &[&Note]) -> String {
    let what = line.map_or_else(|| answer.duty.to_owned(), |line| sentences::obligation(view, answer, line.duty));
    match joined(" and ", open.iter().filter_map(|note| note.wanted.clone())) {
        Some(wanted) => format!("bound to {what} if {wanted}"),
        None => format!("bound to {what} if what is open proves so"),
    }
}

/// Each of them once, the last after `before_last`, those before it after commas or the same sign.
fn joined(before_last: &str, parts: impl Iterator<Item = String>) -> Option<String> {
    let mut once: Vec<String> = Vec::new();
    for part in parts {
        if !once.contains(&part) {
            once.push(part);
        }
    }
    let last = once.pop()?;
    Some(if once.is_empty() {
        last
    } else {
        format!("{}{before_last}{last}", once.join(if before_last == "; " { "; " } else { ", " }))
    })
}

/// When it falls due; a duty without a time says so.
fn due(view: &View<'_>, answer: &Answer, line: Line<'_>) -> String {
    let calendar = view.scene.entry.calendar;
    for timing in &line.duty.timing {
        match timing {
            Timing::AtOnce => return "at once".to_owned(),
            Timing::NoLaterThan(when) => return format!("no later than {when}"),
            Timing::Within(duration) => {
                let from = answer.arises.map(|arises| calendar.start(arises));
                let by = from.map(|from| calendar.add(from, *duration));
                return match by {
                    Some(by) => match (calendar.moment(by.earliest), calendar.moment(by.latest)) {
                        // A day is written as a day, wherever within it the time runs out.
                        (earliest, latest) if earliest == latest => format!("within {duration}: by {latest}"),
                        (earliest, latest) => format!(
                            "within {duration}: by {earliest} at the earliest, {latest} at the latest, as the hour of receipt decides"
                        ),
                    },
                    None => format!("within {duration} of arising"),
                };
            }
            Timing::For(_)
            | Timing::UntilDate(_)
            | Timing::UntilEvent(_)
            | Timing::Before(_)
            | Timing::After(_)
            | Timing::AfterEvent(_)
            | Timing::While(_) => {}
        }
    }
    "no time stated".to_owned()
}

/// What is left to the bearer even where it is bound.
fn judgement(line: Line<'_>) -> Vec<String> {
    let mut left = Vec::new();
    match &line.duty.means {
        Some(Means::AsDeemedNecessary) => left.push("which means it deems necessary".to_owned()),
        Some(Means::LaterAgreed) => left.push("means that are still to be agreed".to_owned()),
        Some(Means::All | Means::ArmedForce | Means::ShortOfForce | Means::Counted(..)) | None => {}
    }
    if let Some(process) = &line.duty.subject_to {
        left.push(format!("its own {process}"));
    }
    if line.duty.action.verb == ActionVerb::Act {
        left.push("what to do: the clause says only that it must act".to_owned());
    }
    left
}

fn derivation(
    ready: &Ready<'_>,
    line: Line<'_>,
    answer: &Answer,
    explanation: &Explanation,
    elements: &[(String, Option<Span>, Truth)],
    view: &View<'_>,
) -> Vec<Step> {
    let charter = &ready.scene.entry.charter;
    let title =
        format!("{} of {}", answer.provision.as_ref().map_or(String::new(), ToString::to_string), charter.title);
    let mut steps = vec![Step { level: 0, text: sentences::headline(view, answer, line.duty), span: None }];
    let mut step = |level: u8, text: String, span: Option<Span>| steps.push(Step { level, text, span });
    step(1, format!("{title}: {} {}", line.duty.bearer, clause_text(line)), Some(line.duty.span));
    for (text, span, truth) in elements {
        let value = match truth {
            Truth::Yes => "holds",
            Truth::Open => "open",
            Truth::No => "fails",
        };
        step(2, format!("{value}: {text}"), *span);
    }
    if let Some(event) = view.cast.event.and_then(|event| view.event(event)) {
        // A fact may come from a question that stands in no file: its place is the asker's to tell.
        step(2, sentences::fact(view, event), None);
    }
    for evidence in ready.known {
        step(2, sentences::evidence(evidence), None);
    }
    if let Some((_, article)) = ready.article {
        for source in &article.sources {
            step(2, format!("read in {}", source.text), Some(source.span));
        }
        if article.unchecked {
            step(2, "nobody has checked this article against its source".to_owned(), Some(article.span));
        }
    }
    for side in &explanation.sides {
        step(1, sentences::side(side), None);
    }
    if let Some(remainder) = &explanation.remainder {
        step(1, remainder.clone(), None);
    }
    steps
}

fn clause_text(line: Line<'_>) -> String {
    format!("{} {}", line.duty.modality, Obligation(line.duty))
}

/// The sentence behind an answer, where there is one.
#[must_use]
pub fn sentence_of<'c>(charter: &'c charter::model::Charter, answer: &Answer) -> Option<&'c charter::model::DutyLine> {
    sentence(charter, answer.origin)
}
