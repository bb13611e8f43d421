//! A story: parties that act through their nodes, told line by line. Read [`Story`], then [`Stage`].
//!
//! A story is Markdown. What stands between fences marked `story` is played: first what the framework starts from,
//! then acts and questions, each a line; under each, four blanks further in, what came of it. Played on nodes that run,
//! each with its own keys, store and sockets, it comes out the same each time, since their clocks stand where the story
//! sets them.

mod line;
mod stage;

use std::path::Path;

pub use line::{Begin, Does, Line, Problem, second};
pub use stage::{Stage, StageFault};

/// A story, read.
#[derive(Clone, Debug)]
pub struct Story {
    /// What it starts from.
    pub begin: Begin,
    parts: Vec<Part>,
}

/// A part of a story's text.
#[derive(Clone, Debug)]
enum Part {
    /// As it stands: prose, fences, comments, what the story starts from.
    Text(String),
    /// What is played.
    Line(String, Box<Line>),
}

impl Story {
    /// Reads a story.
    ///
    /// # Errors
    ///
    /// The first line that is not understood.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let mut parts = Vec::new();
        let (mut is_inside, mut begin) = (false, line::Draft::default());
        for (number, line) in text.lines().enumerate() {
            let number = number + 1;
            if line.starts_with("```") {
                is_inside = line == "```story";
                parts.push(Part::Text(line.to_owned()));
            } else if !is_inside || line.is_empty() || line.starts_with('#') || begin.takes(line, number)? {
                parts.push(Part::Text(line.to_owned()));
            } else if !line.starts_with("    ") {
                parts.push(Part::Line(line.to_owned(), Box::new(Line::parse(line, number)?)));
            }
        }
        Ok(Self { begin: begin.finish()?, parts })
    }

    /// Plays it, and gives it back with what came of each line under it. `tell` is given every line when it is known.
    ///
    /// # Errors
    ///
    /// Where nodes cannot be started, or differ.
    pub async fn play(&self, stage: &mut Stage, tell: &mut dyn FnMut(&str)) -> Result<String, StageFault> {
        let mut all = String::new();
        let mut say = |line: &str| {
            all.push_str(line);
            all.push('\n');
            tell(line);
        };
        for part in &self.parts {
            match part {
                Part::Text(text) => say(text),
                Part::Line(text, line) => {
                    say(text);
                    for told in stage.play(line).await? {
                        say(&format!("    {told}"));
                    }
                }
            }
        }
        Ok(all)
    }
}

/// The texts that a story names, from the folder in which it stands.
///
/// # Errors
///
/// Where one cannot be read.
pub fn texts(begin: &Begin, folder: &Path) -> Result<Vec<(String, Vec<u8>)>, StageFault> {
    let read = |file: &String| {
        let path = folder.join(file);
        let bytes = std::fs::read(&path).map_err(|error| StageFault::File(path, error))?;
        let name = Path::new(file).file_name().map_or_else(|| file.clone(), |name| name.to_string_lossy().into_owned());
        Ok((name, bytes))
    };
    begin.charters.iter().map(read).collect()
}
