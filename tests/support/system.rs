//! A system that is only played: files, dialogs, settings, a configuration and a registry.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Barrier, Mutex, MutexGuard};
use std::thread::{self, ThreadId};
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use unforbid::app::history::store::Store;
use unforbid::app::jobs::{Event as Answer, Outbox, Services};
use unforbid::app::look::SystemLook;
use unforbid::app::places::Folders;
use unforbid::app::state::JobId;
use unforbid::app::store::{Settings, StoreError};
use unforbid::app::watch::folder::{Noticed, Watching};
use unforbid::config::Machine;
use unforbid::knowledge::Knowledge;
use unforbid::probe::{self, Ask, Cancel, Failure, Owner, Progress, Reply};
use unforbid::text::{self, OpenError, Text};

/// A system that does what a test says.
#[derive(Clone, Default)]
pub struct Fake(Arc<Mutex<Played>>);

#[derive(Default)]
struct Played {
    files: BTreeMap<PathBuf, String>,
    latest: Vec<Vec<PathBuf>>,
    picked: Vec<PathBuf>,
    picked_new: Option<PathBuf>,
    reports: BTreeMap<PathBuf, String>,
    picks_later: bool,
    waiting: Option<(JobId, Outbox)>,
    settings: Option<Settings>,
    saved: Option<Settings>,
    refuses_to_save: bool,
    home: Option<PathBuf>,
    picked_folder: Option<PathBuf>,
    answers: BTreeMap<&'static str, (u16, String)>,
    asked: Vec<String>,
    holds_back: Option<Arc<Barrier>>,
    watching: Option<(JobId, Outbox)>,
    has_bad_settings: bool,
    opens_at: Option<Arc<Barrier>>,
    thinks_at: Option<(Arc<Barrier>, ThreadId)>,
    entries: Option<&'static Knowledge>,
    desktop: Option<Outbox>,
    history: Option<PathBuf>,
    moment: Option<Zoned>,
}

#[allow(dead_code, reason = "not every test file plays every part")]
impl Fake {
    fn played(&self) -> MutexGuard<'_, Played> {
        self.0.lock().expect("no test panics while it holds this")
    }

    fn with(self, change: impl FnOnce(&mut Played)) -> Self {
        change(&mut self.played());
        self
    }

    /// There is a file.
    pub fn with_file(self, path: &str, text: &str) -> Self {
        self.with(|played| {
            played.files.insert(path.into(), text.to_owned());
        })
    }

    /// The dialog answers at once.
    pub fn picking(self, path: Option<&str>) -> Self {
        self.picking_several(path.as_slice())
    }

    /// The dialog answers at once with several files.
    pub fn picking_several(self, paths: &[&str]) -> Self {
        self.with(|played| played.picked = paths.iter().map(PathBuf::from).collect())
    }

    /// The dialog for a new file answers at once with this one.
    pub fn picking_new(self, path: &str) -> Self {
        self.with(|played| played.picked_new = Some(path.into()))
    }

    /// The report that was written there.
    pub fn report(&self, path: &str) -> Option<String> {
        self.played().reports.get(Path::new(path)).cloned()
    }

    /// The dialog answers when `close_dialog` is called.
    pub fn picking_later(self) -> Self {
        self.with(|played| played.picks_later = true)
    }

    /// The dialog is closed.
    pub fn close_dialog(&self, path: Option<&str>) {
        let waiting = self.played().waiting.take();
        let (job, outbox) = waiting.expect("an open dialog");
        outbox.send(Answer::Picked(job, path.map(PathBuf::from).into_iter().collect()));
    }

    /// The parts of the next older npm log.
    pub fn with_latest(self, parts: &[&str]) -> Self {
        self.with(|played| {
            if !parts.is_empty() {
                played.latest.push(parts.iter().map(PathBuf::from).collect());
            }
        })
    }

    /// What was remembered.
    pub fn with_settings(self, settings: Settings) -> Self {
        self.with(|played| played.settings = Some(settings))
    }

    /// Some of what was remembered cannot be understood.
    pub fn with_bad_settings(self) -> Self {
        self.with(|played| played.has_bad_settings = true)
    }

    /// The disk is full.
    pub fn refusing_to_save(self) -> Self {
        self.with(|played| played.refuses_to_save = true)
    }

    /// The user's home folder; its configuration is read.
    pub fn at_home(self, home: &Path) -> Self {
        self.with(|played| played.home = Some(home.to_owned()))
    }

    /// The dialog for a folder answers with this one.
    pub fn picking_folder(self, folder: &Path) -> Self {
        self.with(|played| played.picked_folder = Some(folder.to_owned()))
    }

    /// The registry's answer to each request whose address ends like this; to all others it says 404.
    pub fn answering(self, end: &'static str, status: u16, body: &str) -> Self {
        self.with(|played| {
            played.answers.insert(end, (status, body.to_owned()));
        })
    }

    /// The registry answers only when the test has passed the barrier, too.
    pub fn answering_at(self, barrier: Arc<Barrier>) -> Self {
        self.with(|played| played.holds_back = Some(barrier))
    }

    /// The desktop changes how it wants windows to look.
    pub fn desktop_wants(&self, look: SystemLook) {
        let outbox = self.played().desktop.clone().expect("a window that listens");
        outbox.send(Answer::SystemLook(look));
    }

    /// From now on work behind the window goes on only when the test has passed the barrier, too; or at once again.
    pub fn think_at(&self, barrier: Option<Arc<Barrier>>) {
        self.played().thinks_at = barrier.map(|barrier| (barrier, thread::current().id()));
    }

    /// A log is only read when the test has passed the barrier, too.
    pub fn opening_at(self, barrier: Arc<Barrier>) -> Self {
        self.with(|played| played.opens_at = Some(barrier))
    }

    /// The history is kept in this folder.
    pub fn with_history(self, folder: &Path) -> Self {
        self.with(|played| played.history = Some(folder.to_owned()))
    }

    /// It is this moment, for example `2026-11-03T14:02:00Z`.
    pub fn at(self, moment: &str) -> Self {
        self.set_moment(moment);
        self
    }

    /// From now on it is this moment.
    pub fn set_moment(&self, moment: &str) {
        let moment: Timestamp = moment.parse().expect("a moment");
        self.played().moment = Some(moment.to_zoned(TimeZone::UTC));
    }

    /// What was sent: verb, address, and whether a credential went with it.
    pub fn asked(&self) -> Vec<String> {
        self.played().asked.clone()
    }

    fn reply(&self, ask: &Ask) -> Reply {
        let mut played = self.played();
        let credential = if ask.credential.is_some() { " with a credential" } else { "" };
        played.asked.push(format!("{} {}{credential}", ask.verb.name(), ask.url));
        let known =
            played.answers.iter().find(|(end, _)| format!("{}{credential}", ask.url).ends_with(**end));
        let (status, body) = known.map_or((404, String::new()), |(_, answer)| answer.clone());
        let headers = vec![
            ("content-type".to_owned(), "application/json".to_owned()),
            ("x-powered-by".to_owned(), "hidden".to_owned()),
        ];
        Reply { status, headers, body: body.into_bytes(), received: 1_800_000_000, ..Reply::default() }
    }

    /// Whether npm's logs are watched.
    pub fn is_watching(&self) -> bool {
        self.played().watching.is_some()
    }

    /// The watch over npm's logs tells something.
    pub fn notice(&self, noticed: Noticed) {
        self.outlet()(noticed);
    }

    /// The way to tell something later, also when the watch has ended by then.
    pub fn outlet(&self) -> impl FnOnce(Noticed) + use<> {
        let watching = self.played().watching.clone();
        let (job, outbox) = watching.expect("npm's logs are watched");
        move |noticed| outbox.send(Answer::Noticed(job, noticed))
    }

    /// What was saved last.
    pub fn saved(&self) -> Option<Settings> {
        self.played().saved.clone()
    }
}

impl Services for Fake {
    fn pick_file(&self, job: JobId, outbox: Outbox) {
        let mut played = self.played();
        if played.picks_later {
            played.waiting = Some((job, outbox));
        } else {
            outbox.send(Answer::Picked(job, played.picked.clone()));
        }
    }

    fn pick_new_file(&self, job: JobId, _: &str, outbox: Outbox) {
        outbox.send(Answer::PickedNew(job, self.played().picked_new.clone()));
    }

    fn write_report(&self, path: &Path, text: &str, may_replace: bool) -> std::io::Result<()> {
        let mut played = self.played();
        if played.refuses_to_save {
            return Err(std::io::Error::other("the disk is full"));
        }
        if !may_replace && (played.files.contains_key(path) || played.reports.contains_key(path)) {
            return Err(std::io::ErrorKind::AlreadyExists.into());
        }
        played.reports.insert(path.to_owned(), text.to_owned());
        Ok(())
    }

    fn npm_logs(&self) -> Result<Vec<Vec<PathBuf>>, Vec<PathBuf>> {
        let latest = self.played().latest.clone();
        if latest.is_empty() { Err(vec!["/home/alice/.npm/_logs".into()]) } else { Ok(latest) }
    }

    fn open(&self, parts: &[PathBuf]) -> Result<Text, OpenError> {
        let barrier = self.played().opens_at.clone();
        if let Some(barrier) = barrier {
            barrier.wait();
        }
        let played = self.played();
        let mut all = String::new();
        for part in parts {
            let missing = || OpenError::Missing { path: part.clone() };
            all.push_str(played.files.get(part).ok_or_else(missing)?);
        }
        Ok(text::decode(all.as_bytes()))
    }

    fn load_settings(&self) -> (Settings, Option<StoreError>) {
        let played = self.played();
        let bad = played.has_bad_settings.then(|| StoreError::Partly {
            names: vec!["theme".to_owned()],
            kept: "settings.json.bad".into(),
        });
        (played.settings.clone().unwrap_or_default(), bad)
    }

    fn save_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        let mut played = self.played();
        if played.refuses_to_save {
            let source = std::io::Error::other("the disk is full");
            return Err(StoreError::Io { what: "saved", source, path: "settings.json".into() });
        }
        played.saved = Some(settings.clone());
        Ok(())
    }

    fn watch(&self, job: JobId, outbox: Outbox) -> Watching {
        self.played().watching = Some((job, outbox));
        let fake = self.clone();
        Watching::until(move || fake.played().watching = None)
    }

    fn can_drop(&self) -> bool {
        true
    }

    fn folders(&self) -> Option<Folders> {
        Some(Folders {
            settings: "/home/alice/.config/unforbid".into(),
            state: "/home/alice/.local/state/unforbid".into(),
        })
    }

    fn watch_look(&self, outbox: Outbox) {
        self.played().desktop = Some(outbox);
    }

    fn knowledge(&self) -> &'static Knowledge {
        let (entries, gate) = {
            let played = self.played();
            (played.entries, played.thinks_at.clone())
        };
        // The window itself never waits.
        if let Some((barrier, _)) = gate.filter(|(_, window)| *window != thread::current().id()) {
            barrier.wait();
        }
        entries.unwrap_or_else(Knowledge::bundled)
    }

    fn use_entries(&self, entries: &'static Knowledge) {
        self.played().entries = Some(entries);
    }

    fn history(&self) -> Option<Store> {
        self.played().history.as_deref().map(|folder| Store::in_folder(folder).impatient())
    }

    fn moment(&self) -> Zoned {
        self.played().moment.clone().unwrap_or_else(|| Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC))
    }

    fn pick_folder(&self, job: JobId, outbox: Outbox) {
        outbox.send(Answer::PickedFolder(job, self.played().picked_folder.clone()));
    }

    fn machine(&self) -> Machine {
        Machine { home: self.played().home.clone(), ..Machine::default() }
    }

    fn ask(
        &self,
        asks: &[Ask],
        _: &Owner,
        cancel: &Cancel,
        tell: &mut dyn FnMut(Progress),
    ) -> Vec<probe::Answer> {
        asks.iter().for_each(|ask| tell(Progress::Started(ask.id)));
        let barrier = self.played().holds_back.clone();
        if let Some(barrier) = barrier {
            barrier.wait();
        }
        let answer = |ask: &Ask| probe::Answer {
            ask: ask.id,
            question: ask.question,
            verb: ask.verb,
            url: ask.url.clone(),
            credential: ask.credential.is_some(),
            hops: Vec::new(),
            proxy: None,
            outcome: if cancel.is_cancelled() { Err(Failure::Cancelled) } else { Ok(self.reply(ask)) },
            took: Duration::from_millis(12),
        };
        let answers: Vec<_> = asks.iter().map(answer).collect();
        answers.iter().for_each(|answer| tell(Progress::Answered(Box::new(answer.clone()))));
        answers
    }
}
