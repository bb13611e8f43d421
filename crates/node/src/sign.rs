//! Acts that are signed without a node: of keys and seats, and by offices. Read [`sign`].

use record::act::{Act, ActKind, Basis, Body, Party, Statement};
use record::entry::Entry;
use record::key::Signer;
use record::node::Seconds;
use record::signed::Filed;
use record::{Hash, Malformed};

/// So long such an act may be under way.
const EXPIRY_SECONDS: Seconds = 86_400;

/// Signs what a party says, as the act behind its last one: the kind of act, and its text as it is to be signed.
/// `framework` is the founding's hash.
///
/// # Errors
///
/// Where the party's code or the kind is none, or the key is none for acts.
pub fn sign(
    framework: Hash,
    party: &str,
    signer: &Signer,
    last: Option<(u64, Hash)>,
    (kind, text): (&str, &str),
    now: Seconds,
) -> Result<Filed, Malformed> {
    let statement = Statement {
        charter: framework,
        party: Party::new(party)?,
        office: signer.verifier().id(),
        number: last.map_or(1, |(number, _)| number + 1),
        previous: last.map(|(_, hash)| hash),
        kind: ActKind::new(kind)?,
        body: Body::Whole(text.as_bytes().to_vec()),
        basis: Basis { size: 0, root: Hash::of_no_entries() },
        claimed: now,
        expires: now + EXPIRY_SECONDS,
    };
    Ok(Filed::new(Entry::Act(Act::sign(statement, signer)?)))
}
