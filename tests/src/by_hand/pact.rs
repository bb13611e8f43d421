//! A pact whose text nobody has published: what has been said of it, and what that is worth.

use charter::model::{
    ActionVerb, Article, Assumption, Bearer, Charter, EntryIntoForce, Evidence, FactLine, Level, Location, Role,
    Status, TextStatus, Verb,
};
use law::{Question, Reason};

use super::expected::{Case, Expected, asked, expect};
use super::words::{a_party, anyone, article, day, did, does, grade, must, name, on, state, states, the, when};

const SMDA: &str = "smda";

pub(super) fn charter() -> Charter {
    let attacked = does(anyone(), Verb::CommitsAggressionAgainst, a_party());
    let help = must(Bearer::EachOtherParty, ActionVerb::Assist, the(Role::Victim));
    Charter {
        name: name(SMDA),
        title: name("Strategic Mutual Defence Agreement"),
        status: Status {
            text: Some(TextStatus::Unpublished),
            signed: Some(day(2025, 9, 17)),
            in_force: Some(EntryIntoForce::Unknown),
            ..Status::default()
        },
        parties: states(&["PAK", "SAU"]),
        articles: vec![Article {
            evidence: vec![Evidence {
                level: Level::Official,
                from: name("joint statement of 2025-09-17"),
                grade: grade('B', 2),
                denied_by: Vec::new(),
                origin: None,
            }],
            ..article("1", Some("Mutual defence"), vec![when(attacked, Vec::new(), vec![help])])
        }],
        ..Charter::default()
    }
}

/// The clash of October 2025.
fn border() -> FactLine {
    let mut border = did("AFG", Verb::Attacks, "PAK");
    border.statement.place = Some(Location::Named(name("durand-line")));
    border
}

fn in_force() -> Assumption {
    Assumption::InForceSince(name(SMDA), day(2025, 9, 17))
}

fn october(facts: Vec<FactLine>) -> Question {
    Question { facts, ..asked(day(2025, 10, 11)) }
}

/// Taken to be in force, and asked of the reports.
fn as_reported(facts: Vec<FactLine>) -> Question {
    Question { assumptions: vec![in_force()], evidence: Level::Reported, ..october(facts) }
}

fn help() -> Expected {
    expect("SAU", "defend", "PAK", "1")
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = what_is_known();
    cases.extend(who_did_what());
    cases
}

fn what_is_known() -> Vec<Case> {
    let case = |title, question, expected| Case::new(title, SMDA, question, vec![expected]);
    let statement = Question { evidence: Level::Official, ..october(vec![border()]) };
    let published = Assumption::TextPublished(name(SMDA));
    vec![
        // Nobody has read the clause, and nobody knows whether the pact is in force: the first leads.
        case(
            "a clash on the border",
            october(vec![border()]),
            help().open(&[Reason::Unpublished, Reason::UnknownFact]),
        ),
        case("as reported", as_reported(vec![border()]), help()),
        // The statement is enough to know the clause by, but says nothing of the entry into force.
        case("by the statement alone", statement.clone(), help().open(&[Reason::UnknownFact])),
        case("by the statement, and in force", Question { assumptions: vec![in_force()], ..statement }, help()),
        case(
            "in force, but of a text unread",
            Question { assumptions: vec![in_force()], ..october(vec![border()]) },
            help().open(&[Reason::Unpublished]),
        ),
        case(
            "in force and published",
            Question { assumptions: vec![in_force(), published], ..october(vec![border()]) },
            help(),
        ),
        // Before the day of signature nothing is left open; it is told only to whoever asks for the pact.
        case(
            "before the signature",
            Question {
                facts: vec![did("IND", Verb::Attacks, "PAK")],
                only: vec![name("smda")],
                ..asked(day(2025, 5, 7))
            },
            help().not(&[Reason::NotInForce]),
        ),
    ]
}

fn who_did_what() -> Vec<Case> {
    let case = |title, question, expected| Case::new(title, SMDA, question, expected);
    let denied = FactLine { says: vec![state("PAK")], denied_by: vec![state("AFG")], ..border() };
    let asserted = FactLine { says: vec![state("PAK")], ..border() };
    let hearsay =
        Evidence { level: Level::Reported, from: name("agency"), grade: None, denied_by: Vec::new(), origin: None };
    let heard = FactLine { evidence: Some(hearsay), ..border() };
    let officially = |facts| Question { evidence: Level::Official, ..as_reported(facts) };
    let later = Question { on: day(2025, 10, 20), ..as_reported(vec![on(day(2025, 10, 11), border())]) };
    let over = FactLine { until: Some(day(2025, 10, 12)), ..on(day(2025, 10, 11), border()) };
    let since = || help().since(day(2025, 10, 11));
    vec![
        // On the account of Kabul there was no attack.
        case(
            "one account against another",
            as_reported(vec![denied.clone()]),
            vec![help().disputed(&[Reason::Threshold])],
        ),
        // What one side says, and nobody denies, stands.
        case("one account alone", as_reported(vec![asserted]), vec![help()]),
        case(
            "the party opened the attack",
            as_reported(vec![did("PAK", Verb::Attacks, "IND")]),
            vec![help().not(&[Reason::Aggressor])],
        ),
        // What is said to happen later is so on nobody's account yet, and multiplies none.
        case(
            "seven attacks yet to come, and each denied",
            as_reported((21..28).map(|number| on(day(2025, 10, number), denied.clone())).collect()),
            vec![help().not(&[Reason::Threshold])],
        ),
        // A pact of two gives neither a right to help against the other.
        case("one party attacks the other", as_reported(vec![did("SAU", Verb::Attacks, "PAK")]), Vec::new()),
        // Aggression is armed attack and what the charter adds, and this one adds nothing.
        case(
            "an attack by wire",
            as_reported(vec![did("AFG", Verb::CyberAttacks, "PAK")]),
            vec![help().not(&[Reason::Threshold])],
        ),
        case("nobody attacked a party", as_reported(vec![did("AFG", Verb::Attacks, "IRN")]), Vec::new()),
        case(
            "nobody knows whether there was an attack",
            Question { unknown: vec![border()], ..as_reported(Vec::new()) },
            vec![help().open(&[Reason::Threshold, Reason::UnknownFact])],
        ),
        // A fact that is only reported, asked of what is official.
        case(
            "an attack by hearsay",
            officially(vec![heard.clone()]),
            vec![help().open(&[Reason::Threshold, Reason::UnknownFact])],
        ),
        case("an attack by hearsay, as reported", as_reported(vec![heard]), vec![help()]),
        case("nine days later", later.clone(), vec![since()]),
        // What arose stays owed when the attack is over.
        case("when it is over", Question { facts: vec![over], ..later }, vec![since()]),
    ]
}
