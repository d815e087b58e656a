//! The newest npm log of a machine.
//!
//! Owns where npm and its relatives leave logs, and which of them is the newest. Must not know what is in them.
//!
//! npm 6 and 7 write `<cache>/_logs/<time>-debug.log`; npm 8 and later write `<time>-debug-0.log`, and go on in
//! `-debug-1.log` after 50,000 events: the parts of one run are one log.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::npmrc::Npmrc;
use super::{Machine, Os};

/// What was found, and where it was looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// The logs of the first place that has any, newest first; each is the list of its parts in order.
    pub logs: Vec<Vec<PathBuf>>,
    /// The folders and files that were looked for, in order, up to the place where a log was found.
    pub looked_in: Vec<PathBuf>,
}

impl Search {
    /// The parts of the newest log.
    pub fn latest(&self) -> Option<&[PathBuf]> {
        self.logs.first().map(Vec::as_slice)
    }
}

/// Looks for logs: where npm was told to put them, then where it puts them unasked, then in the project.
pub fn find(machine: &Machine) -> Search {
    let mut search = Search::default();
    for folders in log_folders(machine) {
        let found = folders.iter().flat_map(|folder| runs_in(folder)).collect();
        search.looked_in.extend(folders);
        search.logs = newest_first(found);
        if !search.logs.is_empty() {
            return search;
        }
    }
    let files = project_files(machine);
    let found = files.iter().filter_map(|file| {
        let modified = modified(file)?;
        Some(Run { stamp: String::new(), modified: Some(modified), parts: vec![file.clone()] })
    });
    search.logs = newest_first(found.collect());
    search.looked_in.extend(files);
    search
}

/// One run of npm.
struct Run {
    /// When it started, as its files are named; sorts by time. Empty for a log without a time in its name.
    stamp: String,
    modified: Option<SystemTime>,
    parts: Vec<PathBuf>,
}

fn newest_first(mut runs: Vec<Run>) -> Vec<Vec<PathBuf>> {
    runs.sort_by(|a, b| (&b.stamp, b.modified).cmp(&(&a.stamp, a.modified)));
    runs.into_iter().map(|run| run.parts).collect()
}

/// The places to look in, best first. The two of Windows are one place: which of them npm uses depends on its age,
/// and both may hold logs.
fn log_folders(machine: &Machine) -> Vec<Vec<PathBuf>> {
    let npmrc = Npmrc::of_user(machine);
    let told = |key: &str| machine.npm_variable(key).or_else(|| npmrc.path(key, machine));
    let mut places: Vec<Vec<PathBuf>> = Vec::new();
    let logs = [machine.npm_variable("logs-dir"), npmrc.path("logs-dir", machine)];
    places.extend(logs.into_iter().flatten().map(|folder| vec![folder]));
    let cache = told("cache");
    if let Some(cache) = &cache {
        places.push(vec![cache.join("_logs")]);
    }
    let defaults: Vec<PathBuf> = match machine.os {
        Os::Windows => {
            let local = machine.variable("LOCALAPPDATA").map(PathBuf::from);
            // npm takes the home folder itself when the variable is missing.
            let local = local.or_else(|| machine.home.clone());
            [local, machine.roaming()]
                .into_iter()
                .flatten()
                .map(|folder| folder.join("npm-cache").join("_logs"))
                .collect()
        }
        // A cache that is somewhere else is where all logs are.
        Os::Linux | Os::MacOs if cache.is_some() => Vec::new(),
        Os::Linux | Os::MacOs => {
            let cache = machine.home.iter().map(|home| home.join(".npm"));
            cache.map(|cache| cache.join("_logs")).collect()
        }
    };
    if !defaults.is_empty() {
        places.push(defaults);
    }
    let mut seen = Vec::new();
    for place in &mut places {
        place.retain(|folder| !seen.contains(folder));
        seen.extend(place.iter().cloned());
    }
    places.retain(|place| !place.is_empty());
    places
}

/// All folders that npm may log to on this machine. They need not exist yet.
pub fn folders(machine: &Machine) -> Vec<PathBuf> {
    log_folders(machine).into_iter().flatten().collect()
}

/// The runs that have logs in a folder, and the parts of each.
pub fn runs(folder: &Path) -> Vec<(String, Vec<PathBuf>)> {
    runs_in(folder).into_iter().map(|run| (run.stamp, run.parts)).collect()
}

/// The run that a file of this name is a log of, if it is one.
pub fn run_named(file: &str) -> Option<&str> {
    run_and_part(file).map(|(run, _)| run)
}

/// Logs that older clients leave in the folder they run in.
fn project_files(machine: &Machine) -> Vec<PathBuf> {
    let Some(folder) = &machine.working_folder else {
        return Vec::new();
    };
    let pnpm = ".pnpm-debug.log";
    ["yarn-error.log", "npm-debug.log", pnpm]
        .iter()
        .map(|name| folder.join(name))
        .chain([folder.join("node_modules").join(pnpm)])
        .collect()
}

/// The runs whose logs are in a folder. One that is missing or closed to us holds none.
fn runs_in(folder: &Path) -> Vec<Run> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut runs: BTreeMap<String, BTreeMap<u32, PathBuf>> = BTreeMap::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        let named = path.file_name().and_then(OsStr::to_str).and_then(run_and_part);
        if let Some((stamp, part)) = named
            && path.is_file()
        {
            runs.entry(stamp.to_owned()).or_default().insert(part, path);
        }
    }
    runs.into_iter()
        .map(|(stamp, parts)| {
            let parts: Vec<PathBuf> = parts.into_values().collect();
            let modified = parts.last().and_then(|last| modified(last));
            Run { stamp, modified, parts }
        })
        .collect()
}

/// `2026-08-01T10_20_30_400Z-debug-1.log` is part 1 of the run that started then.
fn run_and_part(name: &str) -> Option<(&str, u32)> {
    let (stamp, rest) = name.strip_suffix(".log")?.split_once("-debug")?;
    let shape = "0000-00-00T00_00_00_000Z";
    let fits = stamp.len() == shape.len()
        && stamp.chars().zip(shape.chars()).all(|(c, wanted)| match wanted {
            '0' => c.is_ascii_digit(),
            other => c == other,
        });
    let part = match rest.strip_prefix('-') {
        Some(number) => number.parse().ok()?,
        None if rest.is_empty() => 0,
        None => return None,
    };
    fits.then_some((stamp, part))
}

fn modified(file: &Path) -> Option<SystemTime> {
    // Not every file system keeps the time; then the name alone decides.
    let about = fs::metadata(file).ok().filter(fs::Metadata::is_file)?;
    Some(about.modified().unwrap_or(SystemTime::UNIX_EPOCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A fake machine in a temporary folder.
    struct Fake {
        root: tempfile::TempDir,
        machine: Machine,
    }

    impl Fake {
        fn new(os: Os) -> Self {
            let root = tempfile::tempdir().expect("a temporary folder");
            let machine = Machine {
                os,
                env: BTreeMap::new(),
                home: Some(root.path().join("home")),
                working_folder: Some(root.path().join("project")),
                portable: None,
            };
            Self { root, machine }
        }

        fn set(&mut self, variable: &str, folder: &str) {
            let folder = self.path(folder);
            self.machine.env.insert(variable.to_owned(), folder.into());
        }

        fn path(&self, path: &str) -> PathBuf {
            path.split('/').fold(self.root.path().to_owned(), |path, part| path.join(part))
        }

        fn write(&self, path: &str, text: &str) {
            let file = self.path(path);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a new folder");
            fs::write(file, text).expect("a new file");
        }

        /// The parts of the newest log, relative to the fake root.
        fn latest(&self) -> Vec<String> {
            let search = find(&self.machine);
            let parts = search.latest().unwrap_or_default().to_vec();
            parts.iter().map(|part| self.relative(part)).collect()
        }

        fn relative(&self, path: &Path) -> String {
            let inside = path.strip_prefix(self.root.path()).expect("inside the fake root");
            let parts = inside.iter().map(|part| part.to_str().expect("Unicode"));
            parts.collect::<Vec<_>>().join("/")
        }

        fn looked_in(&self) -> Vec<String> {
            let looked = find(&self.machine).looked_in;
            looked.iter().map(|path| self.relative(path)).collect()
        }
    }

    const OLD: &str = "2026-07-31T23_59_59_999Z-debug-0.log";
    const NEW: &str = "2026-08-01T00_00_00_000Z-debug-0.log";

    #[test]
    fn npm_6_and_7_leave_one_file_without_a_number() {
        let fake = Fake::new(Os::Linux);
        fake.write("home/.npm/_logs/2020-01-01T00_00_00_000Z-debug.log", "");
        fake.write("home/.npm/_logs/2020-01-02T00_00_00_000Z-debug.log", "");
        assert_eq!(fake.latest(), ["home/.npm/_logs/2020-01-02T00_00_00_000Z-debug.log"]);
    }

    #[test]
    fn npm_8_and_later_are_newest_by_name_and_the_parts_of_a_run_are_one_log() {
        for os in [Os::Linux, Os::MacOs] {
            let fake = Fake::new(os);
            // Written in an order that differs from the order of their names.
            for name in [NEW, OLD] {
                fake.write(&format!("home/.npm/_logs/{name}"), "");
            }
            for part in [10, 2, 1] {
                let name = NEW.replace("-0.log", &format!("-{part}.log"));
                fake.write(&format!("home/.npm/_logs/{name}"), "");
            }
            let parts = ["0", "1", "2", "10"]
                .map(|part| format!("home/.npm/_logs/2026-08-01T00_00_00_000Z-debug-{part}.log"));
            assert_eq!(fake.latest(), parts, "{os:?}");
            assert_eq!(find(&fake.machine).logs.len(), 2, "the older run is there to fall back to");
        }
    }

    #[test]
    fn other_files_in_the_folder_are_not_logs() {
        let fake = Fake::new(Os::Linux);
        for name in [
            "notes.log",
            "9999-eresolve-report.txt",
            "2026-08-01T00_00_00_000Z-eresolve-report.txt",
            "2026-08-01T00_00_00_000Z-debug-x.log",
            "2026-08-01T00_00_00_000Z-debug-0.log.gz",
            "x-debug-0.log",
        ] {
            fake.write(&format!("home/.npm/_logs/{name}"), "");
        }
        fs::create_dir(fake.path(&format!("home/.npm/_logs/{NEW}"))).unwrap();
        assert!(fake.latest().is_empty());
    }

    #[test]
    fn on_windows_both_defaults_are_one_place() {
        let mut fake = Fake::new(Os::Windows);
        fake.set("LocalAppData", "local");
        fake.set("APPDATA", "roaming");
        fake.write("roaming/npm-cache/_logs/2020-01-01T00_00_00_000Z-debug.log", "");
        assert_eq!(fake.latest(), ["roaming/npm-cache/_logs/2020-01-01T00_00_00_000Z-debug.log"]);
        fake.write(&format!("local/npm-cache/_logs/{NEW}"), "");
        assert_eq!(fake.latest(), [format!("local/npm-cache/_logs/{NEW}")]);
        assert_eq!(fake.looked_in(), ["local/npm-cache/_logs", "roaming/npm-cache/_logs"]);
    }

    #[test]
    fn on_windows_without_local_app_data_npm_uses_the_home_folder() {
        let fake = Fake::new(Os::Windows);
        fake.write(&format!("home/npm-cache/_logs/{NEW}"), "");
        assert_eq!(fake.latest(), [format!("home/npm-cache/_logs/{NEW}")]);
    }

    #[test]
    fn a_cache_that_was_set_replaces_the_default() {
        for variable in ["npm_config_cache", "NPM_CONFIG_CACHE", "Npm_Config_Cache"] {
            let mut fake = Fake::new(Os::Linux);
            fake.set(variable, "cache");
            fake.write(&format!("home/.npm/_logs/{NEW}"), "");
            fake.write(&format!("cache/_logs/{OLD}"), "");
            assert_eq!(fake.latest(), [format!("cache/_logs/{OLD}")], "{variable}");
        }
        let fake = Fake::new(Os::Linux);
        fake.write("home/.npmrc", "cache = ~/elsewhere\n");
        fake.write(&format!("home/elsewhere/_logs/{OLD}"), "");
        fake.write(&format!("home/.npm/_logs/{NEW}"), "");
        assert_eq!(fake.latest(), [format!("home/elsewhere/_logs/{OLD}")]);
    }

    #[test]
    fn the_variable_for_the_cache_outranks_the_users_file() {
        let mut fake = Fake::new(Os::Linux);
        fake.set("npm_config_cache", "cache");
        fake.write("home/.npmrc", "cache=~/elsewhere");
        fake.write(&format!("home/elsewhere/_logs/{NEW}"), "");
        assert!(fake.latest().is_empty());
        fake.write(&format!("cache/_logs/{OLD}"), "");
        assert_eq!(fake.latest(), [format!("cache/_logs/{OLD}")]);
    }

    #[test]
    fn a_folder_for_logs_comes_before_every_cache_and_the_variable_before_the_file() {
        let mut fake = Fake::new(Os::Linux);
        fake.write(&format!("home/.npm/_logs/{NEW}"), "");
        fake.write("home/.npmrc", "; mine\nlogs-dir=${LOGS}\n");
        fake.set("LOGS", "from-file");
        assert_eq!(fake.latest(), [format!("home/.npm/_logs/{NEW}")]);
        fake.write(&format!("from-file/{OLD}"), "");
        assert_eq!(fake.latest(), [format!("from-file/{OLD}")]);
        fake.set("NPM_CONFIG_LOGS_DIR", "from-variable");
        fake.write(&format!("from-variable/{OLD}"), "");
        assert_eq!(fake.latest(), [format!("from-variable/{OLD}")]);
    }

    #[test]
    fn older_clients_leave_logs_in_the_project() {
        for file in ["npm-debug.log", "yarn-error.log", ".pnpm-debug.log", "node_modules/.pnpm-debug.log"] {
            let fake = Fake::new(Os::Linux);
            fake.write(&format!("project/{file}"), "");
            assert_eq!(fake.latest(), [format!("project/{file}")]);
        }
    }

    #[test]
    fn among_logs_without_a_time_in_their_name_the_last_written_is_the_newest() {
        let fake = Fake::new(Os::Linux);
        for (day, file) in ["npm-debug.log", "yarn-error.log", ".pnpm-debug.log"].iter().enumerate() {
            fake.write(&format!("project/{file}"), "");
            let path = fake.path(&format!("project/{file}"));
            let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(86_400 * day as u64);
            fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
            assert_eq!(fake.latest(), [format!("project/{file}")]);
        }
    }

    #[test]
    fn nothing_found_says_where_it_was_looked_for() {
        let mut fake = Fake::new(Os::MacOs);
        fake.set("npm_config_logs_dir", "logs");
        assert!(fake.latest().is_empty());
        assert_eq!(
            fake.looked_in(),
            [
                "logs",
                "home/.npm/_logs",
                "project/yarn-error.log",
                "project/npm-debug.log",
                "project/.pnpm-debug.log",
                "project/node_modules/.pnpm-debug.log",
            ]
        );
    }

    #[test]
    fn a_machine_without_home_and_folder_has_nowhere_to_look() {
        let machine =
            Machine { os: Os::Linux, env: BTreeMap::new(), home: None, working_folder: None, portable: None };
        assert_eq!(find(&machine), Search::default());
    }
}
