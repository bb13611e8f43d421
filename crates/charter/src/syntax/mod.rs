//! The lossless tree: every byte of a text, grouped as the grammar groups it. Read [`parse_tree`]
//! first.
//!
//! The tree is for tools that show or change a text. What a charter means is in [`crate::model`];
//! both come from the one grammar in `parse`.

mod lexer;
mod script;

pub(crate) use lexer::{Token, after_spaces, next_token};
pub(crate) use script::{first_bidirectional_control, mixes_scripts};

use crate::span::Span;

/// A word of a line as it is written; signs and quotations are words too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// What it is.
    pub kind: SyntaxKind,
    /// Where it stands.
    pub span: Span,
    /// Its characters, a quotation's marks among them.
    pub text: &'t str,
}

/// Defines the kinds once, so that a number read back from a tree always finds its kind.
macro_rules! syntax_kinds {
    ($($(#[$doc:meta])* $kind:ident),+ $(,)?) => {
        /// What a token or node of the tree is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum SyntaxKind { $($(#[$doc])* $kind),+ }

        impl SyntaxKind {
            const ALL: &[Self] = &[$(Self::$kind),+];
        }
    };
}

syntax_kinds! {
    /// Spaces, tabs, a byte order mark.
    Whitespace,
    /// The end of a written line.
    Newline,
    /// `# …`
    Comment,
    /// What stands outside the fences of a Markdown file.
    Markdown,
    /// A lower-case word of any script: a keyword or a declared name.
    Word,
    /// `PAK`, `NAT49`, `B2`
    Code,
    /// A word with capitals where none belong, or an underscore.
    OddWord,
    /// `48`
    Number,
    /// `2025-09-17`, `2003-02-10T10:00+01:00`
    Date,
    /// `16bis`, `17.9.2025`: begins with a digit, and is neither number nor date.
    Label,
    /// `UTC+01:00`
    Zone,
    /// `"…"`
    Text,
    /// A quotation that its line does not close.
    UnclosedText,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `(`
    OpenParenthesis,
    /// `)`
    CloseParenthesis,
    /// A sign that no sentence uses.
    Symbol,
    /// Nothing more on this line; never in a tree.
    LineEnd,
    /// The whole text.
    File,
    /// A prelude and its declarations.
    Prelude,
    /// A charter and all that stands in it.
    Charter,
    /// An article, protocol, annex or resolution.
    Article,
    /// An opening with its conditions and duties.
    Clause,
    /// An exception with its conditions and duties.
    Exception,
    /// A reading.
    Reading,
    /// A reservation or an understanding.
    Reservation,
    /// A track.
    Track,
    /// A red line.
    RedLine,
    /// A scenario.
    Scenario,
    /// A variant of a scenario.
    Variant,
    /// One line, continued after its commas.
    Line,
    /// Words that the grammar did not expect.
    Misfit,
    /// Somebody: `a state other than DEU`.
    Who,
    /// Somebody does something to somebody.
    Statement,
    /// Where it happens.
    Location,
    /// Whose duty it is.
    Bearer,
    /// What is to be done.
    Action,
    /// A whole duty.
    Duty,
    /// `using …`
    Means,
    /// `at once`, `within …`
    Timing,
    /// `article 7 of london-1839`
    ArticleReference,
    /// `PAK`, `COW:AUS`, `"a movement"`
    Actor,
    /// A date or an hour.
    When,
    /// `48 hours`
    Duration,
    /// How well a thing is known.
    Evidence,
    /// How a body decides.
    DecisionRule,
    /// A fact.
    Fact,
    /// What a scenario expects.
    Expectation,
    /// What a question takes for granted.
    Assumption,
}

impl From<SyntaxKind> for rowan::SyntaxKind {
    fn from(kind: SyntaxKind) -> Self {
        Self(kind as u16)
    }
}

/// The charter language, for rowan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CharterLanguage {}

impl rowan::Language for CharterLanguage {
    type Kind = SyntaxKind;

    fn kind_from_raw(raw: rowan::SyntaxKind) -> SyntaxKind {
        SyntaxKind::ALL.get(usize::from(raw.0)).copied().unwrap_or(SyntaxKind::Misfit)
    }

    fn kind_to_raw(kind: SyntaxKind) -> rowan::SyntaxKind {
        kind.into()
    }
}

/// A node of the tree.
pub type SyntaxNode = rowan::SyntaxNode<CharterLanguage>;

/// The tree of a charter text (not Markdown). Its text is the text given, byte for byte, whatever
/// that text is.
#[must_use]
pub fn parse_tree(text: &str) -> SyntaxNode {
    SyntaxNode::new_root(crate::parse::green_tree(text, false))
}

/// The tree of a literate text: what stands outside its fences is kept as one token between them.
#[must_use]
pub fn parse_markdown_tree(text: &str) -> SyntaxNode {
    SyntaxNode::new_root(crate::parse::green_tree(text, true))
}
