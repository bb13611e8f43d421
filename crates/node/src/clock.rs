//! What time it is. Read [`Clock`].

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use record::node::Seconds;

/// The machine's clock; or one that stands where it was set, so that a story that takes months is told in seconds, on as
/// many nodes as it takes, and each time the same.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Where it stands; 0: it goes.
    stands: Arc<AtomicU64>,
    /// How far a clock that goes is ahead of the machine's.
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// The machine's.
    #[must_use]
    pub fn system() -> Self {
        Self::at(0)
    }

    /// One that stands at this second after 1970.
    #[must_use]
    pub fn at(second: Seconds) -> Self {
        Self { stands: Arc::new(AtomicU64::new(second)), ahead: Arc::new(AtomicI64::new(0)) }
    }

    /// Seconds since 1970.
    #[must_use]
    pub fn now(&self) -> Seconds {
        match self.stands.load(Ordering::Relaxed) {
            0 => machine().saturating_add_signed(self.ahead.load(Ordering::Relaxed)),
            stands => stands,
        }
    }

    /// Sets it forward; it never goes back.
    pub fn set(&self, to: Seconds) {
        self.stands.fetch_max(to, Ordering::Relaxed);
    }

    /// It goes, from where it stands.
    pub fn go(&self) {
        let (now, machine) = (i64::try_from(self.now()).unwrap_or(0), i64::try_from(machine()).unwrap_or(0));
        self.ahead.store(now.saturating_sub(machine), Ordering::Relaxed);
        self.stands.store(0, Ordering::Relaxed);
    }
}

fn machine() -> Seconds {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
