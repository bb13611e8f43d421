//! A stand-in while the engine is being written.
use crate::{Answer, Gate, Outcome, Question, Reason, Truth, Verdict};
use charter::model::{Charter, Prelude};
use charter::{Name, Span};
/// stub
#[derive(Debug)]
pub struct Corpus {
    charters: Vec<Charter>,
    prelude: Prelude,
}
impl Corpus {
    /// stub
    pub fn new(prelude: Prelude, charters: Vec<Charter>) -> Self {
        Self { charters, prelude }
    }
    /// stub
    pub fn charters(&self) -> impl Iterator<Item = &Charter> {
        self.charters.iter()
    }
    /// stub
    pub fn charter(&self, name: &Name) -> Option<&Charter> {
        self.charters.iter().find(|charter| charter.name == *name)
    }
    /// stub
    pub fn prelude(&self) -> &Prelude {
        &self.prelude
    }
}
/// stub
#[derive(Debug, Default, Clone)]
pub struct Explanation {
    /// stub
    pub because: Vec<String>,
    /// stub
    pub remainder: Option<String>,
    /// stub
    pub settled_by: Option<String>,
    /// stub
    pub due: Option<String>,
    /// stub
    pub left_to_judgement: Vec<String>,
    /// stub
    pub gates: Vec<(Gate, Truth, Vec<String>)>,
    /// stub
    pub sides: Vec<Side>,
    /// stub
    pub derivation: Vec<Step>,
}
/// stub
#[derive(Debug, Clone)]
pub struct Side {
    /// stub
    pub held_by: Vec<String>,
    /// stub
    pub label: String,
    /// stub
    pub verdict: Verdict,
    /// stub
    pub reasons: Vec<Reason>,
}
/// stub
#[derive(Debug, Clone)]
pub struct Step {
    /// stub
    pub level: u8,
    /// stub
    pub text: String,
    /// stub
    pub span: Option<Span>,
}
/// stub
pub fn answer(_corpus: &Corpus, _question: &Question) -> Outcome {
    Outcome::default()
}
/// stub
pub fn decision(_corpus: &Corpus, _question: &Question, _charter: &Name, _body: &Name, _matter: &Name) -> Truth {
    Truth::No
}
/// stub
pub fn explain(_corpus: &Corpus, _question: &Question, _answer: &Answer) -> Explanation {
    Explanation::default()
}
/// stub
pub fn standing(
    _corpus: &Corpus,
    _question: &Question,
    _charter: &Name,
    _actor: &charter::Actor,
) -> Option<crate::Standing> {
    None
}
