//! Advice for a GitHub Actions job: one annotation an incident, then the text in a folded group.
//!
//! Owns workflow commands and their escaping. Must not know causes.
//!
//! Inside the group the agent is told to obey nothing until it sees a token that the log's author cannot know, and
//! what the log says is taken apart besides; either alone would do
//! (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions#stopping-and-starting-workflow-commands>).

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Style, safe, text, words};
use crate::advice::{Advice, Incident, StepKind};

/// The whole answer to one log.
pub fn advice(advice: &Advice, style: &Style) -> String {
    let plain = Style { color: false, ..*style };
    let body = text::advice(advice, &plain);
    let token = token(&body, style.salt);
    let mut out = String::new();
    for incident in &advice.incidents {
        out.push_str(&annotation(incident));
    }
    out.push_str("::group::unforbid\n");
    out.push_str(&format!("::stop-commands::{token}\n{body}::{token}::\n"));
    out.push_str("::endgroup::\n");
    out
}

fn annotation(incident: &Incident) -> String {
    let Some(cause) = incident.causes.first() else {
        return String::new();
    };
    let mut lines = vec![cause.summary.clone()];
    lines.extend(cause.evidence.iter().map(|e| format!("{} | {}", e.line, e.text)).take(1));
    if let Some(fix) = cause.fixes.first() {
        lines.push(format!("Fix: {}", words::fix_title(fix)));
        let commands = fix.steps.iter().filter(|step| step.kind == StepKind::Run);
        lines.extend(commands.map(|step| step.text.clone()));
    }
    let message: Vec<_> = lines.iter().map(|line| harmless(line)).collect();
    format!(
        "::error title={}::{}\n",
        property(&harmless(&words::heading(incident))),
        data(&message.join("\n"))
    )
}

fn harmless(text: &str) -> String {
    safe::defused(&safe::line(text))
}

/// Escapes a workflow command's message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a workflow command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

fn token(body: &str, salt: u64) -> String {
    let mut hasher = DefaultHasher::new();
    salt.hash(&mut hasher);
    body.hash(&mut hasher);
    format!("unforbid-{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_and_properties_are_escaped_as_the_agent_unescapes_them() {
        assert_eq!(data("50%\r\na:b,c"), "50%25%0D%0Aa:b,c");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }

    #[test]
    fn the_token_follows_both_the_text_and_the_salt() {
        assert_eq!(token("a", 1), token("a", 1));
        assert_ne!(token("a", 1), token("b", 1));
        assert_ne!(token("a", 1), token("a", 2));
    }
}
