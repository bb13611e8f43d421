//! Every story of tests/stories, played on nodes that run, each with its own keys, store and sockets. A story that
//! comes out otherwise fails; with `ACCEDE_BLESS=1` it is written as it came out.

#![cfg(test)]

use std::path::{Path, PathBuf};

use node::story::{Stage, Story, texts};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories")
}

async fn play(path: &Path, at: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let story = Story::parse(&text).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
    let texts = texts(&story.begin, &folder()).unwrap();
    let mut stage = Stage::new(&story.begin, texts, at, 0).await.unwrap();
    let told = story.play(&mut stage, &mut |line| println!("{line}")).await;
    stage.close().await;
    told.unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

#[test]
fn every_story_comes_out_as_it_is_told() {
    let mut stories: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    stories.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    stories.sort();
    assert!(!stories.is_empty());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let mut wrong = Vec::new();
    for path in stories {
        let at = std::env::temp_dir().join(format!(
            "accede-story-{}-{}",
            std::process::id(),
            path.file_stem().unwrap().display()
        ));
        let told = runtime.block_on(play(&path, &at));
        std::fs::remove_dir_all(&at).unwrap();
        if told != std::fs::read_to_string(&path).unwrap() {
            if std::env::var_os("ACCEDE_BLESS").is_some() {
                std::fs::write(&path, told).unwrap();
            } else {
                wrong.push(path);
            }
        }
    }
    assert!(wrong.is_empty(), "came out otherwise: {wrong:?}");
}
