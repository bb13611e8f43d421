//! Between the two sets of letters. Read [`cross_the_bridge`] first.

use crate::codes::from_cow;

/// The ISO or declared code of the state that the Correlates of War call `abbreviation`, in that
/// year where the letters changed hands; none where they call no state so.
pub(super) fn cross_the_bridge(abbreviation: &str, year: Option<i16>) -> Option<&'static str> {
    from_cow(abbreviation, year)
}
