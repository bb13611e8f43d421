//! Text to values and back, over whole texts.

#[cfg(test)]
mod common;
#[cfg(test)]
mod language;
#[cfg(test)]
mod laws;
