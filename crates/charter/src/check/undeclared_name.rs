//! What `undeclared-place`, `undeclared-class` and `undeclared-body` say, which differs only in
//! the kind of thing that is missing. No code of its own.

use super::{undeclared_body, undeclared_class, undeclared_place};
use crate::codes::iso_name;
use crate::diagnostic::Diagnostic;
use crate::resolve::scope::Kind;
use crate::span::Span;
use crate::spelling::{CANDIDATES_MAX, nearest};

/// The code for a name that was wanted as one of these kinds, the likeliest first.
pub(crate) fn code_for(kinds: &[Kind]) -> &'static str {
    match kinds.first() {
        Some(Kind::Place | Kind::Area) => undeclared_place::CODE,
        Some(Kind::Class | Kind::Group | Kind::Actor) | None => undeclared_class::CODE,
        Some(Kind::Body | Kind::Track) => undeclared_body::CODE,
    }
}

/// A name that is declared as none of the kinds wanted; `near` are the names of those kinds.
pub(crate) fn report(
    name: &str,
    span: Span,
    kinds: &[Kind],
    near: &[&str],
    other: Option<Kind>,
    is_charter: bool,
) -> Diagnostic {
    let wanted: Vec<&str> = kinds.iter().map(|kind| kind.with_article()).collect();
    let wanted = wanted.join(" or ");
    let fault = Diagnostic::error(code_for(kinds), span, format!("`{name}` is not declared"))
        .label(format!("expected {wanted}"));
    let fault = match other {
        Some(other) => fault.note(format!("`{name}` is {} here", other.with_article())),
        None if is_charter => fault.note(format!("`{name}` is a charter: one is a party to it, not a member of it")),
        None => fault,
    };
    let code = name.to_uppercase();
    if kinds.contains(&Kind::Group)
        && let Some(state) = iso_name(&code)
    {
        return fault.suggest(format!("codes are capitals: for {state}, write `{code}`"), span, code);
    }
    let plurals: Vec<String> = near.iter().take(CANDIDATES_MAX).map(|near| plural(near)).collect();
    if let Some(near) = nearest(name, near.iter().copied().chain(plurals.iter().map(String::as_str))) {
        return fault.suggest(format!("did you mean `{near}`?"), span, near);
    }
    let declaration = match kinds.first() {
        Some(Kind::Place) | None => format!("place {name}"),
        Some(Kind::Area) => format!("area {name}: territory of a party"),
        Some(Kind::Class) => format!("rank {name}: FRA, GBR"),
        Some(Kind::Group) => format!("group {name}: FRA, GBR"),
        Some(Kind::Body) => format!("body {name} of all parties, decides by consensus"),
        Some(Kind::Track) => format!("track {name}"),
        Some(Kind::Actor) => format!("actor {name} \"its name\""),
    };
    fault.help(format!("declare it in the charter or the prelude, for example `{declaration}`"))
}

/// The plural of a declared name, for a slip in one.
fn plural(name: &str) -> String {
    match name.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{name}s"),
    }
}
