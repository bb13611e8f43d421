//! A standing alliance: an area, a judgement, bodies and silence, a second forum, entry and exit.

use charter::Span;
use charter::model::{
    Absence, Accession, ActionVerb, AreaDeclaration, AreaItem, AreaKind, Article, ArticleRef, Bearer, Body,
    BodyMembers, Charter, ClassDeclaration, ClassKind, ClassMember, ClassMembers, Clause, Condition, ConditionWord,
    DecisionRule, DurationUnit, DutyLine, EntryIntoForce, FactLine, HistoryAct, HistoryEntry, Location, Means, Member,
    Object, Role, Selector, Source, Statement, Status, TextStatus, Timing, Verb, When, Who, Withdrawal,
};
use law::{Question, Reason};

use super::expected::{Case, Expected, asked, each, expect};
use super::words::{
    a_party, anyone, article, article_of, body, condition, day, did, does, duration, fact, hour, label, must, name, on,
    one, said, state, states, the, thing, when, who, whole,
};

const NAT: &str = "north-atlantic";
const FIRST: [&str; 12] = ["BEL", "CAN", "DNK", "FRA", "GBR", "ISL", "ITA", "LUX", "NLD", "NOR", "PRT", "USA"];

pub(super) fn charter() -> Charter {
    let council =
        Body { silence: Some(duration(24, DurationUnit::Hours)), ..forum("council", "North Atlantic Council", &[]) };
    let dpc =
        Body { takes_up_blocked_in: vec![name("council")], ..forum("dpc", "Defence Planning Committee", &["FRA"]) };
    Charter {
        name: name(NAT),
        title: name("North Atlantic Treaty"),
        also: vec![name("NAT49")],
        classes: vec![ClassDeclaration {
            kind: ClassKind::Region,
            name: name("european-state"),
            members: ClassMembers::Listed(["DEU", "ESP", "GRC", "TUR"].map(always).to_vec()),
            span: Span::NONE,
        }],
        areas: vec![area()],
        status: Status {
            text: Some(TextStatus::Published(Some(name("UNTS 34, 243")))),
            in_force: Some(EntryIntoForce::Since(day(1949, 8, 24))),
            withdrawal: Some(Withdrawal::AfterNotice {
                notice: duration(1, DurationUnit::Years),
                not_before: Some(day(1969, 8, 24)),
            }),
            ..Status::default()
        },
        parties: states(&FIRST),
        accession: Some(Accession {
            who: who(Selector::AClass(name("european-state"))),
            invited_by: Some(name("council")),
            by: Some(DecisionRule::Unanimity),
            span: Span::NONE,
        }),
        history: vec![accede(day(1952, 2, 18), &["GRC", "TUR"]), accede(day(1955, 5, 6), &["DEU"])],
        bodies: vec![council, dpc],
        articles: articles(),
        ..Charter::default()
    }
}

fn always(code: &str) -> ClassMember {
    ClassMember { actor: state(code), from: None, to: None }
}

fn accede(on: When, codes: &[&str]) -> HistoryEntry {
    HistoryEntry { on, who: states(codes), act: HistoryAct::Accede, span: Span::NONE }
}

fn area() -> AreaDeclaration {
    let of = |kind, whose: Who, within: Option<&str>| AreaItem::Of { kind, whose, within: within.map(name) };
    AreaDeclaration {
        name: name("treaty-area"),
        includes: vec![
            of(AreaKind::Territory, a_party(), Some("europe")),
            of(AreaKind::Territory, a_party(), Some("north-america")),
            of(AreaKind::Territory, one("TUR"), None),
            of(AreaKind::Islands, a_party(), Some("north-of-cancer")),
            of(AreaKind::Forces, a_party(), Some("mediterranean")),
        ],
        excludes: Vec::new(),
        span: Span::NONE,
    }
}

fn forum(forum: &str, title: &str, except: &[&str]) -> Body {
    Body {
        name: name(forum),
        title: Some(name(title)),
        members: BodyMembers::AllParties { except: states(except) },
        rule: DecisionRule::Consensus,
        quorum: None,
        veto: Vec::new(),
        without_parties_concerned: false,
        silence: None,
        absence: Absence::Abstention,
        binds: None,
        takes_up_blocked_in: Vec::new(),
        span: Span::NONE,
    }
}

fn articles() -> Vec<Article> {
    let requested = said(a_party(), Verb::Requests, thing("consultation"));
    let consult = must(Bearer::EachOtherParty, ActionVerb::Consult, the(Role::Requester));
    let attacked = does(anyone(), Verb::Attacks, a_party());
    let attacked = Statement { place: Some(Location::Named(name("treaty-area"))), ..attacked };
    let found = condition(
        ConditionWord::If,
        vec![
            said(the(Role::Victim), Verb::Invokes, Object::Article(whole(None))),
            said(body("council"), Verb::Finds, thing("armed attack")),
        ],
    );
    let help = DutyLine {
        means: Some(Means::AsDeemedNecessary),
        timing: vec![Timing::AtOnce],
        ..must(Bearer::EachOtherParty, ActionVerb::Assist, the(Role::Victim))
    };
    let defence: Clause = when(attacked, vec![Condition { by_practice: true, ..found }], vec![help]);
    let five = ArticleRef { charter: None, label: Some(label("5")), span: Span::NONE };
    let read = Source { text: name("UNTS 34, 243"), articles: vec![five], span: Span::NONE };
    vec![
        article("4", Some("Consultation"), vec![when(requested, Vec::new(), vec![consult])]),
        Article { sources: vec![read], ..article("5", Some("Collective defence"), vec![defence]) },
    ]
}

fn question(on: When, facts: Vec<FactLine>) -> Question {
    Question { facts, home: Some(name(NAT)), ..asked(on) }
}

fn case(title: &'static str, question: Question, expected: Vec<Expected>) -> Case {
    Case::new(title, NAT, question, expected)
}

/// All fifteen but those left out.
fn all_but(left_out: &[&str]) -> Vec<&'static str> {
    let all = FIRST.into_iter().chain(["GRC", "TUR", "DEU"]);
    all.filter(|code| !left_out.contains(code)).collect()
}

fn consulted(requester: &'static str) -> Vec<Expected> {
    each(&all_but(&[requester]), |actor| expect(actor, "consult", requester, "4"))
}

fn helped(victim: &'static str) -> Vec<Expected> {
    each(&all_but(&[victim]), |actor| expect(actor, "defend", victim, "5"))
}

fn unhelped(victim: &'static str, because: &[Reason]) -> Vec<Expected> {
    helped(victim).into_iter().map(|expected| expected.not(because)).collect()
}

fn undecided(victim: &'static str, because: &[Reason]) -> Vec<Expected> {
    helped(victim).into_iter().map(|expected| expected.open(because)).collect()
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = turkey();
    cases.extend(silence());
    cases.extend(requested());
    cases.extend(days());
    cases.extend(places());
    cases.extend(members());
    cases
}

fn request() -> FactLine {
    on(day(2003, 2, 10), fact(said(one("TUR"), Verb::Requests, thing("consultation"))))
}

/// The council takes the matter up on a day, with a deadline by the clock of Brussels.
fn taken_up(since: When, until: When) -> FactLine {
    let silence = Object::Silence { matter: name("protect Turkey"), until };
    on(since, fact(said(body("council"), Verb::TakesUp, silence)))
}

fn broken(at: When, by: &[&str]) -> FactLine {
    let members = by.iter().map(|code| Member::Actor(state(code))).collect();
    on(at, fact(said(who(Selector::EachOf(members)), Verb::BreaksSilenceOn, thing("protect Turkey"))))
}

fn turkey() -> Vec<Case> {
    let deadline = hour((2003, 2, 10), 10, 60);
    let facts = || {
        let three = broken(hour((2003, 2, 10), 9, 60), &["BEL", "DEU", "FRA"]);
        vec![request(), taken_up(day(2003, 2, 6), deadline), three]
    };
    let mut expected = consulted("TUR");
    // Nobody has attacked; but somebody might have, and then this is what would be lacking.
    expected.extend(unhelped("TUR", &[Reason::Threshold]));
    let mut in_the_other_room = facts();
    in_the_other_room.push(fact(said(body("dpc"), Verb::TakesUp, thing("protect Turkey"))));
    let later = question(day(2003, 2, 16), in_the_other_room);
    vec![
        case("Turkey asks for protection", question(day(2003, 2, 10), facts()), expected).decided(
            "council",
            "protect Turkey",
            false,
        ),
        case("in the other room", later, consulted("TUR")).decided("dpc", "protect Turkey", true).decided(
            "council",
            "protect Turkey",
            false,
        ),
    ]
}

fn silence() -> Vec<Case> {
    let deadline = hour((2003, 2, 10), 10, 60);
    let asked = |facts| question(day(2003, 2, 10), facts);
    let adopted = |title, facts, is_adopted| {
        case(title, asked(facts), Vec::new()).decided("council", "protect Turkey", is_adopted)
    };
    let by_the_clock = |title, at, is_adopted| {
        let question = question(hour((2003, 2, 10), at, 60), vec![taken_up(day(2003, 2, 6), deadline)]);
        case(title, question, Vec::new()).decided("council", "protect Turkey", is_adopted)
    };
    let since = day(2003, 2, 6);
    let too_late = hour((2003, 2, 10), 12, 60);
    vec![
        adopted("nobody breaks the silence", vec![taken_up(since, deadline)], true),
        adopted("the silence is broken too late", vec![taken_up(since, deadline), broken(too_late, &["BEL"])], true),
        adopted("the silence is broken by a stranger", vec![taken_up(since, deadline), broken(since, &["ESP"])], true),
        adopted("fewer hours than a day", vec![taken_up(hour((2003, 2, 9), 12, 60), deadline)], false),
        adopted("a day to the hour", vec![taken_up(hour((2003, 2, 9), 10, 60), deadline)], true),
        adopted("the deadline is still to come", vec![taken_up(since, hour((2003, 2, 11), 10, 60))], false),
        adopted("never taken up", Vec::new(), false),
        by_the_clock("an hour before the deadline", 9, false),
        by_the_clock("at the deadline", 10, true),
    ]
}

fn invoked(by: &str) -> FactLine {
    fact(said(one(by), Verb::Invokes, Object::Article(article_of(NAT, "5"))))
}

fn found() -> FactLine {
    fact(said(body("council"), Verb::Finds, thing("armed attack")))
}

fn requested() -> Vec<Case> {
    let attack = || did("RUS", Verb::Attacks, "TUR");
    let then = day(2000, 6, 1);
    let mut within = attack();
    within.statement.from_within = true;
    let by_text = Question { text_alone: true, ..question(then, vec![attack()]) };
    vec![
        case("Turkey invokes the article", question(then, vec![attack(), invoked("TUR")]), helped("TUR")),
        case("the council finds it", question(then, vec![attack(), found()]), helped("TUR")),
        case("nobody invokes it", question(then, vec![attack()]), unhelped("TUR", &[Reason::NotRequested])),
        // That it must be invoked is custom, and the text does not say it.
        case("nobody invokes it, by text alone", by_text, helped("TUR")),
        // Only the one attacked can.
        case(
            "another invokes it",
            question(then, vec![attack(), invoked("GRC")]),
            unhelped("TUR", &[Reason::NotRequested]),
        ),
        case(
            "an attack from within",
            question(then, vec![within, invoked("TUR")]),
            unhelped("TUR", &[Reason::Internal]),
        ),
        case(
            "a clash",
            question(then, vec![did("RUS", Verb::ClashesWith, "TUR"), invoked("TUR")]),
            unhelped("TUR", &[Reason::Threshold]),
        ),
    ]
}

fn days() -> Vec<Case> {
    let attack = || on(day(2000, 6, 1), did("RUS", Verb::Attacks, "TUR"));
    let call = || on(day(2000, 6, 5), invoked("TUR"));
    let later = |facts| question(day(2000, 6, 10), facts);
    let since = |day: When| helped("TUR").into_iter().map(|help| help.since(day)).collect();
    let until = |last| FactLine { until: Some(last), ..attack() };
    let denied = FactLine { says: vec![state("TUR")], denied_by: vec![state("RUS")], ..attack() };
    let old = on(day(1955, 1, 1), did("SUN", Verb::Attacks, "TUR"));
    let joined = vec![old, on(day(1955, 2, 1), invoked("TUR"))];
    let mut as_they_join =
        each(&all_but(&["TUR", "DEU"]), |actor| expect(actor, "defend", "TUR", "5").since(day(1955, 2, 1)));
    as_they_join.push(expect("DEU", "defend", "TUR", "5").since(day(1955, 5, 6)));
    vec![
        case("owed from the day it is invoked", later(vec![attack(), call()]), since(day(2000, 6, 5))),
        case("over after it was invoked", later(vec![until(day(2000, 6, 7)), call()]), since(day(2000, 6, 5))),
        // On no day did the attack go on and had been invoked.
        case(
            "over before it was invoked",
            later(vec![until(day(2000, 6, 3)), call()]),
            unhelped("TUR", &[Reason::Threshold]),
        ),
        case(
            "one account against another",
            later(vec![denied, call()]),
            helped("TUR").into_iter().map(|help| help.disputed(&[Reason::Threshold])).collect(),
        ),
        // Germany joins while the attack goes on.
        case("whoever joins owes it too", question(day(1955, 6, 1), joined), as_they_join),
    ]
}

fn places() -> Vec<Case> {
    let then = day(2000, 6, 1);
    let located = |place| {
        let mut attack = did("RUS", Verb::Attacks, "USA");
        attack.statement.place = place;
        question(then, vec![attack, invoked("USA")])
    };
    let of = |kind, within: &str| Some(Location::Of { kind, whose: state("USA"), within: Some(name(within)) });
    let open = [Reason::Geography, Reason::UnknownFact];
    vec![
        case("its forces at sea", located(of(AreaKind::Forces, "mediterranean")), helped("USA")),
        case("its islands", located(of(AreaKind::Islands, "north-of-cancer")), helped("USA")),
        // The area knows territories, islands and forces, and no waters.
        case("its waters", located(of(AreaKind::Waters, "mediterranean")), unhelped("USA", &[Reason::Geography])),
        // Nothing says where these places lie, nor where the American states are at home.
        case(
            "a place that lies nobody knows where",
            located(Some(Location::Named(name("durand-line")))),
            undecided("USA", &open),
        ),
        case("at home, nobody knows where", located(None), undecided("USA", &open)),
    ]
}

fn members() -> Vec<Case> {
    let attack = |victim| vec![did("SUN", Verb::Attacks, victim), invoked(victim)];
    let not_yet = expect("BEL", "defend", "TUR", "5").not(&[Reason::NotInForce]);
    let mut first_help = each(&all_but(&["NOR", "GRC", "TUR", "DEU"]), |actor| expect(actor, "defend", "NOR", "5"));
    for expected in &mut first_help {
        // Norway lies in Europe, but nothing here says so.
        *expected = expected.clone().open(&[Reason::Geography, Reason::UnknownFact]);
    }
    first_help
        .extend(each(&["GRC", "TUR", "DEU"], |actor| expect(actor, "defend", "NOR", "5").not(&[Reason::NotInForce])));
    let mut stranger = attack("FIN");
    stranger.push(fact(said(one("NOR"), Verb::Requests, thing("consultation"))));
    let mut for_a_stranger = consulted("NOR");
    for_a_stranger.extend(helped("FIN").into_iter().map(|help| help.not(&[Reason::NotParty])));
    let quarrel = vec![did("GRC", Verb::Attacks, "TUR"), invoked("TUR")];
    let mut help_within = each(&all_but(&["GRC", "TUR"]), |actor| expect(actor, "defend", "TUR", "5"));
    help_within.extend(each(&all_but(&["GRC", "TUR"]), |actor| {
        expect(actor, "defend", "GRC", "5").not(&[Reason::Aggressor, Reason::Threshold])
    }));
    vec![
        case("before Turkey joined", question(day(1951, 6, 1), attack("TUR")), vec![not_yet]),
        case("the first twelve", question(day(1951, 6, 1), attack("NOR")), first_help),
        // Norway's request has the charter asked; for the stranger nobody owes anything.
        case("a stranger", question(day(1980, 6, 1), stranger), for_a_stranger),
        case("one member attacks another", question(day(1974, 8, 1), quarrel), help_within),
        both_attack(),
    ]
}

/// Two members at each other: whoever helps one fails the other.
fn both_attack() -> Case {
    let at_sea = |attacker, victim| {
        let mut attack = did(attacker, Verb::Attacks, victim);
        attack.statement.place =
            Some(Location::Of { kind: AreaKind::Forces, whose: state(victim), within: Some(name("mediterranean")) });
        attack
    };
    let facts = vec![at_sea("GRC", "TUR"), at_sea("TUR", "GRC"), invoked("GRC"), invoked("TUR")];
    let others = all_but(&["GRC", "TUR"]);
    let mut expected = each(&others, |actor| expect(actor, "defend", "TUR", "5"));
    expected.extend(each(&others, |actor| expect(actor, "defend", "GRC", "5")));
    Case { torn: others, ..case("two members attack each other", question(day(1974, 8, 1), facts), expected) }
}
