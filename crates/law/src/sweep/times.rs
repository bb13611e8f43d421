//! The moments at which something about a charter may change. Read [`moments`] first.
//!
//! Whatever depends on time in an answer compares the time asked about with the first or last second
//! of something dated. Two times asked about with the same moments behind them get the same answers.

use charter::model::{Charter, ClassMembers, DutyLine, Ending, Opening, ReadingMeaning, TextStatus, Timing, When};

use crate::corpus::{Corpus, Entry};
use crate::time::{Calendar, Start, Stretch};

/// Every moment that matters to a charter, sorted, each once.
pub(super) fn moments(corpus: &Corpus, entry: &Entry) -> Vec<i64> {
    let mut found = Moments { calendar: entry.calendar, seconds: Vec::new() };
    found.life(entry);
    found.text(&entry.charter);
    let shared = &corpus.prelude;
    let classes = entry.charter.classes.iter().chain(&shared.classes).filter_map(|class| match &class.members {
        ClassMembers::Listed(members) => Some(members),
        ClassMembers::FoundBy(_) => None,
    });
    let groups = entry.charter.groups.iter().chain(&shared.groups).map(|group| &group.members);
    let narrowings = entry.charter.articles.iter().flat_map(|article| &article.narrowings).map(|made| &made.members);
    for member in classes.chain(groups).chain(narrowings).flatten() {
        found.whens([member.from, member.to]);
    }
    found.seconds.sort_unstable();
    found.seconds.dedup();
    found.seconds
}

/// Where a time asked about lies among the moments: how many its earliest second has behind it, how
/// many its latest, and whether the two are one.
pub(super) fn place(moments: &[i64], asked: Stretch) -> (usize, usize, bool) {
    let behind = |second: i64| moments.partition_point(|moment| *moment <= second);
    (behind(asked.lo), behind(asked.hi), asked.lo == asked.hi)
}

/// Whether something in a charter lasts so and so long from the attack: then every time asked about
/// has to be looked at by itself, since years and months are of different lengths.
pub(super) fn counts_from_the_attack(charter: &Charter) -> bool {
    let clauses = charter.articles.iter().flat_map(|article| &article.clauses).flat_map(|clause| &clause.duties);
    let exceptions = charter.articles.iter().flat_map(|article| &article.exceptions).flat_map(|made| &made.duties);
    let others = charter.reservations.iter().flat_map(|made| &made.otherwise);
    let mut timings = clauses.chain(exceptions).chain(others).flat_map(|duty| &duty.timing);
    timings.any(|timing| matches!(timing, Timing::For(_)))
        || charter.status.ends.iter().any(|ending| matches!(ending, Ending::Event { after: Some(_), .. }))
}

struct Moments {
    calendar: Calendar,
    seconds: Vec<i64>,
}

impl Moments {
    fn start(&mut self, start: Start) {
        self.seconds.extend([start.earliest, start.latest]);
    }

    fn whens(&mut self, whens: impl IntoIterator<Item = Option<When>>) {
        for when in whens.into_iter().flatten() {
            self.start(self.calendar.start(when));
            self.start(self.calendar.over(when));
        }
    }

    fn life(&mut self, entry: &Entry) {
        let life = &entry.life;
        for start in life.entry.start().into_iter().chain(life.ends.iter().copied()) {
            self.start(start);
        }
        for member in &life.memberships {
            let ends = member.from.into_iter().chain(member.ended).chain(member.left.iter().copied());
            let own = member.suspended.iter().map(|(from, until)| (*from, *until));
            let towards = member.suspended_towards.iter().map(|(_, from, until)| (*from, *until));
            let spells = own.chain(towards).flat_map(|(from, until)| [Some(from), until]).flatten();
            let released = member.released.iter().map(|(_, start)| *start);
            for start in ends.chain(spells).chain(released) {
                self.start(start);
            }
        }
    }

    fn text(&mut self, charter: &Charter) {
        self.whens([charter.status.signed]);
        if let Some(TextStatus::SecretUntil(when)) = charter.status.text {
            self.whens([Some(when)]);
        }
        self.whens(charter.status.lapses.iter().map(|lapse| Some(lapse.before)));
        for reading in &charter.status_readings {
            match &reading.meaning {
                ReadingMeaning::EndedOn(when) => self.whens([Some(*when)]),
                ReadingMeaning::InForce(since) => self.whens([*since]),
                ReadingMeaning::AsWritten
                | ReadingMeaning::Together
                | ReadingMeaning::EachOf
                | ReadingMeaning::Narrower(_) => {}
            }
        }
        for article in &charter.articles {
            self.whens([article.secret_until]);
            for clause in &article.clauses {
                if let Opening::On(when) = clause.opening {
                    self.whens([Some(when)]);
                }
                self.duties(&clause.duties);
            }
            for exception in &article.exceptions {
                self.duties(&exception.duties);
            }
        }
        for reservation in &charter.reservations {
            self.duties(&reservation.otherwise);
            self.whens(reservation.objections.iter().map(|(_, when)| *when));
        }
    }

    fn duties(&mut self, duties: &[DutyLine]) {
        for timing in duties.iter().flat_map(|duty| &duty.timing) {
            match timing {
                Timing::UntilDate(when) | Timing::Before(when) | Timing::After(when) | Timing::NoLaterThan(when) => {
                    self.whens([Some(*when)]);
                }
                Timing::AtOnce
                | Timing::Within(_)
                | Timing::For(_)
                | Timing::UntilEvent(_)
                | Timing::AfterEvent(_)
                | Timing::While(_) => {}
            }
        }
    }
}
