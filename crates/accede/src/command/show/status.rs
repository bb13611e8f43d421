//! A charter's life in sentences. Read [`sentences`].

use charter::Actor;
use charter::model::{Ending, EntryIntoForce, HistoryAct, HistoryEntry, Status, TextStatus, Withdrawal};

use crate::names::Names;
use crate::texts::Texts;

/// What a charter says of its own life, a sentence each.
pub(super) fn sentences(status: &Status, texts: Texts<'_>, names: &Names) -> Vec<String> {
    let mut said = Vec::new();
    if status.draft {
        said.push("a draft: it binds nobody".to_owned());
    }
    said.extend(status.text.as_ref().map(|text| match text {
        TextStatus::Published(None) => "its text is published".to_owned(),
        TextStatus::Published(Some(place)) => format!("its text is published in {place}"),
        TextStatus::SecretUntil(day) => format!("its text was secret until {day}"),
        TextStatus::Unpublished => "its text is not published".to_owned(),
    }));
    if let Some(day) = status.signed {
        said.push(format!("signed {day}"));
    }
    if !status.draft {
        said.push(entry(status.in_force.as_ref(), names));
    }
    said.extend(status.ends.iter().map(|ending| self::ending(ending, texts)));
    if let Some(renewal) = status.renews {
        let notice = match renewal.notice {
            Some(notice) => format!("unless denounced {notice} before"),
            None => "unless denounced before".to_owned(),
        };
        said.push(format!("renews for {} {notice}", renewal.term));
    }
    for lapse in &status.lapses {
        said.push(format!("lapses unless {} before {}", texts.words(lapse.unless.span), lapse.before));
    }
    said.push(match status.withdrawal {
        None => "says nothing of withdrawal".to_owned(),
        Some(Withdrawal::AtWill) => "a party may withdraw at will".to_owned(),
        Some(Withdrawal::None) => "no party may withdraw".to_owned(),
        Some(Withdrawal::AfterNotice { notice, not_before: None }) => {
            format!("a party may withdraw {notice} after notice")
        }
        Some(Withdrawal::AfterNotice { notice, not_before: Some(day) }) => {
            format!("a party may withdraw {notice} after notice, not before {day}")
        }
    });
    if let Some(depositary) = &status.depositary {
        said.push(format!("depositary: {}", names.full(depositary)));
    }
    if !status.observers.is_empty() {
        said.push(format!("observers: {}", names.list(&status.observers)));
    }
    for saved in &status.saves {
        said.push(format!("saves {}", texts.words(saved.span)));
    }
    said
}

fn entry(entry: Option<&EntryIntoForce>, names: &Names) -> String {
    match entry {
        None | Some(EntryIntoForce::Unknown) => "whether it is in force is not known".to_owned(),
        Some(EntryIntoForce::Since(day)) => format!("in force since {day}"),
        Some(EntryIntoForce::ProvisionallySince(day)) => format!("in force provisionally since {day}"),
        Some(EntryIntoForce::Never) => "never in force".to_owned(),
        Some(EntryIntoForce::WhenDeposited { count, including, after }) => {
            let after = after.map(|after| format!("{after} after ")).unwrap_or_default();
            let named =
                if including.is_empty() { String::new() } else { format!(", among them {}", names.list(including)) };
            format!("in force {after}when {count} instruments are deposited{named}")
        }
    }
}

fn ending(ending: &Ending, texts: Texts<'_>) -> String {
    match ending {
        Ending::On(day) => format!("ends {day}"),
        Ending::Term { term, after_signature: true } => format!("ends {term} after signature"),
        Ending::Term { term, after_signature: false } => format!("ends {term} after entry into force"),
        Ending::Event { after: None, event } => format!("ends when {}", texts.words(event.span)),
        Ending::Event { after: Some(after), event } => format!("ends {after} after {}", texts.words(event.span)),
        Ending::WithCharter(name) => format!("ends when {name} ends"),
    }
}

/// *Greece and Türkiye accede*
pub(super) fn act(entry: &HistoryEntry, names: &Names) -> String {
    let who = names.list(&entry.who);
    let plural = entry.who.len() > 1;
    let verb = |one: &str, many: &str| format!("{who} {}", if plural { many } else { one });
    let quoted = |said: String, what: &Option<charter::Name>| match what {
        Some(what) => format!("{said} “{what}”"),
        None => said,
    };
    let towards = |said: String, whom: &Option<Actor>| match whom {
        Some(whom) => format!("{said} towards {}", names.short(whom)),
        None => said,
    };
    match &entry.act {
        HistoryAct::Sign => verb("signs", "sign"),
        HistoryAct::Ratify => verb("ratifies", "ratify"),
        HistoryAct::Accept => verb("accepts", "accept"),
        HistoryAct::Approve => verb("approves", "approve"),
        HistoryAct::Accede => verb("accedes", "accede"),
        HistoryAct::Reserve(what) => quoted(verb("reserves", "reserve"), what),
        HistoryAct::Object(what) => quoted(verb("objects to", "object to"), what),
        HistoryAct::Suspend(whom) => towards(verb("suspends performance", "suspend performance"), whom),
        HistoryAct::Resume(whom) => towards(verb("resumes performance", "resume performance"), whom),
        HistoryAct::Notify(what) => quoted(verb("notifies", "notify"), what),
        HistoryAct::Withdraw => verb("gives notice of withdrawal", "give notice of withdrawal"),
        HistoryAct::Denounce => verb("denounces it", "denounce it"),
        HistoryAct::Expel(whom) => format!("{} {}", verb("expels", "expel"), names.short(whom)),
        HistoryAct::Release(whom) => format!("{} {}", verb("releases", "release"), names.short(whom)),
        HistoryAct::Renew(until) => match until {
            Some(day) => format!("{} {day}", verb("renews it until", "renew it until")),
            None => verb("renews it", "renew it"),
        },
        HistoryAct::Amend(what) => quoted(verb("amends", "amend"), what),
    }
}
