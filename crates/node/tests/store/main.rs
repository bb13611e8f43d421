//! A node's store, embedded and in a database of PostgreSQL: one suite for both, and both side by side.

#![cfg(test)]

mod cluster;
mod fence;
mod random;
mod suite;
mod world;
