//! A guarantee that some read as joint only, and others as binding each alone too.

use charter::model::{
    Action, ActionVerb, Article, Assumption, Bearer, Charter, ClassMember, DutyLine, FactLine, GroupDeclaration,
    Reading, ReadingMeaning, Verb, When,
};
use charter::{Actor, Span};
use law::{Holder, Question, Reason};

use super::expected::{Case, Expected, Under, asked, each, expect};
use super::words::{anyone, article, day, did, does, group, must, name, one, state, states, when};

const LUXEMBOURG: &str = "luxembourg-1867";
const GUARANTORS: [&str; 7] = ["AUH", "DEU", "FRA", "GBR", "ITA", "NLD", "RUS"];

pub(super) fn charter() -> Charter {
    let attacked = does(anyone(), Verb::Attacks, one("LUX"));
    let protect = must(Bearer::Together(group("guarantors")), ActionVerb::Protect, one("LUX"));
    let protect = DutyLine { action: Action { thing: Some(name("neutrality")), ..protect.action.clone() }, ..protect };
    let reading = |label, held_by, meaning| Reading { label: name(label), held_by, meaning, span: Span::NONE };
    Charter {
        name: name(LUXEMBOURG),
        title: name("Treaty of London, Luxembourg"),
        groups: vec![GroupDeclaration {
            name: name("guarantors"),
            members: GUARANTORS.map(|code| ClassMember { actor: state(code), from: None, to: None }).to_vec(),
            span: Span::NONE,
        }],
        parties: states(&["AUH", "BEL", "DEU", "FRA", "GBR", "ITA", "LUX", "NLD", "RUS"]),
        articles: vec![Article {
            readings: vec![
                reading("joint only", states(&["GBR", "ITA"]), ReadingMeaning::Together),
                reading("each alone too", vec![Actor::Movement(name("continental writers"))], ReadingMeaning::EachOf),
            ],
            ..article("2", None, vec![when(attacked, Vec::new(), vec![protect])])
        }],
        ..Charter::default()
    }
}

/// The charter says nothing of its entry into force, so a question must.
fn in_force(on: When, facts: Vec<FactLine>) -> Question {
    let since = Assumption::InForceSince(name(LUXEMBOURG), day(1867, 5, 31));
    Question { facts, assumptions: vec![since], ..asked(on) }
}

fn together() -> Expected {
    Expected { holder: Holder::Together(states(&GUARANTORS)), ..expect("GBR", "guarantee", "LUX", "2") }
}

fn alone(actor: &str) -> Expected {
    expect(actor, "guarantee", "LUX", "2")
}

/// Belgium signed, and is no guarantor.
fn belgium() -> Expected {
    Expected { under: Under::Nothing, ..expect("BEL", "defend", "LUX", "2") }.not(&[Reason::NotParty])
}

pub(super) fn cases() -> Vec<Case> {
    let case = |title, question, expected| Case::new(title, LUXEMBOURG, question, expected);
    let by = |codes: &[&str], told: &dyn Fn(Expected) -> Expected| each(codes, |code| told(alone(code)));
    let joint_only = |expected: Expected| expected.disputed(&[Reason::CollectiveOnly]);
    let but_germany = ["AUH", "FRA", "GBR", "ITA", "NLD", "RUS"];
    let mut by_an_outsider = vec![together(), belgium()];
    by_an_outsider.extend(by(&GUARANTORS, &joint_only));
    // A guarantor breaks it: the group cannot perform, and he owes no help against himself.
    let mut by_a_guarantor = vec![together().not(&[Reason::Aggressor]), belgium()];
    by_a_guarantor.extend(by(&but_germany, &joint_only));
    let mut in_silence = vec![together().open(&[Reason::UnknownFact])];
    in_silence.extend(by(&GUARANTORS, &joint_only));
    let mut not_attacked = vec![together().not(&[Reason::Threshold])];
    not_attacked.extend(by(&GUARANTORS, &|expected| expected.not(&[Reason::Threshold])));
    let mut to_blame = vec![together().not(&[Reason::Aggressor, Reason::Threshold])];
    to_blame.extend(by(&but_germany, &|expected| expected.not(&[Reason::Aggressor])));
    let mut too_early = vec![together().not(&[Reason::NotInForce])];
    too_early.extend(by(&GUARANTORS, &|expected| expected.not(&[Reason::NotInForce])));
    let spain = || vec![did("ESP", Verb::Attacks, "LUX")];
    vec![
        case("an outsider attacks", in_force(day(1868, 6, 1), spain()), by_an_outsider),
        case("a guarantor attacks", in_force(day(1914, 8, 2), vec![did("DEU", Verb::Attacks, "LUX")]), by_a_guarantor),
        // Nobody says whether the treaty is in force. Who reads it as joint needs not ask.
        case("of a treaty silent on its force", Question { facts: spain(), ..asked(day(1868, 6, 1)) }, in_silence),
        case("a threat", in_force(day(1868, 6, 1), vec![did("ESP", Verb::Threatens, "LUX")]), not_attacked),
        case("Luxembourg attacks", in_force(day(1868, 6, 1), vec![did("LUX", Verb::Attacks, "DEU")]), to_blame),
        case("before it was in force", in_force(day(1867, 5, 20), spain()), too_early),
    ]
}
