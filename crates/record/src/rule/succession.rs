//! Another depositary takes over. Read [`Opening`].

use super::{Certificate, Guards, Members, Name, Refusal, Tenure};

/// One seat's vote: stored before it is sent, one for each tenure, for ever later ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote<S, H> {
    /// Whose.
    pub by: S,
    /// For which tenure.
    pub tenure: Tenure,
    /// Whose tenure it shall be.
    pub successor: S,
    /// The highest certificate that the voter holds, shown whole; none: nothing was ever certified.
    pub highest: Option<Certificate<S, H>>,
}

/// The votes that open a tenure: its first entry, right behind what the highest certificate among them certifies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening<S, H> {
    /// Which tenure.
    pub tenure: Tenure,
    /// Whose.
    pub successor: S,
    /// The votes.
    pub votes: Vec<Vote<S, H>>,
}

impl<S: Name, H: Name> Opening<S, H> {
    /// The certificate from which the tenure starts: the highest of those that the votes show.
    #[must_use]
    pub fn start<G: Guards>(&self) -> Option<&Certificate<S, H>> {
        self.votes.iter().filter_map(|vote| vote.highest.as_ref()).max_by_key(|certificate| certificate.height::<G>())
    }

    /// Whether enough of the members at its place have voted for it.
    pub(super) fn is_carried(&self, members: &Members<S>) -> Result<(), Refusal> {
        let votes = self.votes.iter().filter(|vote| vote.tenure == self.tenure && vote.successor == self.successor);
        let needed = members.opening().ok_or(Refusal::OpeningWithoutVotes)?;
        if members.counted(votes.map(|vote| vote.by)) < needed {
            return Err(Refusal::OpeningWithoutVotes);
        }
        Ok(())
    }
}
