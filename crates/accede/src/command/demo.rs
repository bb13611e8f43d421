//! `accede demo`. Read [`run`].

use std::path::{Path, PathBuf};

use node::page;
use node::story::{Begin, Stage, StageFault, Story, texts};

use super::node::{runtime, until_told};
use crate::cli::Demo;
use crate::failure::{Done, Failure};

/// The story that comes with the program, and its charter.
const STORY: &str = include_str!("../../../../tests/stories/framework.md");
const CHARTER: &str = include_str!("../../../../tests/stories/framework.charter");
const CHARTER_FILE: &str = "framework.charter";

/// Plays a story on nodes that run on this machine.
pub(crate) fn run(arguments: &Demo) -> Result<Done, Failure> {
    let (told, folder) = match &arguments.scenario {
        None => (STORY.to_owned(), None),
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|error| Failure::plain(format!("`{}` cannot be read: {error}", path.display()), ""))?;
            (text, Some(path.parent().unwrap_or(Path::new("")).to_owned()))
        }
    };
    let story = Story::parse(&told)
        .map_err(|problem| Failure::plain(problem.to_string(), "docs/stories.md says how a story is written"))?;
    let mut begin = story.begin.clone();
    if let Some(first) = arguments.parties.first() {
        (begin.depositary, begin.seats) = (first.clone(), arguments.parties.clone());
    }
    let texts = match folder {
        None => vec![(CHARTER_FILE.to_owned(), CHARTER.as_bytes().to_vec())],
        Some(folder) => texts(&begin, &folder).map_err(|fault| failed(&fault))?,
    };
    let place = Place::new(arguments.folder.as_deref())?;
    let runtime = runtime()?;
    let played = runtime.block_on(play(arguments, &story, &begin, texts, &place.folder));
    let (told_now, is_clean) = played?;
    let is_same = arguments.parties.is_empty() && told_now != told;
    let notes = if is_same && is_clean {
        "the story came out otherwise than it is told: compare the lines four blanks in\n".to_owned()
    } else {
        String::new()
    };
    Ok(Done { out: String::new(), notes, is_clean: is_clean && !is_same })
}

async fn play(
    arguments: &Demo,
    story: &Story,
    begin: &Begin,
    texts: Vec<(String, Vec<u8>)>,
    folder: &Path,
) -> Result<(String, bool), Failure> {
    let mut stage = Stage::new(begin, texts, folder, arguments.port).await.map_err(|fault| failed(&fault))?;
    let mut told = String::new();
    if arguments.parties.is_empty() {
        match story.play(&mut stage, &mut show).await {
            Ok(all) => told = all,
            Err(fault) => {
                stage.close().await;
                return Err(failed(&fault));
            }
        }
        show("");
        stage.situation().iter().flat_map(page::situation).for_each(|line| show(&line));
    }
    if !arguments.once {
        stage.go();
        invite(&stage);
        until_told().await;
    }
    stage.close().await;
    Ok((told, true))
}

/// A line as it is known. Who reads no more is told no more.
fn show(line: &str) {
    let _ = crate::say(&format!("{line}\n"));
}

/// Where each node listens, and what to try.
fn invite(stage: &Stage) {
    show("");
    show("the nodes go on running; each listens to its people, without asking who they are, on this machine alone:");
    let addresses = stage.addresses();
    for (party, address) in &addresses {
        show(&format!("  {party}  http://{address}   folder {}", stage.folder().join(party).display()));
    }
    if let Some((_, first)) = addresses.first() {
        show("");
        show("try, from another shell:");
        show(&format!("  accede situation --node http://{first}"));
        show(&format!(
            "  accede act --node http://{first} 'under framework calls for consultation as \"another alarm\"'"
        ));
        show(&format!("  accede node status --node http://{first}"));
        show(&format!("  accede record verify http://{first} --acts"));
        show(&format!("  curl -N http://{first}/v1/events"));
    }
    show("");
    show("stop with Ctrl-C");
}

fn failed(fault: &StageFault) -> Failure {
    Failure::plain(fault.to_string(), "")
}

/// A folder for the nodes: one that is kept, or one that is removed in the end.
struct Place {
    folder: PathBuf,
    is_kept: bool,
}

impl Place {
    fn new(kept: Option<&Path>) -> Result<Self, Failure> {
        if let Some(folder) = kept {
            return Ok(Self { folder: folder.to_owned(), is_kept: true });
        }
        let folder = std::env::temp_dir().join(format!("accede-demo-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|error| {
            Failure::plain(format!("`{}` cannot be made: {error}", folder.display()), "give --folder")
        })?;
        Ok(Self { folder, is_kept: false })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.is_kept {
            // What cannot be removed is in the machine's folder for such things.
            drop(std::fs::remove_dir_all(&self.folder));
        }
    }
}
