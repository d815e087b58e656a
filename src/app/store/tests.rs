//! What is remembered, and what is made of damaged files.

use super::*;

/// The settings of a folder about which there is nothing to tell.
fn whole(folder: &Path) -> Settings {
    let (settings, trouble) = load(folder);
    assert!(trouble.is_none(), "{trouble:?}");
    settings
}

#[test]
fn what_was_saved_is_loaded_again() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("not there yet");
    assert_eq!(whole(&inside), Settings::default());
    let settings = Settings {
        theme: ThemeChoice::Dark,
        shell: Shell::Cmd,
        client: Some("pnpm".to_owned()),
        ..Settings::default()
    };
    save(&inside, &settings).unwrap();
    assert_eq!(whole(&inside), settings);
    let files: Vec<_> = fs::read_dir(&inside).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, [FILE], "nothing is left behind");
}

#[test]
fn a_file_that_is_no_json_is_kept_aside_and_reported_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), "{ \"theme\": ").unwrap();
    let (settings, error) = load(folder.path());
    assert_eq!(settings, Settings::default());
    assert!(matches!(error, Some(StoreError::Damaged { .. })), "{error:?}");
    let kept = fs::read_to_string(folder.path().join("settings.json.bad")).unwrap();
    assert_eq!(kept, "{ \"theme\": ");
    assert_eq!(whole(folder.path()), Settings::default());
}

#[test]
fn a_bad_value_costs_only_itself_and_is_named_once() {
    let folder = tempfile::tempdir().unwrap();
    let json = r#"{ "theme": "pink", "shell": "cmd", "text_size": 3, "history": false }"#;
    fs::write(folder.path().join(FILE), json).unwrap();
    let expected = Settings { shell: Shell::Cmd, history: false, ..Settings::default() };
    let (settings, error) = load(folder.path());
    assert_eq!(settings, expected);
    let said = error.unwrap().to_string();
    assert!(said.contains("for text_size, theme; "), "{said}");
    assert_eq!(fs::read_to_string(folder.path().join("settings.json.bad")).unwrap(), json);
    assert_eq!(whole(folder.path()), expected, "what was whole is there the next time, without a word");
}

#[test]
fn what_a_newer_version_remembers_survives_a_change_made_by_this_one() {
    let folder = tempfile::tempdir().unwrap();
    let json = r#"{ "theme": "dark", "panes": { "log": 0.4 }, "language": "eo" }"#;
    fs::write(folder.path().join(FILE), json).unwrap();
    let mut settings = whole(folder.path());
    assert_eq!(settings.theme, ThemeChoice::Dark);
    settings.theme = ThemeChoice::Light;
    save(folder.path(), &settings).unwrap();
    let saved: Value = serde_json::from_slice(&fs::read(folder.path().join(FILE)).unwrap()).unwrap();
    assert_eq!(saved["theme"], "light");
    assert_eq!(saved["panes"]["log"], 0.4);
    assert_eq!(saved["language"], "eo");
    assert!(!folder.path().join("settings.json.bad").exists(), "nothing was wrong with it");
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_with_its_path_last() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("a file");
    fs::write(&blocked, "").unwrap();
    let error = save(&blocked.join("inside"), &Settings::default()).unwrap_err().to_string();
    assert!(error.ends_with(FILE), "{error}");
}

#[test]
fn the_parts_of_one_log_are_read_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let parts = [folder.path().join("0.log"), folder.path().join("1.log")];
    fs::write(&parts[0], "first\n").unwrap();
    fs::write(&parts[1], "second\n").unwrap();
    let log = text::redact(open_log(&parts).unwrap());
    assert_eq!(log.as_str().trim_end(), "first\nsecond");
    let missing = [parts[0].clone(), folder.path().join("2.log")];
    assert!(open_log(&missing).is_err());
    assert!(open_log(&[]).is_err());
}

#[test]
fn what_an_interrupted_saving_left_behind_goes_and_everything_else_stays() {
    let folder = tempfile::tempdir().unwrap();
    let old = std::time::SystemTime::now() - ABANDONED * 2;
    for (name, is_old) in [
        ("settings.json.1.new", true),
        ("history.redb.1-1.new", true),
        ("settings.json.2.new", false),
        ("settings.json", true),
        ("my notes.new", true),
    ] {
        let file = File::create(folder.path().join(name)).unwrap();
        if is_old {
            file.set_modified(old).unwrap();
        }
    }
    tidy(folder.path());
    let mut left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["my notes.new", "settings.json", "settings.json.2.new"]);
}
