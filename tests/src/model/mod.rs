//! Every way the record's rule can go, within bounds, when every depositary is false. Read [`explore`].
//!
//! The rule is the one that runs ([`record::rule`]); only the world around it is a model. In it, every depositary and
//! some of the members are false and work together. They make logs of any entries, show any node any log at any
//! time, keep back and bring back whatever was ever signed, and sign what they like. An honest node cosigns what the
//! rule lets it, and votes for whatever tenure it is asked to. What is lost, late, repeated or out of order is so
//! because it suits them; a restart from what was stored is no step of its own, since a node is nothing but what it
//! stored.
//!
//! What must never come about: two logs of which neither continues the other, both final.

mod logs;
mod state;

use std::collections::{BTreeSet, VecDeque};

use record::rule::{Change, Guards};

use self::logs::{LOG_EMPTY, LogId, Logs};
use self::state::State;

/// What is explored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Seats at first: 0 and on.
    pub seats: u8,
    /// Which of all seats are false.
    pub false_seats: Vec<u8>,
    /// Tenures, the first among them.
    pub tenures: usize,
    /// Entries of a tenure, its opening not counted.
    pub entries: u64,
    /// How many kinds of acts there are that change nobody's seat.
    pub acts: u8,
    /// Changes of seats that acts may make, each once in a log, in this order.
    pub changes: Vec<Change<u8>>,
    /// Nodes that forget, once, what they signed, and go on under the same seat, as one restored from a backup would.
    pub forgetful: Vec<u8>,
    /// Stop here; what was found by then is all that is claimed.
    pub states_max: usize,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explored {
    /// Different states, nodes that are alike taken for one another.
    pub states: usize,
    /// Different logs that were shown to somebody.
    pub logs: usize,
    /// Whether there is nothing left to explore within the bounds.
    pub is_complete: bool,
    /// The steps to two final logs, if there is a way.
    pub fork: Option<Vec<String>>,
}

/// One step of one honest node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Cosigns(u8, LogId),
    Votes(u8, u8, LogId),
    Forgets(u8),
}

/// How a state came about: from which, and by which step.
type Origin = (u32, Option<Step>);

/// Explores all states, nearest first.
#[must_use]
pub fn explore<G: Guards + Clone>(bounds: &Bounds) -> Explored {
    let mut logs = Logs::<G>::new(bounds);
    let first = State::new(bounds);
    let mut known = BTreeSet::from([first.fingerprint()]);
    let mut origins: Vec<Origin> = vec![(0, None)];
    // States are kept only until they have been explored; what is known of the others is their fingerprint.
    let mut ahead = VecDeque::from([first]);
    let mut at = 0;
    while let Some(state) = ahead.pop_front() {
        for (step, next) in state.steps(bounds, &mut logs) {
            if !known.insert(next.fingerprint()) {
                continue;
            }
            let fork = matches!(step, Step::Cosigns(..)).then(|| next.fork(bounds, &logs)).flatten();
            origins.push((at, Some(step)));
            ahead.push_back(next);
            if fork.is_some() || origins.len() >= bounds.states_max {
                let fork = fork.map(|fork| told(&origins, &logs, fork));
                return Explored { states: origins.len(), logs: logs.count(), is_complete: false, fork };
            }
        }
        at += 1;
    }
    Explored { states: origins.len(), logs: logs.count(), is_complete: true, fork: None }
}

/// The steps to the last state, in words.
fn told<G: Guards + Clone>(origins: &[Origin], logs: &Logs<G>, (one, other): (LogId, LogId)) -> Vec<String> {
    let mut lines = vec![format!("both are final: {} and {}", logs.told(one), logs.told(other))];
    let mut at = origins.len() - 1;
    while let Some((before, Some(step))) = origins.get(at) {
        lines.push(match step {
            Step::Cosigns(node, log) => format!("{node} cosigns {}", logs.told(*log)),
            Step::Votes(node, tenure, shown) if *shown == LOG_EMPTY => {
                format!("{node} votes for tenure {tenure}, and holds no certificate")
            }
            Step::Votes(node, tenure, shown) => {
                format!("{node} votes for tenure {tenure}, and shows the certificate for {}", logs.told(*shown))
            }
            Step::Forgets(node) => format!("{node} forgets what it signed"),
        });
        at = usize::try_from(*before).unwrap_or_default();
    }
    lines.reverse();
    lines
}
