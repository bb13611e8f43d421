//! `accede import` and `accede sweep`, run as a scholar runs them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{accede, input, root, same};

/// A folder of a test's own; it goes with the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("accede-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a command prints, without the folder of the test.
pub(crate) fn told(words: &[&str], folder: &Folder, name: &str) {
    let told = accede(words).told().replace(folder.0.to_str().unwrap(), "FOLDER");
    let snapshots = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    same(&snapshots.join(format!("{name}.txt")), &told);
}

#[test]
fn alliances_become_charters() {
    let folder = Folder::new("import");
    let out = folder.path("made");
    told(&["import", "tables", "--out", &out], &folder, "import");
    let mut names: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    let mut text = String::new();
    for name in names.iter().filter(|name| name.to_str().unwrap().ends_with(".charter")) {
        text.push_str(&fs::read_to_string(Path::new(&out).join(name)).unwrap());
        text.push('\n');
    }
    same(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/import-charters.txt"), &text);
    assert!(accede(&["check", &out]).output().status.success(), "what is imported is well formed");
    assert!(accede(&["fmt", "--check", &out]).output().status.success(), "and laid out");
}

#[test]
fn wars_become_scenarios() {
    let folder = Folder::new("import-wars");
    let out = folder.path("made");
    told(&["import", "wars", "tables/states.csv", "--out", &out], &folder, "import-wars");
    let text = fs::read_to_string(Path::new(&out).join("wars.charter")).unwrap();
    same(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/import-wars-charter.txt"), &text);
    assert!(accede(&["check", &out]).output().status.success(), "what is imported is well formed");
    assert!(accede(&["fmt", "--check", &out]).output().status.success(), "and laid out");
}

/// What a command made, held against a snapshot, and checked.
fn made(out: &str, file: &str, name: &str) {
    let text = fs::read_to_string(Path::new(out).join(file)).unwrap();
    same(&Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/snapshots/{name}.txt")), &text);
    assert!(accede(&["check", out]).output().status.success(), "what is imported is well formed");
    assert!(accede(&["fmt", "--check", out]).output().status.success(), "and laid out");
}

#[test]
fn pairs_say_who_fought_whom() {
    let folder = Folder::new("import-pairs");
    let out = folder.path("made");
    assert!(accede(&["import", "wars", "pairs/wars.csv", "--out", &out]).output().status.code() == Some(1));
    made(&out, "wars.charter", "import-war-pairs-charter");
}

#[test]
fn disputes_become_scenarios() {
    let folder = Folder::new("import-disputes");
    let (out, paired) = (folder.path("made"), folder.path("paired"));
    told(&["import", "disputes", "tables/states.csv", "--out", &out], &folder, "import-disputes");
    made(&out, "disputes.charter", "import-disputes-charter");
    let tables = ["disputes", "pairs/disputes.csv", "tables/states.csv"];
    assert!(accede(&[&["import"], &tables[..], &["--out", &paired]].concat()).output().status.code() == Some(1));
    made(&paired, "disputes.charter", "import-dispute-pairs-charter");
    let asked = accede(&["test", &paired]);
    assert!(asked.output().status.success(), "every scenario can be asked");
}

#[test]
fn capabilities_and_contiguity_are_put_in_order_and_read_again() {
    let folder = Folder::new("import-system");
    let (out, again) = (folder.path("made"), folder.path("again"));
    told(&["import", "system", "tables/states.csv", "--out", &out], &folder, "import-system");
    made(&out, "capabilities.csv", "import-capabilities");
    made(&out, "contiguity.csv", "import-contiguity");
    let names = ["capabilities.csv", "contiguity.csv"];
    let paths = names.map(|name| Path::new(&out).join(name).to_str().unwrap().to_owned());
    let words = ["import", &paths[1], "tables/states.csv", &paths[0], "--out", &again];
    assert!(accede(&words).output().status.success());
    for name in names.iter().chain(&["prelude.charter"]) {
        let read = |made: &str| fs::read(Path::new(made).join(name)).unwrap();
        assert_eq!(read(&out), read(&again), "{name}");
    }
}

#[test]
fn members_without_an_alliance_and_dyad_years_are_told() {
    let folder = Folder::new("import-unlisted");
    let (out, again) = (folder.path("made"), folder.path("again"));
    fs::write(folder.path("alliance.csv"), "atopid,begyr,endyr,mem1\n9001,1879,1918,255\n").unwrap();
    let words = ["import", "tables/member.csv", "measures", "tables-trials.csv", &folder.path("alliance.csv")];
    told(&[&words[..], &["--out", &out]].concat(), &folder, "import-unlisted");
    made(&out, "dyad-years.csv", "import-dyad-years");
    let spells = Path::new(&out).join("dyad-years.csv");
    let words = ["measure", "ties", "--years", "1881", "--states", "tables/states.csv", "--dyads"];
    let measured = |table: &str| accede(&[&words[..], &[table]].concat()).output().stdout;
    assert_eq!(measured(spells.to_str().unwrap()), measured("measures/spells.csv"));
    assert!(accede(&["import", spells.to_str().unwrap(), "--out", &again]).output().status.success());
}

#[test]
fn the_same_tables_make_the_same_charters_in_any_order() {
    let folder = Folder::new("import-order");
    let text = fs::read_to_string(input().join("tables/member.csv")).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    fs::write(folder.path("member.csv"), lines.join("\n")).unwrap();
    let (one, other) = (folder.path("one"), folder.path("other"));
    assert!(accede(&["import", "tables/member.csv", "tables/states.csv", "--out", &one]).output().status.success());
    assert!(
        accede(&["import", "tables/states.csv", &folder.path("member.csv"), "--out", &other]).output().status.success()
    );
    for name in ["prelude.charter", "atop-9001.charter", "atop-9002.charter", "atop-9003.charter"] {
        let read = |made: &str| fs::read_to_string(Path::new(made).join(name)).unwrap();
        assert_eq!(read(&one), read(&other), "{name}");
    }
}

#[test]
fn broken_tables_are_told_row_by_row() {
    let folder = Folder::new("import-broken");
    told(&["import", "broken", "--out", &folder.path("made")], &folder, "import-broken");
    told(&["import", "broken/other.csv", "--out", &folder.path("none")], &folder, "import-nothing");
    assert!(!Path::new(&folder.path("none")).exists(), "nothing is half written");
    told(&["import", "missing.csv", "--out", &folder.path("none")], &folder, "import-missing");
    told(&["import", "empty", "--out", &folder.path("none")], &folder, "import-empty-folder");
}

#[test]
fn an_import_replaces_only_what_an_import_made() {
    let folder = Folder::new("import-force");
    let out = folder.path("made");
    fs::create_dir_all(&out).unwrap();
    fs::write(Path::new(&out).join("mine.txt"), "mine").unwrap();
    told(&["import", "tables", "--out", &out, "--force"], &folder, "import-not-ours");
    assert_eq!(fs::read_to_string(Path::new(&out).join("mine.txt")).unwrap(), "mine");
    fs::remove_file(Path::new(&out).join("mine.txt")).unwrap();
    assert!(accede(&["import", "tables", "--out", &out]).output().status.success());
    told(&["import", "tables", "--out", &out], &folder, "import-there-already");
    assert!(accede(&["import", "tables", "--out", &out, "--force"]).output().status.success());
    let left: Vec<_> = fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["made"], "nothing lies about");
}

#[test]
fn a_sweep_counts_lists_and_says_why() {
    accede(&["sweep", "--years", "1999-2002", "--corpus", "small"]).is("sweep");
    accede(&[
        "sweep",
        "--years",
        "2010",
        "--corpus",
        "small",
        "--victims",
        "RUR",
        "--attackers",
        "DEU,FRA",
        "--format",
        "csv",
    ])
    .is("sweep-csv");
    accede(&[
        "sweep",
        "--years",
        "2010",
        "--day",
        "06-01",
        "--corpus",
        "small",
        "--victims",
        "RUR",
        "--attackers",
        "DEU",
        "--format",
        "json",
    ])
    .is("sweep-json");
    accede(&["sweep", "--years", "2010", "--corpus", "small", "--count", "--format", "csv", "--kind", "threat"])
        .is("sweep-count");
    accede(&["sweep", "--why", "2010,DEU,RUR,FRA,assist,bound,entente article 2", "--corpus", "small"]).is("sweep-why");
}

#[test]
fn a_sweep_says_what_it_cannot_do() {
    accede(&["sweep", "--years", "2010-1999", "--corpus", "small"]).is("sweep-backwards");
    accede(&["sweep", "--years", "soon", "--corpus", "small"]).is("sweep-no-year");
    accede(&["sweep", "--years", "2010", "--day", "02-30", "--corpus", "small"]).is("sweep-no-day");
    accede(&["sweep", "--years", "2010", "--attackers", "deu", "--corpus", "small"]).is("sweep-lower-case");
    accede(&["sweep", "--why", "2010,DEU", "--corpus", "small"]).is("sweep-no-row");
    accede(&["sweep", "--years", "2010", "--corpus", "bad"]).is("sweep-bad");
    accede(&["sweep", "--corpus", "small"]).is("sweep-no-years");
}

#[test]
fn a_sweep_that_was_cut_short_goes_on() {
    let folder = Folder::new("sweep-resume");
    let out = folder.path("rows.csv");
    let words = ["sweep", "--years", "1999-2004", "--corpus", "small", "--format", "csv", "--out", &out];
    assert!(accede(&words).output().status.success());
    let whole = fs::read_to_string(&out).unwrap();
    assert!(!Path::new(&folder.path("rows.csv.part")).exists() && !Path::new(&folder.path("rows.csv.years")).exists());
    // As a sweep leaves it that was killed in its fourth year, in the middle of a row.
    let notes_of = || fs::read_to_string(folder.path("rows.csv.years")).unwrap();
    fs::remove_file(&out).unwrap();
    fs::create_dir_all(folder.path("rows.csv")).unwrap();
    assert!(!accede(&words).output().status.success(), "a folder is in the way of the file");
    fs::remove_dir(folder.path("rows.csv")).unwrap();
    let notes: Vec<String> = notes_of().lines().map(str::to_owned).collect();
    fs::write(folder.path("rows.csv.years"), format!("{}\n200", notes[..4].join("\n"))).unwrap();
    let length: usize = notes[3].split(' ').nth(1).unwrap().parse().unwrap();
    fs::write(folder.path("rows.csv.part"), format!("{}2002,DE", whole.get(..length).unwrap())).unwrap();
    let other = ["sweep", "--years", "1999-2005", "--corpus", "small", "--format", "csv", "--out", &out, "--resume"];
    told(&other, &folder, "sweep-other-words");
    let resumed = [&words[..], &["--resume"]].concat();
    assert!(accede(&resumed).output().status.success());
    assert_eq!(fs::read_to_string(&out).unwrap(), whole);
    told(&resumed, &folder, "sweep-nothing-to-resume");
}

#[test]
fn commitments_are_measured() {
    let table = ["--dyads", "measures/spells.csv", "--states", "tables/states.csv"];
    accede(&[&["measure", "similarity", "--years", "1880-1882"], &table[..]].concat()).is("measure-similarity");
    accede(
        &[&["measure", "similarity", "--years", "1881", "--pair", "255,300", "--format", "csv"], &table[..]].concat(),
    )
    .is("measure-pair");
    accede(&[&["measure", "ties", "--years", "1881", "--format", "json"], &table[..]].concat()).is("measure-ties");
    accede(&[&["measure", "brokers", "--years", "1881"], &table[..]].concat()).is("measure-brokers");
    accede(&["measure", "flags", "--years", "2000-2001", "--corpus", "small"]).is("measure-flags");
}

#[test]
fn strength_and_closeness_stand_beside_what_is_measured() {
    let table = ["--dyads", "measures/spells.csv", "--states", "tables/states.csv"];
    let system = ["--capabilities", "system/capabilities.csv", "--contiguity", "system/contiguity.csv"];
    for what in ["similarity", "ties", "brokers", "flags"] {
        let words = ["measure", what, "--years", "1881"];
        accede(&[&words[..], &table, &system].concat()).is(&format!("measure-{what}-beside"));
    }
    let words = ["measure", "ties", "--years", "2000", "--corpus", "small", "--format", "json"];
    accede(&[&words[..], &system[2..]].concat()).is("measure-beside-charters");
    accede(&[&words[..], &["--capabilities", "tables/states.csv"]].concat()).is("measure-no-capabilities");
    accede(&[&words[..], &["--contiguity", "broken/other.csv"]].concat()).is("measure-no-contiguity");
}

#[test]
fn what_cannot_be_measured_is_said() {
    let table = ["--dyads", "measures/spells.csv", "--states", "tables/states.csv"];
    accede(&[&["measure", "similarity", "--years", "1880", "--pair", "255,999"], &table[..]].concat())
        .is("measure-nobody");
    accede(&["measure", "ties", "--years", "1881", "--pair", "FRA", "--corpus", "small"]).is("measure-no-pair");
    accede(&["measure", "ties", "--years", "1881", "--dyads", "measures/spells.csv"]).is("measure-no-states");
    accede(&["measure", "ties", "--years", "1881", "--dyads", "broken/other.csv", "--states", "tables/states.csv"])
        .is("measure-no-table");
    accede(&["measure", "brokers", "--years", "1500", "--corpus", "small"]).is("measure-nothing");
}

#[test]
fn fulfilment_is_reckoned_once_more() {
    accede(&["backtest", "fulfilment", "tables-trials.csv"]).is("backtest");
    accede(&["backtest", "fulfilment", "tables/states.csv"]).is("backtest-no-trials");
    accede(&["backtest", "fulfilment", "tables-trials.csv", "--all"]).is("backtest-no-use");
}

#[test]
fn a_war_is_foretold_to_be_an_occasion() {
    let tables = ["occasion", "tables/member.csv", "tables/states.csv"];
    let asked = |more: &[&'static str]| [&["backtest", "occasion"], &tables[..], more].concat();
    accede(&asked(&["--all"])).is("backtest-occasion");
    accede(&asked(&["--format", "csv"])).is("backtest-occasion-csv");
    accede(&asked(&["--format", "json", "--by-hand"])).is("backtest-occasion-json");
    accede(&["backtest", "occasion", "occasion", "tables/states.csv"]).is("backtest-no-members");
}

/// The commands of the gallery draw its pictures.
#[test]
fn the_gallery_is_what_the_command_draws() {
    let folder = Folder::new("gallery");
    let page = fs::read_to_string(root().join("docs/gallery.md")).unwrap();
    let commands: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("accede ")).collect();
    assert_eq!(commands.len(), 4);
    for command in commands {
        let (words, picture) = command.split_once(" --out ").unwrap();
        let drawn = folder.path("drawn.svg");
        let words: Vec<&str> = words.split(' ').chain(["--out", &drawn, "--force"]).collect();
        assert!(accede(&words).output().status.success(), "{command}");
        same(&root().join(picture), &fs::read_to_string(&drawn).unwrap());
    }
}

#[test]
fn a_picture_is_drawn_whole_or_not_at_all() {
    let folder = Folder::new("plot");
    let out = folder.path("picture.svg");
    let plot = |words: &[&'static str]| -> Vec<String> {
        let words = ["plot"].iter().chain(words).chain(&["--corpus", "small", "--out"]);
        words.map(|word| (*word).to_owned()).chain([out.clone()]).collect()
    };
    let refused = |words: &[&'static str], name: &str| {
        let words = plot(words);
        told(&words.iter().map(String::as_str).collect::<Vec<_>>(), &folder, name);
        assert!(!Path::new(&out).exists(), "{words:?}");
    };
    refused(&["similarity", "--years", "2001"], "plot-no-pair");
    refused(&["similarity", "--years", "2001-2002", "--pair", "DEU,XXX"], "plot-nobody");
    refused(&["similarity", "--years", "2001-2002", "--pair", "DEU,DEU"], "plot-itself");
    refused(&["growth", "--years", "2001"], "plot-one-year");
    refused(&["growth", "--years", "1500-1501"], "plot-no-growth");
    refused(&["duties", "--years", "2001"], "plot-no-state");
    refused(&["duties", "--years", "1500", "--state", "DEU"], "plot-owes-nothing");
    refused(&["growth", "--years", "2001", "--state", "DEU"], "plot-no-use");
    refused(&["map", "--years", "2001-2009"], "plot-no-decade");
    refused(&["map", "--years", "1500"], "plot-nobody-tied");
    let words = plot(&["growth", "--years", "1999-2002", "--theme", "dark"]);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    told(&words, &folder, "plot-growth");
    let drawn = fs::read_to_string(&out).unwrap();
    assert!(drawn.contains("#14181d") && !drawn.contains("prefers-color-scheme"), "{drawn}");
    told(&words, &folder, "plot-there-already");
    assert!(accede(&[&words[..], &["--force"]].concat()).output().status.success());
    let left: Vec<_> = fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["picture.svg"], "nothing lies about");
}
