//! `role-not-handed-out`: a role that the trigger does not hand out.

use std::collections::BTreeMap;

use super::walk::{Home, duties, lines, named_in, side_conditions, speaks_of, timing_statements, triggers};
use super::{Check, Explanation, Run, Subject, View};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{
    Article, ArticleLabel, Assumption, Bearer, Charter, Clause, Condition, Object, Role, ScenarioLineKind, Selector,
    Statement, Verb,
};
use crate::span::Span;

pub(crate) const CODE: &str = "role-not-handed-out";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a role that the trigger does not hand out",
        text: "\
There are no pronouns: a trigger hands out roles, and only those are spoken of under it. An attack or
another hostile act hands out `the attacker` and `the victim`; a threat or a clash, `the threatener`
and `the threatened`; being at war, `the belligerent` and `the enemy`; a request or an invocation,
`the requester`; a notice, `the notifier`. A trigger with `or` hands out what each of its halves does.
Exceptions, readings and reservations speak of the roles of their article's triggers. A fact or an
expectation names actors.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when anyone threatens a party
    the other party must assist the victim
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when anyone threatens a party
    the other party must assist the threatened
",
        source: None,
    },
    run: Run::CharterAndBeside(run, facts),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    conditions(subject.charter, findings);
    for (home, duty) in duties(subject.charter) {
        let roles = Roles::of(home);
        if let Bearer::Role(role) = duty.bearer {
            roles.check(role, duty.bearer_span, findings);
        }
        for who in named_in(duty).chain(timing_statements(duty).flat_map(speaks_of)) {
            if let Selector::Role(role) = who.selector {
                roles.check(role, who.span, findings);
            }
        }
    }
}

/// Facts name actors, in every scenario.
fn facts(view: &View<'_>, findings: &mut Findings) {
    let scenarios = view.given().iter().flat_map(|charter| &charter.scenarios).chain(&view.library.scenarios);
    for (line, _) in scenarios.flat_map(lines) {
        match line {
            ScenarioLineKind::Fact(fact) | ScenarioLineKind::UnknownWhether(fact) => in_fact(&fact.statement, findings),
            ScenarioLineKind::Assume(Assumption::Fact(fact)) => in_fact(&fact.statement, findings),
            ScenarioLineKind::Assume(
                Assumption::InForceSince(..)
                | Assumption::EndedOn(..)
                | Assumption::TextPublished(_)
                | Assumption::PartyTo(..),
            )
            | ScenarioLineKind::Drop(_)
            | ScenarioLineKind::AskAtEvidence(_)
            | ScenarioLineKind::AskAsKnownOn(_)
            | ScenarioLineKind::AskByTextAlone
            | ScenarioLineKind::Expect(_) => {}
        }
    }
}

fn conditions(charter: &Charter, findings: &mut Findings) {
    for article in &charter.articles {
        for clause in &article.clauses {
            Roles::of(Home::Clause(clause)).check_all(&clause.conditions, findings);
        }
        let mut aside = side_conditions(article).peekable();
        if aside.peek().is_some() {
            let roles = Roles::of(Home::Article(article));
            aside.for_each(|condition| roles.check_all(std::slice::from_ref(condition), findings));
        }
    }
    if charter.reservations.is_empty() {
        return;
    }
    let labelled: BTreeMap<&ArticleLabel, &Article> =
        charter.articles.iter().map(|article| (&article.label, article)).collect();
    for reservation in &charter.reservations {
        let label = reservation.article.label.as_ref();
        if let Some(article) = label.and_then(|label| labelled.get(label)) {
            Roles::of(Home::Article(article)).check_all(&reservation.applies_only, findings);
        }
    }
}

fn in_fact(statement: &Statement, findings: &mut Findings) {
    for who in speaks_of(statement) {
        if matches!(who.selector, Selector::Role(_) | Selector::Bearer) {
            findings.error(CODE, || {
                Diagnostic::error(CODE, who.span, "a fact speaks of a role")
                    .label("who is that?")
                    .help("name the actor: facts hand out no roles")
            });
        }
    }
}

/// The roles that may be spoken of in one place.
struct Roles {
    all: RoleSet,
    /// The trigger, to be pointed at.
    trigger: Option<Span>,
}

impl Roles {
    fn of(home: Home<'_>) -> Self {
        match home {
            Home::Clause(clause) => Self { all: of_clause(clause), trigger: Some(clause.span) },
            Home::Article(article) => Self::of_article(article),
            Home::Nowhere | Home::Track => Self { all: RoleSet::default(), trigger: None },
        }
    }

    fn of_article(article: &Article) -> Self {
        let all = article.clauses.iter().map(of_clause).fold(RoleSet::default(), RoleSet::or);
        Self { all, trigger: article.clauses.first().map(|clause| clause.span) }
    }

    fn check_all(&self, conditions: &[Condition], findings: &mut Findings) {
        for who in conditions.iter().flat_map(|condition| &condition.any_of).flat_map(speaks_of) {
            if let Selector::Role(role) = who.selector {
                self.check(role, who.span, findings);
            }
        }
    }

    fn check(&self, role: Role, span: Span, findings: &mut Findings) {
        if self.all.contains(role) {
            return;
        }
        findings.error(CODE, || {
            let fault = Diagnostic::error(CODE, span, format!("the trigger does not hand out {role}"));
            let fault = fault.label(format!("nobody is {role} here"));
            let fault = self.trigger.into_iter().fold(fault, |fault, trigger| fault.also(trigger, "the trigger"));
            let handed: Vec<String> = self.all.iter().map(|role| role.to_string()).collect();
            let fault = if handed.is_empty() {
                fault.note("it hands out no roles")
            } else {
                fault.note(format!("it hands out {}", handed.join(" and ")))
            };
            match counterparts(role).iter().find(|role| self.all.contains(**role)) {
                Some(meant) => fault.suggest(format!("did you mean {meant}?"), span, meant.to_string()),
                None => fault,
            }
        });
    }
}

/// What every alternative of a clause's trigger hands out.
fn of_clause(clause: &Clause) -> RoleSet {
    triggers(&clause.opening).iter().map(handed_out).reduce(RoleSet::and).unwrap_or_default()
}

/// The roles an event or state hands out.
pub(super) fn handed_out(statement: &Statement) -> RoleSet {
    let (active, passive) = statement.verb.roles();
    let has_subject = statement.subject.selector != Selector::Nobody;
    let has_object = matches!(statement.object, Object::Who(_));
    let (has_active, has_passive) =
        if statement.verb == Verb::IsOccupiedBy { (has_object, has_subject) } else { (has_subject, has_object) };
    let handed = active.filter(|_| has_active).into_iter().chain(passive.filter(|_| has_passive));
    handed.map(RoleSet::one).fold(RoleSet::default(), RoleSet::or)
}

/// Some of the eight roles, a bit for each: every duty and condition is held against one.
#[derive(Clone, Copy, Default)]
pub(super) struct RoleSet(u8);

impl RoleSet {
    fn one(role: Role) -> Self {
        Self(match role {
            Role::Attacker => 1,
            Role::Victim => 1 << 1,
            Role::Threatener => 1 << 2,
            Role::Threatened => 1 << 3,
            Role::Belligerent => 1 << 4,
            Role::Enemy => 1 << 5,
            Role::Requester => 1 << 6,
            Role::Notifier => 1 << 7,
        })
    }

    fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn contains(self, role: Role) -> bool {
        self.and(Self::one(role)).0 > 0
    }

    /// Each of them, in order.
    fn iter(self) -> impl Iterator<Item = Role> {
        [
            Role::Attacker,
            Role::Victim,
            Role::Threatener,
            Role::Threatened,
            Role::Belligerent,
            Role::Enemy,
            Role::Requester,
            Role::Notifier,
        ]
        .into_iter()
        .filter(move |role| self.contains(*role))
    }
}

/// The same side of other events, nearest first.
fn counterparts(role: Role) -> &'static [Role] {
    match role {
        Role::Attacker => &[Role::Threatener, Role::Enemy],
        Role::Victim => &[Role::Threatened, Role::Belligerent, Role::Requester],
        Role::Threatener => &[Role::Attacker, Role::Enemy],
        Role::Threatened => &[Role::Victim, Role::Belligerent, Role::Requester],
        Role::Belligerent => &[Role::Victim, Role::Threatened, Role::Requester],
        Role::Enemy => &[Role::Attacker, Role::Threatener],
        Role::Requester => &[Role::Notifier, Role::Victim, Role::Threatened, Role::Belligerent],
        Role::Notifier => &[Role::Requester],
    }
}
