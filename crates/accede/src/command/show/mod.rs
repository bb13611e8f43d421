//! `accede show`. Read [`run`].

mod contents;
mod status;

use std::path::PathBuf;

use charter::model::{Charter, When};
use law::Question;

use super::Library;
use crate::ask;
use crate::cli::{Format, Show};
use crate::failure::{Done, Failure};
use crate::json;
use crate::names::Names;
use crate::page::{Ink, Page};
use crate::terminal::Terminal;

/// How many names are proposed for one that is not known.
const NEAR_MAX: usize = 3;

/// Shows one charter, or those of a file.
pub(crate) fn run(arguments: &Show, terminal: &Terminal) -> Result<Done, Failure> {
    let on = match &arguments.on {
        Some(text) => ask::date("--on", text)?,
        // The one clock of this command: a page shows the charter as it stands today.
        None => When::Day(jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()),
    };
    let (library, wanted) = found(&arguments.charter)?;
    let names = Names::new(&library.loaded.prelude, &library.loaded.charters);
    let corpus = library.corpus();
    let question = Question::on(on);
    let shown = wanted.iter().filter_map(|place| library.loaded.charters.get(*place)).map(|charter| {
        let standing = |actor: &charter::Actor| law::standing_of(&corpus, &question, &charter.name, actor);
        contents::of(charter, library.texts(charter), &names, &standing)
    });
    let shown = json::Shown { schema: json::SCHEMA, on: on.to_string(), charters: shown.collect() };
    Ok(Done::clean(match arguments.answering.format {
        Format::Json => json::text(&shown),
        Format::Human => drawn(&shown, terminal),
    }))
}

/// The library, and which of its charters are meant.
fn found(wanted: &str) -> Result<(Library, Vec<usize>), Failure> {
    let path = PathBuf::from(wanted);
    let library = Library::embedded();
    let charters = &library.loaded.charters;
    let is_it = |charter: &Charter| {
        charter.name.as_str() == wanted || charter.also.iter().any(|also| also.as_str().eq_ignore_ascii_case(wanted))
    };
    if let Some(place) = charters.iter().position(is_it) {
        return Ok((library, vec![place]));
    }
    if wanted.contains(['/', '\\', '.']) || path.exists() {
        let library = Library::in_front(&[path])?.sound("a charter with errors cannot be shown")?;
        let all = (0..library.given().len()).collect();
        return Ok((library, all));
    }
    Err(Failure::plain(format!("there is no charter `{wanted}`"), help(wanted, charters)))
}

fn help(wanted: &str, charters: &[Charter]) -> String {
    let wanted = wanted.to_lowercase();
    let is_near = |charter: &&Charter| {
        let name = charter.name.as_str();
        let is_alias = charter.also.iter().any(|also| also.as_str().to_lowercase().contains(&wanted));
        let is_title = charter.title.as_str().to_lowercase().contains(&wanted);
        name.contains(&wanted) || wanted.contains(name) || is_title || is_alias
    };
    let near = charters.iter().filter(is_near).take(NEAR_MAX).map(|charter| format!("`{}`", charter.name));
    let near: Vec<String> = near.collect();
    if !near.is_empty() {
        return format!("did you mean {}?", near.join(" or "));
    }
    let known: Vec<&str> = charters.iter().map(|charter| charter.name.as_str()).collect();
    format!("it takes a path, or one of {}", known.join(", "))
}

fn drawn(shown: &json::Shown, terminal: &Terminal) -> String {
    let mut page = Page::new(terminal);
    for charter in &shown.charters {
        page.gap();
        page.line(
            0,
            &[(Ink::Strong, &charter.title), (Ink::Plain, " ("), (Ink::Plain, &charter.name), (Ink::Plain, ")")],
        );
        if !charter.also.is_empty() {
            page.line(0, &[(Ink::Faint, "also "), (Ink::Faint, &charter.also.join(", "))]);
        }
        for sentence in &charter.status {
            page.line(2, &[(Ink::Plain, sentence)]);
        }
        life(&mut page, charter, &shown.on);
        parts(&mut page, "Words and rules", &charter.declarations);
        articles(&mut page, charter);
        parts(&mut page, "Bodies", &charter.bodies);
        parts(&mut page, "Reservations and understandings", &charter.reservations);
        parts(&mut page, "Tracks", &charter.tracks);
        contributions(&mut page, charter);
        parts(&mut page, "Red lines", &charter.red_lines);
        claims(&mut page, charter);
        sources(&mut page, charter);
    }
    page.finish()
}

fn life(page: &mut Page, charter: &json::Charter, on: &str) {
    page.heading(&format!("Standing on {on}"));
    let mut groups: Vec<(Option<&str>, Vec<String>)> = Vec::new();
    for party in &charter.parties {
        let said =
            if party.name == party.actor { party.name.clone() } else { format!("{} ({})", party.name, party.actor) };
        match groups.iter_mut().find(|(standing, _)| *standing == party.standing) {
            Some((_, parties)) => parties.push(said),
            None => groups.push((party.standing, vec![said])),
        }
    }
    for (standing, parties) in groups {
        let standing = standing.map(|standing| format!("{}: ", standing.replace('-', " "))).unwrap_or_default();
        page.line(2, &[(Ink::Faint, &standing), (Ink::Plain, &parties.join(", "))]);
    }
    if !charter.history.is_empty() {
        page.heading("History");
        for act in &charter.history {
            page.line(2, &[(Ink::Faint, &act.on), (Ink::Plain, " "), (Ink::Plain, &act.act)]);
        }
    }
}

fn articles(page: &mut Page, charter: &json::Charter) {
    for article in &charter.articles {
        page.gap();
        let title = article.title.as_ref().map(|title| format!(" “{title}”")).unwrap_or_default();
        let secret = article.secret_until.as_ref().map(|day| format!(", secret until {day}")).unwrap_or_default();
        let unchecked = if article.unchecked { "  unchecked against its source" } else { "" };
        page.line(
            0,
            &[
                (Ink::Strong, &capitalised(&article.article)),
                (Ink::Strong, &title),
                (Ink::Plain, &secret),
                (Ink::Doubt, unchecked),
            ],
        );
        for known in &article.evidence {
            page.line(2, &[(Ink::Faint, &known_in_words(known))]);
        }
        sentences(page, &article.sentences);
    }
}

fn parts(page: &mut Page, title: &str, parts: &[json::Part]) {
    if parts.is_empty() {
        return;
    }
    page.heading(title);
    for part in parts {
        sentences(page, &part.sentences);
        for known in &part.evidence {
            page.line(4, &[(Ink::Faint, &known_in_words(known))]);
        }
    }
}

fn sentences(page: &mut Page, sentences: &[json::Sentence]) {
    for sentence in sentences {
        page.line(2 + 2 * sentence.level, &[(Ink::Plain, &sentence.text)]);
    }
}

fn contributions(page: &mut Page, charter: &json::Charter) {
    if charter.contributions.is_empty() {
        return;
    }
    page.heading("Contributions");
    for one in &charter.contributions {
        let promised = one.promised.as_deref().unwrap_or("on a day not known");
        let said = format!("{}: “{}”, promised {promised}, {}", one.actor, one.what, one.delivered);
        page.line(2, &[(Ink::Plain, &said)]);
        for known in &one.evidence {
            page.line(4, &[(Ink::Faint, &known_in_words(known))]);
        }
    }
}

fn claims(page: &mut Page, charter: &json::Charter) {
    if charter.claims.is_empty() {
        return;
    }
    page.heading("Claims (reports that are no clause)");
    for claim in &charter.claims {
        page.line(2, &[(Ink::Plain, "“"), (Ink::Plain, &claim.what), (Ink::Plain, "”")]);
        page.line(4, &[(Ink::Faint, &known_in_words(&claim.evidence))]);
    }
}

fn sources(page: &mut Page, charter: &json::Charter) {
    let unchecked = charter.articles.iter().filter(|article| article.unchecked).count();
    let read = charter.articles.iter().any(|article| !article.sources.is_empty());
    if charter.sources.is_empty() && !read && unchecked == 0 {
        return;
    }
    page.heading("Sources");
    for source in &charter.sources {
        page.line(2, &[(Ink::Plain, source)]);
    }
    for (articles, sources) in by_source(charter) {
        page.line(2, &[(Ink::Plain, &format!("{}: {}", articles.join(", "), sources.join("; ")))]);
    }
    if unchecked > 0 {
        let of = charter.articles.len();
        let (is, it) = if unchecked == 1 { ("is", "it") } else { ("are", "them") };
        let said = format!("{unchecked} of {of} articles {is} unchecked: nobody has compared {it} with a source");
        page.line(2, &[(Ink::Doubt, &said)]);
    }
}

/// The articles that were read in the same places, together.
fn by_source(charter: &json::Charter) -> Vec<(Vec<&str>, &[String])> {
    let mut groups: Vec<(Vec<&str>, &[String])> = Vec::new();
    for article in charter.articles.iter().filter(|article| !article.sources.is_empty()) {
        match groups.iter_mut().find(|(_, sources)| *sources == article.sources.as_slice()) {
            Some((articles, _)) => articles.push(&article.article),
            None => groups.push((vec![&article.article], &article.sources)),
        }
    }
    groups
}

/// `known officially from “joint statement”, grade B2; denied by “officials”, grade B3`
fn known_in_words(known: &json::Known) -> String {
    let how = match known.level {
        "official" => "known officially from",
        "reported" => "known by report from",
        _ => "known from",
    };
    let grade = |grade: &Option<String>| grade.as_ref().map(|grade| format!(", grade {grade}")).unwrap_or_default();
    let mut said = format!("{how} “{}”{}", known.from, grade(&known.grade));
    for denial in &known.denied_by {
        said.push_str(&format!("; denied by “{}”{}", denial.by, grade(&denial.grade)));
    }
    if let Some(origin) = &known.origin {
        said.push_str(&format!("; origin “{origin}”"));
    }
    said
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
