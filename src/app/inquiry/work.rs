//! The work behind a look beyond the log, on threads of its own.
//!
//! Owns the order of reading, asking and observing in the window. Must not know what is shown.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use regex::Regex;

use crate::advice::Advice;
use crate::app::jobs::{Event, Outbox, Services};
use crate::app::state::{Case, JobId};
use crate::config::{self, Client, Family};
use crate::diagnose::Observed;
use crate::facts::{Facts, Observation};
use crate::knowledge::Knowledge;
use crate::probe::{self, Answer, Ask, Cancel, Owner, Plan, Wish};
use crate::text::Redacted;
use crate::{Preferences, explain_again};

/// What the configuration says.
#[derive(Debug)]
pub struct Looked {
    /// The configuration.
    pub owner: Owner,
    /// What is wrong with it, and what is right.
    pub audit: Vec<Observation>,
    /// What could be asked.
    pub plan: Plan,
    /// What to say now.
    pub advice: Advice,
}

/// The log and what is known of it so far.
#[derive(Debug)]
pub struct Known {
    /// The request that is looked into, by its place in the answer.
    incident: usize,
    log: Arc<Redacted>,
    name: String,
    observed: Observed,
    preferences: Preferences,
}

impl Known {
    /// What is known of the shown log.
    pub fn of(case: &Case, incident: usize, preferences: Preferences) -> Self {
        let (log, name) = (case.explained.log.clone(), case.advice().input.name.clone());
        Self { incident, log, name, observed: case.observed.clone(), preferences }
    }

    /// What to say with what is known.
    pub fn say_again(self, knowledge: &Knowledge) -> Advice {
        explain_again(&self.log, &self.name, knowledge, &self.preferences, &self.observed)
    }

    /// What to say when this was found as well.
    fn say(mut self, found: Vec<Observation>, knowledge: &Knowledge) -> Advice {
        self.observed.insert(self.incident, found);
        self.say_again(knowledge)
    }
}

/// What a round of requests brought.
#[derive(Debug)]
pub struct Asked {
    /// All answers so far.
    pub answers: Vec<Answer>,
    /// All findings so far.
    pub observations: Vec<Observation>,
    /// What to say now.
    pub advice: Advice,
    /// What could be asked next.
    pub plan: Plan,
}

/// A round of requests that the user has agreed to.
pub struct Round {
    /// The requests.
    pub asks: Vec<Ask>,
    /// The configuration.
    pub looked: Arc<Looked>,
    /// The answers of the rounds before.
    pub earlier: Vec<Answer>,
    /// What may be offered next.
    pub wish: Wish,
    /// To stop it.
    pub cancel: Cancel,
    /// The log.
    pub known: Known,
}

/// Reads the configuration as the client of this request does.
pub fn look(
    services: Arc<dyn Services>,
    job: JobId,
    facts: Facts,
    (project, wish): (Option<PathBuf>, Wish),
    known: Known,
    outbox: Outbox,
) {
    thread::spawn(move || {
        let machine = services.machine();
        let knowledge = services.knowledge();
        let client = Client::of(&facts).unwrap_or(Client { family: Family::Npm, major: None, minor: None });
        // Without a project the user's own files are all there is; the home folder is where they are.
        let folder = project
            .map(|folder| config::find_project(&folder).unwrap_or(folder))
            .or_else(|| machine.home.clone())
            .unwrap_or_default();
        let configuration = config::read(&folder, client, &machine, knowledge);
        let audit = config::audit(&configuration, &facts, knowledge, now());
        let owner = Owner::new(configuration);
        let plan = probe::plan(&facts, &owner, knowledge, &[], &wish);
        let advice = known.say(audit.clone(), knowledge);
        outbox.send(Event::Looked(job, Box::new(Looked { owner, audit, plan, advice })));
    });
}

/// Sends a round of requests, and says what all answers together show.
pub fn ask(services: Arc<dyn Services>, job: JobId, facts: Facts, round: Round, outbox: Outbox) {
    thread::spawn(move || {
        let knowledge = services.knowledge();
        let owner = &round.looked.owner;
        let mut tell = |progress| outbox.send(Event::Progress(job, progress));
        let mut answers = round.earlier;
        answers.extend(services.ask(&round.asks, owner, &round.cancel, &mut tell));
        let mut observations = round.looked.audit.clone();
        observations.extend(probe::observe(&facts, owner, knowledge, &answers));
        let advice = round.known.say(observations.clone(), knowledge);
        let plan = probe::plan(&facts, owner, knowledge, &answers, &round.wish);
        outbox.send(Event::Asked(job, Box::new(Asked { answers, observations, advice, plan })));
    });
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// `verbose cwd /home/dev/ui`, `error path /home/dev/ui/package.json`, `Directory: /home/dev/ui`.
static FOLDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)\b(?:cwd|path|Directory:?|Current working directory:?|prefix)[ :]+((?:/|[A-Za-z]:\\)[^\r\n:*?<>|]{1,300}?)(?:[/\\]package\.json)?[ \t]*$").ok()
});

/// A project folder that the log names and that is here, too.
pub fn named_folder(services: &dyn Services, case: &Case) -> Option<PathBuf> {
    let regex = FOLDER.as_ref()?;
    let text = case.explained.log.as_str();
    regex
        .captures_iter(text)
        .take(50)
        .filter_map(|found| found.get(1))
        .map(|folder| Path::new(folder.as_str()))
        .find(|folder| services.is_project(folder))
        .map(Path::to_owned)
}
