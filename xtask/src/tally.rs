//! Counting what test runners say they ran. Read [`Tally`] first.

use std::fmt;
use std::ops::AddAssign;

/// How many passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

/// Who ran the tests, and so whose summary counts: cargo-nextest shows what a failed test printed,
/// and that ends with a summary of the other kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Runner {
    /// `cargo test`: one summary for each binary.
    CargoTest,
    /// `cargo nextest`: one for all.
    Nextest,
}

impl Tally {
    /// The sum over every summary line of this runner in its output.
    pub(crate) fn of_output(runner: Runner, output: &str) -> Self {
        let mut sum = Self::default();
        for line in output.lines() {
            if let Some(counts) = counts_in(runner, line) {
                sum += Self::of_counts(counts);
            }
        }
        sum
    }

    /// `5 passed (1 slow), 2 failed` or `5 passed; 2 failed`.
    fn of_counts(counts: &str) -> Self {
        let mut tally = Self::default();
        for entry in counts.split([',', ';']) {
            let mut words = entry.split_whitespace();
            let Some(count) = words.next().and_then(|word| word.parse::<usize>().ok()) else { continue };
            match words.next() {
                Some("passed") => tally.passed += count,
                // nextest: `1 failed`, `1 timed out`, `1 exec failed`.
                Some("failed" | "timed" | "exec") => tally.failed += count,
                Some("skipped" | "ignored") => tally.skipped += count,
                Some(_) | None => {}
            }
        }
        tally
    }
}

/// What follows the runner's own lead-in, if the line is its summary.
fn counts_in(runner: Runner, line: &str) -> Option<&str> {
    let (lead_in, end) = match runner {
        Runner::CargoTest => ("test result: ", ". "),
        Runner::Nextest => ("Summary [", " run: "),
    };
    line.trim_start().strip_prefix(lead_in)?.split_once(end).map(|(_, counts)| counts)
}

#[cfg(test)]
mod tests {
    use super::{Runner, Tally};

    const OUTPUT: &str = "\
running 3 tests
test result: FAILED. 2 passed; 1 failed; 4 ignored; 0 measured; 9 filtered out; finished in 0.00s
test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
     Summary [   0.005s] 7 tests run: 5 passed (1 slow), 1 failed, 1 timed out, 3 skipped
a line that says 5 passed, by chance
";

    #[test]
    fn each_runner_is_understood_and_not_the_other() {
        let by_cargo = Tally { passed: 3, failed: 1, skipped: 4 };
        assert_eq!(Tally::of_output(Runner::CargoTest, OUTPUT), by_cargo);
        assert_eq!(Tally::of_output(Runner::Nextest, OUTPUT), Tally { passed: 5, failed: 2, skipped: 3 });
    }

    #[test]
    fn a_runner_that_stopped_early_still_counts() {
        let output = "     Summary [   0.005s] 2/9 tests run: 1 passed, 1 failed, 0 skipped\n";
        assert_eq!(Tally::of_output(Runner::Nextest, output), Tally { passed: 1, failed: 1, skipped: 0 });
    }

    #[test]
    fn silence_is_nothing() {
        assert_eq!(Tally::of_output(Runner::CargoTest, "error: could not compile"), Tally::default());
    }
}
