//! A platform by modules: consultation, a track, a conduit, red lines, and reports that contradict
//! each other.

use charter::Span;
use charter::model::{
    Absence, Action, ActionVerb, Assumption, Bearer, Body, BodyMembers, Charter, Claim, Contribution, DecisionRule,
    Delivery, DurationUnit, DutyLine, Evidence, FactLine, Level, Modality, Object, Precedence, PrecedenceOver, RedLine,
    RedLineRule, Role, Selector, Status, Timing, Track, TrackLeave, Verb, When, Withdrawal,
};
use law::{Question, Reason};

use super::expected::{Case, Expected, Under, asked, each, expect};
use super::words::{
    a_party, anyone, article, body, day, did, duration, duty, fact, grade, hour, must, name, on, one, said, state,
    states, the, thing, when, who, whole,
};

const PLATFORM: &str = "platform";

pub(super) fn charter() -> Charter {
    let requested = said(a_party(), Verb::Requests, thing("consultation"));
    let consult = DutyLine {
        timing: vec![Timing::Within(duration(48, DurationUnit::Hours))],
        ..must(Bearer::EachOtherParty, ActionVerb::Consult, the(Role::Requester))
    };
    Charter {
        name: name(PLATFORM),
        title: name("Trilateral platform (draft, by report)"),
        status: Status { withdrawal: Some(Withdrawal::AtWill), ..Status::default() },
        parties: states(&["PAK", "SAU", "TUR"]),
        bodies: vec![steering()],
        precedence: vec![Precedence {
            winner: whole(Some("north-atlantic")),
            over: PrecedenceOver::Article(whole(None)),
            for_parties_of: Some(name("north-atlantic")),
            span: Span::NONE,
        }],
        articles: vec![article("1", None, vec![when(requested, Vec::new(), vec![consult])])],
        tracks: vec![intelligence()],
        contributions: vec![Contribution {
            by: state("SAU"),
            what: name("finance"),
            promised: Some(day(2026, 1, 10)),
            delivered: Delivery::Unknown,
            evidence: Vec::new(),
            span: Span::NONE,
        }],
        claims: vec![Claim {
            what: name("TUR will join smda"),
            evidence: Evidence {
                level: Level::Reported,
                from: name("agency"),
                grade: grade('C', 3),
                denied_by: vec![(name("officials"), grade('B', 3))],
                origin: None,
            },
            span: Span::NONE,
        }],
        red_lines: red_lines(),
        ..Charter::default()
    }
}

fn steering() -> Body {
    Body {
        name: name("steering"),
        title: Some(name("Steering meeting")),
        members: BodyMembers::AllParties { except: Vec::new() },
        rule: DecisionRule::Consensus,
        quorum: None,
        veto: Vec::new(),
        without_parties_concerned: false,
        silence: Some(duration(48, DurationUnit::Hours)),
        absence: Absence::Objection,
        binds: None,
        takes_up_blocked_in: Vec::new(),
        span: Span::NONE,
    }
}

fn intelligence() -> Track {
    let pass_on = duty(Bearer::EachMember, Modality::MustNot, ActionVerb::PassOnItems, None);
    let relay = ActionVerb::RelayItems { between: (state("PAK"), state("TUR")), unread: true, naming_originator: true };
    Track {
        name: name("intelligence"),
        title: Some(name("Intelligence sharing")),
        joined_by: Some(a_party()),
        by_leave: Some((DecisionRule::Consensus, true)),
        members: Vec::new(),
        leave: Some(TrackLeave::AtWill),
        bodies: Vec::new(),
        duties: vec![
            duty(Bearer::EachMember, Modality::May, ActionVerb::SeeItems, None),
            DutyLine { without_consent_of: Some(who(Selector::Originator)), ..pass_on },
            duty(Bearer::Actor(state("SAU")), Modality::May, relay, None),
        ],
        evidence: Vec::new(),
        span: Span::NONE,
    }
}

fn red_lines() -> Vec<RedLine> {
    let red_line = |label, rule| RedLine {
        of: state("TUR"),
        label: name(label),
        rules: vec![rule],
        evidence: Vec::new(),
        span: Span::NONE,
    };
    let help = must(Bearer::Actor(state("TUR")), ActionVerb::Assist, anyone());
    let withdraw = Action { verb: ActionVerb::Withdraw, whom: None, thing: None, place: None };
    vec![
        red_line("nothing automatic", RedLineRule::NeverDuty { duty: Box::new(help), under: Some(name(PLATFORM)) }),
        red_line("the door is open", RedLineRule::AlwaysCan { who: state("TUR"), action: withdraw }),
    ]
}

/// The charter says nothing of its entry into force, so a question must.
fn agreed(on: When, facts: Vec<FactLine>) -> Question {
    let since = Assumption::InForceSince(name(PLATFORM), day(2026, 2, 1));
    Question { facts, assumptions: vec![since], home: Some(name(PLATFORM)), ..asked(on) }
}

fn consult(actor: &str) -> Expected {
    expect(actor, "consult", "PAK", "1")
}

/// That there is a conduit is said whenever the charter is asked.
fn relay() -> Expected {
    Expected {
        modality: Modality::May,
        to: None,
        under: Under::Track("intelligence"),
        ..expect("SAU", "relay-items", "SAU", "1")
    }
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = consultation();
    cases.extend(steered());
    cases
}

fn consultation() -> Vec<Case> {
    let case = |title, question, mut expected: Vec<Expected>, relayed: Expected| {
        expected.push(relayed);
        Case::new(title, PLATFORM, question, expected)
    };
    let others = ["SAU", "TUR"];
    let then = day(2026, 3, 1);
    let request = || fact(said(one("PAK"), Verb::Requests, thing("consultation")));
    let attack = || did("IND", Verb::Attacks, "PAK");
    let unknown = [Reason::UnknownFact];
    let help = |actor: &str| expect(actor, "defend", "PAK", "1").not(&[Reason::ConsultOnly]);
    let mut attacked = each(&others, consult);
    attacked.extend(each(&others, help));
    let strange = fact(said(one("QAT"), Verb::Requests, thing("consultation")));
    let unasked = each(&others, |actor| consult(actor).not(&[Reason::NotRequested]));
    vec![
        case("Pakistan asks", agreed(then, vec![request()]), each(&others, consult), relay()),
        case(
            "of a framework that does not say whether it is in force",
            Question { facts: vec![request()], ..asked(then) },
            each(&others, |actor| consult(actor).open(&unknown)),
            relay().open(&unknown),
        ),
        case(
            "before it was agreed",
            agreed(day(2026, 1, 15), vec![request()]),
            each(&others, |actor| consult(actor).not(&[Reason::NotInForce])),
            relay().not(&[Reason::NotInForce]),
        ),
        // It holds a duty to talk, and none to fight.
        case("Pakistan is attacked, and asks", agreed(then, vec![attack(), request()]), attacked, relay()),
        case("nobody asks", agreed(then, vec![did("IND", Verb::Threatens, "PAK")]), unasked.clone(), relay()),
        case(
            "Pakistan asks for something else",
            agreed(then, vec![fact(said(one("PAK"), Verb::Requests, thing("arms")))]),
            each(&others, |actor| consult(actor).not(&[Reason::NotRequested])),
            relay(),
        ),
        // A stranger's request sets nothing going; Pakistan, of whom the question speaks too, made none.
        case("a stranger asks", agreed(then, vec![strange, did("IND", Verb::Threatens, "PAK")]), unasked, relay()),
    ]
}

fn steered() -> Vec<Case> {
    let noon = |day| hour((2026, 3, day), 12, 0);
    let matter = || name("joint exercise");
    let by_silence = |since, until| {
        let silence = Object::Silence { matter: matter(), until };
        on(since, fact(said(body("steering"), Verb::TakesUp, silence)))
    };
    let openly = || on(day(2026, 3, 1), fact(said(body("steering"), Verb::TakesUp, Object::Thing(matter()))));
    let acts = |actor, verb| on(noon(3), fact(said(one(actor), verb, Object::Thing(matter()))));
    let adopted = |title, facts, is_adopted| {
        let question = agreed(day(2026, 3, 5), facts);
        Case::new(title, PLATFORM, question, vec![relay()]).decided("steering", "joint exercise", is_adopted)
    };
    let three_days = || by_silence(noon(1), noon(4));
    let vote = |actor| acts(actor, Verb::VotesFor);
    vec![
        adopted("three days of silence", vec![three_days()], true),
        adopted("silence broken", vec![three_days(), acts("TUR", Verb::BreaksSilenceOn)], false),
        adopted("a day of silence is too short", vec![by_silence(noon(3), noon(4))], false),
        // Where a matter is not left to silence, whoever stays away objects.
        adopted("nobody comes", vec![openly()], false),
        adopted("one stays away", vec![openly(), vote("PAK"), vote("SAU")], false),
        adopted("all vote for it", vec![openly(), vote("PAK"), vote("SAU"), vote("TUR")], true),
        adopted("one abstains", vec![openly(), vote("PAK"), vote("SAU"), acts("TUR", Verb::AbstainsOn)], true),
        adopted("one votes against", vec![openly(), vote("PAK"), vote("SAU"), acts("TUR", Verb::VotesAgainst)], false),
    ]
}
