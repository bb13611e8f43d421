//! `accede backtest occasion`. Read [`run`].

use std::collections::BTreeMap;

use charter::{Severity, SourceFile};
use datasets::occasion::{Confusion, Fought, Ground, Half, Scored, Sources, War, Why, foretell, score, wars};
use datasets::{Read, Trial};
use law::Corpus;
use serde::Serialize;

use super::named;
use super::reasons::{doubt, sentence};
use crate::cli::{Backtest, TableFormat};
use crate::columns::{aligned, csv, percent};
use crate::command::check::counted;
use crate::command::{Library, import};
use crate::failure::{Done, Failure};
use crate::json;
use crate::page::{Ink, Page};
use crate::terminal::Terminal;

/// Reads the tables, makes the charters, asks them, and scores what they say.
pub(super) fn run(arguments: &Backtest, terminal: &Terminal) -> Result<Done, Failure> {
    let read = import::tables(&arguments.files)?;
    let mut notes = import::told(&read);
    are_all_there(&read, arguments, &notes)?;
    let (wars, corrected) = wars(&read.war_years);
    for trouble in &corrected {
        notes.push_str(&format!("note: {}:{}, {}: {}\n", trouble.file, trouble.line, trouble.column, trouble.message));
    }
    let fought = Fought::new(&read.fought);
    let (imported, by_hand) = (imported(&read)?, Library::embedded().corpus());
    let asking = Asking { trials: &read.trials, wars: &wars, fought: &fought, imported: &imported, by_hand: &by_hand };
    let (told, without) = asking.told(arguments.by_hand);
    if without > 0 {
        let left_out = counted(without, "pair");
        notes.push_str(&format!(
            "note: {left_out} of a war and an alliance left out: the one or the other is in no table\n"
        ));
    }
    let out = match arguments.format {
        TableFormat::Human => drawn(&told, &asking, arguments, terminal),
        TableFormat::Json => json::text(&script(&told, &asking, arguments)),
        TableFormat::Csv => sheet(&told),
    };
    Ok(Done { out, notes, is_clean: read.troubles.is_empty() })
}

/// That every table is there without which nothing can be foretold. Where somebody fought may be left
/// untold: then everybody fought at home.
fn are_all_there(read: &Read, arguments: &Backtest, notes: &str) -> Result<(), Failure> {
    let tables = [
        (read.trials.is_empty(), "the replication rows of Berkemeier and Fuhrmann 2018"),
        (read.war_years.is_empty(), "the Interstate War Data 1.1"),
        (read.members.is_empty(), "the members of ATOP 3.0"),
    ];
    match tables.iter().find(|(is_missing, _)| *is_missing) {
        None => Ok(()),
        Some((_, table)) => Err(Failure::plain(
            format!("{} lack a table\n{}", named(&arguments.files), notes.trim_end()).trim_end().to_owned(),
            format!("give {table} too"),
        )),
    }
}

/// The charters of the alliances, made as `accede import` makes them.
fn imported(read: &Read) -> Result<Corpus, Failure> {
    let made = datasets::corpus(read);
    let files: Vec<SourceFile> =
        std::iter::once(made.prelude).chain(made.alliances.into_iter().map(|alliance| alliance.file)).collect();
    let mut library = charter::load(&files, None);
    library.diagnostics.retain(|found| found.severity == Severity::Error);
    if library.diagnostics.is_empty() {
        return Ok(Corpus::new(library.prelude, library.charters));
    }
    let message = "the charters made of the alliances have errors".to_owned();
    Err(Failure::Texts { message, diagnostics: library.diagnostics, files })
}

struct Asking<'a> {
    trials: &'a [Trial],
    wars: &'a BTreeMap<u32, War>,
    fought: &'a Fought,
    imported: &'a Corpus,
    by_hand: &'a Corpus,
}

/// A pair, scored, with the sentence that says why.
struct Told<'a> {
    scored: Scored<'a>,
    sentence: String,
}

impl<'a> Asking<'a> {
    /// Every pair that can be asked about, and how many cannot.
    fn told(&self, by_hand: bool) -> (Vec<Told<'a>>, usize) {
        let sources = Sources {
            imported: self.imported,
            by_hand: by_hand.then_some(self.by_hand),
            wars: self.wars,
            fought: self.fought,
        };
        let mut told = Vec::new();
        for trial in self.trials {
            let Some(foretold) = foretell(sources, &trial.pair) else { continue };
            let corpus = if foretold.is_by_hand { self.by_hand } else { self.imported };
            let sentence = sentence(corpus, &foretold);
            told.push(Told { scored: Scored { trial, foretold }, sentence });
        }
        let without = self.trials.len() - told.len();
        (told, without)
    }
}

/// The counts of one group of pairs.
#[derive(Debug, Serialize)]
struct Counts {
    group: String,
    pairs: u32,
    true_positives: u32,
    false_positives: u32,
    false_negatives: u32,
    true_negatives: u32,
    accuracy_per_mille: Option<u32>,
    precision_per_mille: Option<u32>,
    recall_per_mille: Option<u32>,
}

impl Counts {
    fn new(group: &str, confusion: Confusion) -> Self {
        Self {
            group: group.to_owned(),
            pairs: confusion.all(),
            true_positives: confusion.true_positives,
            false_positives: confusion.false_positives,
            false_negatives: confusion.false_negatives,
            true_negatives: confusion.true_negatives,
            accuracy_per_mille: confusion.accuracy(),
            precision_per_mille: confusion.precision(),
            recall_per_mille: confusion.recall(),
        }
    }

    fn row(&self) -> Vec<String> {
        let shares = [self.accuracy_per_mille, self.precision_per_mille, self.recall_per_mille].map(percent);
        let counts = [self.true_positives, self.false_positives, self.false_negatives, self.true_negatives];
        let mut row = vec![self.group.clone(), self.pairs.to_string()];
        row.extend(shares);
        row.extend(counts.iter().map(u32::to_string));
        row
    }
}

const HEAD: [&str; 9] = ["", "pairs", "accuracy", "precision", "recall", "tp", "fp", "fn", "tn"];

/// By halves and over all; then the pairs that a treaty written by hand covers, asked either way.
fn counts(told: &[Told<'_>], asking: &Asking<'_>, arguments: &Backtest) -> Vec<Counts> {
    let scored: Vec<Scored<'_>> = told.iter().map(|told| told.scored.clone()).collect();
    let mut counts = vec![
        Counts::new("settled: wars with odd numbers", score(&scored, Some(Half::Settled))),
        Counts::new("held back: even numbers", score(&scored, Some(Half::HeldBack))),
        Counts::new("all", score(&scored, None)),
    ];
    let other = asking.told(!arguments.by_hand).0;
    let (imported, written) = if arguments.by_hand { (&other[..], told) } else { (told, &other[..]) };
    let mut pair = (Vec::new(), Vec::new());
    for (imported, written) in imported.iter().zip(written).filter(|(_, written)| written.scored.foretold.is_by_hand) {
        pair.0.push(imported.scored.clone());
        pair.1.push(written.scored.clone());
    }
    counts.push(Counts::new("where the treaty is written by hand: imported", score(&pair.0, None)));
    counts.push(Counts::new("the same, as written by hand", score(&pair.1, None)));
    counts
}

/// How often each kind of reason decided, and was right.
fn grounds(told: &[Told<'_>]) -> Vec<(Ground, u32, u32)> {
    let mut grounds: BTreeMap<Ground, (u32, u32)> = BTreeMap::new();
    for told in told {
        let count = grounds.entry(told.scored.foretold.ground()).or_default();
        count.0 += 1;
        count.1 += u32::from(told.scored.is_right());
    }
    grounds.into_iter().map(|(ground, (all, right))| (ground, all, right)).collect()
}

fn drawn(told: &[Told<'_>], asking: &Asking<'_>, arguments: &Backtest, terminal: &Terminal) -> String {
    let mut page = Page::new(terminal);
    page.line(0, &[(Ink::Strong, "Was this war an occasion for this alliance?")]);
    page.gap();
    let counts = counts(told, asking, arguments);
    let head = HEAD.iter().map(|cell| (*cell).to_owned()).collect();
    for line in aligned(&std::iter::once(head).chain(counts.iter().map(Counts::row)).collect::<Vec<_>>()) {
        page.kept(0, Ink::Plain, &line);
    }
    page.heading("By reason");
    let head = ["", "pairs", "right"].map(str::to_owned).to_vec();
    let row = |(ground, all, right): &(Ground, u32, u32)| vec![ground.words(), all.to_string(), right.to_string()];
    for line in aligned(&std::iter::once(head).chain(grounds(told).iter().map(row)).collect::<Vec<_>>()) {
        page.kept(0, Ink::Plain, &line);
    }
    let is = |told: &&Told<'_>, foretold: bool, found: bool| {
        told.scored.foretold.is_occasion() == foretold && told.scored.is_found() == found
    };
    let mut list = |title: &str, foretold: bool, found: bool| {
        let those: Vec<&Told<'_>> = told.iter().filter(|told| is(told, foretold, found)).collect();
        page.heading(&format!("{title}: {}", those.len()));
        for told in those {
            let pair = &told.scored.trial.pair;
            let name = format!("{} {} · ATOP {}", pair.war, pair.war_name, pair.alliance);
            page.line(2, &[(Ink::Strong, &name), (Ink::Faint, &format!("  {}", pair.half().word()))]);
            page.line(6, &[(Ink::Plain, &told.sentence)]);
        }
    };
    list("Foretold, and not so", true, false);
    list("Not foretold, and yet so", false, true);
    if arguments.all {
        list("Foretold, and so", true, true);
        list("Not foretold, and not so", false, false);
    }
    page.finish()
}

#[derive(Debug, Serialize)]
struct Script {
    schema: u32,
    by_hand: bool,
    counts: Vec<Counts>,
    grounds: Vec<GroundCount>,
    pairs: Vec<PairTold>,
}

#[derive(Debug, Serialize)]
struct GroundCount {
    ground: String,
    pairs: u32,
    right: u32,
}

/// One pair, for scripts and spreadsheets.
#[derive(Debug, Serialize)]
struct PairTold {
    war: u32,
    war_name: String,
    alliance: u32,
    half: &'static str,
    charters: Vec<String>,
    by_hand: bool,
    foretold: bool,
    found: bool,
    right: bool,
    ground: String,
    on: Option<String>,
    bearer: Option<String>,
    to: Option<String>,
    against: Option<String>,
    provision: Option<String>,
    open: Vec<String>,
    reasons: Vec<&'static str>,
    sentence: String,
}

impl PairTold {
    fn new(told: &Told<'_>) -> Self {
        let Scored { trial, foretold } = &told.scored;
        let pair = &trial.pair;
        let mut one = Self {
            war: pair.war,
            war_name: pair.war_name.clone(),
            alliance: pair.alliance,
            half: pair.half().word(),
            charters: foretold.charters.iter().map(ToString::to_string).collect(),
            by_hand: foretold.is_by_hand,
            foretold: foretold.is_occasion(),
            found: told.scored.is_found(),
            right: told.scored.is_right(),
            ground: foretold.ground().words(),
            on: None,
            bearer: None,
            to: None,
            against: None,
            provision: None,
            open: Vec::new(),
            reasons: Vec::new(),
            sentence: told.sentence.clone(),
        };
        match &foretold.why {
            Why::Called(call, _) | Why::Presumed(call, _) => {
                one.on = Some(call.on.to_string());
                one.bearer = Some(call.bearer.to_string());
                one.to = Some(call.to.to_string());
                one.against = call.against.as_ref().map(ToString::to_string);
                one.provision = call.provision.as_ref().map(ToString::to_string);
                one.open = call.doubts.iter().map(doubt).collect();
            }
            Why::NotOwed(refusal) => {
                one.on = Some(refusal.on.to_string());
                one.bearer = Some(refusal.bearer.to_string());
                one.to = refusal.to.as_ref().map(ToString::to_string);
                one.against = refusal.against.as_ref().map(ToString::to_string);
                one.provision = refusal.provision.as_ref().map(ToString::to_string);
                one.reasons = refusal.reasons.iter().map(|reason| reason.code()).collect();
            }
            Why::NoPromise | Why::NobodyInvolved => {}
        }
        one
    }

    fn row(self) -> Vec<String> {
        let yes = |is: bool| if is { "1" } else { "0" }.to_owned();
        vec![
            self.war.to_string(),
            self.war_name,
            self.alliance.to_string(),
            self.half.to_owned(),
            self.charters.join(" "),
            yes(self.by_hand),
            yes(self.foretold),
            yes(self.found),
            yes(self.right),
            self.ground,
            self.on.unwrap_or_default(),
            self.bearer.unwrap_or_default(),
            self.to.unwrap_or_default(),
            self.against.unwrap_or_default(),
            self.provision.unwrap_or_default(),
            self.open.join("; "),
            self.reasons.join(" "),
            self.sentence,
        ]
    }
}

fn script(told: &[Told<'_>], asking: &Asking<'_>, arguments: &Backtest) -> Script {
    let ground = |(ground, pairs, right): (Ground, u32, u32)| GroundCount { ground: ground.words(), pairs, right };
    let is_listed = |told: &&Told<'_>| arguments.all || !told.scored.is_right();
    Script {
        schema: json::SCHEMA,
        by_hand: arguments.by_hand,
        counts: counts(told, asking, arguments),
        grounds: grounds(told).into_iter().map(ground).collect(),
        pairs: told.iter().filter(is_listed).map(PairTold::new).collect(),
    }
}

fn sheet(told: &[Told<'_>]) -> String {
    let head = "war,war_name,alliance,half,charters,by_hand,foretold,found,right,ground,on,bearer,to,against,provision,open,reasons,sentence";
    let head = head.split(',').map(str::to_owned).collect();
    csv(&std::iter::once(head).chain(told.iter().map(|told| PairTold::new(told).row())).collect::<Vec<_>>())
}
