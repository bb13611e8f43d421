//! What a question must be answered, and where an outcome falls short of it. Read [`Case`].

use charter::model::{Modality, When};
use charter::{Actor, Name};
use law::{Answer, Holder, Outcome, Provision, Question, Reason, Truth, Verdict};

use super::words::{label, name, state};

/// One question about one charter, and all that it must yield there.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it is about.
    pub title: &'static str,
    /// The charter.
    pub charter: &'static str,
    /// The question.
    pub question: Question,
    /// The answers. Whatever else the charter says must be *not bound*.
    pub expected: Vec<Expected>,
    /// What its bodies have decided.
    pub decided: Vec<Decided>,
    /// Whose duties cannot all be kept; nobody else's may be reported.
    pub torn: Vec<&'static str>,
}

/// What a body has made of a matter.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The body.
    pub body: Name,
    /// The matter.
    pub matter: Name,
    /// Adopted, not adopted, or open.
    pub truth: Truth,
}

/// One answer.
#[derive(Clone, Debug)]
pub struct Expected {
    /// Whose.
    pub holder: Holder,
    /// `must` unless said otherwise.
    pub modality: Modality,
    /// The duty's word.
    pub duty: &'static str,
    /// Towards whom.
    pub to: Option<Actor>,
    /// Against whom, where the question has several adversaries.
    pub against: Option<Actor>,
    /// Where in the charter.
    pub under: Under,
    /// Bound, not bound, open, disputed.
    pub verdict: Verdict,
    /// The reason that leads, then others that must be told too.
    pub because: Vec<Reason>,
    /// The day on which it arose, where the question has several days.
    pub arises: Option<When>,
}

/// Where in a charter an answer is found.
#[derive(Clone, Copy, Debug)]
pub enum Under {
    /// An article.
    Article(&'static str),
    /// A track.
    Track(&'static str),
    /// Nowhere: it says that the charter holds no such duty.
    Nothing,
}

impl Under {
    fn provision(self) -> Option<Provision> {
        match self {
            Self::Article(number) => Some(Provision::Article(label(number))),
            Self::Track(track) => Some(Provision::Track(name(track))),
            Self::Nothing => None,
        }
    }
}

/// A question about a day.
pub(super) fn asked(on: When) -> Question {
    Question::on(on)
}

/// Whose duty it is, what, towards whom, and under which article.
pub(super) fn expect(actor: &str, duty: &'static str, to: &str, article: &'static str) -> Expected {
    Expected {
        holder: Holder::Actor(state(actor)),
        modality: Modality::Must,
        duty,
        to: Some(state(to)),
        against: None,
        under: Under::Article(article),
        verdict: Verdict::Bound,
        because: Vec::new(),
        arises: None,
    }
}

/// The same for several.
pub(super) fn each(actors: &[&str], expect: impl Fn(&str) -> Expected) -> Vec<Expected> {
    actors.iter().map(|actor| expect(actor)).collect()
}

impl Expected {
    /// Not owed, for these reasons; the first leads.
    pub(super) fn not(self, because: &[Reason]) -> Self {
        Self { verdict: Verdict::NotBound, because: because.to_vec(), ..self }
    }

    /// It depends on what is not known.
    pub(super) fn open(self, because: &[Reason]) -> Self {
        Self { verdict: Verdict::Open, because: because.to_vec(), ..self }
    }

    /// It depends on whom one believes; the reasons are those of who says no.
    pub(super) fn disputed(self, because: &[Reason]) -> Self {
        Self { verdict: Verdict::Disputed, because: because.to_vec(), ..self }
    }

    /// Owed since a day.
    pub(super) fn since(self, day: When) -> Self {
        Self { arises: Some(day), ..self }
    }

    fn is_about(&self, charter: &Name, answer: &Answer) -> bool {
        answer.charter == *charter
            && answer.actor == self.holder
            && answer.modality == self.modality
            && answer.duty == self.duty
            && answer.to == self.to
            && answer.provision == self.under.provision()
            && (self.against.is_none() || answer.against == self.against)
    }

    fn is_met_by(&self, answer: &Answer) -> bool {
        let reasons = answer.reasons();
        answer.verdict == self.verdict
            && self.because.first() == reasons.first()
            && (self.arises.is_none() || answer.arises == self.arises)
            && self.because.iter().all(|reason| reasons.contains(reason))
    }
}

impl Case {
    /// A question that must get these answers.
    pub(super) fn new(title: &'static str, charter: &'static str, question: Question, expected: Vec<Expected>) -> Self {
        Self { title, charter, question, expected, decided: Vec::new(), torn: Vec::new() }
    }

    /// What a body must have made of a matter.
    pub(super) fn decided(mut self, body: &str, matter: &str, is_adopted: bool) -> Self {
        let truth = Truth::from_bool(is_adopted);
        self.decided.push(Decided { body: name(body), matter: name(matter), truth });
        self
    }

    /// Everything in which an outcome is not what it must be.
    #[must_use]
    pub fn faults(&self, outcome: &Outcome) -> Vec<String> {
        let charter = name(self.charter);
        let answers: Vec<&Answer> = outcome.answers.iter().chain(&outcome.rights).collect();
        let told = |what: &str| format!("{} ({}): {what}", self.title, self.charter);
        let mut faults = Vec::new();
        for expected in &self.expected {
            let about: Vec<&&Answer> = answers.iter().filter(|answer| expected.is_about(&charter, answer)).collect();
            match about.as_slice() {
                [answer] if expected.is_met_by(answer) => {}
                [answer] => faults.push(told(&format!(
                    "expected {expected:?}, but {:?} because {:?}, since {:?}",
                    answer.verdict,
                    answer.reasons(),
                    answer.arises
                ))),
                several => faults.push(told(&format!("expected {expected:?}, but {} answers", several.len()))),
            }
        }
        for answer in answers.iter().filter(|answer| answer.charter == charter) {
            let is_expected = self.expected.iter().any(|expected| expected.is_about(&charter, answer));
            if answer.verdict != Verdict::NotBound && !is_expected {
                faults.push(told(&format!("nobody expected {answer:?}")));
            }
        }
        let torn: Vec<&str> = outcome.conflicts.iter().map(|conflict| conflict.of.as_str()).collect();
        if torn != self.torn {
            faults.push(told(&format!("torn should be {:?}, but are {torn:?}", self.torn)));
        }
        faults
    }
}
