//! A message to whoever can lift the refusal, ready to send.
//!
//! Owns its wording. Must not know who sends it.

use super::super::{safe, words};
use super::escape::{code, fence, prose};
use super::{evidence, finish};
use crate::advice::{Cause, Incident, StepKind};
use crate::facts::FactKey;
use crate::knowledge::Who;

/// What was refused, by whom, when and for whom, the line that says so, and what is asked for.
pub fn message_to_admin(incident: &Incident, cause: &Cause) -> String {
    let registry = incident.facts.get(FactKey::Host).map(code).unwrap_or_default();
    let by = if registry.is_empty() { "The registry".to_owned() } else { registry };
    let mut out = vec![
        "Hello,".to_owned(),
        format!("{by} refused a request of ours with 403 Forbidden ({}).", prose(&incident.headline)),
    ];
    let facts = words::facts(incident);
    let facts = facts.iter().map(|(label, value)| format!("- {label}: {}", code(value)));
    out.push(facts.collect::<Vec<_>>().join("\n"));
    if !cause.evidence.is_empty() {
        out.push("The log says:".to_owned());
        out.push(fence("text", &evidence(&cause.evidence)));
    }
    out.push(format!("The cause seems to be: {}.", prose(&words::titled(cause))));
    out.push(request(cause));
    out.push("Thank you.".to_owned());
    finish(&out)
}

/// What is asked for: the message that the first fix for somebody else holds, or an open question.
fn request(cause: &Cause) -> String {
    let messages = cause.fixes.iter().filter(|fix| fix.who != Who::You).flat_map(|fix| &fix.steps);
    let message = messages.into_iter().find(|step| step.kind == StepKind::Tell);
    match message {
        Some(step) => {
            let lines = safe::lines(&step.text);
            lines.iter().map(|line| prose(line)).collect::<Vec<_>>().join("\n")
        }
        None => {
            "Could you please check what your side has logged for this request, and tell us which permission \
                 or setting is missing?"
                .to_owned()
        }
    }
}
