//! Amendments, which bind only those who accepted them (Vienna Convention 40). Read [`Amendments`]
//! first.

use std::collections::BTreeMap;

use charter::model::Charter;
use charter::{Actor, Name};
use serde::{Deserialize, Serialize};

use crate::framework::{Framework, Said};
use crate::refusal::{Refusal, Why, by_vienna};

/// The amendments proposed, by name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Amendments(pub(crate) BTreeMap<Name, Amendment>);

/// One of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Amendment {
    pub(crate) version: Charter,
    pub(crate) digest: Name,
    pub(crate) by: Actor,
    pub(crate) on: i64,
    pub(crate) accepted: BTreeMap<Actor, i64>,
}

impl Amendment {
    /// When it entered into force between two who accepted it: on the second acceptance.
    pub(crate) fn entered(&self) -> Option<i64> {
        let mut dates: Vec<i64> = self.accepted.values().copied().collect();
        dates.sort_unstable();
        dates.get(1).copied()
    }
}

impl Framework {
    /// Vienna Convention 40(2): any party may propose one, and all are notified.
    pub(crate) fn amend(
        &mut self,
        said: Said<'_>,
        amendment: Name,
        digest: Name,
        version: Charter,
    ) -> Result<(), Refusal> {
        self.is_party(said)?;
        if version.name != self.charter.name {
            let message =
                format!("`{}` is another charter, and no new version of `{}`", version.name, self.charter.name);
            return Err(by_vienna(Why::OtherCharter, "40(1)", message));
        }
        if self.amendments.0.contains_key(&amendment) {
            let message = format!("an amendment `{amendment}` has been proposed already");
            return Err(by_vienna(Why::LabelTaken, "40(2)", message));
        }
        let proposed = Amendment { version, digest, by: said.party.clone(), on: said.now, accepted: BTreeMap::new() };
        self.amendments.0.insert(amendment, proposed);
        Ok(())
    }

    /// Vienna Convention 40(4): it does not bind whoever does not become a party to it.
    pub(crate) fn accept_amendment(&mut self, said: Said<'_>, name: &Name) -> Result<(), Refusal> {
        self.is_party(said)?;
        let Some(amendment) = self.amendments.0.get_mut(name) else {
            return Err(by_vienna(Why::UnknownAmendment, "40(2)", format!("no amendment `{name}` has been proposed")));
        };
        if amendment.accepted.contains_key(said.party) {
            let message = format!("`{}` has accepted `{name}` already", said.party);
            return Err(by_vienna(Why::AlreadyAccepted, "40(4)", message));
        }
        amendment.accepted.insert(said.party.clone(), said.now);
        Ok(())
    }

    /// Whether an amendment binds a party then: it accepted it, or became a party after it had entered
    /// into force (Vienna Convention 40(5)).
    pub(crate) fn is_amended_for(&self, amendment: &Amendment, party: &Actor, t: i64) -> bool {
        let Some(entered) = amendment.entered().filter(|entered| *entered <= t) else { return false };
        if amendment.accepted.get(party).is_some_and(|accepted| *accepted <= t) {
            return true;
        }
        let from = self.roll.records.get(party).and_then(|record| record.stay(t)).and_then(|stay| stay.from);
        from.is_some_and(|from| from > entered)
    }

    /// The amendment that governs between two parties, or of one alone: of those that bind both the
    /// last to enter into force (Vienna Convention 40(4) with 30(4)(b)).
    pub(crate) fn governing(&self, one: &Actor, other: Option<&Actor>, t: i64) -> Option<&Name> {
        let binds = |amendment: &Amendment, party: &Actor| self.is_amended_for(amendment, party, t);
        let both = self
            .amendments
            .0
            .iter()
            .filter(|(_, amendment)| binds(amendment, one) && other.is_none_or(|other| binds(amendment, other)));
        both.max_by_key(|(_, amendment)| amendment.entered()).map(|(name, _)| name)
    }
}
