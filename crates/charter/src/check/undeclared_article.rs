//! `undeclared-article`: an article its charter does not have.

use super::{Check, Explanation, Run};
use crate::diagnostic::Diagnostic;
use crate::model::ArticleLabel;
use crate::span::Span;
use crate::spelling::nearest;

pub(crate) const CODE: &str = "undeclared-article";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "an article that its charter does not have",
        text: "\
Sources, reservations, precedence and expectations name articles. Labels are compared as written:
`article 4` and `article 4(1)` are two articles, and `protocol 1` is no `article 1`.",
        bad: "\
charter pact \"Pact\"
source \"UNTS 1, 1\" for article 2
status signed 1950-01-01, in force since 1950-01-01
parties BEL, FRA
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
",
        good: "\
charter pact \"Pact\"
source \"UNTS 1, 1\" for article 1
status signed 1950-01-01, in force since 1950-01-01
parties BEL, FRA
article 1
  when anyone attacks a party
    the other party must assist the victim
",
        source: None,
    },
    run: Run::Resolving,
};

/// A label that no article bears; `labels` are those its charter has.
pub(crate) fn report(label: &ArticleLabel, span: Span, charter: Option<&str>, labels: &[&ArticleLabel]) -> Diagnostic {
    let of = charter.map_or_else(|| "this charter".to_owned(), |name| format!("`{name}`"));
    let fault = Diagnostic::error(CODE, span, format!("{of} has no {label}"));
    let shown: Vec<String> = labels.iter().map(|label| label.to_string()).collect();
    let paragraphs: Vec<&str> =
        shown.iter().filter(|one| one.starts_with(&format!("{label}("))).map(String::as_str).collect();
    if let [paragraph] = paragraphs.as_slice() {
        return fault.help(format!("it has {paragraph}"));
    }
    match nearest(&label.to_string(), shown.iter().map(String::as_str)) {
        Some(near) => fault.help(format!("did you mean {near}?")),
        None if shown.is_empty() => fault.note("it has no articles"),
        None => {
            let first: Vec<&str> = shown.iter().take(8).map(String::as_str).collect();
            let more = if shown.len() > 8 { " and others" } else { "" };
            fault.note(format!("it has {}{more}", first.join(", ")))
        }
    }
}
