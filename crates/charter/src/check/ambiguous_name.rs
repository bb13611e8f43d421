//! `ambiguous-name`: one name, two things it may be.

use super::{Check, Explanation, Run};
use crate::diagnostic::Diagnostic;
use crate::resolve::scope::Kind;
use crate::span::Span;

pub(crate) const CODE: &str = "ambiguous-name";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "one name that may be two things",
        text: "\
A bare name is a class, a group or a body, a place or an area, as it was declared. Where one charter
declares a name twice as different things that fit the same sentence, there are two readings of that
sentence, and the language has none with two. The same holds for a scenario that uses a name which
several other charters declare: it has to stand in the charter it means, or to say in its first line
under which charter it is, `scenario \"Turkey\" under north-atlantic on 2003-02-10`.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-01-01
parties BEL, FRA, NLD
group council: BEL, FRA
body council of all parties, decides by consensus
article 1
  unchecked
  when council decides \"measures\"
    each party must carry out the decision
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-01-01
parties BEL, FRA, NLD
group core: BEL, FRA
body council of all parties, decides by consensus
article 1
  unchecked
  when council decides \"measures\"
    each party must carry out the decision
",
        source: None,
    },
    run: Run::Resolving,
};

/// Declared twice in one place, as two kinds that both fit.
pub(crate) fn two_kinds(name: &str, span: Span, one: Kind, other: Kind) -> Diagnostic {
    let (one, other) = (one.with_article(), other.with_article());
    Diagnostic::error(CODE, span, format!("`{name}` may be {one} or {other}"))
        .label("both are declared, and both fit here")
        .help("give one of them another name")
}

/// Declared by several charters, none of which the scenario stands in.
pub(crate) fn two_charters(name: &str, span: Span, one: &str, other: &str) -> Diagnostic {
    Diagnostic::error(CODE, span, format!("`{name}` may be that of `{one}` or that of `{other}`"))
        .label("declared by several charters")
        .help(format!("say which in the scenario's first line: `scenario \"…\" under {one} on …`"))
}
