//! Advice for a person at a terminal, to be understood in ten seconds.
//!
//! Owns the order and the indentation. Must not know colours or columns; see `page`.
//! Example of the first line: `E403 on publish: This version is already published (likely)`.

use super::page::{Page, Paint};
use super::{Style, words};
use crate::advice::{
    Advice, Cause, Check, Command, Evidence, Fix, Incident, Nothing, Related, Shell, Source, Step, StepKind,
};
use crate::knowledge::{self, Group};

/// How many fixes of an answer are spelled out: more would push the heading off the screen.
const FIXES_IN_FULL: usize = 3;
/// How many sources of an answer are named.
const SOURCES: usize = 3;

/// The whole answer to one log.
pub fn advice(advice: &Advice, style: &Style) -> String {
    let mut page = Page::new(style.width, style.color);
    put_advice(&mut page, advice, style.shell);
    page.finish()
}

/// One entry of the library.
pub fn cause(cause: &Cause, style: &Style) -> String {
    let mut page = Page::new(style.width, style.color);
    page.hanging("", "  ", &words::entry_title(&cause.title, cause.own), Paint::Bold);
    page.hanging("", "  ", &cause.id, Paint::Dim);
    page.gap();
    page.paragraph("", &cause.summary);
    for paragraph in &cause.explanation {
        page.gap();
        page.paragraph("", paragraph);
    }
    put_checks(&mut page, &cause.checklist, style.shell);
    put_fixes(&mut page, &cause.fixes, style.shell);
    for question in &cause.questions {
        page.gap();
        page.hanging("", "", &question.ask, Paint::Bold);
        for paragraph in &question.answer {
            page.paragraph("  ", paragraph);
        }
    }
    put_sources(&mut page, &cause.sources, &cause.reviewed);
    put_extended(&mut page, cause);
    page.finish()
}

fn put_advice(page: &mut Page, advice: &Advice, shell: Shell) {
    let total = advice.incidents.len();
    if total > 1 {
        let line = format!("{total} refused requests in {}", advice.input.name);
        page.hanging("", "  ", &line, Paint::Bold);
    }
    for (nth, incident) in advice.incidents.iter().enumerate() {
        page.gap();
        if total > 1 {
            page.hanging("", "", &format!("{} of {total}", nth + 1), Paint::Dim);
        }
        put_incident(page, incident, shell);
    }
    if let Some(nothing) = advice.nothing.as_ref().filter(|_| total == 0) {
        put_nothing(page, nothing);
    }
    for related in &advice.related {
        page.gap();
        put_related(page, related, shell);
    }
    if advice.input.secrets_hidden > 0 {
        let line = format!("Secrets hidden: {}", advice.input.secrets_hidden);
        page.gap();
        page.hanging("", "", &line, Paint::Dim);
    }
}

fn put_incident(page: &mut Page, incident: &Incident, shell: Shell) {
    page.hanging("", "  ", &words::heading(incident), Paint::Bold);
    let Some(cause) = incident.causes.first() else {
        return;
    };
    page.gap();
    page.paragraph("", &cause.summary);
    if !cause.why.is_empty() {
        page.paragraph("", &format!("Why this cause: {}", cause.why));
    }
    if let Some(sure) = &cause.to_be_sure {
        page.paragraph("", &format!("To be sure: {sure}"));
    }
    for line in words::proof(incident, cause) {
        page.paragraph("", &line);
    }
    put_evidence(page, &cause.evidence);
    if incident.occurrences > 1 {
        let times = words::count(incident.occurrences as u64, "time", "times");
        page.hanging("  ", "  ", &format!("It stands in the log {times}."), Paint::Dim);
    }
    let (spelled_out, other_fixes) = at_most(&cause.fixes, FIXES_IN_FULL);
    put_fixes(page, spelled_out, shell);
    put_fix_titles(page, other_fixes);
    put_checks(page, &cause.checklist, shell);
    put_others(page, &incident.causes[1..]);
    put_looked(page, incident);
    put_sources(page, at_most(&cause.sources, SOURCES).0, &cause.reviewed);
    put_extended(page, cause);
    let more = format!("More: unforbid explain {}", cause.id);
    page.hanging("", "  ", &more, Paint::Dim);
}

/// What was found by looking, what it rules out, and the lines that would mend it.
fn put_looked(page: &mut Page, incident: &Incident) {
    if !incident.observations.is_empty() {
        page.gap();
        page.hanging("", "", words::LOOKED, Paint::Bold);
        for (index, observation) in incident.observations.iter().enumerate() {
            let number = format!("  {}. ", index + 1);
            page.hanging(&number, "     ", &observation.text, Paint::Plain);
            if let Some(correction) = &observation.correction {
                page.hanging("     ", "       ", &words::spot(correction), Paint::Dim);
                for (mark, line) in words::change(correction) {
                    page.quoted(&format!("     {mark} "), "       ", line);
                }
            }
        }
    }
    if !incident.excluded.is_empty() {
        page.gap();
        page.hanging("", "", words::RULED_OUT, Paint::Bold);
        for excluded in &incident.excluded {
            let line = format!("{} ({}): {}", excluded.title, excluded.id, excluded.because);
            page.hanging("  - ", "    ", &line, Paint::Plain);
        }
    }
}

/// The first `count` and the rest; all and nothing if only one would be left out, because saying so takes as much.
fn at_most<T>(all: &[T], count: usize) -> (&[T], &[T]) {
    let fits = all.len() <= count + 1;
    all.split_at(if fits { all.len() } else { count })
}

fn put_evidence(page: &mut Page, evidence: &[Evidence]) {
    if evidence.is_empty() {
        return;
    }
    page.gap();
    let widest = evidence.iter().map(|e| e.line.to_string().len()).max();
    let digits = widest.unwrap_or(1).max(2);
    let rest = format!("  {:digits$} | ", "");
    for line in evidence {
        page.quoted(&format!("  {:digits$} | ", line.line), &rest, &line.text);
    }
}

fn put_fixes(page: &mut Page, fixes: &[Fix], shell: Shell) {
    for (nth, fix) in fixes.iter().enumerate() {
        page.gap();
        let label = if nth == 0 { "Fix" } else { "Or" };
        let title = format!("{label}: {}", words::fix_title(fix));
        page.hanging("", "  ", &title, Paint::Bold);
        if let Some(when) = &fix.when {
            page.paragraph("  ", &format!("When: {when}"));
        }
        if let Some(danger) = words::danger(fix.risk) {
            page.paragraph("  ", danger);
        }
        for step in &fix.steps {
            put_step(page, step, shell);
        }
    }
}

fn put_fix_titles(page: &mut Page, fixes: &[Fix]) {
    if fixes.is_empty() {
        return;
    }
    page.gap();
    page.hanging("", "  ", "Other ways, in full with --format markdown", Paint::Bold);
    for fix in fixes {
        page.hanging("  - ", "    ", &words::fix_title(fix), Paint::Plain);
    }
}

fn put_step(page: &mut Page, step: &Step, shell: Shell) {
    if let Some(note) = &step.note {
        page.paragraph("  ", note);
    }
    match step.kind {
        StepKind::Run => match &step.command {
            Some(command) => put_command(page, "  ", command, shell),
            None => page.verbatim("    ", &step.text),
        },
        StepKind::Edit => {
            if let Some(file) = &step.file {
                page.paragraph("  ", &format!("In {file}:"));
            }
            page.verbatim("    ", &step.text);
        }
        StepKind::Open => page.verbatim("    ", &step.text),
        StepKind::Tell => {
            page.paragraph("  ", "Send this message:");
            page.block("    ", &step.text);
        }
    }
}

/// A command alone on its line, four columns in, so that it can be copied alone.
fn put_command(page: &mut Page, indent: &str, command: &Command, shell: Shell) {
    match command.for_shell(shell) {
        Some(text) => page.verbatim(&format!("{indent}  "), text),
        None => page.paragraph(indent, &words::not_for_shell(command, shell)),
    }
    if let Some(missing) = words::missing(&command.missing) {
        page.paragraph(indent, &missing);
    }
    if let Some(client) = &command.spelled_for {
        page.paragraph(indent, &format!("(as {client} spells it)"));
    }
}

fn put_checks(page: &mut Page, checks: &[Check], shell: Shell) {
    if checks.is_empty() {
        return;
    }
    page.gap();
    page.hanging("", "", "Check first", Paint::Bold);
    for (nth, check) in checks.iter().enumerate() {
        let first = format!("  {}. ", nth + 1);
        let rest = " ".repeat(first.len());
        let todo = match words::state(check.state) {
            Some(state) => format!("{} ({state})", check.todo),
            None => check.todo.clone(),
        };
        page.hanging(&first, &rest, &todo, Paint::Plain);
        if let Some(command) = &check.command {
            put_command(page, &rest, command, shell);
        }
        if let Some(address) = &check.open {
            page.verbatim(&format!("{rest}  "), address);
        }
        let mut answer = format!("Confirmed if: {}", words::sentence(&check.confirms));
        if let Some(title) = check.otherwise_title.as_ref().or(check.otherwise.as_ref()) {
            answer.push_str(&format!(" Otherwise: {title}"));
        }
        page.paragraph(&rest, &answer);
    }
}

fn put_others(page: &mut Page, causes: &[Cause]) {
    if causes.is_empty() {
        return;
    }
    page.gap();
    page.hanging("", "", "Also possible", Paint::Bold);
    for cause in causes {
        page.hanging("  - ", "    ", &words::titled(cause), Paint::Plain);
        page.paragraph("    ", &cause.why);
        page.verbatim("    ", &format!("unforbid explain {}", cause.id));
    }
}

fn put_sources(page: &mut Page, sources: &[Source], reviewed: &str) {
    page.gap();
    if !sources.is_empty() {
        page.hanging("", "", "Sources", Paint::Bold);
    }
    for source in sources {
        page.hanging("  - ", "    ", &format!("{} {}", source.title, source.url), Paint::Plain);
    }
    if !reviewed.is_empty() {
        page.hanging("", "", &format!("Reviewed {reviewed}."), Paint::Dim);
    }
}

fn put_extended(page: &mut Page, cause: &Cause) {
    if cause.extended {
        page.hanging("", "", words::EXTENDED, Paint::Dim);
    }
}

fn put_nothing(page: &mut Page, nothing: &Nothing) {
    page.hanging("", "  ", &nothing.title, Paint::Bold);
    page.gap();
    for sentence in &nothing.understood {
        page.hanging("  - ", "    ", sentence, Paint::Plain);
    }
    page.gap();
    page.paragraph("", &nothing.wanted);
}

fn put_related(page: &mut Page, related: &Related, shell: Shell) {
    let place = words::place((related.line, related.line));
    let title =
        format!("Related: {} ({place}): {}", related.code, words::entry_title(&related.title, related.own));
    page.hanging("", "  ", &title, Paint::Bold);
    put_related_body(page, related, shell);
}

fn put_related_body(page: &mut Page, related: &Related, shell: Shell) {
    page.paragraph("  ", &related.advice);
    if let Some(step) = &related.next {
        put_step(page, step, shell);
    }
    if let Some(see) = &related.see {
        page.paragraph("  ", &format!("See also: unforbid explain {see}"));
    }
}

/// The near misses that share a code.
pub fn related(entries: &[Related], style: &Style) -> String {
    let mut page = Page::new(style.width, style.color);
    for entry in entries {
        page.gap();
        let title = format!("{}: {}", entry.code, words::entry_title(&entry.title, entry.own));
        page.hanging("", "  ", &title, Paint::Bold);
        put_related_body(&mut page, entry, style.shell);
        put_sources(&mut page, &entry.sources, "");
    }
    page.finish()
}

/// The table of contents: causes by section, then the near misses.
pub fn list(causes: &[knowledge::Cause], related: &[knowledge::Related], style: &Style) -> String {
    let mut page = Page::new(style.width, style.color);
    let ids = causes.iter().map(|cause| cause.id.len());
    let widest = ids.chain(related.iter().map(|entry| entry.id.len())).max().unwrap_or(0);
    for group in Group::ALL {
        let mut members = causes.iter().filter(|cause| cause.group == group).peekable();
        if members.peek().is_none() {
            continue;
        }
        page.gap();
        page.hanging("", "  ", group.title(), Paint::Bold);
        for cause in members {
            put_row(&mut page, &cause.id, &words::entry_title(&cause.title, cause.own), widest);
        }
    }
    if !related.is_empty() {
        page.gap();
        page.hanging("", "  ", "Related codes, which are not a registry's 403", Paint::Bold);
        for entry in related {
            put_row(&mut page, &entry.id, &words::entry_title(&entry.title, entry.own), widest);
        }
    }
    page.gap();
    page.hanging("", "", "More about one of them: unforbid explain ID", Paint::Dim);
    page.finish()
}

fn put_row(page: &mut Page, id: &str, title: &str, widest: usize) {
    let rest = " ".repeat(widest + 4);
    page.hanging(&format!("  {id:widest$}  "), &rest, title, Paint::Plain);
}
