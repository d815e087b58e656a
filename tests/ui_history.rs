//! The history in the window: what is kept, found again, annotated and deleted, by pointer and by keyboard.
#![cfg(feature = "app")]

#[path = "support/window.rs"]
mod window;

#[path = "ui_history/desk.rs"]
mod desk;
#[path = "ui_history/notes.rs"]
mod notes;
#[path = "ui_history/page.rs"]
mod page;
#[path = "ui_history/trouble.rs"]
mod trouble;
