//! From texts to a library whose names are all known. Read [`load`].
//!
//! Nothing here asks whether what the names say makes sense; that is `check`'s work, which `load`
//! calls when the names are settled.

pub mod bounds;
mod charter;
mod resolver;
mod scenario;
pub(crate) mod scope;

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{self, declared_twice};
use crate::diagnostic::Severity;
use crate::findings::Findings;
use crate::model::Prelude;
use crate::name::{Actor, Name};
use crate::source::{Library, ParsedFile, SourceFile};
use crate::span::{FileId, Span};
use crate::texts::Texts;
use resolver::Resolver;
use scope::World;

/// Reads texts: parses them, looks their names up, checks what they say.
///
/// With a base, the base's charters stand behind these: a given charter shadows the base's of the
/// same name, and the base's prelude is used where the texts bring none. The base is taken as
/// checked; only what the texts themselves say is reported.
#[must_use]
pub fn load(files: &[SourceFile], base: Option<&Library>) -> Library {
    let parsed = files.iter().zip(0_u32..).map(|(file, at)| crate::parse(FileId(at), file));
    resolve(parsed.collect(), files, base)
}

/// As [`load`], for texts that are parsed already.
pub(crate) fn resolve(parsed: Vec<ParsedFile>, files: &[SourceFile], base: Option<&Library>) -> Library {
    let mut findings = Findings::default();
    let unread: BTreeSet<FileId> = parsed.iter().filter(|file| has_errors(file)).map(|file| file.file).collect();
    let brings_prelude = parsed.iter().any(|file| file.prelude.is_some());
    let mut library = join(parsed, &mut findings);
    library.given = library.charters.len();
    if let Some(base) = base {
        stand_behind(&mut library, base, brings_prelude);
    }
    bounds::check(&library, &mut findings);
    library.charters.truncate(bounds::CHARTERS_MAX);
    library.given = library.given.min(library.charters.len());

    let texts = Texts::new(files);
    let world = World::new(&library, &mut |what, name, second, first| {
        let second = texts.word(second, name);
        findings.error(declared_twice::CODE, || declared_twice::report(what, name, second, first));
    });
    labels_once(&library, texts, &mut findings);
    look_up(&mut library, &world, texts, &mut findings, brings_prelude);
    check::run(&library, &world, texts, brings_prelude, &mut findings);
    library.diagnostics = findings.finish();
    // What a text seems to lack may stand in the line that could not be read.
    library.diagnostics.retain(|found| found.severity == Severity::Error || !unread.contains(&found.primary.span.file));
    library
}

fn has_errors(file: &ParsedFile) -> bool {
    file.diagnostics.iter().any(|found| found.severity == Severity::Error)
}

/// Everything the texts hold, in the order read.
fn join(parsed: Vec<ParsedFile>, findings: &mut Findings) -> Library {
    let mut library = Library::default();
    let mut first: Option<Span> = None;
    for file in parsed {
        findings.extend(file.diagnostics);
        if let Some(prelude) = file.prelude {
            if let Some(first) = first {
                findings.error(declared_twice::CODE, || declared_twice::second_prelude(prelude.span, first));
            } else {
                first = Some(prelude.span);
            }
            merge(&mut library.prelude, prelude);
        }
        library.charters.extend(file.charters);
        library.scenarios.extend(file.scenarios);
    }
    library
}

/// A second prelude is an error, but what it declares is not to be reported as undeclared too.
fn merge(prelude: &mut Prelude, other: Prelude) {
    if prelude.counting.is_none() {
        prelude.counting = other.counting;
        prelude.span = other.span;
    }
    prelude.actors.extend(other.actors);
    prelude.places.extend(other.places);
    prelude.classes.extend(other.classes);
    prelude.groups.extend(other.groups);
    prelude.allows.extend(other.allows);
}

fn stand_behind(library: &mut Library, base: &Library, brings_prelude: bool) {
    if !brings_prelude {
        library.prelude = base.prelude.clone();
    }
    let given: BTreeSet<Name> = library.charters.iter().map(|charter| charter.name.clone()).collect();
    let behind = base.charters.iter().filter(|charter| !given.contains(&charter.name));
    library.charters.extend(behind.cloned());
}

/// Labels that are nobody's names but must still be told apart: exceptions and readings in their
/// article, tracks' items in their charter, scenarios by their title.
fn labels_once(library: &Library, texts: Texts<'_>, findings: &mut Findings) {
    for charter in library.charters.iter().take(library.given) {
        let scenarios = charter.scenarios.iter().map(|one| (&one.title, one.span));
        once("scenario", scenarios, texts, findings);
        let mut red_lines: BTreeMap<&Actor, Vec<(&Name, Span)>> = BTreeMap::new();
        for line in &charter.red_lines {
            red_lines.entry(&line.of).or_default().push((&line.label, line.span));
        }
        for lines in red_lines.into_values() {
            once("red line", lines.into_iter(), texts, findings);
        }
        once("term", charter.terms.iter().map(|one| (&one.term, one.span)), texts, findings);
        for article in &charter.articles {
            once("exception", article.exceptions.iter().map(|one| (&one.label, one.span)), texts, findings);
            once("reading", article.readings.iter().map(|one| (&one.label, one.span)), texts, findings);
        }
    }
    once("scenario", library.scenarios.iter().map(|one| (&one.title, one.span)), texts, findings);
}

fn once<'a>(what: &str, labels: impl Iterator<Item = (&'a Name, Span)>, texts: Texts<'_>, findings: &mut Findings) {
    let mut seen: BTreeMap<&Name, Span> = BTreeMap::new();
    for (label, span) in labels {
        if let Some(first) = seen.get(label) {
            let span = texts.word(span, label.as_str());
            findings.error(declared_twice::CODE, || declared_twice::report(what, label.as_str(), span, *first));
        } else {
            seen.insert(label, span);
        }
    }
}

fn look_up(library: &mut Library, world: &World, texts: Texts<'_>, findings: &mut Findings, brings_prelude: bool) {
    let mut resolver = Resolver { world, texts, findings, here: None, far: false };
    if brings_prelude {
        resolver.prelude(&mut library.prelude);
    }
    for (at, charter) in library.charters.iter_mut().take(library.given).enumerate() {
        resolver.here = Some(at);
        resolver.charter_itself(charter);
        resolver.far = true;
        for scenario in &mut charter.scenarios {
            resolver.here = Some(at);
            resolver.scenario(scenario);
        }
        resolver.far = false;
    }
    resolver.far = true;
    for scenario in &mut library.scenarios {
        resolver.free_scenario(scenario);
    }
}
