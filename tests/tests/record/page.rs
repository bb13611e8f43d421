//! The pages about the record, held to what they show. Read [`hex_of`].

use std::path::Path;
use std::process::Command;

use record::act::ACT_DOMAIN;
use record::entry::Entry;

use crate::example::Example;
use crate::vectors::{folder, hex};

fn page(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name)).unwrap()
}

/// The bytes in a block that a page shows under this word: what stands on each line before two spaces and a word.
fn hex_of(page: &str, word: &str) -> String {
    let block = page.split(&format!("```text {word}\n")).nth(1).and_then(|rest| rest.split("```").next());
    let lines = block.unwrap_or_else(|| panic!("no block `{word}`")).lines();
    lines.map(|line| line.split("  ").next().unwrap_or_default().replace(' ', "")).collect()
}

#[test]
fn the_act_on_the_page_is_the_first_of_the_vectors() {
    let page = page("record-format.md");
    let act = &Example::new().entries[0].1;
    assert_eq!(hex_of(&page, "act"), hex(&act.encode()));
    let Entry::Act(act) = act else { panic!() };
    let domain = hex_of(&page, "domain");
    assert_eq!(domain, hex(ACT_DOMAIN));
    assert!(page.contains(&act.hash().to_hex()));
}

#[test]
fn the_checkpoint_on_the_page_is_that_of_the_vectors() {
    let note = Example::new().checkpoint.to_string();
    let page = page("record-format.md");
    assert!(page.contains(&format!("```text checkpoint\n{note}```\n")), "{note}");
}

/// The commands of the page and what they say, in order. They are other people's programs, which a machine may lack:
/// then only what the page says is compared, with the vectors.
#[test]
fn the_commands_on_the_page_say_what_it_says() {
    let page = page("verify-yourself.md");
    let blocks = |kind: &str| -> Vec<String> {
        let open = format!("```{kind}\n");
        page.split(&open).skip(1).filter_map(|rest| rest.split("```").next()).map(str::to_owned).collect()
    };
    let (commands, told) = (blocks("sh"), blocks("text"));
    assert_eq!((commands.len(), told.len()), (6, 6));
    let has =
        |program: &str, word: &str| Command::new(program).arg(word).output().is_ok_and(|ran| ran.status.success());
    if cfg!(windows) || !has("openssl", "version") || !has("python3", "--version") || !has("date", "--version") {
        println!("openssl, python3 or GNU's date is not here: the commands were not run");
        return;
    }
    let marked: String = commands.iter().map(|command| format!("{command}printf '%s\\n' ======\n")).collect();
    let ran =
        Command::new("sh").args(["-e", "-c", &marked]).current_dir(folder()).env("LC_ALL", "C.UTF-8").output().unwrap();
    let said = String::from_utf8(ran.stdout).unwrap();
    let said: Vec<&str> = said.split("======\n").collect();
    assert_eq!(said[..said.len() - 1], told, "{}", String::from_utf8_lossy(&ran.stderr));
    let outcome = Command::new("python3").arg(folder().join("verify.py")).current_dir(folder()).status().unwrap();
    assert!(outcome.success());
}
