//! A window on a desk of its own: no screen, no dialog, no disk but what a test puts there.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, OutputCommand, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use unforbid::app::jobs::{Event as Answer, Outbox, Services};
use unforbid::app::state::{JobId, Screen};
use unforbid::app::store::{Settings, StoreError};
use unforbid::app::{App, Start};
use unforbid::knowledge::Knowledge;
use unforbid::text::{self, OpenError, Text};

/// What the faked system has and does.
#[derive(Default)]
pub struct Desk {
    /// What the file dialog answers.
    pub picked: Option<PathBuf>,
    /// The newest npm logs; none is an answer with the places looked in.
    pub npm_log: Vec<PathBuf>,
    /// What was remembered last.
    pub saved: Mutex<Vec<Settings>>,
    /// What is remembered at the start.
    pub settings: Settings,
}

impl Desk {
    fn saved(&self) -> MutexGuard<'_, Vec<Settings>> {
        self.saved.lock().expect("no test panics while it holds this")
    }

    /// The settings that were remembered last.
    pub fn last_saved(&self) -> Option<Settings> {
        self.saved().last().cloned()
    }
}

/// A handle to a desk that the window also holds.
#[derive(Clone)]
pub struct Shared(pub Arc<Desk>);

impl Services for Shared {
    fn pick_file(&self, job: JobId, outbox: Outbox) {
        outbox.send(Answer::Picked(job, self.0.picked.clone()));
    }

    fn latest_npm_log(&self) -> Result<Vec<PathBuf>, Vec<PathBuf>> {
        if self.0.npm_log.is_empty() { Err(vec!["nowhere/_logs".into()]) } else { Ok(self.0.npm_log.clone()) }
    }

    fn open(&self, parts: &[PathBuf]) -> Result<Text, OpenError> {
        text::open(&parts[0])
    }

    fn load_settings(&self) -> (Settings, Option<StoreError>) {
        (self.0.settings.clone(), None)
    }

    fn save_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        self.0.saved().push(settings.clone());
        Ok(())
    }

    fn can_drop(&self) -> bool {
        true
    }
}

/// A window under test.
pub struct Window {
    /// The harness that drives it.
    pub harness: Harness<'static, App>,
    copied: Vec<String>,
}

impl Window {
    /// A window of this size.
    pub fn open(size: [f32; 2], theme: Theme, desk: &Shared, start: Start) -> Self {
        let services = desk.clone();
        let harness = Harness::builder()
            .with_size(size)
            .with_theme(theme)
            .with_max_steps(24)
            .build_eframe(move |creation| App::new(&creation.egui_ctx, Arc::new(services), start));
        let mut window = Self { harness, copied: Vec::new() };
        window.settle();
        window
    }

    /// A wide window on an empty desk.
    pub fn empty() -> Self {
        Self::on(&Shared(Arc::new(Desk::default())))
    }

    /// A wide window on this desk.
    pub fn on(desk: &Shared) -> Self {
        Self::open([1280.0, 2400.0], Theme::Light, desk, Start::Empty)
    }

    /// Lets everything that was asked for happen.
    pub fn settle(&mut self) {
        for _ in 0..6 {
            self.step();
        }
        self.until("reading ends", |app| !matches!(app.state().screen, Screen::Reading(_)));
        for _ in 0..3 {
            self.step();
        }
    }

    /// Steps until something holds; half a minute at most.
    pub fn until(&mut self, what: &str, holds: impl Fn(&App) -> bool) {
        let start = Instant::now();
        while !holds(self.harness.state()) {
            assert!(start.elapsed() < Duration::from_secs(30), "gave up waiting until {what}");
            self.step();
            std::thread::yield_now();
        }
        self.step();
    }

    fn step(&mut self) {
        self.harness.step();
        for command in &self.harness.output().platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                self.copied.push(text.clone());
            }
        }
    }

    /// What was copied last.
    pub fn copied(&self) -> Option<&str> {
        self.copied.last().map(String::as_str)
    }

    /// Everything that was copied.
    pub fn all_copied(&self) -> &[String] {
        &self.copied
    }

    /// Pastes text, with `{npm}` expanded.
    pub fn paste(&mut self, text: &str) {
        let text = Knowledge::bundled().expand(text);
        self.harness.event(Event::Paste(text));
        self.settle();
    }

    /// Presses keys.
    pub fn press(&mut self, modifiers: egui::Modifiers, key: egui::Key) {
        let stroke = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        let events = [
            Event::ModifiersChanged(modifiers),
            stroke(true),
            stroke(false),
            Event::ModifiersChanged(egui::Modifiers::NONE),
        ];
        // One at a time: what a step copies is gone with the next one.
        for event in events {
            self.harness.event(event);
            self.step();
        }
        self.settle();
    }

    /// Clicks what has this role and name.
    pub fn click(&mut self, role: Role, name: &str) {
        self.harness.get_by_role_and_label(role, name).click();
        self.settle();
    }

    /// Every name and value in the window's tree, a line each.
    pub fn told(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        let texts = nodes.flat_map(|node| {
            let node = node.accesskit_node();
            [node.label(), node.value()].into_iter().flatten().collect::<Vec<_>>()
        });
        texts.collect()
    }

    /// Whether some name or value holds this text.
    pub fn tells(&self, text: &str) -> bool {
        self.told().iter().any(|told| told.contains(text))
    }

    /// Asserts that the window tells this.
    pub fn must_tell(&self, text: &str) {
        assert!(self.tells(text), "the window does not tell {text:?}; it tells\n{}", self.told().join("\n"));
    }

    /// The names of all buttons that start with this.
    pub fn buttons(&self, start: &str) -> Vec<String> {
        self.told().into_iter().filter(|name| name.starts_with(start)).collect()
    }
}
