//! A charter's value as the language writes it, so far as the six charters need. Read
//! [`charter_as_text`].
//!
//! What is not written here is missing when the text is read back, and the two values then differ:
//! nothing is left out in silence.

use std::fmt::Display;

use charter::model::{
    Absence, Accession, ActorDeclaration, AreaItem, Article, Body, BodyMembers, Charter, Claim, ClassKind, ClassMember,
    ClassMembers, Contribution, Counting, DecisionRule, Delivery, Ending, EntryIntoForce, Evidence, Grade, HistoryAct,
    HistoryEntry, Level, Precedence, PrecedenceOver, Prelude, Reading, ReadingMeaning, RedLine, RedLineRule, Status,
    TextStatus, Track, TrackLeave, Withdrawal,
};
use charter::{Actor, Name};

/// Lines as they come: what belongs below a line follows it.
struct Page {
    lines: Vec<String>,
}

impl Page {
    fn line(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    fn finish(mut self) -> String {
        self.lines.push(String::new());
        self.lines.join("\n")
    }
}

/// The prelude as text.
#[must_use]
pub fn prelude_as_text(prelude: &Prelude) -> String {
    let mut page = Page { lines: vec!["prelude".to_owned()] };
    if let Some(counting) = &prelude.counting {
        page.line(counted(counting));
    }
    for actor in &prelude.actors {
        page.line(actor_line(actor));
    }
    for place in &prelude.places {
        page.line(format!("place {}", place.name));
    }
    page.finish()
}

/// A charter as text, its parts in the order in which the model holds them.
#[must_use]
pub fn charter_as_text(charter: &Charter) -> String {
    let mut page = Page { lines: vec![format!("charter {} \"{}\"", charter.name, charter.title)] };
    for also in &charter.also {
        page.line(format!("also {also}"));
    }
    // A source that says for which articles it is stands among the charter's own lines.
    let sources = charter.articles.iter().flat_map(|article| &article.sources);
    for source in sources.filter(|source| !source.articles.is_empty()) {
        page.line(format!("source {} for {}", quoted(&source.text), listed(&source.articles)));
    }
    let status = status(&charter.status);
    if !status.is_empty() {
        page.line(format!("status {}", status.join(", ")));
    }
    page.line(format!("parties {}", listed(&charter.parties)));
    declarations(charter, &mut page);
    for entry in &charter.history {
        page.line(format!("history {}", acted(entry)));
    }
    for body in &charter.bodies {
        page.line(body_line(body));
    }
    for precedence in &charter.precedence {
        page.line(prevails(precedence));
    }
    for article in &charter.articles {
        article_lines(article, &mut page);
    }
    for track in &charter.tracks {
        track_lines(track, &mut page);
    }
    for contribution in &charter.contributions {
        page.line(contributed(contribution));
    }
    for claim in &charter.claims {
        page.line(claimed(claim));
    }
    for red_line in &charter.red_lines {
        red_line_lines(red_line, &mut page);
    }
    page.finish()
}

fn listed<T: Display>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn quoted(text: &Name) -> String {
    format!("\"{text}\"")
}

fn titled(title: Option<&Name>) -> String {
    title.map(|title| format!(" {}", quoted(title))).unwrap_or_default()
}

fn counted(counting: &Counting) -> String {
    let days = if counting.days_after_event { "after" } else { "with" };
    let hours = if counting.hours_from_receipt { "receipt" } else { "the event" };
    format!("counting days {days} the event, months to the same date, hours from {hours}, in UTC")
}

fn actor_line(actor: &ActorDeclaration) -> String {
    let mut line = format!("actor {} \"{}\"", actor.code, actor.name);
    if let Some(from) = actor.from {
        line.push_str(&format!(" from {from}"));
    }
    if let Some(to) = actor.to {
        line.push_str(&format!(" to {to}"));
    }
    if let Some(cow) = actor.cow {
        line.push_str(&format!(", COW {cow}"));
    }
    line
}

fn status(status: &Status) -> Vec<String> {
    let mut parts = Vec::new();
    parts.extend(status.text.as_ref().map(|text| match text {
        TextStatus::Published(place) => format!("text published{}", titled(place.as_ref())),
        TextStatus::SecretUntil(until) => format!("text secret until {until}"),
        TextStatus::Unpublished => "text unpublished".to_owned(),
    }));
    parts.extend(status.signed.map(|signed| format!("signed {signed}")));
    parts.extend(status.in_force.as_ref().map(|entry| match entry {
        EntryIntoForce::Since(since) => format!("in force since {since}"),
        EntryIntoForce::ProvisionallySince(since) => format!("in force provisionally since {since}"),
        EntryIntoForce::WhenDeposited { .. } => "in force (by deposits, of which no form is written here)".to_owned(),
        EntryIntoForce::Unknown => "in force unknown".to_owned(),
        EntryIntoForce::Never => "never in force".to_owned(),
    }));
    parts.extend(status.ends.iter().map(|ending| match ending {
        Ending::On(date) => format!("ends {date}"),
        Ending::Term { term, after_signature: true } => format!("ends {term} after signature"),
        Ending::Term { term, after_signature: false } => format!("ends {term} after entry into force"),
        Ending::Event { after: None, event } => format!("ends when {event}"),
        Ending::Event { after: Some(after), event } => format!("ends {after} after {event}"),
        Ending::WithCharter(other) => format!("ends when {other} ends"),
    }));
    parts.extend(status.renews.map(|renewal| {
        let notice = renewal.notice.map(|notice| format!(" {notice} before")).unwrap_or_default();
        format!("renews for {} unless denounced{notice}", renewal.term)
    }));
    parts.extend(status.withdrawal.map(|withdrawal| match withdrawal {
        Withdrawal::AtWill => "withdrawal at will".to_owned(),
        Withdrawal::AfterNotice { notice, not_before } => {
            let not_before = not_before.map(|date| format!(", not before {date}")).unwrap_or_default();
            format!("withdrawal {notice} after notice{not_before}")
        }
        Withdrawal::None => "no withdrawal".to_owned(),
    }));
    parts
}

fn members(members: &[ClassMember]) -> String {
    let actors: Vec<&Actor> = members.iter().map(|member| &member.actor).collect();
    listed(&actors)
}

fn declarations(charter: &Charter, page: &mut Page) {
    for class in &charter.classes {
        let kind = match class.kind {
            ClassKind::Named => "named",
            ClassKind::Allied => "allied",
            ClassKind::Rank => "rank",
            ClassKind::Region => "region",
            ClassKind::Ideology => "ideology",
        };
        if let ClassMembers::Listed(listed) = &class.members {
            page.line(format!("{kind} {}: {}", class.name, members(listed)));
        }
    }
    for group in &charter.groups {
        page.line(format!("group {}: {}", group.name, members(&group.members)));
    }
    for area in &charter.areas {
        let items: Vec<String> = area.includes.iter().map(area_item).collect();
        page.line(format!("area {}: {}", area.name, items.join(", ")));
    }
    if let Some(accession) = &charter.accession {
        page.line(accedes(accession));
    }
}

fn area_item(item: &AreaItem) -> String {
    match item {
        AreaItem::Of { kind, whose, within } => {
            let within = within.as_ref().map(|within| format!(" in {within}")).unwrap_or_default();
            format!("{kind} of {whose}{within}")
        }
        AreaItem::Place(place) => place.to_string(),
    }
}

fn rule(rule: &DecisionRule) -> &'static str {
    match rule {
        DecisionRule::Consensus => "consensus",
        DecisionRule::Unanimity => "unanimity",
        DecisionRule::Share(..) | DecisionRule::Weighted { .. } => "(a rule of which no form is written here)",
    }
}

fn accedes(accession: &Accession) -> String {
    let mut line = format!("accession {}", accession.who);
    if let Some(body) = &accession.invited_by {
        line.push_str(&format!(", invited by {body}"));
    }
    if let Some(by) = &accession.by {
        line.push_str(&format!(", by {}", rule(by)));
    }
    line
}

fn acted(entry: &HistoryEntry) -> String {
    let act = match &entry.act {
        HistoryAct::Accede if entry.who.len() > 1 => "accede",
        HistoryAct::Accede => "accedes",
        HistoryAct::Sign
        | HistoryAct::Ratify
        | HistoryAct::Accept
        | HistoryAct::Approve
        | HistoryAct::Reserve(_)
        | HistoryAct::Object(_)
        | HistoryAct::Suspend(_)
        | HistoryAct::Resume(_)
        | HistoryAct::Notify(_)
        | HistoryAct::Withdraw
        | HistoryAct::Denounce
        | HistoryAct::Expel(_)
        | HistoryAct::Release(_)
        | HistoryAct::Renew(_)
        | HistoryAct::Amend(_) => "(an act of which no form is written here)",
    };
    format!("{} {} {act}", entry.on, listed(&entry.who))
}

fn body_line(body: &Body) -> String {
    let sitting = match &body.members {
        BodyMembers::AllParties { except } if except.is_empty() => "all parties".to_owned(),
        BodyMembers::AllParties { except } => format!("all parties except {}", listed(except)),
        BodyMembers::AllMembers => "all members".to_owned(),
        BodyMembers::Of(members) => listed(members),
    };
    let title = titled(body.title.as_ref());
    let mut line = format!("body {}{title} of {sitting}, decides by {}", body.name, rule(&body.rule));
    if let Some(silence) = body.silence {
        line.push_str(&format!(", silence adopts after at least {silence}"));
    }
    match body.absence {
        Absence::Abstention => {}
        Absence::Objection => line.push_str(", absent counts as objection"),
        Absence::Assent => line.push_str(", absent counts as assent"),
    }
    for other in &body.takes_up_blocked_in {
        line.push_str(&format!(", takes up what is blocked in {other}"));
    }
    line
}

fn prevails(precedence: &Precedence) -> String {
    let over = match &precedence.over {
        PrecedenceOver::Article(article) if article.charter.is_none() && article.label.is_none() => {
            "this charter".to_owned()
        }
        PrecedenceOver::Article(article) => article.to_string(),
        PrecedenceOver::EveryOther => "every other charter".to_owned(),
    };
    let whose = precedence.for_parties_of.as_ref();
    let whose = whose.map(|charter| format!(" for parties of {charter}")).unwrap_or_default();
    format!("{} prevails over {over}{whose}", precedence.winner)
}

fn known(evidence: &Evidence) -> String {
    let level = match evidence.level {
        Level::Text => "by text",
        Level::Official => "officially",
        Level::Reported => "by report",
    };
    format!("known {level} {}", from(evidence))
}

fn from(evidence: &Evidence) -> String {
    let grade = |grade: &Option<Grade>| {
        grade.map(|grade| format!(", grade {}{}", grade.source, grade.content)).unwrap_or_default()
    };
    let mut words = format!("from {}{}", quoted(&evidence.from), grade(&evidence.grade));
    for (by, how) in &evidence.denied_by {
        words.push_str(&format!(", denied by {}{}", quoted(by), grade(how)));
    }
    words
}

fn article_lines(article: &Article, page: &mut Page) {
    page.line(format!("{}{}", article.label, titled(article.title.as_ref())));
    for source in article.sources.iter().filter(|source| source.articles.is_empty()) {
        page.line(format!("source {}", quoted(&source.text)));
    }
    for evidence in &article.evidence {
        page.line(known(evidence));
    }
    for clause in &article.clauses {
        page.line(clause.opening.to_string());
        for condition in &clause.conditions {
            page.line(condition.to_string());
        }
        for duty in &clause.duties {
            page.line(duty.to_string());
        }
    }
    for reading in &article.readings {
        page.line(read(reading));
    }
}

fn read(reading: &Reading) -> String {
    let meaning = match &reading.meaning {
        ReadingMeaning::AsWritten => "as written".to_owned(),
        ReadingMeaning::Narrower(_) => "(narrower, of which no form is written here)".to_owned(),
        ReadingMeaning::Together => "as together".to_owned(),
        ReadingMeaning::EachOf => "as each of".to_owned(),
        ReadingMeaning::EndedOn(date) => format!("as ended on {date}"),
        ReadingMeaning::InForce(None) => "as in force".to_owned(),
        ReadingMeaning::InForce(Some(since)) => format!("as in force since {since}"),
    };
    format!("reading {} held by {} {meaning}", quoted(&reading.label), listed(&reading.held_by))
}

fn track_lines(track: &Track, page: &mut Page) {
    page.line(format!("track {}{}", track.name, titled(track.title.as_ref())));
    let mut joined = Vec::new();
    joined.extend(track.joined_by.as_ref().map(|who| format!("joined by {who}")));
    joined.extend(track.by_leave.as_ref().map(|(by, of_members)| {
        let whose = if *of_members { "members" } else { "all parties" };
        format!("by {} of {whose}", rule(by))
    }));
    joined.extend(track.leave.as_ref().map(|leave| match leave {
        TrackLeave::AtWill => "leave at will".to_owned(),
        TrackLeave::AfterNotice(notice) => format!("leave {notice} after notice"),
    }));
    page.line(joined.join(", "));
    for duty in &track.duties {
        page.line(duty.to_string());
    }
}

fn contributed(contribution: &Contribution) -> String {
    let promised = contribution.promised.map_or("unknown".to_owned(), |date| date.to_string());
    let delivered = match contribution.delivered {
        Delivery::Not => String::new(),
        Delivery::On(date) => format!(", delivered {date}"),
        Delivery::Unknown => ", delivered unknown".to_owned(),
    };
    format!("contribution {} {} promised {promised}{delivered}", contribution.by, quoted(&contribution.what))
}

fn claimed(claim: &Claim) -> String {
    format!("claim {} {}", quoted(&claim.what), from(&claim.evidence))
}

fn red_line_lines(red_line: &RedLine, page: &mut Page) {
    page.line(format!("red line {} {}", red_line.of, quoted(&red_line.label)));
    for rule in &red_line.rules {
        page.line(match rule {
            RedLineRule::NeverDuty { duty, under } => {
                let under = under.as_ref().map(|charter| format!(" under {charter}")).unwrap_or_default();
                format!("never {duty}{under}")
            }
            RedLineRule::NeverEvent(event) => format!("never {event}"),
            RedLineRule::AlwaysCan { who, action } => format!("always {who} can {action}"),
        });
    }
}
