//! How much of each thing a load may hold. Read [`CHARTERS_MAX`] and its neighbours.
//!
//! Not because more would be wrong, but because somebody else's text may be hostile, and because
//! what multiplies (parties by articles, readings by accounts) has to stay answerable.

use crate::check::too_many;
use crate::findings::Findings;
use crate::model::Charter;
use crate::source::Library;
use crate::span::Span;

/// Charters in a load, the base's included.
pub const CHARTERS_MAX: usize = 10_000;
/// Parties of a charter, those of its history included: more than all states there are.
pub const PARTIES_MAX: usize = 400;
/// Articles of a charter.
pub const ARTICLES_MAX: usize = 200_000;
/// Openings in an article.
pub const CLAUSES_MAX: usize = 1_000;
/// Conditions under one opening.
pub const CONDITIONS_MAX: usize = 20_000;
/// Exceptions of an article: each may clash with each.
pub const EXCEPTIONS_MAX: usize = 64;
/// Rival readings of one article, or of a status: answers are given for each.
pub const READINGS_MAX: usize = 8;
/// Members of a class or group.
pub const MEMBERS_MAX: usize = 1_000;
/// Dated acts in a charter's life.
pub const HISTORY_MAX: usize = 10_000;
/// Red lines of a charter: each is held against every clause.
pub const RED_LINES_MAX: usize = 100;
/// Bodies of a charter, its tracks' included.
pub const BODIES_MAX: usize = 1_000;

/// Everything in a library that is too many.
pub(super) fn check(library: &Library, findings: &mut Findings) {
    if let Some(charter) = library.charters.get(CHARTERS_MAX) {
        report("charters in one corpus", library.charters.len(), CHARTERS_MAX, charter.span, findings);
    }
    for charter in library.charters.iter().take(library.given) {
        check_charter(charter, findings);
    }
}

fn check_charter(charter: &Charter, findings: &mut Findings) {
    let mut bound = |what: &str, count: usize, most: usize, span: Span| report(what, count, most, span, findings);
    bound("parties", charter.parties.len(), PARTIES_MAX, charter.parties_span);
    bound("articles", charter.articles.len(), ARTICLES_MAX, charter.span);
    bound("dated acts", charter.history.len(), HISTORY_MAX, charter.span);
    let bodies = charter.bodies.len() + charter.tracks.iter().map(|track| track.bodies.len()).sum::<usize>();
    bound("bodies", bodies, BODIES_MAX, charter.span);
    bound("readings of one status", charter.status_readings.len(), READINGS_MAX, charter.status.span);
    bound("red lines", charter.red_lines.len(), RED_LINES_MAX, charter.span);
    for class in &charter.classes {
        if let crate::model::ClassMembers::Listed(members) = &class.members {
            bound("members of one class", members.len(), MEMBERS_MAX, class.span);
        }
    }
    for group in &charter.groups {
        bound("members of one group", group.members.len(), MEMBERS_MAX, group.span);
    }
    for article in &charter.articles {
        bound("openings in one article", article.clauses.len(), CLAUSES_MAX, article.span);
        bound("exceptions to one article", article.exceptions.len(), EXCEPTIONS_MAX, article.span);
        bound("readings of one article", article.readings.len(), READINGS_MAX, article.span);
        for clause in &article.clauses {
            bound("conditions under one opening", clause.conditions.len(), CONDITIONS_MAX, clause.span);
        }
    }
}

fn report(what: &str, count: usize, most: usize, span: Span, findings: &mut Findings) {
    if count > most {
        findings.error(too_many::CODE, || too_many::report(what, count, most, span));
    }
}
