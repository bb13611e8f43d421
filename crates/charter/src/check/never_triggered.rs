//! `never-triggered`: a duty that nobody can trigger.

use std::collections::{BTreeMap, BTreeSet};

use super::dates::{first_day, is_surely_before, last_day};
use super::exit_never_works::last_possible_day;
use super::walk::triggers;
use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{
    Article, ClassMember, Clause, Condition, ConditionWord, Countable, EntryIntoForce, Member, Object, Opening,
    Selector, Statement, When, Who,
};
use crate::name::{Actor, Name};
use crate::span::Span;

pub(crate) const CODE: &str = "never-triggered";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a duty that nobody can trigger",
        text: "\
No event can ever set the clause going: its class has no members while the charter is in force, it
counts more actors than there are, `other than` leaves nobody over, somebody would have to attack
himself, its conditions exclude each other, or its day lies outside the charter's life. Such a clause
looks like a promise and is none. Where that is the point (a promise never meant to fall due),
`allow never-triggered`.",
        bad: "\
charter league \"League\"
status signed 1882-05-20, in force since 1882-05-20
parties DEU, ITA
rank great-power: DEU, FRA, ITA
article 1
  unchecked
  when 4 or more great-powers attack a party
    the other party must assist the victim
",
        good: "\
charter league \"League\"
status signed 1882-05-20, in force since 1882-05-20
parties DEU, ITA
rank great-power: DEU, FRA, ITA
article 1
  unchecked
  when 2 or more great-powers attack a party
    the other party must assist the victim
",
        source: None,
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    for article in &subject.charter.articles {
        for narrowing in &article.narrowings {
            if let Some(why) = empty_narrowing(subject, &narrowing.class, &narrowing.members) {
                report(narrowing.span, "nobody can be meant here", &why, findings);
            }
        }
        for clause in &article.clauses {
            check(subject, article, clause, findings);
        }
    }
}

fn report(span: Span, message: &str, why: &str, findings: &mut Findings) {
    findings.warning(CODE, || Diagnostic::warning(CODE, span, message).label(why));
}

fn check(subject: &Subject<'_>, article: &Article, clause: &Clause, findings: &mut Findings) {
    if let Opening::On(when) = clause.opening
        && let Some(why) = outside_life(subject, when)
    {
        report(clause.span, "no duty can arise here", &why, findings);
        return;
    }
    let faults: Vec<(Span, String)> =
        triggers(&clause.opening).iter().map_while(|trigger| impossible(subject, article, trigger)).collect();
    if !faults.is_empty() && faults.len() == triggers(&clause.opening).len() {
        for (span, why) in faults {
            report(span, "nobody can trigger this", &why, findings);
        }
        return;
    }
    for condition in clause.conditions.iter().filter(|condition| condition.word == ConditionWord::If) {
        let faults: Vec<(Span, String)> =
            condition.any_of.iter().map_while(|one| impossible_condition(subject, article, one)).collect();
        if faults.len() == condition.any_of.len()
            && let Some((span, why)) = faults.into_iter().next()
        {
            report(span, "this condition can never hold", &why, findings);
        }
    }
    if let Some((first, second)) = exclusive(triggers(&clause.opening), &clause.conditions) {
        findings.warning(CODE, || {
            Diagnostic::warning(CODE, second, "these lines exclude each other")
                .label("whenever this holds, the other fails")
                .also(first, "the other")
        });
    }
}

fn outside_life(subject: &Subject<'_>, on: When) -> Option<String> {
    let status = &subject.charter.status;
    let begins = match status.in_force {
        Some(EntryIntoForce::Since(when) | EntryIntoForce::ProvisionallySince(when)) => Some(when),
        Some(EntryIntoForce::WhenDeposited { .. } | EntryIntoForce::Unknown | EntryIntoForce::Never) | None => None,
    };
    if let Some(begins) = begins.filter(|begins| is_surely_before(on, *begins)) {
        return Some(format!("the charter is in force only since {begins}"));
    }
    let ends = last_possible_day(subject.charter)?;
    (first_day(on)? > ends).then(|| format!("the charter is over by {ends}"))
}

/// Why a trigger can never happen, and the words that say so.
fn impossible(subject: &Subject<'_>, article: &Article, trigger: &Statement) -> Option<(Span, String)> {
    let span_of = |who: &Who| if who.span.start < who.span.end { who.span } else { trigger.span };
    if let Some(why) = nobody(subject, article, &trigger.subject) {
        return Some((span_of(&trigger.subject), why));
    }
    let Object::Who(object) = &trigger.object else { return None };
    if let Some(why) = nobody(subject, article, object) {
        return Some((span_of(object), why));
    }
    let same = matches!((&trigger.subject.selector, &object.selector), (Selector::Actor(one), Selector::Actor(other)) if one == other);
    same.then(|| (trigger.span, "nobody does this to himself".to_owned()))
}

/// As [`impossible`]; but what is denied (`is not a …`) may well be so.
fn impossible_condition(subject: &Subject<'_>, article: &Article, one: &Statement) -> Option<(Span, String)> {
    if one.negated { None } else { impossible(subject, article, one) }
}

/// Why a selector can take in nobody.
fn nobody(subject: &Subject<'_>, article: &Article, who: &Who) -> Option<String> {
    let is_in = |actor: &&Actor| !is_left_out(subject, &who.other_than, actor);
    match &who.selector {
        Selector::AClass(name) | Selector::Group(name) => {
            let members = class_in(subject, article, name)?;
            if living(subject, members).any(|actor| is_in(&actor)) {
                None
            } else if members.is_empty() {
                Some(format!("`{name}` has no members"))
            } else if living(subject, members).next().is_none() {
                Some(format!("`{name}` has no members while the charter is in force"))
            } else {
                Some(format!("that leaves nobody of `{name}`"))
            }
        }
        Selector::Count { number, of, .. } => {
            let needed = usize::try_from(*number).ok()?;
            let there = match of {
                Countable::Class(name) => {
                    distinct(living(subject, class_in(subject, article, name)?).filter(is_in), needed)
                }
                Countable::Parties if !subject.is_open() => {
                    distinct(subject.ever.iter().copied().filter(is_in), needed)
                }
                Countable::Parties | Countable::States | Countable::NonParties => return None,
            };
            (there < needed).then(|| format!("there are only {there}"))
        }
        Selector::AParty => {
            let known = !subject.is_open() && !subject.ever.is_empty();
            (known && !subject.ever.iter().copied().any(|actor| is_in(&actor)))
                .then(|| "that leaves no party".to_owned())
        }
        Selector::AnyOf(members) | Selector::AllOf(members) | Selector::EachOf(members) => {
            let all = subject.actors(members)?;
            (!all.iter().any(|actor| is_in(&actor))).then(|| "that leaves nobody".to_owned())
        }
        Selector::Actor(_)
        | Selector::Nobody
        | Selector::Anyone
        | Selector::AState
        | Selector::ANonParty
        | Selector::EachParty
        | Selector::EachOtherParty
        | Selector::TheOtherParty
        | Selector::EachOtherMember
        | Selector::Role(_)
        | Selector::Bearer
        | Selector::Originator
        | Selector::Body(_)
        | Selector::Charter(_) => None,
    }
}

/// How many different actors there are, counted no further than needed.
fn distinct<'a>(actors: impl Iterator<Item = &'a Actor>, needed: usize) -> usize {
    let mut seen = BTreeSet::new();
    actors.filter(|actor| seen.insert(*actor)).take(needed).count()
}

/// Whether `other than` names somebody; a class that is found, and not listed, names nobody yet.
fn is_left_out(subject: &Subject<'_>, other_than: &[Member], actor: &Actor) -> bool {
    other_than.iter().any(|member| match member {
        Member::Actor(out) => out == actor,
        Member::Group(name) => {
            subject.listed(name).is_some_and(|members| members.iter().any(|member| member.actor == *actor))
        }
    })
}

fn class_in<'a>(subject: &Subject<'a>, article: &'a Article, name: &Name) -> Option<&'a [ClassMember]> {
    let narrowed = article.narrowings.iter().find(|narrowing| narrowing.class == *name);
    narrowed.map(|narrowing| narrowing.members.as_slice()).or_else(|| subject.listed(name))
}

/// The members whose time in the class and the charter's life may overlap.
fn living<'m>(subject: &Subject<'_>, members: &'m [ClassMember]) -> impl Iterator<Item = &'m Actor> + use<'m> {
    let begins = match subject.charter.status.in_force {
        Some(EntryIntoForce::Since(when) | EntryIntoForce::ProvisionallySince(when)) => first_day(when),
        Some(EntryIntoForce::WhenDeposited { .. } | EntryIntoForce::Unknown | EntryIntoForce::Never) | None => None,
    };
    let ends = last_possible_day(subject.charter);
    let overlaps = move |member: &&ClassMember| {
        let gone = begins.zip(member.to.and_then(last_day)).is_some_and(|(begins, to)| to < begins);
        let late = ends.zip(member.from.and_then(first_day)).is_some_and(|(ends, from)| from > ends);
        !gone && !late
    };
    members.iter().filter(overlaps).map(|member| &member.actor)
}

fn empty_narrowing(subject: &Subject<'_>, class: &Name, members: &[ClassMember]) -> Option<String> {
    if members.is_empty() {
        return Some(format!("`{class}` reads nobody"));
    }
    let listed: BTreeSet<&Actor> = subject.listed(class)?.iter().map(|member| &member.actor).collect();
    let none = !listed.is_empty() && members.iter().all(|member| !listed.contains(&member.actor));
    none.then(|| format!("none of these belongs to `{class}`"))
}

/// Two lines of which one demands what the other forbids.
fn exclusive(triggers: &[Statement], conditions: &[Condition]) -> Option<(Span, Span)> {
    let mut demanded: BTreeMap<Statement, (bool, Span)> = BTreeMap::new();
    if let [trigger] = triggers
        && !conditions.is_empty()
    {
        demanded.insert(trigger.clone(), (true, trigger.span));
    }
    for condition in conditions {
        let single = condition.any_of.len() == 1;
        let is_if = condition.word == ConditionWord::If;
        for one in condition.any_of.iter().filter(|_| single || !is_if) {
            let holds = is_if != one.negated;
            let positive = Statement { negated: false, ..one.clone() };
            match demanded.get(&positive) {
                Some((other, span)) if *other != holds => return Some((*span, condition.span)),
                Some(_) => {}
                None => {
                    demanded.insert(positive, (holds, condition.span));
                }
            }
        }
    }
    None
}
