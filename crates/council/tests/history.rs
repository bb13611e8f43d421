//! `law` reads a charter's dated acts, and the council folds them: on any day both must say the same
//! of every party. The project's own charters are tried.

#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the charters are files")]

use std::collections::BTreeSet;
use std::path::Path;

use charter::model::{Charter, Ending, EntryIntoForce, HistoryAct, HistoryEntry, Prelude, When};
use charter::{Actor, Name, SourceFile};
use council::{Act, Choice, Forum, Instrument, Kind, Moment, Notice, Refusal, Runs, Seeks, Situation, Standing};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use law::{Corpus, Question};

const DAYS_EACH: u32 = 60;

fn library() -> (Prelude, Vec<Charter>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../charters");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let files: Vec<SourceFile> = paths
        .into_iter()
        .map(|path| SourceFile { name: path.display().to_string(), bytes: std::fs::read(&path).unwrap() })
        .collect();
    let library = charter::load(&files, None);
    (library.prelude, library.charters)
}

/// Numbers that look drawn, the same in every run.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Random days over two centuries, and those around every date of the charter.
fn days(charter: &Charter, drawn: &mut Drawn) -> BTreeSet<Date> {
    let mut days: BTreeSet<Date> = (0..DAYS_EACH)
        .map(|_| date(1810, 1, 1).checked_add(i64::try_from(drawn.below(80_000)).unwrap().days()).unwrap())
        .collect();
    for entry in &charter.history {
        if let When::Day(on) = entry.on {
            days.extend((-1..=1).map(|off: i64| on.checked_add(off.days()).unwrap()));
            days.insert(on.checked_add(1.year()).unwrap());
            days.insert(on.checked_add(2.years()).unwrap());
        }
    }
    days
}

fn ever(charter: &Charter) -> BTreeSet<&Actor> {
    charter.parties.iter().chain(charter.history.iter().flat_map(|entry| &entry.who)).collect()
}

/// Whether `law`'s word and the council's say the same.
fn agree(law: law::Standing, council: Standing, is_in_force: bool) -> bool {
    match law {
        // Said before entry into force, it is the word of `law` at once, and the council's from then on.
        law::Standing::Suspended if !is_in_force => council == Standing::Signatory,
        law::Standing::Ended => council == Standing::Ended,
        law::Standing::InForce => matches!(council, Standing::Party | Standing::Leaving),
        law::Standing::Provisional => matches!(council, Standing::Provisional | Standing::Leaving),
        law::Standing::Suspended => council == Standing::Suspended,
        law::Standing::Left => matches!(council, Standing::Withdrawn | Standing::Expelled),
        law::Standing::Signed | law::Standing::NotInForce | law::Standing::Unknown | law::Standing::NotParty => {
            matches!(council, Standing::Stranger | Standing::Signatory | Standing::Consenting | Standing::Observer)
        }
        law::Standing::Draft => council != Standing::Party,
    }
}

/// Whether its beginning, its ends and its history are dated to the day: the rest waits for facts, or
/// is open.
fn is_dated(charter: &Charter) -> bool {
    let is_day = |when: &When| matches!(when, When::Day(_));
    let status = &charter.status;
    let entered = match &status.in_force {
        Some(EntryIntoForce::Since(when) | EntryIntoForce::ProvisionallySince(when)) => is_day(when),
        Some(EntryIntoForce::WhenDeposited { .. } | EntryIntoForce::Unknown | EntryIntoForce::Never) | None => true,
    };
    let ends = status.ends.iter().all(|ending| match ending {
        Ending::On(when) => is_day(when),
        Ending::Term { .. } => true,
        Ending::Event { .. } | Ending::WithCharter(_) => false,
    });
    let history = charter.history.iter().all(|entry| is_day(&entry.on));
    entered && ends && history && status.signed.iter().all(is_day) && status.lapses.is_empty()
}

fn compare(situation: &Situation, corpus: &Corpus, charter: &Charter, drawn: &mut Drawn) -> (u32, Vec<String>) {
    let (mut asked, mut wrong) = (0, Vec::new());
    for day in days(charter, drawn) {
        let question = Question::on(When::Day(day));
        let view = situation.at(Moment::Day(day)).charter(&charter.name).unwrap();
        for actor in ever(charter) {
            let by_law = law::standing_of(corpus, &question, &charter.name, actor).unwrap();
            let by_council = view.standing(actor).standing;
            asked += 1;
            if !agree(by_law, by_council, view.entered().is_some()) {
                let (law, council) = (by_law.word(), by_council.word());
                wrong.push(format!("{} {day} {actor}: law says {law}, the council {council}", charter.name));
            }
        }
    }
    (asked, wrong)
}

#[test]
fn a_history_that_is_read_gives_the_standing_that_law_gives() {
    let (prelude, charters) = library();
    let corpus = Corpus::new(prelude.clone(), charters.clone());
    let situation = Situation::new(prelude, charters.clone());
    let mut drawn = Drawn(1);
    let (mut asked, mut wrong) = (0, Vec::new());
    for charter in charters.iter().filter(|charter| is_dated(charter)) {
        let (number, found) = compare(&situation, &corpus, charter, &mut drawn);
        asked += number;
        wrong.extend(found);
    }
    println!("{asked} standings");
    assert!(asked > 20_000, "{asked}");
    assert!(wrong.is_empty(), "{} of {asked}\n{}", wrong.len(), wrong.join("\n"));
}

/// What an entry of a history is as an act; none: it is left in the text.
fn kinds(charter: &Charter, act: &HistoryAct) -> Vec<Kind> {
    let consent = |instrument| {
        let deposit = charter.status.depositary.is_some().then_some(Kind::Deposit);
        std::iter::once(Kind::Consent(instrument)).chain(deposit).collect()
    };
    match act {
        HistoryAct::Sign => vec![Kind::Sign],
        HistoryAct::Ratify => consent(Instrument::Ratification),
        HistoryAct::Accept => consent(Instrument::Acceptance),
        HistoryAct::Approve => consent(Instrument::Approval),
        HistoryAct::Accede => consent(Instrument::Accession),
        HistoryAct::Suspend(towards) => vec![Kind::Suspend(towards.clone())],
        HistoryAct::Resume(towards) => vec![Kind::Resume(towards.clone())],
        HistoryAct::Withdraw => vec![Kind::GiveNotice(Notice::Withdrawal)],
        HistoryAct::Denounce => vec![Kind::GiveNotice(Notice::Denunciation)],
        HistoryAct::Release(whom) => vec![Kind::Release(whom.clone())],
        HistoryAct::Expel(_)
        | HistoryAct::Reserve(_)
        | HistoryAct::Object(_)
        | HistoryAct::Notify(_)
        | HistoryAct::Renew(_)
        | HistoryAct::Amend(_) => Vec::new(),
    }
}

/// Nobody expels by an act of its own: whoever was expelled comes and goes by the text.
fn is_left_in_the_text(charter: &Charter, entry: &HistoryEntry) -> bool {
    let was_expelled = |actor: &Actor| {
        charter.history.iter().any(|entry| matches!(&entry.act, HistoryAct::Expel(expelled) if expelled == actor))
    };
    kinds(charter, &entry.act).is_empty() || entry.who.iter().any(was_expelled)
}

/// Acts on one charter, each party's numbered.
struct Acting {
    situation: Situation,
    charter: Name,
    number: u64,
}

impl Acting {
    fn act(&mut self, party: &Actor, on: Date, kind: Kind) -> Result<(), Refusal> {
        self.number += 1;
        let (charter, party, number) = (self.charter.clone(), party.clone(), self.number);
        self.situation.apply(Act { charter, party, at: Moment::Day(on), claimed: None, number, kind })
    }

    /// Whoever decides on accession invites, all of them voting for it.
    fn invite(&mut self, charter: &Charter, guest: &Actor, on: Date) {
        let by = charter.accession.as_ref().and_then(|accession| accession.invited_by.clone());
        let forum = by.map_or(Forum::Parties, Forum::Body);
        let view = self.situation.at(Moment::Day(on)).charter(&charter.name).unwrap();
        let parties: Vec<Actor> = view.parties().cloned().collect();
        let matter = Name::new(&format!("invite {guest}"));
        let (seeks, runs) = (Seeks::Invitation(guest.clone()), Runs::UntilAllHaveSpoken);
        let propose = Kind::Propose { matter: matter.clone(), forum: forum.clone(), seeks, runs };
        let Some(first) = parties.first() else { return };
        if self.act(first, on, propose).is_ok() {
            for party in &parties {
                let (matter, forum) = (matter.clone(), forum.clone());
                self.act(party, on, Kind::Vote { matter, forum, choice: Choice::For }).unwrap();
            }
        }
    }
}

#[test]
fn the_same_acts_folded_give_the_standing_that_law_gives() {
    let (prelude, charters) = library();
    let mut drawn = Drawn(2);
    let (mut asked, mut acts, mut wrong, mut refused) = (0, 0, Vec::new(), BTreeSet::new());
    for charter in charters.iter().filter(|charter| is_dated(charter) && !charter.history.is_empty()) {
        let mut bare = charter.clone();
        bare.history.retain(|entry| is_left_in_the_text(charter, entry));
        let others = |other: &Charter| if other.name == bare.name { bare.clone() } else { other.clone() };
        let situation = Situation::new(prelude.clone(), charters.iter().map(others).collect());
        let mut acting = Acting { situation, charter: charter.name.clone(), number: 0 };
        let mut history = charter.history.clone();
        history.sort_by_key(|entry| entry.on);
        for entry in history.iter().filter(|entry| !is_left_in_the_text(charter, entry)) {
            let When::Day(on) = entry.on else { continue };
            for party in &entry.who {
                if entry.act == HistoryAct::Accede {
                    acting.invite(charter, party, on);
                }
                for kind in kinds(charter, &entry.act) {
                    acts += 1;
                    if let Err(refusal) = acting.act(party, on, kind) {
                        refused.insert(format!("{} {} {party}: {refusal}", refusal.code(), charter.name));
                    }
                }
            }
        }
        let corpus = Corpus::new(prelude.clone(), charters.clone());
        let (number, found) = compare(&acting.situation, &corpus, charter, &mut drawn);
        asked += number;
        wrong.extend(found);
    }
    let refused: Vec<String> = refused.into_iter().collect();
    assert!(wrong.is_empty(), "{} of {asked}\n{}\n{}", wrong.len(), wrong.join("\n"), refused.join("\n"));
    // Italy's denunciation of 1915 had no clause to stand on: `law` too lets it never take effect.
    let of_italy = "no-withdrawal triple-alliance ITA: `ITA` cannot leave `triple-alliance`, which lets no party \
                    withdraw (Vienna Convention 56(1))";
    assert_eq!(refused, [of_italy]);
    println!("{acts} acts, {asked} standings");
    assert!(acts > 100 && asked > 10_000, "{acts} acts, {asked} standings");
}
