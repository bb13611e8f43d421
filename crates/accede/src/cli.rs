//! What may be written after `accede`. Read [`Command`] first.
//!
//! The doc comments here are the help texts, and `docs/cli.md` is made of them.

mod data;
mod pages;
mod running;

pub(crate) use data::{
    Backtest, Backtested, Import, Kind, Measure, Measured, Plot, Plotted, Promised, Sweep, SweepFormat, TableFormat,
    Theme,
};
pub(crate) use pages::{List, PageFormat, Show, Sort, Why};
pub(crate) use running::{
    Act, Adopt, Asked, BackUp, Copied, Demo, Found, Init, LetSign, ListOffices, LogIn, MakePerson, NewOffice, Node,
    NodeCommand, Office, OfficeCommand, Record, RecordCommand, Restore, RevokeOffice, Run, Situation, Stand, TakeSeat,
    Verify, Weighty,
};

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

/// Treaties as code, and reasoned answers about who must do what.
///
/// Charters are treaties that a lawyer can read aloud and a machine can run. Facts go in, and for
/// every actor concerned one of four answers comes out: bound, not bound because, open because, or
/// disputed, each with its reasons down to the clause.
#[derive(Debug, Parser)]
#[command(
    name = "accede",
    version,
    max_term_width = 100,
    after_help = "Exit status: 0 done, or everything holds; 1 findings, or an expectation that does not hold; \
                  2 usage, or input that cannot be used; 70 our own fault.\n\n\
                  Example: accede ask \"IND attacks PAK\" --on 2026-03-01"
)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to use colour: `auto` means on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find what is wrong with charters.
    ///
    /// Reads charters, and Markdown with charter fences, and reports errors and warnings, each with a
    /// code that `accede explain` expands. Charters given here may refer to the project's own, and stand
    /// in front of those of the same name; where they bring a prelude, they stand alone.
    Check(Check),
    /// Lay charters out in the one canonical way.
    ///
    /// Only white space changes, and in Markdown only what stands within charter fences. A file with
    /// errors of syntax is left as it is.
    Fmt(Fmt),
    /// Try charters against their scenarios.
    ///
    /// Each scenario and each of its variants is asked, and each of its `expect` lines held against the
    /// answer. Where one does not hold, what was answered instead is shown, with the gates that decided.
    Test(Test),
    /// Ask who must do what, given these facts on this day.
    ///
    /// What is not said did not happen. Answers are sorted by how much they ask for: what is owed, what
    /// is disputed, what is open and what would settle it, and what is not owed and why not. The question
    /// is remembered for `accede why` and `accede why-not`.
    Ask(Ask),
    /// Hold the charters against cases of history with known answers.
    ///
    /// Reads a file of cases: who was bound by which treaty on a date, who was not and why, and what
    /// authorities dispute. What a case needs to be known besides its attackers and victims is taken
    /// from fixtures: charter files of scenarios titled with the ids of cases. Prints a line for each
    /// case and for each miss, with what was expected and how the answer was reached.
    #[command(after_help = "Examples:\n  accede cases history.toml\n  accede cases history.toml --only 1914\n  \
                            accede cases my-cases.toml --corpus my-charters --facts my-facts.charter\n\n\
                            Exit status: 1 where a case that was checked by a text or an account is wrong.")]
    Cases(Cases),
    /// Make charters of the published data sets of alliances.
    ///
    /// Reads the tables of ATOP (Alliance Treaty Obligations and Provisions) and of the Correlates of War
    /// from your own download, and makes a readable charter of each alliance. Every coded promise becomes
    /// a clause; where the data say only that a condition exists, the charter waits for somebody to find
    /// it, and answers are open. Wars and disputes become scenarios; capabilities, contiguity and dyad-years are put in order. Rows that cannot be used are listed, and the rest is imported.
    Import(Import),
    /// Ask about all attackers, all victims and many years at once.
    ///
    /// Every duty (to assist, to join in an attack, to consult, to stay neutral, not to attack, any other
    /// restraint) and every conflict between two duties of one actor, as `accede ask` would tell it,
    /// attack by attack. Memory does not grow with the number of years.
    Sweep(Sweep),
    /// Measure commitments: how alike, who is tied to whom, through whom.
    ///
    /// Of every year, from charters or from the published dyad-years: likeness of the portfolios of two
    /// states (kappa first, since what both lack makes S high), ties, brokers, and the five flags.
    Measure(Measure),
    /// Draw commitments: their growth, a map by decade, a pair, a state.
    ///
    /// One SVG, from charters or from the published dyad-years, light or dark as the reader's page is.
    Plot(Plot),
    /// Reckon published results once more, from the published tables.
    ///
    /// Nine rates of fulfilment: of the alliances that a war gave an occasion to do what was promised, how
    /// many were honoured, by two codings (Berkemeier and Fuhrmann 2018).
    ///
    /// Whether a war was an occasion at all: foretold for each alliance and war from the alliance's charter
    /// and who attacked whom, with the reason, and held against the same coding.
    Backtest(Backtest),
    /// Show a charter as a page.
    ///
    /// Its life, its parties over time, its articles as sentences with what each obliges to on the day
    /// and what would set the others going, parties by duties, its bodies, readings and tracks, and what
    /// is claimed and unchecked about it.
    Show(Show),
    /// List and look up actors: what they are called, when they lived, which they came from.
    ///
    /// Looks an actor up by its code, by a Correlates of War abbreviation or number, or by a name in
    /// English, Turkish, Arabic, Urdu or French. Where letters mean two states, both are told. The table
    /// is for orientation: it binds no charter, and no succession follows from it.
    #[command(after_help = "Examples:\n  accede actors AUS\n  accede actors \"Osmanlı Devleti\" 365 --charters")]
    Actors(Actors),
    /// List charters, by date, party, duty and standing.
    ///
    /// A line for each: from when to when, its name and title, how it stands, how many parties it has
    /// had, what duties it speaks of. Filters combine: a charter is listed if all of them hold.
    List(List),
    /// Say why an actor is bound, in answer to the last question.
    ///
    /// Every duty of the actor that is owed, disputed or open, with the whole way to it: clause, fact,
    /// standing and evidence. `accede ask` remembers the question.
    Why(Why),
    /// Say why an actor is not bound, in answer to the last question.
    ///
    /// Every duty of the actor that is not owed, with all that fails; what is nearest to being owed, with
    /// the fewest failing gates, first. `accede ask` remembers the question.
    WhyNot(Why),
    /// Start a whole framework on this machine, and let its parties act.
    ///
    /// One sovereign node for each party, each with its own keys, its own store and its own sockets, over TLS
    /// on this machine alone. Plays a story line by line and shows what the nodes answer; then says where
    /// each node listens and what to try, until it is stopped. With `--once` it ends with the story.
    Demo(Demo),
    /// Set up, run and look after a party's node.
    Node(Node),
    /// Log in to a node, and show the token of the session.
    LogIn(LogIn),
    /// Say something for a party, through its node.
    ///
    /// The node signs the act with the party's key, hands it to the others, and waits until it is final. What can
    /// be said, and how, stands in docs/acts.md.
    Act(Act),
    /// Let offices sign for a party, and say what none of them signs alone.
    Office(Office),
    /// Show how things stand: who is a party, what was decided, what is owed and what was done.
    ///
    /// From a node that answers, or from a copy of a record, which is checked first.
    Situation(Situation),
    /// Copy a record, and check one against the keys it started from.
    Record(Record),
    /// Explain a code that a message or an answer gave.
    Explain(Explain),
    /// Write the completions for a shell to standard output.
    Completions(Completions),
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set or CLICOLOR is 0.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Human,
    /// For scripts; every field is described in docs/json.md.
    Json,
}

/// Shared by all commands that answer.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Answering {
    /// How to answer.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
}

/// The words after `accede check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files, or folders to look through for *.charter and *.md; without any, the project's charters.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) answering: Answering,
}

/// The words after `accede fmt`.
#[derive(Debug, Args)]
pub(crate) struct Fmt {
    /// Files, folders, or `-` for standard input to standard output.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Change nothing; list the files that would change, and exit with 1 if there are any.
    #[arg(long)]
    pub(crate) check: bool,
}

/// The words after `accede test`.
#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Files or folders; without any, the project's charters.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) answering: Answering,
}

/// The words after `accede ask`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  accede ask \"IND attacks PAK\" --on 2026-03-01\n  \
                  accede ask \"DEU attacks CSK in bohemia\" \"unknown whether FRA assists CSK\" --on 1938-10-01\n  \
                  accede ask \"IND attacks PAK\" --on 2026-03-01 --evidence reported --assume \"smda in force since 2025-09-17\"")]
pub(crate) struct Ask {
    /// What happened, a sentence each: `"RUS attacks EST"`, `"unknown whether FRA assists CSK"`.
    #[arg(required = true, value_name = "FACT")]
    pub(crate) facts: Vec<String>,
    /// The day asked about (2026-03-01), or an instant with its zone (2003-02-10T10:00+01:00).
    #[arg(long, value_name = "DATE")]
    pub(crate) on: String,
    /// How well a clause or fact must be known; each level takes in the one before.
    #[arg(long, value_name = "LEVEL", default_value = "text")]
    pub(crate) evidence: Evidence,
    /// Take something for granted: `"smda in force since 2025-09-17"`.
    #[arg(long, value_name = "SENTENCE")]
    pub(crate) assume: Vec<String>,
    /// Ask only these charters (files or folders) instead of the project's.
    #[arg(long, value_name = "PATH")]
    pub(crate) corpus: Vec<PathBuf>,
    /// Tell only of these actors, by their codes.
    #[arg(long, value_name = "CODE")]
    pub(crate) actor: Vec<String>,
    /// Leave out what was still secret on this day.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_known_on: Option<String>,
    /// Leave out conditions that hold by practice and not by text.
    #[arg(long)]
    pub(crate) text_alone: bool,
    /// Tell every answer, also those under charters that are over or left.
    #[arg(long)]
    pub(crate) all: bool,
    /// Show how each answer was reached, down to clause, fact, standing and evidence.
    #[arg(long)]
    pub(crate) why: bool,
    #[command(flatten)]
    pub(crate) answering: Answering,
}

/// How well a clause or fact must be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Evidence {
    /// The published text.
    Text,
    /// And what a party has said officially about it.
    Official,
    /// And what has been reported.
    Reported,
}

/// The words after `accede cases`.
#[derive(Debug, Args)]
pub(crate) struct Cases {
    /// The file of cases, in TOML; docs/cases.md describes it.
    pub(crate) file: PathBuf,
    /// Ask only these charters (files or folders) instead of the project's.
    #[arg(long, value_name = "PATH")]
    pub(crate) corpus: Vec<PathBuf>,
    /// Take the facts from these fixtures (files or folders) instead of the project's.
    #[arg(long, value_name = "PATH")]
    pub(crate) facts: Vec<PathBuf>,
    /// Only the cases whose id has this in it.
    #[arg(long, value_name = "PART")]
    pub(crate) only: Vec<String>,
    #[command(flatten)]
    pub(crate) answering: Answering,
}

/// The words after `accede actors`.
#[derive(Debug, Args)]
pub(crate) struct Actors {
    /// Codes, abbreviations, numbers or names; without any, all actors are listed.
    #[arg(value_name = "CODE|NAME")]
    pub(crate) actors: Vec<String>,
    /// Name the charters that each is or was a party to.
    #[arg(long)]
    pub(crate) charters: bool,
    #[command(flatten)]
    pub(crate) answering: Answering,
}

/// The words after `accede explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// `undeclared-actor`, `third-condition`, …; without one, all codes are listed.
    pub(crate) code: Option<String>,
}

/// The words after `accede completions`.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// Which shell.
    pub(crate) shell: clap_complete::Shell,
}

/// The argument parser, its help as wide as this.
pub(crate) fn built(width: usize) -> clap::Command {
    Arguments::command().term_width(width)
}

/// The format that the command was asked for.
pub(crate) fn format(command: &Command) -> Format {
    match command {
        Command::Check(check) => check.answering.format,
        Command::Test(test) => test.answering.format,
        Command::Cases(cases) => cases.answering.format,
        Command::Import(import) => import.answering.format,
        Command::Sweep(sweep) => sweep.answering(),
        Command::Measure(measure) => measure.answering(),
        Command::Plot(_) => Format::Human,
        Command::Backtest(backtest) => backtest.answering(),
        Command::Ask(ask) => ask.answering.format,
        Command::Actors(actors) => actors.answering.format,
        Command::Show(show) => show.page.answering(),
        Command::List(list) => list.page.answering(),
        Command::Why(why) | Command::WhyNot(why) => why.answering.format,
        Command::Act(act) => act.answering.format,
        Command::Office(office) => office.answering(),
        Command::Situation(situation) => situation.answering.format,
        Command::Node(node) => node.answering(),
        Command::Record(record) => record.answering(),
        Command::Fmt(_) | Command::Explain(_) | Command::Completions(_) | Command::Demo(_) | Command::LogIn(_) => {
            Format::Human
        }
    }
}
