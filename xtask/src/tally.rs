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

impl Tally {
    /// The sum over every summary line of `cargo test` or `cargo nextest` in this output.
    pub(crate) fn of_output(output: &str) -> Self {
        let mut sum = Self::default();
        for line in output.lines() {
            if let Some(counts) = counts_in(line) {
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

/// What follows the runner's own lead-in, if the line is a summary.
fn counts_in(line: &str) -> Option<&str> {
    let line = line.trim_start();
    if let Some(rest) = line.strip_prefix("test result: ") {
        return rest.split_once(". ").map(|(_, counts)| counts);
    }
    let rest = line.strip_prefix("Summary [")?;
    rest.split_once(" run: ").map(|(_, counts)| counts)
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn both_runners_are_understood() {
        let output = "\
running 3 tests
test result: FAILED. 2 passed; 1 failed; 4 ignored; 0 measured; 9 filtered out; finished in 0.00s
     Summary [   0.005s] 7 tests run: 5 passed (1 slow), 1 failed, 1 timed out, 3 skipped
a line that says 5 passed, by chance
";
        assert_eq!(Tally::of_output(output), Tally { passed: 7, failed: 3, skipped: 7 });
    }

    #[test]
    fn a_runner_that_stopped_early_still_counts() {
        let output = "     Summary [   0.005s] 2/9 tests run: 1 passed, 1 failed, 0 skipped\n";
        assert_eq!(Tally::of_output(output), Tally { passed: 1, failed: 1, skipped: 0 });
    }

    #[test]
    fn silence_is_nothing() {
        assert_eq!(Tally::of_output("error: could not compile"), Tally::default());
    }
}
