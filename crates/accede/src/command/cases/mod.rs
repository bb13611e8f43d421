//! `accede cases`. Read [`run`].

mod file;
mod report;
mod tried;

use charter::model::Scenario;

use super::Library;
use crate::cli::{Cases, Format};
use crate::failure::{Done, Failure};
use crate::terminal::Terminal;
use crate::{embedded, given};

use file::{CaseTable, Checked};

/// Asks every case of a file and scores what it lists.
pub(crate) fn run(arguments: &Cases, terminal: &Terminal) -> Result<Done, Failure> {
    let text = given::file(&arguments.file)?;
    let file = file::read(&text.name, &text.bytes)?;
    let chosen: Vec<&CaseTable> = file.cases.iter().filter(|case| is_chosen(arguments, case)).collect();
    if chosen.is_empty() {
        let near: Vec<&str> = file.cases.iter().map(|case| case.id.as_str()).take(5).collect();
        return Err(Failure::plain(
            format!("no case of `{}` has {} in its id", text.name, arguments.only.join(" or ")),
            format!("its cases are called {}, …", near.join(", ")),
        ));
    }
    let library = if arguments.corpus.is_empty() { Library::embedded() } else { Library::only(&arguments.corpus)? };
    let library = library.sound("charters with errors cannot be asked")?;
    let facts = if arguments.facts.is_empty() { embedded::facts() } else { given::files(&arguments.facts)? };
    let fixtures = library.with(facts).sound("facts with errors cannot be used")?;
    let scenarios: Vec<&Scenario> = fixtures.loaded.scenarios.iter().collect();
    let asked = library.corpus();
    let tried = tried::all(&asked, &chosen, &scenarios)?;
    let is_clean = tried.iter().all(|tried| tried.is_right() || tried.case.checked == Checked::Memory);
    let out = match arguments.answering.format {
        Format::Human => report::drawn(&tried, terminal),
        Format::Json => report::script(&tried),
    };
    let mut notes = report::notes(&tried);
    if !arguments.facts.is_empty() {
        notes.push_str(&unused(&scenarios, &file.cases));
    }
    Ok(Done { out, notes, is_clean })
}

/// Fixtures that were given and that no case of the file is called by.
fn unused(scenarios: &[&Scenario], cases: &[CaseTable]) -> String {
    let is_used = |scenario: &Scenario| cases.iter().any(|case| case.id == scenario.title.as_str());
    let unused = scenarios.iter().filter(|scenario| !is_used(scenario));
    unused.map(|scenario| format!("note: no case is called `{}`: its facts are not used\n", scenario.title)).collect()
}

fn is_chosen(arguments: &Cases, case: &CaseTable) -> bool {
    arguments.only.is_empty() || arguments.only.iter().any(|part| case.id.contains(part.as_str()))
}
