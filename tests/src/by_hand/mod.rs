//! Six charters as values, with questions and the answers they must get: no parser has touched them.
//! Read [`Case`] first, then any one of the charters.
//!
//! What is expected was worked out from the language page, and not copied from the engine or the slow
//! twin; so a fault that those two share is seen here. The extent of each charter is that of the page's
//! excerpt, not that of the treaty.

mod expected;
mod words;
mod written;

mod dual_alliance;
mod luxembourg;
mod north_atlantic;
mod pact;
mod platform;
mod triple_alliance;

use charter::Span;
use charter::model::{ActorDeclaration, Charter, Prelude};

pub use expected::{Case, Decided, Expected, Under};
pub use written::{charter_as_text, prelude_as_text};

use words::{counting, day, name, place};

/// What the six share: how time runs, Austria-Hungary, and the names of some places, of which
/// nothing is said but that there are such places.
#[must_use]
pub fn prelude() -> Prelude {
    let places = ["durand-line", "bohemia", "belgium", "europe", "north-america", "north-of-cancer", "mediterranean"];
    Prelude {
        counting: Some(counting()),
        actors: vec![ActorDeclaration {
            code: name("AUH"),
            name: name("Austria, from 1867 Austria-Hungary"),
            from: Some(day(1816, 1, 1)),
            to: Some(day(1918, 11, 12)),
            is_state: true,
            continues: None,
            cow: Some(300),
            span: Span::NONE,
        }],
        places: places.map(place).to_vec(),
        ..Prelude::default()
    }
}

/// The six, in one corpus.
#[must_use]
pub fn charters() -> Vec<Charter> {
    vec![
        pact::charter(),
        north_atlantic::charter(),
        dual_alliance::charter(),
        triple_alliance::charter(),
        luxembourg::charter(),
        platform::charter(),
    ]
}

/// Every question, and what it must be answered.
#[must_use]
pub fn cases() -> Vec<Case> {
    let cases = [
        pact::cases(),
        north_atlantic::cases(),
        dual_alliance::cases(),
        triple_alliance::cases(),
        luxembourg::cases(),
        platform::cases(),
    ];
    cases.into_iter().flatten().collect()
}
