//! How many adversaries it takes, what provocation undoes, and a right beside a duty.

use charter::Span;
use charter::model::{
    ActionVerb, Assumption, Bearer, Charter, ClassDeclaration, ClassKind, ClassMember, ClassMembers, ConditionWord,
    Countable, FactLine, Modality, Provocation, Role, Selector, Statement, Verb, When,
};
use law::{Question, Reason};

use super::expected::{Case, Expected, asked, each, expect};
use super::words::{a_party, article, condition, day, did, does, duty, must, name, state, states, the, when, who};

const TRIPLE: &str = "triple-alliance";

pub(super) fn charter() -> Charter {
    let power = name("great-power");
    let several = Selector::Count { exactly: false, number: 2, of: Countable::Class(power.clone()) };
    let attacked = does(who(several), Verb::Attacks, a_party());
    let attacked = Statement { provocation: Some(Provocation::Without), ..attacked };
    let threatened = does(who(Selector::AClass(power.clone())), Verb::Threatens, a_party());
    let at_war = does(the(Role::Threatened), Verb::IsAtWarWith, the(Role::Threatener));
    let at_war = condition(ConditionWord::If, vec![at_war]);
    let others = || Bearer::EachOtherParty;
    let join = must(others(), ActionVerb::JoinTheWarBeside, the(Role::Victim));
    let neutral = must(others(), ActionVerb::StayBenevolentlyNeutral, the(Role::Threatened));
    let may_join = duty(others(), Modality::May, ActionVerb::JoinTheWarBeside, Some(the(Role::Threatened)));
    Charter {
        name: name(TRIPLE),
        title: name("Triple Alliance"),
        classes: vec![ClassDeclaration {
            kind: ClassKind::Rank,
            name: power,
            members: ClassMembers::Listed(
                ["AUH", "DEU", "FRA", "GBR", "ITA", "RUS"]
                    .map(|code| ClassMember { actor: state(code), from: None, to: None })
                    .to_vec(),
            ),
            span: Span::NONE,
        }],
        parties: states(&["AUH", "DEU", "ITA"]),
        articles: vec![
            article("3", None, vec![when(attacked, Vec::new(), vec![join])]),
            article("4", None, vec![when(threatened, vec![at_war], vec![neutral, may_join])]),
        ],
        ..Charter::default()
    }
}

/// The charter says nothing of its entry into force, so a question must.
fn in_force(on: When, facts: Vec<FactLine>) -> Question {
    let since = Assumption::InForceSince(name(TRIPLE), day(1882, 5, 30));
    Question { facts, assumptions: vec![since], ..asked(on) }
}

fn case(title: &'static str, question: Question, expected: Vec<Vec<Expected>>) -> Case {
    Case::new(title, TRIPLE, question, expected.into_iter().flatten().collect())
}

fn join(actor: &str, victim: &str) -> Expected {
    expect(actor, "join-war", victim, "3")
}

fn neutral(actor: &str, threatened: &str) -> Expected {
    expect(actor, "neutral", threatened, "4")
}

/// The right to join, against one threatener.
fn may_join(actor: &str, threatened: &str, against: &str) -> Expected {
    Expected { modality: Modality::May, against: Some(state(against)), ..expect(actor, "join-war", threatened, "4") }
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = two_attack_austria();
    cases.extend(whose_fault());
    cases.extend(threats());
    cases
}

fn two_attack_austria() -> Vec<Case> {
    let allies = ["DEU", "ITA"];
    let then = day(1888, 1, 15);
    let attack = |attacker| did(attacker, Verb::Attacks, "AUH");
    let joined = each(&allies, |actor| join(actor, "AUH"));
    let too_few = each(&allies, |actor| join(actor, "AUH").not(&[Reason::Threshold]));
    let benevolent = each(&allies, |actor| neutral(actor, "AUH"));
    let right = |against| each(&allies, move |actor| may_join(actor, "AUH", against));
    let open = [Reason::UnknownFact];
    let opened = |list: &[Expected]| list.iter().map(|expected| expected.clone().open(&open)).collect::<Vec<_>>();
    let both = || vec![attack("RUS"), attack("FRA")];
    let silent = Question { facts: both(), ..asked(then) };
    let unknown = Question { unknown: vec![attack("FRA")], ..in_force(then, vec![attack("RUS")]) };
    let maybe_joined = each(&allies, |actor| join(actor, "AUH").open(&[Reason::Threshold, Reason::UnknownFact]));
    let maybe_france = right("FRA").into_iter().map(|right| right.open(&[Reason::Threshold, Reason::UnknownFact]));
    vec![
        // One power is too few for the war; an attack is also a threat, and opens one.
        case("Russia attacks", in_force(then, vec![attack("RUS")]), vec![too_few, benevolent.clone(), right("RUS")]),
        case(
            "Russia and France attack",
            in_force(then, both()),
            vec![joined.clone(), benevolent.clone(), right("RUS"), right("FRA")],
        ),
        case(
            "of a treaty silent on its force",
            silent,
            vec![opened(&joined), opened(&benevolent), opened(&right("RUS")), opened(&right("FRA"))],
        ),
        case(
            "nobody knows whether France attacks too",
            unknown,
            vec![maybe_joined, benevolent, right("RUS"), maybe_france.collect()],
        ),
    ]
}

fn whose_fault() -> Vec<Case> {
    let then = day(1890, 6, 1);
    let provoked = |attacker| {
        let mut attack = did(attacker, Verb::Attacks, "DEU");
        attack.statement.provocation = Some(Provocation::After);
        attack
    };
    let allies = ["AUH", "ITA"];
    let benevolent = || each(&allies, |actor| neutral(actor, "DEU"));
    let right = |against| each(&allies, move |actor| may_join(actor, "DEU", against));
    let no = |because: &'static [Reason]| each(&allies, move |actor| join(actor, "DEU").not(because));
    let by_italy = || vec![may_join("AUH", "DEU", "ITA")];
    let small = |attacker| did(attacker, Verb::Attacks, "DEU");
    vec![
        // They are two, but were given cause; neutrality does not ask who gave it.
        case(
            "both after provocation",
            in_force(then, vec![provoked("FRA"), provoked("RUS")]),
            vec![no(&[Reason::Aggressor, Reason::Threshold]), benevolent(), right("FRA"), right("RUS")],
        ),
        // Two attack, but they are no great powers.
        case(
            "two small powers",
            in_force(then, vec![small("ESP"), small("DNK")]),
            vec![no(&[Reason::NamedAdversary, Reason::Threshold])],
        ),
        // The third ally is one of the two, and no other party in the article that counts him. In the
        // article that does not, the attack of France is an event of its own, and he is.
        case(
            "an ally is one of the two",
            in_force(then, vec![small("ITA"), small("FRA")]),
            vec![vec![join("AUH", "DEU")], benevolent(), right("FRA"), by_italy()],
        ),
        // In whatever order the two are told.
        case(
            "an ally is the other of the two",
            in_force(then, vec![small("FRA"), small("ITA")]),
            vec![vec![join("AUH", "DEU")], benevolent(), right("FRA"), by_italy()],
        ),
        // He began it, and with one who is no great power, which leads.
        case(
            "an ally begins it",
            in_force(day(1914, 7, 28), vec![did("AUH", Verb::DeclaresWarOn, "SRB")]),
            vec![each(&["DEU", "ITA"], |actor| join(actor, "AUH").not(&[Reason::NamedAdversary, Reason::Aggressor]))],
        ),
    ]
}

fn threats() -> Vec<Case> {
    let then = day(1888, 1, 15);
    let allies = ["DEU", "ITA"];
    let threat = || did("RUS", Verb::Threatens, "AUH");
    let war = || did("AUH", Verb::DeclaresWarOn, "RUS");
    let benevolent = || each(&allies, |actor| neutral(actor, "AUH"));
    let no = |because: &'static [Reason]| each(&allies, move |actor| neutral(actor, "AUH").not(because));
    vec![
        case("a threat without a war", in_force(then, vec![threat()]), vec![no(&[Reason::Threshold])]),
        // The threatened may have begun the war himself, if it is with the threatener.
        case(
            "a threat, and then a war",
            in_force(then, vec![threat(), war()]),
            vec![benevolent(), each(&allies, |actor| may_join(actor, "AUH", "RUS"))],
        ),
        case(
            "a threat by one who is no great power",
            in_force(then, vec![did("SRB", Verb::Attacks, "AUH")]),
            vec![no(&[Reason::NamedAdversary])],
        ),
    ]
}
