//! `unreachable-decision`: a decision that nobody can win.

use std::collections::BTreeSet;

use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{Body, BodyMembers, DecisionRule, Quorum};
use crate::name::Actor;
use crate::span::Span;

pub(crate) const CODE: &str = "unreachable-decision";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a decision that can never be taken, or a rule that can never matter",
        text: "\
A body without members, a quorum of more than there are, or more weighted votes needed than are given
out: no decision can ever be taken. A veto or votes for somebody who is not a member, and silence
that adopts where decisions are not taken by consensus (silence is nobody objecting, and only
consensus is that): a rule that can never matter.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA, NLD
body council of all parties, decides by majority of members, quorum 5
article 1
  unchecked
  when council decides \"measures\"
    each party must carry out the decision
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA, NLD
body council of all parties, decides by majority of members, quorum 2
article 1
  unchecked
  when council decides \"measures\"
    each party must carry out the decision
",
        source: None,
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    for body in &subject.charter.bodies {
        check(subject, body, None, findings);
    }
    for track in &subject.charter.tracks {
        let listed: BTreeSet<Actor> = track.members.iter().cloned().collect();
        for body in &track.bodies {
            check(subject, body, Some(&listed), findings);
        }
    }
}

fn check(subject: &Subject<'_>, body: &Body, track: Option<&BTreeSet<Actor>>, findings: &mut Findings) {
    let mut warn = |span: Span, message: String, label: &str| {
        findings.warning(CODE, || Diagnostic::warning(CODE, span, message).label(label));
    };
    let name = subject.texts().word(body.span, body.name.as_str());
    if body.silence.is_some() && body.rule != DecisionRule::Consensus {
        warn(name, format!("silence can adopt nothing in `{}`", body.name), "it does not decide by consensus");
    }
    if let DecisionRule::Weighted { needed, weights } = &body.rule {
        let given: u64 = weights.iter().map(|(_, votes)| u64::from(*votes)).sum();
        if u64::from(*needed) > given {
            warn(
                name,
                format!("`{}` needs {needed} votes, and {given} are given out", body.name),
                "it can never decide",
            );
        }
    }
    let Some(members) = members(subject, body, track) else { return };
    if members.is_empty() {
        warn(name, format!("`{}` has no members", body.name), "it can never decide");
        return;
    }
    if let Some(Quorum::Count(quorum)) = body.quorum
        && usize::try_from(quorum).is_ok_and(|quorum| quorum > members.len())
    {
        let count = members.len();
        warn(name, format!("`{}` has a quorum of {quorum}, and {count} members", body.name), "it can never decide");
    }
    let outsider = |actor: &&Actor| !members.contains(*actor);
    for actor in body.veto.iter().filter(outsider) {
        let span = subject.texts().word(body.span, actor.as_str());
        warn(span, format!("`{actor}` has a veto in `{}`, and no seat", body.name), "not a member");
    }
    if let DecisionRule::Weighted { weights, .. } = &body.rule {
        for (actor, _) in weights.iter().filter(|(actor, _)| outsider(&actor)) {
            let span = subject.texts().word(body.span, actor.as_str());
            warn(span, format!("`{actor}` has votes in `{}`, and no seat", body.name), "not a member");
        }
    }
}

/// Everybody who ever sits on a body; nothing where that is open.
fn members(subject: &Subject<'_>, body: &Body, track: Option<&BTreeSet<Actor>>) -> Option<BTreeSet<Actor>> {
    match &body.members {
        BodyMembers::AllParties { except } => {
            if subject.is_open() || subject.ever.is_empty() {
                return None;
            }
            Some(subject.ever.iter().copied().filter(|party| !except.contains(party)).cloned().collect())
        }
        // A track is joined one by one, so its list is only those it begins with.
        BodyMembers::AllMembers => track.filter(|_| false).cloned(),
        BodyMembers::Of(members) => subject.actors(members),
    }
}
