//! Log-ins that have gone to the provider and are not back yet. Read [`Flows`].

use std::collections::BTreeMap;

use crate::people::guesses::Place;

/// So long somebody may take at the provider.
pub(super) const FLOW_SECONDS: u64 = 10 * 60;

/// So many are under way at once.
const FLOWS_MAX: usize = 1_000;

/// So many from one address.
const FLOWS_OF_ONE_MAX: usize = 20;

/// A log-in that is under way.
#[derive(Clone)]
pub(super) struct Flow {
    /// What has to stand in the ID token.
    pub(super) nonce: String,
    /// What only the node knows: the provider was shown its hash, and gets it with the code (RFC 7636).
    pub(super) verifier: String,
    /// From where.
    pub(super) place: Place,
    /// Since when.
    pub(super) since: u64,
}

/// Those under way, by their `state`.
#[derive(Default)]
pub(super) struct Flows(BTreeMap<String, Flow>);

impl Flows {
    /// One more. Whoever begins many loses their oldest, and not somebody else's.
    pub(super) fn begin(&mut self, state: String, flow: Flow) {
        self.0.retain(|_, other| flow.since < other.since.saturating_add(FLOW_SECONDS));
        let own = || self.0.iter().filter(|(_, other)| other.place.counted == flow.place.counted);
        let oldest = match (own().count() >= FLOWS_OF_ONE_MAX, self.0.len() >= FLOWS_MAX) {
            (true, _) => own().min_by_key(|(_, other)| other.since).map(|(state, _)| state.clone()),
            (false, true) => self.0.iter().min_by_key(|(_, other)| other.since).map(|(state, _)| state.clone()),
            (false, false) => None,
        };
        if let Some(oldest) = oldest {
            self.0.remove(&oldest);
        }
        self.0.insert(state, flow);
    }

    /// Somebody is back. Nobody comes back twice.
    pub(super) fn end(&mut self, state: &str, now: u64) -> Option<Flow> {
        self.0.remove(state).filter(|flow| now < flow.since.saturating_add(FLOW_SECONDS))
    }
}

#[cfg(test)]
mod tests {
    use super::{FLOW_SECONDS, FLOWS_MAX, FLOWS_OF_ONE_MAX, Flow, Flows};
    use crate::people::guesses::Place;

    fn flow(at: &str, since: u64) -> Flow {
        let place = Place::of(Some(at.parse().unwrap()));
        Flow { nonce: String::new(), verifier: String::new(), place, since }
    }

    #[test]
    fn nobody_comes_back_twice_or_late() {
        let mut flows = Flows::default();
        flows.begin("a".to_owned(), flow("192.0.2.1", 5));
        flows.begin("b".to_owned(), flow("192.0.2.1", 5));
        assert!(flows.end("a", 6).is_some() && flows.end("a", 6).is_none());
        assert!(flows.end("b", 5 + FLOW_SECONDS).is_none());
    }

    #[test]
    fn what_is_under_way_is_bounded_and_one_address_does_not_push_others_out() {
        let mut flows = Flows::default();
        flows.begin("own".to_owned(), flow("192.0.2.1", 1));
        for index in 0..100 {
            flows.begin(format!("{index}"), flow("198.51.100.1", 2 + index));
        }
        assert_eq!(flows.0.len(), 1 + FLOWS_OF_ONE_MAX);
        assert!(flows.end("own", 3).is_some() && flows.end("99", 103).is_some() && flows.end("0", 103).is_none());
        for index in 0..2 * FLOWS_MAX {
            flows.begin(format!("{index}"), flow(&format!("10.0.{}.{}", index / 250, index % 250), 200));
        }
        assert_eq!(flows.0.len(), FLOWS_MAX);
    }
}
