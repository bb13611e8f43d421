//! Puts the project's charters, and the facts of the cases they are held against, into the binary, so
//! that it answers wherever it is copied to.
//!
//! Static lists of names and bytes, in the order of names; no dependency.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo did not name the package's folder")?);
    let mut list = String::new();
    for (name, folder) in [("CHARTERS", "charters"), ("FACTS", "tests/cases")] {
        list.push_str(&listed(name, folder, &here.join("../..").join(folder))?);
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo did not name the folder for generated files")?);
    fs::write(out.join("charters.rs"), list)?;
    Ok(())
}

/// The static list of a folder's texts.
fn listed(name: &str, folder: &str, path: &Path) -> Result<String, Box<dyn Error>> {
    emit(&format!("cargo::rerun-if-changed={}", path.display()))?;
    let mut list = format!("pub(crate) static {name}: &[(&str, &[u8])] = &[\n");
    for path in texts(path)? {
        let name = path.file_name().and_then(|name| name.to_str()).ok_or("a text's file name is not UTF-8")?;
        let full = fs::canonicalize(&path)?;
        let full = full.to_str().ok_or("a text's path is not UTF-8")?;
        list.push_str(&format!("    ({:?}, include_bytes!({full:?})),\n", format!("{folder}/{name}")));
    }
    list.push_str("];\n");
    Ok(list)
}

/// The charters in the folder, sorted; none where there is no such folder.
fn texts(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_text = path.extension().is_some_and(|extension| extension == "charter" || extension == "md");
        // A folder's own README says nothing in the charter language.
        if is_text && path.file_stem().is_none_or(|stem| stem != "README") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn emit(line: &str) -> std::io::Result<()> {
    use std::io::Write;
    writeln!(std::io::stdout(), "{line}")
}
