//! Where a sweep's rows go: to standard output as they come, or to a file that appears when it is
//! whole. Read [`Sink`] first.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use charter::model::When;

use super::rows::SWEPT;
use crate::cli::{Sweep, SweepFormat};
use crate::failure::{Done, Failure};
use crate::parquet;
use crate::terminal::Terminal;

/// A writer, and how far it has come.
pub(crate) struct Sink {
    out: Box<dyn Write>,
    /// Where the file will be, and what is kept until then.
    file: Option<Kept>,
    /// Years that an earlier command has written.
    done: Vec<String>,
    rows: u64,
    has_progress: bool,
    /// The reader has seen enough.
    is_closed: bool,
}

/// A file in the making, and beside it the notes of which years are whole.
struct Kept {
    wanted: PathBuf,
    part: PathBuf,
    notes: PathBuf,
    /// What was asked: only the same words go on with it.
    words: String,
    length: u64,
    /// Whether the whole becomes Parquet in the end; and then, whether a time is a year.
    packed_by_year: Option<bool>,
}

/// The file in the making.
pub(crate) fn part(out: &Path) -> PathBuf {
    beside(out, "part")
}

fn beside(out: &Path, end: &str) -> PathBuf {
    let name = out.file_name().map_or_else(|| "sweep".into(), |name| name.to_string_lossy().into_owned());
    out.with_file_name(format!("{name}.{end}"))
}

impl Sink {
    pub(crate) fn open(arguments: &Sweep, terminal: &Terminal) -> Result<Self, Failure> {
        let has_progress = io::stderr().is_terminal() && terminal.width > 0;
        let Some(out) = &arguments.out else {
            let out = Box::new(BufWriter::new(io::stdout().lock()));
            return Ok(Self { out, file: None, done: Vec::new(), rows: 0, has_progress, is_closed: false });
        };
        let words = format!("{:?}", Sweep { resume: false, out: None, why: None, ..arguments.clone() });
        let packed_by_year = (arguments.format == SweepFormat::Parquet).then_some(arguments.day.is_none());
        let (part, notes) = (part(out), beside(out, "years"));
        let mut kept = Kept { wanted: out.clone(), part, notes, words, length: 0, packed_by_year };
        let mut done = Vec::new();
        if arguments.resume {
            (done, kept.length) = kept.noted()?;
        }
        let mut options = OpenOptions::new();
        let file = options.create(true).truncate(!arguments.resume).write(true).open(&kept.part);
        let mut file = file.map_err(|error| kept.fault(&error))?;
        // What was written behind the last whole year is not kept.
        file.set_len(kept.length).and_then(|()| file.seek(SeekFrom::End(0))).map_err(|error| kept.fault(&error))?;
        if done.is_empty() {
            fs::write(&kept.notes, format!("{}\n", kept.words)).map_err(|error| kept.fault(&error))?;
        }
        let out = Box::new(BufWriter::new(file));
        Ok(Self { out, file: Some(kept), done, rows: 0, has_progress, is_closed: false })
    }

    /// Whether an earlier command has begun the file.
    pub(crate) fn is_begun(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether a year is written already.
    pub(crate) fn has(&self, on: When) -> bool {
        self.is_closed || self.done.contains(&on.to_string())
    }

    pub(crate) fn write(&mut self, text: &str) -> Result<(), Failure> {
        if self.is_closed {
            return Ok(());
        }
        match self.out.write_all(text.as_bytes()) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::BrokenPipe && self.file.is_none() => self.is_closed = true,
            Err(error) => return Err(self.fault(&error)),
        }
        if let Some(kept) = &mut self.file {
            kept.length += u64::try_from(text.len()).unwrap_or(0);
        }
        Ok(())
    }

    /// One row more.
    pub(crate) fn row(&mut self, text: &str) -> Result<(), Failure> {
        self.rows += 1;
        self.write(text)
    }

    /// Notes that a year is whole: from here an interrupted sweep can go on.
    pub(crate) fn year_is_done(&mut self, on: When) -> Result<(), Failure> {
        if self.has_progress {
            let _ = write!(io::stderr(), "\r{on}: {} rows\u{1b}[K", self.rows);
        }
        let Some(kept) = &self.file else { return Ok(()) };
        let noted = self.out.flush().and_then(|()| {
            let mut notes = OpenOptions::new().append(true).open(&kept.notes)?;
            writeln!(notes, "{on} {}", kept.length)
        });
        noted.map_err(|error| self.fault(&error))
    }

    /// Puts the file in its place.
    pub(crate) fn finish(mut self) -> Result<Done, Failure> {
        if self.has_progress {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
        if self.is_closed {
            return Ok(Done::clean(String::new()));
        }
        match self.out.flush() {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::BrokenPipe && self.file.is_none() => {}
            Err(error) => return Err(self.fault(&error)),
        }
        let Some(kept) = &self.file else { return Ok(Done::clean(String::new())) };
        let rows = match kept.packed_by_year {
            Some(is_by_year) => kept.pack(is_by_year).map_err(|error| kept.fault(&error))?,
            None => kept.place(&kept.part).map(|()| self.rows).map_err(|error| kept.fault(&error))?,
        };
        let _ = fs::remove_file(&kept.notes);
        let out = format!("{rows} rows in {}\n", kept.wanted.display());
        Ok(Done { out: String::new(), notes: out, is_clean: true })
    }

    fn fault(&self, error: &io::Error) -> Failure {
        match &self.file {
            Some(kept) => kept.fault(error),
            None => Failure::plain(format!("the rows could not be written: {error}"), ""),
        }
    }
}

impl Kept {
    /// The years that an earlier command with the same words has written, and how long the file was then.
    fn noted(&self) -> Result<(Vec<String>, u64), Failure> {
        let text = fs::read_to_string(&self.notes).map_err(|error| {
            let message = format!("there is nothing to go on with: `{}`: {error}", self.notes.display());
            Failure::plain(message, "leave --resume out to begin anew")
        })?;
        let mut lines = text.lines();
        if lines.next() != Some(self.words.as_str()) {
            let message = format!("`{}` was begun with other words", self.part.display());
            return Err(Failure::plain(message, "give the same words as before, or leave --resume out to begin anew"));
        }
        let mut done = Vec::new();
        let mut length = 0;
        for line in lines {
            // A last line that was cut short counts for nothing.
            let Some((on, end)) = line.split_once(' ').and_then(|(on, end)| Some((on, end.parse().ok()?))) else {
                break;
            };
            done.push(on.to_owned());
            length = end;
        }
        let there = fs::metadata(&self.part).map_or(0, |data| data.len());
        if there < length {
            let message = format!("`{}` is shorter than its notes say", self.part.display());
            return Err(Failure::plain(message, "leave --resume out to begin anew"));
        }
        Ok((done, length))
    }

    /// Puts a whole file where it is wanted.
    fn place(&self, whole: &Path) -> io::Result<()> {
        File::open(whole).and_then(|file| file.sync_all()).and_then(|()| fs::rename(whole, &self.wanted))
    }

    /// Makes Parquet of the rows, beside them, and puts it where it is wanted; says how many rows there are. Only then do the
    /// rows go: where that fails, `--resume` has nothing to do but this.
    fn pack(&self, is_by_year: bool) -> io::Result<u64> {
        let packed = beside(&self.wanted, "packed");
        let (rows, out) = (File::open(&self.part)?, File::create(&packed)?);
        let made = parquet::packed(rows, &SWEPT, is_by_year, out).map_err(io::Error::other);
        let placed = made.and_then(|rows| self.place(&packed).map(|()| rows));
        let _ = if placed.is_ok() { fs::remove_file(&self.part) } else { fs::remove_file(&packed) };
        placed
    }

    fn fault(&self, error: &io::Error) -> Failure {
        let help = format!("what was written is in `{}`: go on with --resume", self.part.display());
        Failure::plain(format!("`{}` cannot be written: {error}", self.wanted.display()), help)
    }
}
