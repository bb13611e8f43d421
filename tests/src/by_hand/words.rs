//! Short ways to say things in the model, for charters and questions that are built by hand.

use charter::model::{
    Action, ActionVerb, Article, ArticleKind, ArticleLabel, ArticleRef, Bearer, Clause, Condition, ConditionWord,
    Counting, Duration, DurationUnit, DutyLine, FactLine, Grade, Member, Modality, Object, Opening, PlaceDeclaration,
    Role, Selector, Statement, Verb, When, Who, Zone,
};
use charter::{Actor, Name, Span};

pub(super) fn name(text: &str) -> Name {
    Name::new(text)
}

pub(super) fn state(code: &str) -> Actor {
    Actor::code(code)
}

pub(super) fn states(codes: &[&str]) -> Vec<Actor> {
    codes.iter().map(|code| state(code)).collect()
}

pub(super) fn day(year: i16, month: i8, day: i8) -> When {
    When::Day(jiff::civil::date(year, month, day))
}

/// A full hour of a day, as written in a zone so many minutes east of UTC.
pub(super) fn hour(date: (i16, i8, i8), hour: i8, minutes_east: i16) -> When {
    let local = jiff::civil::date(date.0, date.1, date.2).at(hour, 0, 0, 0);
    When::Instant(Zone { minutes_east }.offset().to_timestamp(local).unwrap_or_default(), minutes_east)
}

pub(super) fn duration(count: u32, unit: DurationUnit) -> Duration {
    Duration { count, unit }
}

pub(super) fn grade(source: char, content: u8) -> Option<Grade> {
    Some(Grade { source, content })
}

pub(super) fn counting() -> Counting {
    Counting { days_after_event: true, hours_from_receipt: true, zone: Zone::default() }
}

/// A place of which nothing is said but that there is one.
pub(super) fn place(place: &str) -> PlaceDeclaration {
    PlaceDeclaration { name: name(place), within: Vec::new(), home_of: Vec::new(), span: Span::NONE }
}

pub(super) fn who(selector: Selector) -> Who {
    Who { selector, other_than: Vec::new(), span: Span::NONE }
}

pub(super) fn anyone() -> Who {
    who(Selector::Anyone)
}

pub(super) fn a_party() -> Who {
    who(Selector::AParty)
}

pub(super) fn one(code: &str) -> Who {
    who(Selector::Actor(state(code)))
}

pub(super) fn body(body: &str) -> Who {
    who(Selector::Body(name(body)))
}

/// The one who plays a role.
pub(super) fn the(role: Role) -> Who {
    who(Selector::Role(role))
}

pub(super) fn group(group: &str) -> Vec<Member> {
    vec![Member::Group(name(group))]
}

pub(super) fn thing(text: &str) -> Object {
    Object::Thing(name(text))
}

pub(super) fn label(number: &str) -> ArticleLabel {
    ArticleLabel { kind: ArticleKind::Article, number: name(number) }
}

pub(super) fn article_of(charter: &str, number: &str) -> ArticleRef {
    ArticleRef { charter: Some(name(charter)), label: Some(label(number)), span: Span::NONE }
}

/// A charter as a whole; none is the one in which it is written.
pub(super) fn whole(charter: Option<&str>) -> ArticleRef {
    ArticleRef { charter: charter.map(name), label: None, span: Span::NONE }
}

pub(super) fn said(subject: Who, verb: Verb, object: Object) -> Statement {
    Statement {
        subject,
        negated: false,
        verb,
        object,
        place: None,
        provocation: None,
        from_within: false,
        span: Span::NONE,
    }
}

/// Somebody does something to somebody.
pub(super) fn does(subject: Who, verb: Verb, object: Who) -> Statement {
    said(subject, verb, Object::Who(object))
}

pub(super) fn condition(word: ConditionWord, any_of: Vec<Statement>) -> Condition {
    Condition { word, any_of, by_practice: false, span: Span::NONE }
}

pub(super) fn when(event: Statement, conditions: Vec<Condition>, duties: Vec<DutyLine>) -> Clause {
    Clause { opening: Opening::When(vec![event]), conditions, duties, span: Span::NONE }
}

pub(super) fn article(number: &str, title: Option<&str>, clauses: Vec<Clause>) -> Article {
    Article {
        label: label(number),
        title: title.map(name),
        secret_until: None,
        unchecked: false,
        sources: Vec::new(),
        evidence: Vec::new(),
        narrowings: Vec::new(),
        clauses,
        exceptions: Vec::new(),
        readings: Vec::new(),
        span: Span::NONE,
    }
}

pub(super) fn duty(bearer: Bearer, modality: Modality, verb: ActionVerb, whom: Option<Who>) -> DutyLine {
    DutyLine {
        bearer,
        modality,
        action: Action { verb, whom, thing: None, place: None },
        against: None,
        area: None,
        means: None,
        purpose: None,
        timing: Vec::new(),
        without_consent_of: None,
        subject_to: None,
        span: Span::NONE,
        bearer_span: Span::NONE,
    }
}

pub(super) fn must(bearer: Bearer, verb: ActionVerb, whom: Who) -> DutyLine {
    duty(bearer, Modality::Must, verb, Some(whom))
}

/// What happened on the day asked about.
pub(super) fn fact(statement: Statement) -> FactLine {
    FactLine::plain(statement)
}

/// One state did something to another.
pub(super) fn did(subject: &str, verb: Verb, object: &str) -> FactLine {
    fact(does(one(subject), verb, one(object)))
}

/// The same on a day of its own.
pub(super) fn on(when: When, fact: FactLine) -> FactLine {
    FactLine { on: Some(when), ..fact }
}
