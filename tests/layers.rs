//! The floors of the program: a module may use only modules on a lower floor.
//!
//! ```text
//! 7 main
//! 6 cli          app        strangers to each other
//! 5 lib.rs       output
//! 4 advice
//! 3 diagnose   probe      machine      strangers to each other
//! 2 parse      config     strangers to each other
//! 1 text         knowledge
//! 0 facts
//! ```
//!
//! Each rule below reads the sources, and fails with the file, the line and what to do instead.

#[path = "support/rules.rs"]
mod rules;
#[path = "support/source.rs"]
mod source;

use std::fs;
use std::path::{Path, PathBuf};

use rules::{File, climbs, colours, drawn_words, spelled_hosts, strays};

const LONGEST_FILE: usize = 450;

#[test]
fn a_module_uses_only_lower_floors() {
    fail_on(program().iter().flat_map(climbs));
}

#[test]
fn libraries_and_the_system_are_named_only_where_they_belong() {
    fail_on(program().iter().flat_map(strays));
}

#[test]
fn colours_are_made_in_the_theme_and_nowhere_else() {
    fail_on(program().iter().flat_map(colours));
}

#[test]
fn every_sentence_of_the_window_stands_among_its_words() {
    fail_on(program().iter().flat_map(drawn_words));
    let stray = file("app/view/start.rs", "widgets::text(ui, \"Paste it here\");\n// \"Not this\"");
    assert_eq!(drawn_words(&stray).len(), 1);
}

#[test]
fn no_source_file_is_too_long_to_be_one_idea() {
    let root = root();
    let files = files_below(&root.join("src")).into_iter().chain(files_below(&root.join("tests")));
    fail_on(files.filter_map(|path| {
        let lines = rust_text(&path)?.lines().count();
        (lines > LONGEST_FILE).then(|| {
            format!("{}: {lines} lines, the limit is {LONGEST_FILE}; split it by idea", below(&root, &path))
        })
    }));
}

#[test]
fn no_file_spells_a_registry_host_in_full() {
    let root = root();
    let hosts = registry_hosts(&root);
    let files = files_below(&root);
    assert!(
        files.iter().any(|path| path.starts_with(root.join("knowledge/causes"))),
        "the entries are among the files that are looked at"
    );
    fail_on(files.iter().flat_map(|path| {
        let bytes = fs::read(path).expect("a file of the project can be read");
        let name = below(&root, path);
        spelled_hosts(&String::from_utf8_lossy(&bytes), &hosts)
            .into_iter()
            .map(move |(line, host)| {
                // The host is not printed in full either: this text ends up in logs.
                let (label, domain) = host.split_once('.').unwrap_or(("", &host));
                format!("{name}:{line}: the host `{label}` + `{domain}`; write its provider's id in braces")
            })
            .collect::<Vec<_>>()
    }));
}

/// The hosts of the registries that are known by name, composed from their parts.
fn registry_hosts(root: &Path) -> Vec<String> {
    let compose = |label: &str, domain: &str| format!("{label}.{domain}").to_ascii_lowercase();
    // The public registry and its second name, even if no provider file should mention them.
    let mut hosts = vec![compose("registry", "npmjs.org"), compose("registry", "yarnpkg.com")];
    for path in files_below(&root.join("knowledge/providers")) {
        let text = fs::read_to_string(&path).expect("a provider file can be read");
        let provider: serde_json::Value = serde_json::from_str(&text).expect("a provider file is JSON");
        for host in provider["hosts"].as_array().into_iter().flatten() {
            let part = |name: &str| host[name].as_str().unwrap_or_default();
            let (label, domain) = (part("label"), part("domain"));
            if !label.is_empty() && !label.contains('*') {
                hosts.push(compose(label, domain));
            }
        }
    }
    hosts.sort();
    hosts.dedup();
    hosts
}

fn fail_on(offences: impl IntoIterator<Item = String>) {
    let offences: Vec<String> = offences.into_iter().collect();
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The sources of the program, without its build script and without files that hold only tests.
fn program() -> Vec<File> {
    let src = root().join("src");
    let files: Vec<File> = files_below(&src)
        .into_iter()
        .filter_map(|path| {
            let text = rust_text(&path)?;
            let path = below(&src, &path);
            let counts = path != "build.rs" && !path.ends_with("tests.rs");
            counts.then_some(File { path, text })
        })
        .collect();
    assert!(files.iter().any(|file| file.path == "lib.rs"), "the sources are found");
    files
}

fn rust_text(path: &Path) -> Option<String> {
    let is_rust = path.extension().is_some_and(|extension| extension == "rs");
    is_rust.then(|| fs::read_to_string(path).expect("a source file is text"))
}

fn below(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// All files below a folder in a fixed order, without what was built and what git keeps for itself.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("cannot list a folder: {error}: {}", folder.display()))
        .map(|entry| entry.expect("an entry of a folder").path())
        .collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() && name != "target" && name != ".git" {
            found.extend(files_below(&path));
        } else if path.is_file() {
            found.push(path);
        }
    }
    found
}

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

#[test]
fn the_floor_rule_sees_groups_inner_paths_and_climbing() {
    for (path, text) in [
        ("facts.rs", "use crate::text::Text;"),
        ("text/mod.rs", "use crate::knowledge::Knowledge;"),
        ("parse/npm.rs", "\n\nuse crate::{facts, diagnose::{Finding}};"),
        ("advice/fill.rs", "fn f() { crate::output::json::print(); }"),
        ("diagnose/mod.rs", "use super::advice::Advice;"),
        ("diagnose/rank.rs", "use super::super::advice;"),
        ("output/json.rs", "use crate::Explained;"),
        ("app/view/start.rs", "use crate::cli::args;"),
        ("cli/run.rs", "crate::app::run()"),
        ("cli/window.rs", "crate::app::theme::dark()"),
        ("lib.rs", "pub mod cli; fn f() { cli::main(); text::open(); }"),
        ("gadget/mod.rs", ""),
    ] {
        assert_eq!(climbs(&file(path, text)).len(), 1, "{path}: {text}");
    }
    let offence = &climbs(&file("parse/npm.rs", "\n\nuse crate::{facts, diagnose::rank};"))[0];
    assert_eq!(offence, "src/parse/npm.rs:3: `parse` must not know `diagnose` (crate::diagnose::rank)");
}

#[test]
fn the_floor_rule_leaves_lower_floors_tests_and_comments_alone() {
    for (path, text) in [
        ("advice/mod.rs", "mod shell; use crate::{facts::Facts, knowledge::*}; use self::shell::quote;"),
        ("advice/shell.rs", "use super::Shell; // crate::output\n/* crate::app /* nested */ crate::cli */"),
        (
            "text/redact.rs",
            "const A: &str = \"crate::app\"; const B: &str = r#\"\" crate::app\"#; const C: char = '\"';",
        ),
        ("parse/npm.rs", "#[cfg(test)]\nmod tests { use crate::diagnose; fn f() { if a { b } } }"),
        ("parse/mod.rs", "#[cfg(test)]\nmod tests;\nuse crate::text::Text;"),
        ("cli/window.rs", "fn f<'a>(x: &'a str) { crate::app::run(x) }"),
        ("cli/run.rs", "let x = crate::explain(a); use crate::output::json;"),
        ("main.rs", "fn main() { unforbid::cli::main() }"),
    ] {
        assert_eq!(climbs(&file(path, text)), Vec::<String>::new(), "{path}: {text}");
    }
    let after_tests = "#[cfg(test)]\nmod tests { fn f() {} }\nuse crate::advice::Advice;";
    assert!(climbs(&file("parse/mod.rs", after_tests))[0].starts_with("src/parse/mod.rs:3:"));
}

#[test]
fn reserved_names_are_seen_in_every_spelling() {
    for (path, text) in [
        ("parse/mod.rs", "use std::{env, io};"),
        ("parse/mod.rs", "let home = std::env::var(name);"),
        ("output/json.rs", "use std::fs::File;"),
        ("app/view/start.rs", "use std::fs;"),
        ("cli/mod.rs", "use egui::Ui;"),
        ("diagnose/mod.rs", "std::process::exit(1)"),
        ("app/jobs.rs", "use std::net::TcpStream;"),
    ] {
        assert_eq!(strays(&file(path, text)).len(), 1, "{path}: {text}");
    }
    for (path, text) in [
        ("app/places/npm_log.rs", "use std::{env, fs};"),
        ("app/view/start.rs", "use eframe::egui::{self, Ui};"),
        ("main.rs", "use std::process::ExitCode;"),
        ("parse/mod.rs", "let environment = env!(\"X\"); my::std::fs();"),
    ] {
        assert_eq!(strays(&file(path, text)), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn colours_are_seen_however_they_are_made() {
    for made in
        ["Color32::from_rgb(1, 2, 3)", "egui::Color32::RED", "hex_color!(\"#fff\")", "Rgba::from_gray(0.5)"]
    {
        assert_eq!(colours(&file("app/view/start.rs", made)).len(), 1, "{made}");
        assert!(colours(&file("app/theme.rs", made)).is_empty());
    }
    let no_decision = "fn f(c: Color32) -> Color32 { Color32::TRANSPARENT }";
    assert!(colours(&file("app/view/start.rs", no_decision)).is_empty());
}

#[test]
fn a_host_is_seen_only_as_a_whole() {
    let hosts = vec!["npm.example.com".to_owned()];
    let text = "a\nhttps://NPM.example.com/x\n//npm.example.com:443\ndocs.npm.example.com\nnpm.example.community\n\"npm\\\\.example\\\\.com\"\n";
    let lines: Vec<usize> = spelled_hosts(text, &hosts).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [2, 3, 6]);
}
