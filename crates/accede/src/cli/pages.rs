//! What may be written after `accede show`, `list`, `why` and `why-not`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Answering, Format};

/// What to write a page as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    /// For people, on a terminal.
    Human,
    /// For scripts; every field is described in docs/json.md.
    Json,
    /// For GitHub and whatever else reads its Markdown.
    Markdown,
    /// One page that needs nothing else: for a browser, a telephone, a printer.
    Html,
}

/// Shared by all commands that write pages.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Paging {
    /// What to write the page as.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: PageFormat,
}

impl Paging {
    /// Whether it is written for scripts.
    pub(crate) fn answering(self) -> Format {
        match self.format {
            PageFormat::Json => Format::Json,
            PageFormat::Human | PageFormat::Markdown | PageFormat::Html => Format::Human,
        }
    }
}

/// The words after `accede show`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  accede show north-atlantic\n  accede show dual-alliance --on 1914-08-01\n  \
                  accede show un-charter --format html > un-charter.html")]
pub(crate) struct Show {
    /// A charter's name, one of its other names (NAT49), or a file.
    #[arg(required = true, value_name = "CHARTER")]
    pub(crate) charters: Vec<String>,
    /// The day that is shown; today, unless another is given.
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// Look for the charters at these paths (files or folders) instead of among the project's.
    #[arg(long, value_name = "PATH")]
    pub(crate) corpus: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) page: Paging,
}

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sort {
    /// When it was signed, or else when it entered into force; the oldest first.
    Date,
    /// By name.
    Name,
    /// How many parties it has had; the most first.
    Parties,
}

/// The words after `accede list`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  accede list --party FRA --standing in-force --on 1914-08-01\n  \
                  accede list --duty defend --duty consult --sort parties\n  accede list locarno")]
pub(crate) struct List {
    /// Only charters in whose name, other names or title all of this stands.
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// The day whose standing is told; today, unless another is given.
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// Only charters to which this actor was ever a party: a code, COW:XXX or a name. Several: all of them.
    #[arg(long, value_name = "CODE")]
    pub(crate) party: Vec<String>,
    /// Only charters that make this a duty: `defend`, `consult`, … Several: all of them.
    #[arg(long, value_name = "WORD")]
    pub(crate) duty: Vec<String>,
    /// Only charters of this standing on the day, for those of --party where given: `in-force`, `ended`, `draft`, …
    /// Several: any of them.
    #[arg(long, value_name = "WORD")]
    pub(crate) standing: Vec<String>,
    /// What to sort by.
    #[arg(long, value_name = "ORDER", default_value = "date")]
    pub(crate) sort: Sort,
    /// List only these charters (files or folders) instead of the project's.
    #[arg(long, value_name = "PATH")]
    pub(crate) corpus: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) page: Paging,
}

/// The words after `accede why` and `accede why-not`.
#[derive(Debug, Args)]
#[command(after_help = "The last question stands in `last-question`, in the folder that ACCEDE_STATE names, else in \
                  accede/ under XDG_STATE_HOME or ~/.local/state. With an empty ACCEDE_STATE nothing is remembered.\n\n\
                  Example:\n  accede ask \"IND attacks PAK\" --on 2026-03-01\n  accede why SAU\n  \
                  accede why-not TUR --charter smda")]
pub(crate) struct Why {
    /// Whom it is about: a code (SAU), a Correlates of War abbreviation (COW:SAU), or a name.
    #[arg(required = true, value_name = "ACTOR")]
    pub(crate) actors: Vec<String>,
    /// Only what this charter says.
    #[arg(long, value_name = "NAME")]
    pub(crate) charter: Option<String>,
    #[command(flatten)]
    pub(crate) answering: Answering,
}
