//! A named adversary, help by all means against him, and neutrality where he stays out.

use charter::model::{
    ActionVerb, Bearer, Charter, ConditionWord, DurationUnit, DutyLine, Ending, EntryIntoForce, FactLine, Means,
    Member, Modality, Renewal, Role, Selector, Status, TextStatus, Timing, Verb, When, Who,
};
use law::{Question, Reason};

use super::expected::{Case, Expected, asked, expect};
use super::words::{
    a_party, article, condition, day, did, does, duration, duty, must, name, on, one, state, states, the, when, who,
};

const DUAL: &str = "dual-alliance";

pub(super) fn charter() -> Charter {
    let by_russia = does(one("RUS"), Verb::Attacks, a_party());
    let outsider = Who { other_than: vec![Member::Actor(state("RUS"))], ..who(Selector::ANonParty) };
    let by_another = does(outsider, Verb::Attacks, a_party());
    let supported = does(one("RUS"), Verb::Supports, the(Role::Attacker));
    let help = DutyLine {
        against: Some(one("RUS")),
        means: Some(Means::All),
        ..must(Bearer::TheOtherParty, ActionVerb::Assist, the(Role::Victim))
    };
    let no_peace = DutyLine {
        timing: vec![Timing::While(does(the(Role::Victim), Verb::IsAtWarWith, one("RUS")))],
        ..duty(Bearer::EachParty, Modality::MustNot, ActionVerb::MakeSeparatePeace, None)
    };
    let neutral = must(Bearer::TheOtherParty, ActionVerb::StayBenevolentlyNeutral, the(Role::Victim));
    let unless_supported = condition(ConditionWord::Unless, vec![supported]);
    Charter {
        name: name(DUAL),
        title: name("Dual Alliance"),
        status: Status {
            text: Some(TextStatus::SecretUntil(day(1888, 2, 3))),
            signed: Some(day(1879, 10, 7)),
            in_force: Some(EntryIntoForce::Since(day(1879, 10, 21))),
            ends: vec![Ending::Term { term: duration(5, DurationUnit::Years), after_signature: false }],
            renews: Some(Renewal {
                term: duration(3, DurationUnit::Years),
                notice: Some(duration(11, DurationUnit::Months)),
            }),
            ..Status::default()
        },
        parties: states(&["AUH", "DEU"]),
        articles: vec![
            article("1", None, vec![when(by_russia, Vec::new(), vec![help, no_peace])]),
            article("2", None, vec![when(by_another, vec![unless_supported], vec![neutral])]),
        ],
        ..Charter::default()
    }
}

fn question(on: When, facts: Vec<FactLine>) -> Question {
    Question { facts, ..asked(on) }
}

fn no_peace(actor: &str, to: Option<&str>) -> Expected {
    Expected { modality: Modality::MustNot, to: to.map(state), ..expect(actor, "make-separate-peace", actor, "1") }
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = against_russia();
    cases.extend(against_others());
    cases
}

fn against_russia() -> Vec<Case> {
    let case = |title, question, expected| Case::new(title, DUAL, question, expected);
    let attack = || did("RUS", Verb::Attacks, "AUH");
    let help = || expect("DEU", "defend", "AUH", "1");
    // The ally owes it to the one attacked; the one attacked, to nobody in particular.
    let owed = || vec![help(), no_peace("DEU", Some("AUH")), no_peace("AUH", None)];
    let ended = FactLine { until: Some(day(1888, 5, 1)), ..on(day(1888, 1, 15), attack()) };
    let peace = on(day(1888, 6, 1), did("RUS", Verb::ConcludesPeaceWith, "AUH"));
    let mut attacked = owed();
    // Russia is the one adversary whom the second article leaves to the first.
    attacked.push(expect("DEU", "neutral", "AUH", "2").not(&[Reason::NamedAdversary]));
    vec![
        case("Russia attacks Austria-Hungary", question(day(1888, 1, 15), vec![attack()]), attacked),
        // Five years, then three and three: nobody ever gave notice.
        case("still in the last summer", question(day(1914, 8, 6), vec![attack()]), owed()),
        case(
            "signed, and not yet ratified",
            question(day(1879, 10, 15), vec![attack()]),
            vec![help().not(&[Reason::NotInForce])],
        ),
        case(
            "before it was thought of",
            Question { only: vec![name("dual-alliance")], ..question(day(1877, 4, 24), vec![attack()]) },
            vec![help().not(&[Reason::NotInForce])],
        ),
        // Whoever asks by what was known then finds no treaty.
        case(
            "as the world knew it",
            Question { known_on: Some(day(1887, 1, 1)), ..question(day(1888, 1, 15), vec![attack()]) },
            vec![help().not(&[Reason::NoTreaty])],
        ),
        case(
            "as the world knew it when it was published",
            Question { known_on: Some(day(1888, 2, 3)), ..question(day(1888, 3, 1), vec![attack()]) },
            owed(),
        ),
        // It entered into force within the month, and nobody says on which day of it Russia attacked.
        case(
            "in October 1879",
            question(When::Month(1879, 10), vec![attack()]),
            owed().into_iter().map(|expected| expected.open(&[Reason::HourDecides])).collect(),
        ),
        // An attack that goes on sets the duty going on the day of its entry into force.
        case(
            "attacked before, and still at war",
            question(day(1880, 1, 1), vec![on(day(1879, 10, 15), attack())]),
            owed().into_iter().map(|expected| expected.since(day(1879, 10, 21))).collect(),
        ),
        // The attack and the war are over, and so is the bar on peace. The help that arose stays owed.
        case(
            "after the peace",
            question(day(1888, 7, 1), vec![ended, peace]),
            vec![
                help(),
                no_peace("DEU", Some("AUH")).not(&[Reason::Threshold]),
                no_peace("AUH", None).not(&[Reason::Threshold]),
            ],
        ),
        case(
            "a clash is no attack",
            question(day(1885, 6, 1), vec![did("RUS", Verb::ClashesWith, "AUH")]),
            vec![help().not(&[Reason::Threshold])],
        ),
        case(
            "the ally attacks Russia",
            question(day(1888, 1, 15), vec![did("AUH", Verb::Attacks, "RUS")]),
            vec![help().not(&[Reason::Aggressor, Reason::Threshold])],
        ),
    ]
}

fn against_others() -> Vec<Case> {
    let case = |title, question, expected| Case::new(title, DUAL, question, expected);
    let attack = || did("FRA", Verb::Attacks, "DEU");
    let support = || did("RUS", Verb::Supports, "FRA");
    let neutral = || expect("AUH", "neutral", "DEU", "2");
    let help = || expect("AUH", "defend", "DEU", "1").not(&[Reason::NamedAdversary]);
    let then = day(1887, 2, 1);
    let unknown = Question { unknown: vec![support()], ..question(then, vec![attack()]) };
    vec![
        case("France attacks Germany", question(then, vec![attack()]), vec![neutral(), help()]),
        case(
            "with the support of Russia",
            question(then, vec![attack(), support()]),
            vec![neutral().not(&[Reason::ThirdCondition]), help()],
        ),
        case(
            "nobody knows whether Russia supports France",
            unknown,
            vec![neutral().open(&[Reason::ThirdCondition, Reason::UnknownFact]), help()],
        ),
        // Nobody ever gave notice; but of the two, one was no more on the thirteenth.
        case("to the last day of the monarchy", question(day(1918, 11, 12), vec![attack()]), vec![neutral(), help()]),
        case(
            "when the monarchy was no more",
            question(day(1918, 11, 13), vec![attack()]),
            vec![neutral().not(&[Reason::Expired]), expect("AUH", "defend", "DEU", "1").not(&[Reason::Expired])],
        ),
        // Help is help: who assists the attacker supports him.
        case(
            "Russia assists France",
            question(then, vec![attack(), did("RUS", Verb::Assists, "FRA")]),
            vec![neutral().not(&[Reason::ThirdCondition]), help()],
        ),
        // Each article has its own adversary, and Russia's attack is no support of France's.
        case(
            "France and Russia both attack",
            question(then, vec![attack(), did("RUS", Verb::Attacks, "DEU")]),
            vec![neutral(), expect("AUH", "defend", "DEU", "1"), no_peace("AUH", Some("DEU")), no_peace("DEU", None)],
        ),
        // The ally began it, and not against Russia, which leads; under the second article only the first counts.
        case(
            "Austria-Hungary declares war on Serbia",
            question(day(1914, 7, 28), vec![did("AUH", Verb::DeclaresWarOn, "SRB")]),
            vec![
                expect("DEU", "defend", "AUH", "1").not(&[Reason::NamedAdversary, Reason::Aggressor]),
                expect("DEU", "neutral", "AUH", "2").not(&[Reason::Aggressor]),
            ],
        ),
    ]
}
