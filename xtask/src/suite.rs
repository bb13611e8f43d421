//! The steps of `check` and `test`, in order, and their sum. Read [`test()`] first.
//!
//! A step that runs no tests of its own counts as one: so the last line says `0 failed` exactly
//! when the exit status is 0. A step whose tool is missing is skipped here, and fails where
//! `CI=true`: a machine that nobody watches must not do less without anybody noticing.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::shell::Call;
use crate::tally::{Runner, Tally};
use crate::tidy as rules;
use crate::tools::{self, Install, Tool};

/// The quick look before a commit.
pub(crate) fn check(root: &Path) -> bool {
    let mut suite = Suite::new(root, Install::Allowed);
    suite.check_steps();
    suite.finish()
}

/// Everything.
pub(crate) fn test(root: &Path, install: Install) -> bool {
    let mut suite = Suite::new(root, install);
    suite.check_steps();
    suite.step("docs", |suite| {
        let words = ["doc", "--workspace", "--all-features", "--no-deps", "--document-private-items", "--quiet"];
        let call = Call::cargo(suite.root, &words);
        // Private items too: each file says what to read first, and that may be private.
        Outcome::of(call.with("RUSTDOCFLAGS", "-D warnings -A rustdoc::private_intra_doc_links").run())
    });
    suite.step("tests", test_step);
    suite.step("tests without", test_without_step);
    suite.step("doc tests", |suite| {
        // `cargo test` ran them already.
        if tools::is_here(suite.root, &tools::NEXTEST) {
            let words = ["test", "--workspace", "--all-features", "--doc", "--quiet"];
            counted(Runner::CargoTest, Call::cargo(suite.root, &words))
        } else {
            Outcome::Counted(Tally::default())
        }
    });
    // Rooms that are not built yet are named in deny.toml all the same.
    let supply = ["deny", "--workspace", "check", "--allow", "unused-wrapper", "bans", "licenses", "sources"];
    suite.with_tool("supply", &tools::DENY, &supply);
    suite.if_present("unused dependencies", &tools::MACHETE, &["machete"]);
    suite.if_present("spelling", &tools::TYPOS, &[]);
    suite.step("fuzz", fuzz_step);
    suite.step("bench smoke", bench_step);
    suite.finish()
}

/// The rules of this project that no other tool knows.
pub(crate) fn tidy(root: &Path) -> bool {
    let mut suite = Suite::new(root, Install::Refused);
    suite.step("tidy", tidy_step);
    suite.finish()
}

/// What came of a step.
enum Outcome {
    Passed,
    Failed,
    Skipped(String),
    /// A runner's own count; it failed if that says so.
    Counted(Tally),
}

impl Outcome {
    fn of(succeeded: bool) -> Self {
        if succeeded { Self::Passed } else { Self::Failed }
    }

    fn tally(&self) -> Tally {
        let none = Tally::default();
        match self {
            Self::Passed => Tally { passed: 1, ..none },
            Self::Failed => Tally { failed: 1, ..none },
            Self::Skipped(_) => Tally { skipped: 1, ..none },
            Self::Counted(tally) => *tally,
        }
    }
}

struct Suite<'a> {
    root: &'a Path,
    install: Install,
    is_unattended: bool,
    done: Vec<(&'static str, Outcome, Duration)>,
}

impl<'a> Suite<'a> {
    fn new(root: &'a Path, install: Install) -> Self {
        let is_unattended = std::env::var_os("CI").is_some_and(|value| value == "true");
        Self { root, install, is_unattended, done: Vec::new() }
    }

    fn check_steps(&mut self) {
        self.with_tool("format", &tools::RUSTFMT, &["fmt", "--all", "--check"]);
        let lints = ["clippy", "--workspace", "--all-features", "--all-targets", "--quiet", "--", "-D", "warnings"];
        self.with_tool("lints", &tools::CLIPPY, &lints);
        // As most people build it: what stands in for a feature that is not there.
        let lints = ["clippy", "--package", "accede", "--all-targets", "--quiet", "--", "-D", "warnings"];
        self.with_tool("lints without", &tools::CLIPPY, &lints);
        self.step("tidy", tidy_step);
    }

    fn step(&mut self, name: &'static str, work: impl FnOnce(&Self) -> Outcome) {
        println!("== {name}");
        let start = Instant::now();
        let outcome = work(self);
        self.done.push((name, outcome, start.elapsed()));
    }

    /// A step whose tool is worth installing.
    fn with_tool(&mut self, name: &'static str, tool: &Tool, words: &[&str]) {
        self.step(name, |suite| match tools::find(suite.root, tool, suite.install) {
            Ok(()) => Outcome::of(Call::new(tool.program, suite.root, words).run()),
            Err(why) if suite.is_unattended => {
                println!("    {why}");
                Outcome::Failed
            }
            Err(why) => Outcome::Skipped(why),
        });
    }

    /// A step whose tool is used where it happens to be, and not missed where it is not.
    fn if_present(&mut self, name: &'static str, tool: &Tool, words: &[&str]) {
        self.step(name, |suite| match tools::find(suite.root, tool, Install::Refused) {
            Ok(()) => Outcome::of(Call::new(tool.program, suite.root, words).run()),
            Err(why) => Outcome::Skipped(why),
        });
    }

    /// The list of what was done, and the sum alone on the last line.
    fn finish(self) -> bool {
        println!();
        let mut sum = Tally::default();
        for (name, outcome, took) in &self.done {
            let said = match outcome {
                Outcome::Passed => "passed".to_owned(),
                Outcome::Failed => "FAILED".to_owned(),
                Outcome::Skipped(why) => format!("skipped: {why}"),
                Outcome::Counted(tally) => tally.to_string(),
            };
            println!("{name:<20} {:>4} s  {said}", took.as_secs());
            sum += outcome.tally();
        }
        println!();
        println!("{sum}");
        sum.failed == 0
    }
}

fn tidy_step(suite: &Suite<'_>) -> Outcome {
    let findings = rules::findings(suite.root);
    for finding in &findings {
        println!("    {finding}");
    }
    Outcome::of(findings.is_empty())
}

/// The workspace's tests with all features, by whichever runner is here; all of them even after one failed.
fn test_step(suite: &Suite<'_>) -> Outcome {
    run_tests(suite, &["--workspace", "--all-features"], &[])
}

/// What the command says where a feature is not built: those tests alone, as the others say the same.
fn test_without_step(suite: &Suite<'_>) -> Outcome {
    match run_tests(suite, &["--package", "accede", "--test", "command"], &["without_parquet"]) {
        // The others have run already: left out here is not skipped.
        Outcome::Counted(tally) => Outcome::Counted(Tally { skipped: 0, ..tally }),
        outcome @ (Outcome::Passed | Outcome::Failed | Outcome::Skipped(_)) => outcome,
    }
}

fn run_tests(suite: &Suite<'_>, packages: &[&str], names: &[&str]) -> Outcome {
    if tools::is_here(suite.root, &tools::NEXTEST) {
        println!("    with cargo-nextest, which is installed");
        let words = ["nextest", "run", "--no-fail-fast", "--no-tests=pass", "--status-level=fail"];
        let call = Call::cargo(suite.root, &[&words, packages, names].concat());
        return counted(Runner::Nextest, call.with("NEXTEST_HIDE_PROGRESS_BAR", "1"));
    }
    println!("    with cargo test, as cargo-nextest is not installed");
    counted(
        Runner::CargoTest,
        Call::cargo(suite.root, &[&["test", "--no-fail-fast", "--quiet"], packages, names].concat()),
    )
}

/// Runs a test runner and takes its count; one that failed without saying so counts as a failure.
fn counted(runner: Runner, call: Call) -> Outcome {
    let finished = call.run_and_keep();
    let mut tally = Tally::of_output(runner, &finished.output);
    if !finished.succeeded && tally.failed == 0 {
        tally.failed = 1;
    }
    Outcome::Counted(tally)
}

/// The fuzz crate stands outside the workspace and runs on nightly, but must not rot: here its
/// targets are checked by the stable compiler, without the C++ runtime, and what they try is tried
/// on the project's own texts.
fn fuzz_step(suite: &Suite<'_>) -> Outcome {
    if !suite.root.join("fuzz/Cargo.toml").exists() {
        return Outcome::Skipped("there is no fuzz crate yet".to_owned());
    }
    // One folder for what is built, so that nothing is built twice.
    let place = ["--manifest-path", "fuzz/Cargo.toml", "--target-dir", "target", "--no-default-features", "--quiet"];
    let check = [["check", "--bins"].as_slice(), &place].concat();
    if !Call::cargo(suite.root, &check).run() {
        return Outcome::Failed;
    }
    counted(Runner::CargoTest, Call::cargo(suite.root, &[["test", "--lib"].as_slice(), &place].concat()))
}

/// Every benchmark once, to see that it still runs; its figures mean nothing here.
fn bench_step(suite: &Suite<'_>) -> Outcome {
    let benches = match rules::benches(suite.root) {
        Ok(benches) => benches,
        Err(why) => {
            println!("    {why}");
            return Outcome::Failed;
        }
    };
    if benches.is_empty() {
        return Outcome::Skipped("there are no benchmarks yet".to_owned());
    }
    // One by one and by name: `cargo bench` alone would run every unit test again.
    let run = |(package, bench): &(String, String)| {
        let words = ["bench", "--quiet", "--package", package, "--bench", bench, "--", "--test"];
        Call::cargo(suite.root, &words).run()
    };
    let failed = benches.iter().filter(|bench| !run(bench)).count();
    Outcome::of(failed == 0)
}
