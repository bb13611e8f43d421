//! Rows as CSV and as JSON. Read [`Table`] first.

use std::fmt::Write as _;

use charter::model::When;
use law::{Row, Surety, Sweep};

use super::sink::Sink;
use crate::cli::SweepFormat;
use crate::columns::csv_cell;
use crate::failure::Failure;

/// The columns of a sweep's rows.
pub(crate) const SWEPT: [&str; 7] = ["on", "attacker", "victim", "actor", "duty", "answer", "basis"];

/// How rows are written. What becomes Parquet in the end is CSV until then.
pub(crate) struct Table {
    format: SweepFormat,
    kind: &'static str,
    /// Whether a row stands before the next.
    has_row: bool,
    /// Whether an earlier command has written the head.
    is_begun: bool,
}

impl Table {
    pub(crate) fn new(format: SweepFormat, kind: &'static str, is_begun: bool) -> Self {
        Self { format, kind, has_row: is_begun, is_begun }
    }

    /// What stands before the rows.
    pub(crate) fn head(&self) -> String {
        match self.format {
            _ if self.is_begun => String::new(),
            SweepFormat::Csv | SweepFormat::Parquet | SweepFormat::Human => format!("{}\n", SWEPT.join(",")),
            SweepFormat::Json => {
                format!("{{\n  \"schema\": {},\n  \"kind\": \"{}\",\n  \"rows\": [", crate::json::SCHEMA, self.kind)
            }
        }
    }

    /// What stands behind them.
    pub(crate) fn foot(&self) -> String {
        match self.format {
            SweepFormat::Csv | SweepFormat::Parquet | SweepFormat::Human => String::new(),
            SweepFormat::Json => "\n  ]\n}\n".to_owned(),
        }
    }

    /// All rows of one time.
    pub(crate) fn year(&mut self, sweep: &mut Sweep<'_>, on: When, sink: &mut Sink) -> Result<(), Failure> {
        let mut ended = Ok(());
        let said = on.to_string();
        sweep.at(on).each(|sweep, row| {
            if ended.is_ok() {
                ended = sink.row(&self.row(sweep, &said, &row));
                self.has_row = true;
            }
        });
        ended
    }

    fn row(&self, sweep: &Sweep<'_>, on: &str, row: &Row<'_>) -> String {
        let name = |at: usize| sweep.actors().get(at).map_or("", |actor| actor.as_str());
        let bearers: Vec<&str> = row.bearers.iter().map(|at| name(*at)).collect();
        let (attacker, victim) = (name(row.attacker), name(row.victim));
        let duty = row.relation.map_or("conflict", law::Relation::word);
        let answer = match row.verdict {
            Surety::Bound => "bound",
            Surety::Disputed => "disputed",
            Surety::Open => "open",
        };
        let basis: Vec<String> =
            sweep.basis(row).iter().map(|basis| format!("{} {}", basis.charter, basis.provision)).collect();
        match self.format {
            SweepFormat::Csv | SweepFormat::Parquet | SweepFormat::Human => {
                let bearers = bearers.join("+");
                let basis = basis.join("; ");
                let cells = [on, attacker, victim, &bearers, duty, answer, &basis].map(csv_cell);
                format!("{}\n", cells.join(","))
            }
            SweepFormat::Json => {
                let mut text = if self.has_row { ",\n    {".to_owned() } else { "\n    {".to_owned() };
                for (field, value) in
                    [("on", on), ("attacker", attacker), ("victim", victim), ("duty", duty), ("answer", answer)]
                {
                    let _ = write!(text, "\"{field}\": {}, ", serde_json::Value::from(value));
                }
                let lists = (serde_json::Value::from(bearers), serde_json::Value::from(basis));
                let _ = write!(
                    text,
                    "\"actors\": {}, \"together\": {}, \"basis\": {}}}",
                    lists.0, row.is_together, lists.1
                );
                text
            }
        }
    }
}
