//! `accede backtest`. Read [`run`].

mod fulfilment;
mod occasion;
mod reasons;
mod table;

use std::path::{Path, PathBuf};

use datasets::backtest::Trouble;

use crate::cli::Backtest;
use crate::failure::{Done, Failure};
use crate::given;
use crate::terminal::Terminal;

/// Where in the folder of downloads the coded pairs of war and alliance lie.
const CODINGS: &str = "oracles/berkemeier_fuhrmann_2018.csv";
/// And the wars between two.
const WARS: &str = "oracles/interstate_war_data_1_1.csv";
/// And who fought where.
const FOUGHT: &str = "cow/war_inter_participants_v4.csv";

/// Reruns a published result.
pub(crate) fn run(arguments: &Backtest, terminal: &Terminal) -> Result<Done, Failure> {
    match arguments {
        Backtest::Fulfilment(arguments) => fulfilment::run(&arguments.rerun, terminal),
        Backtest::Occasion(arguments) => occasion::run(arguments, terminal),
    }
}

/// A file of the folder of downloads, read; what is wrong with some of its rows is added to the notes.
fn table<T>(
    folder: &Path,
    name: &str,
    read: impl FnOnce(&[u8]) -> Result<(T, Vec<Trouble>), Trouble>,
    notes: &mut String,
) -> Result<T, Failure> {
    let path: PathBuf = folder.join(name);
    let file = given::file(&path)?;
    let shown = path.display();
    let (value, troubles) = read(&file.bytes).map_err(|trouble| {
        let help = "docs/backtest.md says which files are meant, and which columns they have";
        Failure::plain(format!("`{shown}`, line {}: {}", trouble.line, trouble.what), help)
    })?;
    for trouble in troubles {
        notes.push_str(&format!("note: {shown}, line {}: {}\n", trouble.line, trouble.what));
    }
    Ok(value)
}

/// A share in thousandths, as a per cent with one place.
fn percent(per_mille: u32) -> String {
    format!("{}.{} %", per_mille / 10, per_mille % 10)
}
