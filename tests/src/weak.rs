//! The record without one or more of its guards. Read [`explore_without`], [`simulate_without`] and [`treaty_without`].

use record::rule::{All, Guards};

use crate::model::{Bounds, Explored, explore};
use crate::simulate::{Run, simulate};
use crate::treaty::treaty;

/// One exploration for each rule that lacks something, by what it lacks.
macro_rules! without {
    ($($name:ident: $($guard:ident),+;)+) => {
        $(
            #[doc = concat!("The rule without", $(" `", stringify!($guard), "`"),+, ".")]
            #[derive(Clone, Debug)]
            pub struct $name;

            impl Guards for $name {
                $(const $guard: bool = false;)+
            }
        )+

        /// Explores the rule without these guards, by their names in the order of [`Guards`]; none where nobody
        /// has written that rule down.
        #[must_use]
        pub fn explore_without(guards: &[&str], bounds: &Bounds) -> Option<Explored> {
            if guards.is_empty() {
                return Some(explore::<All>(bounds));
            }
            $(
                if guards == [$(stringify!($guard)),+] {
                    return Some(explore::<$name>(bounds));
                }
            )+
            None
        }

        /// Runs the simulation of a seed without these guards.
        #[must_use]
        pub fn simulate_without(guards: &[&str], seed: u64) -> Option<Run> {
            if guards.is_empty() {
                return Some(simulate::<All>(seed));
            }
            $(
                if guards == [$(stringify!($guard)),+] {
                    return Some(simulate::<$name>(seed));
                }
            )+
            None
        }
    };
}

without! {
    Uncovered: COVERED;
    AnyTenure: OWN_TENURE;
    AnyLog: OWN_LOG;
    AnyLogOfAnyTenure: OWN_TENURE, OWN_LOG;
    LargestFirst: TENURE_FIRST;
    FromAnywhere: FROM_HIGHEST;
    ShowsNothing: SHOWS_HIGHEST;
    Unfenced: FENCE;
    ManyVotes: ONE_VOTE;
    ManyChains: ONE_CHAIN;
    ManyVotesAndChains: ONE_VOTE, ONE_CHAIN;
    GoesBack: NEVER_BACK;
    DropsFinal: KEEPS_FINAL;
    ManyChanges: ONE_CHANGE;
    HastyChange: FINAL_CHANGE;
    SentFirst: STORED_FIRST;
    SameSeat: SEATED_ANEW;
    UnfencedAndBack: FENCE, NEVER_BACK;
    HastyAndManyChanges: ONE_CHANGE, FINAL_CHANGE;
    Patient: HASTE;
}

/// One simulation with keys for each node that lacks something, by what it lacks.
macro_rules! treaty_without {
    ($($name:ident: $guard:ident;)+) => {
        $(
            #[doc = concat!("Nodes without `", stringify!($guard), "`.")]
            #[derive(Clone, Debug)]
            pub struct $name;

            impl Guards for $name {
                const $guard: bool = false;
            }
        )+

        /// Runs the simulation of a framework with keys, a charter and people without these guards.
        #[must_use]
        pub fn treaty_without(guards: &[&str], seed: u64) -> Option<crate::treaty::Run> {
            match guards {
                [] => Some(treaty::<All>(seed)),
                ["STORED_FIRST"] => Some(treaty::<SentFirst>(seed)),
                $([guard] if *guard == stringify!($guard) => Some(treaty::<$name>(seed)),)+
                _ => None,
            }
        }
    };
}

treaty_without! {
    AnyHead: TRUE_HEAD;
    TimeGoesBack: TIME_FORWARD;
    Undated: DATED;
    AnyAct: TRUE_ACT;
    AnyKind: IN_SCOPE;
    AnyTime: IN_OFFICE;
    Unrevoked: UNREVOKED;
    ManyActs: ONE_ACT;
    AnyLateness: UNEXPIRED;
    OneOffice: SECONDED;
}
