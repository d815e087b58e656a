//! What can be typed: every flag, its help and its values.
//!
//! Owns the grammar of the command line. Must not know what a flag leads to; see [`super::run`].

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::advice::Shell;
use crate::output::Format;

/// Names the cause behind a package manager's 403, and what to do about it.
///
/// Without a subcommand it opens a window, with every FILE in it that is given.
#[derive(Debug, Parser)]
#[command(
    name = "unforbid",
    version,
    max_term_width = 80,
    args_conflicts_with_subcommands = true,
    after_help = TOUR
)]
pub struct Args {
    /// What to do instead of opening the window.
    #[command(subcommand)]
    pub command: Option<Task>,
    /// Logs to open in the window; `-` is standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Which entries.
    #[command(flatten)]
    pub own: Own,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Read a log and name the cause of its 403
    Diagnose(Diagnose),
    /// Tell everything about one cause, without a log
    Explain(Explain),
    /// List every cause and related code
    List(List),
    /// Write and check entries of your own
    #[command(subcommand)]
    Knowledge(Entries),
}

/// `unforbid knowledge`.
#[derive(Debug, Subcommand)]
pub enum Entries {
    /// Write a new entry to start from
    New(NewEntry),
    /// Check entries and run their examples
    Check(CheckEntries),
}

/// `unforbid knowledge new`.
#[derive(ClapArgs, Debug)]
#[command(after_help = NEW_TOUR)]
pub struct NewEntry {
    /// Its name for ever, for example acme-vpn
    #[arg(value_name = "ID")]
    pub id: String,
    /// The folder that it is put in [default: the one that is always used]
    #[arg(long = "in", value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// `unforbid knowledge check`.
#[derive(ClapArgs, Debug)]
#[command(after_help = CHECK_TOUR)]
pub struct CheckEntries {
    /// The folder; without it, the bundled entries and all that are in use
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// Whose entries are used.
#[derive(ClapArgs, Debug, Default)]
pub struct Own {
    /// Use the entries of this folder as well; may be repeated
    #[arg(long = "knowledge", value_name = "DIR")]
    pub folders: Vec<PathBuf>,
}

/// `unforbid diagnose`.
#[derive(ClapArgs, Debug)]
#[command(after_help = DIAGNOSE_TOUR)]
pub struct Diagnose {
    /// The log; `-` or nothing is standard input
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// How to print it.
    #[command(flatten)]
    pub look: Look,
    /// Quote commands for this shell [default: the usual one of this system]
    #[arg(long, value_name = "SHELL", value_enum)]
    pub shell: Option<ShellName>,
    /// Spell commands for this client, not for the one that wrote the log
    #[arg(long, value_name = "ID")]
    pub client: Option<String>,
    /// Where to look beside the log.
    #[command(flatten)]
    pub look_at: LookAt,
    /// Which entries.
    #[command(flatten)]
    pub own: Own,
}

/// Where to look beside the log; without any of these nothing but the log is read, and nothing is sent.
#[derive(ClapArgs, Clone, Debug, Default)]
pub struct LookAt {
    /// Read the package manager's configuration for the project in DIR [default: here]; nothing is sent
    #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = ".")]
    pub config: Option<PathBuf>,
    /// Ask the registry, reading only; `auth` also sends the configured credential where the client would
    #[arg(long, value_name = "HOW", value_enum, num_args = 0..=1, default_missing_value = "anonymous", require_equals = true)]
    pub probe: Option<Probe>,
    /// Ask this host too, which only the log names; may be repeated
    #[arg(long = "allow-host", value_name = "HOST", requires = "probe")]
    pub hosts: Vec<String>,
    /// Print what would be asked, and ask nothing
    #[arg(long, requires = "probe")]
    pub dry_run: bool,
}

/// How a registry is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Probe {
    /// Without a credential
    Anonymous,
    /// With the configured credential too
    Auth,
}

/// `unforbid explain`.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXPLAIN_TOUR)]
pub struct Explain {
    /// A cause such as version-exists, or a code such as E401
    #[arg(value_name = "ID")]
    pub id: String,
    /// How to print it.
    #[command(flatten)]
    pub look: Look,
    /// Quote commands for this shell [default: the usual one of this system]
    #[arg(long, value_name = "SHELL", value_enum)]
    pub shell: Option<ShellName>,
    /// Which entries.
    #[command(flatten)]
    pub own: Own,
}

/// `unforbid list`.
#[derive(ClapArgs, Debug)]
pub struct List {
    /// How to print it.
    #[command(flatten)]
    pub look: Look,
    /// Which entries.
    #[command(flatten)]
    pub own: Own,
}

/// How to print the result.
#[derive(ClapArgs, Clone, Copy, Debug)]
pub struct Look {
    /// Print the result in this form
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: FormatName,
    /// Print one JSON object; the same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl Look {
    /// The rendering that was asked for.
    pub const fn format(self) -> Format {
        match (self.json, self.format) {
            (true, _) | (false, FormatName::Json) => Format::Json,
            (false, FormatName::Text) => Format::Text,
            (false, FormatName::Markdown) => Format::Markdown,
            (false, FormatName::Github) => Format::Github,
        }
    }
}

/// The names of the formats.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum FormatName {
    /// For reading in a terminal
    #[default]
    Text,
    /// One object, for programs
    Json,
    /// For an issue or a chat
    Markdown,
    /// Annotations for a GitHub Actions job
    Github,
}

/// The names of the shells.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ShellName {
    /// For sh, dash, bash, zsh and fish
    Posix,
    /// For PowerShell 5.1 and later
    #[value(name = "powershell")]
    PowerShell,
    /// For the Windows command prompt
    Cmd,
}

impl From<ShellName> for Shell {
    fn from(name: ShellName) -> Self {
        match name {
            ShellName::Posix => Self::Posix,
            ShellName::PowerShell => Self::PowerShell,
            ShellName::Cmd => Self::Cmd,
        }
    }
}

const TOUR: &str = "\
Examples:
  unforbid                          open the window
  unforbid npm-debug.log            open the window with this log
  unforbid diagnose npm-debug.log   name the cause here, without a window
  npm publish 2>&1 | unforbid diagnose
  unforbid explain version-exists   what is known about one cause

A file that is named like a subcommand needs its folder: unforbid ./list

Exit codes: 0 a cause is named, 1 read but no 403 recognised, 2 could not run.
Nothing is sent anywhere unless you ask for it, and secrets in the log are hidden.";

const DIAGNOSE_TOUR: &str = "\
Examples:
  unforbid diagnose npm-debug.log
  unforbid diagnose --json npm-debug.log
  npm publish 2>&1 | unforbid diagnose
  pnpm install 2>&1 | unforbid diagnose --format github
  unforbid diagnose --shell powershell --client pnpm build.log
  unforbid diagnose --config npm-debug.log          read the configuration, too
  unforbid diagnose --probe --dry-run npm-debug.log what would be asked
  unforbid diagnose --probe=auth npm-debug.log      ask the registry

Without --config and --probe nothing but the log is read, and nothing is sent.
Exit codes: 0 a cause is named, 1 read but no 403 recognised, 2 could not run.";

const EXPLAIN_TOUR: &str = "\
Examples:
  unforbid explain version-exists
  unforbid explain E401
  unforbid list                     all of them";

const NEW_TOUR: &str = "\
Examples:
  unforbid knowledge new acme-vpn
  unforbid knowledge new acme-vpn --in ./acme

Nothing is overwritten.";

const CHECK_TOUR: &str = "\
Examples:
  unforbid knowledge check ./acme   as a user with this folder would have it
  unforbid knowledge check          the bundled entries and all that are in use

Exit codes: 0 nothing to say, 1 warnings only, 2 errors.";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_grammar_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_subcommand_wins_over_a_file_of_the_same_name() {
        let list = Args::try_parse_from(["unforbid", "list"]).unwrap();
        assert!(matches!(list.command, Some(Task::List(_))));
        let file = Args::try_parse_from(["unforbid", "./list"]).unwrap();
        assert_eq!(file.files, [PathBuf::from("./list")]);
    }

    #[test]
    fn json_is_a_format_and_not_both() {
        let parsed = Args::try_parse_from(["unforbid", "diagnose", "--json"]).unwrap();
        let Some(Task::Diagnose(diagnose)) = parsed.command else {
            panic!("diagnose");
        };
        assert_eq!(diagnose.look.format(), Format::Json);
        assert!(Args::try_parse_from(["unforbid", "list", "--json", "--format", "text"]).is_err());
    }
}
