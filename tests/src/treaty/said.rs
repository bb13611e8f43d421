//! What parties say here, in words and in the record's bytes. Read [`Saying`].

use charter::{Actor, Name};
use council::text::{Wording, verb, write};
use council::{Forum, Instrument, Kind, Notice, Owed, Runs, Seeks};
use record::Hash;
use record::act::{Act, ActKind, Basis, Body, Statement};
use record::entry::Entry;
use record::key::{KeyId, Signer};
use record::node::Seconds;
use record::roster::RosterAct;
use record::signed::Filed;

use super::keys::{code, party};
use super::ledger::moment;

/// What a party says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Saying {
    /// Calls for consultation, as this.
    Calls(String),
    /// Has consulted this party, who called for it as this.
    Discharges(usize, String),
    /// Lets silence invite a party, until then.
    Proposes(String, usize, Seconds),
    /// Has heard of a matter.
    Acknowledges(String),
    /// Breaks silence on it.
    Breaks(String),
    /// Accedes.
    Accedes,
    /// Gives notice.
    Withdraws,
    /// Joins the track.
    Joins,
    /// Leaves it.
    Leaves,
    /// Something of keys and seats.
    Keys(RosterAct),
}

/// An act as the simulation knows it: nobody has to read it to know what it says.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// Whose it claims to be.
    pub(super) party: usize,
    /// Which of its acts.
    pub(super) number: u64,
    /// What it follows.
    pub(super) previous: Option<Hash>,
    /// Under which key.
    pub(super) office: KeyId,
    /// Whether that key has signed it.
    pub(super) is_true: bool,
    /// When it is said to have been signed.
    pub(super) claimed: Seconds,
    /// From when on it is too late.
    pub(super) expires: Seconds,
    /// What it says.
    pub(super) saying: Saying,
}

/// What stands around a saying.
#[derive(Clone, Copy, Debug)]
pub(super) struct Envelope {
    /// The framework.
    pub(super) framework: Hash,
    /// The party's last act: its number and hash.
    pub(super) last: Option<(u64, Hash)>,
    /// When it is said.
    pub(super) claimed: Seconds,
    /// From when on it is too late.
    pub(super) expires: Seconds,
}

impl Saying {
    fn kind(&self) -> Option<Kind> {
        let council = || Forum::Body(Name::new("council"));
        Some(match self {
            Self::Calls(label) => Kind::Call { label: Name::new(label), thing: Name::new("consultation") },
            Self::Discharges(to, label) => {
                let number = Name::new("1");
                let article = charter::model::ArticleLabel { kind: charter::model::ArticleKind::Article, number };
                let duty = Owed::under(article, "consult", &Actor::code(code(*to)), &Name::new(label));
                Kind::Discharge { duty, evidence: Name::new("minutes") }
            }
            Self::Proposes(matter, whom, until) => Kind::Propose {
                matter: Name::new(matter),
                forum: council(),
                seeks: Seeks::Invitation(Actor::code(code(*whom))),
                runs: Runs::SilenceUntil(moment(*until)),
            },
            Self::Acknowledges(matter) => Kind::Acknowledge { matter: Name::new(matter), forum: council() },
            Self::Breaks(matter) => Kind::BreakSilence { matter: Name::new(matter), forum: council() },
            Self::Accedes => Kind::Consent(Instrument::Accession),
            Self::Withdraws => Kind::GiveNotice(Notice::Withdrawal),
            Self::Joins => Kind::Join(Name::new("watch")),
            Self::Leaves => Kind::Leave(Name::new("watch")),
            Self::Keys(_) => return None,
        })
    }

    /// The word beside the text, and the text, as they are signed.
    pub(super) fn words(&self, by: usize) -> Option<(String, String)> {
        if let Self::Keys(act) = self {
            return Some((act.kind().to_owned(), act.to_string()));
        }
        let kind = self.kind()?;
        let word = verb(&kind).to_owned();
        let wording = Wording { charter: Name::new("pact"), kind, version: String::new() };
        Some((word, write(&wording, &Actor::code(code(by))).ok()?))
    }

    /// The word beside the text.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Keys(act) => act.kind(),
            Self::Calls(_)
            | Self::Discharges(..)
            | Self::Proposes(..)
            | Self::Acknowledges(_)
            | Self::Breaks(_)
            | Self::Accedes
            | Self::Withdraws
            | Self::Joins
            | Self::Leaves => self.kind().map_or("", |kind| verb(&kind)),
        }
    }

    /// Signs it for a party; where it is `forged`, the signature is not that of the key.
    pub(super) fn sign(&self, by: usize, key: &Signer, around: Envelope, forged: bool) -> Option<(Filed, Told)> {
        let (kind, text) = self.words(by)?;
        let number = around.last.map_or(1, |(number, _)| number + 1);
        let previous = around.last.map(|(_, hash)| hash);
        let office = key.verifier().id();
        let statement = Statement {
            charter: around.framework,
            party: party(by)?,
            office,
            number,
            previous,
            kind: ActKind::new(kind).ok()?,
            body: Body::Whole(text.into_bytes()),
            basis: Basis { size: 0, root: Hash::of_no_entries() },
            claimed: around.claimed,
            expires: around.expires,
        };
        let mut act = Act::sign(statement, key).ok()?;
        if forged {
            let mut signature = act.signature().to_vec();
            *signature.last_mut()? ^= 1;
            act = Act::new(act.statement().clone(), act.algorithm(), signature).ok()?;
        }
        let told = Told {
            party: by,
            number,
            previous,
            office,
            is_true: !forged,
            claimed: around.claimed,
            expires: around.expires,
            saying: self.clone(),
        };
        Some((Filed::new(Entry::Act(act)), told))
    }
}
