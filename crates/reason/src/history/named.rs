//! Which charters and articles an entry names: `UB70; BE39 7`. Read [`named`] first.

use charter::Name;
use charter::model::{ArticleKind, ArticleLabel, Charter};
use law::Corpus;

/// What an entry names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// `-`: there is no instrument.
    Nothing,
    /// Charters of the corpus.
    Instruments(Vec<Instrument>),
    /// Words that no charter answers to.
    Unknown(String),
}

/// A charter, and the articles that are meant; none: all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// The charter.
    pub charter: Name,
    /// Its articles.
    pub articles: Vec<ArticleLabel>,
}

/// Looks up what an entry names: instruments separated by `;`, each a charter's name or one of its
/// other names, and behind it the articles.
///
/// One name may be several charters', as when one table holds a treaty with each of four states. An
/// article that the charter does not have narrows nothing.
#[must_use]
pub fn named(corpus: &Corpus, text: &str) -> Named {
    if text.trim() == "-" {
        return Named::Nothing;
    }
    let whole: Vec<Instrument> = called(corpus, text.trim()).map(|charter| instrument(charter, "")).collect();
    if !whole.is_empty() {
        return Named::Instruments(whole);
    }
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    let instruments: Vec<Instrument> = parts.flat_map(|part| instruments(corpus, part)).collect();
    if instruments.is_empty() { Named::Unknown(text.to_owned()) } else { Named::Instruments(instruments) }
}

fn instruments<'a>(corpus: &'a Corpus, part: &'a str) -> Vec<Instrument> {
    let (name, articles) = part.split_once(char::is_whitespace).unwrap_or((part, ""));
    called(corpus, name).map(|charter| instrument(charter, articles)).collect()
}

/// The charters that answer to a name, in whatever case it is written.
fn called<'a>(corpus: &'a Corpus, name: &'a str) -> impl Iterator<Item = &'a Charter> {
    let is_it = |other: &Name| other.as_str().eq_ignore_ascii_case(name);
    corpus.charters().filter(move |charter| is_it(&charter.name) || charter.also.iter().any(is_it))
}

fn instrument(charter: &Charter, articles: &str) -> Instrument {
    let wanted = spoken_of(articles);
    let labels = charter.articles.iter().map(|article| &article.label);
    let meant = labels.filter(|label| wanted.iter().any(|wanted| is_meant(wanted, label)));
    let mut articles: Vec<ArticleLabel> = meant.cloned().collect();
    articles.dedup();
    Instrument { charter: charter.name.clone(), articles }
}

/// `1,4 and protocol 1`, `42-43`: each by itself, in small letters.
fn spoken_of(articles: &str) -> Vec<String> {
    let text = articles.to_lowercase().replace(" and ", ",");
    let mut all = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once('-').map(|(from, to)| (from.trim().parse::<u32>(), to.trim().parse::<u32>())) {
            Some((Ok(from), Ok(to))) if to.saturating_sub(from) < 100 => {
                all.extend((from..=to).map(|number| number.to_string()));
            }
            Some(_) | None => all.push(part.to_owned()),
        }
    }
    all
}

/// Whether words mean an article: by its number, of which either may name a paragraph more.
fn is_meant(wanted: &str, label: &ArticleLabel) -> bool {
    let number = label.number.as_str().to_lowercase();
    let word = match label.kind {
        ArticleKind::Article => "article",
        ArticleKind::Protocol => "protocol",
        ArticleKind::Annex => "annex",
        ArticleKind::Resolution => "res",
    };
    let is_plain = wanted.starts_with(|first: char| first.is_ascii_digit());
    if is_plain {
        return label.kind == ArticleKind::Article && is_part(wanted, &number);
    }
    let said = wanted.split_whitespace().find(|part| part.starts_with(|first: char| first.is_ascii_digit()));
    wanted.contains(word) && said.is_none_or(|said| is_part(said, &number))
}

fn is_part(one: &str, other: &str) -> bool {
    let within = |part: &str, whole: &str| part.strip_prefix(whole).is_some_and(|rest| rest.starts_with('('));
    one == other || within(one, other) || within(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(kind: ArticleKind, number: &str) -> ArticleLabel {
        ArticleLabel { kind, number: Name::new(number) }
    }

    #[test]
    fn articles_are_meant_by_number_and_kind() {
        assert_eq!(spoken_of("1,4 and secret protocol 1"), ["1", "4", "secret protocol 1"]);
        assert_eq!(spoken_of("42-43"), ["42", "43"]);
        assert!(is_meant("4(2)", &label(ArticleKind::Article, "4")));
        assert!(is_meant("4", &label(ArticleKind::Article, "4(2)")));
        assert!(!is_meant("4", &label(ArticleKind::Article, "42")));
        assert!(!is_meant("1", &label(ArticleKind::Protocol, "1")));
        assert!(is_meant("protocol 1(b)", &label(ArticleKind::Protocol, "1")));
        assert!(is_meant("protocol", &label(ArticleKind::Protocol, "2")));
        assert!(is_meant("sc res. 661", &label(ArticleKind::Resolution, "661")));
        assert!(!is_meant("letters", &label(ArticleKind::Article, "2")));
    }
}
