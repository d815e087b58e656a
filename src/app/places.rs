//! Places: where this program keeps its files.
//!
//! Owns the rules for folders on the three systems. Must not know what is kept in them.
//! The system is a value and never asked for inside a rule, so that one machine can test all three.
//!
//! On Linux with nothing set, settings are in `~/.config/unforbid` and the history is in `~/.local/state/unforbid`.

pub mod npm_log;
mod npmrc;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// An empty file of this name beside the executable keeps everything beside the executable.
const PORTABLE_MARKER: &str = "unforbid.portable";

/// The systems whose folders differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Os {
    /// Linux and everything else that follows the XDG rules.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

impl Os {
    /// The system this program was built for.
    pub const fn this() -> Self {
        if cfg!(windows) {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::MacOs
        } else {
            Self::Linux
        }
    }
}

/// Everything the rules depend on.
#[derive(Clone, Debug)]
pub struct Machine {
    /// Whose rules apply.
    pub os: Os,
    /// The environment.
    pub env: BTreeMap<String, OsString>,
    /// The user's home folder, if there is one.
    pub home: Option<PathBuf>,
    /// Where the program was started.
    pub working_folder: Option<PathBuf>,
    /// The folder that everything is kept in when the program is carried around; see [`portable_folder`].
    pub portable: Option<PathBuf>,
}

/// Where the program keeps its files. They need not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// What the user chose.
    pub settings: PathBuf,
    /// What accumulates: history and notes. Never on a roaming profile.
    pub state: PathBuf,
}

impl Machine {
    /// The machine this program runs on.
    pub fn this() -> Self {
        // A variable whose name is not Unicode is none that a rule asks for.
        let env =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value))).collect();
        Self {
            os: Os::this(),
            env,
            // Without a home, working folder or known executable the rules that need them do not apply; whoever asks
            // for a folder gets `None` and says so.
            home: etcetera::home_dir().ok(),
            working_folder: std::env::current_dir().ok(),
            portable: std::env::current_exe().ok().and_then(|executable| portable_folder(&executable)),
        }
    }

    /// A variable of the environment. An empty one counts as not set; Windows ignores the case of names.
    pub fn variable(&self, name: &str) -> Option<&OsStr> {
        let value = match self.os {
            Os::Windows => {
                self.env.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
            }
            Os::Linux | Os::MacOs => self.env.get(name),
        };
        value.map(OsString::as_os_str).filter(|value| !value.is_empty())
    }

    /// Where to keep files; `None` when there is not even a home folder.
    pub fn folders(&self) -> Option<Folders> {
        let chosen = self.variable("UNFORBID_HOME").map(PathBuf::from);
        if let Some(all) = chosen.or_else(|| self.portable.clone()) {
            let state = all.join("state");
            return Some(Folders { settings: all, state });
        }
        Some(match self.os {
            Os::Linux => Folders {
                settings: self.xdg("XDG_CONFIG_HOME", ".config")?.join("unforbid"),
                state: self.xdg("XDG_STATE_HOME", ".local/state")?.join("unforbid"),
            },
            Os::MacOs => {
                let settings = self.in_home("Library/Application Support")?.join("Unforbid");
                let state = settings.join("state");
                Folders { settings, state }
            }
            Os::Windows => {
                Folders { settings: self.roaming()?.join("Unforbid"), state: self.local()?.join("Unforbid") }
            }
        })
    }

    /// A base folder of the XDG rules, which say that a relative value is to be ignored
    /// (<https://specifications.freedesktop.org/basedir-spec/latest/>).
    fn xdg(&self, variable: &str, default: &str) -> Option<PathBuf> {
        self.variable(variable)
            .filter(|value| value.as_encoded_bytes().starts_with(b"/"))
            .map(PathBuf::from)
            .or_else(|| self.in_home(default))
    }

    /// The folder of Windows whose content follows the user to other machines.
    fn roaming(&self) -> Option<PathBuf> {
        self.variable("APPDATA").map(PathBuf::from).or_else(|| self.in_home("AppData/Roaming"))
    }

    /// The folder of Windows whose content stays on the machine.
    fn local(&self) -> Option<PathBuf> {
        self.variable("LOCALAPPDATA").map(PathBuf::from).or_else(|| self.in_home("AppData/Local"))
    }

    fn in_home(&self, inside: &str) -> Option<PathBuf> {
        // Joined part by part, so that a path shown on Windows has one kind of separator.
        let home = self.home.clone()?;
        Some(inside.split('/').fold(home, |path, part| path.join(part)))
    }
}

/// The folder beside an executable that everything is kept in, if the marker file is there.
pub fn portable_folder(executable: &Path) -> Option<PathBuf> {
    let beside = executable.parent()?;
    beside.join(PORTABLE_MARKER).is_file().then(|| beside.join("data"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders(os: Os, env: &[(&str, &str)]) -> Option<Folders> {
        let machine = Machine {
            os,
            env: env.iter().map(|&(name, value)| (name.to_owned(), value.into())).collect(),
            home: Some("/home/alice".into()),
            working_folder: None,
            portable: None,
        };
        machine.folders()
    }

    fn are(settings: &str, state: &str) -> Option<Folders> {
        Some(Folders { settings: settings.into(), state: state.into() })
    }

    #[test]
    fn linux_follows_xdg_and_ignores_relative_values() {
        let defaults = are("/home/alice/.config/unforbid", "/home/alice/.local/state/unforbid");
        assert_eq!(folders(Os::Linux, &[]), defaults);
        let relative = [("XDG_CONFIG_HOME", "conf"), ("XDG_STATE_HOME", "")];
        assert_eq!(folders(Os::Linux, &relative), defaults);
        assert_eq!(
            folders(Os::Linux, &[("XDG_CONFIG_HOME", "/c"), ("XDG_STATE_HOME", "/s")]),
            are("/c/unforbid", "/s/unforbid")
        );
    }

    #[test]
    fn macos_uses_application_support_and_not_xdg() {
        assert_eq!(
            folders(Os::MacOs, &[("XDG_CONFIG_HOME", "/c")]),
            are(
                "/home/alice/Library/Application Support/Unforbid",
                "/home/alice/Library/Application Support/Unforbid/state"
            )
        );
    }

    #[test]
    fn windows_roams_settings_but_never_history() {
        assert_eq!(
            folders(Os::Windows, &[("AppData", "/roaming"), ("LOCALAPPDATA", "/local")]),
            are("/roaming/Unforbid", "/local/Unforbid")
        );
        assert_eq!(
            folders(Os::Windows, &[]),
            are("/home/alice/AppData/Roaming/Unforbid", "/home/alice/AppData/Local/Unforbid")
        );
    }

    #[test]
    fn unforbid_home_overrides_everything_on_every_system() {
        for os in [Os::Linux, Os::MacOs, Os::Windows] {
            let env = [("UNFORBID_HOME", "/u"), ("XDG_CONFIG_HOME", "/c"), ("APPDATA", "/roaming")];
            assert_eq!(folders(os, &env), are("/u", "/u/state"), "{os:?}");
        }
    }

    #[test]
    fn a_marker_beside_the_executable_keeps_everything_there() {
        let folder = tempfile::tempdir().unwrap();
        let executable = folder.path().join("unforbid");
        assert_eq!(portable_folder(&executable), None);
        std::fs::write(folder.path().join("unforbid.portable"), "").unwrap();
        let data = portable_folder(&executable).unwrap();
        assert_eq!(data, folder.path().join("data"));
        let mut machine = Machine {
            os: Os::Linux,
            env: BTreeMap::new(),
            home: None,
            working_folder: None,
            portable: Some(data.clone()),
        };
        assert_eq!(machine.folders().unwrap().settings, data);
        machine.env.insert("UNFORBID_HOME".into(), "/u".into());
        assert_eq!(machine.folders(), are("/u", "/u/state"));
    }

    #[test]
    fn without_a_home_there_is_no_folder_rather_than_a_wrong_one() {
        for os in [Os::Linux, Os::MacOs, Os::Windows] {
            let machine =
                Machine { os, env: BTreeMap::new(), home: None, working_folder: None, portable: None };
            assert_eq!(machine.folders(), None, "{os:?}");
        }
    }
}
