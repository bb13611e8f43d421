//! Which charters somebody means. Read [`charters`] first.
//!
//! A charter is found by its name, by one of its other names, by its title, or as a file.

use std::path::PathBuf;

use charter::model::Charter;

use super::Library;
use crate::failure::Failure;

/// How many names are proposed for one that is not known.
const NEAR_MAX: usize = 3;
/// How many names are listed where none is near.
const LISTED_MAX: usize = 12;

/// Charters, and the libraries they stand in.
pub(crate) struct Found {
    pub(crate) libraries: Vec<Library>,
    /// In the order in which they were asked for: a library, and a place in it.
    pub(crate) charters: Vec<(usize, usize)>,
}

/// The project's charters, or those that stand in their place.
pub(crate) fn library(corpus: &[PathBuf], message: &str) -> Result<Library, Failure> {
    if corpus.is_empty() { Ok(Library::embedded()) } else { Library::only(corpus)?.sound(message) }
}

/// The charters that these words mean.
pub(crate) fn charters(wanted: &[String], corpus: &[PathBuf]) -> Result<Found, Failure> {
    let library = library(corpus, "a charter with errors cannot be shown")?;
    let mut found = Found { libraries: vec![library], charters: Vec::new() };
    for word in wanted {
        let places = match found.libraries.first().and_then(|library| place(word, &library.loaded.charters)) {
            Some(place) => vec![(0, place)],
            None => in_a_file(word, &mut found.libraries)?,
        };
        for place in places {
            if !found.charters.contains(&place) {
                found.charters.push(place);
            }
        }
    }
    Ok(found)
}

fn in_a_file(word: &str, libraries: &mut Vec<Library>) -> Result<Vec<(usize, usize)>, Failure> {
    let path = PathBuf::from(word);
    if !word.contains(['/', '\\', '.']) && !path.exists() {
        let charters = libraries.first().map(|library| library.loaded.charters.as_slice()).unwrap_or_default();
        return Err(unknown(word, charters));
    }
    let library = Library::in_front(&[path])?.sound("a charter with errors cannot be shown")?;
    let places = (0..library.given().len()).map(|place| (libraries.len(), place)).collect();
    libraries.push(library);
    Ok(places)
}

/// Where the charter of this name stands: by its own name before another's other one.
pub(crate) fn place(wanted: &str, charters: &[Charter]) -> Option<usize> {
    let is = |name: &str| name.eq_ignore_ascii_case(wanted);
    let by_name = || charters.iter().position(|charter| is(charter.name.as_str()));
    let by_other = || charters.iter().position(|charter| charter.also.iter().any(|also| is(also.as_str())));
    let by_title =
        || charters.iter().position(|charter| charter.title.as_str().to_lowercase() == wanted.to_lowercase());
    by_name().or_else(by_other).or_else(by_title)
}

/// There is no such charter, and which may have been meant.
pub(crate) fn unknown(wanted: &str, charters: &[Charter]) -> Failure {
    Failure::plain(format!("there is no charter `{wanted}`"), help(wanted, charters))
}

fn help(wanted: &str, charters: &[Charter]) -> String {
    let mut near: Vec<&str> = Vec::new();
    near.extend(nearest(wanted, charters));
    for charter in charters.iter().filter(|charter| is_like(wanted, charter)) {
        if !near.contains(&charter.name.as_str()) {
            near.push(charter.name.as_str());
        }
    }
    if !near.is_empty() {
        let near: Vec<String> = near.into_iter().take(NEAR_MAX).map(|name| format!("`{name}`")).collect();
        return format!("did you mean {}?", near.join(" or "));
    }
    let known: Vec<&str> = charters.iter().take(LISTED_MAX).map(|charter| charter.name.as_str()).collect();
    let more = if charters.len() > LISTED_MAX { ", …: `accede list` has them all" } else { "" };
    format!("it takes a path, or a name such as {}{more}", known.join(", "))
}

/// The charter whose name, or other name, is the fewest slips of the pen away.
fn nearest<'a>(wanted: &str, charters: &'a [Charter]) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    let named = charters.iter().flat_map(|charter| {
        let all = std::iter::once(&charter.name).chain(&charter.also);
        all.map(|name| (name.as_str().to_lowercase(), charter.name.as_str()))
    });
    let named: Vec<(String, &str)> = named.collect();
    let near = charter::nearest(&wanted, named.iter().map(|(name, _)| name.as_str()))?;
    named.iter().find(|(name, _)| name == near).map(|(_, name)| *name)
}

/// Whether the words stand in one of its names, or one of its names in the words.
fn is_like(wanted: &str, charter: &Charter) -> bool {
    let wanted = wanted.to_lowercase();
    let name = charter.name.as_str();
    let holds = |text: &str| text.to_lowercase().contains(&wanted);
    wanted.contains(name)
        || holds(name)
        || holds(charter.title.as_str())
        || charter.also.iter().any(|also| holds(also.as_str()))
}
