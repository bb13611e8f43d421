//! A page for the terminal. Read [`terminal()`].

use unicode_width::UnicodeWidthStr;

use super::{Block, Piece, Sheet, Table, Tone};
use crate::page::{Ink, Page, printable};
use crate::terminal::Terminal;

/// Where text and tables begin.
const INDENT: usize = 2;
/// Between two columns.
const GAP: usize = 2;
/// Narrower than this no column is squeezed: its rows are then told one under the other.
const COLUMN_MIN: usize = 24;

/// The page as lines of words.
pub(crate) fn terminal(sheet: &Sheet, terminal: &Terminal) -> String {
    let mut page = Page::new(terminal);
    for block in &sheet.blocks {
        match block {
            Block::Heading(_, pieces) => {
                page.gap();
                let pieces: Vec<(Ink, &str)> = pieces.iter().flat_map(heading).collect();
                page.line(0, &pieces);
            }
            Block::Text(pieces) => text(&mut page, pieces),
            Block::List(items) => items.iter().for_each(|item| self::item(&mut page, item)),
            Block::Sentences(sentences) => {
                for (level, sentence) in sentences {
                    page.line(INDENT + 2 * level, &[(Ink::Plain, sentence)]);
                }
            }
            Block::Table(table) => self::table(&mut page, table, terminal.width),
        }
    }
    page.finish()
}

fn heading(piece: &Piece) -> [(Ink, &str); 2] {
    let ink = if piece.tone == Tone::Plain { Ink::Strong } else { ink(piece.tone) };
    [(ink, &piece.text), (Ink::Plain, " ")]
}

fn text(page: &mut Page, pieces: &[Piece]) {
    let pieces: Vec<(Ink, &str)> =
        pieces.iter().flat_map(|piece| [(ink(piece.tone), piece.text.as_str()), (Ink::Plain, " ")]).collect();
    page.line(INDENT, &pieces);
}

/// What is said beside an item stands below it.
fn item(page: &mut Page, pieces: &[Piece]) {
    let (beside, said): (Vec<&Piece>, Vec<&Piece>) = pieces.iter().partition(|piece| piece.tone == Tone::Aside);
    let said: Vec<(Ink, &str)> =
        said.into_iter().flat_map(|piece| [(ink(piece.tone), piece.text.as_str()), (Ink::Plain, " ")]).collect();
    page.line(INDENT, &said);
    for piece in beside {
        page.line(INDENT + 2, &[(Ink::Faint, &piece.text)]);
    }
}

fn ink(tone: Tone) -> Ink {
    match tone {
        Tone::Plain => Ink::Plain,
        Tone::Strong => Ink::Strong,
        Tone::Aside => Ink::Faint,
        Tone::Doubt => Ink::Doubt,
        Tone::Owed => Ink::Owed,
    }
}

/// Columns side by side where they have room, the widest of them wrapped; else turned on its side;
/// else row after row.
fn table(page: &mut Page, table: &Table, width: usize) {
    page.line(INDENT, &[(Ink::Faint, &table.caption)]);
    if let Some(widths) = widths(table, width) {
        side_by_side(page, table, &widths);
        return;
    }
    let turned = turned(table);
    match widths(&turned, width) {
        Some(widths) => side_by_side(page, &turned, &widths),
        None => records(page, table),
    }
}

fn side_by_side(page: &mut Page, table: &Table, widths: &[usize]) {
    row(page, &table.columns, widths, Ink::Faint);
    for cells in &table.rows {
        row(page, cells, widths, Ink::Plain);
    }
}

/// The same with a column for each row.
fn turned(table: &Table) -> Table {
    let of_row = |column: usize| table.rows.iter().map(move |row| row.get(column).cloned().unwrap_or_default());
    let titled = |column: usize, title: &String| std::iter::once(title.clone()).chain(of_row(column)).collect();
    let others = table.columns.iter().enumerate().filter(|(column, _)| *column != table.head);
    Table {
        caption: table.caption.clone(),
        columns: std::iter::once(String::new()).chain(of_row(table.head)).collect(),
        head: 0,
        rows: others.map(|(column, title)| titled(column, title)).collect(),
    }
}

/// How wide each column may be; none where they do not fit beside each other.
fn widths(table: &Table, width: usize) -> Option<Vec<usize>> {
    let natural = |column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(column)).chain(table.columns.get(column));
        cells.map(|cell| printable(cell).width()).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..table.columns.len()).map(natural).collect();
    let between = INDENT + GAP * widths.len().saturating_sub(1);
    let wanted = between + widths.iter().sum::<usize>();
    if wanted > width {
        let widest = widths.iter_mut().max()?;
        *widest = (*widest).checked_sub(wanted - width).filter(|left| *left >= COLUMN_MIN)?;
    }
    Some(widths)
}

fn row(page: &mut Page, cells: &[String], widths: &[usize], ink: Ink) {
    let cells: Vec<Vec<String>> = cells.iter().zip(widths).map(|(cell, width)| wrapped(cell, *width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..height {
        let mut text = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            let said = cell.get(line).map(String::as_str).unwrap_or_default();
            text.push_str(said);
            text.extend(std::iter::repeat_n(' ', (width + GAP).saturating_sub(said.width())));
        }
        page.kept(INDENT, ink, text.trim_end());
    }
}

/// The words in lines of at most this width; a longer word has a line of its own.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in printable(text).split_whitespace() {
        match lines.last_mut().filter(|line| line.width() + 1 + word.width() <= width) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A row after the other, each cell with its column's name.
fn records(page: &mut Page, table: &Table) {
    for cells in &table.rows {
        let head = cells.get(table.head).map(String::as_str).unwrap_or_default();
        page.line(INDENT, &[(Ink::Strong, head)]);
        let others = table.columns.iter().zip(cells).enumerate();
        for (_, (column, cell)) in others.filter(|(place, (_, cell))| *place != table.head && !cell.is_empty()) {
            page.line(INDENT + 2, &[(Ink::Faint, column), (Ink::Faint, ": "), (Ink::Plain, cell)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn drawn(sheet: &Sheet, width: usize) -> String {
        terminal(sheet, &Terminal { width, is_coloured: false })
    }

    #[test]
    fn a_page_is_drawn_block_by_block() {
        let wanted = "<Pact> | of *all* & \"Co\"\n\n1. <script>alert('x')</script> unchecked\n\
            \x20 - no list, `no code`, [no link](x)\n  one | two\n  # no heading\n  when \"```\" <b>\n\
            \x20   each party must act\n  Who | what\n  party    a|b\n  FRA <b>  5 | 6\n  BEL\n";
        assert_eq!(drawn(&sample(), 80), wanted);
    }

    #[test]
    fn a_table_without_room_is_turned_and_then_told_row_by_row() {
        let row = vec!["a word or two that are long".to_owned(), "a few more of them, all short".to_owned()];
        let columns = vec!["one".to_owned(), "other".to_owned()];
        let table = Table { caption: "T".to_owned(), columns, head: 0, rows: vec![row] };
        let sheet = Sheet { blocks: vec![Block::Table(table)], ..Sheet::default() };
        let said = drawn(&sheet, 56);
        assert!(said.ends_with("a few more of them, all\n                               short\n"), "{said}");
        let turned = drawn(&sheet, 44);
        assert!(turned.ends_with("  other  a few more of them, all short\n"), "{turned}");
        let records = drawn(&sheet, 30);
        assert!(records.contains("\n  a word or two that are long\n    other: a few"), "{records}");
    }
}
