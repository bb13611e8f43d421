//! A page before it is drawn: headings, sentences, tables. Read [`Sheet`] first.
//!
//! One content and three drawings, so that what a reader is told does not depend on where he reads
//! it: [`terminal()`], [`markdown()`] and [`html()`]. Nothing here knows what a treaty is, and whatever
//! stands in a piece of text is text: each drawing escapes it for its own kind.

mod html;
mod markdown;
mod terminal;

pub(crate) use html::html;
pub(crate) use markdown::markdown;
pub(crate) use terminal::terminal;

/// A page, in the order in which it is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    /// What a window or a tab is called that shows it.
    pub(crate) title: String,
    /// What stands on it.
    pub(crate) blocks: Vec<Block>,
    /// How and when it was made, below everything.
    pub(crate) foot: String,
}

/// One thing on a page.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    /// A heading: level 1 is the page's own; none is left out on the way down.
    Heading(usize, Vec<Piece>),
    /// Running text.
    Text(Vec<Piece>),
    /// Short things, one under the other.
    List(Vec<Vec<Piece>>),
    /// Sentences of a charter, each with how deep it stands.
    Sentences(Vec<(usize, String)>),
    /// Rows and columns.
    Table(Table),
}

/// Words, and what they are to the reader.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) tone: Tone,
    pub(crate) text: String,
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Running text.
    Plain,
    /// A name or the beginning of something.
    Strong,
    /// What may be skipped.
    Aside,
    /// A caution.
    Doubt,
    /// What is owed.
    Owed,
}

/// Rows and columns, each as wide as the other rows'.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// What it tells, and how to read it.
    pub(crate) caption: String,
    /// What each column holds.
    pub(crate) columns: Vec<String>,
    /// Which column says what its row is about.
    pub(crate) head: usize,
    /// A text for each column.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Piece {
    /// Words of this tone.
    pub(crate) fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }

    /// Running text.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::new(Tone::Plain, text)
    }
}

impl Sheet {
    /// Puts a heading on it.
    pub(crate) fn heading(&mut self, level: usize, text: impl Into<String>) {
        self.blocks.push(Block::Heading(level, vec![Piece::plain(text)]));
    }

    /// Puts running text on it.
    pub(crate) fn text(&mut self, tone: Tone, text: impl Into<String>) {
        self.blocks.push(Block::Text(vec![Piece::new(tone, text)]));
    }

    /// Puts a list on it, unless there is nothing to list.
    pub(crate) fn list(&mut self, items: impl IntoIterator<Item = String>) {
        let items: Vec<Vec<Piece>> = items.into_iter().map(|item| vec![Piece::plain(item)]).collect();
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }
}

/// A page with something of everything, and with what must not be taken for markup.
#[cfg(test)]
fn sample() -> Sheet {
    let mut sheet = Sheet { title: "<Pact> & \"Co\"".to_owned(), blocks: Vec::new(), foot: "made | today".to_owned() };
    sheet.heading(1, "<Pact> | of *all* & \"Co\"");
    sheet.blocks.push(Block::Heading(
        2,
        vec![Piece::plain("1. <script>alert('x')</script>"), Piece::new(Tone::Doubt, "unchecked")],
    ));
    sheet.text(Tone::Aside, "- no list, `no code`, [no link](x)");
    sheet.list(["one | two".to_owned(), "# no heading".to_owned()]);
    sheet
        .blocks
        .push(Block::Sentences(vec![(0, "when \"```\" <b>".to_owned()), (1, "each party must act".to_owned())]));
    sheet.blocks.push(Block::Table(Table {
        caption: "Who | what".to_owned(),
        columns: vec!["party".to_owned(), "a|b".to_owned()],
        head: 0,
        rows: vec![vec!["FRA <b>".to_owned(), "5 | 6".to_owned()], vec!["BEL".to_owned(), String::new()]],
    }));
    sheet
}
