//! Answers in words. Read [`duty`] first.

use charter::model::{Action, ActionVerb, DutyLine, Gift, Means, Modality, Selector};
use law::Answer;

use crate::names::Names;

/// What the sentence asks of its bearer, with the names the answer found: *assist Pakistan against
/// India using all means*. Its time is not said: an explanation knows when it is due.
pub(crate) fn duty(line: &DutyLine, answer: &Answer, names: &Names) -> String {
    let to = answer.to.as_ref().map(|to| names.short(to));
    duty_towards(line, to.as_deref(), answer, names)
}

/// The same, owed to these: *consult Belgium, France and Italy*, *consult one another*.
pub(crate) fn duty_towards(line: &DutyLine, to: Option<&str>, answer: &Answer, names: &Names) -> String {
    // Of what is done against the one the action names, he is its object already.
    let against = answer.against.as_ref().map(|against| names.short(against));
    let is_object = line.is_done_against() && line.against.is_none();
    let mut said = action(&line.action, if is_object { against.as_deref() } else { to }, names);
    if let Some(against) = against.filter(|_| !is_object) {
        said.push_str(&format!(" against {against}"));
    }
    if let Some(area) = &line.area {
        said.push_str(&format!(" in {area}"));
    }
    if let Some(means) = &line.means {
        said.push_str(&format!(" using {}", means_in_words(means)));
    }
    if let Some(purpose) = &line.purpose {
        said.push_str(&format!(" only to “{purpose}”"));
    }
    if let Some(process) = &line.subject_to {
        said.push_str(&format!(", subject to “{process}”"));
    }
    said
}

/// `must`, `must not`, `may`, `is asked to`, `need not`
pub(crate) fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Must => "must",
        Modality::MustNot => "must not",
        Modality::May => "may",
        Modality::IsAskedTo => "is asked to",
        Modality::NeedNot => "need not",
    }
}

/// The same as scripts compare it: `must`, `must-not`, `may`, `is-asked-to`, `need-not`
pub(crate) fn modality_word(modality: Modality) -> &'static str {
    match modality {
        Modality::Must => "must",
        Modality::MustNot => "must-not",
        Modality::May => "may",
        Modality::IsAskedTo => "is-asked-to",
        Modality::NeedNot => "need-not",
    }
}

/// `found`: whom the answer found the action to be about.
fn action(action: &Action, found: Option<&str>, names: &Names) -> String {
    let whom = whom(action, found, names);
    let thing = action.thing.as_ref().map(|thing| format!(" “{thing}”")).unwrap_or_default();
    let with = |words: &str, joint: &str| match &whom {
        Some(whom) => format!("{words}{thing}{joint}{whom}"),
        None => format!("{words}{thing}"),
    };
    let of = if thing.is_empty() { " " } else { " of " };
    match &action.verb {
        ActionVerb::JoinTheWarBeside => with("join the war", " beside "),
        ActionVerb::Assist => with("assist", " "),
        ActionVerb::Protect => with("protect", of),
        ActionVerb::Give(gift) => with(&format!("give {}", gift_in_words(*gift)), " to "),
        ActionVerb::BreakOffTradeWith => with("break off trade", " with "),
        ActionVerb::Close => match &action.place {
            Some(place) => with(&format!("close {place}"), " to "),
            None => with("close", " to "),
        },
        ActionVerb::Mobilise => "mobilise".to_owned(),
        ActionVerb::AgreeBeforehandWith => with("agree beforehand", " with "),
        ActionVerb::Consult => with("consult", " "),
        ActionVerb::CooperateIn => with("cooperate in", " with "),
        ActionVerb::StayNeutral => with("stay neutral", " towards "),
        ActionVerb::StayBenevolentlyNeutral => with("stay benevolently neutral", " towards "),
        ActionVerb::Attack => with("attack", " "),
        ActionVerb::Occupy => match &action.place {
            Some(place) => format!("occupy {place}"),
            None => with("occupy", " "),
        },
        ActionVerb::Respect => with("respect", of),
        ActionVerb::MakeSeparatePeace => with("make separate peace", " with "),
        ActionVerb::MakeContraryEngagements => "make contrary engagements".to_owned(),
        ActionVerb::CarryOutTheDecision => "carry out the decision".to_owned(),
        ActionVerb::Act => "act".to_owned(),
        ActionVerb::Withdraw => "withdraw".to_owned(),
        ActionVerb::Invite => with("invite", " "),
        ActionVerb::Object => "object".to_owned(),
        ActionVerb::Suspend => with("suspend", " "),
        ActionVerb::Release => with("release", " "),
        ActionVerb::SeeItems => "see items".to_owned(),
        ActionVerb::PassOnItems => "pass on items".to_owned(),
        ActionVerb::RelayItems { between: (one, other), unread, naming_originator } => {
            let unread = if *unread { ", unread" } else { "" };
            let naming = if *naming_originator { ", naming the originator" } else { "" };
            format!("relay items between {} and {}{unread}{naming}", names.short(one), names.short(other))
        }
    }
}

/// The object of the action, where the sentence speaks of one: as found, else as written.
fn whom(action: &Action, found: Option<&str>, names: &Names) -> Option<String> {
    let object = action.whom.as_ref()?;
    let written = || if let Selector::Actor(actor) = &object.selector { Some(names.short(actor)) } else { None };
    found.map(str::to_owned).or_else(written)
}

fn means_in_words(means: &Means) -> String {
    match means {
        Means::All => "all means".to_owned(),
        Means::ArmedForce => "armed force".to_owned(),
        Means::AsDeemedNecessary => "such means as it deems necessary".to_owned(),
        Means::ShortOfForce => "means short of force".to_owned(),
        Means::LaterAgreed => "means later agreed".to_owned(),
        Means::Counted(count, what) => format!("{count} {what}"),
    }
}

fn gift_in_words(gift: Gift) -> &'static str {
    match gift {
        Gift::Bases => "bases",
        Gift::Passage => "passage",
        Gift::Arms => "arms",
        Gift::Money => "money",
        Gift::Information => "information",
    }
}
