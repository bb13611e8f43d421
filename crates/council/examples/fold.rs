//! Folds a million made-up acts, saves and loads what comes of them, and prints the processor time of each.
//!
//! `cargo run --release -p council --example fold`

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "an example reads the processor's clock and prints"
)]
#![expect(clippy::indexing_slicing, reason = "made-up acts under a made-up charter are as they are")]

use std::error::Error;
use std::fmt::Write as _;

use charter::{Actor, Name, SourceFile};
use council::{Act, Choice, Forum, Instrument, Kind, Moment, Notice, Owed, Runs, Situation};
use jiff::Timestamp;

const ACTS: usize = 1_000_000;
const PARTIES: usize = 30;
const ROUND_SECONDS: i64 = 86_400;

/// Processor nanoseconds of this process, as Linux counts them.
fn processor() -> Result<u64, Box<dyn Error>> {
    let told = std::fs::read_to_string("/proc/self/schedstat")?;
    Ok(told.split_whitespace().next().ok_or("the processor's time is not told here")?.parse()?)
}

fn code(number: usize) -> String {
    let letter = |number: usize| {
        char::from_digit(u32::try_from(number % 26 + 10).unwrap_or(10), 36).unwrap_or('A').to_ascii_uppercase()
    };
    format!("Q{}{}", letter(number / 26), letter(number))
}

fn charter() -> Result<String, std::fmt::Error> {
    let codes: Vec<String> = (0..PARTIES).map(code).collect();
    let mut text =
        "prelude\ncounting days after the event, months to the same date, hours from receipt, in UTC\n".to_owned();
    for code in codes.iter().chain([&"QZZ".to_owned()]) {
        writeln!(text, "actor {code} \"{code}\"")?;
    }
    write!(
        text,
        "charter league \"A league of thirty\"\n\
         status signed 1970-01-01, in force since 1970-01-01, withdrawal at will\n\
         parties {}\naccession a state\n\
         body council \"Council\" of all parties, decides by two thirds of members, quorum two thirds\n\
         body steering \"Steering\" of all parties, decides by consensus, silence adopts after at least 1 hours\n\
         article 4\n  when a party requests consultation\n    each other party must consult the requester, within 48 hours\n",
        codes.join(", ")
    )?;
    Ok(text)
}

/// One day of a busy league: a matter voted on, another by silence, a call and its answers, facts,
/// promises, a notice revoked, and one who comes and goes.
fn round(number: usize, parties: &[Actor], acts: &mut Vec<(Actor, Kind)>) -> Result<(), Box<dyn Error>> {
    let speaker = &parties[number % PARTIES];
    let name = |what: &str| Name::new(&format!("{what} {number}"));
    let (council, steering) = (Forum::Body(Name::new("council")), Forum::Body(Name::new("steering")));
    let seeks = council::Seeks::Words;
    let begin = start(number)?;
    let noon = |hour: i64| Timestamp::from_second(begin + hour * 3_600).map(Moment::At);
    acts.push((
        speaker.clone(),
        Kind::Propose {
            matter: name("vote"),
            forum: council.clone(),
            seeks: seeks.clone(),
            runs: Runs::Until(noon(48)?),
        },
    ));
    for (at, party) in parties.iter().enumerate() {
        let choice = [Choice::For, Choice::For, Choice::For, Choice::Against, Choice::Abstain][(at + number) % 5];
        acts.push((party.clone(), Kind::Vote { matter: name("vote"), forum: council.clone(), choice }));
    }
    let runs = Runs::SilenceUntil(noon(24)?);
    acts.push((speaker.clone(), Kind::Propose { matter: name("silence"), forum: steering.clone(), seeks, runs }));
    for party in parties.iter().filter(|party| *party != speaker) {
        acts.push((party.clone(), Kind::Acknowledge { matter: name("silence"), forum: steering.clone() }));
    }
    acts.push((speaker.clone(), Kind::Call { label: name("call"), thing: Name::new("consultation") }));
    let article = charter::model::ArticleLabel { kind: charter::model::ArticleKind::Article, number: Name::new("4") };
    for party in parties.iter().filter(|party| *party != speaker) {
        let duty = Owed::under(article.clone(), "consult", speaker, &name("call"));
        acts.push((party.clone(), Kind::Discharge { duty, evidence: name("minutes") }));
    }
    let fact = charter::parse_fact("RUS attacks DEU").0.ok_or("the fact is none")?;
    acts.push((speaker.clone(), Kind::Report { label: name("raid"), fact: Box::new(fact) }));
    acts.push((parties[(number + 1) % PARTIES].clone(), Kind::Contest(name("raid"))));
    acts.push((speaker.clone(), Kind::Pledge { what: name("aid"), due: Some(noon(72)?) }));
    acts.push((speaker.clone(), Kind::Deliver(name("aid"))));
    acts.push((speaker.clone(), Kind::Suspend(None)));
    acts.push((speaker.clone(), Kind::Resume(None)));
    let guest = Actor::code("QZZ");
    acts.push((guest.clone(), Kind::Consent(Instrument::Accession)));
    acts.push((guest, Kind::GiveNotice(Notice::Withdrawal)));
    Ok(())
}

fn start(round: usize) -> Result<i64, Box<dyn Error>> {
    Ok(i64::try_from(round + 1)? * ROUND_SECONDS)
}

fn main() -> Result<(), Box<dyn Error>> {
    let file = SourceFile { name: "league.charter".to_owned(), bytes: charter()?.into_bytes() };
    let library = charter::load(&[file], None);
    let parties: Vec<Actor> = (0..PARTIES).map(|number| Actor::code(&code(number))).collect();
    let league = Name::new("league");
    let mut situation = Situation::new(library.prelude.clone(), library.charters.clone());
    let (mut folded, mut refused, mut nanoseconds) = (0, 0, 0);
    for number in 0.. {
        if folded == ACTS {
            break;
        }
        let mut kinds = Vec::new();
        round(number, &parties, &mut kinds)?;
        let begin = start(number)?;
        let act = |(at, (party, kind))| -> Result<Act, Box<dyn Error>> {
            let moment = Moment::At(Timestamp::from_second(begin + i64::try_from(at)?)?);
            let number = u64::try_from(folded + at + 1)?;
            Ok(Act { charter: league.clone(), party, at: moment, claimed: None, number, kind })
        };
        let acts: Vec<Act> = kinds.into_iter().enumerate().take(ACTS - folded).map(act).collect::<Result<_, _>>()?;
        folded += acts.len();
        let before = processor()?;
        for act in acts {
            refused += usize::from(situation.apply(act).is_err());
        }
        nanoseconds += processor()? - before;
    }
    println!("{folded} acts, {refused} refused: {} milliseconds of processor", nanoseconds / 1_000_000);
    let before = processor()?;
    let bytes = situation.canonical().len();
    println!("{bytes} bytes of canonical form: {} milliseconds", (processor()? - before) / 1_000_000);
    let before = processor()?;
    let saved = situation.save()?;
    println!("{} bytes saved: {} milliseconds", saved.len(), (processor()? - before) / 1_000_000);
    drop(situation);
    let before = processor()?;
    let situation = Situation::load(library.prelude, library.charters, &saved)?;
    println!("loaded: {} milliseconds", (processor()? - before) / 1_000_000);
    drop(situation);
    Ok(())
}
