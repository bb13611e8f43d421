//! Data sets of alliances and wars.

pub mod backtest;
