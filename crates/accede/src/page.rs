//! Lines of words, wrapped and coloured. Read [`Page`] first.
//!
//! Colour is put on word by word after wrapping, so that a width is a width with and without it.

use unicode_width::UnicodeWidthStr;

use crate::terminal::Terminal;

/// What a piece of text is, and so how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Running text.
    Plain,
    /// A heading or a name.
    Strong,
    /// What may be skipped.
    Faint,
    /// Owed, or all well.
    Owed,
    /// Disputed, or failed.
    Alarm,
    /// Open.
    Doubt,
}

impl Ink {
    fn sequence(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "\u{1b}[1m",
            Self::Faint => "\u{1b}[2m",
            Self::Owed => "\u{1b}[1;32m",
            Self::Alarm => "\u{1b}[1;31m",
            Self::Doubt => "\u{1b}[1;33m",
        }
    }
}

/// A text as it grows, line by line.
#[derive(Debug)]
pub(crate) struct Page {
    terminal: Terminal,
    text: String,
}

/// Some characters of one look; several make a word where no space stands between them.
type Run = (Ink, String);

impl Page {
    pub(crate) fn new(terminal: &Terminal) -> Self {
        Self { terminal: *terminal, text: String::new() }
    }

    /// An empty line, unless the page is empty or one stands there already.
    pub(crate) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A heading.
    pub(crate) fn heading(&mut self, text: &str) {
        self.gap();
        self.line(0, &[(Ink::Strong, text)]);
    }

    /// One thing said; its further lines are indented by two more.
    pub(crate) fn line(&mut self, indent: usize, pieces: &[(Ink, &str)]) {
        self.wrapped(indent, indent + 2, 0, pieces);
    }

    /// Running text; all its lines begin at one column.
    pub(crate) fn paragraph(&mut self, indent: usize, pieces: &[(Ink, &str)]) {
        self.wrapped(indent, indent, 0, pieces);
    }

    /// A row of a table: a label, and text that begins at a column of its own.
    pub(crate) fn row(&mut self, indent: usize, label: &str, column: usize, text: &str) {
        let mut ink = Ink::Plain;
        let label = printable(label);
        self.space(indent);
        self.dip(&mut ink, Ink::Strong);
        self.text.push_str(&label);
        self.dip(&mut ink, Ink::Plain);
        let mut used = indent + label.width();
        used += self.space(column.saturating_sub(used).max(2));
        self.wrapped(column, column, used, &[(Ink::Plain, text)]);
    }

    /// Words, wrapped: the first line from `first` on, unless something stands there already.
    fn wrapped(&mut self, first: usize, rest: usize, already: usize, pieces: &[(Ink, &str)]) {
        let mut column = 0;
        let mut ink = Ink::Plain;
        for word in &words(pieces) {
            let width: usize = word.iter().map(|(_, text)| text.width()).sum();
            if column == 0 {
                column = if already > 0 { already } else { self.space(first) };
            } else if column + 1 + width > self.terminal.width {
                self.dip(&mut ink, Ink::Plain);
                self.text.push('\n');
                column = self.space(rest);
            } else {
                // A space between two words takes no colour unless both have it.
                let next = word.first().map_or(Ink::Plain, |(ink, _)| *ink);
                if next != ink {
                    self.dip(&mut ink, Ink::Plain);
                }
                column += self.space(1);
            }
            for (next, text) in word {
                self.dip(&mut ink, *next);
                self.text.push_str(text);
            }
            column += width;
        }
        self.dip(&mut ink, Ink::Plain);
        self.text.push('\n');
    }

    /// Lines kept as they are, each indented.
    pub(crate) fn verbatim(&mut self, indent: usize, text: &str) {
        for line in text.lines() {
            if !line.trim().is_empty() {
                self.space(indent);
            }
            self.text.push_str(&printable(line.trim_end()));
            self.text.push('\n');
        }
    }

    /// A line kept as it is, in one look.
    pub(crate) fn kept(&mut self, indent: usize, look: Ink, text: &str) {
        let mut ink = Ink::Plain;
        self.space(indent);
        self.dip(&mut ink, look);
        self.text.push_str(&printable(text));
        self.dip(&mut ink, Ink::Plain);
        self.text.push('\n');
    }

    /// The whole text, without empty lines at its end.
    pub(crate) fn finish(mut self) -> String {
        while self.text.ends_with("\n\n") {
            self.text.pop();
        }
        self.text
    }

    fn space(&mut self, count: usize) -> usize {
        self.text.extend(std::iter::repeat_n(' ', count));
        count
    }

    /// Changes the colour of what follows.
    fn dip(&mut self, ink: &mut Ink, next: Ink) {
        if *ink == next || !self.terminal.is_coloured {
            return;
        }
        if *ink != Ink::Plain {
            self.text.push_str("\u{1b}[0m");
        }
        self.text.push_str(next.sequence());
        *ink = next;
    }
}

fn words(pieces: &[(Ink, &str)]) -> Vec<Vec<Run>> {
    let mut words: Vec<Vec<Run>> = Vec::new();
    let mut word: Vec<Run> = Vec::new();
    for (ink, text) in pieces {
        for (position, run) in text.split(char::is_whitespace).enumerate() {
            if position > 0 && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if !run.is_empty() {
                word.push((*ink, printable(run)));
            }
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// Without control characters: a name in a charter must not be able to drive the terminal.
pub(crate) fn printable(text: &str) -> String {
    let shown = |character: char| if character.is_control() && character != '\t' { '\u{fffd}' } else { character };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(width: usize, is_coloured: bool) -> Page {
        Page::new(&Terminal { width, is_coloured })
    }

    #[test]
    fn words_wrap_under_their_indent_and_are_never_split() {
        let mut page = page(20, false);
        page.line(
            2,
            &[(Ink::Plain, "one two three "), (Ink::Strong, "four"), (Ink::Plain, ", five-six-seven-eight-nine")],
        );
        assert_eq!(page.finish(), "  one two three\n    four,\n    five-six-seven-eight-nine\n");
    }

    #[test]
    fn colour_takes_no_room() {
        let mut plain = page(12, false);
        let mut coloured = page(12, true);
        for page in [&mut plain, &mut coloured] {
            page.line(0, &[(Ink::Owed, "bound to fight"), (Ink::Plain, " now")]);
        }
        let stripped = coloured.finish().replace("\u{1b}[1;32m", "").replace("\u{1b}[0m", "");
        assert_eq!(stripped, plain.finish());
    }

    #[test]
    fn a_name_cannot_drive_the_terminal() {
        let mut page = page(80, false);
        page.line(0, &[(Ink::Plain, "a\u{1b}[2Jb")]);
        assert_eq!(page.finish(), "a\u{fffd}[2Jb\n");
    }
}
