//! Which words make which act. Read [`wording`], then [`kind`], which has one arm for each first word.

use charter::model::{ArticleRef, Condition, Reservation, ReservationKind};
use charter::syntax::SyntaxKind;
use charter::{Actor, Diagnostic, Name, Span};

use super::forms::{FORMS, Form, first_words};
use super::line::{Line, Read, shown};
use super::problem::{self, Problem};
use super::{Version, Versions, Wording};
use crate::act::{Choice, Forum, Instrument, Kind, Notice, Owed, Runs, Seeks};

/// Reads a whole text.
pub(super) fn wording(text: &str, party: &Actor, versions: Versions<'_>) -> Read<Wording> {
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    let (first, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let below = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r'])).unwrap_or_default();
    let start = text.len() - below.len();
    let mut line = Line::new(first)?;
    let charter = charter(&mut line)?;
    let word = line.found();
    if line.eat(&["amends"]) {
        let amendment = line.name("a name for the amendment").and_then(|name| line.end().map(|()| name));
        let amendment = amendment.map_err(|problem| helped(problem, word))?;
        if below.trim().is_empty() {
            return Err(problem::version_missing(text.len()));
        }
        let Version { digest, charter: version } = versions(below).map_err(|problem| problem.later(start))?;
        let kind = Kind::Amend { amendment, digest, version: Box::new(version) };
        return Ok(Wording { charter, kind, version: below.to_owned() });
    }
    let kind = kind(&mut line, party).and_then(|kind| line.end().map(|()| kind));
    let kind = kind.map_err(|problem| helped(problem, word))?;
    if !below.trim().is_empty() {
        return Err(problem::second_line(start..text.len()));
    }
    Ok(Wording { charter, kind, version: String::new() })
}

/// `under league`
fn charter(line: &mut Line<'_>) -> Read<Name> {
    let is_under = line.eat(&["under"]);
    let charter = if is_under { line.name("a charter") } else { Err(line.fail("`under` and a charter", &["under"])) };
    charter.map_err(|mut problem| {
        if problem.help.is_empty() {
            "an act begins with its charter, as `under league ratifies`".clone_into(&mut problem.help);
        }
        problem
    })
}

/// The problem with the forms of the act as its help, where it has no better one.
fn helped(mut problem: Problem, word: &str) -> Problem {
    if problem.help.is_empty() {
        let forms = FORMS.iter().filter(|form| form.first_word() == word).map(|form| format!("`{}`", form.pattern));
        problem.help = format!("it is said so: {}", forms.collect::<Vec<_>>().join(", or "));
    }
    problem
}

fn kind(line: &mut Line<'_>, party: &Actor) -> Read<Kind> {
    let word = line.found();
    if !(line.kind(0) == SyntaxKind::Word && FORMS.iter().any(|form| form.begins_with(word))) {
        return Err(unknown_act(line));
    }
    line.bump();
    match word {
        "signs" => Ok(Kind::Sign),
        "ratifies" => Ok(Kind::Consent(Instrument::Ratification)),
        "accepts" if line.eat(&["amendment"]) => line.name("an amendment").map(Kind::AcceptAmendment),
        "accepts" => Ok(Kind::Consent(Instrument::Acceptance)),
        "approves" => Ok(Kind::Consent(Instrument::Approval)),
        "accedes" => Ok(Kind::Consent(Instrument::Accession)),
        "deposits" => Ok(Kind::Deposit),
        "applies" => line.expect(&["provisionally"]).map(|()| Kind::ApplyProvisionally),
        "ends" => line.expect(&["provisional", "application"]).map(|()| Kind::EndProvisionalApplication),
        "observes" => Ok(Kind::Observe),
        "withdraws" if line.eat(&["reservation"]) => line.name("a reservation").map(Kind::WithdrawReservation),
        "withdraws" if line.eat(&["objection"]) => {
            line.expect(&["to"])?;
            let (label, author) = reserved(line)?;
            Ok(Kind::WithdrawObjection { author, label })
        }
        "withdraws" => Ok(Kind::GiveNotice(Notice::Withdrawal)),
        "denounces" => Ok(Kind::GiveNotice(Notice::Denunciation)),
        "revokes" => line.expect(&["its", "notice"]).map(|()| Kind::RevokeNotice),
        "suspends" => towards(line).map(Kind::Suspend),
        "resumes" => towards(line).map(Kind::Resume),
        "reserves" => reservation(line, party, ReservationKind::Reservation),
        "understands" => reservation(line, party, ReservationKind::Understanding),
        "objects" => objection(line),
        "proposes" => proposal(line),
        "acknowledges" => matter(line).map(|(matter, forum)| Kind::Acknowledge { matter, forum }),
        "votes" => vote(line),
        "abstains" => {
            line.expect(&["on"])?;
            matter(line).map(|(matter, forum)| Kind::Vote { matter, forum, choice: Choice::Abstain })
        }
        "breaks" => {
            line.expect(&["silence", "on"])?;
            matter(line).map(|(matter, forum)| Kind::BreakSilence { matter, forum })
        }
        "brings" => bringing(line),
        "reports" => report(line),
        "contests" => line.name("a fact").map(Kind::Contest),
        "finds" => finding(line),
        "calls" => call(line),
        "discharges" => discharge(line),
        "waives" => waiver(line),
        "releases" => line.actor("an actor").map(Kind::Release),
        "joins" => line.name("a track").map(Kind::Join),
        "leaves" => line.name("a track").map(Kind::Leave),
        "pledges" => {
            let what = line.name("a name for what is pledged")?;
            let due = if line.eat(&["by"]) { Some(line.moment("a moment")?) } else { None };
            Ok(Kind::Pledge { what, due })
        }
        "delivers" => line.name("a pledge").map(Kind::Deliver),
        _ => Err(unknown_act(line)),
    }
}

fn unknown_act(line: &Line<'_>) -> Problem {
    if line.kind(0) == SyntaxKind::LineEnd {
        let mut problem = line.fail("the words of an act", &[]);
        "say it as `ratifies`, `votes for …` or `reports …`".clone_into(&mut problem.help);
        return problem;
    }
    let found = line.found();
    // The word of the act, as the record has it, is a slip that anybody may make.
    let same = FORMS.iter().find(|form| form.verb == found).map(Form::first_word);
    let help = match same.or_else(|| charter::nearest(&found.to_lowercase(), first_words())) {
        Some(word) => format!("did you mean `{word}`?"),
        None => "an act begins with its verb, as `ratifies`, `proposes`, `votes` or `reports`".to_owned(),
    };
    Problem::new("unknown-act", line.here(), format!("unknown word `{}`", shown(found)), help)
}

fn towards(line: &mut Line<'_>) -> Read<Option<Actor>> {
    if line.eat(&["towards"]) { line.actor("an actor").map(Some) } else { Ok(None) }
}

/// The problem without its own help, where a name is likelier to be missing than to want quotes.
fn unhelped(problem: Problem) -> Problem {
    Problem { help: String::new(), ..problem }
}

/// `"communist aggression" of USA`
fn reserved(line: &mut Line<'_>) -> Read<(Name, Actor)> {
    let label = line.name("a reservation").map_err(unhelped)?;
    line.expect(&["of"])?;
    let author = line.actor("its author")?;
    Ok((label, author))
}

fn objection(line: &mut Line<'_>) -> Read<Kind> {
    line.expect(&["to"])?;
    let (label, author) = reserved(line)?;
    let opposes_entry = line.eat(&["opposing"]);
    if opposes_entry {
        line.expect(&["entry", "into", "force"])?;
    }
    Ok(Kind::Object { author, label, opposes_entry })
}

/// `"communist aggression" to article 1; applies only if …; otherwise …`
fn reservation(line: &mut Line<'_>, party: &Actor, kind: ReservationKind) -> Read<Kind> {
    let author = if line.eat(&["for"]) { line.actor("its author")? } else { party.clone() };
    let label = line.name("a name for it")?;
    line.expect(&["to"])?;
    let article = if line.eat(&["this", "article"]) {
        ArticleRef { charter: None, label: None, span: Span::NONE }
    } else {
        let label = Some(line.article()?);
        let charter = if line.eat(&["of"]) { Some(line.name("a charter")?) } else { None };
        ArticleRef { charter, label, span: Span::NONE }
    };
    let (mut applies_only, mut otherwise) = (Vec::new(), Vec::new());
    while line.eat_sign(SyntaxKind::Symbol, ";") {
        if line.eat(&["applies"]) {
            applies_only.push(condition(line)?);
        } else if line.eat(&["otherwise"]) {
            let (start, text) = line.up_to(SyntaxKind::Symbol, ";");
            otherwise.push(of_charter(charter::parse_duty(text), start)?);
        } else {
            let words = ["applies", "otherwise"];
            return Err(line.fail("`applies only if`, `applies unless` or `otherwise`", &words));
        }
    }
    let span = Span::NONE;
    let made = Reservation { kind, author, label, article, applies_only, otherwise, objections: Vec::new(), span };
    Ok(Kind::Reserve(Box::new(made)))
}

fn condition(line: &mut Line<'_>) -> Read<Condition> {
    let is_only = line.eat(&["only"]);
    let (start, text) = line.up_to(SyntaxKind::Symbol, ";");
    if !is_only && !text.starts_with("unless") {
        let message = "expected `only if` or `unless` after `applies`";
        return Err(Problem::new("unexpected-words", start..start + text.len(), message, ""));
    }
    of_charter(charter::parse_condition(text), start)
}

/// What the charter language reads in a part of the line.
fn of_charter<T>((value, found): (Option<T>, Vec<Diagnostic>), start: usize) -> Read<T> {
    match (found.first(), value) {
        (Some(found), _) => Err(Problem::of_charter(found, start)),
        (None, Some(value)) => Ok(value),
        (None, None) => Err(problem::cannot_be_said(0).later(start)),
    }
}

fn forum(line: &mut Line<'_>) -> Read<Forum> {
    if line.eat(&["all"]) {
        return line.expect(&["parties"]).map(|()| Forum::Parties);
    }
    if line.eat(&["track"]) {
        return line.name("a track").map(Forum::Track);
    }
    line.name("a forum").map(Forum::Body)
}

/// `"protect Turkey" in council`
fn matter(line: &mut Line<'_>) -> Read<(Name, Forum)> {
    let matter = line.name("a matter")?;
    line.expect(&["in"])?;
    Ok((matter, forum(line)?))
}

fn vote(line: &mut Line<'_>) -> Read<Kind> {
    let choice = if line.eat(&["for"]) {
        Choice::For
    } else if line.eat(&["against"]) {
        Choice::Against
    } else {
        return Err(line.fail("`for` or `against`", &["for", "against"]));
    };
    matter(line).map(|(matter, forum)| Kind::Vote { matter, forum, choice })
}

fn proposal(line: &mut Line<'_>) -> Read<Kind> {
    let (matter, forum) = matter(line)?;
    let seeks = if line.eat(&["to"]) { sought(line)? } else { Seeks::Words };
    let runs = runs(line)?;
    Ok(Kind::Propose { matter, forum, seeks, runs })
}

fn sought(line: &mut Line<'_>) -> Read<Seeks> {
    if line.eat(&["invite"]) {
        return line.actor("the actor that is invited").map(Seeks::Invitation);
    }
    if line.eat(&["admit"]) {
        return line.actor("the actor that is let in").map(Seeks::Admission);
    }
    if line.eat(&["let"]) {
        let whom = line.actor("the actor that is let go")?;
        return line.expect(&["go"]).map(|()| Seeks::Departure(whom));
    }
    if line.eat(&["end"]) {
        line.expect(&["the", "charter"])?;
        return if line.eat(&["for"]) { expulsion(line) } else { Ok(Seeks::End) };
    }
    if line.eat(&["find"]) {
        let so = !line.eat(&["not"]);
        return line.name("a fact").map(|fact| Seeks::Finding { fact, so });
    }
    Err(line.fail("`invite`, `admit`, `let`, `end` or `find`", &["invite", "admit", "let", "end", "find"]))
}

/// `NLD because of "the raid"`
fn expulsion(line: &mut Line<'_>) -> Read<Seeks> {
    let whom = line.actor("the party for which it ends")?;
    line.expect(&["because", "of"])?;
    let fact = line.name("the fact that shows its breach")?;
    Ok(Seeks::Expulsion { whom, fact })
}

fn runs(line: &mut Line<'_>) -> Read<Runs> {
    if line.eat(&["by"]) {
        line.expect(&["silence", "until"])?;
        return line.moment("a moment").map(Runs::SilenceUntil);
    }
    if line.eat(&["until"]) { line.moment("a moment").map(Runs::Until) } else { Ok(Runs::UntilAllHaveSpoken) }
}

fn bringing(line: &mut Line<'_>) -> Read<Kind> {
    let matter = line.name("a matter")?;
    line.expect(&["from"])?;
    let from = line.name("the body where it is blocked")?;
    line.expect(&["to"])?;
    let to = line.name("the body that takes it up")?;
    let runs = runs(line)?;
    Ok(Kind::Bring { matter, from, to, runs })
}

fn report(line: &mut Line<'_>) -> Read<Kind> {
    let label = line.name("a name for the fact").map_err(unhelped)?;
    if !line.eat_sign(SyntaxKind::Colon, ":") {
        return Err(line.fail("`:` and the fact", &[]));
    }
    let (start, text) = line.up_to(SyntaxKind::LineEnd, "");
    let fact = of_charter(charter::parse_fact(text), start)?;
    if let Some(other) = &fact.label {
        let message = format!("the fact is called `{label}`, and cannot be called `{other}` as well");
        let help = "one name before one colon is enough";
        return Err(Problem::new("two-labels", start..start + other.as_str().len(), message, help));
    }
    Ok(Kind::Report { label, fact: Box::new(fact) })
}

fn finding(line: &mut Line<'_>) -> Read<Kind> {
    let so = !line.eat(&["not"]);
    let label = line.name("a fact")?;
    let by = if line.eat(&["by"]) {
        let matter = line.name("the matter adopted")?;
        line.expect(&["of"])?;
        Some((matter, line.name("the body that adopted it")?))
    } else {
        None
    };
    Ok(Kind::Determine { label, so, by })
}

fn call(line: &mut Line<'_>) -> Read<Kind> {
    line.expect(&["for"])?;
    let thing = line.name("`consultation`, or what else is called for")?;
    line.expect(&["as"])?;
    let label = line.name("a name for the call")?;
    Ok(Kind::Call { label, thing })
}

fn discharge(line: &mut Line<'_>) -> Read<Kind> {
    let word = line.name("a duty, as `consult`")?;
    line.expect(&["owed"])?;
    let duty = owed(line, word)?;
    line.expect(&["shown", "in"])?;
    let evidence = line.name("the evidence")?;
    Ok(Kind::Discharge { duty, evidence })
}

fn waiver(line: &mut Line<'_>) -> Read<Kind> {
    let word = line.name("a duty, as `consult`")?;
    line.expect(&["owed", "by"])?;
    let bearer = line.actor("the actor that owes it")?;
    let duty = owed(line, word)?;
    Ok(Kind::Waive { bearer, duty })
}

/// `to TGO under article 2 for alarm`
fn owed(line: &mut Line<'_>, word: Name) -> Read<Owed> {
    let to = if line.eat(&["to"]) { Some(line.actor("the actor that it is owed to")?) } else { None };
    line.expect(&["under"])?;
    let provision = line.provision()?;
    let fact = if line.eat(&["for"]) { Some(line.name("the fact that set it going")?) } else { None };
    Ok(Owed { fact, provision, word, to })
}
