//! A story is a text: charters, then acts and questions, each a line, and under each what came of it.
//! Read [`tell`] first; `tests/stories` has the stories.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use charter::model::{ArticleRef, Charter, Reservation, ReservationKind};
use charter::{Actor, Name, SourceFile, Span};
use council::{
    Act, Choice, ContributionState, DutyState, Forum, Instrument, Kind, Moment, Notice, Owed, Runs, Seeks, Situation,
};

/// A story under way.
struct Teller {
    situation: Situation,
    charter: Name,
    versions: BTreeMap<String, Charter>,
    numbers: BTreeMap<Actor, u64>,
}

/// The story with what comes of each line under it.
pub(crate) fn tell(story: &str, read: &dyn Fn(&str) -> String) -> String {
    let (texts, acts) = story.split_once("\nacts\n").expect("a story has a line `acts`");
    let mut parts = texts.split("\namendment ");
    let mut files = Vec::new();
    let mut own = String::new();
    for line in parts.next().unwrap().lines() {
        match line.strip_prefix("use ") {
            Some(path) => files.push((path.to_owned(), read(path))),
            None => writeln!(own, "{line}").unwrap(),
        }
    }
    let has_own = own.contains("\ncharter ") || own.starts_with("charter ");
    if has_own {
        files.push(("story.charter".to_owned(), own.clone()));
    }
    let (prelude, charters) = load(&files);
    let name = charters.last().expect("a charter").name.clone();
    let mut versions = BTreeMap::new();
    for part in parts {
        let (label, text) = part.split_once('\n').unwrap();
        let (_, mut version) = load(&[("version.charter".to_owned(), text.to_owned())]);
        versions.insert(label.trim_matches('"').to_owned(), version.remove(0));
    }
    let situation = Situation::new(prelude, charters);
    let mut teller = Teller { situation, charter: name, versions, numbers: BTreeMap::new() };
    let mut out = format!("{texts}\nacts\n");
    for line in acts.lines().filter(|line| !line.starts_with("    ")) {
        writeln!(out, "{line}").unwrap();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let told = match line.strip_prefix("? ") {
            Some(question) => teller.ask(question),
            None => teller.act(line),
        };
        for line in told {
            writeln!(out, "    {line}").unwrap();
        }
    }
    out
}

fn load(files: &[(String, String)]) -> (charter::model::Prelude, Vec<Charter>) {
    let files: Vec<SourceFile> =
        files.iter().map(|(name, text)| SourceFile { name: name.clone(), bytes: text.clone().into_bytes() }).collect();
    let library = charter::load(&files, None);
    let errors: Vec<_> = library
        .diagnostics
        .iter()
        .filter(|found| found.severity == charter::Severity::Error)
        .map(|found| format!("{}: {} {:?}", found.code, found.message, found.primary))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    (library.prelude, library.charters)
}

fn moment(text: &str) -> Moment {
    match charter::parse_when(text).0.unwrap_or_else(|| panic!("no date: {text}")) {
        charter::model::When::Day(date) => Moment::Day(date),
        charter::model::When::Instant(instant, _) => Moment::At(instant),
        charter::model::When::Year(_) | charter::model::When::Month(..) => panic!("a day or an instant, not {text}"),
    }
}

/// Words, a quoted text being one.
fn words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (at, part) in text.split('"').enumerate() {
        if at % 2 == 1 {
            all.push(part.to_owned());
        } else {
            all.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    all
}

fn forum(words: &[&str]) -> (Forum, usize) {
    match words {
        ["parties", ..] => (Forum::Parties, 1),
        ["track", name, ..] => (Forum::Track(Name::new(name)), 2),
        [name, ..] => (Forum::Body(Name::new(name)), 1),
        [] => panic!("a forum is missing"),
    }
}

fn runs(words: &[&str]) -> (Runs, usize) {
    match words {
        ["until", when, ..] => (Runs::Until(moment(when)), 2),
        ["by", "silence", "until", when, ..] => (Runs::SilenceUntil(moment(when)), 4),
        _ => (Runs::UntilAllHaveSpoken, 0),
    }
}

fn seeks(words: &[&str]) -> Seeks {
    match words {
        ["to", "invite", who] => Seeks::Invitation(Actor::code(who)),
        ["to", "admit", who] => Seeks::Admission(Actor::code(who)),
        ["to", "find", "not", fact] => Seeks::Finding { fact: Name::new(fact), so: false },
        ["to", "find", fact] => Seeks::Finding { fact: Name::new(fact), so: true },
        [] => Seeks::Words,
        other => panic!("what is sought by {other:?}?"),
    }
}

fn article(number: &str) -> charter::model::ArticleLabel {
    charter::model::ArticleLabel { kind: charter::model::ArticleKind::Article, number: Name::new(number) }
}

impl Teller {
    fn act(&mut self, line: &str) -> Vec<String> {
        let (at, rest) = line.split_once(' ').unwrap();
        let (party, said) = rest.split_once(' ').unwrap();
        let party = Actor::code(party);
        let number = self.numbers.entry(party.clone()).or_default();
        *number += 1;
        let (mut number, mut charter) = (*number, self.charter.clone());
        let mut said = said;
        if let Some((given, rest)) = said.strip_prefix("as act ").and_then(|rest| rest.split_once(' ')) {
            (number, said) = (given.parse().unwrap(), rest);
        }
        if let Some((given, rest)) = said.strip_prefix("under ").and_then(|rest| rest.split_once(' ')) {
            (charter, said) = (Name::new(given), rest);
        }
        let kind = self.kind(&party, said);
        let before = self.situation.canonical();
        let act = Act { charter, party, at: moment(at), claimed: None, number, kind };
        match self.situation.apply(act) {
            Ok(()) => Vec::new(),
            Err(refusal) => {
                assert_eq!(before, self.situation.canonical(), "a refused act has changed something: {line}");
                vec![format!("refused {}: {refusal}", refusal.code()), format!("  help: {}", refusal.help)]
            }
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table of acts")]
    fn kind(&self, party: &Actor, said: &str) -> Kind {
        if let Some((label, text)) = said.strip_prefix("reports ").and_then(|rest| rest.split_once(": ")) {
            let fact = charter::parse_fact(text).0.unwrap_or_else(|| panic!("no fact: {text}"));
            return Kind::Report { label: Name::new(label), fact: Box::new(fact) };
        }
        let all = words(said);
        let words: Vec<&str> = all.iter().map(String::as_str).collect();
        let actor = |code: &str| Actor::code(code);
        match *words.as_slice() {
            ["signs"] => Kind::Sign,
            ["ratifies"] => Kind::Consent(Instrument::Ratification),
            ["accepts"] => Kind::Consent(Instrument::Acceptance),
            ["approves"] => Kind::Consent(Instrument::Approval),
            ["accedes"] => Kind::Consent(Instrument::Accession),
            ["deposits"] => Kind::Deposit,
            ["applies", "provisionally"] => Kind::ApplyProvisionally,
            ["ends", "provisional", "application"] => Kind::EndProvisionalApplication,
            ["observes"] => Kind::Observe,
            ["withdraws"] => Kind::GiveNotice(Notice::Withdrawal),
            ["denounces"] => Kind::GiveNotice(Notice::Denunciation),
            ["revokes", "its", "notice"] => Kind::RevokeNotice,
            ["suspends"] => Kind::Suspend(None),
            ["suspends", whom] => Kind::Suspend(Some(actor(whom))),
            ["resumes"] => Kind::Resume(None),
            ["resumes", whom] => Kind::Resume(Some(actor(whom))),
            ["releases", whom] => Kind::Release(actor(whom)),
            [kind @ ("reserves" | "understands"), label, "to", "article", number] => {
                reserve(party, kind == "reserves", label, number)
            }
            ["reserves", label, "as", "in", version] => {
                let made = self.versions[version].reservations.iter().find(|made| made.label.as_str() == label);
                Kind::Reserve(Box::new(made.unwrap_or_else(|| panic!("no {label} in {version}")).clone()))
            }
            ["reserves", "for", whom, label, "to", "article", number] => reserve(&actor(whom), true, label, number),
            ["objects", "to", whom, label] => objection(whom, label, false),
            ["objects", "to", whom, label, "opposing"] => objection(whom, label, true),
            ["withdraws", "reservation", label] => Kind::WithdrawReservation(Name::new(label)),
            ["withdraws", "objection", "to", whom, label] => {
                Kind::WithdrawObjection { author: actor(whom), label: Name::new(label) }
            }
            ["contests", label] => Kind::Contest(Name::new(label)),
            ["finds", label] => Kind::Determine { label: Name::new(label), so: true, by: None },
            ["finds", "not", label] => Kind::Determine { label: Name::new(label), so: false, by: None },
            ["finds", label, "by", matter, "of", body] => {
                Kind::Determine { label: Name::new(label), so: true, by: Some((Name::new(matter), Name::new(body))) }
            }
            ["finds", "not", label, "by", matter, "of", body] => {
                Kind::Determine { label: Name::new(label), so: false, by: Some((Name::new(matter), Name::new(body))) }
            }
            ["calls", label, thing] => Kind::Call { label: Name::new(label), thing: Name::new(thing) },
            ["discharges", word, "article", number, "to", whom, "for", fact, evidence] => Kind::Discharge {
                duty: Owed::under(article(number), word, &actor(whom), &Name::new(fact)),
                evidence: Name::new(evidence),
            },
            ["waives", word, "article", number, "of", bearer, "for", fact] => {
                Kind::Waive { bearer: actor(bearer), duty: Owed::under(article(number), word, party, &Name::new(fact)) }
            }
            ["waives", word, "article", number, "of", bearer, "to", whom, "for", fact] => Kind::Waive {
                bearer: actor(bearer),
                duty: Owed::under(article(number), word, &actor(whom), &Name::new(fact)),
            },
            ["joins", track] => Kind::Join(Name::new(track)),
            ["leaves", track] => Kind::Leave(Name::new(track)),
            ["pledges", what] => Kind::Pledge { what: Name::new(what), due: None },
            ["pledges", what, "by", due] => Kind::Pledge { what: Name::new(what), due: Some(moment(due)) },
            ["delivers", what] => Kind::Deliver(Name::new(what)),
            ["amends", name] => Kind::Amend {
                amendment: Name::new(name),
                digest: Name::new("0"),
                version: Box::new(self.versions.get(name).unwrap_or_else(|| panic!("no version {name}")).clone()),
            },
            ["accepts", "amendment", name] => Kind::AcceptAmendment(Name::new(name)),
            _ => matter_kind(&words),
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table of questions")]
    fn ask(&self, question: &str) -> Vec<String> {
        let all = words(question);
        let words: Vec<&str> = all.iter().map(String::as_str).collect();
        let at = moment(words[0]);
        let view = self.situation.at(at).charter(&self.charter).unwrap();
        match &words[1..] {
            ["standing", actors @ ..] => actors
                .iter()
                .map(|code| {
                    let position = view.standing(&Actor::code(code));
                    let mut told = format!("{code} {}", position.standing.word());
                    position.since.iter().for_each(|since| write!(told, ", since {since}").unwrap());
                    position.out.iter().for_each(|out| write!(told, ", out {out}").unwrap());
                    told
                })
                .collect(),
            ["entry"] => {
                let told = |moment: Option<Moment>| moment.map_or("-".to_owned(), |moment| moment.to_string());
                vec![format!("in force {}, over {}", told(view.entered()), told(view.over()))]
            }
            ["between", one, other] => {
                let between = view.between(&Actor::code(one), &Actor::code(other));
                let mut told = vec![(if between.is_in_force { "in force" } else { "not in force" }).to_owned()];
                told.extend(between.reserved.iter().map(|one| {
                    format!("{} {}: {}", one.author, one.label, format!("{:?}", one.acceptance).to_lowercase())
                }));
                told.extend(between.amendment.iter().map(|name| format!("as amended by {name}")));
                told
            }
            ["matter", matter, rest @ ..] => {
                let Some(decision) = view.decision(&Name::new(matter), &forum(rest).0) else {
                    return vec!["not taken up".to_owned()];
                };
                let list = |word: &str, actors: &[Actor]| {
                    let codes: Vec<String> = actors.iter().map(Actor::to_string).collect();
                    (!actors.is_empty()).then(|| format!("{word} {}", codes.join(", ")))
                };
                let settled = decision.settled.map_or(String::new(), |on| format!(" on {on}"));
                let moved = decision.moved_from.as_ref().map(|from| format!("brought from {from}"));
                std::iter::once(format!("{}{settled}", decision.outcome.word()))
                    .chain(moved)
                    .chain(list("left out", &decision.concerned))
                    .chain(list("for", &decision.in_favour))
                    .chain(list("against", &decision.against))
                    .chain(list("abstaining", &decision.abstained))
                    .chain(list("absent", &decision.absent))
                    .chain(list("binds", &decision.bound))
                    .collect()
            }
            ["facts"] => view
                .facts()
                .map(|fact| {
                    let mut told = format!("{}: {}, says {}", fact.label, fact.line.statement, fact.by);
                    fact.contested_by.iter().for_each(|by| write!(told, ", contested by {by}").unwrap());
                    for found in &fact.found {
                        let so = if found.so { "so" } else { "not so" };
                        write!(told, ", found {so} by {} on {}", found.by, found.on).unwrap();
                    }
                    told
                })
                .collect(),
            ["duties", only @ ..] => self.duties(at, only),
            ["track", track] => {
                vec![view.members(&Name::new(track)).map(Actor::to_string).collect::<Vec<_>>().join(", ")]
            }
            ["parties"] => vec![view.parties().map(Actor::to_string).collect::<Vec<_>>().join(", ")],
            ["contributions"] => view
                .contributions()
                .map(|one| {
                    let state = match one.state {
                        ContributionState::Promised => "promised".to_owned(),
                        ContributionState::Overdue => "overdue".to_owned(),
                        ContributionState::Delivered(on) => format!("delivered {on}"),
                        ContributionState::DeliveredLate(on) => format!("delivered late, {on}"),
                        ContributionState::Unknown => "unknown".to_owned(),
                    };
                    let due = one.due.map_or(String::new(), |due| format!(", due {due}"));
                    format!("{} {}: {state}{due}", one.by, one.what)
                })
                .collect(),
            other => panic!("no such question: {other:?}"),
        }
    }

    fn duties(&self, at: Moment, only: &[&str]) -> Vec<String> {
        let view = self.situation.at(at).charter(&self.charter).unwrap();
        let duties =
            view.duties().into_iter().filter(|duty| only.is_empty() || only.contains(&duty.owed.word.as_str()));
        duties
            .map(|duty| {
                let bearer = match &duty.bearer {
                    law::Holder::Actor(actor) => actor.to_string(),
                    law::Holder::Together(actors) => format!("{} together", actors.len()),
                };
                let mut told = format!("{bearer} {}", duty.owed.word);
                duty.owed.to.iter().for_each(|to| write!(told, " to {to}").unwrap());
                duty.owed.fact.iter().for_each(|fact| write!(told, " for {fact}").unwrap());
                write!(told, " under {}", duty.owed.provision).unwrap();
                duty.amendment.iter().for_each(|name| write!(told, " as amended by {name}").unwrap());
                match &duty.state {
                    DutyState::Open => write!(told, ": open").unwrap(),
                    DutyState::Overdue => write!(told, ": overdue").unwrap(),
                    DutyState::Discharged { on, evidence, is_late } => {
                        let late = if *is_late { " late" } else { "" };
                        write!(told, ": discharged{late} {on}, {evidence}").unwrap();
                    }
                    DutyState::Waived => write!(told, ": waived").unwrap(),
                    DutyState::Suspended => write!(told, ": suspended").unwrap(),
                    DutyState::Ended => write!(told, ": ended").unwrap(),
                    DutyState::Unsettled => write!(told, ": {}", duty.verdict.word()).unwrap(),
                }
                duty.due.iter().for_each(|due| write!(told, ", due {due}").unwrap());
                told
            })
            .collect()
    }
}

fn objection(author: &str, label: &str, opposes_entry: bool) -> Kind {
    Kind::Object { author: Actor::code(author), label: Name::new(label), opposes_entry }
}

fn reserve(author: &Actor, is_reservation: bool, label: &str, number: &str) -> Kind {
    Kind::Reserve(Box::new(Reservation {
        kind: if is_reservation { ReservationKind::Reservation } else { ReservationKind::Understanding },
        author: author.clone(),
        label: Name::new(label),
        article: ArticleRef { charter: None, label: Some(article(number)), span: Span::NONE },
        applies_only: Vec::new(),
        otherwise: Vec::new(),
        objections: Vec::new(),
        span: Span::NONE,
    }))
}

fn matter_kind(words: &[&str]) -> Kind {
    match *words {
        ["proposes", matter, "in", ref rest @ ..] => {
            let (forum, used) = forum(rest);
            let (runs, more) = runs(&rest[used..]);
            Kind::Propose { matter: Name::new(matter), forum, seeks: seeks(&rest[used + more..]), runs }
        }
        ["brings", matter, "from", from, "to", to, ref rest @ ..] => {
            Kind::Bring { matter: Name::new(matter), from: Name::new(from), to: Name::new(to), runs: runs(rest).0 }
        }
        ["acknowledges", matter, "in", ref rest @ ..] => {
            Kind::Acknowledge { matter: Name::new(matter), forum: forum(rest).0 }
        }
        ["breaks", "silence", "on", matter, "in", ref rest @ ..] => {
            Kind::BreakSilence { matter: Name::new(matter), forum: forum(rest).0 }
        }
        ["votes", choice @ ("for" | "against"), matter, "in", ref rest @ ..] => Kind::Vote {
            matter: Name::new(matter),
            forum: forum(rest).0,
            choice: if choice == "for" { Choice::For } else { Choice::Against },
        },
        ["abstains", "on", matter, "in", ref rest @ ..] => {
            Kind::Vote { matter: Name::new(matter), forum: forum(rest).0, choice: Choice::Abstain }
        }
        ref other => panic!("no such act: {other:?}"),
    }
}
