//! The words of saving a report.

use std::io;
use std::path::Path;

/// The title of the dialog.
pub const PICK_TITLE: &str = "Save the report";
/// Its first filter.
pub const MARKDOWN: &str = "Markdown";
/// Its second filter.
pub const JSON: &str = "JSON";
/// The heading over the path field.
pub const PATH_HEADING: &str = "Save the report where?";
/// Why there is a path field.
pub const PATH_NOTE: &str =
    "This system showed no file dialog. Type a path; a name that ends with .json is saved as JSON.";
/// What the field is called.
pub const PATH_NAME: &str = "Path of the report";
/// Its button.
pub const SAVE: &str = "Save";

/// It was saved.
pub fn saved(name: &str) -> String {
    format!("Saved {name}")
}

/// It was not: what, why, what next.
pub fn not_saved(error: &io::Error, path: &Path) -> String {
    let path = path.display();
    match error.kind() {
        io::ErrorKind::AlreadyExists => {
            format!("Not saved: there is a file already. Choose another name: {path}")
        }
        io::ErrorKind::NotFound => format!("Not saved: there is no such folder. Choose another one: {path}"),
        io::ErrorKind::PermissionDenied => {
            format!("Not saved: this place cannot be written to. Choose another one: {path}")
        }
        _ => format!("Not saved: {error}. Choose another place, or copy the report: {path}"),
    }
}
