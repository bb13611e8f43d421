//! Every answer to a random question can be explained, and its explanation says what it says.

use law::{Answer, Corpus, Inquiry, Origin, Truth, Verdict};
use tests::generate::Generated;

const SEEDS: u64 = 200;

fn explained(seed: u64, inquiry: &Inquiry<'_>, answer: &Answer) {
    let explanation = inquiry.explain(answer);
    let told = format!("seed {seed}: {answer:?}\n{explanation:#?}");
    assert!(!explanation.because.is_empty(), "nothing is said: {told}");
    for (gate, truth, sentences) in &explanation.gates {
        assert_eq!(*truth, answer.gates.get(*gate).truth, "{gate:?}: {told}");
        let is_told = *truth == Truth::Yes || !sentences.is_empty();
        // A release by `need not` is told once for all: it is no element of the duty's own reckoning.
        let is_released = answer.reasons().contains(&law::Reason::Released);
        assert!(is_told || is_released, "{gate:?} does not hold, and nobody says why: {told}");
    }
    assert_eq!(explanation.remainder.is_some(), answer.verdict == Verdict::Open, "{told}");
    assert_eq!(!explanation.sides.is_empty(), answer.verdict == Verdict::Disputed, "{told}");
    if answer.verdict == Verdict::Disputed {
        let first = explanation.sides.first().map(|side| side.verdict);
        assert!(explanation.sides.iter().any(|side| Some(side.verdict) != first), "all sides agree: {told}");
    }
    let has_derivation = answer.origin == Origin::Kind || inquiry.derivation(answer).len() > 1;
    assert!(has_derivation, "nothing leads down: {told}");
}

#[test]
fn every_answer_can_be_explained() {
    let only = std::env::var("ACCEDE_SEED").ok().and_then(|text| text.parse::<u64>().ok());
    let seeds = only.map_or(0..SEEDS, |seed| seed..seed + 1);
    let mut count = 0;
    for seed in seeds {
        let case = Generated::new(seed);
        let corpus = Corpus::new(case.prelude.clone(), case.charters.clone());
        let inquiry = Inquiry::new(&corpus, &case.question);
        let outcome = inquiry.outcome();
        for answer in outcome.answers.iter().chain(&outcome.rights) {
            explained(seed, &inquiry, answer);
            count += 1;
        }
    }
    println!("{count} answers explained");
}

#[test]
fn the_same_question_gets_the_same_answers() {
    for seed in 0..SEEDS / 4 {
        let case = Generated::new(seed);
        let corpus = Corpus::new(case.prelude.clone(), case.charters.clone());
        let again = Corpus::new(case.prelude.clone(), case.charters.clone());
        assert_eq!(law::answer(&corpus, &case.question), law::answer(&again, &case.question), "seed {seed}");
    }
}
