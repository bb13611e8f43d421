//! The one text of each act. Read [`wording`] first. What cannot be said is found by reading it again, in the
//! module above; here is refused only what would be cut short or left out.

use charter::model::{ArticleLabel, ArticleRef, ConditionWord, FactLine, Reservation, ReservationKind};
use charter::{Actor, Name};
use law::Provision;

use super::line::{Read, is_plain};
use super::problem;
use super::{Problem, Wording};
use crate::act::{Choice, Forum, Instrument, Kind, Notice, Owed, Runs, Seeks};

/// The text, and below it that of the new version where there is one.
pub(super) fn wording(wording: &Wording, party: &Actor) -> Read<String> {
    let line = format!("under {} {}", name(&wording.charter)?, kind(&wording.kind, party)?);
    let is_amendment = matches!(wording.kind, Kind::Amend { .. });
    match (is_amendment, wording.version.trim().is_empty()) {
        (true, true) => Err(problem::version_missing(line.len())),
        (true, false) => Ok(format!("{line}\n{}", wording.version)),
        (false, _) if wording.version.is_empty() => Ok(line),
        (false, _) => Err(problem::second_line(line.len()..line.len())),
    }
}

fn kind(kind: &Kind, party: &Actor) -> Read<String> {
    Ok(match kind {
        Kind::Sign => "signs".to_owned(),
        Kind::Consent(instrument) => consent(*instrument).to_owned(),
        Kind::Deposit => "deposits".to_owned(),
        Kind::ApplyProvisionally => "applies provisionally".to_owned(),
        Kind::EndProvisionalApplication => "ends provisional application".to_owned(),
        Kind::Observe => "observes".to_owned(),
        Kind::GiveNotice(Notice::Withdrawal) => "withdraws".to_owned(),
        Kind::GiveNotice(Notice::Denunciation) => "denounces".to_owned(),
        Kind::RevokeNotice => "revokes its notice".to_owned(),
        Kind::Suspend(whom) => format!("suspends{}", maybe(" towards ", whom.as_ref(), actor)?),
        Kind::Resume(whom) => format!("resumes{}", maybe(" towards ", whom.as_ref(), actor)?),
        Kind::Reserve(made) => reservation(made, party)?,
        Kind::Object { author, label, opposes_entry } => {
            let opposing = if *opposes_entry { " opposing entry into force" } else { "" };
            format!("objects to {} of {}{opposing}", name(label)?, actor(author)?)
        }
        Kind::WithdrawReservation(label) => format!("withdraws reservation {}", name(label)?),
        Kind::WithdrawObjection { author, label } => {
            format!("withdraws objection to {} of {}", name(label)?, actor(author)?)
        }
        Kind::Propose { matter, forum, seeks, runs } => {
            format!("proposes {}{}{}", before(matter, forum)?, sought(seeks)?, runs_so_long(*runs))
        }
        Kind::Acknowledge { matter, forum } => format!("acknowledges {}", before(matter, forum)?),
        Kind::Vote { matter, forum, choice } => {
            let how = match choice {
                Choice::For => "votes for",
                Choice::Against => "votes against",
                Choice::Abstain => "abstains on",
            };
            format!("{how} {}", before(matter, forum)?)
        }
        Kind::BreakSilence { matter, forum } => format!("breaks silence on {}", before(matter, forum)?),
        Kind::Bring { matter, from, to, runs } => {
            format!("brings {} from {} to {}{}", name(matter)?, name(from)?, name(to)?, runs_so_long(*runs))
        }
        Kind::Report { label, fact } => report(label, fact)?,
        Kind::Contest(label) => format!("contests {}", name(label)?),
        Kind::Determine { label, so, by } => {
            let by = match by {
                Some((matter, body)) => format!(" by {} of {}", name(matter)?, name(body)?),
                None => String::new(),
            };
            format!("finds {}{}{by}", not(*so), name(label)?)
        }
        Kind::Call { label, thing } => format!("calls for {} as {}", name(thing)?, name(label)?),
        Kind::Discharge { duty, evidence } => {
            format!("discharges {} owed{} shown in {}", name(&duty.word)?, owed(duty)?, name(evidence)?)
        }
        Kind::Waive { bearer, duty } => {
            format!("waives {} owed by {}{}", name(&duty.word)?, actor(bearer)?, owed(duty)?)
        }
        Kind::Release(whom) => format!("releases {}", actor(whom)?),
        Kind::Join(track) => format!("joins {}", name(track)?),
        Kind::Leave(track) => format!("leaves {}", name(track)?),
        Kind::Pledge { what, due } => {
            let due = due.map_or(String::new(), |due| format!(" by {due}"));
            format!("pledges {}{due}", name(what)?)
        }
        Kind::Deliver(what) => format!("delivers {}", name(what)?),
        Kind::Amend { amendment, .. } => format!("amends {}", name(amendment)?),
        Kind::AcceptAmendment(amendment) => format!("accepts amendment {}", name(amendment)?),
    })
}

fn consent(instrument: Instrument) -> &'static str {
    match instrument {
        Instrument::Ratification => "ratifies",
        Instrument::Acceptance => "accepts",
        Instrument::Approval => "approves",
        Instrument::Accession => "accedes",
    }
}

/// A name, bare where it is plain.
fn name(name: &Name) -> Read<String> {
    let name = name.as_str();
    if is_plain(name) {
        return Ok(name.to_owned());
    }
    if name.contains(['"', '\n', '\r']) {
        return Err(problem::quotation_mark_inside(name));
    }
    Ok(format!("\"{name}\""))
}

fn actor(who: &Actor) -> Read<String> {
    match who {
        Actor::Code(code) => Ok(code.as_str().to_owned()),
        Actor::Movement(name) if name.as_str().contains(['"', '\n', '\r']) => {
            Err(problem::quotation_mark_inside(name.as_str()))
        }
        Actor::Movement(name) => Ok(format!("\"{name}\"")),
    }
}

/// What there may be, behind its words.
fn maybe<T>(words: &str, what: Option<&T>, write: fn(&T) -> Read<String>) -> Read<String> {
    what.map_or(Ok(String::new()), |what| write(what).map(|written| format!("{words}{written}")))
}

fn not(so: bool) -> &'static str {
    if so { "" } else { "not " }
}

fn before(matter: &Name, forum: &Forum) -> Read<String> {
    let forum = match forum {
        Forum::Parties => "all parties".to_owned(),
        Forum::Body(body) => name(body)?,
        Forum::Track(track) => format!("track {}", name(track)?),
    };
    Ok(format!("{} in {forum}", name(matter)?))
}

fn sought(seeks: &Seeks) -> Read<String> {
    Ok(match seeks {
        Seeks::Words => String::new(),
        Seeks::Invitation(whom) => format!(" to invite {}", actor(whom)?),
        Seeks::Admission(whom) => format!(" to admit {}", actor(whom)?),
        Seeks::Departure(whom) => format!(" to let {} go", actor(whom)?),
        Seeks::End => " to end the charter".to_owned(),
        Seeks::Expulsion { whom, fact } => {
            format!(" to end the charter for {} because of {}", actor(whom)?, name(fact)?)
        }
        Seeks::Finding { fact, so } => format!(" to find {}{}", not(*so), name(fact)?),
    })
}

fn runs_so_long(runs: Runs) -> String {
    match runs {
        Runs::UntilAllHaveSpoken => String::new(),
        Runs::Until(when) => format!(" until {when}"),
        Runs::SilenceUntil(when) => format!(" by silence until {when}"),
    }
}

fn report(label: &Name, fact: &FactLine) -> Read<String> {
    if let Some(other) = &fact.label {
        let message = format!("the fact is called `{label}`, and cannot be called `{other}` as well");
        return Err(Problem::new("two-labels", 0..0, message, "one name before one colon is enough"));
    }
    Ok(format!("reports {}: {fact}", name(label)?))
}

fn reservation(made: &Reservation, party: &Actor) -> Read<String> {
    if !made.objections.is_empty() {
        return Err(problem::others_object(made.objections.len()));
    }
    let verb = match made.kind {
        ReservationKind::Reservation => "reserves",
        ReservationKind::Understanding => "understands",
    };
    let others = Some(&made.author).filter(|author| *author != party);
    let whose = maybe(" for ", others, actor)?;
    let mut text = format!("{verb}{whose} {} to {}", name(&made.label)?, reference(&made.article)?);
    for condition in &made.applies_only {
        let only = match condition.word {
            ConditionWord::If => "only ",
            ConditionWord::Unless => "",
        };
        text.push_str(&format!("; applies {only}{condition}"));
    }
    for duty in &made.otherwise {
        text.push_str(&format!("; otherwise {duty}"));
    }
    Ok(text)
}

/// An article, perhaps of another charter; of a charter whole there is no reservation.
fn reference(article: &ArticleRef) -> Read<String> {
    match (&article.label, &article.charter) {
        (Some(label), charter) => Ok(format!("{label}{}", maybe(" of ", charter.as_ref(), name)?)),
        (None, None) => Ok("this article".to_owned()),
        (None, Some(_)) => Err(problem::cannot_be_said(0)),
    }
}

fn owed(duty: &Owed) -> Read<String> {
    let to = maybe(" to ", duty.to.as_ref(), actor)?;
    let fact = maybe(" for ", duty.fact.as_ref(), name)?;
    let provision = match &duty.provision {
        Provision::Article(label) => ArticleLabel::to_string(label),
        Provision::Track(track) => format!("track {}", name(track)?),
    };
    Ok(format!("{to} under {provision}{fact}"))
}
