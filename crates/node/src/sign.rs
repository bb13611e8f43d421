//! Acts of keys and seats that are signed without a node. Read [`sign`].

use record::act::{Act, ActKind, Basis, Body, Party, Statement};
use record::entry::Entry;
use record::founding::Founding;
use record::key::Signer;
use record::node::Seconds;
use record::roster::RosterAct;
use record::signed::Filed;
use record::{Hash, Malformed};

/// So long such an act may be under way.
const EXPIRY_SECONDS: Seconds = 86_400;

/// Signs what a party says of keys and seats, as the act behind its last one.
///
/// # Errors
///
/// Where the party's code is none, or the key is none for acts.
pub fn sign(
    founding: &Founding,
    party: &str,
    signer: &Signer,
    last: Option<(u64, Hash)>,
    says: &RosterAct,
    now: Seconds,
) -> Result<Filed, Malformed> {
    let statement = Statement {
        charter: founding.hash(),
        party: Party::new(party)?,
        office: signer.verifier().id(),
        number: last.map_or(1, |(number, _)| number + 1),
        previous: last.map(|(_, hash)| hash),
        kind: ActKind::new(says.kind())?,
        body: Body::Whole(says.to_string().into_bytes()),
        basis: Basis { size: 0, root: Hash::of_no_entries() },
        claimed: now,
        expires: now + EXPIRY_SECONDS,
    };
    Ok(Filed::new(Entry::Act(Act::sign(statement, signer)?)))
}
