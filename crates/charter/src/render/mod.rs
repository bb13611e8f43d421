//! Draws diagnostics as the best compilers do. Read [`render`].
//!
//! The text drawn is cut to the lines that matter before it is handed to the drawing library: a
//! file may be ten megabytes long, and so may a line, and a message still costs no more than what
//! it shows.

mod apply;
mod window;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Edit, Help, Label, Severity};
use crate::source::SourceFile;
use crate::span::{FileId, Span};
pub use apply::apply;
use window::{Lines, Window};

/// How diagnostics are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour, for a terminal that can.
    pub colour: bool,
    /// How many columns there are.
    pub width: usize,
}

/// The narrowest drawing that is still readable.
const WIDTH_MIN: usize = 40;

/// How many codes the last line names.
const PAGES_MAX: usize = 3;

/// Draws diagnostics over the texts they are about, one after the other, and names the pages that
/// explain them. Nothing to draw gives an empty text.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], files: &[SourceFile], style: Style) -> String {
    let width = style.width.max(WIDTH_MIN);
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() }.term_width(width);
    let drawing = Drawing { files: files.iter().map(|file| (file, Lines::new(&file.bytes))).collect(), width };
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&drawing.report(diagnostic)));
        out.push_str("\n\n");
    }
    let codes: BTreeSet<&str> = diagnostics.iter().map(|one| one.code).collect();
    if !codes.is_empty() {
        let pages: Vec<String> = codes.iter().take(PAGES_MAX).map(|code| format!("`accede explain {code}`")).collect();
        // Writing into a String cannot fail.
        let _ = writeln!(out, "to read more: {}{}", pages.join(", "), if codes.len() > PAGES_MAX { " …" } else { "" });
    }
    out
}

/// The texts, indexed once for all diagnostics.
struct Drawing<'a> {
    files: Vec<(&'a SourceFile, Lines)>,
    width: usize,
}

impl<'a> Drawing<'a> {
    fn report(&self, diagnostic: &'a Diagnostic) -> Vec<Group<'a>> {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
        let mut first = Group::with_title(title).elements(self.places(diagnostic));
        for note in &diagnostic.notes {
            first = first.element(Level::NOTE.message(self.wrapped(note)));
        }
        let mut groups = Vec::new();
        for help in &diagnostic.help {
            match self.patch(help) {
                Some(patch) => {
                    let title = Level::HELP.secondary_title(help.message.as_str());
                    groups.push(Group::with_title(title).element(patch));
                }
                None => first = first.element(Level::HELP.message(self.wrapped(&help.message))),
            }
        }
        groups.insert(0, first);
        groups
    }

    /// The words at fault and the other places that matter, each file's in the order of its lines.
    fn places(&self, diagnostic: &'a Diagnostic) -> Vec<Element<'a>> {
        let mut labels = vec![(&diagnostic.primary, true)];
        labels.extend(diagnostic.secondary.iter().map(|label| (label, false)));
        let mut elements = Vec::new();
        let mut files: Vec<FileId> = Vec::new();
        for (label, _) in &labels {
            if !files.contains(&label.span.file) {
                files.push(label.span.file);
            }
        }
        for file in files {
            let here: Vec<(&Label, bool)> =
                labels.iter().copied().filter(|(label, _)| label.span.file == file).collect();
            self.file_places(file, here, &mut elements);
        }
        elements
    }

    fn file_places(&self, file: FileId, mut labels: Vec<(&'a Label, bool)>, elements: &mut Vec<Element<'a>>) {
        let Some((source, lines)) = usize::try_from(file.0).ok().and_then(|at| self.files.get(at)) else { return };
        labels.sort_by_key(|(label, is_primary)| (!is_primary, label.span.start));
        let mut groups: Vec<Vec<(&Label, bool)>> = Vec::new();
        for label in labels {
            let near =
                groups.iter_mut().find(|group| group.iter().any(|(other, _)| lines.are_near(other.span, label.0.span)));
            match near {
                Some(group) => group.push(label),
                None => groups.push(vec![label]),
            }
        }
        for group in groups {
            let spans: Vec<Span> = group.iter().map(|(label, _)| label.span).collect();
            match Window::of_lines(source, lines, &spans) {
                Some(window) => elements.push(snippet(&window, &source.name, &group)),
                None => {
                    for (label, is_primary) in group {
                        long_line(source, lines, label, is_primary, elements);
                    }
                }
            }
        }
    }

    /// What a suggestion changes, where it changes something that can be shown.
    fn patch(&self, help: &'a Help) -> Option<Element<'a>> {
        let file = help.edits.first()?.span.file;
        let (source, lines) = usize::try_from(file.0).ok().and_then(|at| self.files.get(at))?;
        let edits: Vec<&Edit> = help.edits.iter().filter(|edit| edit.span.file == file).collect();
        let spans: Vec<Span> = edits.iter().map(|edit| edit.span).collect();
        let window = Window::of_lines(source, lines, &spans)?;
        let patches = edits.iter().map(|edit| Patch::new(window.range(edit.span), edit.text.clone()));
        let snippet = Snippet::source(window.text.clone()).line_start(window.line).path(source.name.clone());
        Some(snippet.patches(patches).into())
    }

    /// Broken at spaces, so that a long note stays inside the width.
    fn wrapped(&self, text: &str) -> String {
        let room = self.width.saturating_sub(12);
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ') {
            match lines.last_mut() {
                Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                    line.push(' ');
                    line.push_str(word);
                }
                Some(_) | None => lines.push(word.to_owned()),
            }
        }
        lines.join("\n")
    }
}

fn snippet<'a>(window: &Window, name: &str, labels: &[(&'a Label, bool)]) -> Element<'a> {
    let annotations = labels.iter().map(|(label, is_primary)| {
        let kind = if *is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(window.range(label.span));
        if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) }
    });
    let snippet = Snippet::source(window.text.clone()).line_start(window.line).path(name.to_owned());
    snippet.annotations(annotations.collect::<Vec<_>>()).into()
}

/// A place in a line too long to be drawn whole: a piece of it, under the place's own position.
fn long_line<'a>(
    source: &SourceFile,
    lines: &Lines,
    label: &'a Label,
    is_primary: bool,
    elements: &mut Vec<Element<'a>>,
) {
    let window = Window::of_piece(source, lines, label.span);
    let (line, column) = lines.position(&source.bytes, label.span.start);
    elements.push(Origin::path(source.name.clone()).line(line).char_column(column).into());
    let kind = if is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let annotation = kind.span(window.range(label.span));
    let annotation = if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) };
    elements.push(Snippet::source(window.text.clone()).line_start(window.line).annotation(annotation).into());
}

#[cfg(test)]
mod tests;
