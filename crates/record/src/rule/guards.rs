//! What keeps the record from forking, guard by guard. Read [`Guards`].

/// The guards of the rule. All are up; a test that takes one down, in a type of its own, has to see the record fail:
/// a guard whose absence nobody notices is not tested, or not needed.
pub trait Guards {
    /// An act is final when a certified checkpoint covers the certificate's own entry, and not when it is certified.
    const COVERED: bool = true;
    /// A certificate counts only in the log of its own tenure.
    const OWN_TENURE: bool = true;
    /// A certificate counts only for the first entries of the log it stands in.
    const OWN_LOG: bool = true;
    /// Of two certificates, that of the later tenure is the higher, whatever their sizes.
    const TENURE_FIRST: bool = true;
    /// A tenure starts right behind the highest certificate that its votes show.
    const FROM_HIGHEST: bool = true;
    /// A vote shows the highest certificate among the entries that the voter stored.
    const SHOWS_HIGHEST: bool = true;
    /// Whoever voted for a tenure cosigns in none before it.
    const FENCE: bool = true;
    /// One vote for each tenure, and for ever later ones.
    const ONE_VOTE: bool = true;
    /// What one node cosigns in one tenure is one chain.
    const ONE_CHAIN: bool = true;
    /// A node never goes back to an earlier tenure.
    const NEVER_BACK: bool = true;
    /// A node follows no log that leaves out what it holds to be final.
    const KEEPS_FINAL: bool = true;
    /// A change of seats takes effect only when the one before it is final where it took effect.
    const ONE_CHANGE: bool = true;
    /// What a node signed is stored before it leaves the node.
    const STORED_FIRST: bool = true;
    /// A node that comes back from an old backup takes another seat.
    const SEATED_ANEW: bool = true;
    /// A change of seats takes effect only when it is final.
    const FINAL_CHANGE: bool = true;
    /// A log counts only with its depositary's signature under all of it.
    const TRUE_HEAD: bool = true;
    /// Time by the record never goes back.
    const TIME_FORWARD: bool = true;
    /// Near a deadline nobody cosigns for a depositary that leaves acts out.
    const HASTE: bool = true;
    /// What is final counts only once its time is final too.
    const DATED: bool = true;
    /// An act counts only where the office that it names has signed it.
    const TRUE_ACT: bool = true;
    /// An office's acts count only of the kinds that it was let sign.
    const IN_SCOPE: bool = true;
    /// An office's acts count only until its time is over.
    const IN_OFFICE: bool = true;
    /// An office's acts count only up to the number that its revocation names.
    const UNREVOKED: bool = true;
    /// An act of a weighty kind counts only where as many of its party's offices want it as that takes.
    const SECONDED: bool = true;
    /// Of two acts of a party with one number the first counts, and each act follows the one before it.
    const ONE_ACT: bool = true;
    /// An act counts only where it came into the record in time.
    const UNEXPIRED: bool = true;
}

/// All guards are up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct All;

impl Guards for All {}
