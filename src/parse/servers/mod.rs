//! Lines that a registry's own server, or a server in front of it, writes: one request a line.
//!
//! Must not know causes.

mod artifactory;

use super::Incident;
use super::line::Line;

/// The incident that a server's log line tells of, if it does.
pub fn read(line: &Line<'_>) -> Option<Incident> {
    if !line.text().contains("403") {
        return None;
    }
    artifactory::read(line)
}
