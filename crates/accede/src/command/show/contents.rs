//! What stands on a charter's page. Read [`of`].
//!
//! Sentences are shown as they were written: the charter's own words are the best rendering of it.

use charter::Span;
use charter::model::{
    Article, Charter, Condition, Contribution, DecisionRule, Delivery, DutyLine, Evidence, Exception, Fraction, Grade,
    HistoryAct, Level, Prelude, Reading, ReadingMeaning, RedLine, RedLineRule, Reservation, ReservationKind, Track,
    TrackLeave, When,
};
use law::{Chronicle, Stay};

use super::today::{Today, waits_for};
use super::{matrix, status};
use crate::json;
use crate::names::Names;
use crate::texts::Texts;

/// What a page is made of besides the charter.
pub(super) struct Beside<'a> {
    pub(super) texts: Texts<'a>,
    pub(super) names: &'a Names,
    pub(super) prelude: &'a Prelude,
    pub(super) chronicle: &'a Chronicle,
    pub(super) today: Today<'a>,
    pub(super) on: When,
}

/// The page of one charter.
pub(super) fn of(charter: &Charter, beside: &Beside<'_>) -> json::Charter {
    let Beside { texts, names, chronicle, .. } = *beside;
    let party = |stay: &Stay| json::Party {
        actor: stay.actor.as_str().to_owned(),
        name: names.short(&stay.actor),
        standing: Some(stay.standing.word()),
        from: stay.from.map(|days| days.to_string()),
        left: stay.left.map(|days| days.to_string()),
    };
    let history = charter.history.iter().map(|entry| json::Act {
        on: entry.on.to_string(),
        actors: entry.who.iter().map(|actor| actor.as_str().to_owned()).collect(),
        act: status::act(entry, names),
        is_accession: entry.act == HistoryAct::Accede,
    });
    let bodies = charter.bodies.iter().map(|body| json::Part {
        name: body.name.to_string(),
        title: body.title.as_ref().map(ToString::to_string),
        sentences: vec![sentence(0, texts.sentence(body.span))],
        evidence: Vec::new(),
    });
    json::Charter {
        name: charter.name.to_string(),
        title: if charter.title.as_str().is_empty() { charter.name.to_string() } else { charter.title.to_string() },
        also: charter.also.iter().map(ToString::to_string).collect(),
        standing: chronicle.standing.word(),
        signed: charter.status.signed.map(|day| day.to_string()),
        in_force: chronicle.in_force.map(|days| days.to_string()),
        ended: chronicle.ended.map(|days| days.to_string()),
        status: status::sentences(&charter.status, texts, names),
        parties: chronicle.parties.iter().map(party).collect(),
        matrix: matrix::of(charter, beside.prelude, chronicle, beside.on),
        history: history.collect(),
        articles: articles(charter, beside),
        declarations: declarations(charter, texts),
        bodies: bodies.collect(),
        tracks: charter.tracks.iter().map(|track| self::track(track, texts)).collect(),
        reservations: charter.reservations.iter().map(|one| reservation(one, texts)).collect(),
        readings: readings(charter, texts),
        contributions: charter.contributions.iter().map(contribution).collect(),
        red_lines: charter.red_lines.iter().map(|line| red_line(line, texts)).collect(),
        claims: charter
            .claims
            .iter()
            .map(|claim| json::Claim { what: claim.what.to_string(), evidence: known(&claim.evidence) })
            .collect(),
        sources: charter.sources.iter().map(|source| source.text.to_string()).collect(),
    }
}

/// The charter's own words: who belongs to what, what lies where, what means what.
fn declarations(charter: &Charter, texts: Texts<'_>) -> Vec<json::Part> {
    let mut declared: Vec<(Span, String)> = Vec::new();
    declared.extend(charter.accession.iter().map(|one| (one.span, "accession".to_owned())));
    declared.extend(charter.groups.iter().map(|one| (one.span, one.name.to_string())));
    declared.extend(charter.classes.iter().map(|one| (one.span, one.name.to_string())));
    declared.extend(charter.areas.iter().map(|one| (one.span, one.name.to_string())));
    declared.extend(charter.definitions.iter().map(|one| (one.span, one.word.to_string())));
    declared.extend(charter.terms.iter().map(|one| (one.span, one.term.to_string())));
    declared.extend(charter.precedence.iter().map(|one| (one.span, "precedence".to_owned())));
    declared.sort_by_key(|(span, _)| (span.file, span.start));
    let parts = declared.into_iter();
    parts.map(|(span, name)| part(name, None, vec![sentence(0, texts.sentence(span))], &[])).collect()
}

fn sentence(level: usize, text: String) -> json::Sentence {
    json::Sentence { level, text }
}

fn articles(charter: &Charter, beside: &Beside<'_>) -> Vec<json::Article> {
    let numbered = charter.articles.iter().enumerate();
    numbered.map(|(number, article)| self::article(article, number, beside)).collect()
}

fn article(article: &Article, number: usize, beside: &Beside<'_>) -> json::Article {
    let texts = beside.texts;
    let mut sentences = Vec::new();
    for narrowing in &article.narrowings {
        sentences.push(sentence(0, texts.sentence(narrowing.span)));
    }
    for clause in &article.clauses {
        sentences.push(sentence(0, texts.sentence(clause.span)));
        conditions(&mut sentences, 0, &clause.conditions, texts);
        duties(&mut sentences, 1, &clause.duties, texts);
    }
    for exception in &article.exceptions {
        self::exception(&mut sentences, exception, texts);
    }
    for reading in &article.readings {
        sentences.push(sentence(0, texts.sentence(reading.span)));
        if let ReadingMeaning::Narrower(narrower) = &reading.meaning {
            conditions(&mut sentences, 1, narrower, texts);
        }
    }
    json::Article {
        article: article.label.to_string(),
        title: article.title.as_ref().map(ToString::to_string),
        secret_until: article.secret_until.map(|day| day.to_string()),
        unchecked: article.unchecked,
        sources: article.sources.iter().map(|source| source.text.to_string()).collect(),
        evidence: article.evidence.iter().map(known).collect(),
        sentences,
        today: beside.today.of_article(number),
        waits_for: waits_for(article),
    }
}

/// Rival meanings, of the charter's life and then of its articles.
fn readings(charter: &Charter, texts: Texts<'_>) -> Vec<json::Reading> {
    let of_status = charter.status_readings.iter().map(|reading| ("status".to_owned(), reading));
    let of_articles = charter
        .articles
        .iter()
        .flat_map(|article| article.readings.iter().map(|reading| (article.label.to_string(), reading)));
    of_status
        .chain(of_articles)
        .map(|(of, reading)| json::Reading {
            of,
            label: reading.label.to_string(),
            held_by: reading.held_by.iter().map(|holder| holder.as_str().to_owned()).collect(),
            meaning: meaning(reading, texts),
        })
        .collect()
}

fn meaning(reading: &Reading, texts: Texts<'_>) -> Vec<String> {
    match &reading.meaning {
        ReadingMeaning::AsWritten => vec!["as written".to_owned()],
        ReadingMeaning::Together => vec!["as owed together".to_owned()],
        ReadingMeaning::EachOf => vec!["as owed by each".to_owned()],
        ReadingMeaning::Narrower(narrower) => narrower.iter().map(|condition| texts.sentence(condition.span)).collect(),
        ReadingMeaning::EndedOn(day) => vec![format!("as ended on {day}")],
        ReadingMeaning::InForce(None) => vec!["as in force".to_owned()],
        ReadingMeaning::InForce(Some(day)) => vec![format!("as in force since {day}")],
    }
}

fn exception(sentences: &mut Vec<json::Sentence>, exception: &Exception, texts: Texts<'_>) {
    sentences.push(sentence(0, texts.sentence(exception.span)));
    conditions(sentences, 1, &exception.conditions, texts);
    duties(sentences, 1, &exception.duties, texts);
}

fn conditions(sentences: &mut Vec<json::Sentence>, level: usize, conditions: &[Condition], texts: Texts<'_>) {
    sentences.extend(conditions.iter().map(|condition| sentence(level, texts.sentence(condition.span))));
}

fn duties(sentences: &mut Vec<json::Sentence>, level: usize, duties: &[DutyLine], texts: Texts<'_>) {
    sentences.extend(duties.iter().map(|duty| sentence(level, texts.sentence(duty.span))));
}

fn track(track: &Track, texts: Texts<'_>) -> json::Part {
    let mut sentences = vec![sentence(0, texts.sentence(track.span))];
    sentences.extend(joining(track).map(|said| sentence(1, said)));
    sentences.extend(track.bodies.iter().map(|body| sentence(1, texts.sentence(body.span))));
    duties(&mut sentences, 1, &track.duties, texts);
    part(track.name.to_string(), track.title.as_ref().map(ToString::to_string), sentences, &track.evidence)
}

/// `joined by a party, by consensus of members, leave at will`
fn joining(track: &Track) -> Option<String> {
    let mut said: Vec<String> = track.joined_by.iter().map(|who| format!("joined by {who}")).collect();
    if let Some((rule, is_of_members)) = &track.by_leave {
        let whose = if *is_of_members { "members" } else { "parties" };
        said.push(format!("by {} of {whose}", rule_in_words(rule)));
    }
    said.extend(track.leave.map(|leave| match leave {
        TrackLeave::AtWill => "leave at will".to_owned(),
        TrackLeave::AfterNotice(notice) => format!("leave {notice} after notice"),
    }));
    (!said.is_empty()).then(|| said.join(", "))
}

fn rule_in_words(rule: &DecisionRule) -> &'static str {
    match rule {
        DecisionRule::Consensus => "consensus",
        DecisionRule::Unanimity => "unanimity",
        DecisionRule::Share(Fraction::Majority, _) => "majority",
        DecisionRule::Share(Fraction::TwoThirds, _) => "two thirds",
        DecisionRule::Share(Fraction::ThreeQuarters, _) => "three quarters",
        DecisionRule::Weighted { .. } => "weighted votes",
    }
}

fn reservation(one: &Reservation, texts: Texts<'_>) -> json::Part {
    let kind = match one.kind {
        ReservationKind::Reservation => "reservation",
        ReservationKind::Understanding => "understanding",
    };
    let mut sentences = vec![sentence(0, texts.sentence(one.span))];
    // The model keeps these sentences without the words that open them.
    let opened = |word: &str, said: String| sentence(1, format!("{word} {said}"));
    sentences.extend(one.applies_only.iter().map(|applies| opened("applies only", texts.sentence(applies.span))));
    sentences.extend(one.otherwise.iter().map(|duty| opened("otherwise", texts.sentence(duty.span))));
    sentences.extend(one.objections.iter().map(|(who, on)| {
        let on = on.map(|day| format!(" on {day}")).unwrap_or_default();
        sentence(1, format!("objected to by {who}{on}"))
    }));
    part(format!("{kind} of {}", one.author), Some(one.label.to_string()), sentences, &[])
}

fn red_line(line: &RedLine, texts: Texts<'_>) -> json::Part {
    let mut sentences = vec![sentence(0, texts.sentence(line.span))];
    sentences.extend(line.rules.iter().map(|rule| sentence(1, red_line_rule(rule, texts))));
    part(line.of.as_str().to_owned(), Some(line.label.to_string()), sentences, &line.evidence)
}

fn red_line_rule(rule: &RedLineRule, texts: Texts<'_>) -> String {
    let opened = |word: &str, span: Span| {
        let said = texts.sentence(span);
        if said.starts_with(word) { said } else { format!("{word} {said}") }
    };
    match rule {
        RedLineRule::NeverDuty { duty, .. } => opened("never", duty.span),
        RedLineRule::NeverEvent(statement) => opened("never", statement.span),
        RedLineRule::AlwaysCan { who, action } => {
            format!("always {who} can {}", format!("{:?}", action.verb).to_lowercase())
        }
    }
}

fn part(name: String, title: Option<String>, sentences: Vec<json::Sentence>, evidence: &[Evidence]) -> json::Part {
    json::Part { name, title, sentences, evidence: evidence.iter().map(known).collect() }
}

fn contribution(one: &Contribution) -> json::Contribution {
    json::Contribution {
        actor: one.by.as_str().to_owned(),
        what: one.what.to_string(),
        promised: one.promised.map(|day| day.to_string()),
        delivered: match one.delivered {
            Delivery::Not => "not delivered".to_owned(),
            Delivery::On(day) => format!("delivered {day}"),
            Delivery::Unknown => "delivery not known".to_owned(),
        },
        evidence: one.evidence.iter().map(known).collect(),
    }
}

fn known(evidence: &Evidence) -> json::Known {
    let grade = |grade: Grade| format!("{}{}", grade.source, grade.content);
    let denials = evidence.denied_by.iter().map(|(by, of)| json::Denial { by: by.to_string(), grade: of.map(grade) });
    json::Known {
        level: match evidence.level {
            Level::Text => "text",
            Level::Official => "official",
            Level::Reported => "reported",
        },
        from: evidence.from.to_string(),
        grade: evidence.grade.map(grade),
        denied_by: denials.collect(),
        origin: evidence.origin.as_ref().map(ToString::to_string),
    }
}
