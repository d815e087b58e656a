//! Every mistake in a file: where it is, how to mend it, and that nothing else suffers.

use std::fs::{self, File};

use serde_json::{Value, json};

use crate::folder::{Folder, LOG};

/// Breaks one entry in a way, and wants this in the message; the other entry goes on working.
fn refused(name: &str, broken: &Folder, wanted: &[&str]) {
    let checked = broken.run(&["knowledge", "check", "acme"]);
    assert_eq!(checked.code, 2, "{name}: {}", checked.stdout);
    for part in wanted {
        assert!(checked.stdout.contains(part), "{name}: {part:?} is missing in\n{}", checked.stdout);
    }
    assert!(checked.stdout.contains("  hint  "), "{name}: {}", checked.stdout);
    assert!(checked.stdout.contains("own entries in use: 1;"), "{name}: {}", checked.stdout);
    let answer = broken.run_with(&["diagnose", "--knowledge", "acme"], LOG.as_bytes());
    assert_eq!(answer.code, 0, "{name}");
    assert!(answer.stdout.contains("The VPN is off (likely, own entry)"), "{name}: {}", answer.stdout);
    assert_eq!(answer.stderr.lines().count(), 1, "{name}: {}", answer.stderr);
    assert!(answer.stderr.starts_with("warning: own entry left out: "), "{name}: {}", answer.stderr);
}

/// A folder with a good entry, and `bad` with this change.
fn changed(change: impl FnOnce(&mut Value)) -> Folder {
    let folder = Folder::with_entry("acme-vpn");
    folder.add("bad");
    folder.change("acme/causes/bad.json", change);
    folder
}

/// The same with a change of the text; what is replaced has to be there.
fn replaced(from: &str, to: &str) -> Folder {
    let folder = changed(|_| {});
    let text = folder.read("acme/causes/bad.json");
    assert!(text.contains(from), "{from:?} is missing in {text}");
    folder.write_text("acme/causes/bad.json", text.replacen(from, to, 1).as_bytes());
    folder
}

/// Where `near` stands in the broken entry.
fn at(folder: &Folder, near: &str) -> String {
    let text = folder.read("acme/causes/bad.json");
    let (before, _) = text.split_once(near).unwrap_or_else(|| panic!("{near} is missing"));
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("bad.json:{line}:{column}: error: ")
}

#[test]
fn an_unknown_key_is_named_with_the_key_that_is_meant() {
    let folder = replaced("\"fixes\":", "\"fixs\":");
    let place = at(&folder, "\"fixs\"");
    refused("key", &folder, &[&place, "unknown key \"fixs\"", "did you mean \"fixes\""]);
    let folder = replaced("\"strength\": \"likely\"", "\"strength\": \"likly\"");
    let place = at(&folder, "\"likly\"");
    refused("value", &folder, &[&place, "unknown value \"likly\"", "did you mean \"likely\""]);
    let folder = changed(|entry| drop(entry.as_object_mut().and_then(|entry| entry.remove("title"))));
    refused("missing", &folder, &["bad.json:", "the key \"title\" is missing"]);
}

#[test]
fn what_is_no_json_is_told_with_its_place() {
    let folder = replaced("\"fixes\": [", "\"fixes\": [,");
    refused("comma", &folder, &["bad.json:", "this is no JSON"]);
    let folder = replaced("\"fixes\":", "// note\n\"fixes\":");
    let place = at(&folder, "// note");
    refused("comment", &folder, &[&place, "JSON has no comments"]);
    let folder = changed(|_| {});
    let text = folder.read("acme/causes/bad.json");
    folder.write_text("acme/causes/bad.json", &text.as_bytes()[..text.len() / 2]);
    refused("cut", &folder, &["this is no JSON", "is not closed"]);
    folder.write_text("acme/causes/bad.json", "[".repeat(100_000).as_bytes());
    refused("nested", &folder, &["bad.json:1:"]);
}

#[test]
fn a_pattern_that_does_not_compile_or_is_too_long_is_refused() {
    let folder = changed(|entry| entry["match"][0]["all"][0]["regex"] = json!("(unclosed"));
    let place = at(&folder, "\"(unclosed\"");
    refused("open", &folder, &[&place, "does not compile: unclosed group"]);
    let long = "x".repeat(201);
    let folder = changed(|entry| entry["match"][0]["all"][0]["regex"] = json!(long));
    let place = at(&folder, &format!("\"{long}\""));
    refused("long", &folder, &[&place, "a pattern of over 200 characters", "split it"]);
    let folder = changed(|entry| entry["match"][0]["all"][0]["regex"] = json!("(?:\\w{1000}){1000}"));
    refused("huge", &folder, &["does not compile"]);
    let folder = changed(|entry| entry["match"][0]["all"][0]["regex"] = json!("vpn (?<packge>x)"));
    refused("group", &folder, &["captures the unknown fact \"packge\"", "did you mean \"package\""]);
    let folder = changed(|entry| entry["match"][0]["all"] = json!([]));
    refused("everything", &folder, &["matches everything"]);
}

#[test]
fn a_text_that_names_an_unknown_fact_is_refused() {
    let folder = changed(|entry| entry["summary"] = json!("No {pakage} here, and ${NPM_TOKEN} is fine."));
    let place = at(&folder, "{pakage}");
    refused("fact", &folder, &[&place, "unknown placeholder {pakage}", "did you mean \"package\""]);
}

#[test]
fn a_command_is_a_list_and_never_a_line_for_a_shell() {
    let folder = changed(|entry| {
        entry["checklist"][0] = json!({
            "do": "Ask", "argv": "npm whoami", "confirms": "It answers"
        })
    });
    let place = at(&folder, "\"npm whoami\"");
    refused("text", &folder, &[&place, "a list is wanted here", "[\"npm\", \"whoami\"]"]);
    let step = |step: Value| changed(|entry| entry["fixes"][0]["steps"][0] = step);
    let folder = step(json!({ "argv": ["npm whoami && rm -rf x"] }));
    refused("line", &folder, &["a whole command line as one item"]);
    let folder = step(json!({ "argv": ["npm", "whoami", "|", "sh"] }));
    refused("pipe", &folder, &["the shell operator \"|\""]);
    let folder = step(json!({ "run": "whoam" }));
    refused("action", &folder, &["the unknown action \"whoam\"", "did you mean \"whoami\""]);
    let folder = step(json!({ "run": "whoami", "tell": "x" }));
    refused("two kinds", &folder, &["a step has 2 of run, argv, edit, open, tell"]);
    let folder = step(json!({ "open": "file:///etc/passwd" }));
    refused("not https", &folder, &["which is not https"]);
}

#[test]
fn an_id_that_exists_or_differs_from_its_file_is_refused() {
    let folder = changed(|entry| entry["id"] = json!("worse"));
    let place = at(&folder, "\"id\"");
    refused("file", &folder, &[&place, "differs from the file's name", "name the file worse.json"]);
    let folder = changed(|_| {});
    let mut entry: Value = serde_json::from_str(&folder.read("acme/causes/bad.json")).unwrap();
    fs::remove_file(folder.path("acme/causes/bad.json")).unwrap();
    entry["id"] = json!("version-exists");
    folder.write("acme/causes/version-exists.json", &entry);
    refused("bundled", &folder, &["is that of a bundled entry", "\"extends\": \"version-exists\""]);
    // The bundled one is as it was.
    let page = folder.run(&["explain", "version-exists", "--knowledge", "acme", "--json"]).json();
    assert!(page["cause"]["own"].is_null());
}

#[test]
fn an_id_in_two_folders_belongs_to_the_first() {
    let folder = Folder::with_entry("acme-vpn");
    let text = folder.read("acme/causes/acme-vpn.json").replace("The VPN is off", "The second");
    folder.write_text("team/causes/acme-vpn.json", text.as_bytes());
    let answer = folder.run_with(&["diagnose", "--knowledge", "acme", "--knowledge", "team"], LOG.as_bytes());
    assert!(answer.stdout.contains("The VPN is off"), "{}", answer.stdout);
    assert_eq!(answer.stderr.lines().count(), 1, "{}", answer.stderr);
    assert!(answer.stderr.contains("the id \"acme-vpn\" is taken"), "{}", answer.stderr);
}

#[test]
fn causes_that_outrank_each_other_in_a_circle_are_left_out() {
    let folder = changed(|entry| entry["outranks"] = json!(["worse"]));
    folder.add("worse");
    folder.change("acme/causes/worse.json", |entry| entry["outranks"] = json!(["bad"]));
    let checked = folder.run(&["knowledge", "check", "acme"]);
    assert_eq!(checked.code, 2);
    for file in ["bad", "worse"] {
        let told = format!("{file}.json:");
        let line = checked.stdout.lines().find(|line| line.contains(&told)).unwrap_or_default();
        assert!(line.contains("error: outranks itself through others"), "{}", checked.stdout);
    }
    assert!(checked.stdout.contains("own entries in use: 1;"), "{}", checked.stdout);
}

#[test]
fn naming_an_entry_that_has_a_mistake_is_no_second_mistake() {
    let folder = changed(|entry| entry["checklist"][0]["otherwise"] = json!("worse"));
    folder.write_text("acme/causes/worse.json", b"{");
    let checked = folder.run(&["knowledge", "check", "acme"]);
    assert!(checked.stdout.contains("own entries in use: 2; errors: 1,"), "{}", checked.stdout);
    fs::remove_file(folder.path("acme/causes/worse.json")).unwrap();
    refused("gone", &folder, &["points to the unknown cause \"worse\""]);
}

#[test]
fn bytes_that_are_no_text_an_empty_file_and_a_folder_are_refused() {
    let folder = changed(|_| {});
    folder.write_text("acme/causes/bad.json", b"{\n  \"id\": \"\xff\"\n}");
    refused("utf-8", &folder, &["bad.json:2:10: error: is not UTF-8", "save the file as UTF-8"]);
    folder.write_text("acme/causes/bad.json", b" \n");
    refused("empty", &folder, &["is empty", "unforbid knowledge new"]);
    fs::remove_file(folder.path("acme/causes/bad.json")).unwrap();
    fs::create_dir(folder.path("acme/causes/bad.json")).unwrap();
    refused("folder", &folder, &["is a folder"]);
    // A mark that editors of Windows put first is no mistake.
    fs::remove_dir(folder.path("acme/causes/bad.json")).unwrap();
    let text = folder.read("acme/causes/acme-vpn.json");
    folder.write_text("acme/causes/acme-vpn.json", format!("\u{feff}{text}").as_bytes());
    assert_eq!(folder.run(&["knowledge", "check", "acme"]).code, 0);
}

/// Whatever a half-written or damaged file holds, it is told and not a reason to stop.
#[test]
fn an_entry_that_is_cut_or_damaged_anywhere_costs_nothing_but_itself() {
    let folder = Folder::with_entry("acme-vpn");
    let entry = folder.read("acme/causes/acme-vpn.json");
    let mut written = 0;
    for at in (1..entry.trim_end().len()).step_by(9).filter(|at| entry.is_char_boundary(*at)) {
        let damaged =
            entry.as_bytes().iter().enumerate().map(|(nth, byte)| if nth == at { b']' } else { *byte });
        folder.write_text(&format!("acme/causes/cut-{at}.json"), &entry.as_bytes()[..at]);
        folder.write_text(&format!("acme/causes/damaged-{at}.json"), &damaged.collect::<Vec<_>>());
        written += 2;
    }
    assert!(written > 500, "{written} files");
    let merged =
        unforbid::knowledge::merge(unforbid::knowledge::Knowledge::bundled(), &[folder.path("acme")]);
    // A damaged text may be a good text, but none of these files has the name of its id.
    assert_eq!(merged.files.iter().filter(|file| file.used).count(), 1);
    let files: std::collections::BTreeSet<&str> =
        merged.problems.iter().map(|problem| problem.file.as_str()).collect();
    assert_eq!(files.len(), written);
    assert!(merged.problems.iter().all(|problem| problem.place.is_some() && !problem.hint.is_empty()));
}

#[test]
fn a_file_of_a_gigabyte_is_not_read() {
    let folder = changed(|_| {});
    let file = File::create(folder.path("acme/causes/bad.json")).unwrap();
    file.set_len(1 << 30).unwrap();
    refused("huge", &folder, &["is larger than 1 MiB"]);
    file.set_len(1024 * 1024 + 1).unwrap();
    refused("over", &folder, &["is larger than 1 MiB"]);
    file.set_len(1024 * 1024).unwrap();
    refused("at the limit", &folder, &["this is no JSON"]);
}

#[test]
fn no_more_than_two_thousand_files_are_read() {
    let folder = Folder::with_entry("acme-vpn");
    for nth in 0..2_001 {
        folder.write_text(&format!("acme/causes/z{nth}.json"), b"{");
    }
    let checked = folder.run(&["knowledge", "check", "acme"]);
    assert_eq!(checked.code, 2);
    let told = checked.stdout.matches("not read, because there are over 2000 files").count();
    assert_eq!(told, 1, "{}", checked.stdout.lines().last().unwrap_or_default());
    assert!(checked.stdout.contains("own entries in use: 1; errors: 2000,"));
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_to_a_device_or_nowhere_are_refused() {
    use std::os::unix::fs::symlink;

    let folder = changed(|_| {});
    let path = folder.path("acme/causes/bad.json");
    for (name, target, wanted) in [
        ("loop", "bad.json", "bad.json: error: is a link that leads nowhere"),
        ("device", "/dev/zero", "is a device or a pipe and no file"),
        ("nowhere", "gone.json", "leads to a file that is not there"),
        ("folder", "..", "is a folder"),
    ] {
        fs::remove_file(&path).unwrap();
        symlink(target, &path).unwrap();
        refused(name, &folder, &[wanted]);
    }
    // A link to a good file is one.
    fs::remove_file(&path).unwrap();
    fs::rename(folder.path("acme/causes/acme-vpn.json"), folder.path("elsewhere.json")).unwrap();
    symlink("../../elsewhere.json", folder.path("acme/causes/acme-vpn.json")).unwrap();
    assert_eq!(folder.run(&["knowledge", "check", "acme"]).code, 0);
}
