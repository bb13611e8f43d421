//! What may be written after `accede import` and `sweep`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Answering, Evidence, Format};

/// The words after `accede import`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  accede import atop/member.csv atop/alliance.csv cow/states.csv cow/majors.csv --out two-centuries\n  \
                        accede check two-centuries\n  accede sweep --years 1816-2016 --corpus two-centuries\n\n\
                        Exit status: 1 where a row was left out."
)]
pub(crate) struct Import {
    /// Tables, or folders of them: ATOP's members, alliances and phases, the Correlates of War's states, majors,
    /// wars, disputes, capabilities and contiguity. What each is, its header says. They are CSV, or, where accede
    /// was built with `--features parquet`, Parquet.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The folder for the charters: a new or an empty one.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
    /// Replace what an earlier import made there.
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) answering: Answering,
}

/// What one does to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// `attacks`
    Attack,
    /// `threatens`
    Threat,
    /// `clashes with`
    Clash,
    /// `commits aggression against`
    Aggression,
    /// `blockades`
    Blockade,
    /// `occupies`
    Occupation,
    /// `declares war on`
    War,
}

/// What to write a table as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// For people.
    Human,
    /// For spreadsheets and statistics: a line for each row.
    Csv,
    /// One JSON object; every field is described in docs/json.md.
    Json,
}

impl TableFormat {
    /// Whether it answers a script.
    fn answering(self) -> Format {
        match self {
            Self::Json => Format::Json,
            Self::Human | Self::Csv => Format::Human,
        }
    }
}

/// What to write a sweep as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SweepFormat {
    /// For people.
    Human,
    /// For spreadsheets and statistics: a line for each row, or, with --count, for each year.
    Csv,
    /// One JSON object; every field is described in docs/json.md.
    Json,
    /// The rows of csv in one Parquet file, for R, Python and DuckDB. It needs --out, does not go with --count, and
    /// is there where accede was built with `--features parquet`.
    Parquet,
}

/// The words after `accede sweep`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:\n  accede sweep --years 1900-1914\n  \
                        accede sweep --years 1914 --victims BEL --format csv\n  \
                        accede sweep --years 1816-2016 --corpus two-centuries --format csv --out duties.csv\n  \
                        accede sweep --years 1816-2016 --corpus two-centuries --format parquet --out duties.parquet\n  \
                        accede sweep --why 1914,DEU,BEL,GBR\n\n\
                        A row says: in this year, if this attacker attacked this victim, this actor would be bound to this, or it \
                        would be open, or disputed. A year is asked about as a whole: what holds only in a part of it is open. \
                        With --day, one day of each year is asked about.")]
pub(crate) struct Sweep {
    /// The years: 1914, or 1816-2016.
    #[arg(long, value_name = "YEARS", required_unless_present = "why")]
    pub(crate) years: Option<String>,
    /// One day of each year (08-01) instead of the year as a whole.
    #[arg(long, value_name = "MM-DD")]
    pub(crate) day: Option<String>,
    /// Only attacks by these, by their codes.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) attackers: Vec<String>,
    /// Only attacks on these.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) victims: Vec<String>,
    /// What the one does to the other.
    #[arg(long, value_name = "KIND", default_value = "attack")]
    pub(crate) kind: Kind,
    /// How well a clause must be known.
    #[arg(long, value_name = "LEVEL", default_value = "text")]
    pub(crate) evidence: Evidence,
    /// Sweep only these charters (files or folders) instead of the project's.
    #[arg(long, value_name = "PATH")]
    pub(crate) corpus: Vec<PathBuf>,
    /// Count, and do not list.
    #[arg(long)]
    pub(crate) count: bool,
    /// Write to this file: it appears when it is whole. What was written when the command was cut short is
    /// kept beside it, for --resume.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Go on where an earlier command with the same words was cut short.
    #[arg(long, requires = "out")]
    pub(crate) resume: bool,
    /// Say why for one row: year, attacker, victim, and the actor whose duty it is (1914,DEU,BEL,GBR); or a
    /// row as --format csv prints it.
    #[arg(long, value_name = "ROW", conflicts_with_all = ["count", "out"])]
    pub(crate) why: Option<String>,
    /// How to answer.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: SweepFormat,
}

impl Sweep {
    /// Whether it answers a script.
    pub(crate) fn answering(&self) -> Format {
        match self.format {
            SweepFormat::Json => Format::Json,
            SweepFormat::Human | SweepFormat::Csv | SweepFormat::Parquet => Format::Human,
        }
    }
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Measured {
    /// How alike the commitments of two states are: kappa, pi, tau-b and S.
    Similarity,
    /// Of each state: with how many it has a tie, by kind, and how many pairs it alone can bring together.
    Ties,
    /// Pairs without a tie that share allies: how many, and, where it is one alone, the broker.
    Brokers,
    /// Who has promised whom what: the five flags of each ordered pair.
    Flags,
}

/// Whose promises, of which years: charters, or a published table.
#[derive(Debug, Args)]
pub(crate) struct Promised {
    /// The years: 1914, or 1816-2016.
    #[arg(long, value_name = "YEARS")]
    pub(crate) years: String,
    /// Look at these charters (files or folders) instead of the project's.
    #[arg(long, value_name = "PATH")]
    pub(crate) corpus: Vec<PathBuf>,
    /// Look at ATOP's published dyad-years (a table of years or of spells) instead of charters.
    #[arg(long, value_name = "FILE", conflicts_with = "corpus", requires = "states")]
    pub(crate) dyads: Option<PathBuf>,
    /// The states of the Correlates of War: whose portfolios there are in a year. Without it, of charters, those
    /// that have a tie.
    #[arg(long, value_name = "FILE")]
    pub(crate) states: Option<PathBuf>,
}

/// The words after `accede measure`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  accede measure similarity --years 1880-1914 --pair AUH,DEU\n  \
                        accede measure ties --years 1914 --corpus two-centuries\n  \
                        accede measure flags --years 1816-2016 --corpus two-centuries --format csv\n  \
                        accede measure similarity --years 1890 --pair 300,255 --dyads spells.csv --states states.csv\n  \
                        accede measure ties --years 1914 --corpus two-centuries --capabilities two-centuries/capabilities.csv\n\n\
                        Formulas and sources: docs/measures.md.")]
pub(crate) struct Measure {
    /// What to measure.
    pub(crate) what: Measured,
    /// Only this pair of states, by their codes; of --dyads, by their numbers.
    #[arg(long, value_name = "ONE,OTHER", value_delimiter = ',', num_args = 1)]
    pub(crate) pair: Vec<String>,
    /// Where the promises come from.
    #[command(flatten)]
    pub(crate) source: Promised,
    /// The Correlates of War's national material capabilities: adds how strong a state and its allies are, and a
    /// likeness that weighs states by their strength.
    #[arg(long, value_name = "FILE")]
    pub(crate) capabilities: Option<PathBuf>,
    /// The Correlates of War's direct contiguity: adds how close two states lie, and how many neighbours a state
    /// has.
    #[arg(long, value_name = "FILE")]
    pub(crate) contiguity: Option<PathBuf>,
    /// How to answer.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: TableFormat,
}

impl Measure {
    /// Whether it answers a script.
    pub(crate) fn answering(&self) -> Format {
        self.format.answering()
    }
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Plotted {
    /// How many pairs are tied in each year, by kind of promise.
    Growth,
    /// Who is tied to whom, a frame for each decade. Every state keeps its place on a ring, region by region.
    Map,
    /// How alike the commitments of two states were, year by year.
    Similarity,
    /// What one state owed to whom, a row for each other.
    Duties,
}

/// For which page a picture is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Theme {
    /// As the reader has it.
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// The words after `accede plot`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  accede plot growth --years 1816-2016 --out growth.svg\n  \
                        accede plot similarity --years 1870-1914 --pair AUH,DEU --out pair.svg\n  \
                        accede plot duties --years 1870-1945 --state ITA --out italy.svg\n  \
                        accede plot map --years 1870-1940 --corpus two-centuries --out map.svg\n\n\
                        A gallery: docs/gallery.md.")]
pub(crate) struct Plot {
    /// What to draw.
    pub(crate) what: Plotted,
    /// Of similarity: the two states, by their codes; of --dyads, by their numbers.
    #[arg(long, value_name = "ONE,OTHER", value_delimiter = ',', num_args = 1)]
    pub(crate) pair: Vec<String>,
    /// Of duties: the state.
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<String>,
    /// Where the promises come from.
    #[command(flatten)]
    pub(crate) source: Promised,
    /// The file to write; it appears whole or not at all.
    #[arg(long, value_name = "FILE.svg")]
    pub(crate) out: PathBuf,
    /// Write over a file that is there.
    #[arg(long)]
    pub(crate) force: bool,
    /// For which page to draw.
    #[arg(long, value_name = "THEME", default_value = "auto")]
    pub(crate) theme: Theme,
}

/// What is reckoned once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Backtested {
    /// How often alliances were honoured in wars that were an occasion.
    Fulfilment,
    /// Whether a war was an occasion at all, foretold from the alliance's charter.
    Occasion,
}

/// The words after `accede backtest`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  accede backtest fulfilment berkemeier_fuhrmann_2018.csv\n  \
                        accede backtest occasion berkemeier_fuhrmann_2018.csv interstate_war_data_1_1.csv \
                        war_inter_participants_v4.csv atop-3/member.csv states.csv\n\n\
                        Which tables, and by which rules: docs/backtest.md.")]
pub(crate) struct Backtest {
    /// What to reckon.
    pub(crate) what: Backtested,
    /// The published tables. What each is, its header says.
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Of occasions: where the project has the treaty itself as a charter, ask that one.
    #[arg(long)]
    pub(crate) by_hand: bool,
    /// Of occasions: list every alliance in every war with its reason, not the errors alone.
    #[arg(long)]
    pub(crate) all: bool,
    /// How to answer.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: TableFormat,
}

impl Backtest {
    /// Whether it answers a script.
    pub(crate) fn answering(&self) -> Format {
        self.format.answering()
    }
}
