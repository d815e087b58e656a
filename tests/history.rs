//! The file of the history: what is kept, what is not, and what becomes of it when something goes wrong.
#![cfg(feature = "app")]

#[path = "support/planted.rs"]
mod planted;
#[path = "history/support.rs"]
mod support;

#[path = "history/bounds.rs"]
mod bounds;
#[path = "history/kept.rs"]
mod kept;
#[path = "history/trouble.rs"]
mod trouble;
