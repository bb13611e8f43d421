//! The cases that other implementers take away, asked of the engine and of its slow twin.
//!
//! `ACCEDE_BLESS=1 cargo test -p tests --test conformance` writes into the cases what the two agree
//! on, and refuses where they differ. What was written is then read beside
//! `docs/language/meaning.md`: a blessing proves that two programs agree, and not that they are right.

#[cfg(test)]
mod asking;
#[cfg(test)]
mod case;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod folder;
#[cfg(test)]
mod report;
#[cfg(test)]
mod told;
