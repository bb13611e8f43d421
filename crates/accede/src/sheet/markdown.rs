//! A page as GitHub's Markdown. Read [`markdown`].

use super::{Block, Piece, Sheet, Table, Tone};
use crate::page::printable;

/// The deepest heading there is.
const HEADING_MAX: usize = 6;

/// The page as Markdown; what stands in its texts is never taken for markup.
pub(crate) fn markdown(sheet: &Sheet) -> String {
    let mut blocks: Vec<String> = sheet.blocks.iter().map(block).collect();
    if !sheet.foot.is_empty() {
        blocks.push(format!("---\n\n_{}_", escaped(&sheet.foot)));
    }
    let mut text = blocks.join("\n\n");
    text.push('\n');
    text
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(level, pieces) => format!("{} {}", "#".repeat((*level).clamp(1, HEADING_MAX)), inline(pieces)),
        Block::Text(pieces) => at_line_start(inline(pieces)),
        Block::List(items) => {
            let items: Vec<String> = items.iter().map(|item| format!("- {}", at_line_start(inline(item)))).collect();
            items.join("\n")
        }
        Block::Sentences(sentences) => fenced(sentences),
        Block::Table(table) => self::table(table),
    }
}

fn inline(pieces: &[Piece]) -> String {
    let pieces: Vec<String> = pieces.iter().filter(|piece| !piece.text.trim().is_empty()).map(piece).collect();
    pieces.join(" ")
}

fn piece(piece: &Piece) -> String {
    let text = escaped(&piece.text);
    match piece.tone {
        Tone::Plain => text,
        Tone::Strong | Tone::Doubt | Tone::Owed => format!("**{text}**"),
        Tone::Aside => format!("_{text}_"),
    }
}

/// With a backslash before whatever Markdown would read as its own, wherever in a line it stands.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for word in printable(text).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for character in word.chars() {
            if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$') {
                out.push('\\');
            }
            out.push(character);
        }
    }
    out
}

/// The same for what is markup only at the beginning of a line: headings, lists, rules.
fn at_line_start(text: String) -> String {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = text.get(digits..).unwrap_or_default();
    if digits > 0 && rest.starts_with(['.', ')']) {
        return format!("{}\\{rest}", text.get(..digits).unwrap_or_default());
    }
    if text.starts_with(['#', '-', '+', '=']) { format!("\\{text}") } else { text }
}

/// Sentences as they stand in a charter. No `charter` fence: this is no charter to be read again.
fn fenced(sentences: &[(usize, String)]) -> String {
    let lines = sentences.iter().map(|(level, text)| format!("{}{}", "  ".repeat(*level), printable(text)));
    let lines: Vec<String> = lines.collect();
    let ticks = lines.iter().map(|line| longest_run(line)).max().unwrap_or(0);
    let fence = "`".repeat((ticks + 1).max(3));
    format!("{fence}text\n{}\n{fence}", lines.join("\n"))
}

fn longest_run(line: &str) -> usize {
    line.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}

fn table(table: &Table) -> String {
    let row = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut lines = vec![format!("_{}_", escaped(&table.caption)), String::new(), row(&table.columns)];
    lines.push(format!("|{}", " --- |".repeat(table.columns.len())));
    lines.extend(table.rows.iter().map(|cells| row(cells)));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn nothing_in_a_text_is_taken_for_markup() {
        let wanted = "# \\<Pact\\> \\| of \\*all\\* \\& \"Co\"\n\n\
            ## 1. \\<script\\>alert('x')\\</script\\> **unchecked**\n\n\
            _- no list, \\`no code\\`, \\[no link\\](x)_\n\n\
            - one \\| two\n- \\# no heading\n\n\
            ````text\nwhen \"```\" <b>\n  each party must act\n````\n\n\
            _Who \\| what_\n\n| party | a\\|b |\n| --- | --- |\n| FRA \\<b\\> | 5 \\| 6 |\n| BEL |  |\n\n\
            ---\n\n_made \\| today_\n";
        assert_eq!(markdown(&sample()), wanted);
    }

    #[test]
    fn a_number_with_a_full_stop_opens_no_list() {
        assert_eq!(at_line_start("1914. August".to_owned()), "1914\\. August");
        assert_eq!(at_line_start("1914-08-03 war".to_owned()), "1914-08-03 war");
    }
}
