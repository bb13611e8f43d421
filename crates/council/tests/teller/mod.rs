//! A story is a text: charters, then acts and questions, each a line, and under each what came of it.
//! Read [`tell`] first; `tests/stories` has the stories.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use charter::model::{Charter, Prelude};
use charter::{Actor, Name, SourceFile};
use council::text::{self, Version, Wording};
use council::{Act, ContributionState, DutyState, Forum, Moment, Situation};

/// A story under way.
struct Teller {
    situation: Situation,
    prelude: Prelude,
    charters: Vec<Charter>,
    charter: Name,
    versions: BTreeMap<String, String>,
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
        versions.insert(label.trim_matches('"').to_owned(), format!("{text}\n"));
    }
    let situation = Situation::new(prelude.clone(), charters.clone());
    let mut teller = Teller { situation, prelude, charters, charter: name, versions, numbers: BTreeMap::new() };
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

fn load(files: &[(String, String)]) -> (Prelude, Vec<Charter>) {
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

fn forum(words: &[&str]) -> Forum {
    match *words {
        ["parties"] => Forum::Parties,
        ["track", name] => Forum::Track(Name::new(name)),
        [name] => Forum::Body(Name::new(name)),
        ref other => panic!("no such forum: {other:?}"),
    }
}

impl Teller {
    fn act(&mut self, line: &str) -> Vec<String> {
        let (at, rest) = line.split_once(' ').unwrap();
        let (party, said) = rest.split_once(' ').unwrap();
        let party = Actor::code(party);
        let number = self.numbers.entry(party.clone()).or_default();
        *number += 1;
        let (mut number, mut charter) = (*number, self.charter.to_string());
        let mut said = said;
        if let Some((given, rest)) = said.strip_prefix("as act ").and_then(|rest| rest.split_once(' ')) {
            (number, said) = (given.parse().unwrap(), rest);
        }
        if let Some((given, rest)) = said.strip_prefix("under ").and_then(|rest| rest.split_once(' ')) {
            (charter, said) = (given.to_owned(), rest);
        }
        let text = match said.strip_prefix("amends ") {
            Some(label) => {
                let version =
                    self.versions.get(label.trim_matches('"')).unwrap_or_else(|| panic!("no version {label}"));
                format!("under {charter} {said}\n{version}")
            }
            None => format!("under {charter} {said}"),
        };
        let version = |text: &str| Version::read(text, None, Name::new("0"));
        let Wording { charter, kind, .. } = text::parse_strict(&text, &party, &version)
            .unwrap_or_else(|problem| panic!("{line}: {}: {problem}; {}", problem.code, problem.help));
        let before = self.situation.canonical();
        let act = Act { charter, party, at: moment(at), claimed: None, number, kind };
        match self.situation.apply(act) {
            Ok(()) => {
                self.save_and_load(line);
                Vec::new()
            }
            Err(refusal) => {
                assert_eq!(before, self.situation.canonical(), "a refused act has changed something: {line}");
                vec![format!("refused {}: {refusal}", refusal.code()), format!("  help: {}", refusal.help)]
            }
        }
    }

    /// The story goes on with what was saved: nothing may be lost by it.
    fn save_and_load(&mut self, line: &str) {
        let saved = self.situation.save().unwrap();
        let loaded = Situation::load(self.prelude.clone(), self.charters.clone(), &saved).unwrap();
        assert_eq!(loaded.canonical(), self.situation.canonical(), "{line}");
        assert_eq!(loaded.save().unwrap(), saved, "{line}");
        self.situation = loaded;
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
                let Some(decision) = view.decision(&Name::new(matter), &forum(rest)) else {
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
