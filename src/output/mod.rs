//! Advice as text: one rendering a file, no decisions.
//!
//! Owns how an answer looks on a terminal, in a report and for a machine.
//! Must not know how the answer was found.
//! Everything that leaves here is harmless to a CI agent that reads it; see [`safe`].

pub mod github;
pub mod json;
pub mod markdown;
mod page;
pub mod plan;
pub mod safe;
pub mod text;
mod words;

use crate::advice::{Advice, Cause, Related, Shell};
use crate::knowledge;

/// The renderings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For a person at a terminal.
    #[default]
    Text,
    /// For a program: one object.
    Json,
    /// For an issue or a chat.
    Markdown,
    /// For a GitHub Actions job: annotations and a folded group.
    Github,
}

/// What a rendering depends on besides the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns to wrap at.
    pub width: usize,
    /// Whether headings may be coloured.
    pub color: bool,
    /// The shell that commands are quoted for.
    pub shell: Shell,
    /// Whether JSON must hold ASCII only.
    pub ascii: bool,
    /// A number that a log's author cannot foresee; see [`github`].
    pub salt: u64,
}

impl Default for Style {
    fn default() -> Self {
        Self { width: 80, color: false, shell: Shell::of_this_system(), ascii: false, salt: 0 }
    }
}

/// The whole answer to one log. Ends with a line break.
pub fn render(advice: &Advice, format: Format, style: &Style) -> String {
    match format {
        Format::Text => text::advice(advice, style),
        Format::Json => json::advice(advice, style),
        Format::Markdown => markdown::report(advice, style.shell),
        Format::Github => github::advice(advice, style),
    }
}

/// One entry of the library, without a log.
pub fn render_cause(cause: &Cause, format: Format, style: &Style) -> String {
    match format {
        Format::Text | Format::Github => text::cause(cause, style),
        Format::Json => json::cause(cause, style),
        Format::Markdown => markdown::cause(cause, style.shell),
    }
}

/// The near misses that share a code, without a log.
pub fn render_related(related: &[Related], format: Format, style: &Style) -> String {
    match format {
        Format::Text | Format::Github => text::related(related, style),
        Format::Json => json::related(related, style),
        Format::Markdown => markdown::related(related, style.shell),
    }
}

/// The library's table of contents.
pub fn render_list(
    causes: &[knowledge::Cause],
    related: &[knowledge::Related],
    format: Format,
    style: &Style,
) -> String {
    match format {
        Format::Text | Format::Github => text::list(causes, related, style),
        Format::Json => json::list(causes, related, style),
        Format::Markdown => markdown::list(causes, related),
    }
}
