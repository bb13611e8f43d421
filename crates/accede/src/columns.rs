//! Rows and columns, for people and for spreadsheets. Read [`aligned`] and [`csv`].

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

/// Rows under a head, in columns as wide as they have to be; all but the first stand to the right.
pub(crate) fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            let space = " ".repeat(width.saturating_sub(cell.width()));
            if column == 0 { format!("{cell}{space}") } else { format!("{space}{cell}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// A share in thousandths, as a per cent with one place; `-`: a share of nothing.
pub(crate) fn percent(per_mille: Option<u32>) -> String {
    per_mille.map_or_else(|| "-".to_owned(), |share| format!("{}.{} %", share / 10, share % 10))
}

/// Rows as RFC 4180 has them.
pub(crate) fn csv(rows: &[Vec<String>]) -> String {
    let line = |row: &Vec<String>| row.iter().map(|cell| csv_cell(cell)).collect::<Vec<_>>().join(",") + "\n";
    rows.iter().map(line).collect()
}

/// A cell: one with a comma, a quotation mark or a line end stands in marks.
pub(crate) fn csv_cell(text: &str) -> Cow<'_, str> {
    if text.contains(['"', ',', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{aligned, csv};

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn numbers_stand_to_the_right_under_their_head() {
        assert_eq!(aligned(&rows(&[&["", "kept"], &["all", "9"]])), ["     kept", "all     9"]);
    }

    #[test]
    fn what_would_end_a_cell_is_put_in_marks() {
        assert_eq!(csv(&rows(&[&["a", "b,c"], &["say \"no\"", ""]])), "a,\"b,c\"\n\"say \"\"no\"\"\",\n");
    }
}
