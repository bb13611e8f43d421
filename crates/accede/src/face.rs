//! What another program may call. Read [`Charters`] first.

use std::ffi::OsString;

use clap::Parser;
use law::{Corpus, Inquiry, Question};

use crate::cli::{Arguments, Ask, Color, Command};
use crate::command::{self, Library};
use crate::failure::Failure;
use crate::memory::Memory;
use crate::terminal::Terminal;
use crate::{BAD_INPUT, FINDINGS, ask, cli};

/// How wide the page is that [`ran`] writes.
const PAGE_COLUMNS: usize = 100;

/// Charters, read and looked up, that many questions can be asked of.
#[derive(Debug)]
pub struct Charters {
    library: Library,
    corpus: Corpus,
}

impl Charters {
    /// The project's own.
    #[must_use]
    pub fn of_the_project() -> Self {
        let library = Library::embedded();
        let corpus = library.corpus();
        Self { library, corpus }
    }

    /// What the law is asked of.
    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// The question in the words that stand after `accede ask`.
    ///
    /// # Errors
    ///
    /// What the command would say of words that it does not understand.
    pub fn asking(&self, words: &[&str]) -> Result<Asking<'_>, String> {
        let words = ["accede", "ask"].iter().chain(words);
        let arguments = Arguments::try_parse_from(words).map_err(|error| error.to_string())?;
        let Command::Ask(arguments) = arguments.command else { return Err("that is no question".to_owned()) };
        let told = |failure: Failure| failure.drawn(&Terminal::new(Color::Never, PAGE_COLUMNS));
        let question = ask::read(&arguments, &self.library.loaded).map_err(told)?;
        Ok(Asking { charters: self, arguments, question })
    }
}

/// One question, understood, that can be asked again and again.
#[derive(Debug)]
pub struct Asking<'a> {
    charters: &'a Charters,
    arguments: Ask,
    question: Question,
}

impl Asking<'_> {
    /// What the law is asked.
    #[must_use]
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// Everything, with its reasons, as `accede ask --format json` writes it.
    ///
    /// # Errors
    ///
    /// What the command would say of actors that it does not know.
    pub fn json(&self) -> Result<String, String> {
        let inquiry = Inquiry::new(&self.charters.corpus, &self.question);
        ask::scripted(&self.arguments, &self.charters.library, &self.charters.corpus, &self.question, &inquiry)
            .map_err(|failure| failure.drawn(&Terminal::new(Color::Never, PAGE_COLUMNS)))
    }
}

/// How the command ended, and what it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// The exit status.
    pub status: u8,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub notes: String,
}

/// Runs the command with these words in the process that calls: the same rooms, no terminal, and no
/// question remembered.
pub fn ran<I, W>(words: I) -> Ran
where
    I: IntoIterator<Item = W>,
    W: Into<OsString> + Clone,
{
    let terminal = Terminal::new(Color::Never, PAGE_COLUMNS);
    let words = std::iter::once(OsString::from("accede")).chain(words.into_iter().map(Into::into));
    let arguments = match Arguments::try_parse_from(words) {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => {
            return Ran { status: BAD_INPUT, out: String::new(), notes: error.to_string() };
        }
        Err(error) => return Ran { status: 0, out: error.to_string(), notes: String::new() },
    };
    match command::run(&arguments.command, &terminal, &Memory::none()) {
        Ok(done) => Ran { status: if done.is_clean { 0 } else { FINDINGS }, out: done.out, notes: done.notes },
        Err(failure) => {
            let is_json = cli::format(&arguments.command) == cli::Format::Json;
            let out = if is_json { failure.json() } else { String::new() };
            Ran { status: BAD_INPUT, out, notes: failure.drawn(&terminal) }
        }
    }
}
