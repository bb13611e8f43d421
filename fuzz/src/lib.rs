//! What must hold for any bytes, as functions that panic where it does not. Read [`parse`] first.
//!
//! The fuzz targets call these with what a search comes up with; the tests below, on any compiler,
//! with the project's own texts, and with what is left of them when they are cut and mixed.

use std::sync::OnceLock;

use charter::{Actor, Diagnostic, FileId, Library, Name, SourceFile, syntax};
use council::text::{self, Version};
use law::Corpus;

/// Reading and checking end, lose nothing, and point only into the text.
pub fn parse(bytes: &[u8]) {
    for name in ["fuzz.charter", "fuzz.md"] {
        let source = source(name, bytes);
        // By itself: places in a base are numbered like those in the texts, and could not be told apart.
        let library = charter::load(std::slice::from_ref(&source), None);
        library.diagnostics.iter().for_each(|diagnostic| points_into(diagnostic, bytes));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert_eq!(syntax::parse_tree(text).text(), text, "the tree is the text");
        assert_eq!(syntax::parse_markdown_tree(text).text(), text, "the literate tree is the text");
    }
}

/// Formatting ends, is done after one time, and changes only white space.
pub fn fmt(bytes: &[u8]) {
    for name in ["fuzz.charter", "fuzz.md"] {
        let before = source(name, bytes);
        let Ok(once) = charter::format(&before) else { continue };
        let after = source(name, once.as_bytes());
        assert_eq!(charter::format(&after).as_ref(), Ok(&once), "formatted again, it is the same");
        assert_eq!(blackened(bytes), blackened(once.as_bytes()), "what is no white space stays");
        let (read, again) = (charter::parse(FileId(0), &before), charter::parse(FileId(0), &after));
        assert_eq!(read.prelude, again.prelude, "formatted, the prelude means the same");
        assert_eq!(read.charters, again.charters, "formatted, the charters mean the same");
        assert_eq!(read.scenarios, again.scenarios, "formatted, the scenarios mean the same");
    }
}

/// Asking ends, whatever the charters say, and says the same twice.
pub fn ask(bytes: &[u8]) {
    let library = charter::load(&[source("fuzz.charter", bytes)], Some(prelude()));
    let scenarios = library.charters.iter().flat_map(|charter| &charter.scenarios).chain(&library.scenarios);
    let cases: Vec<_> = scenarios.flat_map(reason::cases).take(CASES_MAX).collect();
    let corpus = Corpus::new(library.prelude, library.charters);
    for case in cases {
        let outcome = law::answer(&corpus, &case.question);
        assert_eq!(outcome, law::answer(&corpus, &case.question), "asked again, it is the same");
        let report = reason::run(&corpus, &case);
        assert_eq!(report.tried.len(), case.expected.len(), "every expectation is tried");
    }
}

/// Reading an act ends and points only into its text; what is read is written in one way, and read from that again.
pub fn act(bytes: &[u8]) {
    let Ok(said) = std::str::from_utf8(bytes) else { return };
    let party = Actor::code("FRA");
    let version = |text: &str| Version::read(text, Some(prelude()), Name::new(&text.len().to_string()));
    for said in [said.to_owned(), format!("under league {said}")] {
        let read = match text::parse(&said, &party, &version) {
            Ok(read) => read,
            Err(problem) => {
                assert!(said.get(problem.span.clone()).is_some(), "`{}` points to {:?}", problem.code, problem.span);
                continue;
            }
        };
        let written = text::write(&read, &party).unwrap_or_else(|problem| panic!("{problem:?}"));
        assert_eq!(text::parse_strict(&written, &party, &version).as_ref(), Ok(&read), "written, it says the same");
        let is_signed_so = text::is_canonical(&said, &party, &version);
        assert_eq!(is_signed_so, said == written, "an act is written in one way");
    }
}

/// Reading a table ends, tells of each row that it leaves out where it stands, and what it makes of the
/// others is well formed and laid out.
pub fn tables(bytes: &[u8]) {
    let mut read = datasets::Read::default();
    datasets::read("fuzz.csv", bytes, &mut read);
    let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u64 + 1;
    assert!(read.troubles.iter().all(|trouble| trouble.line <= lines), "a trouble stands in the file");
    let made = datasets::corpus(&read);
    let files: Vec<SourceFile> =
        std::iter::once(&made.prelude).chain(made.alliances.iter().map(|alliance| &alliance.file)).cloned().collect();
    for file in &files {
        let text = charter::format(file).unwrap_or_else(|found| panic!("{}: {found:?}", file.name));
        assert_eq!(text.as_bytes(), file.bytes, "what is made is laid out");
    }
    let is_error = |found: &&Diagnostic| found.severity == charter::Severity::Error;
    let found = charter::load(&files, None).diagnostics;
    let errors: Vec<&Diagnostic> = found.iter().filter(is_error).collect();
    assert!(errors.is_empty(), "what is made is well formed: {errors:?}");
}

/// Whatever of the record's formats the bytes are read as: they are refused, or written again as they were; and
/// asking who signed ends.
pub fn record(bytes: &[u8]) {
    use ::record::{Hash, audit, checkpoint, entry, founding, key, note, roster, tile, wire};
    let keys = key::Keys::default();
    if let Ok(read) = entry::Entry::decode(bytes) {
        assert_eq!(read.encode(), bytes, "an entry is written in one way");
        let _ = read.read(&Hash::of(b""), &keys);
    }
    if let Ok(read) = note::Note::parse(bytes) {
        assert_eq!(read.to_string().as_bytes(), bytes, "a note is written in one way");
        assert!(read.verify(&keys).is_err(), "nobody is known");
    }
    if let Ok(read) = wire::decode::<::record::rule::All>(bytes) {
        assert_eq!(wire::encode(&read).as_deref(), Ok(bytes), "a message is written in one way");
    }
    if let Ok(read) = wire::decode_memory(bytes) {
        assert_eq!(wire::encode_memory(&read), bytes, "a memory is written in one way");
    }
    if let Ok(read) = founding::Founding::parse(bytes) {
        assert_eq!(read.to_string().as_bytes(), bytes, "a founding is written in one way");
        let _ = audit::audit(&read, bytes, [bytes]);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        for kind in roster::RosterAct::KINDS {
            if let Some(read) = roster::RosterAct::parse(kind, text) {
                assert_eq!(read.to_string(), text, "what is said of keys is written in one way");
            }
        }
        if let Ok(read) = checkpoint::Checkpoint::parse(text) {
            assert_eq!(read.to_string(), text, "a checkpoint is written in one way");
        }
        if let Ok(read) = key::VerifierKey::parse(text) {
            assert_eq!(read.to_string(), text, "a key is written in one way");
        }
        if let Some(read) = tile::Resource::parse(text) {
            assert_eq!(read.to_string(), text, "a path is written in one way");
        }
    }
    for width in [1, 2, 8, 256] {
        let Some(tile) = tile::Tile::new(0, 0, width) else { continue };
        if let Some(read) = tile::decode_bundle(&tile, bytes) {
            let again = tile::encode_bundle(read.iter().copied());
            assert_eq!(again.as_deref(), Some(bytes), "a bundle is written in one way");
        }
        if let Some(read) = tile.decode(bytes) {
            assert_eq!(tile::Tile::encode(&read), bytes, "a tile is written in one way");
        }
    }
}

/// More questions to one text only take longer.
const CASES_MAX: usize = 8;

/// The project's prelude, so that its actors and places can be spoken of.
fn prelude() -> &'static Library {
    static PRELUDE: OnceLock<Library> = OnceLock::new();
    let text = include_bytes!("../../charters/prelude.charter");
    PRELUDE.get_or_init(|| charter::load(&[source("prelude.charter", text)], None))
}

/// A text without its white space and its byte-order mark.
fn blackened(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.trim_start_matches('\u{feff}').split_whitespace().collect()
}

fn source(name: &str, bytes: &[u8]) -> SourceFile {
    SourceFile { name: name.to_owned(), bytes: bytes.to_vec() }
}

/// A message never points outside the text that it is about.
fn points_into(diagnostic: &Diagnostic, bytes: &[u8]) {
    let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary).map(|label| label.span);
    let edits = diagnostic.help.iter().flat_map(|help| &help.edits).map(|edit| edit.span);
    for span in labels.chain(edits) {
        let is_inside = span.start <= span.end && span.end as usize <= bytes.len();
        assert!(is_inside, "`{}` points to {}..{} of {} bytes", diagnostic.code, span.start, span.end, bytes.len());
    }
}

#[cfg(test)]
mod tests;
