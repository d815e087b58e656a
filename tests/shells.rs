//! Quoted commands, given to the shells that would run them.
//!
//! `quoting.json` says for each hostile argument what its quoted form is, or `null` where a shell must refuse it.
//! The sh family is proved by the real programs; for PowerShell and cmd, which are not everywhere, a reader written
//! from their documentation takes the quoted form apart again.

use std::io::Write;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use serde::Deserialize;
use unforbid::advice::{Shell, quote};

#[derive(Deserialize)]
struct Row {
    what: String,
    argument: String,
    posix: Option<String>,
    /// For a program that is a script on Windows, such as npm.
    powershell: Option<String>,
    /// For a program that is an `.exe` on Windows, such as git.
    powershell_executable: Option<String>,
    cmd: Option<String>,
}

fn table() -> Vec<Row> {
    serde_json::from_str(include_str!("quoting.json")).expect("tests/quoting.json holds rows")
}

fn quote_one(program: &str, argument: &str, shell: Shell) -> Option<String> {
    quote(&[program.to_owned(), argument.to_owned()], shell)
}

#[test]
fn every_row_of_the_table_is_quoted_as_it_says() {
    let rows = table();
    assert_eq!(rows.len(), 27, "rows are added on purpose, never lost");
    for row in &rows {
        let cases = [
            ("npm", Shell::Posix, &row.posix),
            ("git", Shell::Posix, &row.posix),
            ("npm", Shell::PowerShell, &row.powershell),
            ("git", Shell::PowerShell, &row.powershell_executable),
            ("npm", Shell::Cmd, &row.cmd),
            ("git", Shell::Cmd, &row.cmd),
        ];
        for (program, shell, form) in cases {
            let expected = form.as_ref().map(|form| format!("{program} {form}"));
            assert_eq!(
                quote_one(program, &row.argument, shell),
                expected,
                "{}: {:?} for {program} in {shell:?}",
                row.what,
                row.argument
            );
        }
    }
}

#[test]
#[cfg_attr(windows, ignore = "the sh family is proved where it is at home")]
fn the_table_survives_sh() {
    table_survives(&["sh"]);
}

#[test]
#[cfg_attr(windows, ignore = "the sh family is proved where it is at home")]
fn the_table_survives_bash() {
    table_survives(&["bash", "--norc", "--noprofile"]);
}

/// sh is often dash, and often something else: then dash is worth its own run.
#[test]
#[cfg_attr(windows, ignore = "the sh family is proved where it is at home")]
fn the_table_survives_dash_where_it_is_installed() {
    if is_installed("dash") {
        table_survives(&["dash"]);
    } else {
        println!("dash is not installed: only sh and bash were tried");
    }
}

#[test]
#[ignore = "needs zsh; .ci/run installs it"]
fn the_table_survives_zsh() {
    table_survives(&["zsh", "-f"]);
}

#[test]
#[ignore = "needs fish; .ci/run installs it"]
fn the_table_survives_fish() {
    table_survives(&["fish", "--no-config"]);
}

#[test]
#[ignore = "needs zsh and fish; .ci/run installs them"]
fn arbitrary_text_survives_zsh_and_fish_or_is_refused() {
    arbitrary_text_survives(&[&["zsh", "-f"], &["fish", "--no-config"]]);
}

#[test]
#[cfg_attr(windows, ignore = "the sh family is proved where it is at home")]
fn arbitrary_text_survives_sh_and_bash_or_is_refused() {
    arbitrary_text_survives(&[&["sh"], &["bash", "--norc", "--noprofile"]]);
}

fn table_survives(shell: &[&str]) {
    let arguments: Vec<String> =
        table().into_iter().filter(|row| row.posix.is_some()).map(|row| row.argument).collect();
    assert!(arguments.len() > 20, "most rows are possible in the sh family");
    assert_survive(shell, &arguments);
}

/// A few shell starts with many commands each, so that a thousand arguments take a moment and not a minute.
fn arbitrary_text_survives(shells: &[&[&str]]) {
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(32)
    });
    runner
        .run(&prop::collection::vec(argument(), 1..60), |arguments| {
            let carried: Vec<String> = arguments
                .into_iter()
                .filter(|argument| quote_one("npm", argument, Shell::Posix).is_some())
                .collect();
            for shell in shells {
                assert_survive(shell, &carried);
            }
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

/// Text that leans towards the characters that mean something to a shell.
fn argument() -> impl Strategy<Value = String> {
    let hostile: Vec<char> = " '\\`$!#&|;<>()[]{}*?~^%=@:,.+-_/aZ09".chars().collect();
    let c = prop_oneof![
        8 => prop::sample::select(hostile),
        3 => any::<char>(),
        1 => prop::sample::select(vec!['"', '\n', '\u{2019}', '\u{202e}', '\u{200b}', 'é', '包']),
    ];
    prop::collection::vec(c, 0..12).prop_map(|chars| chars.into_iter().collect())
}

/// Quotes a `printf` for each argument, runs all lines in one shell, and compares what the program was given.
fn assert_survive(shell: &[&str], arguments: &[String]) {
    let mut script = String::new();
    let mut expected = Vec::new();
    for argument in arguments {
        // The argument stands alone, at the end, and between others.
        let argv: Vec<String> = ["printf", "%s\\0", argument, "and", argument].map(str::to_owned).to_vec();
        let line = quote(&argv, Shell::Posix).expect("the caller took refused arguments out");
        assert!(!line.contains('\n'), "one command is one line: {line:?}");
        script.push_str(&line);
        script.push('\n');
        for part in &argv[2..] {
            expected.push(part.clone());
        }
    }
    let received = run(shell, &script);
    let received: Vec<&str> = received.split_terminator('\0').collect();
    for (number, (got, wanted)) in received.iter().zip(&expected).enumerate() {
        assert_eq!(got, wanted, "argument {} of {}", number, shell[0]);
    }
    assert_eq!(received.len(), expected.len(), "arguments that {} printed", shell[0]);
}

fn run(shell: &[&str], script: &str) -> String {
    // An empty folder, so that a file pattern that got through has nothing of ours to name.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut child = Command::new(shell[0])
        .args(&shell[1..])
        .current_dir(folder.path())
        .env("HOME", folder.path())
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{} cannot be started ({error}); install it and run again", shell[0]));
    let mut stdin = child.stdin.take().expect("stdin is a pipe");
    let script = script.to_owned();
    // Written from its own thread: a shell that prints while it still reads would otherwise wait for us.
    let writer = std::thread::spawn(move || stdin.write_all(script.as_bytes()));
    let output = child.wait_with_output().expect("the shell ends");
    writer.join().expect("the writing thread does not panic").expect("the shell reads its whole script");
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && complaints.is_empty(), "{}: {complaints}", shell[0]);
    String::from_utf8(output.stdout).expect("the shells print the bytes that they were given")
}

fn is_installed(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn powershell_reads_back_what_was_quoted(argument in argument()) {
        for program in ["npm", "git"] {
            if let Some(line) = quote_one(program, &argument, Shell::PowerShell) {
                let word = line.strip_prefix(program).unwrap().strip_prefix(' ').unwrap();
                prop_assert_eq!(read_powershell(word), Some(argument.clone()), "{}", line);
            }
        }
    }

    #[test]
    fn cmd_and_the_c_runtime_read_back_what_was_quoted(argument in argument()) {
        if let Some(line) = quote_one("npm", &argument, Shell::Cmd) {
            prop_assert!(!line.contains('%'), "{}", line);
            prop_assert!(cmd_sees_only_text(&line), "{}", line);
            prop_assert_eq!(read_c_runtime(&line), vec!["npm".to_owned(), argument], "{}", line);
        }
    }

    #[test]
    fn a_command_is_one_line_that_shows_all_it_holds(argument in argument()) {
        for shell in Shell::ALL {
            if let Some(line) = quote_one("npm", &argument, shell) {
                prop_assert!(!line.chars().any(char::is_control), "{:?}", line);
                prop_assert!(!line.chars().any(|c| matches!(c, '\u{200b}' | '\u{202e}' | '\u{2018}'..='\u{201f}')), "{:?}", line);
                prop_assert!(line.starts_with("npm "), "{:?}", line);
            }
        }
    }
}

/// One word as PowerShell's argument mode reads it: a literal string, or characters that mean nothing to it.
/// `None` when the word is anything else.
fn read_powershell(word: &str) -> Option<String> {
    const QUOTES: [char; 5] = ['\'', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}'];
    let mut chars = word.chars().peekable();
    if !chars.peek().is_some_and(|c| QUOTES.contains(c)) {
        let plain = |c: char| c.is_ascii_alphanumeric() || "._/:+-@=".contains(c);
        let starts_plain = word.starts_with(|c: char| c != '@' && c != '=');
        return (starts_plain && word.chars().all(plain)).then(|| word.to_owned());
    }
    chars.next();
    let mut text = String::new();
    while let Some(c) = chars.next() {
        if !QUOTES.contains(&c) {
            text.push(c);
        } else if chars.peek().is_some_and(|next| QUOTES.contains(next)) {
            text.push(c);
            chars.next();
        } else {
            return chars.next().is_none().then_some(text);
        }
    }
    None
}

/// Whether everything that cmd acts on stands between double quotes. cmd toggles at each of them and knows no escape.
fn cmd_sees_only_text(line: &str) -> bool {
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            '&' | '|' | '<' | '>' | '^' | '(' | ')' | '!' | ',' | ';' if !quoted => return false,
            _ => {}
        }
    }
    !quoted
}

/// The rules by which a Windows program splits its command line
/// (<https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments>).
fn read_c_runtime(line: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    let mut current: Option<String> = None;
    let mut quoted = false;
    let mut backslashes = 0;
    for c in line.chars() {
        if c == '\\' {
            backslashes += 1;
            continue;
        }
        let halved = if c == '"' { backslashes / 2 } else { backslashes };
        if backslashes > 0 {
            current.get_or_insert_default().push_str(&"\\".repeat(halved));
        }
        let escaped = c == '"' && backslashes % 2 == 1;
        backslashes = 0;
        match c {
            '"' if !escaped => {
                quoted = !quoted;
                current.get_or_insert_default();
            }
            ' ' | '\t' if !quoted => arguments.extend(current.take()),
            c => current.get_or_insert_default().push(c),
        }
    }
    if backslashes > 0 {
        current.get_or_insert_default().push_str(&"\\".repeat(backslashes));
    }
    arguments.extend(current);
    arguments
}
