//! `nobody-bears`: a duty that is owed by nobody.

use super::walk::{Home, duties, triggers};
use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{Bearer, Member, Object, Selector, Statement};

pub(crate) const CODE: &str = "nobody-bears";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a duty that nobody bears",
        text: "\
*Each other party* is every party that holds no role in the trigger. Where the trigger takes up both
parties of a charter of two, or the group named has no members, nobody is left to owe anything.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when a party attacks a party
    each other party must assist the victim
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA, NLD
article 1
  unchecked
  when a party attacks a party
    each other party must assist the victim
",
        source: None,
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    for (home, duty) in duties(subject.charter) {
        let why = match &duty.bearer {
            Bearer::EachOf(members) | Bearer::Together(members) => {
                members.iter().all(|member| is_empty(subject, member)).then(|| "it has no members".to_owned())
            }
            Bearer::EachOtherParty | Bearer::TheOtherParty => nobody_else(subject, home),
            Bearer::EachParty | Bearer::Actor(_) | Bearer::Role(_) | Bearer::EachMember => None,
        };
        if let Some(why) = why {
            findings.warning(CODE, || Diagnostic::warning(CODE, duty.bearer_span, "nobody bears this duty").label(why));
        }
    }
}

/// Whether one entry of a list stands for nobody at all.
fn is_empty(subject: &Subject<'_>, member: &Member) -> bool {
    match member {
        Member::Actor(_) => false,
        Member::Group(name) => subject.listed(name).is_some_and(<[_]>::is_empty),
    }
}

/// Why no party is left beside those who hold a role in every trigger.
fn nobody_else(subject: &Subject<'_>, home: Home<'_>) -> Option<String> {
    if subject.is_open() || subject.ever.is_empty() {
        return None;
    }
    let taken = match home {
        Home::Clause(clause) => triggers(&clause.opening).iter().map(|trigger| parties_in(subject, trigger)).min(),
        Home::Article(_) | Home::Nowhere | Home::Track => None,
    };
    let taken = taken.unwrap_or(0);
    let left = subject.ever.len().saturating_sub(taken);
    (left == 0).then(|| match subject.ever.len() {
        1 => "the charter has one party".to_owned(),
        count => format!("the trigger takes up all {count} parties"),
    })
}

/// How many parties a trigger surely takes up.
fn parties_in(subject: &Subject<'_>, trigger: &Statement) -> usize {
    let is_party = |selector: &Selector| match selector {
        Selector::AParty => true,
        Selector::Actor(actor) => subject.ever.contains(actor),
        Selector::Nobody
        | Selector::Anyone
        | Selector::AState
        | Selector::ANonParty
        | Selector::AClass(_)
        | Selector::Count { .. }
        | Selector::AnyOf(_)
        | Selector::AllOf(_)
        | Selector::EachOf(_)
        | Selector::EachParty
        | Selector::EachOtherParty
        | Selector::TheOtherParty
        | Selector::EachOtherMember
        | Selector::Role(_)
        | Selector::Bearer
        | Selector::Originator
        | Selector::Body(_)
        | Selector::Group(_)
        | Selector::Charter(_) => false,
    };
    if super::role_not_handed_out::handed_out(trigger).is_empty() {
        return 0;
    }
    let object = match &trigger.object {
        Object::Who(who) => is_party(&who.selector),
        Object::Nothing
        | Object::Place(_)
        | Object::Thing(_)
        | Object::Article(_)
        | Object::Charter(_)
        | Object::Body(_)
        | Object::Class(_)
        | Object::Area(_)
        | Object::Silence { .. }
        | Object::Bond { .. } => false,
    };
    usize::from(is_party(&trigger.subject.selector)) + usize::from(object)
}
