//! Rows of a table by the names of its columns. Read [`Rows`].

/// What is wrong with a table, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The line, counted from one; nought: the whole file.
    pub line: u64,
    /// What is wrong.
    pub what: String,
}

/// A table with named columns.
#[derive(Debug)]
pub struct Rows {
    columns: Vec<String>,
    rows: Vec<(u64, csv::StringRecord)>,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    table: &'t Rows,
    line: u64,
    record: &'t csv::StringRecord,
}

impl Rows {
    /// Reads a table, which must have these columns.
    ///
    /// # Errors
    ///
    /// A file that is no table, or lacks one of the columns.
    pub fn read(bytes: &[u8], wanted: &[&str]) -> Result<Self, Trouble> {
        let bad = |error: csv::Error| Trouble {
            line: error.position().map_or(0, csv::Position::line),
            what: error.to_string(),
        };
        let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
        let columns: Vec<String> = reader.headers().map_err(bad)?.iter().map(str::to_owned).collect();
        if let Some(missing) = wanted.iter().find(|name| !columns.iter().any(|column| column == *name)) {
            return Err(Trouble { line: 1, what: format!("there is no column `{missing}`") });
        }
        let mut rows = Vec::new();
        for record in reader.into_records() {
            let record = record.map_err(bad)?;
            rows.push((record.position().map_or(0, csv::Position::line), record));
        }
        Ok(Self { columns, rows })
    }

    /// The rows, in order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, record)| Row { table: self, line: *line, record })
    }
}

impl Row<'_> {
    /// The text in a column; empty where the column is not there.
    #[must_use]
    pub fn text(&self, column: &str) -> &str {
        let position = self.table.columns.iter().position(|name| name == column);
        position.and_then(|position| self.record.get(position)).map_or("", str::trim)
    }

    /// The whole number in a column; none where it is empty or `NA`. Numbers that some program wrote
    /// with a fraction of nought (`200.0`) are read as what they are.
    ///
    /// # Errors
    ///
    /// What stands there instead of a number.
    pub fn number(&self, column: &str) -> Result<Option<i64>, Trouble> {
        let text = self.text(column);
        if matches!(text, "" | "NA") {
            return Ok(None);
        }
        let whole = text.split_once('.').map_or(
            text,
            |(whole, rest)| {
                if rest.bytes().all(|byte| byte == b'0') { whole } else { text }
            },
        );
        whole.parse().map(Some).map_err(|_| self.trouble(format!("`{column}` is `{text}`, which is no whole number")))
    }

    /// The number in a column that must have one.
    ///
    /// # Errors
    ///
    /// That there is none, or one too large.
    pub fn must<N: TryFrom<i64>>(&self, column: &str) -> Result<N, Trouble> {
        let number = self.number(column)?.ok_or_else(|| self.trouble(format!("`{column}` is empty")))?;
        N::try_from(number).map_err(|_| self.trouble(format!("`{column}` is {number}, which is out of range")))
    }

    /// Trouble with this row.
    #[must_use]
    pub fn trouble(&self, what: String) -> Trouble {
        Trouble { line: self.line, what }
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn columns_are_found_by_name_wherever_they_stand() {
        let table = Rows::read(b"year,x,ccode\n1866,,255.0\n1867,NA,x\n", &["ccode", "year"]).unwrap();
        let rows: Vec<_> = table.iter().collect();
        assert_eq!(rows[0].must::<u16>("ccode").unwrap(), 255);
        assert_eq!((rows[0].number("x").unwrap(), rows[1].number("x").unwrap()), (None, None));
        let trouble = rows[1].must::<u16>("ccode").unwrap_err();
        assert_eq!((trouble.line, trouble.what.as_str()), (3, "`ccode` is `x`, which is no whole number"));
        assert_eq!(rows[0].must::<u8>("year").unwrap_err().what, "`year` is 1866, which is out of range");
        assert_eq!(rows[0].must::<u8>("x").unwrap_err().what, "`x` is empty");
    }

    #[test]
    fn a_column_that_is_not_there_is_named() {
        let trouble = Rows::read(b"year\n1866\n", &["year", "ccode"]).unwrap_err();
        assert_eq!(trouble.what, "there is no column `ccode`");
        assert!(Rows::read(b"a,b\n1\n", &["a"]).is_err(), "a row too short");
    }
}
