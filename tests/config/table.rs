//! The page `docs/configuration.md`: what a configuration looks like, what real clients did, and what is said about it.
//!
//! `UPDATE_DOCS=1 cargo test --test config` writes it. The findings come from the audit itself, so that the page cannot
//! say what the program does not.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;
use unforbid::config;
use unforbid::facts::FactKey;

use super::layout::{Setup, knowledge};

/// The end of November 2026, as in the cases.
const NOW: u64 = 1_795_300_000;

/// The clients of the columns, each in the version that was measured.
const CLIENTS: [(&str, &str, &str); 5] = [
    ("npm 11", "npm", "11."),
    ("pnpm 10", "pnpm", "10."),
    ("Yarn 1", "yarn1", "1."),
    ("Yarn 4", "berry", "4."),
    ("Bun", "bun", "1."),
];

/// The checks, and what each is about.
const CHECKS: [(&str, &str); 24] = [
    ("C01", "The refused host, and the registry that the configuration picks for the package."),
    ("C02", "`publishConfig` in `package.json`, and what comes before it."),
    ("C03", "No credential for the refused address."),
    ("C04", "A credential for the same host under another path, port or spelling."),
    ("C05", "Variables that are not set, or that a client does not fill in."),
    ("C06", "Yarn 1 sends no token with an unscoped package unless told to."),
    ("C07", "Credentials in `.npmrc`, which Yarn 2 and later do not read."),
    ("C08", "A token without a registry in front."),
    ("C09", "A password that is not base64."),
    ("C10", "Values that are cut, sections that swallow keys, lines without `=`."),
    ("C11", "Files in UTF-16, as PowerShell writes them."),
    ("C12", "The `.npmrc` of a workspace member."),
    ("C13", "A token whose shape belongs to another registry."),
    ("C14", "A token that says of itself that it has expired, or lives too short."),
    ("C15", "A registry whose address starts with `http:`."),
    ("C16", "Lock files that name another host."),
    ("C17", "A mirror or a read-only view as the registry of a publish."),
    ("C18", "The owner in `repository`, and the scope."),
    ("C19", "What `package.json` says about publishing."),
    ("C20", "A token where trusted publishing was meant."),
    ("C21", "GitHub's registry with an owner's path behind it."),
    ("C22", "Proxies."),
    ("C23", "A user and a password in the registry's address."),
    ("C24", "The same key in several places."),
];

#[derive(Deserialize)]
struct Run {
    #[serde(flatten)]
    setup: Setup,
    #[serde(default)]
    command: String,
    #[serde(default)]
    wire: Vec<Seen>,
    #[serde(default)]
    said: String,
}

#[derive(Deserialize)]
struct Seen {
    method: String,
    host: String,
    auth: String,
}

#[test]
fn the_page_about_configurations_is_in_step() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/configuration.md");
    let wanted = page();
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    if found == wanted {
        return;
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        return std::fs::write(&path, wanted).expect("the page can be written");
    }
    let line = found.lines().zip(wanted.lines()).position(|(one, other)| one != other).unwrap_or(0);
    let (is, due) = (found.lines().nth(line), wanted.lines().nth(line));
    panic!(
        "docs/configuration.md is out of date, first in line {}\n  found  {is:?}\n  wanted {due:?}\n  mend it with  UPDATE_DOCS=1 cargo test --test config",
        line + 1
    );
}

fn page() -> String {
    let measured: Vec<Run> =
        serde_json::from_str(include_str!("measured.json")).expect("measured.json is a list of runs");
    let cases: Vec<Run> =
        serde_json::from_str(include_str!("cases.json")).expect("cases.json is a list of cases");
    let mut out = String::from(
        "# What package managers make of a configuration\n\n\
         This page is made by `UPDATE_DOCS=1 cargo test --test config`; a test fails when it is out of date.\n\
         The columns of the clients are what arrived at a registry on loopback when the real client ran; the runs stand in `tests/config/measured.json`.\n\
         Below it stands what `unforbid diagnose --config` finds in that configuration when that very request was refused.\n\
         *one* and *two* are tokens, *login* is a user and a password.\n\
         A dash means that this configuration was not measured with that client.\n\
         Hosts of public registries are written as `{npm}` and the like.\n",
    );
    for (check, about) in CHECKS {
        let named = |run: &&Run| run.setup.check.as_deref() == Some(check) && column(&run.setup).is_some();
        let runs: Vec<&Run> = measured.iter().filter(named).collect();
        // Writing to a String cannot fail.
        write!(out, "\n## {check}\n\n{about}\n").expect("a String takes all");
        if runs.is_empty() {
            out.push_str("This shows in the files alone, so no client had to run.\n\n");
            alone(&mut out, &cases.iter().filter(named).collect::<Vec<_>>());
        } else {
            out.push('\n');
            beside(&mut out, &runs);
        }
    }
    out
}

/// A table of configurations by client.
fn beside(out: &mut String, runs: &[&Run]) {
    let mut rows: BTreeMap<(String, String), [Option<String>; CLIENTS.len()]> = BTreeMap::new();
    for run in runs {
        let Some(column) = column(&run.setup) else { continue };
        let row = rows.entry((run.setup.name.clone(), files(run))).or_default();
        row[column] = Some(format!("{}<br>{}", happened(run), signs(run)));
    }
    out.push_str("| configuration |");
    for (title, _, _) in CLIENTS {
        write!(out, " {title} |").expect("a String takes all");
    }
    out.push_str("\n| --- |");
    out.push_str(&" --- |".repeat(CLIENTS.len()));
    out.push('\n');
    for ((name, files), cells) in rows {
        write!(out, "| **{name}**<br>{files} |").expect("a String takes all");
        for cell in cells {
            write!(out, " {} |", cell.unwrap_or_else(|| "-".to_owned())).expect("a String takes all");
        }
        out.push('\n');
    }
}

/// A table of what is found without running anybody.
fn alone(out: &mut String, cases: &[&Run]) {
    out.push_str("| configuration | found |\n| --- | --- |\n");
    for case in cases {
        let (name, files, signs) = (&case.setup.name, files(case), signs(case));
        writeln!(out, "| **{}**<br>{files} | {signs} |", cell(name)).expect("a String takes all");
    }
}

fn column(setup: &Setup) -> Option<usize> {
    CLIENTS
        .iter()
        .position(|(_, client, version)| setup.client == *client && setup.version.starts_with(version))
}

/// The lines of the files, without what every project has.
fn files(run: &Run) -> String {
    let setup = &run.setup;
    let mut shown = Vec::new();
    if let Some(flag) = run.command.split(' ').find(|word| word.starts_with("--registry=")) {
        shown.push(format!("with {}", code(flag)));
    }
    for (name, lines) in &setup.files {
        let text = lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        if name == "project/package.json" && !text.contains("publishConfig") && lines.len() == 1 {
            continue;
        }
        let name = name.replace("home/", "~/").replace("project/", "");
        if name.ends_with(".json") || name.ends_with(".lock") || name.ends_with("-lock.yaml") {
            let cut: String = text.chars().take(160).collect();
            let rest = if cut.len() < text.len() { "…" } else { "" };
            shown.push(format!("{name}: {}", code(&format!("{cut}{rest}"))));
        } else {
            let lines = lines.iter().filter(|line| !line.trim().is_empty()).map(|line| code(line));
            shown.push(format!("{name}:<br>{}", lines.collect::<Vec<_>>().join("<br>")));
        }
    }
    for (name, value) in &setup.env {
        let value = if name.starts_with("FAKE_") { "…" } else { value.as_str() };
        shown.push(code(&format!("{name}={value}")));
    }
    if shown.is_empty() { "nothing".to_owned() } else { shown.join("<br>") }
}

/// What the client did: the requests, or why there were none.
fn happened(run: &Run) -> String {
    let mut seen: Vec<String> = Vec::new();
    for seen_request in run.wire.iter().filter(|seen| seen.method != "CONNECT") {
        let Seen { method, host, auth, .. } = seen_request;
        let line = format!("{method} {}: {}", code(host), sent(auth));
        if !seen.contains(&line) {
            seen.push(line);
        }
    }
    if !seen.is_empty() {
        return seen.join("<br>");
    }
    if run.wire.is_empty() && run.said.is_empty() {
        return "no request".to_owned();
    }
    let said: String = run.said.split_whitespace().collect::<Vec<_>>().join(" ");
    if said.is_empty() {
        "only the tunnel was asked for".to_owned()
    } else {
        format!("no request: {}", code(&said))
    }
}

fn sent(auth: &str) -> String {
    match auth {
        "none" => "nothing".to_owned(),
        "bearer:lab-token-one" => "*one*".to_owned(),
        "bearer:lab-token-two" => "*two*".to_owned(),
        "basic:ZGV2OmxhYi1wYXNzd29yZA==" => "*login*".to_owned(),
        "bearer:" => "an empty token".to_owned(),
        other if other.starts_with("bearer:") => format!("the text {}", code(&other["bearer:".len()..])),
        _ => "a garbled login".to_owned(),
    }
}

/// What is found when the request of the run is the refused one.
fn signs(run: &Run) -> String {
    let mut laid = run.setup.lay();
    if !run.command.is_empty() {
        laid.facts.set(FactKey::Command, run.command.as_str(), None);
    }
    let found = config::audit(&laid.configuration, &laid.facts, knowledge(), NOW);
    let names: Vec<&str> = found.iter().map(|observation| observation.sign.name()).collect();
    if names.is_empty() { "*nothing found*".to_owned() } else { names.join(", ") }
}

/// A text as code in a cell.
fn code(text: &str) -> String {
    let text = cell(text);
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// A text in a cell: a bar would end it.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\u{2009}', " ")
}
