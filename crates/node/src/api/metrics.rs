//! How the node fares, for Prometheus. Read [`metrics`].

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::guard::Who;
use super::{App, No};
use crate::people::Permission;

/// Gauges and counters in the text format of Prometheus, version 0.0.4.
pub(super) async fn metrics(State(app): State<App>, who: Who) -> Result<Response, No> {
    who.needs(Permission::ReadMetrics)?;
    let now = app.clock.now();
    let lines = app.handle.read(|book| {
        let stand = &book.stand;
        let certified = stand.certificate.as_ref().map_or(0, |certificate| certificate.checkpoint().size);
        let heard = |seconds: u64| {
            let lately = book.others.values().filter(|other| now.saturating_sub(other.heard) < seconds);
            u64::try_from(lately.count()).unwrap_or(u64::MAX)
        };
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let oldest = stand.waiting.values().map(|waiting| now.saturating_sub(waiting.since)).max();
        [
            ("accede_entries_held", "Entries in this node's copy of the record.", stand.held.size),
            ("accede_entries_certified", "Entries that enough have cosigned.", certified),
            ("accede_entries_final", "Entries that are final.", stand.settled),
            ("accede_acts_final", "Acts that are final.", count(book.ledger.acts().count())),
            ("accede_acts_void", "Acts that are final and count for nothing.", count(book.ledger.acts().voids())),
            ("accede_acts_waiting", "Acts that are not final yet.", count(stand.waiting.len())),
            ("accede_oldest_waiting_seconds", "How long the oldest of them has waited.", oldest.unwrap_or(0)),
            ("accede_tenure", "The depositary's time in office.", stand.tenure),
            ("accede_seats", "Who has a seat.", count(stand.members.len())),
            ("accede_seats_needed", "How many of them have to cosign.", count(stand.certifying)),
            ("accede_others_heard", "Other nodes heard in the last minute.", heard(60)),
            ("accede_record_time_seconds", "Time by the record, since 1970.", stand.time),
            ("accede_incidents", "What should not have happened, since the node started.", count(book.incidents.len())),
            (
                "accede_frozen",
                "1 where two histories or two situations were found, or rules hold that this program does not know.",
                u64::from(book.is_frozen()),
            ),
        ]
    });
    let told: String = lines
        .iter()
        .map(|(name, help, value)| format!("# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n"))
        .collect();
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], told).into_response())
}
