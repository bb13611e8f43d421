//! Nodes that run as processes of their own, and all that befalls processes.

#![cfg(test)]

mod disks;
mod kills;
mod networks;
mod nodes;
mod shell;
