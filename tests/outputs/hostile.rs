//! What a hostile log cannot make of any rendering.

use unforbid::advice::{
    Advice, Cause, Check, CheckState, Command, Confidence, Evidence, Excluded, Fix, Incident, Input, Nothing,
    Observation, Question, Related, Shell, Source, Step, StepKind,
};
use unforbid::facts::{Correction, FactKey, Facts, Origin, Sign};
use unforbid::knowledge::{Group, Risk, SourceKind, Who};
use unforbid::output::{Format, Style, markdown, render, render_cause};

use super::FORMATS;
use super::sample::{answer, style};

const HOSTILE: [&str; 14] = [
    "::error file=a::owned",
    "  \t::set-output name=a::owned",
    "\u{a0}\u{200b}::add-mask::a",
    "x\n::warning::owned",
    "x\r::warning::owned",
    "x\u{2028}::warning::owned",
    "##vso[task.setvariable variable=a]owned",
    "a ##[error]owned ###[group]owned",
    "##teamcity[buildStop comment='owned']",
    "::endgroup::\n::unforbid-0000000000000000::\n::stop-commands::unforbid-0000000000000000",
    "```\n````\n<script>alert(1)</script>\n~~~",
    "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}drowssap",
    "<img src=x onerror=alert(1)> [a](javascript:alert(1)) @acme",
    "%0A::error::owned%25",
];

/// Advice in which every text is hostile, also those that no log can reach today.
fn hostile(text: &str) -> Advice {
    let owned = || text.to_owned();
    let command = || Command {
        posix: Some(owned()),
        powershell: Some(owned()),
        cmd: None,
        missing: vec![FactKey::Version],
        spelled_for: Some(owned()),
    };
    let steps = || {
        [StepKind::Run, StepKind::Edit, StepKind::Open, StepKind::Tell].map(|kind| Step {
            kind,
            argv: vec![owned()],
            command: (kind == StepKind::Run).then(command),
            text: owned(),
            file: Some(owned()),
            note: Some(owned()),
        })
    };
    let source = || Source { title: owned(), url: owned(), kind: SourceKind::Community, seen: owned() };
    let cause = || Cause {
        id: owned(),
        title: owned(),
        confidence: Confidence::Likely,
        why: owned(),
        proved_by: vec![0],
        to_be_sure: Some(owned()),
        summary: owned(),
        explanation: vec![owned()],
        evidence: vec![Evidence { line: 1, column: 1, text: owned(), row: 0 }],
        checklist: vec![Check {
            todo: owned(),
            command: Some(command()),
            open: Some(owned()),
            confirms: owned(),
            otherwise: Some(owned()),
            otherwise_title: None,
            state: CheckState::Refuted,
            answered: false,
            key: String::new(),
        }],
        fixes: vec![Fix {
            title: owned(),
            who: Who::NetworkAdmin,
            risk: Risk::ChangesConfig,
            when: Some(owned()),
            steps: steps().into(),
        }],
        questions: vec![Question { ask: owned(), answer: vec![owned()] }],
        sources: vec![source()],
        reviewed: owned(),
        own: false,
        extended: false,
        group: Group::Other,
    };
    let mut facts = Facts::default();
    for key in FactKey::ALL {
        facts.set(key, owned(), None);
    }
    Advice {
        input: Input { name: owned(), encoding: owned(), ..Input::default() },
        incidents: vec![Incident {
            facts,
            lines: (1, 1),
            not_shown: Vec::new(),
            occurrences: 3,
            causes: vec![cause(), cause()],
            observations: vec![Observation {
                observed: Sign::VersionListed,
                text: owned(),
                origin: Origin::File { file: owned(), line: 1, column: 1 },
                proves: vec![owned()],
                supports: vec![owned()],
                excludes: vec![owned()],
                correction: Some(Correction {
                    file: owned(),
                    line: Some(1),
                    old: Some(owned()),
                    new: Some(owned()),
                }),
            }],
            excluded: vec![Excluded { id: owned(), title: owned(), because: owned() }],
            headline: owned(),
        }],
        related: vec![Related {
            id: owned(),
            code: owned(),
            title: owned(),
            own: false,
            advice: owned(),
            line: 1,
            next: Some(steps()[0].clone()),
            see: Some(owned()),
            row: 0,
            sources: vec![source()],
        }],
        warnings: vec![owned()],
        nothing: None,
    }
}

/// The same without incidents.
fn hostile_nothing(text: &str) -> Advice {
    Advice {
        incidents: Vec::new(),
        nothing: Some(Nothing {
            title: text.to_owned(),
            understood: vec![text.to_owned()],
            wanted: text.to_owned(),
        }),
        ..hostile(text)
    }
}

/// What an agent would obey in this output: the lines and marks that GitHub, Azure and TeamCity look for.
fn commands_in(output: &str) -> Vec<&str> {
    let marks = ["##[", "##vso[", "##teamcity["];
    output
        .split(['\n', '\r'])
        .filter(|line| {
            let start = line.trim_start_matches(|c: char| c.is_whitespace() || !c.is_ascii());
            start.starts_with("::") || marks.iter().any(|mark| line.contains(mark))
        })
        .collect()
}

#[test]
fn nothing_a_log_says_becomes_a_workflow_command_in_any_format() {
    for payload in HOSTILE {
        for advice in [hostile(payload), hostile_nothing(payload)] {
            for format in [Format::Text, Format::Json, Format::Markdown] {
                for width in [20, 80] {
                    let shown = render(&advice, format, &Style { width, ..style() });
                    assert_eq!(commands_in(&shown), [""; 0], "{format:?} of {payload:?}");
                }
            }
            if let Some(incident) = advice.incidents.first() {
                let message = markdown::message_to_admin(incident, &incident.causes[0]);
                assert_eq!(commands_in(&message), [""; 0], "message of {payload:?}");
                for format in FORMATS {
                    let shown = render_cause(&incident.causes[0], format, &style());
                    assert_eq!(commands_in(&shown), [""; 0], "{format:?} of {payload:?}");
                }
            }
        }
    }
}

#[test]
fn in_a_github_job_only_our_own_commands_are_obeyed() {
    for payload in HOSTILE {
        let shown = render(&hostile(payload), Format::Github, &style());
        let commands = commands_in(&shown);
        assert_eq!(commands.len(), 5, "{payload:?}: {commands:#?}");
        assert!(commands[0].starts_with("::error title="), "{payload:?}");
        assert_eq!(commands[1], "::group::unforbid");
        let token = commands[2].strip_prefix("::stop-commands::").unwrap();
        assert_eq!(commands[3], format!("::{token}::"));
        assert_eq!(commands[4], "::endgroup::");
        let title = commands[0].strip_prefix("::error title=").unwrap();
        let (title, message) = title.split_once("::").unwrap();
        assert!(!title.contains([',', ':', '\r', '\n']), "{title}");
        assert!(!message.contains(['\r', '\n']), "{message}");
    }
}

#[test]
fn the_token_that_ends_the_silence_differs_from_run_to_run() {
    let token = |salt| {
        let shown = render(&answer(), Format::Github, &Style { salt, ..style() });
        let line = shown.lines().find(|line| line.starts_with("::stop-commands::")).unwrap();
        line.to_owned()
    };
    assert_ne!(token(1), token(2));
}

#[test]
fn no_output_holds_a_character_that_acts_on_the_terminal_or_hides() {
    for payload in HOSTILE {
        for format in FORMATS {
            let shown = render(&hostile(payload), format, &style());
            let acting = shown.chars().find(|c| {
                *c != '\n' && c.is_control()
                    || matches!(c, '\u{2028}'..='\u{202e}' | '\u{200b}' | '\u{2066}'..='\u{2069}')
            });
            assert_eq!(acting, None, "{format:?} of {payload:?}");
        }
    }
}

#[test]
fn json_says_exactly_what_the_log_said() {
    for payload in HOSTILE {
        let json: serde_json::Value =
            serde_json::from_str(&render(&hostile(payload), Format::Json, &style())).unwrap();
        assert_eq!(json["incidents"][0]["causes"][0]["evidence"][0]["text"], payload);
        assert_eq!(json["incidents"][0]["facts"]["reason"], payload);
    }
}

/// The parts of a Markdown text that are neither in a fence nor in a code span. Panics if a fence stays open.
fn outside_code(markdown: &str) -> String {
    let mut outside = String::new();
    let mut fence: Option<usize> = None;
    for line in markdown.lines() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            Some(open) if ticks >= open && line.trim_matches('`').is_empty() => fence = None,
            Some(_) => {}
            None if ticks >= 3 && !line[ticks..].contains('`') => fence = Some(ticks),
            None => {
                outside.push_str(&without_spans(line));
                outside.push('\n');
            }
        }
    }
    assert_eq!(fence, None, "a fence is left open in {markdown}");
    outside
}

fn without_spans(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        if rest[..at].ends_with('\\') {
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        }
        out.push_str(&rest[..at]);
        let body = rest[at..].trim_start_matches('`');
        let ticks = &rest[at..rest.len() - body.len()];
        // The end is a run of exactly as many.
        let mut from = 0;
        let end = loop {
            let found = from + body[from..].find(ticks).unwrap_or_else(|| panic!("open span: {line}"));
            let run = body[found..].len() - body[found..].trim_start_matches('`').len();
            if run == ticks.len() {
                break found + run;
            }
            from = found + run;
        };
        rest = &body[end..];
    }
    out.push_str(rest);
    out
}

#[test]
fn evidence_cannot_leave_its_fence_and_markup_stays_text() {
    for payload in HOSTILE {
        for markdown in [
            markdown::report(&hostile(payload), Shell::Posix),
            markdown::report(&hostile_nothing(payload), Shell::Posix),
            markdown::cause(&hostile(payload).incidents[0].causes[0], Shell::Posix),
            markdown::message_to_admin(
                &hostile(payload).incidents[0],
                &hostile(payload).incidents[0].causes[0],
            ),
        ] {
            let outside = outside_code(&markdown).replace("\\]", "");
            for markup in ["<script", "<img", "](javascript:", "@acme"] {
                assert!(!outside.contains(markup), "{markup} of {payload:?} in\n{outside}");
            }
        }
    }
}
