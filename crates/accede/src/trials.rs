//! Many scenarios at once. Read [`run_all`].

use std::sync::atomic::{AtomicUsize, Ordering};

use law::Corpus;
use reason::{Case, CaseReport};

/// Tries many cases, as [`reason::run`] does each, on as many threads as the machine has; the reports
/// stand in the order of the cases, whatever the number.
#[must_use]
pub fn run_all(corpus: &Corpus, cases: &[Case]) -> Vec<CaseReport> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    // Small shares, so that one with the long questions keeps nobody waiting.
    let share = cases.len().div_ceil(threads * SHARES_OF_A_THREAD).max(1);
    let run_share = |share: &[Case]| share.iter().map(|case| reason::run(corpus, case)).collect::<Vec<CaseReport>>();
    let shares: Vec<&[Case]> = cases.chunks(share).collect();
    let taken = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let number = taken.fetch_add(1, Ordering::Relaxed);
            let Some(share) = shares.get(number) else { return done };
            done.push((number, run_share(share)));
        }
    };
    let mut done: Vec<(usize, Vec<CaseReport>)> = std::thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let own = work();
        let others = helpers.into_iter().flat_map(|helper| match helper.join() {
            Ok(done) => done,
            // The fault is ours, and is to be seen where every other is.
            Err(panic) => std::panic::resume_unwind(panic),
        });
        own.into_iter().chain(others).collect()
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().flat_map(|(_, reports)| reports).collect()
}

/// Into how many shares a thread's part is cut.
const SHARES_OF_A_THREAD: usize = 16;
