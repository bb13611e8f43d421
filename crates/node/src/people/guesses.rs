//! Who has guessed wrong, how often, and how long they have to wait. Read [`Guesses::begin`].
//!
//! Three things are counted. **An address**: whoever tries many names from one place. **A name from places where that person
//! has never logged in**, all of them together: whoever tries one name from many places. **A name from a place where that
//! person has logged in**: each by itself. So whoever guesses from elsewhere makes strangers wait, and never the person at
//! their usual place; sessions and tokens that are open already are not asked for a password, and a set-up token is none.
//!
//! Nothing of it is stored: a node that starts again has forgotten, and has lost a quarter of an hour to a guesser at most.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::name::Name;

/// Within so many seconds wrong passwords are counted together.
const WINDOW: u64 = 15 * 60;

/// So many wrong passwords for one name, and there is a wait.
const NAME_MAX: u32 = 5;

/// So many from one address.
const ADDRESS_MAX: u32 = 20;

/// The first wait. Each that follows is twice as long.
const WAIT_FIRST: u64 = 60;

/// The longest wait, where only one place has to wait.
const WAIT_MAX: u64 = 60 * 60;

/// The longest wait of strangers for a name: the person may be one of them today.
const WAIT_STRANGERS_MAX: u64 = 15 * 60;

/// So long after the last wrong password the waits begin small again.
const QUIET: u64 = 24 * 60 * 60;

/// So many passwords from one address are looked at or wait at once.
const AT_ONCE_MAX: u32 = 4;

/// So many names and addresses are remembered.
const REMEMBERED_MAX: usize = 10_000;

/// So many wrong passwords are noted in the audit log within an hour: whoever guesses does not fill the disk.
const NOTED_MAX: u32 = 1_000;

/// Where somebody is, as far as can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// As it is written into the audit log.
    pub shown: String,
    /// As it is counted: of IPv6 the network, since one machine has as many addresses in it as it likes.
    pub counted: String,
}

impl Place {
    /// The place with this address; none: it is not known, and all that are not known are one.
    #[must_use]
    pub fn of(address: Option<IpAddr>) -> Self {
        match address.map(|address| address.to_canonical()) {
            None => Self { shown: "unknown".to_owned(), counted: "unknown".to_owned() },
            Some(IpAddr::V4(address)) => Self { shown: address.to_string(), counted: address.to_string() },
            Some(IpAddr::V6(address)) => {
                let network = std::net::Ipv6Addr::from_bits(address.to_bits() >> 64 << 64);
                Self { shown: address.to_string(), counted: format!("{network}/64") }
            }
        }
    }
}

/// How many seconds somebody has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub u64);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Address(String),
    Strangers(Name),
    At(Name, String),
}

impl Key {
    fn wrong_max(&self) -> u32 {
        match self {
            Self::Address(_) => ADDRESS_MAX,
            Self::Strangers(_) | Self::At(..) => NAME_MAX,
        }
    }

    fn at_once_max(&self) -> u32 {
        match self {
            Self::Address(_) => AT_ONCE_MAX,
            Self::Strangers(_) | Self::At(..) => NAME_MAX,
        }
    }

    fn wait_max(&self) -> u64 {
        match self {
            Self::Address(_) | Self::At(..) => WAIT_MAX,
            Self::Strangers(_) => WAIT_STRANGERS_MAX,
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    /// Wrong ones since `since`.
    wrong: u32,
    since: u64,
    /// When the last wrong one came.
    last: u64,
    /// How many waits there were.
    waits: u32,
    /// Until when there is one.
    until: u64,
    /// How many are being looked at: a hundred at once are not one guess.
    open: u32,
}

impl Count {
    fn is_forgotten(&self, now: u64) -> bool {
        let kept = if self.waits > 0 { QUIET } else { WINDOW };
        self.open == 0 && now >= self.last.saturating_add(kept) && now >= self.until
    }
}

/// A password that is being looked at. It is handed back with [`Guesses::end`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    keys: [Key; 2],
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was the password.
    Right,
    /// It was not.
    Wrong,
    /// Nobody looked.
    Dropped,
}

/// Whether a wrong password is to be noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noting {
    /// It is.
    Yes,
    /// It is, and that those that follow within the hour are not.
    Last,
    /// It is not.
    No,
}

/// What is remembered of wrong passwords.
#[derive(Debug, Default)]
pub struct Guesses {
    counts: BTreeMap<Key, Count>,
    noted: (u64, u32),
}

impl Guesses {
    /// A password for this name has come from there; familiar is a place where that person has logged in.
    ///
    /// # Errors
    ///
    /// Where it is not to be looked at: how long to wait.
    pub fn begin(&mut self, name: &Name, place: &Place, is_familiar: bool, now: u64) -> Result<Guess, Wait> {
        let of_name = match is_familiar {
            true => Key::At(name.clone(), place.counted.clone()),
            false => Key::Strangers(name.clone()),
        };
        let keys = [Key::Address(place.counted.clone()), of_name];
        let wait = keys.iter().filter_map(|key| self.wait(key, now)).max();
        if let Some(wait) = wait {
            return Err(Wait(wait));
        }
        self.make_room(now);
        for key in &keys {
            self.counts.entry(key.clone()).or_default().open += 1;
        }
        Ok(Guess { keys })
    }

    /// It was looked at, or not. Where there is a wait from now on: how long.
    pub fn end(&mut self, guess: &Guess, outcome: Outcome, now: u64) -> Option<Wait> {
        let mut wait = None;
        for key in &guess.keys {
            let Some(count) = self.counts.get_mut(key) else { continue };
            count.open = count.open.saturating_sub(1);
            match outcome {
                Outcome::Dropped => {}
                // Whoever has one password right may be guessing another's: the address stays as guilty as it was. And
                // strangers do not become less strange because one of them knew the password.
                Outcome::Right => {
                    if matches!(key, Key::At(..)) {
                        *count = Count { open: count.open, ..Count::default() };
                    }
                }
                Outcome::Wrong => wait = wait.max(wrong(key, count, now)),
            }
            if count.is_forgotten(now) {
                self.counts.remove(key);
            }
        }
        wait.map(Wait)
    }

    /// Whether one more wrong password is to be noted.
    pub fn note(&mut self, now: u64) -> Noting {
        let hour = now / 3_600;
        if self.noted.0 != hour {
            self.noted = (hour, 0);
        }
        self.noted.1 = self.noted.1.saturating_add(1);
        match self.noted.1.cmp(&NOTED_MAX) {
            std::cmp::Ordering::Less => Noting::Yes,
            std::cmp::Ordering::Equal => Noting::Last,
            std::cmp::Ordering::Greater => Noting::No,
        }
    }

    fn wait(&self, key: &Key, now: u64) -> Option<u64> {
        let count = self.counts.get(key)?;
        if now < count.until {
            return Some(count.until - now);
        }
        // Those that are being looked at may all be wrong.
        let is_within = now < count.since.saturating_add(WINDOW);
        let wrong = if is_within { count.wrong } else { 0 };
        let most =
            if count.waits > 0 && !count.is_forgotten(now) { 1 } else { key.wrong_max() - wrong.min(key.wrong_max()) };
        (count.open >= most.min(key.at_once_max())).then_some(1)
    }

    /// The least guilty are forgotten where there is no room.
    fn make_room(&mut self, now: u64) {
        if self.counts.len() + 2 <= REMEMBERED_MAX {
            return;
        }
        self.counts.retain(|_, count| !count.is_forgotten(now));
        if self.counts.len() + 2 <= REMEMBERED_MAX {
            return;
        }
        // A tenth at once, so that this is rare.
        let idle = self.counts.iter().filter(|(_, count)| count.open == 0);
        let mut idle: Vec<_> = idle.map(|(key, count)| ((count.until, count.waits, count.last), key.clone())).collect();
        idle.sort();
        for (_, key) in idle.into_iter().take(REMEMBERED_MAX / 10) {
            self.counts.remove(&key);
        }
    }
}

/// Counts one wrong password. Where there is a wait from now on: how long.
fn wrong(key: &Key, count: &mut Count, now: u64) -> Option<u64> {
    if now >= count.last.saturating_add(QUIET) {
        count.waits = 0;
    }
    if now >= count.since.saturating_add(WINDOW) {
        (count.since, count.wrong) = (now, 0);
    }
    count.last = now;
    count.wrong += 1;
    // Whoever has had to wait has had their five.
    if count.waits == 0 && count.wrong < key.wrong_max() {
        return None;
    }
    let wait = WAIT_FIRST.saturating_mul(1_u64.checked_shl(count.waits).unwrap_or(u64::MAX)).min(key.wait_max());
    count.until = now.saturating_add(wait);
    count.waits = count.waits.saturating_add(1).min(32);
    count.wrong = 0;
    Some(wait)
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::super::name::Name;
    use super::{ADDRESS_MAX, Guesses, NAME_MAX, NOTED_MAX, Noting, Outcome, Place, REMEMBERED_MAX, Wait};

    const NOW: u64 = 1_000_000;

    fn place(text: &str) -> Place {
        Place::of(Some(text.parse::<IpAddr>().unwrap()))
    }

    fn name(text: &str) -> Name {
        Name::new(text).unwrap()
    }

    /// Guesses wrong; the wait that follows, or that there was.
    fn guess(guesses: &mut Guesses, who: &str, at: &str, is_familiar: bool, now: u64) -> Result<Option<Wait>, Wait> {
        let guess = guesses.begin(&name(who), &place(at), is_familiar, now)?;
        Ok(guesses.end(&guess, Outcome::Wrong, now))
    }

    #[test]
    fn five_for_a_name_and_each_wait_is_twice_as_long() {
        let mut guesses = Guesses::default();
        for _ in 1..NAME_MAX {
            assert_eq!(guess(&mut guesses, "jane", "192.0.2.1", true, NOW), Ok(None));
        }
        assert_eq!(guess(&mut guesses, "jane", "192.0.2.1", true, NOW), Ok(Some(Wait(60))));
        assert_eq!(guess(&mut guesses, "jane", "192.0.2.1", true, NOW + 10), Err(Wait(50)));
        // Another name from the same place is not refused.
        assert_eq!(guess(&mut guesses, "omar", "192.0.2.1", true, NOW + 10), Ok(None));
        let (mut now, mut waits) = (NOW + 60, Vec::new());
        for _ in 0..8 {
            let wait = guess(&mut guesses, "jane", "192.0.2.1", true, now).unwrap().unwrap();
            waits.push(wait.0);
            now += wait.0;
        }
        assert_eq!(waits, [120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600]);
        // A day of quiet, and all begins anew.
        assert_eq!(guess(&mut guesses, "jane", "192.0.2.1", true, now + 86_400), Ok(None));
    }

    #[test]
    fn slow_fingers_are_not_counted_together() {
        let mut guesses = Guesses::default();
        for round in 0..20 {
            let now = NOW + round * 1_000;
            for _ in 1..NAME_MAX {
                assert_eq!(guess(&mut guesses, "jane", &format!("192.0.2.{round}"), true, now), Ok(None));
            }
        }
    }

    #[test]
    fn whoever_guesses_from_everywhere_makes_strangers_wait_and_nobody_else() {
        let mut guesses = Guesses::default();
        for at in 1..NAME_MAX {
            assert_eq!(guess(&mut guesses, "jane", &format!("198.51.100.{at}"), false, NOW), Ok(None));
        }
        assert_eq!(guess(&mut guesses, "jane", "198.51.100.99", false, NOW), Ok(Some(Wait(60))));
        assert_eq!(guess(&mut guesses, "jane", "198.51.100.100", false, NOW), Err(Wait(60)));
        // She, at her usual place, logs in; and the strangers still wait.
        let own = guesses.begin(&name("jane"), &place("192.0.2.1"), true, NOW).unwrap();
        assert_eq!(guesses.end(&own, Outcome::Right, NOW), None);
        assert_eq!(guess(&mut guesses, "jane", "198.51.100.100", false, NOW), Err(Wait(60)));
        // And the longest wait of a stranger is a quarter of an hour.
        let mut now = NOW + 60;
        for at in 0..20 {
            let wait = guess(&mut guesses, "jane", &format!("203.0.113.{at}"), false, now).unwrap().unwrap();
            assert!(wait.0 <= 900);
            now += wait.0;
        }
    }

    #[test]
    fn many_names_from_one_address() {
        let mut guesses = Guesses::default();
        for index in 1..ADDRESS_MAX {
            assert_eq!(guess(&mut guesses, &format!("p{index}"), "2001:db8::1", false, NOW), Ok(None));
            // One right one in between, of the guesser's own, changes nothing.
            let own = guesses.begin(&name("mallory"), &place("2001:db8::1"), true, NOW).unwrap();
            guesses.end(&own, Outcome::Right, NOW);
        }
        // The same network is the same place.
        assert_eq!(guess(&mut guesses, "last", "2001:db8::2", false, NOW), Ok(Some(Wait(60))));
        assert_eq!(guess(&mut guesses, "other", "2001:db8::3", false, NOW), Err(Wait(60)));
        assert_eq!(guess(&mut guesses, "other", "2001:db8:0:1::3", false, NOW), Ok(None));
        assert_eq!(place("::ffff:192.0.2.1"), place("192.0.2.1"));
    }

    #[test]
    fn a_hundred_at_once_are_not_one_guess() {
        let mut guesses = Guesses::default();
        let mut open = Vec::new();
        for at in 0..100 {
            open.extend(guesses.begin(&name("jane"), &place(&format!("192.0.2.{at}")), false, NOW));
        }
        assert_eq!(u32::try_from(open.len()), Ok(NAME_MAX));
        for guess in &open {
            guesses.end(guess, Outcome::Wrong, NOW);
        }
        assert!(guesses.begin(&name("jane"), &place("192.0.2.200"), false, NOW).is_err());
        // After the wait there is one guess, not five.
        let open: Vec<_> = (0..9)
            .filter_map(|at| guesses.begin(&name("jane"), &place(&format!("203.0.113.{at}")), false, NOW + 60).ok())
            .collect();
        assert_eq!(open.len(), 1);
        // Those whom nobody looked at are not held against anybody.
        guesses.end(&open[0], Outcome::Dropped, NOW + 60);
        assert!(guesses.begin(&name("jane"), &place("203.0.113.1"), false, NOW + 60).is_ok());
    }

    #[test]
    fn the_memory_is_bounded_and_the_guilty_stay_in_it() {
        let mut guesses = Guesses::default();
        for _ in 0..NAME_MAX {
            let _ = guess(&mut guesses, "jane", "192.0.2.1", true, NOW);
        }
        for index in 0..2 * REMEMBERED_MAX {
            let at = format!("10.{}.{}.1", index / 250, index % 250);
            let _ = guess(&mut guesses, &format!("p{index}"), &at, false, NOW + 1);
        }
        assert!(guesses.counts.len() <= REMEMBERED_MAX);
        assert!(guess(&mut guesses, "jane", "192.0.2.1", true, NOW + 2).is_err());
    }

    #[test]
    fn what_is_noted_within_an_hour_is_bounded() {
        let mut guesses = Guesses::default();
        for _ in 1..NOTED_MAX {
            assert_eq!(guesses.note(NOW), Noting::Yes);
        }
        assert_eq!(guesses.note(NOW), Noting::Last);
        assert_eq!(guesses.note(NOW), Noting::No);
        assert_eq!(guesses.note(NOW + 3_600), Noting::Yes);
    }
}
