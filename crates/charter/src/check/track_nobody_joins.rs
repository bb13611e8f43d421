//! `track-nobody-joins`: a track that nobody may join.

use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{DecisionRule, Selector, Track};

pub(crate) const CODE: &str = "track-nobody-joins";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a track that nobody may join",
        text: "\
A track has the members it lists and those who may join it. One that lists none and says nothing of
joining, that is open only to a class without members, or whose first member would need the votes of
members there are not, stays empty for ever, and what its members owe and may is owed and done by
nobody.",
        bad: "\
charter platform \"Platform\"
status signed 2020-01-01, in force since 2020-01-01
parties PAK, SAU, TUR
track intelligence \"Intelligence sharing\"
  each member may see items
",
        good: "\
charter platform \"Platform\"
status signed 2020-01-01, in force since 2020-01-01
parties PAK, SAU, TUR
track intelligence \"Intelligence sharing\"
  joined by a party, by consensus of members, leave at will
  each member may see items
",
        source: None,
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    for track in subject.charter.tracks.iter().filter(|track| track.members.is_empty()) {
        if let Some(why) = why_nobody(subject, track) {
            findings.warning(CODE, || {
                let span = subject.texts().word(track.span, track.name.as_str());
                Diagnostic::warning(CODE, span, format!("nobody may join `{}`", track.name))
                    .label(why)
                    .help("say who may: `joined by a party, by consensus of members`, or list `members`")
            });
        }
    }
}

fn why_nobody(subject: &Subject<'_>, track: &Track) -> Option<String> {
    let Some(who) = &track.joined_by else {
        return Some("it lists no members and says nothing of joining".to_owned());
    };
    let none = match &who.selector {
        Selector::AClass(name) | Selector::Group(name) => subject.listed(name).is_some_and(<[_]>::is_empty),
        Selector::AnyOf(members) | Selector::EachOf(members) | Selector::AllOf(members) => {
            subject.actors(members).is_some_and(|members| members.is_empty())
        }
        Selector::Nobody => true,
        Selector::AParty | Selector::EachParty => subject.ever.is_empty() && !subject.is_open(),
        Selector::Anyone
        | Selector::AState
        | Selector::ANonParty
        | Selector::Count { .. }
        | Selector::EachOtherParty
        | Selector::TheOtherParty
        | Selector::EachOtherMember
        | Selector::Actor(_)
        | Selector::Role(_)
        | Selector::Bearer
        | Selector::Originator
        | Selector::Body(_)
        | Selector::Charter(_) => false,
    };
    if none {
        return Some("there is nobody of that kind".to_owned());
    }
    match &track.by_leave {
        Some((DecisionRule::Share(..) | DecisionRule::Weighted { .. }, true)) => {
            Some("the first to join would need the votes of members, and there are none".to_owned())
        }
        Some((DecisionRule::Weighted { needed, weights }, false)) => {
            let given: u64 = weights.iter().map(|(_, votes)| u64::from(*votes)).sum();
            (u64::from(*needed) > given).then(|| format!("{needed} votes are needed, and {given} are given out"))
        }
        Some((DecisionRule::Consensus | DecisionRule::Unanimity | DecisionRule::Share(..), _)) | None => None,
    }
}
