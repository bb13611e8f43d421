//! A stand-in while explanations are being written.
use crate::{Answer, Corpus, Gate, Question, Reason, Truth, Verdict};
use charter::{Name, Span};
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
pub fn explain(_corpus: &Corpus, _question: &Question, _answer: &Answer) -> Explanation {
    Explanation::default()
}
/// stub
pub fn standing(_corpus: &Corpus, _question: &Question, _charter: &Name, _actor: &charter::Actor) -> Option<crate::Standing> {
    None
}
