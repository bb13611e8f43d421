//! `circular-precedence`: each prevails over the other.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::cycle::{circles, spelled};
use super::{Check, Explanation, Run, View};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{Article, ArticleLabel, ArticleRef, Charter, PrecedenceOver};
use crate::name::Name;
use crate::span::Span;

pub(crate) const CODE: &str = "circular-precedence";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "charters, articles or exceptions that each go before the other",
        text: "\
`prevails over`, and `over` between exceptions, rank two rules that both apply. Where the ranks run in
a circle nothing is first, so nothing is decided, and the conflict the lines were written for stands
as if they were not there. The same holds for two charters that both prevail over every other.",
        bad: "\
charter first \"First\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
this charter prevails over second
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim

charter second \"Second\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
this charter prevails over first
article 1
  unchecked
  when anyone threatens a party
    the other party must assist the threatened
",
        good: "\
charter first \"First\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
this charter prevails over second
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim

charter second \"Second\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when anyone threatens a party
    the other party must assist the threatened
",
        source: Some("Vienna Convention on the Law of Treaties, article 30"),
    },
    run: Run::Library(run),
};

/// A charter, or an article of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Ranked(Name, Option<ArticleLabel>);

impl fmt::Display for Ranked {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.1 {
            Some(label) => write!(out, "{label} of {}", self.0),
            None => write!(out, "{}", self.0),
        }
    }
}

fn run(view: &View<'_>, findings: &mut Findings) {
    let given: BTreeSet<&Name> = view.given().iter().map(|charter| &charter.name).collect();
    let mut ranks: BTreeMap<Option<&Name>, BTreeMap<Ranked, BTreeSet<Ranked>>> = BTreeMap::new();
    let mut places: BTreeMap<Ranked, Span> = BTreeMap::new();
    let mut above_all: BTreeMap<Option<&Name>, Vec<(&Charter, Span)>> = BTreeMap::new();
    for charter in &view.library.charters {
        for precedence in &charter.precedence {
            let winner = ranked(charter, &precedence.winner);
            match &precedence.over {
                PrecedenceOver::EveryOther => {
                    above_all.entry(precedence.for_parties_of.as_ref()).or_default().push((charter, precedence.span));
                }
                PrecedenceOver::Article(article) => {
                    if given.contains(&charter.name) {
                        places.insert(winner.clone(), precedence.span);
                    }
                    let edges = ranks.entry(precedence.for_parties_of.as_ref()).or_default();
                    edges.entry(winner).or_default().insert(ranked(charter, article));
                }
            }
        }
    }
    for circle in ranks.values().flat_map(circles) {
        let Some(span) = circle.iter().find_map(|ranked| places.get(ranked)) else { continue };
        findings.error(CODE, || {
            Diagnostic::error(CODE, *span, "these prevail over each other")
                .note(format!("{} …", spelled(&circle)))
                .help("remove one of the lines, or bound it: `for parties of …`")
        });
    }
    for rivals in above_all.values() {
        report_above_all(rivals, &given, findings);
    }
    for article in view.given().iter().flat_map(|charter| &charter.articles) {
        exceptions(article, findings);
    }
}

fn ranked(charter: &Charter, article: &ArticleRef) -> Ranked {
    Ranked(article.charter.clone().unwrap_or_else(|| charter.name.clone()), article.label.clone())
}

fn report_above_all(rivals: &[(&Charter, Span)], given: &BTreeSet<&Name>, findings: &mut Findings) {
    let Some((first, _)) = rivals.first() else { return };
    for (charter, span) in rivals.iter().skip(1).filter(|(charter, _)| given.contains(&charter.name)) {
        findings.error(CODE, || {
            let message = format!("`{}` and `{}` each prevail over every other charter", first.name, charter.name);
            Diagnostic::error(CODE, *span, message).help("say which of the two goes first, and bound the other")
        });
    }
}

fn exceptions(article: &Article, findings: &mut Findings) {
    if article.exceptions.len() < 2 {
        return;
    }
    let edges =
        article.exceptions.iter().map(|exception| (exception.label.clone(), exception.over.iter().cloned().collect()));
    let edges: BTreeMap<Name, BTreeSet<Name>> = edges.collect();
    for circle in circles(&edges) {
        let Some(exception) = article.exceptions.iter().find(|exception| circle.contains(&exception.label)) else {
            continue;
        };
        findings.error(CODE, || {
            Diagnostic::error(CODE, exception.span, "these exceptions go before each other")
                .note(format!("{} …", spelled(&circle)))
        });
    }
}
