//! Everything the window asks of the world, and how the answers come back.
//!
//! Owns threads. What touches the system goes through [`Services`], so that tests can stand in for it.
//! Answers are [`Event`]s that carry their job's id; the window drops those that are no longer wanted.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, mpsc};
use std::thread;

use super::batch;
use super::entries::{self, OwnEntries};
use jiff::Zoned;

use super::find::Found;
use super::history::store::Store;
use super::history::work::Told;
use super::inquiry::work::{Asked, Looked};
use super::look::SystemLook;
use super::places::{Folders, Machine, npm_log};
use super::state::{Failure, JobId, Source};
use super::store::{self, Settings, StoreError};
use super::watch::folder::{self, Noticed, Watching};
use super::words;
use crate::advice::Advice;
use crate::config;
use crate::diagnose::Observed;
use crate::knowledge::Knowledge;
use crate::probe::{self, Ask, Cancel, Consent, Limits, Owner, Progress};
use crate::text::{self, OpenError, Text};
use crate::{Explained, Preferences, explain, explain_again, machine};

/// How many npm logs are looked through for a refusal: npm keeps ten.
const NPM_LOGS: usize = 10;

/// What the window asks of the system it runs on. All but the settings may take their time.
pub trait Services: Send + Sync + 'static {
    /// Asks for files and answers with [`Event::Picked`]. Called on the window's own thread, as macOS demands.
    fn pick_file(&self, job: JobId, outbox: Outbox);
    /// The npm logs of this machine, newest first, each as its parts; or the places that were looked in in vain.
    fn npm_logs(&self) -> Result<Vec<Vec<PathBuf>>, Vec<PathBuf>>;
    /// Reads a log.
    fn open(&self, parts: &[PathBuf]) -> Result<Text, OpenError>;
    /// Removes what an interrupted saving has left behind.
    fn tidy(&self) {}
    /// What was remembered; never fails, but may have something to tell.
    fn load_settings(&self) -> (Settings, Option<StoreError>);
    /// Remembers.
    fn save_settings(&self, settings: &Settings) -> Result<(), StoreError>;
    /// Whether files can be dropped on the window.
    fn can_drop(&self) -> bool;
    /// Asks where a new file goes and answers with [`Event::PickedNew`]; on the window's own thread.
    fn pick_new_file(&self, job: JobId, name: &str, outbox: Outbox);
    /// Writes a report, whole or not at all; unless `may_replace`, what is there stays there.
    fn write_report(&self, path: &Path, text: &str, may_replace: bool) -> io::Result<()>;
    /// Asks for a project's folder and answers with [`Event::PickedFolder`]; on the window's own thread.
    fn pick_folder(&self, job: JobId, outbox: Outbox) {
        outbox.send(Event::PickedFolder(job, None));
    }
    /// Where a package manager finds its configuration on this machine.
    fn machine(&self) -> config::Machine {
        config::Machine::default()
    }
    /// Whether a folder is here and holds a project.
    fn is_project(&self, folder: &Path) -> bool {
        folder.join("package.json").is_file()
    }
    /// Watches npm's logs until the answer is dropped; tells of each new one with a refusal by [`Event::Noticed`].
    fn watch(&self, _job: JobId, _outbox: Outbox) -> Watching {
        Watching::nothing()
    }
    /// Sends requests that the user has agreed to.
    fn ask(
        &self,
        asks: &[Ask],
        owner: &Owner,
        cancel: &Cancel,
        tell: &mut dyn FnMut(Progress),
    ) -> Vec<probe::Answer> {
        probe::run_blocking(asks, owner, &Limits::default(), &consent(asks), cancel, tell)
    }
    /// The entries that answers come from.
    fn knowledge(&self) -> &'static Knowledge {
        Knowledge::bundled()
    }
    /// The entries that the program was started with, and those of a folder over them.
    fn load_entries(&self, folder: Option<&Path>) -> OwnEntries {
        entries::load(Knowledge::bundled(), folder)
    }
    /// Answers come from these entries from now on.
    fn use_entries(&self, _entries: &'static Knowledge) {}
    /// Asks for the folder of own entries and answers with [`Event::PickedFolder`]; on the window's own thread.
    fn pick_entries(&self, job: JobId, outbox: Outbox) {
        self.pick_folder(job, outbox);
    }
    /// Tells how the system wants windows to look, now and whenever that changes, with [`Event::SystemLook`].
    fn watch_look(&self, _outbox: Outbox) {}
    /// Where the program keeps its files.
    fn folders(&self) -> Option<Folders> {
        None
    }
    /// Where the history is kept, if there is a place for it.
    fn history(&self) -> Option<Store> {
        None
    }
    /// What time it is, and where.
    fn moment(&self) -> Zoned {
        Zoned::now()
    }
}

/// An answer.
#[derive(Debug)]
pub enum Event {
    /// The file dialog was closed; empty if nothing was chosen, or if no dialog could be shown.
    Picked(JobId, Vec<PathBuf>),
    /// The dialog for a new file was closed; `None` as above.
    PickedNew(JobId, Option<PathBuf>),
    /// A report was saved there, or not, and why.
    Saved(JobId, Result<PathBuf, String>),
    /// What is in one of several logs, by its place in the list.
    Surveyed(JobId, usize, batch::Found),
    /// A log was read, or not.
    Read(JobId, Result<Box<Answer>, Failure>),
    /// The dialog for a folder was closed; `None` if nothing was chosen.
    PickedFolder(JobId, Option<PathBuf>),
    /// The configuration was read.
    Looked(JobId, Box<Looked>),
    /// A request was sent or answered.
    Progress(JobId, Progress),
    /// The answers to a checklist were weighed.
    Heard(JobId, Box<Advice>),
    /// The watch over npm's logs has something to tell.
    Noticed(JobId, Noticed),
    /// More places of the log where the words that are searched for stand; true with the last of them.
    Found(JobId, Vec<Found>, bool),
    /// A round of requests is over.
    Asked(JobId, Box<Asked>),
    /// How the system wants windows to look.
    SystemLook(SystemLook),
    /// A folder of own entries was read.
    Entries(JobId, Box<OwnEntries>),
    /// A piece of work on the history is done.
    History(Box<Told>),
}

/// Each host that stands in a request has been shown in full and agreed to.
fn consent(asks: &[Ask]) -> Consent {
    let hosts = asks.iter().filter_map(|ask| ask.url.host_str());
    let ported = asks.iter().filter_map(|ask| Some(format!("{}:{}", ask.url.host_str()?, ask.url.port()?)));
    Consent { hosts: hosts.map(str::to_owned).chain(ported).collect(), headless: false }
}

/// A log that was read, and where it came from.
#[derive(Debug)]
pub struct Answer {
    /// The log and what to say about it.
    pub explained: Explained,
    /// Where it came from.
    pub source: Source,
}

/// Where answers are put; wakes the window.
#[derive(Clone)]
pub struct Outbox {
    events: mpsc::Sender<Event>,
    ctx: egui::Context,
}

impl Outbox {
    /// An outbox and the other end of it.
    pub fn new(ctx: egui::Context) -> (Self, mpsc::Receiver<Event>) {
        let (events, inbox) = mpsc::channel();
        (Self { events, ctx }, inbox)
    }

    /// Delivers an answer. After the window has been closed nobody wants it.
    pub fn send(&self, event: Event) {
        if self.events.send(event).is_ok() {
            self.ctx.request_repaint();
        }
    }
}

/// How a log is explained: what the user wants to be different, and what is known beyond the log.
#[derive(Debug, Default)]
pub struct Saying {
    /// What the user wants to be different.
    pub preferences: Preferences,
    /// What was found by looking.
    pub observed: Observed,
}

/// Reads a log and explains it, on a thread of its own.
pub fn read(services: Arc<dyn Services>, job: JobId, source: Source, saying: Saying, outbox: Outbox) {
    thread::spawn(move || {
        // A log that makes the engine panic must cost the user an apology and not the window.
        let result = catch_unwind(AssertUnwindSafe(|| {
            let source = settled(&*services, source)?;
            let (name, text) = text_of(&*services, &source)?;
            let (knowledge, Saying { preferences, observed }) = (services.knowledge(), &saying);
            let mut explained = explain(text, &name, knowledge, preferences);
            if !observed.is_empty() {
                explained.advice = explain_again(&explained.log, &name, knowledge, preferences, observed);
            }
            Ok(Box::new(Answer { explained, source }))
        }));
        let result = result.unwrap_or_else(|_| Err(words::engine_failed()));
        outbox.send(Event::Read(job, result));
    });
}

/// Reads a folder of own entries, on a thread of its own.
pub fn load_entries(services: Arc<dyn Services>, job: JobId, folder: Option<PathBuf>, outbox: Outbox) {
    thread::spawn(move || {
        let entries = services.load_entries(folder.as_deref());
        outbox.send(Event::Entries(job, Box::new(entries)));
    });
}

/// Compiles what the first log would otherwise wait for, on a thread of its own.
pub fn warm(services: &Arc<dyn Services>) {
    let services = Arc::clone(services);
    thread::spawn(move || {
        services.tidy();
        let example = &words::EXAMPLES[0];
        let source = text::decode(services.knowledge().expand(example.log).as_bytes());
        explain(source, example.file, services.knowledge(), &Preferences::default());
    });
}

/// What a log is called before it is read.
pub fn name_of(source: &Source) -> String {
    match source {
        Source::Files(parts) => parts.first().map_or_else(String::new, |path| file_name(path)),
        Source::LatestNpmLog => words::LATEST_NPM_LOG.to_owned(),
        Source::Pasted(_) => words::PASTED.to_owned(),
        Source::Example(which) => words::EXAMPLES[*which % words::EXAMPLES.len()].file.to_owned(),
        Source::Given { name, .. } | Source::Kept { name, .. } => name.clone(),
    }
}

/// The last part of a path.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The newest log is looked for once; explained anew, it is the same one.
fn settled(services: &dyn Services, source: Source) -> Result<Source, Failure> {
    match source {
        Source::LatestNpmLog => {
            let logs = services.npm_logs().map_err(|looked_in| words::no_npm_log(&looked_in))?;
            Ok(Source::Files(newest_refusal(services, &logs)))
        }
        source => Ok(source),
    }
}

/// The newest log that holds a refusal, else the newest. npm 8 and later log every run, and the run after a refused
/// publish is often somebody's `npm whoami`.
fn newest_refusal(services: &dyn Services, logs: &[Vec<PathBuf>]) -> Vec<PathBuf> {
    let holds_one = |parts: &&Vec<PathBuf>| {
        services.open(parts).is_ok_and(|text| {
            let explained = explain(text, "", services.knowledge(), &Preferences::default());
            !explained.advice.incidents.is_empty()
        })
    };
    let refused = logs.iter().take(NPM_LOGS).find(holds_one);
    refused.or_else(|| logs.first()).cloned().unwrap_or_default()
}

/// Reads the text of a log, and says what it is called.
pub fn text_of(services: &dyn Services, source: &Source) -> Result<(String, Text), Failure> {
    let name = name_of(source);
    match source {
        Source::Files(parts) => open(services, parts).map(|text| (name, text)),
        Source::LatestNpmLog => text_of(services, &settled(services, Source::LatestNpmLog)?),
        Source::Pasted(pasted) => Ok((name, text::decode(pasted.as_bytes()))),
        Source::Example(which) => {
            let example = &words::EXAMPLES[which % words::EXAMPLES.len()];
            Ok((name, text::decode(Knowledge::bundled().expand(example.log).as_bytes())))
        }
        Source::Given { name, text } | Source::Kept { name, text, .. } => Ok((name.clone(), text.clone())),
    }
}

fn open(services: &dyn Services, parts: &[PathBuf]) -> Result<Text, Failure> {
    services.open(parts).map_err(|error| words::cannot_open(&error))
}

/// The system itself.
pub struct System {
    machine: Machine,
    settings_folder: Option<PathBuf>,
    state_folder: Option<PathBuf>,
    /// What the program was started with.
    base: &'static Knowledge,
    /// What is used now.
    knowledge: RwLock<&'static Knowledge>,
}

impl System {
    /// The machine this program runs on, with these entries.
    pub fn new(knowledge: &'static Knowledge) -> Self {
        let machine = Machine::this();
        let folders = machine.folders();
        let state_folder = folders.as_ref().map(|folders| folders.state.clone());
        let settings_folder = folders.map(|folders| folders.settings);
        Self { machine, settings_folder, state_folder, base: knowledge, knowledge: RwLock::new(knowledge) }
    }
}

impl Default for System {
    fn default() -> Self {
        Self::new(Knowledge::bundled())
    }
}

impl Services for System {
    fn pick_file(&self, job: JobId, outbox: Outbox) {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title(words::PICK_TITLE)
            .add_filter(words::PICK_LOGS, &["log", "txt", "out"])
            .add_filter(words::PICK_ALL, &["*"])
            .pick_files();
        thread::spawn(move || {
            let picked = pollster::block_on(dialog).unwrap_or_default();
            let picked = picked.iter().map(|file| file.path().to_owned()).collect();
            outbox.send(Event::Picked(job, picked));
        });
    }

    fn pick_new_file(&self, job: JobId, name: &str, outbox: Outbox) {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title(words::report::PICK_TITLE)
            .set_file_name(name)
            .add_filter(words::report::MARKDOWN, &["md"])
            .add_filter(words::report::JSON, &["json"])
            .save_file();
        thread::spawn(move || {
            let picked = pollster::block_on(dialog).map(|file| file.path().to_owned());
            outbox.send(Event::PickedNew(job, picked));
        });
    }

    fn write_report(&self, path: &Path, text: &str, may_replace: bool) -> io::Result<()> {
        store::write_whole(path, text, may_replace)
    }

    fn pick_folder(&self, job: JobId, outbox: Outbox) {
        let dialog = rfd::AsyncFileDialog::new().set_title(words::inquiry::PICK_TITLE).pick_folder();
        thread::spawn(move || {
            let picked = pollster::block_on(dialog).map(|folder| folder.path().to_owned());
            outbox.send(Event::PickedFolder(job, picked));
        });
    }

    fn machine(&self) -> config::Machine {
        machine::this()
    }

    fn npm_logs(&self) -> Result<Vec<Vec<PathBuf>>, Vec<PathBuf>> {
        let search = npm_log::find(&self.machine);
        if search.logs.is_empty() { Err(search.looked_in) } else { Ok(search.logs) }
    }

    fn open(&self, parts: &[PathBuf]) -> Result<Text, OpenError> {
        store::open_log(parts)
    }

    fn watch(&self, job: JobId, outbox: Outbox) -> Watching {
        let machine = self.machine.clone();
        let tell = move |noticed| outbox.send(Event::Noticed(job, noticed));
        folder::start(move || npm_log::folders(&machine), self.knowledge(), folder::QUIET, tell)
    }

    fn tidy(&self) {
        self.settings_folder.iter().chain(&self.state_folder).for_each(|folder| store::tidy(folder));
    }

    fn load_settings(&self) -> (Settings, Option<StoreError>) {
        self.settings_folder.as_deref().map(store::load).unwrap_or_default()
    }

    fn save_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        // Without a home folder there is nowhere to remember anything, and nothing to complain about each time.
        self.settings_folder.as_deref().map_or(Ok(()), |folder| store::save(folder, settings))
    }

    fn can_drop(&self) -> bool {
        // winit has no drag and drop on Wayland (https://github.com/rust-windowing/winit/issues/1881).
        self.machine.variable("WAYLAND_DISPLAY").is_none() || cfg!(any(windows, target_os = "macos"))
    }

    fn knowledge(&self) -> &'static Knowledge {
        // A reference is whole even if a thread has died while it held the lock.
        *self.knowledge.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn load_entries(&self, folder: Option<&Path>) -> OwnEntries {
        entries::load(self.base, folder)
    }

    fn use_entries(&self, entries: &'static Knowledge) {
        *self.knowledge.write().unwrap_or_else(PoisonError::into_inner) = entries;
    }

    fn pick_entries(&self, job: JobId, outbox: Outbox) {
        let dialog = rfd::AsyncFileDialog::new().set_title(words::settings::PICK_TITLE).pick_folder();
        thread::spawn(move || {
            let picked = pollster::block_on(dialog).map(|folder| folder.path().to_owned());
            outbox.send(Event::PickedFolder(job, picked));
        });
    }

    #[cfg(not(any(windows, target_os = "macos")))]
    fn watch_look(&self, outbox: Outbox) {
        thread::spawn(move || {
            let tell = |look| {
                outbox.send(Event::SystemLook(look));
                std::ops::ControlFlow::Continue(())
            };
            // Without a bus or a portal nobody has a wish, and the usual look is right.
            pollster::block_on(super::portal::watch(None, tell)).ok();
        });
    }

    fn folders(&self) -> Option<Folders> {
        self.machine.folders()
    }

    fn history(&self) -> Option<Store> {
        self.state_folder.as_deref().map(Store::in_folder)
    }
}
