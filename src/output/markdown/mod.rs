//! Advice as GitHub-flavoured Markdown, to paste in an issue or a chat.
//!
//! Owns the report and the message to an administrator. Must not know terminals.
//! Text from a log stands in fences and code spans that it cannot end; elsewhere it is escaped (`escape`).

mod escape;
mod message;

pub use message::message_to_admin;

use escape::{code, fence, prose};

use super::{safe, words};
use crate::advice::{
    Advice, Cause, Check, Command, Evidence, Fix, Incident, Nothing, Question, Related, Shell, Source, Step,
    StepKind,
};
use crate::knowledge::{self, Group};

/// The whole answer to one log.
pub fn report(advice: &Advice, shell: Shell) -> String {
    let mut out = Vec::new();
    let total = advice.incidents.len();
    for (nth, incident) in advice.incidents.iter().enumerate() {
        if total > 1 {
            out.push(format!("_Refused request {} of {total}_", nth + 1));
        }
        put_incident(&mut out, incident, shell);
    }
    if let Some(nothing) = advice.nothing.as_ref().filter(|_| total == 0) {
        put_nothing(&mut out, nothing);
    }
    for related in &advice.related {
        put_related(&mut out, related, shell);
    }
    for warning in &advice.warnings {
        out.push(format!("> {}", prose(warning)));
    }
    let input = &advice.input;
    let mut read =
        format!("Read: {}, {}", code(&input.name), words::count(input.lines as u64, "line", "lines"));
    if input.secrets_hidden > 0 {
        let hidden = words::count(input.secrets_hidden as u64, "secret", "secrets");
        read.push_str(&format!(", {hidden} hidden"));
    }
    out.push(format!("{read}."));
    finish(&out)
}

/// One entry of the library.
pub fn cause(cause: &Cause, shell: Shell) -> String {
    let mut out = vec![
        format!("## {}", prose(&words::entry_title(&cause.title, cause.own))),
        code(&cause.id),
        prose(&cause.summary),
    ];
    out.extend(cause.explanation.iter().map(|paragraph| prose(paragraph)));
    put_checks(&mut out, &cause.checklist, shell);
    put_fixes(&mut out, &cause.fixes, shell);
    put_questions(&mut out, &cause.questions);
    put_sources(&mut out, &cause.sources, &cause.reviewed);
    put_extended(&mut out, cause);
    finish(&out)
}

/// The near misses that share a code.
pub fn related(entries: &[Related], shell: Shell) -> String {
    let mut out = Vec::new();
    for entry in entries {
        let (code, title) = (prose(&entry.code), prose(&words::entry_title(&entry.title, entry.own)));
        out.push(format!("## {code}: {title}"));
        put_related_body(&mut out, entry, shell);
        put_sources(&mut out, &entry.sources, "");
    }
    finish(&out)
}

/// The table of contents: causes by section, then the near misses.
pub fn list(causes: &[knowledge::Cause], related: &[knowledge::Related]) -> String {
    let mut out = Vec::new();
    for group in Group::ALL {
        let members = causes.iter().filter(|cause| cause.group == group);
        let rows: Vec<_> =
            members.map(|cause| row(&cause.id, &words::entry_title(&cause.title, cause.own))).collect();
        if !rows.is_empty() {
            out.push(format!("## {}", group.title()));
            out.push(rows.join("\n"));
        }
    }
    if !related.is_empty() {
        out.push("## Related codes".to_owned());
        let rows = related.iter().map(|entry| row(&entry.id, &words::entry_title(&entry.title, entry.own)));
        out.push(rows.collect::<Vec<_>>().join("\n"));
    }
    finish(&out)
}

fn row(id: &str, title: &str) -> String {
    format!("- {}: {}", code(id), prose(title))
}

/// Blocks, an empty line between each two, harmless to a CI agent.
fn finish(blocks: &[String]) -> String {
    let blocks: Vec<_> = blocks.iter().map(String::as_str).filter(|b| !b.is_empty()).collect();
    safe::defused(&format!("{}\n", blocks.join("\n\n")))
}

fn put_incident(out: &mut Vec<String>, incident: &Incident, shell: Shell) {
    out.push(format!("## {}", prose(&words::heading(incident))));
    let Some(cause) = incident.causes.first() else {
        return;
    };
    out.push(prose(&cause.summary));
    let facts = words::facts(incident);
    let facts = facts.iter().map(|(label, value)| format!("- {label}: {}", code(value)));
    out.push(facts.collect::<Vec<_>>().join("\n"));
    out.extend(cause.explanation.iter().map(|paragraph| prose(paragraph)));
    if !cause.why.is_empty() {
        out.push(format!("**Why this cause:** {}", prose(&cause.why)));
    }
    if let Some(sure) = &cause.to_be_sure {
        out.push(format!("**To be sure:** {}", prose(sure)));
    }
    for line in words::proof(incident, cause) {
        out.push(prose(&line));
    }
    if !cause.evidence.is_empty() {
        let times = match incident.occurrences {
            0 | 1 => String::new(),
            times => format!(" ({times} times in the log)"),
        };
        out.push(format!("**Evidence**{times}"));
        out.push(fence("text", &evidence(&cause.evidence)));
    }
    put_fixes(out, &cause.fixes, shell);
    put_checks(out, &cause.checklist, shell);
    if incident.causes.len() > 1 {
        out.push("**Also possible**".to_owned());
        let others = incident.causes[1..].iter().map(other);
        out.push(others.collect::<Vec<_>>().join("\n"));
    }
    put_looked(out, incident);
    put_sources(out, &cause.sources, &cause.reviewed);
    put_extended(out, cause);
}

/// What was found by looking, what it rules out, and the lines that would mend it.
fn put_looked(out: &mut Vec<String>, incident: &Incident) {
    if !incident.observations.is_empty() {
        out.push(format!("**{}**", words::LOOKED));
        let found = incident.observations.iter().map(|found| format!("- {}", prose(&found.text)));
        out.push(found.collect::<Vec<_>>().join("\n"));
    }
    for correction in incident.observations.iter().filter_map(|found| found.correction.as_ref()) {
        let lines = words::change(correction).map(|(mark, line)| format!("{mark} {}", safe::line(line)));
        out.push(format!("In {}:", code(&words::spot(correction))));
        out.push(fence("diff", &lines.collect::<Vec<_>>().join("\n")));
    }
    if !incident.excluded.is_empty() {
        out.push(format!("**{}**", words::RULED_OUT));
        let excluded = incident.excluded.iter();
        let excluded = excluded.map(|out| format!("- {}: {}", prose(&out.title), prose(&out.because)));
        out.push(excluded.collect::<Vec<_>>().join("\n"));
    }
}

fn put_extended(out: &mut Vec<String>, cause: &Cause) {
    if cause.extended {
        out.push(words::EXTENDED.to_owned());
    }
}

fn other(cause: &Cause) -> String {
    let why = if cause.why.is_empty() { String::new() } else { format!(": {}", prose(&cause.why)) };
    let own = if cause.own { format!(", {}", words::OWN) } else { String::new() };
    format!("- {} ({}{own}){why}", prose(&cause.title), words::confidence(cause))
}

fn evidence(evidence: &[Evidence]) -> String {
    let lines = evidence.iter().map(|e| format!("{:>4} | {}", e.line, safe::line(&e.text)));
    lines.collect::<Vec<_>>().join("\n")
}

fn put_fixes(out: &mut Vec<String>, fixes: &[Fix], shell: Shell) {
    for (nth, fix) in fixes.iter().enumerate() {
        let label = if nth == 0 { "Fix" } else { "Or" };
        out.push(format!("**{label}: {}**", prose(&words::fix_title(fix))));
        let when = fix.when.as_deref();
        out.extend(when.map(|when| format!("When: {}", prose(when))));
        out.extend(words::danger(fix.risk).map(str::to_owned));
        for step in &fix.steps {
            put_step(out, step, shell);
        }
    }
}

fn put_step(out: &mut Vec<String>, step: &Step, shell: Shell) {
    out.extend(step.note.as_deref().map(prose));
    match step.kind {
        StepKind::Run => match &step.command {
            Some(command) => out.extend(command_blocks(command, shell)),
            None => out.push(fence("text", &step.text)),
        },
        StepKind::Edit => {
            out.extend(step.file.as_ref().map(|file| format!("In {}:", code(file))));
            out.push(fence("ini", &step.text));
        }
        StepKind::Open => out.push(link(&step.text, &step.text)),
        StepKind::Tell => {
            let lines = safe::lines(&step.text);
            let quoted = lines.iter().map(|line| format!("> {}", prose(line)));
            out.push(quoted.collect::<Vec<_>>().join("\n"));
        }
    }
}

fn command_blocks(command: &Command, shell: Shell) -> Vec<String> {
    let mut blocks = vec![match command.for_shell(shell) {
        Some(text) => fence(language(shell), text),
        None => words::not_for_shell(command, shell),
    }];
    if let Some(missing) = words::missing(&command.missing) {
        blocks.push(format!("_{missing}_"));
    }
    if let Some(client) = &command.spelled_for {
        blocks.push(format!("As {} spells it.", code(client)));
    }
    blocks
}

const fn language(shell: Shell) -> &'static str {
    match shell {
        Shell::Posix => "sh",
        Shell::PowerShell => "powershell",
        Shell::Cmd => "bat",
    }
}

fn put_checks(out: &mut Vec<String>, checks: &[Check], shell: Shell) {
    if checks.is_empty() {
        return;
    }
    out.push("**Check first**".to_owned());
    let items = checks.iter().map(|check| {
        let state = words::state(check.state).map_or(String::new(), |state| format!(" ({state})"));
        let mut item = format!("- {}{state}", prose(&check.todo));
        if let Some(command) = &check.command {
            let text = match command.for_shell(shell) {
                Some(text) => code(text),
                None => words::not_for_shell(command, shell),
            };
            item.push_str(&format!("\n  {text}"));
            if let Some(missing) = words::missing(&command.missing) {
                item.push_str(&format!(" _({missing})_"));
            }
        }
        if let Some(address) = &check.open {
            item.push_str(&format!("\n  {}", link(address, address)));
        }
        let confirms = prose(&words::sentence(&check.confirms));
        item.push_str(&format!("\n  Confirmed if: {confirms}"));
        if let Some(title) = check.otherwise_title.as_ref().or(check.otherwise.as_ref()) {
            item.push_str(&format!(" Otherwise: {}", prose(title)));
        }
        item
    });
    out.push(items.collect::<Vec<_>>().join("\n"));
}

fn put_questions(out: &mut Vec<String>, questions: &[Question]) {
    for question in questions {
        out.push(format!("**{}**", prose(&question.ask)));
        out.extend(question.answer.iter().map(|paragraph| prose(paragraph)));
    }
}

fn put_sources(out: &mut Vec<String>, sources: &[Source], reviewed: &str) {
    if !sources.is_empty() {
        out.push("**Sources**".to_owned());
        let links = sources.iter().map(|source| format!("- {}", link(&source.title, &source.url)));
        out.push(links.collect::<Vec<_>>().join("\n"));
    }
    if !reviewed.is_empty() {
        out.push(format!("Reviewed {}.", prose(reviewed)));
    }
}

fn put_nothing(out: &mut Vec<String>, nothing: &Nothing) {
    out.push(format!("## {}", prose(&nothing.title)));
    let understood = nothing.understood.iter().map(|sentence| format!("- {}", prose(sentence)));
    out.push(understood.collect::<Vec<_>>().join("\n"));
    out.push(prose(&nothing.wanted));
}

fn put_related(out: &mut Vec<String>, related: &Related, shell: Shell) {
    out.push(format!(
        "**Related: {} (line {}): {}**",
        prose(&related.code),
        related.line,
        prose(&words::entry_title(&related.title, related.own))
    ));
    put_related_body(out, related, shell);
}

fn put_related_body(out: &mut Vec<String>, related: &Related, shell: Shell) {
    out.push(prose(&related.advice));
    if let Some(step) = &related.next {
        put_step(out, step, shell);
    }
}

/// A link whose address cannot end it; an address that is not plain http(s) stays text.
fn link(title: &str, address: &str) -> String {
    let plain = (address.starts_with("https://") || address.starts_with("http://"))
        && !address.contains(|c: char| c.is_whitespace() || c.is_control() || "<>()\\".contains(c));
    match (plain, title == address) {
        (true, true) => format!("<{address}>"),
        (true, false) => format!("[{}]({address})", prose(title)),
        (false, _) => code(address),
    }
}
