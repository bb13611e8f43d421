//! Who there is, and their keys, from the simulation's seed. Read [`Ring`].

use std::collections::BTreeSet;

use record::Hash;
use record::act::Party;
use record::founding::{CharterText, Founder, Founding};
use record::key::{KeyName, Purpose, Signer, VerifierKey};

/// The codes of the parties: first those that found the framework, then those that may join.
pub(super) const CODES: [&str; 16] =
    ["BEL", "BGR", "CZE", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HUN", "ITA", "LTU", "LUX", "NLD", "POL", "PRT"];

/// The number of a party's own key; its offices' are higher.
pub(super) const OWN: u8 = 0;

/// The secrets of everybody, from one seed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ring(pub(super) u64);

impl Ring {
    /// A party's key: its own, or that of an office.
    pub(super) fn office(self, party: usize, which: u8) -> Option<Signer> {
        self.signer(party, Purpose::Act, which)
    }

    /// The key of a party's seat.
    pub(super) fn seat(self, party: usize, which: u8) -> Option<Signer> {
        self.signer(party, Purpose::Cosignature, which)
    }

    fn signer(self, party: usize, purpose: Purpose, which: u8) -> Option<Signer> {
        let (is_seat, what) = match purpose {
            Purpose::Cosignature => (1_u8, "seat"),
            Purpose::Act | Purpose::Note => (0, "office"),
        };
        let number = u8::try_from(party).ok()?;
        let seed = Hash::of(&[&self.0.to_be_bytes()[..], &[number, is_seat, which]].concat());
        let name = KeyName::new(format!("{}.example/{what}/{which}", code(party))).ok()?;
        Some(Signer::new(name, purpose, &seed.0))
    }

    /// What the framework starts from.
    pub(super) fn founding(self, founders: usize, depositary: usize, charter: &str) -> Option<Founding> {
        let founder = |at: usize| {
            let (key, seat) = (self.office(at, OWN)?.verifier(), self.seat(at, 0)?.verifier());
            Some(Founder { party: party(at)?, key, seat })
        };
        let founders = (0..founders).map(founder).collect::<Option<Vec<Founder>>>()?;
        let text = CharterText { hash: Hash::of(charter.as_bytes()), file: "pact.charter".to_owned() };
        Founding::new(vec![text], founders, party(depositary)?).ok()
    }

    /// The id-bearing half of an office's key.
    pub(super) fn public(self, party: usize, which: u8) -> Option<VerifierKey> {
        self.office(party, which).map(|signer| signer.verifier())
    }
}

/// A party's code.
pub(super) fn code(party: usize) -> &'static str {
    CODES.get(party).copied().unwrap_or("XKX")
}

/// A party, as the record has it.
pub(super) fn party(at: usize) -> Option<Party> {
    Party::new(code(at)).ok()
}

/// The party with this code.
pub(super) fn number(code: &str) -> Option<usize> {
    CODES.iter().position(|one| *one == code)
}

/// What offices are let sign here.
pub(super) fn scope() -> BTreeSet<String> {
    ["acknowledge", "call", "discharge", "join"].into_iter().map(str::to_owned).collect()
}

/// The charter: consultation within 48 hours, accession by invitation under silence, withdrawal with notice, a track.
pub(super) fn charter(founders: usize) -> String {
    let (parties, others) = CODES.split_at(founders.min(CODES.len()));
    format!(
        r#"prelude
counting days after the event, months to the same date, hours from receipt, in UTC

charter pact "A pact of neighbours"
status signed 2000-01-01, in force since 2000-06-01, withdrawal 48 hours after notice
parties {}
region neighbour: {}
accession a neighbour, invited by council
body council "Council" of all parties, decides by consensus, silence adopts after at least 1 hour

article 1
  when a party requests consultation
    each other party must consult the requester, within 48 hours

article 2
  always
    each party must not attack each other party

track watch "Watch"
  joined by a party, leave at will
  each member must not pass on items, without the consent of the originator
"#,
        parties.join(", "),
        others.join(", ")
    )
}
