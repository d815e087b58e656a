//! The README says what the program does: its help text and its table of causes are the program's own.
//!
//! `UPDATE_README=1 cargo test --test readme` writes both.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use unforbid::knowledge::{Group, Knowledge};

/// The text between `<!-- name -->` and `<!-- /name -->` replaced by `content`.
fn with_section(readme: &str, name: &str, content: &str) -> String {
    let (open, close) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
    let start = readme.find(&open).expect("the section opens") + open.len();
    let end = readme.find(&close).expect("the section closes");
    format!("{}\n{content}\n{}", &readme[..start], &readme[end..])
}

fn help() -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_unforbid"))
        .arg("--help")
        .env_remove("COLUMNS")
        .output()
        .expect("the program runs");
    let text = String::from_utf8(run.stdout).expect("help is text");
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    format!("```text\n{}\n```", lines.join("\n"))
}

fn causes() -> String {
    let mut table = String::new();
    for group in Group::ALL {
        let causes: Vec<_> =
            Knowledge::bundled().causes().iter().filter(|cause| cause.group == group).collect();
        if causes.is_empty() {
            continue;
        }
        writeln!(table, "### {}\n\n| Cause | Id |\n| --- | --- |", group.title()).expect("a string");
        for cause in causes {
            writeln!(table, "| {} | `{}` |", cause.title, cause.id).expect("a string");
        }
        table.push('\n');
    }
    table.trim_end().to_owned()
}

#[test]
fn help_and_table_are_those_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let found = std::fs::read_to_string(&path).expect("the README is there");
    let wanted = with_section(&with_section(&found, "help", &help()), "causes", &causes());
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, &wanted).expect("the README can be written");
        return;
    }
    assert!(
        found == wanted,
        "README.md is out of step; mend it with  UPDATE_README=1 cargo test --test readme"
    );
}

#[test]
fn exactly_two_commands_do_all_the_set_up() {
    let readme = include_str!("../README.md");
    let section = readme
        .split("## Two commands")
        .nth(1)
        .and_then(|rest| rest.split("\n## ").next())
        .expect("the section");
    let commands: Vec<&str> = section.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(commands.len(), 2, "{commands:?}");
}
