//! What may be written after `accede demo`, `node`, `act`, `situation` and `record`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Answering, Format};

/// Which node is asked.
#[derive(Clone, Debug, Args)]
pub(crate) struct Asked {
    /// Where the node listens to its people.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:7400", env = "ACCEDE_NODE")]
    pub(crate) node: String,
    /// A token of its API; better given as ACCEDE_TOKEN, where no list of processes shows it.
    #[arg(long, value_name = "TOKEN", env = "ACCEDE_TOKEN", hide_env_values = true)]
    pub(crate) token: Option<String>,
}

/// The words after `accede demo`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  accede demo --once\n  accede demo --port 7400\n  accede demo --scenario my-story.md --once\n\n\
                        Exit status: 1 where the story came out otherwise than it is told."
)]
pub(crate) struct Demo {
    /// Play this story instead of the one that comes with the program.
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Option<PathBuf>,
    /// End with the story, and do not go on running.
    #[arg(long)]
    pub(crate) once: bool,
    /// No story: nodes of these parties, under the charter of the story, and nothing said yet.
    #[arg(long, value_name = "CODES", value_delimiter = ',', conflicts_with = "once")]
    pub(crate) parties: Vec<String>,
    /// Keep the nodes' folders here; else they are removed in the end.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
    /// The port at which the first node listens to its people; the others count up from it. Any that are free,
    /// where it is 0.
    #[arg(long, value_name = "PORT", default_value = "0")]
    pub(crate) port: u16,
}

/// The words after `accede node`.
#[derive(Debug, Args)]
pub(crate) struct Node {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: NodeCommand,
}

/// What can be done about a node.
#[derive(Debug, Subcommand)]
pub(crate) enum NodeCommand {
    /// Make a party's folder, with new keys.
    ///
    /// What the others need to know of them is in its file `party`: send it to whoever writes the founding.
    Init(Init),
    /// Write the founding of a framework: its charters, its parties and their keys.
    ///
    /// Everybody writes it from the same files, and compares the hash that is shown: it stands in every act.
    Found(Found),
    /// Take up a framework: its founding, its charters, and an empty record.
    Adopt(Adopt),
    /// Run a node until it is told to stop.
    Run(Run),
    /// Copy a node's store while it runs.
    Backup(BackUp),
    /// Bring a node back from a backup, with a new key for its seat.
    ///
    /// What a node signed after the backup was made is forgotten, and nobody can tell it. So it signs under its
    /// old key no more; the record gives its party's seat to the new one once the party says so.
    Restore(Restore),
    /// Have the record give this node's party its seat, through another party's node.
    ///
    /// For a node that comes back from a backup under a new key, and for a party that the others have admitted. A node
    /// without a seat is not heard by others, so it cannot say so itself.
    Seat(TakeSeat),
    /// Make one of the node's people, or let one set another password.
    ///
    /// From the machine itself, where nobody has to be there yet to allow it. Shows a token with which that person sets
    /// a password; all that they had open ends.
    Person(MakePerson),
    /// Show where a node stands.
    Status(Stand),
}

/// The words after `accede node person`.
#[derive(Debug, Args)]
pub(crate) struct MakePerson {
    /// The node's folder.
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// The person's name.
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// `observer`, `liaison-officer`, `head-of-delegation` or `administrator`.
    #[arg(long, value_name = "ROLE")]
    pub(crate) role: String,
}

/// The words after `accede log-in`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  export ACCEDE_TOKEN=$(accede log-in --name head)\n  \
                        accede log-in --name head --set-up accede_setup_…\n\n\
                        The password is read from ACCEDE_PASSWORD, or from standard input up to the end of its first line.")]
pub(crate) struct LogIn {
    /// The person's name.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    /// Set this password first, with a token that `accede node init` or somebody who manages people has given.
    #[arg(long, value_name = "TOKEN")]
    pub(crate) set_up: Option<String>,
    /// Where the node listens to its people.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:7400", env = "ACCEDE_NODE")]
    pub(crate) node: String,
}

/// The words after `accede node seat`.
#[derive(Debug, Args)]
pub(crate) struct TakeSeat {
    /// The node's folder, with the party's key in it.
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// Where another party's node listens to its people.
    #[arg(long, value_name = "URL")]
    pub(crate) via: String,
    /// A token of that node's API.
    #[arg(long, value_name = "TOKEN", env = "ACCEDE_TOKEN", hide_env_values = true)]
    pub(crate) token: Option<String>,
}

impl Node {
    /// Whether it is written for scripts.
    pub(crate) fn answering(&self) -> Format {
        match &self.command {
            NodeCommand::Status(stand) => stand.answering.format,
            NodeCommand::Init(_)
            | NodeCommand::Found(_)
            | NodeCommand::Adopt(_)
            | NodeCommand::Run(_)
            | NodeCommand::Backup(_)
            | NodeCommand::Restore(_)
            | NodeCommand::Seat(_)
            | NodeCommand::Person(_) => Format::Human,
        }
    }
}

/// The words after `accede node init`.
#[derive(Debug, Args)]
#[command(after_help = "Example: accede node init pak --party PAK --name mofa.gov.pk")]
pub(crate) struct Init {
    /// Its folder, which is not there yet.
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// Whose node it is: the party's code, as the charters have it.
    #[arg(long, value_name = "CODE")]
    pub(crate) party: String,
    /// What its keys are called; the code with `.example`, unless another is given.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Who may sign for the party. They set a password with the token that is shown.
    #[arg(long, value_name = "NAME", default_value = "head")]
    pub(crate) head: String,
    /// Who looks after the machine, and signs nothing.
    #[arg(long, value_name = "NAME", default_value = "administrator")]
    pub(crate) administrator: String,
    #[command(flatten)]
    pub(crate) at: Serve,
}

/// Where a node listens.
#[derive(Clone, Debug, Args)]
pub(crate) struct Serve {
    /// Where its people reach it.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7400")]
    pub(crate) listen: SocketAddr,
    /// Where other nodes reach it.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7500")]
    pub(crate) peers_listen: SocketAddr,
    /// Where another party's node is: `SAU=host:port`. May be given more than once.
    #[arg(long = "peer", value_name = "CODE=ADDRESS")]
    pub(crate) peers: Vec<String>,
}

/// The words after `accede node found`.
#[derive(Debug, Args)]
#[command(after_help = "Example: accede node found --charter prelude.charter --charter pact.charter \\\n  \
                        --party pak/party --party sau/party --depositary PAK --out founding")]
pub(crate) struct Found {
    /// A charter's text; the prelude too. In the same order for everybody, the main one last.
    #[arg(long = "charter", value_name = "FILE", required = true)]
    pub(crate) charters: Vec<PathBuf>,
    /// A party's file, as `accede node init` made it.
    #[arg(long = "party", value_name = "FILE", required = true)]
    pub(crate) parties: Vec<PathBuf>,
    /// Whose node puts acts in order at first.
    #[arg(long, value_name = "CODE")]
    pub(crate) depositary: String,
    /// Where to write it.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// The words after `accede node adopt`.
#[derive(Debug, Args)]
pub(crate) struct Adopt {
    /// The node's folder.
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// The founding.
    #[arg(long, value_name = "FILE")]
    pub(crate) founding: PathBuf,
    /// A charter's text that it names. Give each.
    #[arg(long = "charter", value_name = "FILE", required = true)]
    pub(crate) charters: Vec<PathBuf>,
    /// Keep the store in this database of PostgreSQL, and not in the folder. Its password is better given as PGPASSWORD,
    /// where no list of processes shows it.
    #[arg(long, value_name = "URL", env = "ACCEDE_STORE", hide_env_values = true)]
    pub(crate) store: Option<String>,
}

/// The words after `accede node run`.
#[derive(Debug, Args)]
pub(crate) struct Run {
    /// The node's folder.
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// Another place to listen at than node.toml says.
    #[arg(long, value_name = "ADDRESS", env = "ACCEDE_LISTEN")]
    pub(crate) listen: Option<SocketAddr>,
    /// Another place for other nodes than node.toml says.
    #[arg(long, value_name = "ADDRESS", env = "ACCEDE_PEERS_LISTEN")]
    pub(crate) peers_listen: Option<SocketAddr>,
    /// Ask nobody who they are: whoever is on this machine may speak for the party.
    #[arg(long)]
    pub(crate) open: bool,
    /// The database of PostgreSQL that the store is in, where node.toml does not say. Its password is better given as
    /// PGPASSWORD, where no list of processes shows it.
    #[arg(long, value_name = "URL", env = "ACCEDE_STORE", hide_env_values = true)]
    pub(crate) store: Option<String>,
    /// How much to log: `error`, `warn`, `info`, `debug`.
    #[arg(long, value_name = "LEVEL", default_value = "info", env = "ACCEDE_LOG")]
    pub(crate) log: String,
}

/// The words after `accede node backup`.
#[derive(Debug, Args)]
pub(crate) struct BackUp {
    /// The node's folder. It may be running.
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// The file to write, which is not there yet.
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,
}

/// The words after `accede node restore`.
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The node's folder. It must not be running.
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// The backup. Where the node's store is a database, bring that back first, and name none.
    #[arg(long, value_name = "FILE")]
    pub(crate) from: Option<PathBuf>,
}

/// The words after `accede node status`.
#[derive(Debug, Args)]
pub(crate) struct Stand {
    #[command(flatten)]
    pub(crate) asked: Asked,
    #[command(flatten)]
    pub(crate) answering: Answering,
}

/// The words after `accede act`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  accede act under framework ratifies\n  \
                        accede act 'under framework votes for \"invite Turkey\" in steering'\n  \
                        accede act --with legal.key --wants under framework ratifies\n  \
                        accede act --list\n\n\
                        Exit status: 1 where the act is void, or is not final in time.")]
pub(crate) struct Act {
    /// What is said, from `under` on.
    #[arg(value_name = "TEXT", required_unless_present = "list")]
    pub(crate) text: Vec<String>,
    /// Show all that can be said, and how.
    #[arg(long)]
    pub(crate) list: bool,
    /// What stands below the line, from this file: of `amends`, the whole charter as it is to be, up to a mebibyte.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["kind", "list"])]
    pub(crate) below: Option<PathBuf>,
    /// An act of keys and seats, or of the rules, of this kind: `office`, `revoke`, `weighty`, `second`, `seat`, `give-up`,
    /// `admit`, `remove`, `rules`.
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Sign it here with an office's key, as `accede office new` made it; the node files it.
    #[arg(long, value_name = "FILE", conflicts_with = "kind")]
    pub(crate) with: Option<PathBuf>,
    /// Say that the office wants it said, and do not say it: for what needs several offices.
    #[arg(long, requires = "with")]
    pub(crate) wants: bool,
    /// Do not wait until it is final.
    #[arg(long)]
    pub(crate) no_wait: bool,
    #[command(flatten)]
    pub(crate) asked: Asked,
    #[command(flatten)]
    pub(crate) answering: Answering,
}

/// The words after `accede situation`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  accede situation\n  accede situation --at 2026-03-01 --charter framework\n  \
                        accede situation --copy my-copy --at 2026-03-01")]
pub(crate) struct Situation {
    /// When: a day or an instant; else now, or the record's time where a copy is read.
    #[arg(long, value_name = "DATE")]
    pub(crate) at: Option<String>,
    /// Of this charter alone.
    #[arg(long, value_name = "NAME")]
    pub(crate) charter: Option<String>,
    /// From a copy of a record (a folder, or a node's own) and not from a node that answers.
    #[arg(long, value_name = "PATH")]
    pub(crate) copy: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) asked: Asked,
    #[command(flatten)]
    pub(crate) answering: Answering,
}

/// The words after `accede record`.
#[derive(Debug, Args)]
pub(crate) struct Record {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: RecordCommand,
}

/// What can be done with a record.
#[derive(Debug, Subcommand)]
pub(crate) enum RecordCommand {
    /// Copy a record into a folder, laid out as C2SP tlog-tiles has it.
    Copy(Copied),
    /// Check a record: every signature that counts, the tree, and what each act comes to.
    ///
    /// Nobody is trusted but the founding. Without one to hold it against, the record's own is used, and its
    /// hash is shown: compare it with yours.
    Verify(Verify),
}

impl Record {
    /// Whether it is written for scripts.
    pub(crate) fn answering(&self) -> Format {
        match &self.command {
            RecordCommand::Copy(_) => Format::Human,
            RecordCommand::Verify(verify) => verify.answering.format,
        }
    }
}

/// The words after `accede record copy`.
#[derive(Debug, Args)]
pub(crate) struct Copied {
    /// A node that answers, or another copy.
    #[arg(value_name = "PATH|URL")]
    pub(crate) from: String,
    /// The folder to write, which is not there yet, or empty.
    #[arg(value_name = "FOLDER")]
    pub(crate) to: PathBuf,
    /// A token of the node's API.
    #[arg(long, value_name = "TOKEN", env = "ACCEDE_TOKEN", hide_env_values = true)]
    pub(crate) token: Option<String>,
}

/// The words after `accede record verify`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  accede record verify my-copy --founding founding\n  \
                        accede record verify http://127.0.0.1:7400\n\n\
                        Exit status: 1 where it is none, or another framework's.")]
pub(crate) struct Verify {
    /// A copy, a node's folder, or a node that answers.
    #[arg(value_name = "PATH|URL")]
    pub(crate) from: String,
    /// The founding that you hold.
    #[arg(long, value_name = "FILE")]
    pub(crate) founding: Option<PathBuf>,
    /// List every act, and what it comes to.
    #[arg(long)]
    pub(crate) acts: bool,
    /// A token of the node's API.
    #[arg(long, value_name = "TOKEN", env = "ACCEDE_TOKEN", hide_env_values = true)]
    pub(crate) token: Option<String>,
    #[command(flatten)]
    pub(crate) answering: Answering,
}

/// The words after `accede office`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  accede office new legal.key --name legal.mofa.gov.pk\n  \
                        accede office let 'legal.mofa.gov.pk+…' --until 2027-01-01 --for ratify,withdraw\n  \
                        accede office weighty --offices 2 --for ratify,withdraw\n  \
                        accede act --with legal.key --wants under framework ratifies")]
pub(crate) struct Office {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: OfficeCommand,
}

/// What can be done about a party's offices.
#[derive(Debug, Subcommand)]
pub(crate) enum OfficeCommand {
    /// Make an office's key, on the machine of whoever holds that office, and show the half of it that others may know.
    New(NewOffice),
    /// Let an office sign for the party.
    Let(LetSign),
    /// Let an office sign no more.
    ///
    /// What it signed up to the party's last good act counts, and beyond that nothing that was not final already.
    Revoke(RevokeOffice),
    /// Say which acts no office signs alone.
    ///
    /// As many offices have to want the same words: all but one say so with `accede act --with KEY --wants`, and the last
    /// one says the act. The party's own key needs nobody else.
    Weighty(Weighty),
    /// List who may sign for whom.
    List(ListOffices),
}

impl Office {
    /// Whether it is written for scripts.
    pub(crate) fn answering(&self) -> Format {
        match &self.command {
            OfficeCommand::New(_) => Format::Human,
            OfficeCommand::Let(asked) => asked.answering.format,
            OfficeCommand::Revoke(asked) => asked.answering.format,
            OfficeCommand::Weighty(asked) => asked.answering.format,
            OfficeCommand::List(asked) => asked.answering.format,
        }
    }
}

/// The words after `accede office new`.
#[derive(Debug, Args)]
pub(crate) struct NewOffice {
    /// The file to write, which is not there yet.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// What the key is called.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
}

/// The words after `accede office let`.
#[derive(Debug, Args)]
pub(crate) struct LetSign {
    /// The office's key, as `accede office new` showed it.
    #[arg(value_name = "KEY")]
    pub(crate) key: String,
    /// Until when: a day or an instant.
    #[arg(long, value_name = "DATE")]
    pub(crate) until: String,
    /// Which kinds of acts, as `accede act --list --format json` names them; else all.
    #[arg(long = "for", value_name = "KINDS", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    #[command(flatten)]
    pub(crate) asked: Asked,
    #[command(flatten)]
    pub(crate) answering: Answering,
}

/// The words after `accede office revoke`.
#[derive(Debug, Args)]
pub(crate) struct RevokeOffice {
    /// The office's key, or its id.
    #[arg(value_name = "KEY")]
    pub(crate) key: String,
    /// The number of the party's last good act; else its last one in the record.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) after: Option<u64>,
    #[command(flatten)]
    pub(crate) asked: Asked,
    #[command(flatten)]
    pub(crate) answering: Answering,
}

/// The words after `accede office weighty`.
#[derive(Debug, Args)]
pub(crate) struct Weighty {
    /// How many offices have to want such an act, with the one that says it; with 1 each may say it alone.
    #[arg(long, value_name = "COUNT")]
    pub(crate) offices: u64,
    /// Which kinds of acts, as `accede act --list --format json` names them.
    #[arg(long = "for", value_name = "KINDS", value_delimiter = ',', required = true)]
    pub(crate) kinds: Vec<String>,
    #[command(flatten)]
    pub(crate) asked: Asked,
    #[command(flatten)]
    pub(crate) answering: Answering,
}

/// The words after `accede office list`.
#[derive(Debug, Args)]
pub(crate) struct ListOffices {
    #[command(flatten)]
    pub(crate) asked: Asked,
    #[command(flatten)]
    pub(crate) answering: Answering,
}
