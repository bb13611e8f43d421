//! Actors as people are told of them. Read [`drawn`].

use charter::codes::Language;

use super::script::{Actor, Bond, Life, Told};
use crate::page::{Ink, Page};
use crate::terminal::Terminal;

/// Where the text of a row begins.
const COLUMN: usize = 21;
/// Where it begins in the list.
const LIST_COLUMN: usize = 7;

/// All actors, a line each, by what they are.
pub(super) fn list(told: &Told, terminal: &Terminal) -> String {
    let mut page = Page::new(terminal);
    let groups = [
        ("state", "States of today"),
        ("former-state", "States that are no more"),
        ("earlier-name", "States under an earlier name"),
        ("declared", "Declared by a charter alone"),
        ("territory", "Codes of ISO's that are no state's"),
    ];
    for (kind, title) in groups {
        page.heading(title);
        for actor in told.actors.iter().filter(|actor| actor.kind == kind) {
            let mut said = vec![actor.name.clone()];
            said.extend(actor.written_as.map(|state| format!("now {state}")));
            said.extend(actor.lives.iter().map(stretch));
            said.extend(letters(actor).into_iter().map(|letters| format!("Correlates of War {letters}")));
            page.row(2, &actor.code, LIST_COLUMN, &said.join("; "));
        }
    }
    page.finish()
}

/// The actors asked for, a page each.
pub(super) fn drawn(told: &Told, names_charters: bool, terminal: &Terminal) -> String {
    let mut page = Page::new(terminal);
    for actor in &told.actors {
        one(&mut page, actor, names_charters);
    }
    page.finish()
}

fn one(page: &mut Page, actor: &Actor, names_charters: bool) {
    page.gap();
    let asked = actor.asked.as_deref().unwrap_or_default();
    let read = match actor.read_as {
        Some("cow-abbreviation") => {
            format!(", `{asked}` among the Correlates of War's abbreviations")
        }
        Some("cow-number") => format!(", `{asked}` among the Correlates of War's numbers"),
        Some("part-of-name") => format!(", a name with `{asked}` in it"),
        _ => String::new(),
    };
    page.line(
        0,
        &[
            (Ink::Strong, &actor.name),
            (Ink::Plain, " ("),
            (Ink::Plain, &actor.code),
            (Ink::Plain, ")"),
            (Ink::Faint, &read),
        ],
    );
    let kind = match actor.kind {
        "territory" => "a code of ISO's that is no state's".to_owned(),
        "declared" => "declared by a charter, and not in the table of actors".to_owned(),
        _ => actor.written_as.map(|state| format!("an earlier name of the state written {state}")).unwrap_or_default(),
    };
    if !kind.is_empty() {
        page.row(2, "what it is", COLUMN, &kind);
    }
    for language in Language::ALL {
        let names = actor.names.of(language);
        if !names.is_empty() {
            page.row(2, language.name(), COLUMN, &names.join("; "));
        }
    }
    if !actor.earlier_names.is_empty() {
        page.row(2, "earlier names", COLUMN, &actor.earlier_names.join(", "));
    }
    for (position, life) in actor.lives.iter().enumerate() {
        page.row(2, if position == 0 { "life" } else { "" }, COLUMN, &life_in_words(life, &actor.code));
    }
    successors(page, actor);
    for (position, span) in actor.cow.iter().enumerate() {
        let days = days(Some(&span.first), span.last.as_deref());
        let said = format!("{} {}, {days}", span.abbreviation, span.number);
        page.row(2, if position == 0 { "Correlates of War" } else { "" }, COLUMN, &said);
    }
    if let Some(line) = &actor.declaration {
        page.row(2, "declared", COLUMN, "by the prelude; where another prelude is used, it declares the actor itself:");
        page.verbatim(COLUMN, line);
    }
    let charters = match (actor.charters.len(), names_charters) {
        (0, _) => "none of the project's".to_owned(),
        (_, true) => actor.charters.join(", "),
        (count, false) => format!("{count} of the project's; `--charters` names them"),
    };
    page.row(2, "party to", COLUMN, &charters);
}

fn successors(page: &mut Page, actor: &Actor) {
    let ties = [("continues", "continued by"), ("took-in", "taken in by"), ("came-from", "out of it came")];
    for (tie, label) in ties {
        let said: Vec<String> = actor.successors.iter().filter(|bond| bond.tie == tie).map(dated).collect();
        if !said.is_empty() {
            page.row(2, label, COLUMN, &said.join(", "));
        }
    }
}

/// `since 1991-08-20, restored; the annexation of 1940 was not recognised by most`
fn life_in_words(life: &Life, own: &str) -> String {
    let mut said = vec![stretch(life)];
    let of = |tie: &'static str| life.came_from.iter().filter(move |bond| bond.tie == tie);
    said.extend(of("continues").filter(|bond| bond.code == own).map(|_| "restored".to_owned()));
    let ties = [("continues", "continuing"), ("came-from", "out of")];
    for (tie, word) in ties {
        let named: Vec<String> = of(tie).filter(|bond| bond.code != own).map(named).collect();
        if !named.is_empty() {
            said.push(format!("{word} {}", named.join(" and ")));
        }
    }
    let taken: Vec<String> = of("took-in").map(dated).collect();
    if !taken.is_empty() {
        said.push(format!("took in {}", taken.join(", ")));
    }
    let said = said.join(", ");
    life.note.map_or_else(|| said.clone(), |note| format!("{said}; {note}"))
}

fn stretch(life: &Life) -> String {
    days(life.first.as_deref(), life.last.as_deref())
}

fn days(first: Option<&str>, last: Option<&str>) -> String {
    match (first, last) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (Some(first), None) => format!("since {first}"),
        (None, Some(last)) => format!("to {last}"),
        (None, None) => "since before 1816".to_owned(),
    }
}

fn named(bond: &Bond) -> String {
    let disputed = if bond.disputed { ", disputed" } else { "" };
    // A name such as *Austria, from 1867 Austria-Hungary* is told by its first part, as in answers.
    let name = bond.name.split(',').next().unwrap_or(bond.name);
    format!("{name} ({}{disputed})", bond.code)
}

fn dated(bond: &Bond) -> String {
    bond.on.map_or_else(|| named(bond), |day| format!("{} {day}", named(bond)))
}

/// The Correlates of War's letters and numbers, each once.
fn letters(actor: &Actor) -> Vec<String> {
    let mut letters: Vec<String> = Vec::new();
    for span in &actor.cow {
        let said = format!("{} {}", span.abbreviation, span.number);
        if !letters.contains(&said) {
            letters.push(said);
        }
    }
    letters
}
