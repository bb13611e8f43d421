//! `accede fmt`. Read [`run`].

use std::fs;

use charter::SourceFile;

use super::check::counted;
use crate::cli::Fmt;
use crate::failure::{Done, Failure};
use crate::given;

/// Lays out each text, and writes back those that change, all or none: a text that cannot be laid
/// out leaves every file as it was.
pub(crate) fn run(arguments: &Fmt) -> Result<Done, Failure> {
    let from_input = arguments.paths.iter().any(|path| path.as_os_str() == "-");
    if from_input && arguments.paths.len() > 1 {
        return Err(Failure::plain("`-` stands for standard input, and stands alone", ""));
    }
    let files = given::files(&arguments.paths)?;
    let mut changed: Vec<(&SourceFile, String)> = Vec::new();
    let mut laid_out = String::new();
    for file in &files {
        let text = charter::format(file).map_err(|diagnostics| Failure::Texts {
            message: format!("`{}` is left as it is: only what can be read can be laid out", file.name),
            diagnostics,
            files: vec![file.clone()],
        })?;
        if text.as_bytes() != file.bytes {
            changed.push((file, text.clone()));
        }
        laid_out = text;
    }
    if from_input && !arguments.check {
        return Ok(Done::clean(laid_out));
    }
    if arguments.check {
        let listed = changed.iter().map(|(file, _)| format!("{}\n", file.name)).collect();
        return Ok(Done { out: listed, notes: String::new(), is_clean: changed.is_empty() });
    }
    for (file, text) in &changed {
        fs::write(&file.name, text)
            .map_err(|error| Failure::plain(format!("`{}` cannot be written: {error}", file.name), ""))?;
    }
    let same = files.len() - changed.len();
    Ok(Done::clean(format!("{} laid out anew, {same} as they should be\n", counted(changed.len(), "file"))))
}
