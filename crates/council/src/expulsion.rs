//! The end of a charter for one party alone, by the others upon its material breach: Vienna Convention 60(2)(a)(i). Read
//! [`Framework::may_seek_expulsion`] first, then [`Framework::may_expel`].
//!
//! Whether what was reported is a material breach (60(3)) is for the others to judge, each by its vote, and not reckoned
//! here. What a party does alone upon the breach of another, 60(1), (2)(b) and (2)(c), is to suspend, in `standing`.

use charter::{Actor, Name};

use crate::framework::{Framework, Said};
use crate::refusal::{Refusal, Why, by_charter, by_vienna};

impl Framework {
    /// That a party may lay it before the others, upon this fact.
    pub(crate) fn may_seek_expulsion(&self, said: Said<'_>, whom: &Actor, fact: &Name) -> Result<(), Refusal> {
        let name = &self.charter.name;
        if whom == said.party {
            let message = format!("`{whom}` cannot seek that `{name}` ends for itself: that is for the other parties");
            return Err(by_vienna(Why::NotAnotherParty, "60(2)(a)", message));
        }
        if !self.roll.is_party(whom, said.now) {
            let message = format!("`{whom}` is not a party to `{name}` on `{}`, so it cannot end for it", said.at);
            return Err(by_vienna(Why::NotAnotherParty, "60(2)(a)", message));
        }
        if self.is_of_two(said.now) {
            let message = format!("`{name}` binds two parties alone, and there are no others that could agree");
            return Err(by_vienna(Why::OfTwo, "60(1)", message));
        }
        self.names_fact(fact)?;
        if let Some(body) = self.found_not_so_by(fact) {
            let message = format!("`{body}` has found that `{fact}` is not so");
            return Err(by_charter(Why::FoundNotSo, name, format_args!("body {body}"), message));
        }
        Ok(())
    }

    /// Whether the vote of the last of the others puts it out on that second, the matter having been laid before them on
    /// another: things may have changed between the two.
    pub(crate) fn may_expel(&self, whom: &Actor, fact: &Name, opened: i64, on: i64) -> bool {
        let Some(record) = self.roll.records.get(whom) else { return false };
        // Whoever has left, and come back since, is a party by leave that was given later.
        let has_left = record.stays.iter().filter_map(|stay| stay.left(on)).any(|left| opened < left && left <= on);
        self.roll.is_bound(record, on) && !has_left && !self.is_of_two(on) && self.found_not_so_by(fact).is_none()
    }

    /// It is out of the charter, and of its tracks, where it is not at once again when it comes back.
    pub(crate) fn expel(&mut self, whom: &Actor, on: i64) {
        self.roll.expel(whom, on);
        for (_, until) in self.tracks.0.values_mut().filter_map(|members| members.get_mut(whom)).flatten() {
            *until = Some(until.map_or(on, |until| until.min(on)));
        }
    }

    /// Whether the charter binds no more than two, so that a breach of it is a matter between them alone.
    fn is_of_two(&self, t: i64) -> bool {
        self.roll.parties(t).nth(2).is_none()
    }
}
