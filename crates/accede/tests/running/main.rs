//! Nodes that run as processes of their own, and all that befalls processes.

#![cfg(test)]

#[path = "../../../node/tests/store/cluster.rs"]
#[expect(dead_code, reason = "not all of it is needed here")]
mod cluster;
mod disks;
mod kills;
mod networks;
mod nodes;
mod several;
mod shell;
