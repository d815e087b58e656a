//! The words of a checklist.

use crate::advice::CheckState;

/// The answer that confirms.
pub const CONFIRMS: &str = "Confirms it";
/// The answer that does not.
pub const OTHERWISE: &str = "Otherwise";
/// What is known about a check.
pub const fn check_state(state: CheckState) -> Option<&'static str> {
    match state {
        CheckState::Open => None,
        CheckState::Confirmed => Some("Confirmed"),
        CheckState::Refuted => Some("Refuted"),
    }
}
/// How many are answered.
pub fn answered(done: usize, all: usize) -> String {
    format!("{done} of {all} answered")
}
/// The answers to a check: short, and in full for those who hear them without the check.
pub fn answers(check: &str) -> [(&'static str, String); 3] {
    [
        ("Not checked", format!("Not checked: {check}")),
        ("Yes", format!("Yes: {check}")),
        ("No", format!("No: {check}")),
    ]
}
