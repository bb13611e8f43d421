//! `no-source`: articles that say neither where they were read nor that nobody checked.

use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::Article;

pub(crate) const CODE: &str = "no-source";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "articles that name no source and are not marked `unchecked`",
        text: "\
An answer is as good as the text behind it. Each article says where it was read (`source \"UNTS 34,
243\"`, in the article or for it), or how it is known (`known officially from …`), or that nobody has
compared it with its source (`unchecked`). A source counts only if it was opened.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  when anyone attacks a party
    the other party must assist the victim
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
",
        source: None,
    },
    run: Run::Charter(run),
};

/// How many of the articles are pointed at.
const POINTED_AT: usize = 3;

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    let charter = subject.charter;
    if charter.sources.iter().any(|source| source.articles.is_empty()) {
        return;
    }
    let named: std::collections::BTreeSet<_> = charter
        .sources
        .iter()
        .flat_map(|source| &source.articles)
        .filter_map(|article| article.label.as_ref())
        .collect();
    let is_bare = |article: &&Article| {
        !article.unchecked
            && article.sources.is_empty()
            && article.evidence.is_empty()
            && !named.contains(&article.label)
    };
    let mut bare = charter.articles.iter().filter(is_bare);
    let Some(first) = bare.next() else { return };
    findings.warning(CODE, || {
        let others: Vec<&Article> = bare.by_ref().take(POINTED_AT).collect();
        let count = 1 + others.len() + bare.count();
        let what = if count == 1 { "article names" } else { "articles name" };
        let message =
            format!("{count} {what} no source and {} not marked `unchecked`", if count == 1 { "is" } else { "are" });
        let fault = Diagnostic::warning(CODE, first.span, message);
        let fault = others.iter().fold(fault, |fault, article| fault.also(article.span, ""));
        fault.help("name what was read, `source \"UNTS 34, 243\"`, or write the line `unchecked`")
    });
}
