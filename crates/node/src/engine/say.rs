//! What a party says: signed here, or elsewhere, it waits for its place. Read [`Engine::sign`].

use record::Hash;
use record::act::Basis;
use record::entry::Entry;
use record::node::{Input, Item, Outputs, Seconds};
use record::roster::RosterAct;
use record::signed::{Filed, Signed};

use super::{Engine, Refused};
use crate::ledger::Verdict;
use crate::sign::Pen;

/// So long an act may be under way before it is too late for it.
const EXPIRY_SECONDS: Seconds = 7 * 86_400;

/// After this many acts, what an act would bring about is not tried out before it is signed: it takes a copy of all.
const TRIED_OUT_MAX: usize = 20_000;

impl Engine {
    /// Puts a signed act where it waits for its place.
    pub(super) fn file(&mut self, filed: Filed, now: Seconds, all: &mut Outputs<Signed>) -> Result<Hash, Refused> {
        let hash = filed.hash();
        if filed.act().is_none() {
            return Err(Refused::new("no-act", "that is no act", "file an act"));
        }
        if let Err(void) = self.node.chain().roster().is_signed(&filed, now) {
            return Err(Refused::new(void.code(), void.to_string(), ""));
        }
        // What is filed twice is filed once.
        if self.node.has(hash) {
            return Ok(hash);
        }
        self.is_wanted(&filed, now)?;
        self.step(Input::File(filed), now, all);
        if self.node.has(hash) {
            Ok(hash)
        } else {
            Err(Refused::new("full", "too many acts wait for a place already", "try again later"))
        }
    }

    /// Whether as many of the party's offices want it as it takes.
    fn is_wanted(&self, filed: &Filed, now: Seconds) -> Result<(), Refused> {
        self.read(|book| book.ledger.roster().is_wanted(filed, now)).map_err(|void| {
            let help = "have other offices want the same words first: `accede act --with KEY --wants …`";
            Refused::new(void.code(), void.to_string(), help)
        })
    }

    /// Signs words for the party, and has them wait for their place: the hash of the act that says them.
    pub(super) fn speak(
        &mut self,
        (kind, text): (&str, &str),
        now: Seconds,
        all: &mut Outputs<Signed>,
    ) -> Result<Hash, Refused> {
        let filed = self.sign(kind, text, now)?;
        // No pieces are filed of what will not be said.
        filed.last().map_or(Ok(()), |act| self.is_wanted(act, now))?;
        let mut said = Err(Refused::new("no-act", "nothing is said", ""));
        for filed in filed {
            said = Ok(self.file(filed, now, all)?);
        }
        said
    }

    /// Signs words for the party, as its next act, behind its pieces if it comes in pieces.
    fn sign(&self, kind: &str, text: &str, now: Seconds) -> Result<Vec<Filed>, Refused> {
        let office = self.office.as_ref().ok_or_else(|| {
            Refused::new("no-key", "this node holds no key that signs acts", "sign the act elsewhere, and file it")
        })?;
        let chain = self.node.chain();
        // Whoever has no seat may not know what its party has said already, and would say two things under one number.
        if !chain.reading().members(chain.size()).has(self.node.seat()) {
            let message = "this node has no seat in the record yet, and may not know all that its party has said";
            return Err(Refused::new(
                "no-seat",
                message,
                "take the seat with `accede node seat`, and wait until it is final",
            ));
        }
        let own = |filed: &Filed| {
            let said = filed.act()?.statement();
            (said.party == self.party).then(|| (said.number, filed.hash()))
        };
        let under_way = self.node.waiting().filter_map(|(filed, _)| own(filed)).max();
        // What has become final just now waits no longer, and the log does not show it to be final yet.
        let in_log = chain.items(chain.reading().final_size()).iter().filter_map(|item| match item {
            Item::Act(filed) => own(filed),
            Item::Certificate(_) | Item::Opening(_) => None,
        });
        let last = in_log.chain(under_way).chain(chain.roster().last(&self.party)).max();
        let (size, root) = self.node.settled().unwrap_or((0, Hash::of_no_entries()));
        let malformed =
            |fault| Refused::new("malformed", format!("this cannot be signed: {fault}"), "say less at once");
        let pen = Pen {
            framework: chain.roster().framework(),
            party: self.party.clone(),
            signer: office,
            last,
            basis: Basis { size, root },
            now,
            expires: now + EXPIRY_SECONDS,
        };
        let acts = pen.say(kind, text).map_err(malformed)?;
        let tried = self.read(|book| {
            let is_tried = RosterAct::KINDS.contains(&kind) || book.ledger.acts().count() < TRIED_OUT_MAX;
            acts.last().filter(|_| is_tried).map(|act| book.ledger.try_out(act, text, now))
        });
        if let Some(Verdict::Void { code, message, help }) = tried {
            return Err(Refused { code, message, help });
        }
        Ok(acts.into_iter().map(|act| Filed::new(Entry::Act(act))).collect())
    }
}
