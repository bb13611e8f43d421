//! What one process of a node asks of the one that writes, and what it is told. Read [`Asking`].

use std::time::{Duration, Instant};

use record::Hash;
use record::key::KeyId;
use record::node::{Outputs, Seconds};
use record::rule::Tenure;
use record::signed::Signed;
use serde_json::{Value, json};
use tracing::warn;

use super::{Engine, Order, Refused, Reply};
use crate::book::Other;
use crate::store::postgres::{Asked, Place, Postgres, Waiting};
use crate::store::{Store, StoreFault};

/// Whoever has no answer for so long takes back what it has asked.
const PATIENCE: Duration = Duration::from_secs(30);

/// What was asked, and who waits for the answers.
#[derive(Default)]
pub(super) struct Asking(Vec<(Place, Instant, Waiter)>);

enum Waiter {
    Hash(Reply<Hash>),
    Tenure(Reply<Tenure>),
}

/// An answer that is there, and who waits for it.
pub(super) struct Answer(Waiter, Result<Told, Refused>);

/// What came of it.
enum Told {
    Hash(Hash),
    Tenure(Tenure),
}

impl Waiter {
    fn tell(self, told: Result<Told, Refused>) {
        let strange = || Refused::new("store", "the answer is to another question", "see whether it was done");
        match self {
            Self::Hash(reply) => drop(reply.send(told.and_then(|told| match told {
                Told::Hash(hash) => Ok(hash),
                Told::Tenure(_) => Err(strange()),
            }))),
            Self::Tenure(reply) => drop(reply.send(told.and_then(|told| match told {
                Told::Tenure(tenure) => Ok(tenure),
                Told::Hash(_) => Err(strange()),
            }))),
        }
    }
}

/// An answer, as it stands in a row.
fn encode(told: &Result<Told, Refused>) -> Vec<u8> {
    let told = match told {
        Ok(Told::Hash(hash)) => json!({ "hash": hash.to_hex() }),
        Ok(Told::Tenure(tenure)) => json!({ "tenure": tenure }),
        Err(Refused { code, message, help }) => json!({ "code": code, "message": message, "help": help }),
    };
    told.to_string().into_bytes()
}

fn decode(bytes: &[u8]) -> Result<Told, Refused> {
    let strange = || Refused::new("store", "the answer cannot be read", "see whether it was done");
    let told: Value = serde_json::from_slice(bytes).map_err(|_| strange())?;
    let text = |name: &str| told.get(name).and_then(Value::as_str);
    if let Some(hash) = text("hash") {
        return Hash::from_hex(hash).map(Told::Hash).ok_or_else(strange);
    }
    if let Some(tenure) = told.get("tenure").and_then(Value::as_u64) {
        return Ok(Told::Tenure(tenure));
    }
    let code = text("code").ok_or_else(strange)?;
    Err(Refused::new(code, text("message").unwrap_or_default(), text("help").unwrap_or_default()))
}

impl Asking {
    /// Whether nobody waits for an answer.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Hands orders on to whoever writes.
    pub(super) fn hand_on(&mut self, store: &Postgres, orders: Vec<Order>) {
        let (mut rows, mut waiters) = (Vec::new(), Vec::new());
        let mut is_crowded = None;
        for order in orders {
            let (asked, waiter) = match order {
                Order::File(filed, reply) => (Asked::File(filed), Some(Waiter::Hash(reply))),
                Order::Sign(kind, text, reply) => (Asked::Sign(kind, text), Some(Waiter::Hash(reply))),
                Order::Open(tenure, seat, reply) => (Asked::Open(tenure, seat), Some(Waiter::Tenure(reply))),
                Order::Heard(from, message) => {
                    // What is dropped is said again.
                    if *is_crowded.get_or_insert_with(|| store.is_crowded().unwrap_or(true)) {
                        continue;
                    }
                    (Asked::Heard(from, message), None)
                }
                Order::BackUp(_, reply) => {
                    drop(reply.send(Err(Refused::new("store", "the store is a database", "use pg_dump"))));
                    continue;
                }
                // What this process found in its own reading is for itself.
                Order::Damaged(_) | Order::Stop => continue,
            };
            match asked.encode() {
                Ok(row) => {
                    rows.push(row);
                    waiters.push(waiter);
                }
                Err(fault) => {
                    if let Some(waiter) = waiter {
                        waiter.tell(Err(Refused::new("malformed", fault.to_string(), "say less at once")));
                    }
                }
            }
        }
        if rows.is_empty() {
            return;
        }
        match store.ask(&rows) {
            Ok(places) => {
                let asked = places.into_iter().zip(waiters);
                self.0.extend(asked.filter_map(|(place, waiter)| Some((place, Instant::now(), waiter?))));
            }
            Err(fault) => {
                warn!("nothing can be handed on to whoever writes for this node: {fault}");
                let refused = Refused::new("store", fault.to_string(), "see whether it was done, and try again");
                waiters.into_iter().flatten().for_each(|waiter| waiter.tell(Err(refused.clone())));
            }
        }
    }

    /// The answers that are there; what nobody answers is taken back.
    pub(super) fn collect(&mut self, store: &Postgres) -> Vec<Answer> {
        self.collect_after(store, PATIENCE)
    }

    /// Takes back all that is not answered yet, and tells everybody.
    pub(super) fn end(&mut self, store: &Postgres) {
        // What was answered just before it could be taken back is there the second time.
        for _ in 0..2 {
            self.collect_after(store, Duration::ZERO).into_iter().for_each(Answer::tell);
        }
    }

    fn collect_after(&mut self, store: &Postgres, patience: Duration) -> Vec<Answer> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let places: Vec<Place> = self.0.iter().map(|(place, ..)| *place).collect();
        let Ok(mut answers) = store.answers(&places) else { return Vec::new() };
        let mut collected = Vec::new();
        for (place, since, waiter) in std::mem::take(&mut self.0) {
            if let Some(at) = answers.iter().position(|(answered, _)| *answered == place) {
                collected.push(Answer(waiter, decode(&answers.swap_remove(at).1)));
            } else if since.elapsed() >= patience && store.take_back(place).unwrap_or(false) {
                let refused = Refused::new("store", "no process writes for this node now", "try again later");
                collected.push(Answer(waiter, Err(refused)));
            } else {
                self.0.push((place, since, waiter));
            }
        }
        collected
    }
}

impl Answer {
    /// Tells whoever waits for it.
    pub(super) fn tell(self) {
        self.0.tell(self.1);
    }
}

impl Engine {
    /// What other processes over the same database ask, and nobody has answered; and the answers to what this one has asked
    /// before it wrote itself.
    pub(super) fn asked(&mut self) -> Result<Vec<Waiting>, StoreFault> {
        let Store::Postgres(store) = &self.store else { return Ok(Vec::new()) };
        self.asking.collect(store).into_iter().for_each(Answer::tell);
        store.asked()
    }

    /// Does what another process asks. The answer is stored along with what it tells of.
    pub(super) fn answer(
        &mut self,
        asked: Asked,
        now: Seconds,
        all: &mut Outputs<Signed>,
        others: &mut Vec<(KeyId, Other)>,
    ) -> Vec<u8> {
        let told = match asked {
            Asked::File(filed) => self.file(*filed, now, all).map(Told::Hash),
            Asked::Sign(kind, text) => self.speak((&kind, &text), now, all).map(Told::Hash),
            Asked::Open(tenure, seat) => self.open(tenure, seat, now, all).map(Told::Tenure),
            Asked::Heard(from, message) => {
                self.hear(from, *message, now, all, others);
                return Vec::new();
            }
        };
        encode(&told)
    }
}
