//! Acts that are signed: what a party says, as the act behind its last one. Read [`Pen`].

use record::act::{Act, ActKind, Basis, Body, Party, Statement};
use record::entry::Entry;
use record::key::Signer;
use record::node::Seconds;
use record::pieces::{PIECE, pieced};
use record::signed::Filed;
use record::{Hash, Malformed};

/// So long an act may be under way that was signed without a node.
const EXPIRY_SECONDS: Seconds = 86_400;

/// Who signs, and behind what.
pub struct Pen<'a> {
    /// The founding's hash.
    pub framework: Hash,
    /// The party.
    pub party: Party,
    /// With which key.
    pub signer: &'a Signer,
    /// The number and hash of the party's last act.
    pub last: Option<(u64, Hash)>,
    /// What the signer had verified.
    pub basis: Basis,
    /// What time it is.
    pub now: Seconds,
    /// From when on it is too late for it.
    pub expires: Seconds,
}

impl Pen<'_> {
    /// Signs what is said, a kind of act and its text: one act, or its pieces and then the act where that is too long for one.
    ///
    /// # Errors
    ///
    /// Where the kind is none, the text is too long for pieces too, or the key is none for acts.
    pub fn say(mut self, kind: &str, text: &str) -> Result<Vec<Act>, Malformed> {
        let (pieces, body) = pieced(text.as_bytes()).ok_or(Malformed::TooMuch)?;
        let pieces = pieces.into_iter().map(|piece| (PIECE, Body::Whole(piece)));
        pieces.chain([(kind, body)]).map(|(kind, body)| self.write(kind, body)).collect()
    }

    fn write(&mut self, kind: &str, body: Body) -> Result<Act, Malformed> {
        let number = self.last.map_or(1, |(number, _)| number + 1);
        let statement = Statement {
            charter: self.framework,
            party: self.party.clone(),
            office: self.signer.verifier().id(),
            number,
            previous: self.last.map(|(_, hash)| hash),
            kind: ActKind::new(kind)?,
            body,
            basis: self.basis,
            claimed: self.now,
            expires: self.expires,
        };
        let act = Act::sign(statement, self.signer)?;
        self.last = Some((number, Filed::new(Entry::Act(act.clone())).hash()));
        Ok(act)
    }
}

/// Signs what a party says, of keys and seats or with an office's key, away from its node.
///
/// # Errors
///
/// As [`Pen::say`]; and where the party's code is none.
pub fn sign_all(
    framework: Hash,
    party: &str,
    signer: &Signer,
    last: Option<(u64, Hash)>,
    (kind, text): (&str, &str),
    now: Seconds,
) -> Result<Vec<Filed>, Malformed> {
    let basis = Basis { size: 0, root: Hash::of_no_entries() };
    let expires = now + EXPIRY_SECONDS;
    let pen = Pen { framework, party: Party::new(party)?, signer, last, basis, now, expires };
    Ok(pen.say(kind, text)?.into_iter().map(|act| Filed::new(Entry::Act(act))).collect())
}

/// The same, for what is said in one act.
///
/// # Errors
///
/// As [`sign_all`]; and where it takes several.
pub fn sign(
    framework: Hash,
    party: &str,
    signer: &Signer,
    last: Option<(u64, Hash)>,
    says: (&str, &str),
    now: Seconds,
) -> Result<Filed, Malformed> {
    let mut filed = sign_all(framework, party, signer, last, says, now)?;
    filed.pop().filter(|_| filed.is_empty()).ok_or(Malformed::TooMuch)
}
