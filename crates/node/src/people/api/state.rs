//! What the handlers share. Read [`PeopleState`].

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use record::node::Seconds;
use tokio::sync::Semaphore;

use super::caller::Caller;
use super::denied::Denied;
use crate::people::audit::Note;
use crate::people::fault::PeopleFault;
use crate::people::guesses::{Guess, Guesses, Noting, Outcome, Place, Wait};
use crate::people::name::Name;
use crate::people::oidc::{Oidc, OidcFault, Provider};
use crate::people::store::People;

/// So many passwords are looked at at once: each takes 19 MiB and a whole processor.
const CHECKS_MAX: usize = 2;

/// So many wait for that.
const WAITING_MAX: usize = 64;

/// Says what time it is: seconds since 1970.
pub type Now = Arc<dyn Fn() -> Seconds + Send + Sync>;

/// The people, and who has guessed wrong, for handlers. It is cheap to clone, and all clones are one.
#[derive(Clone)]
pub struct PeopleState {
    people: Arc<Mutex<People>>,
    guesses: Arc<Mutex<Guesses>>,
    now: Now,
    checks: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    is_behind_proxy: bool,
    oidc: Option<Arc<Oidc>>,
}

impl PeopleState {
    /// Of these people.
    #[must_use]
    pub fn new(people: People, now: Now) -> Self {
        Self {
            people: Arc::new(Mutex::new(people)),
            guesses: Arc::default(),
            now,
            checks: Arc::new(Semaphore::new(CHECKS_MAX)),
            waiting: Arc::new(Semaphore::new(WAITING_MAX)),
            is_behind_proxy: false,
            oidc: None,
        }
    }

    /// Requests come through a proxy on this machine that writes into `X-Forwarded-For` from where they come. Without
    /// one, whoever sends them could write it, and say that each guess comes from elsewhere.
    #[must_use]
    pub fn behind_proxy(self) -> Self {
        Self { is_behind_proxy: true, ..self }
    }

    /// People may log in with this service too.
    ///
    /// # Errors
    ///
    /// Where an address or a certificate in it is none.
    pub fn with_provider(self, provider: Provider) -> Result<Self, OidcFault> {
        Ok(Self { oidc: Some(Arc::new(Oidc::new(provider)?)), ..self })
    }

    /// Works with the people, off the threads that serve requests, and with what time it is.
    ///
    /// # Errors
    ///
    /// Where the work fails.
    pub async fn people<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut People, Seconds) -> Result<T, PeopleFault> + Send + 'static,
    ) -> Result<T, Denied> {
        let state = self.clone();
        let done = tokio::task::spawn_blocking(move || state.with(work)).await;
        Ok(done.map_err(|_| stopped())??)
    }

    /// Notes in the audit log what a caller did: a few words that hold no secret, to what, and what came of it.
    ///
    /// # Errors
    ///
    /// Where it cannot be stored.
    pub async fn note(&self, caller: &Caller, what: &str, whom: Option<&str>, outcome: &str) -> Result<(), Denied> {
        let (name, from) = (caller.name.clone(), caller.place.shown.clone());
        let (what, whom, outcome) = (what.to_owned(), whom.map(str::to_owned), outcome.to_owned());
        self.people(move |people, now| {
            let note = Note { who: Some(&name), what: &what, whom: whom.as_deref(), from: &from, outcome: &outcome };
            people.note(&note, now)
        })
        .await
    }

    /// Whether a caller is still who they were, for what outlives a request: a stream of events asks now and then. It
    /// does not keep a session from idling out.
    ///
    /// # Errors
    ///
    /// Where they have logged out, were disabled or given another role, or the session has ended.
    pub async fn still(&self, caller: &Caller) -> Result<(), Denied> {
        let shown = caller.shown;
        let found = self.people(move |people, now| people.still(&shown, now)).await?;
        let is_same = found
            .is_some_and(|found| (&found.name, found.role, &found.means) == (&caller.name, caller.role, &caller.means));
        if is_same { Ok(()) } else { Err(Denied::over()) }
    }

    pub(super) fn now(&self) -> Seconds {
        (self.now)()
    }

    pub(super) fn oidc(&self) -> Option<Arc<Oidc>> {
        self.oidc.clone()
    }

    pub(super) fn is_behind_proxy(&self) -> bool {
        self.is_behind_proxy
    }

    /// Works with the people, here: only where blocking is allowed.
    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&mut People, Seconds) -> Result<T, PeopleFault>,
    ) -> Result<T, PeopleFault> {
        let now = self.now();
        // Whoever panicked while holding them had a transaction open at most, and that was undone.
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        work(&mut people, now)
    }

    /// Does work that hashes a password, when its turn comes.
    pub(super) async fn hashing<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Denied> + Send + 'static,
    ) -> Result<T, Denied> {
        let waiting = Arc::clone(&self.waiting).try_acquire_owned().map_err(|_| Denied::busy())?;
        let turn = Arc::clone(&self.checks).acquire_owned().await.map_err(|_| stopped())?;
        drop(waiting);
        let state = self.clone();
        // The turn ends with the work, and not with the request: whoever hangs up does not get another sooner.
        let done = tokio::task::spawn_blocking(move || {
            let done = work(&state);
            drop(turn);
            done
        });
        done.await.map_err(|_| stopped())?
    }

    /// A password for this name has come from there, and may be looked at.
    pub(super) async fn attempt(&self, name: &Name, place: &Place) -> Result<Attempt, Denied> {
        let (asked, at) = (name.clone(), place.clone());
        let is_familiar = self.people(move |people, now| people.is_familiar(&asked, &at, now)).await?;
        let begun = self.guesses().begin(name, place, is_familiar, self.now());
        let guess = begun.map_err(Denied::too_many)?;
        Ok(Attempt { state: self.clone(), guess: Some(guess) })
    }

    /// Notes that somebody gave a wrong password. A name that nobody has is not written down.
    pub(super) fn note_wrong(&self, name: &Name, place: &Place, what: &str, wait: Option<Wait>) -> Result<(), Denied> {
        let outcome = match (self.guesses().note(self.now()), wait) {
            (Noting::No, _) => return Ok(()),
            (Noting::Last, _) => "wrong password; those that follow within the hour are not noted".to_owned(),
            (Noting::Yes, None) => "wrong password".to_owned(),
            (Noting::Yes, Some(Wait(seconds))) => format!("wrong password; {seconds} seconds to wait"),
        };
        self.with(|people, now| {
            let who = people.find(name)?.map(|person| person.name);
            people.note(&Note { who: who.as_ref(), what, whom: None, from: &place.shown, outcome: &outcome }, now)
        })?;
        Ok(())
    }

    /// Notes that another service has sent somebody whom nobody here knows.
    pub(super) async fn note_stranger(&self, place: &Place) -> Result<(), Denied> {
        if !self.may_note() {
            return Ok(());
        }
        let from = place.shown.clone();
        self.people(move |people, now| {
            let what = "logged in with the other service";
            people.note(&Note { who: None, what, whom: None, from: &from, outcome: "not known here" }, now)
        })
        .await
    }

    /// Whether one more refusal is to be noted: they are bounded like wrong passwords.
    pub(super) fn may_note(&self) -> bool {
        self.guesses().note(self.now()) != Noting::No
    }

    fn guesses(&self) -> MutexGuard<'_, Guesses> {
        self.guesses.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn stopped() -> Denied {
    Denied::new(StatusCode::SERVICE_UNAVAILABLE, "stopped", "the node is stopping", "try again later")
}

/// A password that may be looked at. Where nobody says what came of it, nobody looked.
pub(super) struct Attempt {
    state: PeopleState,
    guess: Option<Guess>,
}

impl Attempt {
    pub(super) fn end(mut self, outcome: Outcome) -> Option<Wait> {
        let guess = self.guess.take()?;
        let now = self.state.now();
        self.state.guesses().end(&guess, outcome, now)
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        if let Some(guess) = self.guess.take() {
            let now = self.state.now();
            self.state.guesses().end(&guess, Outcome::Dropped, now);
        }
    }
}
