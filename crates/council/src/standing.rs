//! Acts about being a party: from signature to withdrawal, as the Vienna Convention has it.
//!
//! Read [`Framework::consent`] first; the entries themselves are made in `roll`.

use charter::Actor;
use charter::model::{HistoryAct, Selector, Who};
use law::Truth;

use crate::act::{Instrument, Notice, Seeks};
use crate::framework::{Framework, Said};
use crate::matters::Question;
use crate::refusal::{Refusal, Why, by_charter, by_vienna};
use crate::roll::Record;

impl Framework {
    /// Vienna Convention 10 and 11: a signature is the negotiating state's.
    pub(crate) fn sign(&mut self, said: Said<'_>) -> Result<(), Refusal> {
        let (party, name) = (said.party, &self.charter.name);
        let record = self.roll.records.get(party).filter(|record| record.is_listed);
        let Some(record) = record else {
            let message = format!("`{party}` is not among the parties that negotiated `{name}`, so it cannot sign it");
            return Err(by_vienna(Why::NotNegotiating, "2(1)(e)", message));
        };
        if record.signed.is_some_and(|signed| signed <= said.now) {
            return Err(by_vienna(Why::AlreadySigned, "11", format!("`{party}` has signed `{name}` already")));
        }
        self.is_no_party(said)?;
        // A signature of somebody who was a party would begin its time as one anew, with nobody's leave.
        if record.has_left(said.now) {
            let message = format!("`{party}` has left `{name}`, and comes back by accession alone");
            return Err(by_vienna(Why::NotNegotiating, "15", message));
        }
        self.roll.sign(party, said.now);
        Ok(())
    }

    /// Vienna Convention 14 to 16: consent is expressed by an instrument. Where the charter names a
    /// depositary, it counts once it is deposited, and else at once, since the record notifies all.
    pub(crate) fn consent(&mut self, said: Said<'_>, instrument: Instrument) -> Result<(), Refusal> {
        let (party, name) = (said.party, self.charter.name.clone());
        let record = self.roll.records.get(party);
        let is_bound = record.is_some_and(|record| self.roll.is_bound(record, said.now));
        // A listed party that the text itself binds may still deposit, once.
        let has_instrument = record.is_some_and(|record| Self::has_instrument(record, said.now));
        if has_instrument {
            let message = format!("`{party}` has consented to `{name}` already");
            return Err(by_vienna(Why::AlreadyConsented, "11", message));
        }
        match instrument {
            Instrument::Accession if is_bound => return self.is_no_party(said),
            Instrument::Accession => self.may_accede(said)?,
            Instrument::Ratification | Instrument::Acceptance | Instrument::Approval => {
                if record.is_some_and(|record| record.consented.is_some() || record.has_left(said.now)) {
                    let message = format!("`{party}` has left `{name}`, and comes back by accession alone");
                    return Err(by_vienna(Why::NotSignatory, "15", message));
                }
                let may = record.is_some_and(|record| {
                    record.is_listed && (self.charter.status.signed.is_none() || record.signed.is_some())
                });
                if !may {
                    let word = instrument.word();
                    let message = format!("`{party}` has not signed `{name}`, and {word} follows a signature");
                    return Err(by_vienna(Why::NotSignatory, "14", message));
                }
            }
        }
        let waits = self.charter.status.depositary.is_some();
        let record = self.roll.record(party);
        record.consented = Some((said.now, instrument));
        if waits {
            record.deposited = None;
            return Ok(());
        }
        self.enter_deposit(said);
        Ok(())
    }

    /// Whether an instrument stands: one that was given, by a party that has not left since.
    fn has_instrument(record: &Record, t: i64) -> bool {
        record.consented.is_some() && !record.has_left(t)
    }

    /// Vienna Convention 15: accession is open as the charter says, or as all parties agree.
    fn may_accede(&self, said: Said<'_>) -> Result<(), Refusal> {
        let (party, name) = (said.party, &self.charter.name);
        // Whoever is listed negotiated it, and needs nobody's leave.
        if self.roll.records.get(party).is_some_and(|record| record.is_listed && record.stays.is_empty()) {
            return Ok(());
        }
        let needs_leave = match &self.charter.accession {
            None => true,
            Some(accession) => {
                if !self.takes_in(said, &accession.who, party) {
                    let message =
                        format!("`{name}` is open to the accession of {}, and `{party}` is none", accession.who);
                    return Err(by_charter(Why::NotOpenToIt, name, "its accession clause", message));
                }
                accession.invited_by.is_some() || accession.by.is_some()
            }
        };
        if !needs_leave || self.is_adopted_for(&Seeks::Invitation(party.clone()), party, None, said.now) {
            return Ok(());
        }
        let Some(accession) = &self.charter.accession else {
            let message =
                format!("`{name}` has no accession clause, and the parties have not agreed that `{party}` accedes");
            return Err(by_vienna(Why::NotInvited, "15", message));
        };
        let by = accession.invited_by.as_ref().map_or("all parties", charter::Name::as_str);
        let message = format!("`{party}` accedes to `{name}` at the invitation of `{by}`, and none has been adopted");
        Err(by_charter(Why::NotInvited, name, "its accession clause", message))
    }

    /// Whether a selector of the charter takes in an actor now.
    pub(crate) fn takes_in(&self, said: Said<'_>, who: &Who, actor: &Actor) -> bool {
        // Who is a party follows from the acts, and not from the text.
        if who.selector == Selector::AParty && who.other_than.is_empty() {
            return self.roll.is_party(actor, said.now);
        }
        law::takes_in(said.corpus, &self.charter.name, who, actor, said.at.into()) == Truth::Yes
    }

    /// Vienna Convention 16(b). An instrument from before its author left is spent.
    pub(crate) fn deposit(&mut self, said: Said<'_>) -> Result<(), Refusal> {
        let record = self.roll.records.get(said.party);
        let may = record.is_some_and(|record| {
            let left = record.stays.last().and_then(|stay| stay.left(said.now)).filter(|left| *left <= said.now);
            let is_fresh = record.consented.is_some_and(|(on, _)| left.is_none_or(|left| on > left));
            is_fresh && record.deposited.is_none()
        });
        if !may {
            let message = format!("`{}` has no instrument of `{}` to deposit", said.party, self.charter.name);
            return Err(by_vienna(Why::NothingToDeposit, "16(b)", message));
        }
        self.enter_deposit(said);
        Ok(())
    }

    fn enter_deposit(&mut self, said: Said<'_>) {
        let waited = self.roll.entered().is_none();
        self.roll.deposit(&self.charter, self.calendar, said.party, said.now);
        // An end by term runs from entry into force, and a charter of two ends with either.
        if waited || self.roll.ever_parties().nth(3).is_none() {
            self.roll.reckon_ends(said.corpus.prelude(), &self.charter, self.calendar);
        }
    }

    fn is_no_party(&self, said: Said<'_>) -> Result<(), Refusal> {
        if !self.roll.is_party(said.party, said.now) {
            return Ok(());
        }
        let message = format!("`{}` is a party to `{}` already", said.party, self.charter.name);
        Err(by_vienna(Why::AlreadyParty, "2(1)(g)", message))
    }

    /// Vienna Convention 25(1).
    pub(crate) fn apply_provisionally(&mut self, said: Said<'_>) -> Result<(), Refusal> {
        let (party, name) = (said.party, &self.charter.name);
        self.is_no_party(said)?;
        let record = self.roll.records.get(party);
        if !record.is_some_and(|record| record.signed.is_some() || record.consented.is_some()) {
            let message = format!("`{party}` has not signed `{name}`, so it cannot apply it provisionally");
            return Err(by_vienna(Why::NotSignatory, "25(1)", message));
        }
        if record.is_some_and(|record| record.applies_provisionally(said.now)) {
            let message = format!("`{party}` applies `{name}` provisionally already");
            return Err(by_vienna(Why::AlreadyProvisional, "25(1)", message));
        }
        self.roll.record(party).provisional.push((said.now, None));
        Ok(())
    }

    /// Vienna Convention 25(2).
    pub(crate) fn end_provisional_application(&mut self, said: Said<'_>) -> Result<(), Refusal> {
        let mut running = self.roll.records.get_mut(said.party).and_then(|record| record.provisional.last_mut());
        if let Some((_, until @ None)) = running.as_mut() {
            *until = Some(said.now);
            return Ok(());
        }
        let message = format!("`{}` does not apply `{}` provisionally", said.party, self.charter.name);
        Err(by_vienna(Why::NotProvisional, "25(2)", message))
    }

    /// `observers QAT`
    pub(crate) fn observe(&mut self, said: Said<'_>) -> Result<(), Refusal> {
        let (party, name) = (said.party, &self.charter.name);
        self.is_no_party(said)?;
        if !self.charter.status.observers.contains(party) {
            let message = format!("`{name}` does not name `{party}` among its observers");
            return Err(by_charter(Why::NotObserver, name, "its observers", message));
        }
        let record = self.roll.record(party);
        record.observes = record.observes.or(Some(said.now));
        Ok(())
    }

    /// Vienna Convention 54, 56 and 67. Whoever all the parties let go is out at once.
    pub(crate) fn give_notice(&mut self, said: Said<'_>, notice: Notice) -> Result<(), Refusal> {
        self.is_party(said)?;
        let (party, name) = (said.party, &self.charter.name);
        let stay = self.roll.records.get(party).and_then(|record| record.stay(said.now));
        if stay.is_some_and(|stay| stay.notices.iter().any(|given| given.stands(said.now))) {
            return Err(by_vienna(
                Why::NoticeStands,
                "67",
                format!("`{party}` has given notice under `{name}` already"),
            ));
        }
        let act = match notice {
            Notice::Withdrawal => HistoryAct::Withdraw,
            Notice::Denunciation => HistoryAct::Denounce,
        };
        let mut leave = self.roll.leave(&self.charter, self.calendar, &Self::as_history(said, act));
        if self.is_let_go(said) {
            let at_once = Some(law::Start { earliest: said.now, latest: said.now });
            leave = law::Leave { out: at_once, ends: leave.ends.and(at_once) };
        }
        if leave.out.is_none() && leave.ends.is_none() {
            let message = format!("`{party}` cannot leave `{name}`, which lets no party withdraw");
            return Err(by_vienna(Why::NoWithdrawal, "56(1)", message));
        }
        self.roll.give_notice(party, said.now, notice, leave);
        Ok(())
    }

    /// Vienna Convention 54(b): at any time, by consent of all the parties, itself among them. They let it go from this
    /// time as a party, and from no other.
    fn is_let_go(&self, said: Said<'_>) -> bool {
        let stay = self.roll.records.get(said.party).and_then(|record| record.stay(said.now));
        let from = stay.and_then(|stay| stay.from).unwrap_or(i64::MIN);
        let is_its = |question: &Question| question.opened >= from && self.consented(question, said.now).is_some();
        self.adopted(&Seeks::Departure(said.party.clone()), said.now).any(is_its)
    }

    /// Vienna Convention 68: at any time before it takes effect, and before its author is out otherwise.
    pub(crate) fn revoke_notice(&mut self, said: Said<'_>) -> Result<(), Refusal> {
        let is_party = self.is_party(said);
        let (party, name) = (said.party, &self.charter.name);
        let stay = self.roll.records.get_mut(party).and_then(|record| record.stays.last_mut());
        let given = stay.and_then(|stay| stay.notices.iter_mut().rev().find(|given| given.stands(said.now)));
        let Some(given) = given else {
            return Err(by_vienna(Why::NoNotice, "68", format!("`{party}` has given no notice under `{name}`")));
        };
        if given.out.into_iter().chain(given.ends).min().is_some_and(|effect| effect <= said.now) {
            let message = format!("the notice of `{party}` under `{name}` has taken effect");
            return Err(by_vienna(Why::NoticeTookEffect, "68", message));
        }
        is_party?;
        given.revoked = Some(said.now);
        Ok(())
    }

    /// Vienna Convention 57 and 72; whoever has consented may say so before entry into force.
    pub(crate) fn suspend(&mut self, said: Said<'_>, towards: Option<Actor>) -> Result<(), Refusal> {
        let record = self.roll.records.get(said.party);
        if !record.is_some_and(|record| self.roll.is_contracting(record, said.now)) {
            self.is_party(said)?;
        }
        if let Some(other) = &towards {
            self.binds(said, other)?;
        }
        let record = self.roll.record(said.party);
        if record.is_suspended(towards.as_ref(), said.now) {
            let message = format!("`{}` has suspended its performance of `{}` already", said.party, self.charter.name);
            return Err(by_vienna(Why::AlreadySuspended, "57", message));
        }
        self.roll.suspend(said.party, towards, said.now);
        Ok(())
    }

    /// Vienna Convention 72(2).
    pub(crate) fn resume(&mut self, said: Said<'_>, towards: Option<&Actor>) -> Result<(), Refusal> {
        let record = self.roll.records.get(said.party);
        if !record.is_some_and(|record| record.is_suspended(towards, said.now)) {
            let message = format!("`{}` has not suspended its performance of `{}`", said.party, self.charter.name);
            return Err(by_vienna(Why::NotSuspended, "72", message));
        }
        self.roll.resume(said.party, towards, said.now);
        Ok(())
    }

    /// Lets a party off every duty towards oneself.
    pub(crate) fn release(&mut self, said: Said<'_>, whom: Actor) -> Result<(), Refusal> {
        let was_party = self.roll.records.get(said.party).is_some_and(|record| record.stay(said.now).is_some());
        if !was_party {
            return self.is_party(said);
        }
        if whom == *said.party {
            let message = format!("`{whom}` owes itself nothing that it could release itself from");
            return Err(by_vienna(Why::NotItsOwn, "36", message));
        }
        self.roll.record(said.party).released.push((whom, said.now));
        Ok(())
    }
}
