//! What time it is. Read [`Clock`].

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use record::node::Seconds;

/// The machine's clock, set ahead or back: a story that takes months is told in seconds, on as many nodes as it takes.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// The machine's.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// Seconds since 1970.
    #[must_use]
    pub fn now(&self) -> Seconds {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        now.saturating_add_signed(self.ahead.load(Ordering::Relaxed))
    }

    /// From now on it is this time, and time goes on. It never goes back: where it is later already, nothing changes.
    pub fn set(&self, to: Seconds) {
        let ahead = i64::try_from(to.saturating_sub(self.now())).unwrap_or(0);
        self.ahead.fetch_add(ahead, Ordering::Relaxed);
    }

    /// From now on it is this time, earlier or later.
    pub fn begin(&self, at: Seconds) {
        let (at, now) = (i64::try_from(at).unwrap_or(0), i64::try_from(self.now()).unwrap_or(0));
        self.ahead.fetch_add(at.saturating_sub(now), Ordering::Relaxed);
    }
}
