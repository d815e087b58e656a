//! Quoting: an argument vector becomes one line for one shell, or nothing.
//!
//! Owns what each shell reads as text and what it cannot carry. Must not know where an argument came from: whether
//! a value is a package name at all is settled before it gets here.
//!
//! `["npm", "view", "@acme/ui@1.0.2"]` becomes `npm view '@acme/ui@1.0.2'` for sh, fish and PowerShell, and
//! `npm view "@acme/ui@1.0.2"` for cmd. There is no best effort: `None` means that the command must not be offered
//! for that shell, and the step is shown as text instead.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Shell;
use crate::facts::FactKey;

/// Quotes an argument vector for one shell; `None` when that shell cannot carry it safely.
///
/// The program must be a bare word. The answer is one line without a line break at its end.
pub fn quote(argv: &[String], shell: Shell) -> Option<String> {
    let (program, arguments) = argv.split_first()?;
    if !is_bare_word(program) {
        return None;
    }
    let mut line = program.clone();
    for argument in arguments {
        line.push(' ');
        line.push_str(&quote_argument(argument, program, shell)?);
    }
    Some(line)
}

fn quote_argument(argument: &str, program: &str, shell: Shell) -> Option<String> {
    if has_deceptive_char(argument) {
        return None;
    }
    match shell {
        Shell::Posix => Some(posix(argument)),
        Shell::PowerShell => powershell(argument, program),
        Shell::Cmd => cmd(argument),
    }
}

/// Whether `program` can be typed as it is. A quoted program would need `&` in PowerShell, and `.` alone is a
/// command of sh.
fn is_bare_word(program: &str) -> bool {
    program.starts_with(|c: char| c.is_ascii_lowercase())
        && program.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-'))
}

/// Whether the text holds something that acts on paste, hides, or is a quotation mark somewhere.
///
/// Controls run a line even through bracketed paste, invisible and direction-changing characters make the line read
/// as another one, and PowerShell closes a string at any of the curly quotes
/// (<https://github.com/PowerShell/PowerShell/blob/master/src/System.Management.Automation/engine/parser/CharTraits.cs>).
/// `"` is refused everywhere because the shells of one command are offered side by side.
fn has_deceptive_char(text: &str) -> bool {
    static DECEPTIVE: LazyLock<Regex> = LazyLock::new(|| {
        // Cc controls, Cf formats, Z blanks and line separators except the space, characters that are drawn as
        // nothing, the empty braille cell, and quotation marks.
        Regex::new(
            "[[\\p{Cc}\\p{Cf}\\p{Z}\\p{Default_Ignorable_Code_Point}\u{2800}\u{2018}-\u{201f}\"]&&[^ ]]",
        )
        .expect("tests in this file quote with this expression")
    });
    DECEPTIVE.is_match(text)
}

/// Whether no shell reads anything into the text, wherever in a command it stands.
///
/// `=` at the start is path expansion in zsh, `~` is a home folder and `@` a splat in PowerShell, hence only inside.
fn is_plain(text: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '/' | ':' | '+' | '-');
    text.starts_with(inner)
        && text.ends_with(inner)
        && text.chars().all(|c| inner(c) || matches!(c, '@' | '='))
}

/// For sh, dash, bash, zsh and fish alike: fish reads `\\` and `\'` inside single quotes and the others do not, so a
/// backslash, too, stands outside of them.
fn posix(argument: &str) -> String {
    if is_plain(argument) {
        return argument.to_owned();
    }
    let mut quoted = String::from("'");
    for c in argument.chars() {
        match c {
            '\'' => quoted.push_str("'\\''"),
            '\\' => quoted.push_str("'\\\\'"),
            c => quoted.push(c),
        }
    }
    quoted.push('\'');
    quoted
}

/// For PowerShell 5.1 and later.
fn powershell(argument: &str, program: &str) -> Option<String> {
    // An empty argument vanishes on its way to a program, and `--%` changes how the rest of the line is read, both
    // also when quoted
    // (https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing).
    if argument.is_empty() || argument == "--%" {
        return None;
    }
    // These count as a hyphen where a word starts.
    if argument.starts_with(['\u{2013}', '\u{2014}', '\u{2015}']) {
        return None;
    }
    // PowerShell puts the argument in double quotes for the program when it holds a blank; 5.1 then lets a backslash
    // at the end escape the closing one.
    if argument.ends_with('\\') && argument.contains(' ') {
        return None;
    }
    // Where the program is a batch file, cmd reads the line a second time, and PowerShell has put no quotes around
    // an argument without blanks.
    if !is_executable_file(program) && without_placeholders(argument).contains(['&', '|', '<', '>', '^', '%'])
    {
        return None;
    }
    if is_plain(argument) && !reads_as_number(argument) && !reads_as_parameter(argument) {
        return Some(argument.to_owned());
    }
    Some(format!("'{}'", argument.replace('\'', "''")))
}

/// For cmd.exe. Its two passes and the C runtime of the program agree on one pair of double quotes around text that
/// has none inside. A percent sign cannot be escaped at the prompt at all.
fn cmd(argument: &str) -> Option<String> {
    if argument.contains('%') {
        return None;
    }
    if is_plain(argument) {
        return Some(argument.to_owned());
    }
    let body = argument.trim_end_matches('\\');
    let backslashes = &argument[body.len()..];
    Some(format!("\"{body}{backslashes}{backslashes}\""))
}

/// Programs that are `.exe` files on Windows however they were installed. npm, pnpm and yarn are scripts there.
fn is_executable_file(program: &str) -> bool {
    matches!(program, "bun" | "deno" | "git" | "node")
}

/// PowerShell may hand `1.0` or `1kb` to a script as a number. Two dots are never a number.
fn reads_as_number(argument: &str) -> bool {
    argument.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+'))
        && argument.matches('.').count() < 2
}

/// PowerShell splits `-name.rest` and `-name:rest` at the dot and the colon, and scripts swallow a bare `--`.
fn reads_as_parameter(argument: &str) -> bool {
    argument.starts_with('-')
        && (argument.ends_with('-') || !argument.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

/// The argument without our own `<version>`-like marks: the user replaces them before the line can mean anything,
/// and in quotes no shell reads them as a redirection. `{name}` is the placeholder that is not a fact.
fn without_placeholders(argument: &str) -> String {
    static MARK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("<([a-z_]+)>").expect("tests in this file quote with this expression"));
    let ours = |name: &str| name == "name" || FactKey::from_name(name).is_some();
    MARK.replace_all(
        argument,
        |mark: &Captures<'_>| {
            if ours(&mark[1]) { String::new() } else { mark[0].to_owned() }
        },
    )
    .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(argv: &[&str], shell: Shell) -> Option<String> {
        let argv: Vec<String> = argv.iter().map(|&part| part.to_owned()).collect();
        quote(&argv, shell)
    }

    fn everywhere(argument: &str) -> [Option<String>; 3] {
        Shell::ALL.map(|shell| quoted(&["npm", argument], shell))
    }

    #[test]
    fn an_ordinary_command_needs_no_quotes() {
        let argv = ["npm", "view", "left-pad@1.3.0", "--json", "dist.shasum"];
        for shell in Shell::ALL {
            assert_eq!(quoted(&argv, shell).unwrap(), argv.join(" "));
        }
    }

    #[test]
    fn a_scope_is_always_quoted_and_looks_native_in_each_shell() {
        assert_eq!(
            everywhere("@acme/ui@1.0.2"),
            [
                Some("npm '@acme/ui@1.0.2'".into()),
                Some("npm '@acme/ui@1.0.2'".into()),
                Some("npm \"@acme/ui@1.0.2\"".into()),
            ]
        );
    }

    #[test]
    fn one_posix_form_suits_fish_too() {
        assert_eq!(quoted(&["npm", "a b\\"], Shell::Posix).unwrap(), r"npm 'a b'\\''");
        assert_eq!(quoted(&["npm", "it's"], Shell::Posix).unwrap(), r"npm 'it'\''s'");
    }

    #[test]
    fn powershell_doubles_the_single_quote_and_cmd_the_last_backslash() {
        assert_eq!(quoted(&["npm", "it's"], Shell::PowerShell).unwrap(), "npm 'it''s'");
        assert_eq!(quoted(&["npm", "a b\\"], Shell::Cmd).unwrap(), r#"npm "a b\\""#);
        assert_eq!(quoted(&["npm", "a b\\"], Shell::PowerShell), None);
    }

    #[test]
    fn hidden_and_controlling_characters_are_refused_in_every_shell() {
        let hidden = [
            '\0',
            '\t',
            '\n',
            '\r',
            '\u{1b}',
            '\u{7f}',
            '\u{85}',
            '\u{9b}',
            '\u{a0}',
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{1160}',
            '\u{180e}',
            '\u{2002}',
            '\u{200b}',
            '\u{200d}',
            '\u{200e}',
            '\u{200f}',
            '\u{2028}',
            '\u{2029}',
            '\u{202a}',
            '\u{202e}',
            '\u{2060}',
            '\u{2064}',
            '\u{2066}',
            '\u{2069}',
            '\u{2800}',
            '\u{3000}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{fff9}',
            '\u{ffa0}',
            '\u{e0001}',
            '\u{e0041}',
            '\u{e0100}',
        ];
        let quotation_marks =
            ['"', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}', '\u{201c}', '\u{201d}', '\u{201e}'];
        for c in hidden.into_iter().chain(quotation_marks) {
            let argument = format!("left{c}pad");
            assert_eq!(everywhere(&argument), [None, None, None], "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn cmd_refuses_every_percent_sign() {
        for argument in ["%PATH%", "50%", "https://acme.example/My%20Project/"] {
            assert_eq!(quoted(&["git", argument], Shell::Cmd), None, "{argument}");
        }
    }

    #[test]
    fn powershell_refuses_what_a_batch_file_would_read_again() {
        for argument in ["a&calc", "a|b", "a<b", "a>b", "^1.2.3", "%PATH%"] {
            assert_eq!(quoted(&["npm", argument], Shell::PowerShell), None, "{argument}");
            assert_eq!(quoted(&["git", argument], Shell::PowerShell).unwrap(), format!("git '{argument}'"));
        }
        for argument in ["", "--%", "\u{2013}x"] {
            assert_eq!(quoted(&["git", argument], Shell::PowerShell), None, "{argument}");
        }
    }

    #[test]
    fn powershell_gets_no_numbers_and_no_split_parameters() {
        for (argument, expected) in [
            ("1.0", "npm '1.0'"),
            ("1kb", "npm '1kb'"),
            ("1.0.2", "npm 1.0.2"),
            ("--", "npm '--'"),
            ("-g", "npm -g"),
            ("--registry=https://acme.example/", "npm '--registry=https://acme.example/'"),
        ] {
            assert_eq!(quoted(&["npm", argument], Shell::PowerShell).unwrap(), expected);
        }
    }

    #[test]
    fn our_own_placeholders_are_quoted_and_nothing_else_passes_as_one() {
        assert_eq!(
            everywhere("<package>@<next_version>"),
            [
                Some("npm '<package>@<next_version>'".into()),
                Some("npm '<package>@<next_version>'".into()),
                Some("npm \"<package>@<next_version>\"".into()),
            ]
        );
        for argument in ["<package>>out", "<Package>", "<b>", "<a b>", "<>", "<package>&calc"] {
            assert_eq!(quoted(&["npm", argument], Shell::PowerShell), None, "{argument}");
        }
    }

    #[test]
    fn a_program_that_is_not_a_bare_word_is_no_command() {
        for program in
            ["", ".", "..", "-rf", "./npm", "npm publish", "NPM", "$(id)", "=ls", "npm;id", "n\u{440}m"]
        {
            for shell in Shell::ALL {
                assert_eq!(quoted(&[program, "x"], shell), None, "{program}");
            }
        }
        assert_eq!(quote(&[], Shell::Posix), None);
        assert_eq!(
            quoted(&["google-artifactregistry-auth"], Shell::Cmd).unwrap(),
            "google-artifactregistry-auth"
        );
    }
}
