//! The engine and its slow twin give the same answers to random questions.
//!
//! `ACCEDE_SEEDS=20000 cargo test -p tests --test twin` tries more seeds;
//! `ACCEDE_SEED=17 cargo test -p tests --test twin -- --nocapture` repeats one, and shows it.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};

use law::{Answer, Corpus, Gate, Outcome, Truth, Verdict};
use tests::generate::{Generated, shrink};
use tests::twin;

/// How many seeds are tried where nobody says.
const SEEDS: u64 = 2_000;
/// Each verdict and each gate is reached in at least so many cases in a hundred.
const SHARE_PERCENT_MIN: usize = 5;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().and_then(|text| text.parse().ok())
}

fn engine(case: &Generated) -> Outcome {
    law::answer(&Corpus::new(case.prelude.clone(), case.charters.clone()), &case.question)
}

fn twin(case: &Generated) -> Outcome {
    twin::answer(&case.prelude, &case.charters, &case.question)
}

/// The first place where two lists differ.
fn first_difference<T: Debug + PartialEq>(what: &str, engine: &[T], twin: &[T]) -> Option<String> {
    let length = engine.len().max(twin.len());
    let position = (0..length).find(|position| engine.get(*position) != twin.get(*position))?;
    let mut text = format!("{what} {position} (of {} and {}):\n", engine.len(), twin.len());
    let _ = writeln!(text, "engine: {:?}", engine.get(position));
    let _ = writeln!(text, "twin:   {:?}", twin.get(position));
    Some(text)
}

/// An answer in one line, with the gates that do not hold.
fn told(answer: &Answer) -> String {
    let mut text = format!(
        "{:?} {:?} {} to {:?} against {:?} under {} {:?} {:?} event {:?}, {:?}, {:?}, arises {:?};",
        answer.actor,
        answer.modality,
        answer.duty,
        answer.to.as_ref().map(ToString::to_string),
        answer.against.as_ref().map(ToString::to_string),
        answer.charter,
        answer.provision.as_ref().map(ToString::to_string),
        answer.origin,
        answer.event,
        answer.standing,
        answer.verdict,
        answer.arises,
    );
    for gate in Gate::ALL {
        let value = answer.gates.get(gate);
        if value.truth != Truth::Yes {
            let reasons: Vec<_> = value.reasons.iter().collect();
            let _ = write!(text, " {} {:?} {reasons:?}", gate.word(), value.truth);
        }
    }
    text
}

fn told_all(answers: &[Answer]) -> Vec<String> {
    answers.iter().map(told).collect()
}

fn difference(case: &Generated) -> Option<String> {
    let (engine, twin) = (engine(case), twin(case));
    if engine == twin {
        return decisions_differ(case);
    }
    first_difference("answer", &told_all(&engine.answers), &told_all(&twin.answers))
        .or_else(|| first_difference("right", &told_all(&engine.rights), &told_all(&twin.rights)))
        .or_else(|| first_difference("conflict", &engine.conflicts, &twin.conflicts))
        .or_else(|| first_difference("draft", &told_all(&engine.drafts), &told_all(&twin.drafts)))
        .or_else(|| first_difference("trouble", &engine.troubles, &twin.troubles))
}

fn decisions_differ(case: &Generated) -> Option<String> {
    let corpus = Corpus::new(case.prelude.clone(), case.charters.clone());
    for charter in &case.charters {
        for body in &charter.bodies {
            for matter in ["measures", "flagrant"].map(charter::Name::new) {
                let engine = law::decision(&corpus, &case.question, &charter.name, &body.name, &matter);
                let (prelude, charters) = (&case.prelude, &case.charters);
                let twin = twin::decision(prelude, charters, &case.question, &charter.name, &body.name, &matter);
                if engine != twin {
                    return Some(format!(
                        "decision on \"{matter}\" in {} of {}: engine {engine:?}, twin {twin:?}",
                        body.name, charter.name
                    ));
                }
            }
        }
    }
    None
}

fn report(seed: u64, case: &Generated) -> String {
    let smallest = shrink(case, |smaller| difference(smaller).is_some());
    let found = difference(&smallest).unwrap_or_default();
    let mut found = found;
    for (who, outcome) in [("engine", engine(&smallest)), ("twin", twin(&smallest))] {
        for (what, list) in [("answer", &outcome.answers), ("right", &outcome.rights), ("draft", &outcome.drafts)] {
            for (position, answer) in told_all(list).iter().enumerate().take(8) {
                let _ = writeln!(found, "{who} {what} {position}: {answer}");
            }
        }
    }
    format!(
        "seed {seed} differs; repeat it with `ACCEDE_SEED={seed} cargo test -p tests --test twin`\n{found}\n{}",
        plainly(&smallest)
    )
}

/// A case on few lines: without places in files, and without what is empty.
fn plainly(case: &Generated) -> String {
    let mut text = format!("{:?}\n{:?}", case.prelude, case.question);
    for charter in &case.charters {
        let _ = write!(text, "\n{charter:?}");
    }
    for noise in
        ["Span { file: FileId(0), start: 0, end: 0 }", "other_than: []", "negated: false", "from_within: false"]
    {
        text = text.replace(noise, "");
    }
    let mut kept: Vec<&str> = text.split(", ").collect();
    kept.retain(|part| {
        let empty = part.ends_with(": []") || part.ends_with(": None") || part.ends_with("span: ") || part.is_empty();
        !empty || part.contains('{')
    });
    kept.join(", ").replace("articles: ", "\n  articles: ").replace("FactLine", "\n  FactLine")
}

/// In how many cases, and in how many answers, something was reached.
#[derive(Default)]
struct Tally {
    cases: usize,
    answers: usize,
    reached: BTreeMap<String, (usize, usize)>,
}

impl Tally {
    fn add(&mut self, outcome: &Outcome) {
        let mut here: BTreeMap<String, usize> = BTreeMap::new();
        for answer in &outcome.answers {
            *here.entry(format!("verdict {}", answer.verdict.word())).or_default() += 1;
            for gate in Gate::ALL {
                let truth = match answer.gates.get(gate).truth {
                    Truth::No => "fails",
                    Truth::Open => "open",
                    Truth::Yes => continue,
                };
                *here.entry(format!("gate {} {truth}", gate.word())).or_default() += 1;
                *here.entry(format!("gate {} fails or open", gate.word())).or_default() += 1;
            }
            for reason in answer.reasons() {
                *here.entry(format!("reason {}", reason.code())).or_default() += 1;
            }
        }
        for (what, number) in [
            ("any right", outcome.rights.len()),
            ("any conflict", outcome.conflicts.len()),
            ("any draft", outcome.drafts.len()),
            ("any trouble", outcome.troubles.len()),
        ] {
            if number > 0 {
                here.insert(what.to_owned(), number);
            }
        }
        self.cases += 1;
        self.answers += outcome.answers.len();
        for (what, number) in here {
            let entry = self.reached.entry(what).or_default();
            entry.0 += 1;
            entry.1 += number;
        }
    }

    fn table(&self) -> String {
        let mut table = format!("{} cases, {} answers\n", self.cases, self.answers);
        for (what, (cases, answers)) in &self.reached {
            let share = |part: usize, of: usize| 1_000 * part / of.max(1);
            let (cases, answers) = (share(*cases, self.cases), share(*answers, self.answers));
            let _ = writeln!(
                table,
                "{what:<34} {:>3}.{} % of cases {:>5}.{} % of answers",
                cases / 10,
                cases % 10,
                answers / 10,
                answers % 10
            );
        }
        table
    }

    fn too_rare(&self) -> Vec<String> {
        let verdicts = [Verdict::Bound, Verdict::Disputed, Verdict::Open, Verdict::NotBound];
        let verdicts = verdicts.iter().map(|verdict| format!("verdict {}", verdict.word()));
        let gates = Gate::ALL.iter().map(|gate| format!("gate {} fails or open", gate.word()));
        let reached = |what: &String| self.reached.get(what).map_or(0, |(cases, _)| *cases);
        verdicts.chain(gates).filter(|what| reached(what) * 100 < SHARE_PERCENT_MIN * self.cases).collect()
    }
}

/// Shows the first so many seeds that differ, one after the other.
#[expect(clippy::print_stdout, reason = "a survey is there to be read")]
fn survey(first: u64, seeds: u64, most: usize) {
    let differing = (first..first + seeds).filter_map(|seed| Some((seed, difference(&Generated::new(seed))?)));
    let mut shown = 0;
    for (seed, found) in differing {
        shown += 1;
        if shown <= most {
            println!("seed {seed}: {found}");
        }
    }
    println!("{shown} of {seeds} differ");
}

#[test]
fn the_engine_and_its_twin_agree() {
    if let Some(seed) = number("ACCEDE_SEED") {
        let case = Generated::new(seed);
        assert!(difference(&case).is_none(), "{}", report(seed, &case));
        println!("{case:#?}");
        return;
    }
    let seeds = number("ACCEDE_SEEDS").unwrap_or(SEEDS);
    let first = number("ACCEDE_FIRST_SEED").unwrap_or(0);
    let mut tally = Tally::default();
    if let Some(most) = number("ACCEDE_SURVEY") {
        survey(first, seeds, usize::try_from(most).unwrap());
        return;
    }
    for seed in first..first + seeds {
        let case = Generated::new(seed);
        assert!(difference(&case).is_none(), "{}", report(seed, &case));
        tally.add(&twin(&case));
    }
    println!("{}", tally.table());
    let too_rare = tally.too_rare();
    assert!(too_rare.is_empty(), "reached in too few cases: {too_rare:?}\n{}", tally.table());
}

/// Whose duty it is, towards and against whom, by which sentence, and opened by what.
fn duty(answer: &Answer) -> String {
    let Answer { charter, origin, actor, to, against, .. } = answer;
    format!("{charter} {origin:?} {actor:?} {to:?} {against:?}")
}

/// Where each event is answered for by itself, the best of the answers that differ in it alone is what is told else, and
/// no event is told twice.
#[test]
fn each_event_by_itself_comes_to_the_same() {
    let mut several = 0;
    for seed in 0..SEEDS {
        let case = Generated::new(seed);
        let mut apart = case.clone();
        apart.question.each_event = true;
        let (together, apart) = (engine(&case), engine(&apart));
        for (together, apart) in [(&together.answers, &apart.answers), (&together.rights, &apart.rights)] {
            let best = |answers: &[Answer]| {
                let mut best: BTreeMap<String, Verdict> = BTreeMap::new();
                for answer in answers {
                    let known = best.entry(duty(answer)).or_insert(answer.verdict);
                    *known = answer.verdict.min(*known);
                }
                best
            };
            assert_eq!(best(together), best(apart), "seed {seed}");
            let mut all: Vec<String> =
                apart.iter().map(|answer| format!("{} {:?}", duty(answer), answer.event)).collect();
            several += apart.len() - together.len();
            all.sort_unstable();
            assert!(all.is_sorted_by(|one, other| one < other), "seed {seed}: {all:?}");
        }
    }
    assert!(several > 100, "{several}");
}
