//! An ordinary answer, as the renderings get it.

use unforbid::advice::{
    Advice, Cause, Check, CheckState, Command, Confidence, Evidence, Fix, Incident, Input, Nothing, Question,
    Related, Shell, Source, Step, StepKind,
};
use unforbid::facts::{FactKey, Facts};
use unforbid::knowledge::{Group, Risk, SourceKind, Who};
use unforbid::output::Style;

/// What a pipe on Linux or macOS gets.
pub fn style() -> Style {
    Style { shell: Shell::Posix, ..Style::default() }
}

pub fn command(words: &str, missing: &[FactKey]) -> Command {
    Command {
        posix: Some(words.to_owned()),
        powershell: Some(words.to_owned()),
        cmd: None,
        missing: missing.to_vec(),
        spelled_for: None,
    }
}

pub fn run(words: &str, note: Option<&str>) -> Step {
    Step {
        kind: StepKind::Run,
        argv: words.split(' ').map(str::to_owned).collect(),
        command: Some(command(words, &[])),
        text: words.to_owned(),
        file: None,
        note: note.map(str::to_owned),
    }
}

pub fn step(kind: StepKind, text: &str, file: Option<&str>) -> Step {
    Step {
        kind,
        argv: Vec::new(),
        command: None,
        text: text.to_owned(),
        file: file.map(str::to_owned),
        note: None,
    }
}

pub fn fix(title: &str, who: Who, risk: Risk, steps: Vec<Step>) -> Fix {
    Fix { title: title.to_owned(), who, risk, when: None, steps }
}

pub fn version_exists() -> Cause {
    Cause {
        id: "version-exists".into(),
        title: "This version is already published".into(),
        confidence: Confidence::Certain,
        why: "The registry names the versions that exist.".into(),
        proved_by: Vec::new(),
        to_be_sure: None,
        summary: "npm.acme.example already holds @acme/ui@1.0.2. A published version is final, so the upload was refused.".into(),
        explanation: vec!["A registry keeps each version once.".into()],
        evidence: vec![Evidence {
            line: 12,
            column: 1,
            text: "npm error 403 403 Forbidden - PUT https://npm.acme.example/@acme%2fui - You cannot publish over the previously published versions: 1.0.2.".into(),
            row: 11,
        }],
        checklist: vec![Check {
            todo: "List the versions that exist".into(),
            command: Some(command("npm view '@acme/ui' versions --json", &[])),
            open: None,
            confirms: "1.0.2 is in the list".into(),
            otherwise: Some("version-burned".into()),
            otherwise_title: Some("This version was unpublished".into()),
            state: CheckState::Open,
            answered: false,
            key: String::new(),
        }],
        fixes: vec![
            fix(
                "Publish under a new version",
                Who::You,
                Risk::None,
                vec![
                    run("npm version patch", Some("Raises 1.0.2 to 1.0.3.")),
                    run("npm publish", None),
                ],
            ),
            fix(
                "Ask for the old version to be removed",
                Who::RegistryAdmin,
                Risk::BreaksOthers,
                vec![step(
                    StepKind::Tell,
                    "Please delete @acme/ui@1.0.2: it was published by mistake.",
                    None,
                )],
            ),
        ],
        questions: vec![Question {
            ask: "Can I force it?".into(),
            answer: vec!["No.".into()],
        }],
        sources: vec![Source {
            title: "npm publish".into(),
            url: "https://docs.npmjs.com/cli/v11/commands/npm-publish".into(),
            kind: SourceKind::Official,
            seen: "2026-11-21".into(),
        }],
        reviewed: "2026-11-21".into(),
        own: false,
        extended: false,
        group: Group::PublishVersionAndName,
    }
}

pub fn version_burned() -> Cause {
    Cause {
        id: "version-burned".into(),
        title: "This version was unpublished".into(),
        confidence: Confidence::Possible,
        why: "The registry writes the same sentence for it.".into(),
        ..version_exists()
    }
}

pub fn facts(pairs: &[(FactKey, &str)]) -> Facts {
    let mut facts = Facts::default();
    for (key, value) in pairs {
        facts.set(*key, *value, None);
    }
    facts
}

pub fn answer() -> Advice {
    Advice {
        input: Input {
            name: "npm-debug.log".into(),
            encoding: "UTF-8".into(),
            bytes: 2048,
            lines: 14,
            secrets_hidden: 1,
        },
        incidents: vec![Incident {
            facts: facts(&[
                (FactKey::Client, "npm"),
                (FactKey::ClientVersion, "10.9.2"),
                (FactKey::Method, "PUT"),
                (FactKey::Status, "403"),
                (FactKey::Url, "https://npm.acme.example/@acme%2fui"),
                (FactKey::Host, "npm.acme.example"),
                (FactKey::Registry, "https://npm.acme.example/"),
                (FactKey::Package, "@acme/ui"),
                (FactKey::Version, "1.0.2"),
                (FactKey::User, "alice"),
            ]),
            lines: (11, 13),
            not_shown: Vec::new(),
            occurrences: 2,
            causes: vec![version_exists(), version_burned()],
            observations: Vec::new(),
            excluded: Vec::new(),
            headline: "E403 on publish".into(),
        }],
        related: Vec::new(),
        warnings: Vec::new(),
        nothing: None,
    }
}

pub fn nothing() -> Advice {
    Advice {
        incidents: Vec::new(),
        related: vec![Related {
            id: "E401".into(),
            code: "E401".into(),
            title: "The registry does not know who you are".into(),
            own: false,
            advice: "Log in first.".into(),
            line: 3,
            next: Some(run("npm login", None)),
            see: Some("missing-credentials".into()),
            row: 2,
            sources: Vec::new(),
        }],
        nothing: Some(Nothing {
            title: "Nothing to diagnose".into(),
            understood: vec!["npm 10.9.2 wrote this log.".into()],
            wanted: "The line that starts with npm error 403 would decide.".into(),
        }),
        ..answer()
    }
}
