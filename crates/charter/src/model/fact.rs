//! A fact's line as the language writes it, with what is said of the fact. Read the `Display` of
//! [`FactLine`] beside its grammar in `parse`.

use std::fmt::{self, Display, Formatter};

use super::{Evidence, FactLine, Grade, Level};
use crate::name::{Actor, Name};
use crate::parse::is_free_name;

impl Display for FactLine {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        if let Some(label) = &self.label {
            write!(out, "{label}: ")?;
        }
        if let Some(on) = &self.on {
            write!(out, "on {on} ")?;
        }
        write!(out, "{}", self.statement)?;
        actors(out, "says", &self.says)?;
        actors(out, "denied by", &self.denied_by)?;
        finders(out, &self.found_by)?;
        if let Some(until) = &self.until {
            write!(out, ", until {until}")?;
        }
        self.evidence.as_ref().map_or(Ok(()), |evidence| write!(out, ", {evidence}"))
    }
}

fn actors(out: &mut Formatter<'_>, words: &str, actors: &[Actor]) -> fmt::Result {
    for (at, actor) in actors.iter().enumerate() {
        let before = if at == 0 { words } else { "" };
        let space = if at == 0 { " " } else { "" };
        write!(out, ", {before}{space}{actor}")?;
    }
    Ok(())
}

/// Bodies and codes stand in one list; a name that needs quotes has a clause of its own, since a list
/// does not go on with one.
fn finders(out: &mut Formatter<'_>, finders: &[Name]) -> fmt::Result {
    for (at, finder) in finders.iter().enumerate() {
        let is_bare = is_free_name(finder.as_str()) || is_code(finder.as_str());
        match (is_bare, at) {
            (true, 0) => write!(out, ", found by {finder}")?,
            (true, _) => write!(out, ", {finder}")?,
            (false, _) => write!(out, ", found by \"{finder}\"")?,
        }
    }
    Ok(())
}

/// Whether a name is spelt as a code is.
fn is_code(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_uppercase())
        && name
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()))
}

impl Display for Evidence {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let how = match self.level {
            Level::Text => "by text",
            Level::Official => "officially",
            Level::Reported => "by report",
        };
        write!(out, "known {how} from \"{}\"", self.from)?;
        graded(out, self.grade)?;
        for (denier, grade) in &self.denied_by {
            write!(out, ", denied by \"{denier}\"")?;
            graded(out, *grade)?;
        }
        self.origin.as_ref().map_or(Ok(()), |origin| write!(out, ", origin \"{origin}\""))
    }
}

fn graded(out: &mut Formatter<'_>, grade: Option<Grade>) -> fmt::Result {
    grade.map_or(Ok(()), |grade| write!(out, ", grade {grade}"))
}

impl Display for Grade {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.source, self.content)
    }
}
