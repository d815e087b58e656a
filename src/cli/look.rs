//! Looking beyond the log: the configuration of this machine, and the registry, when a flag asks for it.
//!
//! Owns the order of reading, planning, asking and observing on the command line. Must not know what a finding means.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::CliError;
use super::args::LookAt;
use super::args::Probe;
use crate::advice::Incident;
use crate::config::{self, Client, Configuration, Family};
use crate::diagnose::Observed;
use crate::facts::Observation;
use crate::knowledge::Knowledge;
use crate::machine;
use crate::output::plan::Planned;
use crate::probe::{self, Owner, Wish};

/// What a run is allowed to look at, checked.
pub struct Look<'a> {
    wish: &'a LookAt,
    project: PathBuf,
    machine: config::Machine,
    knowledge: &'a Knowledge,
}

impl<'a> Look<'a> {
    /// `None` when no flag asks for more than the log.
    ///
    /// # Errors
    /// The project folder is none, or this build cannot ask.
    pub fn new(wish: &'a LookAt, knowledge: &'a Knowledge) -> Result<Option<Self>, CliError> {
        if wish.config.is_none() && wish.probe.is_none() {
            return Ok(None);
        }
        if wish.probe.is_some() && !wish.dry_run && !cfg!(feature = "probe") {
            return Err(CliError::Probeless);
        }
        let folder = wish.config.clone().unwrap_or_else(|| PathBuf::from("."));
        if !folder.is_dir() {
            return Err(CliError::NoProject { path: folder });
        }
        let project = folder.canonicalize().unwrap_or(folder);
        let project = config::find_project(&project).unwrap_or(project);
        Ok(Some(Self { wish, project, machine: machine::this(), knowledge }))
    }

    /// What is found for each incident.
    ///
    /// `is_certain` says whether the findings for one incident decide; then nothing more is asked.
    pub fn observe(
        &self,
        incidents: &[Incident],
        is_certain: &dyn Fn(usize, &[Observation]) -> bool,
    ) -> Observed {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let mut observed = Observed::new();
        for (at, incident) in incidents.iter().enumerate() {
            let configuration = self.configuration(incident);
            let audit = config::audit(&configuration, &incident.facts, self.knowledge, now);
            let found = self.ask(incident, configuration, audit, &|found| is_certain(at, found));
            observed.insert(at, found);
        }
        observed
    }

    /// The configuration as the client of this incident reads it; npm's when the log does not name one.
    fn configuration(&self, incident: &Incident) -> Configuration {
        let client =
            Client::of(&incident.facts).unwrap_or(Client { family: Family::Npm, major: None, minor: None });
        config::read(&self.project, client, &self.machine, self.knowledge)
    }

    /// Whether the requests are only to be shown.
    pub const fn only_plans(&self) -> bool {
        self.wish.dry_run
    }

    /// What would be asked first for each incident.
    pub fn plans(&self, incidents: &[Incident]) -> Vec<Planned> {
        let plan = |incident: &Incident| {
            let owner = Owner::new(self.configuration(incident));
            let plan = probe::plan(&incident.facts, &owner, self.knowledge, &[], &self.allowed());
            Planned { headline: incident.headline.clone(), plan }
        };
        incidents.iter().map(plan).collect()
    }

    fn allowed(&self) -> Wish {
        Wish { with_credentials: self.wish.probe == Some(Probe::Auth), hosts: self.hosts(), headless: true }
    }

    /// The hosts as they stand in an address: a host that is typed with capitals is the same one.
    fn hosts(&self) -> BTreeSet<String> {
        self.wish.hosts.iter().map(|host| host.to_ascii_lowercase()).collect()
    }

    #[cfg(not(feature = "probe"))]
    fn ask(
        &self,
        _: &Incident,
        _: Configuration,
        audit: Vec<Observation>,
        _: &dyn Fn(&[Observation]) -> bool,
    ) -> Vec<Observation> {
        audit
    }
}

impl LookAt {
    /// Takes back a log that was typed behind `--config`, where a folder is meant: `--config npm-debug.log`.
    pub fn give_back(&mut self, file: &mut Option<PathBuf>) {
        let is_log = self.config.as_deref().is_some_and(Path::is_file);
        if file.is_none() && is_log {
            *file = self.config.replace(PathBuf::from("."));
        }
    }
}

#[cfg(feature = "probe")]
mod asking {
    use super::Look;
    use crate::advice::Incident;
    use crate::cli::streams;
    use crate::config::Configuration;
    use crate::facts::Observation;
    use crate::output::plan::sends;
    use crate::probe::{self, Ask, Cancel, Consent, Limits, Owner, Progress, Verb};

    /// More rounds than this answer nothing new.
    const ROUNDS: usize = 4;

    impl Look<'_> {
        /// Asks round after round until nothing more would help, and says what the answers show.
        pub(super) fn ask(
            &self,
            incident: &Incident,
            configuration: Configuration,
            audit: Vec<Observation>,
            is_certain: &dyn Fn(&[Observation]) -> bool,
        ) -> Vec<Observation> {
            if self.wish.probe.is_none() {
                return audit;
            }
            let owner = Owner::new(configuration);
            let (wish, consent) = (self.allowed(), Consent { hosts: self.hosts(), headless: true });
            let mut limits = Limits::default();
            let mut answers = Vec::new();
            let mut found = audit.clone();
            for _ in 0..ROUNDS {
                let plan = probe::plan(&incident.facts, &owner, self.knowledge, &answers, &wish);
                let mut asks: Vec<Ask> = plan.asks.into_iter().filter(|ask| ask.ticked).collect();
                asks.truncate(limits.requests);
                if asks.is_empty() {
                    break;
                }
                let mut tell = |progress: Progress| {
                    if let Progress::Started(id) = progress
                        && let Some(ask) = asks.iter().find(|ask| ask.id == id)
                    {
                        let line = format!("{} {} {}", ask.verb.name(), ask.url, sends(ask));
                        streams::complain("asking", &line);
                    }
                };
                let round =
                    probe::run_blocking(&asks, &owner, &limits, &consent, &Cancel::default(), &mut tell);
                answers.extend(round);
                // A refused `HEAD` is repeated as `GET`.
                let sent = asks.iter().map(|ask| if ask.verb == Verb::Head { 2 } else { 1 });
                limits.requests = limits.requests.saturating_sub(sent.sum());
                found.clone_from(&audit);
                found.extend(probe::observe(&incident.facts, &owner, self.knowledge, &answers));
                if is_certain(&found) {
                    break;
                }
            }
            found
        }
    }
}
