//! Expectations held against answers. Read [`CaseReport`] first.

use charter::model::{ArticleRef, Charter, DutyLine, Expectation, ExpectedAnswer, Modality};
use charter::{Actor, Name};
use law::{Answer, Corpus, Holder, Inquiry, Origin, Outcome, Question, Truth, Verdict};

use crate::case::{Case, Expected};
use crate::fit;

/// What became of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseReport {
    /// Every expectation, in the order written.
    pub tried: Vec<Tried>,
}

impl CaseReport {
    /// Whether every expectation holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.tried.iter().all(|tried| tried.instead.is_none())
    }
}

/// One expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// What was expected.
    pub expected: Expected,
    /// What was answered instead; none where it holds.
    pub instead: Option<Instead>,
}

/// Why an expectation does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instead {
    /// The corpus has no such charter.
    NoCharter(Name),
    /// No charter of the corpus, or none in question, has such a body.
    NoBody(Name),
    /// Whose duty it is cannot be told without a trigger: the expectation must name somebody.
    NobodyNamed,
    /// This holder has no answer of the kind at all.
    NoAnswer(Holder),
    /// These answers, each with its gates, and none as expected.
    Answers(Vec<Answer>),
    /// The verdict is right, but no answer gives this reason.
    NotBecause(Name, Vec<Answer>),
    /// The matter's fate: adopted, not adopted, or open.
    Decision(Truth),
    /// There are these many conflicts.
    Conflicts(usize),
}

/// Asks the case's question and tries each of its expectations.
#[must_use]
pub fn run(corpus: &Corpus, case: &Case) -> CaseReport {
    let mut question = case.question.clone();
    question.only = charters_named(corpus, case);
    let inquiry = Inquiry::new(corpus, &question);
    let trial = Trial { corpus, question: &question, inquiry: &inquiry, outcome: inquiry.outcome() };
    let tried = case
        .expected
        .iter()
        .map(|expected| Tried { expected: expected.clone(), instead: trial.instead(&expected.expectation) });
    CaseReport { tried: tried.collect() }
}

/// The charters that the expectations speak of: all of them where one waits for help that any other
/// may ask for. None, which is all that the facts concern, where conflicts are sought.
fn charters_named(corpus: &Corpus, case: &Case) -> Vec<Name> {
    let mut named = Vec::new();
    for expected in &case.expected {
        match &expected.expectation {
            Expectation::Duty { charter, .. } | Expectation::Answer { charter, .. } => named.push(charter.clone()),
            Expectation::Decision { .. } => {}
            Expectation::Conflict { .. } => return Vec::new(),
        }
    }
    named.sort_unstable();
    named.dedup();
    if named.iter().any(|name| corpus.speaks_of_help(name)) {
        return corpus.charters().map(|charter| charter.name.clone()).collect();
    }
    named
}

struct Trial<'a> {
    corpus: &'a Corpus,
    question: &'a Question,
    inquiry: &'a Inquiry<'a>,
    outcome: &'a Outcome,
}

/// The parts of `expect SAU open to PAK under smda article 1 because unpublished`.
struct Wanted<'a> {
    actor: &'a Actor,
    answer: ExpectedAnswer,
    to: Option<&'a Actor>,
    charter: &'a Name,
    article: Option<&'a ArticleRef>,
    because: &'a [Name],
}

impl Trial<'_> {
    fn instead(&self, expectation: &Expectation) -> Option<Instead> {
        match expectation {
            Expectation::Duty { duty, charter, article } => self.instead_of_duty(duty, charter, article.as_ref()),
            Expectation::Answer { actor, answer, to, charter, article, because } => self.instead_of_answer(&Wanted {
                actor,
                answer: *answer,
                to: to.as_ref(),
                charter,
                article: article.as_ref(),
                because,
            }),
            Expectation::Decision { matter, adopted, body } => self.instead_of_decision(matter, *adopted, body),
            Expectation::Conflict { of, between, present } => self.instead_of_conflict(of, between.as_ref(), *present),
        }
    }

    /// Every holder named must have an answer, bound, to a sentence that fits.
    fn instead_of_duty(&self, duty: &DutyLine, name: &Name, article: Option<&ArticleRef>) -> Option<Instead> {
        let Some(charter) = self.corpus.charter(name) else { return Some(Instead::NoCharter(name.clone())) };
        let Some(bearers) = fit::bearers(&duty.bearer, charter, &self.corpus.prelude().groups) else {
            return Some(Instead::NobodyNamed);
        };
        let answers = match duty.modality {
            Modality::Must | Modality::MustNot => &self.outcome.answers,
            Modality::May | Modality::IsAskedTo | Modality::NeedNot => &self.outcome.rights,
        };
        bearers.iter().find_map(|bearer| {
            let under =
                |answer: &&Answer| answer.charter == *name && answer.actor == *bearer && fit::is_under(answer, article);
            let fitting: Vec<&Answer> =
                answers.iter().filter(under).filter(|answer| fit::fits(duty, bearer, answer, charter)).collect();
            if fitting.iter().any(|answer| answer.verdict == Verdict::Bound) {
                return None;
            }
            let shown = if fitting.is_empty() { answers.iter().filter(under).collect() } else { fitting };
            Some(answered(bearer, shown))
        })
    }

    /// Of the answers in question, the best must be the one expected: bound before disputed before
    /// open before not bound.
    fn instead_of_answer(&self, wanted: &Wanted<'_>) -> Option<Instead> {
        let Some(charter) = self.corpus.charter(wanted.charter) else {
            return Some(Instead::NoCharter(wanted.charter.clone()));
        };
        let stranger = self.inquiry.stranger(wanted.charter, wanted.actor, wanted.to);
        let mut answers = self.in_question(charter, wanted);
        if answers.is_empty() {
            answers.extend(stranger.as_ref());
        }
        let Some(best) = answers.iter().map(|answer| answer.verdict).min() else {
            return Some(Instead::NoAnswer(Holder::Actor(wanted.actor.clone())));
        };
        let verdict = match wanted.answer {
            ExpectedAnswer::Bound => Verdict::Bound,
            ExpectedAnswer::NotBound => Verdict::NotBound,
            ExpectedAnswer::Open => Verdict::Open,
            ExpectedAnswer::Disputed => Verdict::Disputed,
        };
        if best != verdict {
            return Some(Instead::Answers(answers.into_iter().cloned().collect()));
        }
        let is_told = |code: &Name| {
            let mut alike = answers.iter().filter(|answer| answer.verdict == verdict);
            alike.any(|answer| answer.reasons().iter().any(|reason| reason.code() == code.as_str()))
        };
        let untold = wanted.because.iter().find(|code| !is_told(code))?;
        Some(Instead::NotBecause(untold.clone(), answers.into_iter().cloned().collect()))
    }

    /// The fighting duties of the provision, or all its duties where it holds none to fight. What a
    /// charter says of the whole kind counts where it is asked about as a whole, or where the
    /// provision itself has nothing to say.
    fn in_question(&self, charter: &Charter, wanted: &Wanted<'_>) -> Vec<&Answer> {
        let only_fighting = fit::holds_fighting_duty(charter, wanted.article);
        let of_actor = |answer: &&Answer| {
            answer.charter == charter.name
                && answer.actor == Holder::Actor(wanted.actor.clone())
                && wanted.to.is_none_or(|to| fit::is_about(charter, answer, to))
        };
        let sentences = self.outcome.answers.iter().filter(of_actor).filter(|answer| answer.origin != Origin::Kind);
        let mut chosen: Vec<&Answer> = sentences
            .filter(|answer| fit::is_under(answer, wanted.article))
            .filter(|answer| !only_fighting || is_fighting(answer))
            .collect();
        let speaks_of_kind = wanted.because.iter().any(|code| fit::is_about_kind(code.as_str()));
        let kinds = self.outcome.answers.iter().filter(of_actor).filter(|answer| answer.origin == Origin::Kind);
        let kinds: Vec<&Answer> = kinds.collect();
        if !kinds.is_empty() && (chosen.is_empty() || (!only_fighting && speaks_of_kind)) {
            chosen = kinds;
        }
        chosen
    }

    fn instead_of_decision(&self, matter: &Name, adopted: bool, body: &Name) -> Option<Instead> {
        let Some(charter) = self.charter_of_body(body) else { return Some(Instead::NoBody(body.clone())) };
        let truth = law::decision(self.corpus, self.question, &charter.name, body, matter);
        if truth == Truth::from_bool(adopted) { None } else { Some(Instead::Decision(truth)) }
    }

    /// The charter that the scenario stands in, if the body is its own; else the first that has it.
    fn charter_of_body(&self, body: &Name) -> Option<&Charter> {
        let has_it = |charter: &&Charter| {
            let of_tracks = charter.tracks.iter().flat_map(|track| &track.bodies);
            charter.bodies.iter().chain(of_tracks).any(|other| other.name == *body)
        };
        let home = self.question.home.as_ref().and_then(|home| self.corpus.charter(home)).filter(has_it);
        home.or_else(|| self.corpus.charters().find(has_it))
    }

    fn instead_of_conflict(
        &self,
        of: &Actor,
        between: Option<&(ArticleRef, ArticleRef)>,
        present: bool,
    ) -> Option<Instead> {
        let count = self.outcome.conflicts.iter().filter(|conflict| {
            let Some((one, other)) = between else { return conflict.of == *of };
            let help = self.outcome.answers.get(conflict.help);
            let hinders = self.outcome.answers.get(conflict.hinders);
            conflict.of == *of
                && ((self.is_of(help, one) && self.is_of(hinders, other))
                    || (self.is_of(help, other) && self.is_of(hinders, one)))
        });
        let count = count.count();
        if (count > 0) == present { None } else { Some(Instead::Conflicts(count)) }
    }

    fn is_of(&self, answer: Option<&Answer>, article: &ArticleRef) -> bool {
        let charter = article.charter.as_ref().or(self.question.home.as_ref());
        answer.is_some_and(|answer| {
            charter.is_none_or(|charter| *charter == answer.charter) && fit::is_under(answer, Some(article))
        })
    }
}

fn is_fighting(answer: &Answer) -> bool {
    answer.family == charter::model::Family::Active
}

fn answered(holder: &Holder, answers: Vec<&Answer>) -> Instead {
    if answers.is_empty() {
        return Instead::NoAnswer(holder.clone());
    }
    Instead::Answers(answers.into_iter().cloned().collect())
}

#[cfg(test)]
pub(crate) mod tests {
    use charter::model::{
        FactLine, Object, Scenario, ScenarioLine, ScenarioLineKind, Selector, Statement, Verb, When, Who,
    };
    use charter::{Actor, Name, Span};

    pub(crate) fn day(text: &str) -> When {
        let mut parts = text.split('-').map(|part| part.parse::<i16>().unwrap());
        let (year, month, day) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        When::Day(jiff::civil::date(year, month as i8, day as i8))
    }

    fn who(code: &str) -> Who {
        Who { selector: Selector::Actor(Actor::code(code)), other_than: Vec::new(), span: Span::NONE }
    }

    pub(crate) fn attack(label: &str, attacker: &str, victim: &str) -> ScenarioLine {
        let statement = Statement {
            subject: who(attacker),
            negated: false,
            verb: Verb::Attacks,
            object: Object::Who(who(victim)),
            place: None,
            provocation: None,
            from_within: false,
            span: Span::NONE,
        };
        let fact = FactLine { label: Some(Name::new(label)), ..FactLine::plain(statement) };
        ScenarioLine { kind: ScenarioLineKind::Fact(fact), span: Span::NONE }
    }

    pub(crate) fn scenario(lines: Vec<ScenarioLine>) -> Scenario {
        Scenario {
            title: Name::new("a case"),
            on: day("2025-10-11"),
            lines,
            variants: Vec::new(),
            charter: None,
            span: Span::NONE,
        }
    }
}
