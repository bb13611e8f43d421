//! A stand-in while explanations are being written.
use crate::{Answer, Gate, Reason, Truth, Verdict};
use charter::Span;
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
impl crate::Inquiry<'_> {
    /// stub
    pub fn explain(&self, _answer: &Answer) -> Explanation {
        Explanation::default()
    }
}
