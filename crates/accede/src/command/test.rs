//! `accede test`. Read [`run`].

use charter::model::Scenario;
use law::{Corpus, Gate, Truth};
use reason::{Case, CaseReport, Instead, Tried};

use super::Library;
use super::check::counted;
use crate::cli::{Format, Test};
use crate::failure::{Done, Failure};
use crate::json;
use crate::names::Names;
use crate::page::{Ink, Page};
use crate::terminal::Terminal;
use crate::texts::Texts;

/// How many answers are shown for one expectation that does not hold.
const INSTEAD_MAX: usize = 6;

struct Tested<'a> {
    scenario: &'a Scenario,
    case: Case,
    report: CaseReport,
}

/// Tries every scenario and variant.
pub(crate) fn run(arguments: &Test, terminal: &Terminal) -> Result<Done, Failure> {
    let library = Library::in_front(&arguments.paths)?.sound("charters with errors cannot be tried")?;
    let corpus = library.corpus();
    let tested = tried(&corpus, &library.scenarios());
    let names = Names::new(&library.loaded.prelude, &library.loaded.charters);
    let is_clean = tested.iter().all(|tested| tested.report.holds());
    let texts = Texts::new(&library.files);
    let out = match arguments.answering.format {
        Format::Human => drawn(&tested, texts, &names, terminal),
        Format::Json => script(&tested, texts, &names),
    };
    let notes = if tested.is_empty() { "note: there are no scenarios in these charters\n" } else { "" };
    Ok(Done { out, notes: notes.to_owned(), is_clean })
}

fn tried<'a>(corpus: &Corpus, scenarios: &[&'a Scenario]) -> Vec<Tested<'a>> {
    let unfolded =
        scenarios.iter().flat_map(|scenario| reason::cases(scenario).into_iter().map(move |case| (*scenario, case)));
    let (scenarios, cases): (Vec<&Scenario>, Vec<Case>) = unfolded.unzip();
    let reports = crate::trials::run_all(corpus, &cases);
    let tested = scenarios.into_iter().zip(cases).zip(reports);
    tested.map(|((scenario, case), report)| Tested { scenario, case, report }).collect()
}

fn drawn(tested: &[Tested<'_>], texts: Texts<'_>, names: &Names, terminal: &Terminal) -> String {
    let mut page = Page::new(terminal);
    for tested in tested {
        let (ink, word) = if tested.report.holds() { (Ink::Owed, "holds  ") } else { (Ink::Alarm, "FAILS  ") };
        let place = texts.place(tested.case.span).map(|place| format!("  {}:{}", place.file, place.line));
        let place = place.unwrap_or_default();
        page.line(0, &[(ink, word), (Ink::Plain, " "), (Ink::Plain, &title(tested)), (Ink::Faint, &place)]);
        for line in tested.report.tried.iter().filter(|line| line.instead.is_some()) {
            page.line(4, &[(Ink::Strong, &texts.sentence(line.expected.span))]);
            for instead in instead(line, names) {
                page.line(6, &[(Ink::Plain, &instead)]);
            }
        }
    }
    let (held, failed) = counts(tested);
    page.gap();
    let tried = format!("{}, {}: {held} held, ", counted(tested.len(), "case"), counted(held + failed, "expectation"));
    let (ink, rest) =
        if failed > 0 { (Ink::Alarm, format!("{failed} did not")) } else { (Ink::Owed, "none failed".to_owned()) };
    page.line(0, &[(Ink::Plain, &tried), (ink, &rest)]);
    page.finish()
}

fn title(tested: &Tested<'_>) -> String {
    match &tested.scenario.charter {
        Some(charter) => format!("{charter}: {}", tested.case.title()),
        None => tested.case.title(),
    }
}

fn counts(tested: &[Tested<'_>]) -> (usize, usize) {
    let all = tested.iter().flat_map(|tested| &tested.report.tried);
    let (held, failed): (Vec<&Tried>, Vec<&Tried>) = all.partition(|tried| tried.instead.is_none());
    (held.len(), failed.len())
}

/// What was answered instead, in words.
fn instead(tried: &Tried, names: &Names) -> Vec<String> {
    match &tried.instead {
        None => Vec::new(),
        Some(Instead::NoCharter(name)) => vec![format!("there is no charter `{name}`")],
        Some(Instead::NoBody(name)) => vec![format!("no charter has a body `{name}`")],
        Some(Instead::NobodyNamed) => vec!["whose duty is meant cannot be told: name the actor by its code".to_owned()],
        Some(Instead::NoAnswer(holder)) => {
            vec![format!("nothing of this kind is asked of {} here", names.holder(holder))]
        }
        Some(Instead::Answers(answers)) => answered(answers, names),
        Some(Instead::NotBecause(code, answers)) => {
            let mut said = vec![format!("the answer is right, but not because {code}:")];
            said.extend(answered(answers, names));
            said
        }
        Some(Instead::Decision(truth)) => vec![match truth {
            Truth::Yes => "it is adopted".to_owned(),
            Truth::No => "it is not adopted".to_owned(),
            Truth::Open => "whether it is adopted is open".to_owned(),
        }],
        Some(Instead::Conflicts(0)) => vec!["there is no such conflict".to_owned()],
        Some(Instead::Conflicts(count)) => vec![format!("there is such a conflict ({count} in all)")],
    }
}

fn answered(answers: &[law::Answer], names: &Names) -> Vec<String> {
    let mut said: Vec<String> = answers.iter().take(INSTEAD_MAX).map(|answer| one(answer, names)).collect();
    if answers.len() > INSTEAD_MAX {
        said.push(format!("and {} more answers", answers.len() - INSTEAD_MAX));
    }
    said
}

/// `answered: SAU open, defend PAK under smda article 1 (unknown); instrument open [unpublished]`
fn one(answer: &law::Answer, names: &Names) -> String {
    let to = answer.to.as_ref().map(|to| format!(" towards {}", names.short(to))).unwrap_or_default();
    let provision = answer.provision.as_ref().map(|provision| format!(" {provision}")).unwrap_or_default();
    let mut said = format!(
        "answered: {} {}: {}{to} under {}{provision}, {}",
        names.holder(&answer.actor),
        answer.verdict.word().replace('-', " "),
        answer.duty,
        answer.charter,
        answer.standing.word(),
    );
    for gate in Gate::ALL {
        let value = answer.gates.get(gate);
        let word = match value.truth {
            Truth::Yes => continue,
            Truth::No => "fails",
            Truth::Open => "open",
        };
        let codes: Vec<&str> = value.reasons.iter().map(law::Reason::code).collect();
        said.push_str(&format!("; {} {word} [{}]", gate.word(), codes.join(", ")));
    }
    said
}

fn script(tested: &[Tested<'_>], texts: Texts<'_>, names: &Names) -> String {
    let (held, failed) = counts(tested);
    let cases = tested.iter().map(|tested| {
        let place = texts.place(tested.case.span);
        let expectations = tested.report.tried.iter().map(|tried| json::TestedLine {
            text: texts.sentence(tried.expected.span),
            line: texts.place(tried.expected.span).map(|place| place.line),
            holds: tried.instead.is_none(),
            instead: instead(tried, names),
        });
        json::TestedCase {
            scenario: tested.case.scenario.to_string(),
            variant: tested.case.variant.as_ref().map(ToString::to_string),
            charter: tested.scenario.charter.as_ref().map(ToString::to_string),
            file: place.as_ref().map(|place| place.file.clone()),
            line: place.as_ref().map(|place| place.line),
            holds: tested.report.holds(),
            expectations: expectations.collect(),
        }
    });
    json::text(&json::Tested { schema: json::SCHEMA, cases: cases.collect(), held, failed })
}
