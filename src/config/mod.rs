//! What the package manager of this machine would do: which registry, which credential, and which line decides it.
//!
//! Reads the configuration files of npm, pnpm, Yarn, Bun and Deno as each of them does, and keeps file, line and
//! column of every value. Read-only, no network. Must not know causes, screens or sockets.
//!
//! ```text
//! in   ~/.npmrc line 1   @acme:registry=https://npm.acme.example/npm/
//!      ~/.npmrc line 2   //npm.acme.example/other/:_authToken=<40 letters>
//! out  @acme/ui comes from https://npm.acme.example/npm/ (line 1), and npm 10 sends no credential there
//! ```

mod audit;
mod bunfig;
mod client;
mod configuration;
mod credential;
mod entries;
mod families;
mod files;
mod grant;
mod ini;
mod levels;
mod lockfile;
mod manifest;
mod model;
mod nerf;
mod npmrc;
mod pnpm;
mod proxy;
mod registry;
mod rules;
mod sent;
mod sent_by_yarn;
mod trust;
mod variables;
mod workspace;
mod yaml;
mod yarnrc;
mod yarnrc_yml;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub use audit::audit;
pub use configuration::Configuration;
pub use levels::read;
pub use lockfile::LockHost;
pub use manifest::{Located, Manifest};
pub use model::{Client, Credential, Decided, Family, Outcome, Scheme, Secret, Sent, Visited};
pub use trust::Trust;
pub use workspace::find_project;

/// What a configuration is read from. It is passed in, so that nothing here reads the environment.
#[derive(Clone, Default)]
pub struct Machine {
    /// The user's home folder.
    pub home: Option<PathBuf>,
    /// The environment variables.
    pub variables: BTreeMap<String, String>,
    /// Where npm's global file may be, for example `<prefix>/etc/npmrc`.
    pub global: Vec<PathBuf>,
}

impl Machine {
    /// A variable that is set to something.
    fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}
