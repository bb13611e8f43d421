//! `accede import`: published data sets become charters. Read [`run`].

use std::fs;
use std::path::{Path, PathBuf};

use charter::SourceFile;
use datasets::{Read, Trouble};

use super::check::counted;
use crate::cli::Import;
use crate::failure::{Done, Failure};
use crate::{json, parquet};

/// What an import leaves in its folder, so that the next one knows what it may replace.
const MARK: &str = "imported-by-accede.txt";
/// No more troubles are told to people than this; scripts get all.
const TROUBLES_TOLD_MAX: usize = 20;
/// Nor more numbers of disputes.
const NUMBERS_TOLD_MAX: usize = 10;

/// Reads the tables, makes the charters, and puts the folder in place as a whole or not at all.
pub(crate) fn run(arguments: &Import) -> Result<Done, Failure> {
    let read = tables(&arguments.paths)?;
    if is_empty(&read) {
        return Err(Failure::plain(
            format!("there is nothing to import\n{}", told(&read)),
            "give the member file of ATOP, or tables of the Correlates of War, and its states for names",
        ));
    }
    let corpus = datasets::corpus(&read);
    let mut files: Vec<&SourceFile> = vec![&corpus.prelude];
    files.extend(corpus.alliances.iter().map(|alliance| &alliance.file));
    files.extend(corpus.wars.iter().chain(&corpus.disputes).chain(&corpus.tables));
    place(&arguments.out, arguments.force, &files)?;
    let is_matched = corpus.without_members.is_empty() && corpus.without_row.is_empty();
    let has_all = is_matched && corpus.wars_without.is_empty() && corpus.disputes_without.is_empty();
    let is_clean = has_all && read.troubles.is_empty();
    let out = match arguments.answering.format {
        crate::cli::Format::Json => json::imported(&read, &corpus, &arguments.out),
        crate::cli::Format::Human => report(&read, &corpus, &arguments.out),
    };
    let notes =
        if matches!(arguments.answering.format, crate::cli::Format::Json) { String::new() } else { told(&read) };
    Ok(Done { out, notes, is_clean })
}

/// Whether nothing was read of which anything could be made.
fn is_empty(read: &Read) -> bool {
    let has_no_states = read.members.is_empty() && read.states.is_empty();
    let has_no_fights =
        read.participants.is_empty() && read.disputants.is_empty() && read.disputants_of_pairs.is_empty();
    let has_no_pairs = read.contacts.is_empty() && read.spells.is_empty();
    has_no_states && has_no_fights && has_no_pairs && read.capabilities.is_empty()
}

/// All tables, each taken for what its header says.
pub(crate) fn tables(paths: &[PathBuf]) -> Result<Read, Failure> {
    let mut read = Read::default();
    for path in files(paths)? {
        let bytes = fs::read(&path)
            .map_err(|error| Failure::plain(format!("`{}` cannot be read: {error}", path.display()), ""))?;
        let file = path.display().to_string();
        match parquet::table(bytes) {
            Ok(bytes) => datasets::read(&file, &bytes, &mut read),
            Err(message) => read.troubles.push(Trouble { file, line: 0, column: String::new(), message }),
        }
    }
    Ok(read)
}

/// The files themselves, and the tables in the folders, in the order of their names.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let unread =
            |error: std::io::Error| Failure::plain(format!("`{}` cannot be read: {error}", path.display()), "");
        let mut tables = Vec::new();
        for entry in fs::read_dir(path).map_err(unread)? {
            let inner = entry.map_err(unread)?.path();
            if inner.extension().is_some_and(|extension| extension == "csv" || extension == "parquet") {
                tables.push(inner);
            }
        }
        tables.sort();
        if tables.is_empty() {
            let message = format!("`{}` holds no table: no file ends in .csv or .parquet", path.display());
            return Err(Failure::plain(message, ""));
        }
        found.extend(tables);
    }
    Ok(found)
}

/// Writes everything into a folder beside the one that is wanted, and then puts it in its place.
fn place(out: &Path, force: bool, files: &[&SourceFile]) -> Result<(), Failure> {
    let fault = |what: &Path, error: std::io::Error| {
        Failure::plain(format!("`{}` cannot be written: {error}", what.display()), "nothing was changed")
    };
    let is_there = out.exists();
    if is_there {
        let is_empty = fs::read_dir(out).map_err(|error| fault(out, error))?.next().is_none();
        let is_ours = out.join(MARK).is_file();
        let may_be_replaced = force && is_ours;
        if !may_be_replaced && !is_empty {
            let help = if is_ours {
                "replace what an earlier import made with --force"
            } else {
                "name a folder that does not exist, or an empty one"
            };
            return Err(Failure::plain(format!("`{}` is not empty", out.display()), help));
        }
    }
    let name = out.file_name().map_or_else(|| "import".into(), |name| name.to_string_lossy().into_owned());
    let beside = |end: &str| out.with_file_name(format!(".{name}.{end}.{}", std::process::id()));
    let (made, old) = (beside("new"), beside("old"));
    let written = write_all(&made, files).and_then(|()| {
        if is_there {
            fs::rename(out, &old)?;
        }
        fs::rename(&made, out).inspect_err(|_| {
            // Best effort: what was there before comes back.
            let _ = fs::rename(&old, out);
        })
    });
    let _ = fs::remove_dir_all(&made);
    written.map_err(|error| fault(out, error))?;
    let _ = fs::remove_dir_all(&old);
    Ok(())
}

fn write_all(folder: &Path, files: &[&SourceFile]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    for file in files {
        fs::write(folder.join(&file.name), &file.bytes)?;
    }
    fs::write(folder.join(MARK), "Made by `accede import`: the next import may replace what stands here.\n")
}

fn report(read: &Read, corpus: &datasets::Corpus, out: &Path) -> String {
    let mut text = String::new();
    for (file, kind) in &read.kinds {
        let unused = if kind.is_imported() { "" } else { ", of which an import makes nothing" };
        text.push_str(&format!("{file}: {}{unused}\n", kind.title()));
    }
    for number in &corpus.without_members {
        text.push_str(&format!("alliance {number} has a row of its own, and no member: no charter was made of it\n"));
    }
    for number in &corpus.without_row {
        text.push_str(&format!("alliance {number} has members, and no row in the table of alliances\n"));
    }
    let prelude = format!("a prelude of {}, in {}\n", counted(corpus.codes.iter().count(), "state"), out.display());
    if !read.members.is_empty() {
        let (charters, rows) = (corpus.alliances.len(), read.members.len());
        text.push_str(&format!("{} of {} of members, and ", counted(charters, "charter"), counted(rows, "row")));
    }
    text.push_str(&prelude);
    for number in &corpus.wars_without {
        text.push_str(&format!("war {number} has nobody who began it against anybody: no scenario was made of it\n"));
    }
    text.push_str(&beside(read, corpus));
    let left_out = read.troubles.len() + read.troubles_beyond;
    if left_out > 0 {
        text.push_str(&format!("{} left out\n", counted(left_out, "row")));
    }
    text
}

/// What stands in the folder beside the charters of alliances.
fn beside(read: &Read, corpus: &datasets::Corpus) -> String {
    let mut text = String::new();
    let wars = corpus.wars_made(read);
    if wars > 0 {
        text.push_str(&format!("{}, a scenario each, in wars.charter\n", counted(wars, "war")));
    }
    let without = &corpus.disputes_without;
    if !without.is_empty() {
        let numbers: Vec<String> = without.iter().take(NUMBERS_TOLD_MAX).map(u32::to_string).collect();
        let more = without.len().saturating_sub(numbers.len());
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let (count, numbers) = (counted(without.len(), "dispute"), numbers.join(", "));
        text.push_str(&format!(
            "nobody is known to have done anything in {count} ({numbers}{more}): no scenario was made of them\n"
        ));
    }
    let disputes = corpus.disputes_made(read);
    if disputes > 0 {
        text.push_str(&format!("{}, a scenario each, in disputes.charter\n", counted(disputes, "dispute")));
    }
    for (count, what, file) in [
        (read.capabilities.len(), "state-year", "of capabilities, in capabilities.csv"),
        (read.contacts.len(), "spell", "of two states beside one another, in contiguity.csv"),
        (read.spells.len(), "spell", "of promises of one state to another, in dyad-years.csv"),
    ] {
        if count > 0 {
            text.push_str(&format!("{} {file}\n", counted(count, what)));
        }
    }
    text
}

/// What was wrong with the tables, a line each.
pub(crate) fn told(read: &Read) -> String {
    let line = |trouble: &Trouble| {
        let column = if trouble.column.is_empty() { String::new() } else { format!(", column {}", trouble.column) };
        let line = if trouble.line == 0 { String::new() } else { format!(":{}", trouble.line) };
        format!("{}{line}{column}: {}\n", trouble.file, trouble.message)
    };
    let mut text: String = read.troubles.iter().take(TROUBLES_TOLD_MAX).map(line).collect();
    let more = (read.troubles.len() + read.troubles_beyond).saturating_sub(TROUBLES_TOLD_MAX);
    if more > 0 {
        text.push_str(&format!("and {more} more of the kind (--format json tells them)\n"));
    }
    text
}
