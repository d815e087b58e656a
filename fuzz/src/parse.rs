//! The whole way from raw bytes to every output.

use unforbid::Preferences;
use unforbid::advice::{self, Advice, Shell};
use unforbid::diagnose::{Diagnosis, Observed, diagnose};
use unforbid::facts::{FactKey, Facts, Span};
use unforbid::knowledge::Knowledge;
use unforbid::output::{self, Format, Style};
use unforbid::parse::{ERROR_ROWS, Incident, Report, parse};
use unforbid::text::{Redacted, decode, redact};

/// Diagnoses `bytes`, in which `{npm}` and its like stand for hosts, and checks every step.
pub fn check(bytes: &[u8]) {
    let knowledge = Knowledge::bundled();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('{') => decode(knowledge.expand(text).as_bytes()),
        _ => decode(bytes),
    };
    let log = redact(text);
    let report = parse(&log);
    check_report(&log, &report);
    let diagnosis = diagnose(&log, &report, knowledge, &Observed::new());
    check_diagnosis(&log, &diagnosis);
    let advice = advice::advise(&log, "log", &report, &diagnosis, knowledge, &Preferences::default());
    check_advice(&log, &advice);
    check_output(&advice, bytes.len());
}

fn check_report(log: &Redacted, report: &Report) {
    assert!(report.error_rows.len() <= ERROR_ROWS);
    check_row_list(log, &report.error_rows);
    check_facts(log, &report.run);
    for incident in &report.incidents {
        check_incident(log, incident);
    }
}

fn check_incident(log: &Redacted, incident: &Incident) {
    assert!(!incident.rows.is_empty(), "an incident stands somewhere: {incident:?}");
    check_row_list(log, &incident.rows);
    check_facts(log, &incident.facts);
    for said in &incident.said {
        assert!(!said.text.is_empty());
        slice(log, said.span);
    }
}

/// Rows are in the log, ascending, and none stands there twice.
fn check_row_list(log: &Redacted, rows: &[usize]) {
    assert!(rows.is_sorted_by(|a, b| a < b), "{rows:?}");
    assert!(rows.iter().all(|row| *row < log.line_count()), "{rows:?} of {}", log.line_count());
}

fn check_facts(log: &Redacted, facts: &Facts) {
    for (key, fact) in facts.iter() {
        assert!(!fact.value.is_empty(), "{key}");
        if let Some(span) = fact.span {
            let words = slice(log, span);
            // Of what was decoded only the start is known; over several rows other words come in between.
            let is_literal = matches!(key, FactKey::Method | FactKey::Code);
            if is_literal && !words.is_empty() && !words.contains('\n') {
                assert!(words.contains(&fact.value), "{key} {:?} is not in {words:?}", fact.value);
            }
        }
    }
}

fn slice(log: &Redacted, span: Span) -> &str {
    log.as_str().get(span.start..span.end).unwrap_or_else(|| panic!("{span:?} is no part of the text"))
}

fn check_diagnosis(log: &Redacted, diagnosis: &Diagnosis) {
    for finding in &diagnosis.incidents {
        check_incident(log, &finding.incident);
        assert!(!finding.candidates.is_empty(), "an incident has a cause, the fallback at least");
        let sure = finding.candidates.iter().filter(|candidate| candidate.certain).count();
        assert!(sure <= 1, "{sure} causes are certain");
        for candidate in &finding.candidates {
            check_row_list(log, &candidate.rows);
            check_facts(log, &candidate.captured);
        }
    }
    assert!(diagnosis.near_misses.iter().all(|miss| miss.row < log.line_count()));
}

fn check_advice(log: &Redacted, advice: &Advice) {
    let last = log.line_number(log.line_count().saturating_sub(1));
    for incident in &advice.incidents {
        assert!(!incident.causes.is_empty());
        assert!(1 <= incident.lines.0 && incident.lines.0 <= incident.lines.1 && incident.lines.1 <= last);
        let causes = incident.causes.iter();
        for evidence in causes.clone().flat_map(|cause| &cause.evidence) {
            assert!(evidence.row < log.line_count() && evidence.line <= last && evidence.column >= 1);
            assert!(!evidence.text.is_empty());
        }
        let steps = causes.clone().flat_map(|cause| &cause.fixes).flat_map(|fix| &fix.steps);
        let commands = steps.filter_map(|step| step.command.as_ref());
        for command in
            commands.chain(causes.flat_map(|cause| &cause.checklist).filter_map(|c| c.command.as_ref()))
        {
            for line in Shell::ALL.into_iter().filter_map(|shell| command.for_shell(shell)) {
                assert!(
                    !line.is_empty() && !line.contains(|c: char| c.is_control() || crate::is_hidden(c)),
                    "{line:?}"
                );
            }
        }
    }
    assert_eq!(advice.nothing.is_some(), advice.incidents.is_empty());
}

/// One of the outputs a time, chosen by `number`, because they take longer than all before them.
fn check_output(advice: &Advice, number: usize) {
    let [width, ascii] = [20 + number % 100, number % 2];
    let style = Style { width, color: false, shell: Shell::PowerShell, ascii: ascii == 1, salt: 1 };
    match number / 2 % 4 {
        0 => check_json(advice, &style),
        1 => check_harmless(&output::render(advice, Format::Text, &style)),
        2 => check_harmless(&output::render(advice, Format::Markdown, &style)),
        _ => {
            // Its own commands are meant.
            let github = output::render(advice, Format::Github, &style);
            assert!(!github.contains("##[") && !github.contains("##vso["), "{github}");
        }
    }
}

fn check_json(advice: &Advice, style: &Style) {
    let json = output::render(advice, Format::Json, style);
    let parsed: serde_json::Value = serde_json::from_str(&json).expect("the output is JSON");
    assert_eq!(parsed["schema"], 1);
    assert_eq!(parsed["incidents"].as_array().map(Vec::len), Some(advice.incidents.len()));
    assert!(!style.ascii || json.is_ascii());
    check_harmless(&json);
}

/// Nothing that a terminal or a CI agent would obey.
fn check_harmless(shown: &str) {
    assert!(shown.ends_with('\n'));
    for line in shown.lines() {
        assert!(!line.trim_start().starts_with("::"), "{line:?}");
        assert!(
            !line.contains("##[") && !line.contains("##vso[") && !line.contains("##teamcity["),
            "{line:?}"
        );
        let acts = line.chars().find(|c| c.is_control() || crate::is_hidden(*c));
        assert_eq!(acts, None, "{line:?}");
    }
}
