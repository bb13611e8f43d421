//! Acts as they become final, as server-sent events. Read [`stream`].

use std::convert::Infallible;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive};
use axum::response::{IntoResponse, Response, Sse};
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::acts::{Shown, recorded, whole};
use super::guard::Who;
use super::sent::Words;
use super::{App, No};
use crate::people::Permission;

/// So many events are taken from the book at once.
const PAGE: usize = 256;

/// So often it is asked whether somebody is still who they were.
const ASK: Duration = Duration::from_secs(2);

/// From where on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct From {
    /// From this place of the record on; else what becomes final from now on.
    from: Option<u64>,
}

/// Each act that becomes final, once, in order; its event's id is its place in the record. Whoever was cut off says which it
/// had last (`Last-Event-ID`), and goes on behind it.
pub(super) async fn stream(
    State(app): State<App>,
    who: Who,
    Words(asked): Words<From>,
    headers: HeaderMap,
) -> Result<Response, No> {
    who.needs(Permission::Read)?;
    let last = match headers.get("last-event-id") {
        None => None,
        Some(last) => {
            let read = last.to_str().ok().and_then(|last| last.parse::<u64>().ok());
            Some(read.ok_or_else(|| No::bad("event", "the last event's id is no place of the record", ""))?)
        }
    };
    let newest = app.handle.read(|book| book.ledger.size());
    let mut next = last.map_or(asked.from.unwrap_or(newest), |last| last.saturating_add(1));
    let (sender, events) = mpsc::channel::<Result<Event, Infallible>>(PAGE);
    tokio::spawn(async move {
        let (mut changes, mut stops) = (app.handle.changes(), app.stops.clone());
        let mut asked = Instant::now();
        loop {
            let page = app.handle.read(|book| book.ledger.acts().from(next).take(PAGE).map(Shown::of).collect());
            let Ok(page) = whole(&app, page).await else { return };
            // Who was disabled, or has logged out, is told no more.
            if asked.elapsed() > ASK {
                asked = Instant::now();
                if !who.still(&app).await {
                    return;
                }
            }
            let is_all = page.is_empty();
            for act in page {
                next = act.place + 1;
                let event = Event::default().id(act.place.to_string()).event("final").data(recorded(&act).to_string());
                if sender.send(Ok(event)).await.is_err() {
                    return;
                }
            }
            if !is_all {
                continue;
            }
            tokio::select! {
                changed = changes.changed() => if changed.is_err() { return },
                () = sender.closed() => return,
                () = tokio::time::sleep(ASK) => {}
                _ = stops.wait_for(|stops| *stops) => return,
            }
        }
    });
    Ok(Sse::new(ReceiverStream::new(events)).keep_alive(KeepAlive::default()).into_response())
}
