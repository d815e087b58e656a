//! The window, walked through by roles and names.
#![cfg(feature = "app")]

#[test]
fn placeholder() {}
