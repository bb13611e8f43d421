//! `accede sweep`: every duty in every attack, year after year. Read [`run`].

mod rows;
mod sink;

use std::io::Write;

use charter::Actor;
use charter::model::{Level, Verb, When};
use law::{Relation, Scope, Surety, Tally};

use self::rows::Table;
use self::sink::Sink;
use super::Library;
use crate::ask;
use crate::cli::{Answering, Ask, Evidence, Format, Kind, Sweep, SweepFormat};
use crate::failure::{Done, Failure};
use crate::json;
use crate::names::Names;
use crate::terminal::Terminal;

/// Sweeps through the years, and counts or lists; or says why for one row.
pub(crate) fn run(arguments: &Sweep, terminal: &Terminal) -> Result<Done, Failure> {
    if let Some(row) = &arguments.why {
        return why(arguments, row, terminal);
    }
    if arguments.format == SweepFormat::Parquet {
        can_be_packed(arguments)?;
    }
    let times = times(arguments)?;
    let library = if arguments.corpus.is_empty() { Library::embedded() } else { Library::only(&arguments.corpus)? };
    let library = library.sound("charters with errors cannot be swept")?;
    let names = Names::new(&library.loaded.prelude, &library.loaded.charters);
    let scope = Scope {
        verb: verb(arguments.kind),
        evidence: level(arguments.evidence),
        actors: Vec::new(),
        attackers: actors(&arguments.attackers, &names)?,
        victims: actors(&arguments.victims, &names)?,
    };
    let corpus = library.corpus();
    let mut sweep = law::Sweep::new(&corpus, &scope);
    let is_counted = arguments.count || arguments.format == SweepFormat::Human;
    if is_counted {
        let mut years = Vec::new();
        for on in times {
            years.push((on.to_string(), sweep.at(on).tally()));
        }
        let text = match arguments.format {
            SweepFormat::Human => drawn(&years),
            SweepFormat::Csv | SweepFormat::Parquet => counted_csv(&years),
            SweepFormat::Json => json::swept_years(word(arguments.kind), &years),
        };
        return written(arguments, &text);
    }
    let mut sink = Sink::open(arguments, terminal)?;
    let mut table = Table::new(arguments.format, word(arguments.kind), sink.is_begun());
    sink.write(&table.head())?;
    for on in times {
        if sink.has(on) {
            continue;
        }
        table.year(&mut sweep, on, &mut sink)?;
        sink.year_is_done(on)?;
    }
    sink.write(&table.foot())?;
    sink.finish()
}

/// Refuses what makes no Parquet file.
fn can_be_packed(arguments: &Sweep) -> Result<(), Failure> {
    crate::parquet::can_be_written()?;
    if arguments.count {
        return Err(Failure::plain("--count is not written as Parquet", "of counts there are few: use --format csv"));
    }
    if arguments.out.is_none() {
        return Err(Failure::plain("Parquet is not for reading on a screen", "name a file: --out duties.parquet"));
    }
    Ok(())
}

/// To the file that is wanted, as a whole, or to standard output.
fn written(arguments: &Sweep, text: &str) -> Result<Done, Failure> {
    let Some(out) = &arguments.out else { return Ok(Done::clean(text.to_owned())) };
    let beside = sink::part(out);
    let fault = |error: std::io::Error| Failure::plain(format!("`{}` cannot be written: {error}", out.display()), "");
    std::fs::File::create(&beside)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&beside, out))
        .map_err(fault)?;
    Ok(Done::clean(String::new()))
}

/// The times asked about: each year, or a day of each.
fn times(arguments: &Sweep) -> Result<Vec<When>, Failure> {
    let (first, last) = years(arguments.years.as_deref().unwrap_or_default())?;
    let Some(day) = &arguments.day else { return Ok((first..=last).map(When::Year).collect()) };
    let parts = day.split_once('-').and_then(|(month, day)| Some((month.parse::<i8>().ok()?, day.parse::<i8>().ok()?)));
    let on = |year: i16| parts.and_then(|(month, day)| jiff::civil::Date::new(year, month, day).ok()).map(When::Day);
    let days: Option<Vec<When>> = (first..=last).map(on).collect();
    days.ok_or_else(|| {
        let message = format!("`{day}` is no day of every year from {first} to {last}");
        Failure::plain(message, "write month and day: 08-01")
    })
}

/// The first and the last of a run of years.
pub(crate) fn years(words: &str) -> Result<(i16, i16), Failure> {
    let year = |word: &str| word.trim().parse::<i16>().ok().filter(|year| (1..=9_999).contains(year));
    let ends = match words.split_once('-') {
        Some((first, last)) => year(first).zip(year(last)),
        None => year(words).map(|one| (one, one)),
    };
    let help = "write one year, 1914, or two, 1816-2016";
    let (first, last) =
        ends.ok_or_else(|| Failure::plain(format!("`{words}` is no year, and no run of years"), help))?;
    if last < first {
        return Err(Failure::plain(format!("{last} comes before {first}"), format!("write {last}-{first}")));
    }
    Ok((first, last))
}

/// The actors behind codes.
fn actors(codes: &[String], names: &Names) -> Result<Vec<Actor>, Failure> {
    let actor = |code: &String| {
        let actor = ask::actor(code);
        let upper = code.to_uppercase();
        if names.known(code).is_none() && names.known(&upper).is_some() {
            return Err(Failure::plain(format!("codes are capitals: `{code}`"), format!("write {upper}")));
        }
        if matches!(actor, Actor::Code(_)) && names.known(code).is_none() {
            let help = "codes are those of ISO 3166-1 and those a charter declares";
            return Err(Failure::plain(format!("`{code}` is nobody's code"), help));
        }
        Ok(actor)
    };
    codes.iter().map(actor).collect()
}

fn verb(kind: Kind) -> Verb {
    match kind {
        Kind::Attack => Verb::Attacks,
        Kind::Threat => Verb::Threatens,
        Kind::Clash => Verb::ClashesWith,
        Kind::Aggression => Verb::CommitsAggressionAgainst,
        Kind::Blockade => Verb::Blockades,
        Kind::Occupation => Verb::Occupies,
        Kind::War => Verb::DeclaresWarOn,
    }
}

/// As a fact says it.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Attack => "attacks",
        Kind::Threat => "threatens",
        Kind::Clash => "clashes with",
        Kind::Aggression => "commits aggression against",
        Kind::Blockade => "blockades",
        Kind::Occupation => "occupies",
        Kind::War => "declares war on",
    }
}

fn level(evidence: Evidence) -> Level {
    match evidence {
        Evidence::Text => Level::Text,
        Evidence::Official => Level::Official,
        Evidence::Reported => Level::Reported,
    }
}

/// Why one row is as it is: the question behind it, asked about the one whose duty it is.
fn why(arguments: &Sweep, row: &str, terminal: &Terminal) -> Result<Done, Failure> {
    let cells: Vec<&str> = row.split(',').map(|cell| cell.trim().trim_matches('"')).collect();
    let [on, attacker, victim, actor, ..] = cells.as_slice() else {
        let help = "write the year, the attacker, the victim, and whose duty it is: 1914,DEU,BEL,GBR";
        return Err(Failure::plain(format!("`{row}` is no row"), help));
    };
    let quoted = |code: &str| {
        if code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
            code.to_owned()
        } else {
            format!("\"{code}\"")
        }
    };
    let question = Ask {
        facts: vec![format!("{} {} {}", quoted(attacker), word(arguments.kind), quoted(victim))],
        on: (*on).to_owned(),
        evidence: arguments.evidence,
        assume: Vec::new(),
        corpus: arguments.corpus.clone(),
        actor: actor.split('+').map(str::to_owned).collect(),
        as_known_on: None,
        text_alone: false,
        all: false,
        why: true,
        answering: Answering {
            format: if arguments.answering() == Format::Json { Format::Json } else { Format::Human },
        },
    };
    ask::run(&question, terminal)
}

/// A line for each year: how many attacks bind how many.
fn drawn(years: &[(String, Tally)]) -> String {
    let columns = Relation::ALL.map(Relation::word);
    let mut text = format!("{:>10}", "");
    for column in columns {
        text.push_str(&format!("  {column:>14}"));
    }
    text.push_str("       conflicts\n");
    let mut total = Tally::default();
    for (on, tally) in years {
        text.push_str(&line(on, tally));
        total.add(tally);
    }
    if years.len() > 1 {
        text.push_str(&line("all", &total));
    }
    text.push_str("\nEach number counts attacker, victim and the actor who is bound; behind +, those of whom it is open or disputed.\n");
    text.push_str("The rows: --format csv. Why one is as it is: --why YEAR,ATTACKER,VICTIM,ACTOR\n");
    text
}

fn line(on: &str, tally: &Tally) -> String {
    let mut text = format!("{on:>10}");
    for relation in Relation::ALL {
        let unsure = tally.of(relation, Surety::Open) + tally.of(relation, Surety::Disputed);
        let bound = tally.of(relation, Surety::Bound);
        let cell = if unsure == 0 { bound.to_string() } else { format!("{bound}+{unsure}") };
        text.push_str(&format!("  {cell:>14}"));
    }
    text.push_str(&format!("  {:>14}\n", tally.conflicts));
    text
}

fn counted_csv(years: &[(String, Tally)]) -> String {
    let mut text = "on,duty,bound,disputed,open\n".to_owned();
    for (on, tally) in years {
        for relation in Relation::ALL {
            let [bound, disputed, open] =
                [Surety::Bound, Surety::Disputed, Surety::Open].map(|surety| tally.of(relation, surety));
            text.push_str(&format!("{on},{},{bound},{disputed},{open}\n", relation.word()));
        }
        text.push_str(&format!("{on},conflict,{},0,0\n", tally.conflicts));
    }
    text
}
