//! A charter's standing on the day asked about, reckoned once: every answer asks for it. Read
//! [`Day`] first.

use crate::standing::{Stand, entered_anew, membership_anew, over_anew, standing_anew, suspended_anew};
use crate::value::Value;
use crate::view::{Cast, View};

/// How a charter stands on the day asked about, in the first reading of its status, with every
/// contested fact taken as it is asserted.
pub(crate) struct Day {
    pub(crate) entered: Stand,
    pub(crate) over: Value,
    /// One for each party, in their order.
    pub(crate) parties: Vec<PartyDay>,
}

/// How it stands for one party, whoever the claimant is.
pub(crate) struct PartyDay {
    pub(crate) standing: Stand,
    pub(crate) membership: Stand,
    /// *No* where it has suspended its own performance.
    pub(crate) suspended: Stand,
}

impl Day {
    fn new(view: &View<'_>) -> Self {
        // Nobody plays a part in a charter's life: what ends it names actors and classes.
        let view = &View { cast: Cast::default(), article: None, ..*view };
        let party = |(position, actor)| PartyDay {
            standing: standing_anew(view, actor, position, None),
            membership: membership_anew(view, actor, position),
            suspended: suspended_anew(view, position),
        };
        let parties = view.scene.parties.iter().enumerate().map(party).collect();
        Self { entered: entered_anew(view), over: over_anew(view), parties }
    }
}

/// The day's standing, where the view is of that day and of the world it was reckoned in. A charter
/// that an event may end is reckoned each time: the event may itself ask who is bound.
pub(crate) fn day<'v>(view: &View<'v>) -> Option<&'v Day> {
    let is_that_day = view.zoned().is_some_and(|zoned| zoned.asked == view.t);
    let is_that_world = view.world.dropped == 0 && view.world.status_reading == view.scene.first_status_reading();
    (view.scene.entry.is_dated && is_that_day && is_that_world).then(|| view.scene.day.get_or_init(|| Day::new(view)))
}
