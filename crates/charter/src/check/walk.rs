//! Goes through a charter's duties and through what is said of actors. Read [`duties`].

use std::collections::BTreeMap;

use crate::model::{
    Article, ArticleLabel, Charter, Clause, Condition, DutyLine, Object, Opening, Reading, ReadingMeaning, Scenario,
    ScenarioLineKind, Statement, Timing, Who,
};

/// Where a duty stands.
#[derive(Clone, Copy)]
pub(super) enum Home<'a> {
    /// Under an opening of an article.
    Clause(&'a Clause),
    /// In an article's exception, or in a reservation to it: the article's triggers are its own.
    Article(&'a Article),
    /// In a reservation to an article that is not there.
    Nowhere,
    /// In a track.
    Track,
}

/// Every duty of a charter that somebody may come to owe, and where it stands.
pub(super) fn duties(charter: &Charter) -> impl Iterator<Item = (Home<'_>, &DutyLine)> {
    let articles = charter.articles.iter().flat_map(|article| {
        let clauses = article
            .clauses
            .iter()
            .flat_map(move |clause| clause.duties.iter().map(move |duty| (Home::Clause(clause), duty)));
        let exceptions = article
            .exceptions
            .iter()
            .flat_map(move |exception| exception.duties.iter().map(move |duty| (Home::Article(article), duty)));
        clauses.chain(exceptions)
    });
    let labelled: BTreeMap<&ArticleLabel, &Article> = if charter.reservations.is_empty() {
        BTreeMap::new()
    } else {
        charter.articles.iter().map(|article| (&article.label, article)).collect()
    };
    let reservations = charter.reservations.iter().flat_map(move |reservation| {
        let label = reservation.article.label.as_ref().filter(|_| reservation.article.charter.is_none());
        let home = label.and_then(|label| labelled.get(label)).map_or(Home::Nowhere, |article| Home::Article(article));
        reservation.otherwise.iter().map(move |duty| (home, duty))
    });
    let tracks = charter.tracks.iter().flat_map(|track| track.duties.iter().map(|duty| (Home::Track, duty)));
    articles.chain(reservations).chain(tracks)
}

/// The statements of an opening.
pub(super) fn triggers(opening: &Opening) -> &[Statement] {
    match opening {
        Opening::When(statements) | Opening::While(statements) => statements,
        Opening::Always | Opening::On(_) => &[],
    }
}

/// Every condition line of an article outside its openings: exceptions and readings.
pub(super) fn side_conditions(article: &Article) -> impl Iterator<Item = &Condition> {
    let exceptions = article.exceptions.iter().flat_map(|exception| &exception.conditions);
    exceptions.chain(article.readings.iter().flat_map(reading_conditions))
}

fn reading_conditions(reading: &Reading) -> &[Condition] {
    match &reading.meaning {
        ReadingMeaning::Narrower(conditions) => conditions,
        ReadingMeaning::AsWritten
        | ReadingMeaning::Together
        | ReadingMeaning::EachOf
        | ReadingMeaning::EndedOn(_)
        | ReadingMeaning::InForce(_) => &[],
    }
}

/// The statements a duty's timing speaks of.
pub(super) fn timing_statements(duty: &DutyLine) -> impl Iterator<Item = &Statement> {
    duty.timing.iter().filter_map(|timing| match timing {
        Timing::UntilEvent(event) | Timing::AfterEvent(event) | Timing::While(event) => Some(event),
        Timing::AtOnce
        | Timing::Within(_)
        | Timing::NoLaterThan(_)
        | Timing::For(_)
        | Timing::UntilDate(_)
        | Timing::Before(_)
        | Timing::After(_) => None,
    })
}

/// Everybody a duty speaks of besides its bearer and its timing.
pub(super) fn named_in(duty: &DutyLine) -> impl Iterator<Item = &Who> {
    duty.action.whom.iter().chain(&duty.against).chain(&duty.without_consent_of)
}

/// Everybody a statement speaks of.
pub(super) fn speaks_of(statement: &Statement) -> impl Iterator<Item = &Who> {
    let object = match &statement.object {
        Object::Who(who) | Object::Bond { to: who, .. } => Some(who),
        Object::Nothing
        | Object::Place(_)
        | Object::Thing(_)
        | Object::Article(_)
        | Object::Charter(_)
        | Object::Body(_)
        | Object::Class(_)
        | Object::Area(_)
        | Object::Silence { .. } => None,
    };
    std::iter::once(&statement.subject).chain(object)
}

/// Every line of a scenario, its variants' included.
pub(super) fn lines(scenario: &Scenario) -> impl Iterator<Item = (&ScenarioLineKind, crate::span::Span)> {
    let own = scenario.lines.iter();
    own.chain(scenario.variants.iter().flat_map(|variant| &variant.lines)).map(|line| (&line.kind, line.span))
}
