//! Every story of tests/stories, played on nodes that run, each with its own keys, store and sockets. A story that
//! comes out otherwise fails; with `ACCEDE_BLESS=1` it is written as it came out.

#![cfg(test)]

use std::path::{Path, PathBuf};

use node::story::{Stage, Story, texts};

/// A test for each story, so that they are played side by side.
macro_rules! stories {
    ($($name:ident $file:literal)*) => {
        $(
            #[test]
            fn $name() {
                comes_out_as_it_is_told($file);
            }
        )*

        const STORIES: &[&str] = &[$($file),*];
    };
}

stories! {
    consent "consent"
    february_2003 "february-2003"
    framework "framework"
    joint_force "joint-force"
    keys "keys"
    mediation "mediation"
    never_in_force "never-in-force"
    offices "offices"
    programme "programme"
    silence "silence"
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories")
}

async fn play(path: &Path, text: &str, at: &Path) -> String {
    let story = Story::parse(text).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
    let texts = texts(&story.begin, &folder()).unwrap();
    let mut stage = Stage::new(&story.begin, texts, at, 0).await.unwrap();
    let told = story.play(&mut stage, &mut |line| println!("{line}")).await;
    stage.close().await;
    told.unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

fn comes_out_as_it_is_told(name: &str) {
    let path = folder().join(format!("{name}.md"));
    let text = std::fs::read_to_string(&path).unwrap();
    let at = std::env::temp_dir().join(format!("accede-story-{}-{name}", std::process::id()));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let told = runtime.block_on(play(&path, &text, &at));
    std::fs::remove_dir_all(&at).unwrap();
    if told == text {
        return;
    }
    if std::env::var_os("ACCEDE_BLESS").is_some() {
        std::fs::write(&path, told).unwrap();
        return;
    }
    let (number, came) = (1..)
        .zip(told.lines())
        .zip(text.lines())
        .find(|((_, came), was)| came != was)
        .map_or_else(|| (told.lines().count(), ""), |((number, came), _)| (number, came));
    panic!("{}:{number} came out otherwise: `{came}`", path.display());
}

#[test]
fn no_story_is_forgotten() {
    let mut found: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    found.sort();
    let mut listed = STORIES.to_vec();
    listed.sort_unstable();
    assert_eq!(found, listed, "the list of stories and the folder");
    let page = std::fs::read_to_string(folder().join("../../docs/stories.md")).unwrap();
    let untold: Vec<&&str> =
        STORIES.iter().filter(|name| !page.contains(&format!("](../tests/stories/{name}.md)"))).collect();
    assert!(untold.is_empty(), "docs/stories.md does not tell of {untold:?}");
}
