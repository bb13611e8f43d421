//! Why a war is foretold to have been an occasion, or none, in a sentence. Read [`sentence`].

use charter::Actor;
use datasets::occasion::{Call, CallKind, Doubt, Foretold, Made, Refusal, Why};
use law::{Corpus, Provision, name_of};

/// In a sentence, without a full stop.
pub(super) fn sentence(corpus: &Corpus, foretold: &Foretold) -> String {
    let name = |actor: &Actor| name_of(corpus, actor);
    match &foretold.why {
        Why::Called(call, presumption) | Why::Presumed(call, presumption) => {
            let mut text = called(call, &name);
            if call.kind != CallKind::Turned && !call.doubts.is_empty() {
                let doubts: Vec<String> = call.doubts.iter().map(doubt).collect();
                text.push_str(&format!("; open is {}: {}", doubts.join(", "), presumption.word()));
            }
            text
        }
        Why::NotOwed(refusal) => refused(refusal, &name),
        Why::NoPromise => "nothing that its parties promise is called upon or broken by this war".to_owned(),
        Why::NobodyInvolved => "none of its parties took part".to_owned(),
    }
}

fn called(call: &Call, name: &impl Fn(&Actor) -> String) -> String {
    let (bearer, to) = (name(&call.bearer), name(&call.to));
    let against = call.against.as_ref().filter(|enemy| **enemy != call.to);
    let against = against.map(|enemy| format!(" against {}", name(enemy))).unwrap_or_default();
    let had = if call.doubts.is_empty() { "had" } else { "may have had" };
    let on = call.on;
    let soon_after = if call.since.is_some_and(|since| since > call.on) {
        ", on the last day before it ended, which was within the month"
    } else if call.made == Made::During {
        ", which was made while that war was on"
    } else {
        ""
    };
    let by = by(call.provision.as_ref());
    match call.kind {
        CallKind::Fight => format!("on {on} {bearer} {had} to help {to}{against} ({by}{soon_after})"),
        CallKind::Neutral => format!("on {on} {bearer} {had} to stay neutral towards {to} ({by}{soon_after})"),
        CallKind::NoAttack => format!("on {on} {bearer} attacked {to}, as it had promised not to ({by}{soon_after})"),
        CallKind::Turned => {
            format!("on {on} {bearer} attacked {to}, to which it had promised help or neutrality ({by}{soon_after})")
        }
    }
}

fn refused(refusal: &Refusal, name: &impl Fn(&Actor) -> String) -> String {
    let to = refusal.to.as_ref().map(|to| format!(" towards {}", name(to))).unwrap_or_default();
    let against = refusal.against.as_ref().map(|enemy| format!(" against {}", name(enemy))).unwrap_or_default();
    let codes: Vec<&str> = refusal.reasons.iter().map(|reason| reason.code()).collect();
    let by = by(refusal.provision.as_ref());
    format!("on {} {} was not bound{to}{against} ({by}) [{}]", refusal.on, name(&refusal.bearer), codes.join(", "))
}

fn by(provision: Option<&Provision>) -> String {
    provision.map_or_else(|| "its text".to_owned(), Provision::to_string)
}

/// What is open, in a few words.
pub(super) fn doubt(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Adversary => "who the adversary is".to_owned(),
        Doubt::Place => "whether it was in the place".to_owned(),
        Doubt::Term(term) => format!("“{term}”"),
        Doubt::Time => "the day".to_owned(),
        Doubt::Other(gate) => gate.word().to_owned(),
    }
}
