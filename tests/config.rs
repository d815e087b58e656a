//! The configuration of a machine, read as its clients read it: cases as data, and what real clients did.

#[path = "config/bad_files.rs"]
mod bad_files;
#[path = "config/cases.rs"]
mod cases;
#[path = "config/layout.rs"]
mod layout;
#[path = "config/lending.rs"]
mod lending;
#[path = "config/measured.rs"]
mod measured;
#[path = "config/table.rs"]
mod table;
