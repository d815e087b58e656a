//! The window, walked through by roles and names, one user story a test.
#![cfg(feature = "app")]

#[path = "support/desk.rs"]
mod desk;
#[path = "support/planted.rs"]
mod planted;

#[path = "window/pictures.rs"]
mod pictures;
#[path = "window/stories.rs"]
mod stories;
#[path = "window/troubles.rs"]
mod troubles;
