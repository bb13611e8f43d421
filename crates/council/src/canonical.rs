//! A situation as bytes, equal for equal histories. Read [`Canon`] first.
//!
//! Every word is written with its length before it and every number as its digits, so that no two
//! situations are written alike. The order is that of the names.

use charter::model::{FactLine, When};
use charter::{Actor, Name};
use law::Provision;

use crate::act::{Choice, Forum, Owed, Seeks};
use crate::facts::Facts;
use crate::framework::Framework;
use crate::matters::{Question, Voice};
use crate::reservations::Made;
use crate::roll::{Entry, Record, Roll};

/// The bytes so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Canon {
    pub(crate) bytes: Vec<u8>,
}

impl Canon {
    fn word(&mut self, word: &str) {
        self.bytes.extend_from_slice(word.len().to_string().as_bytes());
        self.bytes.push(b':');
        self.bytes.extend_from_slice(word.as_bytes());
    }

    /// A new line of this kind.
    fn line(&mut self, kind: &str) {
        self.bytes.push(b'\n');
        self.word(kind);
    }

    fn actor(&mut self, actor: &Actor) {
        match actor {
            Actor::Code(code) => self.word(code.as_str()),
            Actor::Movement(name) => {
                self.word("movement");
                self.word(name.as_str());
            }
        }
    }

    fn maybe_actor(&mut self, actor: Option<&Actor>) {
        match actor {
            Some(actor) => self.actor(actor),
            None => self.word("-"),
        }
    }

    fn number(&mut self, number: i64) {
        self.word(&number.to_string());
    }

    fn maybe(&mut self, number: Option<i64>) {
        match number {
            Some(number) => self.number(number),
            None => self.word("-"),
        }
    }

    /// Everything of one charter.
    pub(crate) fn framework(&mut self, name: &Name, framework: &Framework) {
        self.line("charter");
        self.word(name.as_str());
        self.maybe(framework.clock);
        for (party, number) in &framework.numbers {
            self.line("number");
            self.actor(party);
            self.word(&number.to_string());
        }
        self.roll(&framework.roll);
        for made in framework.reservations.0.values() {
            self.made(made);
        }
        for (matter, questions) in &framework.matters.by_name {
            for question in questions {
                self.question(matter, question);
            }
        }
        self.facts(&framework.facts);
        for (track, members) in &framework.tracks.0 {
            for (actor, stays) in members {
                self.line("track");
                self.word(track.as_str());
                self.actor(actor);
                for (from, until) in stays {
                    self.number(*from);
                    self.maybe(*until);
                }
            }
        }
        for ((by, what), pledge) in &framework.pledges.0 {
            self.line("pledge");
            self.actor(by);
            self.word(what.as_str());
            self.maybe(pledge.promised);
            self.maybe(pledge.due);
            self.maybe(pledge.delivered);
            self.word(if pledge.is_unknown { "unknown" } else { "known" });
        }
        for (name, amendment) in &framework.amendments.0 {
            self.line("amendment");
            self.word(name.as_str());
            self.word(amendment.digest.as_str());
            self.actor(&amendment.by);
            self.number(amendment.on);
            for (actor, on) in &amendment.accepted {
                self.actor(actor);
                self.number(*on);
            }
        }
    }

    fn roll(&mut self, roll: &Roll) {
        self.line("entry");
        match roll.entry {
            Entry::At(on) => self.number(on),
            Entry::ProvisionallyAt(on) => {
                self.word("provisionally");
                self.number(on);
            }
            Entry::Waiting => self.word("waiting"),
            Entry::Unknown => self.word("unknown"),
            Entry::Never => self.word("never"),
        }
        for end in &roll.ends {
            self.line("end");
            self.number(*end);
        }
        if let Some(on) = roll.ended {
            self.line("ended-by-consent");
            self.number(on);
        }
        for (actor, record) in &roll.records {
            self.record(actor, record);
        }
    }

    fn record(&mut self, actor: &Actor, record: &Record) {
        self.line("actor");
        self.actor(actor);
        self.word(if record.is_listed { "listed" } else { "-" });
        self.maybe(record.signed);
        self.maybe(record.consented.map(|(on, _)| on));
        self.word(record.consented.map_or("-", |(_, instrument)| instrument.word()));
        self.maybe(record.deposited);
        self.maybe(record.observes);
        self.maybe(record.ended);
        for stay in &record.stays {
            self.line("stay");
            self.maybe(stay.from);
            self.maybe(stay.expelled);
            for given in &stay.notices {
                self.line("notice");
                self.word(match given.notice {
                    crate::act::Notice::Withdrawal => "withdrawal",
                    crate::act::Notice::Denunciation => "denunciation",
                });
                self.number(given.on);
                self.maybe(given.out);
                self.maybe(given.ends);
                self.maybe(given.revoked);
            }
        }
        for (from, until) in &record.provisional {
            self.line("provisional");
            self.number(*from);
            self.maybe(*until);
        }
        for (towards, from, until) in &record.suspended {
            self.line("suspended");
            self.maybe_actor(towards.as_ref());
            self.number(*from);
            self.maybe(*until);
        }
        for (whom, on) in &record.released {
            self.line("released");
            self.actor(whom);
            self.number(*on);
        }
    }

    fn made(&mut self, made: &Made) {
        let reservation = &made.reservation;
        self.line(match reservation.kind {
            charter::model::ReservationKind::Reservation => "reservation",
            charter::model::ReservationKind::Understanding => "understanding",
        });
        self.actor(&reservation.author);
        self.word(reservation.label.as_str());
        self.word(&reservation.article.to_string());
        self.number(made.on);
        self.maybe(made.withdrawn);
        for condition in &reservation.applies_only {
            self.line("applies");
            self.word(&condition.to_string());
        }
        for duty in &reservation.otherwise {
            self.line("otherwise");
            self.word(&duty.to_string());
        }
        for (actor, objection) in &made.objections {
            self.line("objection");
            self.actor(actor);
            self.number(objection.on);
            self.maybe(objection.withdrawn);
            self.word(if objection.opposes_entry { "opposes" } else { "-" });
        }
    }

    fn forum(&mut self, forum: &Forum) {
        match forum {
            Forum::Parties => self.word("parties"),
            Forum::Body(name) => {
                self.word("body");
                self.word(name.as_str());
            }
            Forum::Track(name) => {
                self.word("track");
                self.word(name.as_str());
            }
        }
    }

    fn question(&mut self, matter: &Name, question: &Question) {
        self.line("matter");
        self.word(matter.as_str());
        self.forum(&question.forum);
        match &question.seeks {
            Seeks::Words => self.word("words"),
            Seeks::Invitation(actor) => {
                self.word("invitation");
                self.actor(actor);
            }
            Seeks::Admission(actor) => {
                self.word("admission");
                self.actor(actor);
            }
            Seeks::Departure(actor) => {
                self.word("departure");
                self.actor(actor);
            }
            Seeks::End => self.word("end"),
            Seeks::Expulsion { whom, fact } => {
                self.word("expulsion");
                self.actor(whom);
                self.word(fact.as_str());
            }
            Seeks::Finding { fact, so } => {
                self.word(if *so { "finding" } else { "finding-not" });
                self.word(fact.as_str());
            }
        }
        self.actor(&question.by);
        self.number(question.opened);
        self.maybe(question.until);
        self.word(if question.is_by_silence { "silence" } else { "vote" });
        self.word(question.moved_from.as_ref().map_or("-", Name::as_str));
        for (kind, actors) in [("voter", &question.voters), ("concerned", &question.concerned)] {
            for actor in actors {
                self.line(kind);
                self.actor(actor);
            }
        }
        for (actor, (voice, on)) in &question.voices {
            self.line("voice");
            self.actor(actor);
            self.word(match voice {
                Voice::Voted(Choice::For) => "for",
                Voice::Voted(Choice::Against) => "against",
                Voice::Voted(Choice::Abstain) => "abstain",
                Voice::BrokeSilence => "breaks-silence",
            });
            self.number(*on);
        }
        for (actor, on) in &question.known {
            self.line("known");
            self.actor(actor);
            self.number(*on);
        }
    }

    fn facts(&mut self, facts: &Facts) {
        for (label, fact) in &facts.by_label {
            self.line("fact");
            self.word(label.as_str());
            self.actor(&fact.by);
            self.number(fact.on);
            self.fact_line(&fact.words, fact.happened);
            for (actor, on) in &fact.contested {
                self.line("contested");
                self.actor(actor);
                self.number(*on);
            }
            for (by, on, so) in &fact.found {
                self.line(if *so { "found" } else { "found-not" });
                self.word(by.as_str());
                self.number(*on);
            }
        }
        for ((bearer, duty), (on, evidence)) in &facts.discharged {
            self.line("discharged");
            self.duty(bearer, duty, *on);
            self.word(evidence.as_str());
        }
        for ((bearer, duty), on) in &facts.waived {
            self.line("waived");
            self.duty(bearer, duty, *on);
        }
    }

    fn fact_line(&mut self, line: &FactLine, happened: When) {
        self.word(&line.statement.to_string());
        for when in [Some(happened), line.until] {
            self.word(&when.map_or("-".to_owned(), |when| when.to_string()));
        }
        let Some(evidence) = &line.evidence else { return self.word("-") };
        self.word(match evidence.level {
            charter::model::Level::Text => "text",
            charter::model::Level::Official => "official",
            charter::model::Level::Reported => "reported",
        });
        self.word(evidence.from.as_str());
        self.word(&evidence.grade.map_or("-".to_owned(), |grade| format!("{}{}", grade.source, grade.content)));
        self.word(evidence.origin.as_ref().map_or("-", Name::as_str));
    }

    fn duty(&mut self, bearer: &Actor, duty: &Owed, on: i64) {
        self.actor(bearer);
        match &duty.provision {
            Provision::Article(label) => self.word(&label.to_string()),
            Provision::Track(name) => self.word(&format!("track {name}")),
        }
        self.word(duty.word.as_str());
        self.maybe_actor(duty.to.as_ref());
        self.word(duty.fact.as_ref().map_or("-", Name::as_str));
        self.number(on);
    }
}
