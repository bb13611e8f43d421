//! What is wrong with charters whose names are all known, and the page behind every diagnostic.
//! Read [`Explanation`] and [`ALL`] first.
//!
//! One file per diagnostic code: what it finds, what it says, and the page that `explain` shows.
//! A check reads; it changes nothing, and computes no duties: that is `law`'s work.

mod cycle;
mod dates;
mod walk;

pub(crate) mod act_without_effect;
pub(crate) mod ambiguous_name;
pub(crate) mod circular_ending;
pub(crate) mod circular_place;
pub(crate) mod circular_precedence;
pub(crate) mod circular_takes_up;
pub(crate) mod contradictory_duties;
pub(crate) mod contradictory_membership;
pub(crate) mod dates_contradict;
pub(crate) mod declared_twice;
pub(crate) mod each_in_condition;
pub(crate) mod exit_never_works;
pub(crate) mod missing_counting;
pub(crate) mod missing_date;
pub(crate) mod mutual_conditions;
pub(crate) mod never_in_force;
pub(crate) mod never_triggered;
pub(crate) mod no_parties;
pub(crate) mod no_source;
pub(crate) mod nobody_bears;
pub(crate) mod not_two_parties;
pub(crate) mod other_letters;
pub(crate) mod out_of_its_time;
pub(crate) mod outside_track;
pub(crate) mod red_line_crossed;
pub(crate) mod role_not_handed_out;
pub(crate) mod term_nobody_finds;
pub(crate) mod third_state_duty;
pub(crate) mod too_many;
pub(crate) mod track_nobody_joins;
pub(crate) mod undeclared_article;
pub(crate) mod undeclared_body;
pub(crate) mod undeclared_charter;
pub(crate) mod undeclared_class;
pub(crate) mod undeclared_code;
pub(crate) mod undeclared_exception;
pub(crate) mod undeclared_fact;
pub(crate) mod undeclared_name;
pub(crate) mod undeclared_place;
pub(crate) mod unknown_allow;
pub(crate) mod unknown_reason;
pub(crate) mod unneeded_allow;
pub(crate) mod unranked_exceptions;
pub(crate) mod unreachable_decision;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::findings::Findings;
use crate::model::{Body, Charter, ClassDeclaration, ClassMember, ClassMembers, GroupDeclaration, HistoryAct, Member};
use crate::name::{Actor, Name};
use crate::resolve::scope::{self, World};
use crate::source::Library;
use crate::texts::Texts;

/// The page behind a diagnostic code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// One line: what is wrong.
    pub summary: &'static str,
    /// What it means and why it matters.
    pub text: &'static str,
    /// A text that has the fault; empty where it takes more than a text to have it.
    pub bad: &'static str,
    /// The same text without it.
    pub good: &'static str,
    /// The rule of treaty law behind it, where there is one.
    pub source: Option<&'static str>,
}

/// One diagnostic code: its page, and when it is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its page.
    pub explanation: Explanation,
    run: Run,
}

/// When a code is looked for.
#[derive(Clone, Copy, Debug)]
enum Run {
    /// While names are looked up.
    Resolving,
    /// Over each charter.
    Charter(fn(&Subject<'_>, &mut Findings)),
    /// Over each charter, and then over what stands in none.
    CharterAndBeside(fn(&Subject<'_>, &mut Findings), fn(&View<'_>, &mut Findings)),
    /// Over the whole library.
    Library(fn(&View<'_>, &mut Findings)),
    /// After everything else, since it asks what the others found.
    Last,
}

/// Every code of resolving and checking, in order; the parser keeps its own.
pub const ALL: &[Check] = &[
    act_without_effect::CHECK,
    ambiguous_name::CHECK,
    circular_ending::CHECK,
    circular_place::CHECK,
    circular_precedence::CHECK,
    circular_takes_up::CHECK,
    contradictory_duties::CHECK,
    contradictory_membership::CHECK,
    dates_contradict::CHECK,
    declared_twice::CHECK,
    each_in_condition::CHECK,
    exit_never_works::CHECK,
    missing_counting::CHECK,
    missing_date::CHECK,
    mutual_conditions::CHECK,
    never_in_force::CHECK,
    never_triggered::CHECK,
    no_parties::CHECK,
    no_source::CHECK,
    nobody_bears::CHECK,
    not_two_parties::CHECK,
    other_letters::CHECK,
    out_of_its_time::CHECK,
    outside_track::CHECK,
    red_line_crossed::CHECK,
    role_not_handed_out::CHECK,
    term_nobody_finds::CHECK,
    third_state_duty::CHECK,
    too_many::CHECK,
    track_nobody_joins::CHECK,
    undeclared_article::CHECK,
    undeclared_body::CHECK,
    undeclared_charter::CHECK,
    undeclared_class::CHECK,
    undeclared_code::CHECK,
    undeclared_exception::CHECK,
    undeclared_fact::CHECK,
    undeclared_place::CHECK,
    unknown_allow::CHECK,
    unknown_reason::CHECK,
    unneeded_allow::CHECK,
    unranked_exceptions::CHECK,
    unreachable_decision::CHECK,
];

/// The page behind a code, the parser's codes included.
#[must_use]
pub fn explain(code: &str) -> Option<Explanation> {
    explanations().find(|page| page.code == code)
}

/// Every page there is.
pub fn explanations() -> impl Iterator<Item = Explanation> {
    ALL.iter().map(|check| check.explanation).chain(crate::parse::codes::pages())
}

/// Checks the charters a load was given; the base's are taken as checked.
pub(crate) fn run(library: &Library, world: &World, texts: Texts<'_>, brings_prelude: bool, findings: &mut Findings) {
    let view = View { library, world, texts, brings_prelude };
    findings.allow_everywhere(library.prelude.allows.iter().map(Name::as_str));
    for (at, charter) in library.charters.iter().take(library.given).enumerate() {
        let subject = Subject { view: &view, at, charter, ever: parties_ever(charter) };
        findings.enter(charter);
        for check in ALL {
            if let Run::Charter(run) | Run::CharterAndBeside(run, _) = check.run {
                run(&subject, findings);
            }
        }
    }
    findings.leave();
    for check in ALL {
        if let Run::Library(run) | Run::CharterAndBeside(_, run) = check.run {
            run(&view, findings);
        }
    }
    unneeded_allow::run(&view, findings);
}

/// A library to be checked.
pub(crate) struct View<'a> {
    pub(crate) library: &'a Library,
    pub(crate) world: &'a World,
    pub(crate) texts: Texts<'a>,
    /// Whether the prelude is the texts' own.
    pub(crate) brings_prelude: bool,
}

impl<'a> View<'a> {
    /// The charters the texts bring.
    pub(crate) fn given(&self) -> &'a [Charter] {
        self.library.charters.get(..self.library.given).unwrap_or_default()
    }
}

/// One charter to be checked.
pub(crate) struct Subject<'a> {
    pub(crate) view: &'a View<'a>,
    /// Its place in the library.
    pub(crate) at: usize,
    pub(crate) charter: &'a Charter,
    /// Everybody who is or ever was a party.
    pub(crate) ever: BTreeSet<&'a Actor>,
}

impl<'a> Subject<'a> {
    pub(crate) fn texts(&self) -> Texts<'a> {
        self.view.texts
    }

    /// The class a name stands for here.
    pub(crate) fn class(&self, name: &Name) -> Option<&'a ClassDeclaration> {
        scope::class_of(self.view.world, self.view.library, self.at, name)
    }

    /// The group a name stands for here.
    pub(crate) fn group(&self, name: &Name) -> Option<&'a GroupDeclaration> {
        scope::group_of(self.view.world, self.view.library, self.at, name)
    }

    /// The body a name stands for here.
    pub(crate) fn body(&self, name: &Name) -> Option<&'a Body> {
        scope::body_of(self.view.world, self.charter, self.at, name)
    }

    /// Who belongs to a class or group by list; nothing where somebody finds it, or where the
    /// name is unknown.
    pub(crate) fn listed(&self, name: &Name) -> Option<&'a [ClassMember]> {
        if let Some(group) = self.group(name) {
            return Some(&group.members);
        }
        match &self.class(name)?.members {
            ClassMembers::Listed(members) => Some(members),
            ClassMembers::FoundBy(_) => None,
        }
    }

    /// The actors behind a list; nothing where one entry of it is found and not listed.
    pub(crate) fn actors(&self, members: &[Member]) -> Option<BTreeSet<Actor>> {
        let mut all = BTreeSet::new();
        for member in members {
            match member {
                Member::Actor(actor) => {
                    all.insert(actor.clone());
                }
                Member::Group(name) => all.extend(self.listed(name)?.iter().map(|member| member.actor.clone())),
            }
        }
        Some(all)
    }

    /// Whether others than those named may be or become parties.
    pub(crate) fn is_open(&self) -> bool {
        self.charter.accession.is_some()
    }
}

fn parties_ever(charter: &Charter) -> BTreeSet<&Actor> {
    let mut ever: BTreeSet<&Actor> = charter.parties.iter().collect();
    for entry in &charter.history {
        if matches!(
            entry.act,
            HistoryAct::Accede | HistoryAct::Sign | HistoryAct::Ratify | HistoryAct::Accept | HistoryAct::Approve
        ) {
            ever.extend(&entry.who);
        }
    }
    ever
}
