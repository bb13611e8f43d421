//! `why` and `why-not`: the last question, asked again.

use std::path::{Path, PathBuf};

use crate::common::{Run, accede, input};

/// A folder of a test's own, in which a question is remembered.
fn memory(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("accede-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

fn ask(folder: &Path) {
    let asked = ["ask", "DEU attacks RUR in highlands", "--corpus", "small", "--on", "2010-06-01"];
    assert!(accede(&asked).remembering(folder).output().status.success());
}

fn said(run: Run) -> (Option<i32>, String) {
    let output = run.output();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

#[test]
fn what_was_asked_last_is_explained() {
    let folder = memory("why");
    ask(&folder);
    let why = |words: &[&str]| accede(words).remembering(&folder);
    why(&["why", "FRA"]).is("why");
    why(&["why", "france"]).is("why-by-name");
    why(&["why", "COW:FRN", "--charter", "ENT3"]).is("why-by-cow");
    why(&["why-not", "FRA"]).is("why-not");
    why(&["why-not", "Strelsau", "--charter", "entente"]).is("why-not-one-charter");
    why(&["why", "CHE"]).is("why-nothing");
    why(&["why-not", "FRA", "ITA", "--charter", "plan"]).is("why-not-draft");
    why(&["why", "Frnace"]).is("why-near");
    why(&["why", "FRA", "--charter", "entnete"]).is("why-near-charter");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_question_is_asked_again_from_any_folder() {
    let folder = memory("elsewhere");
    ask(&folder);
    let elsewhere = accede(&["why", "FRA"]).remembering(&folder).within(&input().join("small"));
    let (status, text) = said(elsewhere);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("must assist Ruritania against Germany"), "{text}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn without_a_question_there_is_nothing_to_explain() {
    let folder = memory("none");
    accede(&["why", "FRA"]).remembering(&folder).is("why-no-question");
    std::fs::create_dir_all(&folder).unwrap();
    for wrong in ["", "{}", "{\"version\": 1, \"words\": [\"check\"]}", "{\"version\": 2, \"words\": []}"] {
        std::fs::write(folder.join("last-question"), wrong).unwrap();
        assert_eq!(said(accede(&["why-not", "FRA"]).remembering(&folder)).0, Some(2), "{wrong}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_question_that_cannot_be_kept_is_answered_all_the_same() {
    let file = memory("file");
    std::fs::write(&file, "this is no folder").unwrap();
    ask(&file);
    std::fs::remove_file(file).unwrap();
    let folder = memory("wrong");
    ask(&folder);
    let wrong = accede(&["ask", "DEU attaks RUR", "--on", "2010-06-01"]).remembering(&folder).output();
    assert_eq!(wrong.status.code(), Some(2));
    let (_, text) = said(accede(&["why", "FRA"]).remembering(&folder));
    assert!(text.starts_with("DEU attacks RUR in highlands"), "what was not understood is not remembered: {text}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn scripts_are_told_the_same_and_misses_by_their_distance() {
    let folder = memory("json");
    ask(&folder);
    let answers = |command: &str| -> Vec<serde_json::Value> {
        let (_, text) = said(accede(&[command, "FRA", "--format", "json"]).remembering(&folder));
        let said: serde_json::Value = serde_json::from_str(&text).unwrap();
        said["answers"].as_array().unwrap().clone()
    };
    let why = answers("why");
    assert!(why.iter().any(|answer| answer["verdict"] == "bound" && answer["derivation"].is_array()));
    assert!(why.iter().all(|answer| answer["verdict"] != "not-bound"));
    let distances: Vec<usize> = answers("why-not")
        .iter()
        .map(|answer| {
            assert_eq!(answer["verdict"], "not-bound");
            answer["gates"].as_array().unwrap().iter().filter(|gate| gate["value"] == "no").count()
        })
        .collect();
    assert!(!distances.is_empty() && distances.is_sorted(), "{distances:?}");
    std::fs::remove_dir_all(folder).unwrap();
}
