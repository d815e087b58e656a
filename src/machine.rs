//! This machine, as the configuration of a package manager sees it.
//!
//! Owns the one place where the environment becomes a [`Machine`]. Must not know what is done with it.

use std::env;
use std::path::PathBuf;

use crate::config::Machine;

/// The variables, the home folder and the places of npm's global file, as this process finds them.
pub fn this() -> Machine {
    Machine {
        home: etcetera::home_dir().ok(),
        // A variable that is not Unicode names no registry and holds no token.
        variables: env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect(),
        global: global_files(),
    }
}

/// `<prefix>/etc/npmrc`, where the prefix is that of the Node.js which npm would run with
/// (<https://docs.npmjs.com/cli/v11/configuring-npm/folders#prefix-configuration>).
fn global_files() -> Vec<PathBuf> {
    let name = if cfg!(windows) { "node.exe" } else { "node" };
    let path = env::var_os("PATH").unwrap_or_default();
    let node = env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    // Version managers put links into the path; the prefix is that of the program itself.
    let node = node.map(|file| file.canonicalize().unwrap_or(file));
    let prefix = node.and_then(|file| {
        let folder = file.parent()?;
        Some(if cfg!(windows) { folder.to_owned() } else { folder.parent()?.to_owned() })
    });
    prefix.map(|prefix| prefix.join("etc").join("npmrc")).into_iter().collect()
}
