//! Every rendering, from hand-built advice: what it looks like, and what a hostile log cannot make of it.

#[path = "outputs/hostile.rs"]
mod hostile;
#[path = "outputs/library.rs"]
mod library;
#[path = "outputs/sample.rs"]
mod sample;

use sample::{answer, command, nothing, style, version_exists};
use unforbid::advice::{Advice, Fix, Shell};
use unforbid::facts::{FactKey, Facts};
use unforbid::output::{Format, Style, markdown, render, render_cause};

const FORMATS: [Format; 4] = [Format::Text, Format::Json, Format::Markdown, Format::Github];

fn text(advice: &Advice) -> String {
    render(advice, Format::Text, &style())
}

#[test]
fn the_text_tells_what_why_and_what_to_type_in_this_order() {
    assert_eq!(
        text(&answer()),
        "\
E403 on publish: This version is already published (certain)

npm.acme.example already holds @acme/ui@1.0.2. A published version is final, so
the upload was refused.
Why this cause: The registry names the versions that exist.

  12 | npm error 403 403 Forbidden - PUT https://npm.acme.example/@acme%2fui -
     | You cannot publish over the previously published versions: 1.0.2.
  It stands in the log 2 times.

Fix: Publish under a new version
  Raises 1.0.2 to 1.0.3.
    npm version patch
    npm publish

Or: Ask for the old version to be removed (needs whoever runs the registry)
  This can break other people's work; ask first.
  Send this message:
    Please delete @acme/ui@1.0.2: it was published by mistake.

Check first
  1. List the versions that exist
       npm view '@acme/ui' versions --json
     Confirmed if: 1.0.2 is in the list. Otherwise: This version was unpublished

Also possible
  - This version was unpublished (possible)
    The registry writes the same sentence for it.
    unforbid explain version-burned

Sources
  - npm publish https://docs.npmjs.com/cli/v11/commands/npm-publish
Reviewed 2026-11-21.
More: unforbid explain version-exists

Secrets hidden: 1
"
    );
}

#[test]
fn a_log_without_an_incident_says_what_was_understood_and_what_would_decide() {
    assert_eq!(
        text(&nothing()),
        "\
Nothing to diagnose

  - npm 10.9.2 wrote this log.

The line that starts with npm error 403 would decide.

Related: E401 (line 3): The registry does not know who you are
  Log in first.
    npm login
  See also: unforbid explain missing-credentials

Secrets hidden: 1
"
    );
}

#[test]
fn a_shell_that_cannot_carry_a_command_says_so_and_names_the_others() {
    let cmd = Style { shell: Shell::Cmd, ..style() };
    for format in [Format::Text, Format::Markdown, Format::Github] {
        let shown = render(&answer(), format, &cmd).replace('\n', " ");
        assert!(
            shown.contains("cmd cannot carry this command safely; use sh, bash, zsh, fish or PowerShell."),
            "{shown}"
        );
        assert!(!shown.contains("    npm publish"), "{shown}");
    }
}

#[test]
fn what_the_log_does_not_show_is_named_beside_the_command() {
    let mut advice = answer();
    let missing = command("npm view '<package>@<next_version>'", &[FactKey::Package, FactKey::NextVersion]);
    advice.incidents[0].causes[0].fixes[0].steps[0].command = Some(missing);
    assert!(
        text(&advice).contains("    npm view '<package>@<next_version>'\n  fill in: package, next version\n")
    );
    let markdown = render(&advice, Format::Markdown, &style());
    assert!(markdown.contains("_fill in: package, next version_"), "{markdown}");
}

#[test]
fn a_command_is_never_wrapped() {
    let mut advice = answer();
    let long = format!("npm view '@acme/{}' versions", "x".repeat(90));
    advice.incidents[0].causes[0].fixes[0].steps[0].command = Some(command(&long, &[]));
    let narrow = Style { width: 40, ..style() };
    let shown = render(&advice, Format::Text, &narrow);
    assert!(shown.contains(&format!("\n    {long}\n")), "{shown}");
    let prose = shown.lines().find(|line| line.starts_with("npm.acme.example")).unwrap();
    assert!(prose.len() <= 40, "{prose}");
}

#[test]
fn a_long_list_of_fixes_is_cut_in_the_text_and_whole_in_the_report() {
    let mut advice = answer();
    let fixes = &mut advice.incidents[0].causes[0].fixes;
    let fix = fixes[0].clone();
    fixes.extend(["Third", "Fourth", "Fifth"].map(|title| Fix {
        title: title.to_owned(),
        when: Some("It is the case.".to_owned()),
        ..fix.clone()
    }));
    let shown = text(&advice);
    assert!(shown.contains("\nOr: Third\n  When: It is the case.\n"), "{shown}");
    let cut = "\nOther ways, in full with --format markdown\n  - Fourth\n  - Fifth\n\nCheck first\n";
    assert!(shown.contains(cut), "{shown}");
    let report = markdown::report(&advice, Shell::Posix);
    assert!(report.contains("**Or: Fifth**\n\nWhen: It is the case.\n"), "{report}");
}

#[test]
fn several_incidents_are_counted() {
    let mut advice = answer();
    advice.incidents.push(advice.incidents[0].clone());
    let shown = text(&advice);
    assert!(shown.starts_with("2 refused requests in npm-debug.log\n\n1 of 2\nE403 on publish"), "{shown}");
    assert!(shown.contains("\n\n2 of 2\nE403 on publish"), "{shown}");
}

#[test]
fn text_has_no_escape_sequences_unless_asked_for() {
    assert!(!text(&answer()).contains('\u{1b}'));
    let colored = Style { color: true, ..style() };
    let shown = render(&answer(), Format::Text, &colored);
    assert!(shown.starts_with("\u{1b}[1mE403 on publish"), "{shown:?}");
    // A folded group in a job's log is no terminal.
    assert!(!render(&answer(), Format::Github, &colored).contains('\u{1b}'));
}

#[test]
fn json_is_one_object_with_the_schema_first_and_every_key_of_the_contract() {
    let shown = render(&answer(), Format::Json, &style());
    assert!(shown.starts_with("{\n  \"schema\": 1,\n  \"input\": {"), "{shown}");
    let json: serde_json::Value = serde_json::from_str(&shown).unwrap();
    for path in [
        "/input/name",
        "/input/encoding",
        "/input/bytes",
        "/input/lines",
        "/input/secrets_hidden",
        "/incidents/0/facts/client",
        "/incidents/0/lines/1",
        "/incidents/0/occurrences",
        "/incidents/0/causes/0/id",
        "/incidents/0/causes/0/title",
        "/incidents/0/causes/0/why",
        "/incidents/0/causes/0/summary",
        "/incidents/0/causes/0/explanation/0",
        "/incidents/0/causes/0/evidence/0/line",
        "/incidents/0/causes/0/evidence/0/column",
        "/incidents/0/causes/0/evidence/0/text",
        "/incidents/0/causes/0/checklist/0/do",
        "/incidents/0/causes/0/checklist/0/command/posix",
        "/incidents/0/causes/0/checklist/0/confirms",
        "/incidents/0/causes/0/checklist/0/otherwise",
        "/incidents/0/causes/0/fixes/0/title",
        "/incidents/0/causes/0/fixes/0/steps/0/argv/0",
        "/incidents/0/causes/0/fixes/0/steps/0/command/powershell",
        "/incidents/0/causes/0/fixes/0/steps/0/text",
        "/incidents/0/causes/0/sources/0/url",
        "/incidents/0/causes/0/reviewed",
        "/incidents/0/observations",
        "/related",
        "/warnings",
    ] {
        assert!(json.pointer(path).is_some(), "{path} is missing in {shown}");
    }
    for (path, expected) in [
        ("/incidents/0/causes/0/confidence", "certain"),
        ("/incidents/0/causes/0/checklist/0/state", "open"),
        ("/incidents/0/causes/0/fixes/1/who", "registry-admin"),
        ("/incidents/0/causes/0/fixes/1/risk", "breaks-others"),
        ("/incidents/0/causes/0/fixes/1/steps/0/kind", "tell"),
    ] {
        assert_eq!(json.pointer(path).unwrap(), expected, "{path}");
    }
    assert_eq!(json.pointer("/incidents/0/facts/status").unwrap(), 403);
}

#[test]
fn json_for_a_reader_with_an_unknown_code_page_is_ascii() {
    let mut advice = answer();
    advice.input.name = "journal-\u{e9}\u{1f600}.log".into();
    let ascii = Style { ascii: true, ..style() };
    let shown = render(&advice, Format::Json, &ascii);
    assert!(shown.is_ascii());
    let json: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(json["input"]["name"], "journal-\u{e9}\u{1f600}.log");
}

#[test]
fn a_report_can_be_pasted_and_notifies_nobody() {
    assert_eq!(
        markdown::report(&answer(), Shell::Posix),
        "\
## E403 on publish: This version is already published (certain)

npm.acme.example already holds `@acme/ui@1.0.2`. A published version is final, so the upload was refused.

- Package: `@acme/ui@1.0.2`
- Registry: `https://npm.acme.example/`
- Request: `PUT https://npm.acme.example/@acme%2fui`
- Client: `npm 10.9.2`
- Account: `alice`

A registry keeps each version once.

**Why this cause:** The registry names the versions that exist.

**Evidence** (2 times in the log)

```text
  12 | npm error 403 403 Forbidden - PUT https://npm.acme.example/@acme%2fui - You cannot publish over the previously published versions: 1.0.2.
```

**Fix: Publish under a new version**

Raises 1.0.2 to 1.0.3.

```sh
npm version patch
```

```sh
npm publish
```

**Or: Ask for the old version to be removed (needs whoever runs the registry)**

This can break other people's work; ask first.

> Please delete `@acme/ui@1.0.2`: it was published by mistake.

**Check first**

- List the versions that exist
  `npm view '@acme/ui' versions --json`
  Confirmed if: 1.0.2 is in the list. Otherwise: This version was unpublished

**Also possible**

- This version was unpublished (possible): The registry writes the same sentence for it.

**Sources**

- [npm publish](https://docs.npmjs.com/cli/v11/commands/npm-publish)

Reviewed 2026-11-21.

Read: `npm-debug.log`, 14 lines, 1 secret hidden.
"
    );
}

#[test]
fn the_message_to_an_administrator_is_ready_to_send() {
    let advice = answer();
    let incident = &advice.incidents[0];
    assert_eq!(
        markdown::message_to_admin(incident, &incident.causes[0]),
        "\
Hello,

`npm.acme.example` refused a request of ours with 403 Forbidden (E403 on publish).

- Package: `@acme/ui@1.0.2`
- Registry: `https://npm.acme.example/`
- Request: `PUT https://npm.acme.example/@acme%2fui`
- Client: `npm 10.9.2`
- Account: `alice`

The log says:

```text
  12 | npm error 403 403 Forbidden - PUT https://npm.acme.example/@acme%2fui - You cannot publish over the previously published versions: 1.0.2.
```

The cause seems to be: This version is already published (certain).

Please delete `@acme/ui@1.0.2`: it was published by mistake.

Thank you.
"
    );
}

#[test]
fn without_a_message_of_its_own_the_administrator_is_asked_an_open_question() {
    let mut advice = answer();
    advice.incidents[0].facts = Facts::default();
    advice.incidents[0].causes[0].fixes.truncate(1);
    let incident = &advice.incidents[0];
    let message = markdown::message_to_admin(incident, &incident.causes[0]);
    assert!(message.starts_with("Hello,\n\nThe registry refused a request of ours"), "{message}");
    assert!(message.contains("which permission or setting is missing?"), "{message}");
}

#[test]
fn github_gets_one_annotation_an_incident_and_the_text_in_a_group_that_obeys_nothing() {
    let mut advice = answer();
    advice.incidents.push(advice.incidents[0].clone());
    let shown = render(&advice, Format::Github, &style());
    let lines: Vec<_> = shown.lines().collect();
    let annotation = "::error title=E403 on publish%3A This version is already published (certain)::npm.acme.example already holds @acme/ui@1.0.2.";
    assert!(lines[0].starts_with(annotation), "{}", lines[0]);
    assert!(
        lines[0].contains("%0A12 | npm error 403 403 Forbidden - PUT https://npm.acme.example/@acme%252fui")
    );
    assert!(lines[0].ends_with("%0AFix: Publish under a new version%0Anpm version patch%0Anpm publish"));
    assert!(lines[1].starts_with(annotation), "{}", lines[1]);
    assert_eq!(lines[2], "::group::unforbid");
    let token = lines[3].strip_prefix("::stop-commands::").unwrap();
    assert_eq!(lines[lines.len() - 2], format!("::{token}::"));
    assert_eq!(lines[lines.len() - 1], "::endgroup::");
    assert_eq!(shown.matches(token).count(), 2);
}

#[test]
fn an_entry_without_a_log_shows_its_explanation_and_questions() {
    let shown = render_cause(&version_exists(), Format::Text, &style());
    for part in [
        "This version is already published\nversion-exists\n",
        "\nA registry keeps each version once.\n",
        "\nCan I force it?\n  No.\n",
        "\nReviewed 2026-11-21.\n",
    ] {
        assert!(shown.contains(part), "{part:?} is missing in {shown}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&render_cause(&version_exists(), Format::Json, &style())).unwrap();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["cause"]["questions"][0]["ask"], "Can I force it?");
}
