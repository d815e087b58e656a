//! Own entries from outside: a folder in, answers and messages out.
//!
//! Every test has a folder of its own, and none of them sees the entries of whoever runs it.

// Clippy takes the helpers below for code outside of tests.
#![allow(clippy::unwrap_used)]

#[path = "own_entries/folder.rs"]
mod folder;
#[path = "own_entries/mistakes.rs"]
mod mistakes;
#[path = "own_entries/walkthrough.rs"]
mod walkthrough;

use std::fs;

use folder::{Folder, LOG};
use serde_json::{Value, json};

#[test]
fn a_new_entry_is_valid_and_says_what_is_left_to_write() {
    let folder = Folder::new();
    let made = folder.run(&["knowledge", "new", "acme-vpn", "--in", "acme"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert!(made.stdout.contains("unforbid knowledge check acme"), "{}", made.stdout);
    let checked = folder.run(&["knowledge", "check", "acme"]);
    assert_eq!(checked.code, 1, "{}", checked.stdout);
    assert!(checked.stdout.contains("own entries in use: 1; errors: 0, warnings: 1"), "{}", checked.stdout);
    assert!(checked.stdout.contains("texts are still those of the skeleton"), "{}", checked.stdout);
}

#[test]
fn an_own_cause_is_named_and_marked_in_every_form() {
    let folder = Folder::with_entry("acme-vpn");
    let run = |arguments: &[&str]| folder.run_with(arguments, LOG.as_bytes());
    let answer = run(&["diagnose", "--knowledge", "acme"]);
    assert_eq!(answer.code, 0);
    assert!(
        answer.stdout.starts_with("E403 on install: The VPN is off (likely, own entry)\n"),
        "{}",
        answer.stdout
    );
    let markdown = run(&["diagnose", "--knowledge", "acme", "--format", "markdown"]).stdout;
    assert!(markdown.starts_with("## E403 on install: The VPN is off (likely, own entry)\n"), "{markdown}");
    let json = run(&["diagnose", "--knowledge", "acme", "--json"]).json();
    assert_eq!(json["incidents"][0]["causes"][0]["id"], "acme-vpn");
    assert_eq!(json["incidents"][0]["causes"][0]["own"], true);
    let github = run(&["diagnose", "--knowledge", "acme", "--format", "github"]).stdout;
    assert!(github.contains("own entry"), "{github}");
    let page = run(&["explain", "acme-vpn", "--knowledge", "acme"]).stdout;
    assert!(page.starts_with("The VPN is off (own entry)\n"), "{page}");
    let list = run(&["list", "--knowledge", "acme"]).stdout;
    assert!(list.contains("The VPN is off (own entry)"), "{list}");
    let list = run(&["list", "--knowledge", "acme", "--json"]).json();
    let marked: Vec<&Value> =
        list["causes"].as_array().unwrap().iter().filter(|cause| cause["own"] == true).collect();
    assert_eq!(marked.len(), 1);
    assert_eq!(marked[0]["id"], "acme-vpn");
}

#[test]
fn without_its_folder_an_own_cause_is_unknown_and_no_bundled_one_is_marked() {
    let folder = Folder::with_entry("acme-vpn");
    assert_eq!(folder.run(&["explain", "acme-vpn"]).code, 2);
    let plain = folder.run_with(&["diagnose", "--json"], LOG.as_bytes());
    assert!(!plain.stdout.contains("\"own\""), "{}", plain.stdout);
}

#[test]
fn the_folder_of_the_configuration_and_those_of_the_variable_are_used_without_being_named() {
    let folder = Folder::with_entry("acme-vpn");
    let variable = std::env::join_paths([folder.path("acme")]).unwrap();
    let by_variable = folder.run_env(&["explain", "acme-vpn"], "UNFORBID_KNOWLEDGE", &variable);
    assert_eq!(by_variable.code, 0, "{}", by_variable.stderr);
    fs::rename(folder.path("acme"), folder.home().join("knowledge")).unwrap();
    let by_home = folder.run(&["explain", "acme-vpn"]);
    assert_eq!(by_home.code, 0, "{}", by_home.stderr);
    let checked = folder.run(&["knowledge", "check"]);
    assert!(checked.stdout.contains("own entries in use: 1;"), "{}", checked.stdout);
    let made = folder.run(&["knowledge", "new", "acme-proxy"]);
    assert!(made.stdout.contains("     unforbid knowledge check\n"), "{}", made.stdout);
    assert!(folder.home().join("knowledge/causes/acme-proxy.json").is_file());
}

#[test]
fn a_variable_that_names_no_folder_is_a_warning_and_a_flag_is_an_error() {
    let folder = Folder::new();
    let missing = folder.path("nowhere");
    let warned = folder.run_env_with(
        &["diagnose", "--json"],
        "UNFORBID_KNOWLEDGE",
        missing.as_os_str(),
        LOG.as_bytes(),
    );
    assert_eq!(warned.code, 0, "{}", warned.stderr);
    let warning = warned.json()["warnings"][0].as_str().unwrap().to_owned();
    assert!(warning.starts_with("cannot read own entries: there is no such folder"), "{warning}");
    assert!(warning.ends_with("nowhere"), "{warning}");
    // An empty folder beside the settings was made to be filled.
    fs::create_dir(folder.home().join("knowledge")).unwrap();
    assert_eq!(folder.run_with(&["diagnose"], LOG.as_bytes()).stderr, "");
    fs::write(folder.path("file"), "").unwrap();
    fs::create_dir(folder.path("empty")).unwrap();
    for (name, why) in [
        ("nowhere", "there is no such folder"),
        ("file", "this is a file and not a folder"),
        ("empty", "there is no folder named causes, providers, clients or related in it"),
    ] {
        for arguments in [
            &["diagnose", "--knowledge", name][..],
            &["explain", "version-exists", "--knowledge", name],
            &["list", "--knowledge", name],
            &["knowledge", "check", name],
            &["--knowledge", name],
        ] {
            let refused = folder.run_with(arguments, LOG.as_bytes());
            assert_eq!(refused.code, 2, "{arguments:?}");
            assert_eq!(refused.stdout, "", "{arguments:?}");
            assert!(refused.stderr.contains(why), "{arguments:?}: {}", refused.stderr);
            assert!(refused.stderr.trim_end().ends_with(name), "{arguments:?}: {}", refused.stderr);
        }
    }
}

#[test]
fn an_own_file_can_add_to_a_bundled_cause_but_takes_nothing_away() {
    let folder = Folder::new();
    folder.write("acme/causes/ours.json", &extension("version-exists"));
    let checked = folder.run(&["knowledge", "check", "acme"]);
    assert_eq!(checked.code, 0, "{}", checked.stdout);
    let before = folder.run(&["explain", "version-exists", "--json"]).json();
    let after = folder.run(&["explain", "version-exists", "--json", "--knowledge", "acme"]).json();
    let count = |page: &Value, key: &str| page["cause"][key].as_array().unwrap().len();
    assert_eq!(after["cause"]["fixes"][0]["title"], "Ask in the channel npm-help");
    for key in ["fixes", "sources"] {
        assert_eq!(count(&after, key), count(&before, key) + 1, "{key}");
    }
    assert_eq!(after["cause"]["extended"], true);
    assert!(after["cause"]["own"].is_null());
    let log = "npm error code E403\nnpm error 403 403 Forbidden - PUT https://npm.acme.example/ui - the shelf is full\n";
    let answer = folder.run_with(&["diagnose", "--knowledge", "acme", "--json"], log.as_bytes()).json();
    assert_eq!(answer["incidents"][0]["causes"][0]["id"], "version-exists");
    let said = folder.run(&["explain", "version-exists", "--knowledge", "acme"]).stdout;
    assert!(said.contains("Own entries add to this cause."), "{said}");
}

fn extension(of: &str) -> Value {
    json!({
        "extends": of,
        "match": [{
            "name": "our proxy says that the shelf is full",
            "strength": "likely",
            "all": [{ "in": "reason", "regex": "(?i)the shelf is full" }]
        }],
        "fixes": [{
            "title": "Ask in the channel npm-help", "who": "you", "risk": "none",
            "steps": [{ "run": "whoami" }]
        }],
        "sources": [{
            "title": "Our wiki", "url": "https://wiki.acme.example/npm", "kind": "vendor", "seen": folder::today()
        }],
        "reviewed": folder::today(),
        "examples": {
            "positive": [{ "name": "shelf", "log": [
                "npm error code E403",
                "npm error 403 403 Forbidden - PUT https://npm.acme.example/ui - the shelf is full"
            ] }],
            "negative": []
        }
    })
}

#[test]
fn an_addition_with_a_mistake_leaves_the_cause_as_it_was() {
    let folder = Folder::new();
    let mut wrong = extension("version-exists");
    wrong["match"][0]["all"][0]["regex"] = json!("(unclosed");
    folder.write("acme/causes/wrong.json", &wrong);
    folder.write("acme/causes/lost.json", &extension("version-exist"));
    let checked = folder.run(&["knowledge", "check", "acme"]);
    assert_eq!(checked.code, 2);
    assert!(checked.stdout.contains("does not compile: unclosed group"), "{}", checked.stdout);
    assert!(checked.stdout.contains("extends the unknown cause \"version-exist\""), "{}", checked.stdout);
    assert!(checked.stdout.contains("did you mean \"version-exists\""), "{}", checked.stdout);
    let page = folder.run(&["explain", "version-exists", "--json", "--knowledge", "acme"]).json();
    assert!(page["cause"]["extended"].is_null());
    assert_ne!(page["cause"]["fixes"][0]["title"], "Ask in the channel npm-help");
}

#[test]
fn an_example_with_another_answer_says_which_entry_answered() {
    let folder = Folder::with_entry("acme-vpn");
    folder.change("acme/causes/acme-vpn.json", |entry| {
        entry["examples"]["positive"][0]["log"][1] =
            json!("npm error 403 403 Forbidden - PUT https://npm.acme.example/ui - cannot publish over the previously published versions: 1.0.0");
    });
    let checked = folder.run(&["knowledge", "check", "acme"]);
    assert_eq!(checked.code, 2);
    assert!(
        checked.stdout.contains("is answered by version-exists instead of acme-vpn"),
        "{}",
        checked.stdout
    );
    assert!(checked.stdout.contains("acme-vpn.json:"), "{}", checked.stdout);
}

#[test]
fn an_own_matcher_that_takes_answers_from_bundled_causes_is_told() {
    let folder = Folder::with_entry("acme-vpn");
    folder.change("acme/causes/acme-vpn.json", |entry| {
        entry["match"][0]["strength"] = json!("conclusive");
        entry["match"][0]["all"] = json!([{ "in": "reason", "regex": "(?i)until 24 hours|vpn" }]);
        entry["outranks"] = json!(["republish-cooldown"]);
    });
    let checked = folder.run(&["knowledge", "check", "acme"]);
    assert_eq!(checked.code, 1, "{}", checked.stdout);
    assert!(
        checked.stdout.contains("is answered by acme-vpn instead of republish-cooldown"),
        "{}",
        checked.stdout
    );
}

#[test]
fn an_old_review_is_a_warning_and_a_fresh_one_is_none() {
    let folder = Folder::with_entry("acme-vpn");
    assert_eq!(folder.run(&["knowledge", "check", "acme"]).code, 0);
    folder.change("acme/causes/acme-vpn.json", |entry| entry["reviewed"] = json!("2021-02-03"));
    let checked = folder.run(&["knowledge", "check", "acme"]);
    assert_eq!(checked.code, 1);
    assert!(checked.stdout.contains("days ago, on 2021-02-03"), "{}", checked.stdout);
    // An old entry works as before, so a diagnosis does not nag.
    let answer = folder.run_with(&["diagnose", "--knowledge", "acme"], LOG.as_bytes());
    assert_eq!((answer.code, answer.stderr.as_str()), (0, ""));
}

#[test]
fn a_new_entry_with_a_bad_or_taken_id_is_refused_and_nothing_is_written() {
    let folder = Folder::new();
    let too_long = "x".repeat(61);
    for (id, why) in [
        ("version-exists", "it exists"),
        ("VERSION-EXISTS", "small letters, digits and single hyphens"),
        ("E401", "small letters"),
        ("e401", "it exists"),
        ("../escape", "single hyphens"),
        ("a--b", "single hyphens"),
        ("", "single hyphens"),
        ("two words", "single hyphens"),
        (&too_long, "at most 60"),
    ] {
        let refused = folder.run(&["knowledge", "new", id, "--in", "acme"]);
        assert_eq!(refused.code, 2, "{id}");
        assert!(refused.stderr.contains(why), "{id}: {}", refused.stderr);
        assert!(!folder.path("acme").exists(), "{id}");
    }
    fs::write(folder.path("file"), "").unwrap();
    let refused = folder.run(&["knowledge", "new", "acme-vpn", "--in", "file"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("cannot write the entry"), "{}", refused.stderr);
    // A file that does not load takes its name nevertheless.
    fs::create_dir_all(folder.path("acme/causes")).unwrap();
    fs::write(folder.path("acme/causes/acme-vpn.json"), "half written").unwrap();
    let refused = folder.run(&["knowledge", "new", "acme-vpn", "--in", "acme"]);
    assert!(refused.stderr.contains("the file exists, and is left as it is"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(folder.path("acme/causes/acme-vpn.json")).unwrap(), "half written");
}

#[test]
fn an_own_registry_and_an_own_code_are_recognised() {
    let folder = Folder::new();
    let source = json!({
        "title": "Our wiki", "url": "https://wiki.acme.example/npm", "kind": "vendor", "seen": folder::today()
    });
    folder.write(
        "acme/providers/acme-hub.json",
        &json!({
            "id": "acme-hub", "title": "the Acme hub",
            "hosts": [{ "label": "hub", "domain": "acme.example" }],
            "admin": "the platform team", "docs": source
        }),
    );
    folder.write(
        "acme/related/ACME42.json",
        &json!({
            "id": "ACME42", "code": "ACME42", "title": "The hub is being restarted",
            "match": ["\\bACME42\\b"], "advice": "Wait a minute.", "sources": [source],
            "reviewed": folder::today(),
            "examples": [{ "name": "one line", "log": ["error ACME42: restarting"] }]
        }),
    );
    let checked = folder.run(&["knowledge", "check", "acme"]);
    assert_eq!(checked.code, 0, "{}", checked.stdout);
    let log = "npm error code E403\nnpm error 403 403 Forbidden - GET https://hub.acme.example/ui\n\n\n\n\nerror ACME42: x\n";
    let answer = folder.run_with(&["diagnose", "--json", "--knowledge", "acme"], log.as_bytes()).json();
    assert_eq!(answer["incidents"][0]["facts"]["provider"], "acme-hub");
    assert_eq!(answer["related"][0]["code"], "ACME42");
    assert_eq!(answer["related"][0]["own"], true);
}

#[test]
fn what_an_entry_says_cannot_command_the_terminal_or_a_build_agent() {
    let folder = Folder::with_entry("acme-vpn");
    folder.change("acme/causes/acme-vpn.json", |entry| {
        entry["title"] = json!("\u{1b}[31m::error::owned ##[error]owned");
        entry["summary"] = json!("a\n::error::owned\u{1b}]0;owned\u{7}");
        entry["x\u{1b}[31m"] = json!(1);
    });
    let refused = folder.run(&["knowledge", "check", "acme"]);
    assert!(refused.stdout.contains("unknown key"), "{}", refused.stdout);
    assert!(!refused.stdout.contains('\u{1b}'), "{}", refused.stdout);
    folder.change("acme/causes/acme-vpn.json", |entry| {
        entry.as_object_mut().unwrap().retain(|key, _| !key.starts_with('x'));
    });
    for arguments in [
        &["diagnose", "--knowledge", "acme"][..],
        &["explain", "acme-vpn", "--knowledge", "acme"],
        &["list", "--knowledge", "acme"],
    ] {
        let answer = folder.run_with(arguments, LOG.as_bytes());
        assert!(!answer.stdout.contains('\u{1b}') && !answer.stdout.contains("##"), "{}", answer.stdout);
        assert!(!answer.stdout.lines().any(|line| line.trim_start().starts_with("::")), "{}", answer.stdout);
    }
}

#[test]
fn mistakes_in_many_files_are_told_shortly_beside_an_answer() {
    let folder = Folder::with_entry("acme-vpn");
    for nth in 0..30 {
        folder.write_text(&format!("acme/causes/broken-{nth}.json"), b"{");
    }
    let answer = folder.run_with(&["diagnose", "--knowledge", "acme"], LOG.as_bytes());
    assert_eq!(answer.code, 0);
    assert!(answer.stdout.contains("The VPN is off"), "{}", answer.stdout);
    assert_eq!(answer.stderr.lines().count(), 11, "{}", answer.stderr);
    assert!(answer.stderr.lines().all(|line| line.starts_with("warning: ")), "{}", answer.stderr);
    assert!(answer.stderr.contains("20 more mistakes"), "{}", answer.stderr);
}
