//! The window: paste or open a log, read the answer, copy the command.
//!
//! Owns everything the user of the window sees. Must not know how an answer is found: it calls [`crate::explain`] and
//! draws what comes back.
//!
//! ```text
//! input ──► logic: answers of jobs, shortcuts, pastes, drops ──► update ──► State
//! State ──► ui: view/* draws it ──► Commands ──► update ──► State
//! ```

pub mod batch;
pub mod checks;
pub mod command;
mod copying;
pub mod entries;
pub mod find;
mod fonts;
pub mod history;
mod icons;
pub mod inquiry;
pub mod jobs;
pub mod library;
pub mod look;
pub mod palette;
pub mod places;
#[cfg(not(any(windows, target_os = "macos")))]
pub mod portal;
pub mod reader;
mod report;
mod rows;
pub mod settings;
pub mod state;
pub mod store;
mod theme;
mod tint;
mod update;
mod view;
pub mod watch;
mod widgets;
pub mod words;

use std::path::PathBuf;
use std::sync::{Arc, mpsc};

use command::Command;
use jobs::{Event, Outbox, Services};
use look::Look;
use state::{Entries, Overlay, Screen, Section, Source, State, Tone};
use update::World;
use watch::folder::Watching;

use crate::knowledge::Knowledge;
use crate::text::Text;

/// The first frame is drawn before the window is shown, and a few more follow it at once.
const FRAMES_UNTIL_WARM: u8 = 4;

/// What the window shows first.
#[derive(Debug, Default)]
pub enum Start {
    /// The empty box.
    #[default]
    Empty,
    /// Log files.
    Files(Vec<PathBuf>),
    /// Text that was read already.
    Text {
        /// What it is called.
        name: String,
        /// The text.
        text: Text,
    },
}

/// Opens the window and returns when it was closed. The first of `troubles` is told at the bottom.
///
/// # Errors
/// No window can be opened here; one plain sentence says why.
pub fn run(start: Start, knowledge: &'static Knowledge, troubles: &[String]) -> Result<(), String> {
    let trouble = troubles.first().cloned();
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title(words::NAME)
            .with_app_id("unforbid")
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([360.0, 320.0])
            .with_icon(icon())
            .with_drag_and_drop(true),
        #[cfg(not(any(windows, target_os = "macos")))]
        renderer: eframe::Renderer::Glow,
        #[cfg(any(windows, target_os = "macos"))]
        renderer: eframe::Renderer::Wgpu,
        ..eframe::NativeOptions::default()
    };
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        let mut app = App::new(&creation.egui_ctx, Arc::new(jobs::System::new(knowledge)), start);
        if let Some(trouble) = trouble {
            app.state.notify(Tone::Trouble, words::sentence(&trouble));
        }
        Ok(Box::new(app))
    });
    // A missing library makes winit panic instead of failing; `cli::window` catches that and says so in words.
    eframe::run_native(words::NAME, options, create).map_err(|error| no_window(&error))
}

/// Why no window came up, without the toolkit's inner names and source paths.
fn no_window(error: &eframe::Error) -> String {
    let why = match error {
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => "there is no display to open it on",
        #[cfg(not(any(windows, target_os = "macos")))]
        eframe::Error::Glutin(_) | eframe::Error::NoGlutinConfigs(..) | eframe::Error::OpenGL(_) => {
            "this system offers no OpenGL"
        }
        _ => "the graphics of this system could not be started",
    };
    format!("no window can be opened: {why}")
}

fn icon() -> egui::IconData {
    // Without an icon the window works just as well.
    eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon/unforbid.png")).unwrap_or_default()
}

/// The window's program.
pub struct App {
    state: State,
    services: Arc<dyn Services>,
    outbox: Outbox,
    inbox: mpsc::Receiver<Event>,
    can_drop: bool,
    /// The watch over npm's logs, while it is on.
    watching: Option<Watching>,
    /// Where files are kept.
    folders: Option<places::Folders>,
    was_focused: bool,
    /// For how many frames the library or the history has been on top since it was opened.
    search_frames: u8,
    /// How many frames were drawn, until what comes later is made ready.
    first_frames: u8,
    /// What egui was told last.
    look: Look,
    /// What the window was called last.
    title: String,
}

impl App {
    /// Sets the window up and starts reading if there is something to read.
    pub fn new(ctx: &egui::Context, services: Arc<dyn Services>, start: Start) -> Self {
        theme::install(ctx);
        let (outbox, inbox) = Outbox::new(ctx.clone());
        let (settings, trouble) = services.load_settings();
        let (can_drop, folders) = (services.can_drop(), services.folders());
        let state = State { settings, entries: Entries(services.knowledge()), ..State::default() };
        let mut app = Self {
            state,
            services,
            outbox,
            inbox,
            can_drop,
            watching: None,
            folders,
            was_focused: false,
            search_frames: 0,
            look: Look::default(),
            first_frames: 0,
            title: words::NAME.to_owned(),
        };
        app.services.watch_look(app.outbox.clone());
        if app.state.settings.knowledge_folder.is_some() {
            app.with_world(ctx, settings::load_own);
        }
        let source = match start {
            Start::Empty => None,
            Start::Files(paths) => {
                app.with_world(ctx, |state, world| batch::open(state, paths, world));
                None
            }
            Start::Text { name, text } => Some(Source::Given { name, text }),
        };
        if let Some(source) = source {
            app.with_world(ctx, |state, world| update::read(state, source, world));
        }
        // After the log was begun, which clears the line at the bottom.
        if let Some(error) = trouble {
            app.state.notify(Tone::Trouble, words::sentence(&error.to_string()));
        }
        app
    }

    /// What is shown, for tests.
    pub fn state(&self) -> &State {
        &self.state
    }

    fn with_world<R>(&mut self, ctx: &egui::Context, change: impl FnOnce(&mut State, &World<'_>) -> R) -> R {
        let world = World { ctx, services: &self.services, outbox: &self.outbox };
        change(&mut self.state, &world)
    }

    fn take_pastes(&mut self, ctx: &egui::Context) {
        // The fields for a path and for a search are ordinary text fields.
        let is_finding = ctx.memory(|memory| memory.has_focus(view::find_field()));
        if is_finding || matches!(self.state.overlay, Some(Overlay::Path(_) | Overlay::Palette(_))) {
            return;
        }
        if matches!(self.state.section, Some(Section::Settings(_))) && ctx.text_edit_focused() {
            return;
        }
        let mut pasted = Vec::new();
        ctx.input_mut(|input| {
            input.events.retain_mut(|event| match event {
                egui::Event::Paste(text) => {
                    pasted.push(std::mem::take(text));
                    false
                }
                _ => true,
            });
        });
        let box_has_focus = ctx.memory(|memory| memory.has_focus(view::box_id()));
        for text in pasted {
            let for_box =
                self.with_world(ctx, |state, world| update::pasted(state, text, box_has_focus, world));
            if let Some(text) = for_box {
                ctx.input_mut(|input| input.events.push(egui::Event::Paste(text)));
            }
        }
    }

    fn take_drops(&mut self, ctx: &egui::Context) {
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() {
            self.with_world(ctx, |state, world| batch::open(state, dropped, world));
        }
    }

    fn take_shortcuts(&mut self, ctx: &egui::Context) {
        let is_typing = ctx.text_edit_focused();
        let has_overlay = self.state.overlay.is_some();
        // Escape closes an open menu first; egui does that by itself.
        let has_menu = egui::Popup::is_any_open(ctx);
        let mut all: Vec<_> = Command::LISTED
            .iter()
            .filter(|command| !(has_menu && **command == Command::Back))
            // egui delivers pastes itself.
            .filter(|command| **command != Command::Paste && (!has_overlay || command.is_everywhere()))
            // Keys that do nothing in the library may do something on its page.
            .filter(|command| self.state.section.is_none() || command.is_available(&self.state))
            .flat_map(|command| command.shortcuts().into_iter().map(move |shortcut| (command, shortcut)))
            .collect();
        // egui takes Ctrl+Shift+L for Ctrl+L as well, so the longer ones are asked for first.
        all.sort_by_key(|(_, shortcut)| {
            std::cmp::Reverse(shortcut.modifiers.shift || shortcut.modifiers.alt)
        });
        for (command, shortcut) in all {
            // Escape leaves the box first; a bracket is a letter there.
            let is_letter =
                shortcut.modifiers == egui::Modifiers::NONE && !is_function_key(shortcut.logical_key);
            if is_typing && is_letter || !ctx.input_mut(|input| input.consume_shortcut(&shortcut)) {
                continue;
            }
            let command = reader::instead(ctx, &self.state, command).unwrap_or_else(|| command.clone());
            if command.is_available(&self.state) {
                self.with_world(ctx, |state, world| update::apply(state, command, world));
            }
        }
    }

    /// Begins and ends the watch over npm's logs, whoever has changed the setting.
    fn apply_watch(&mut self) {
        match (self.state.settings.watch, self.watching.is_some()) {
            (true, false) => {
                let job = self.state.next_job();
                watch::started(&mut self.state, job);
                self.watching = Some(self.services.watch(job, self.outbox.clone()));
            }
            (false, true) => {
                self.watching = None;
                watch::stopped(&mut self.state);
            }
            _ => {}
        }
        watch::forget_shown(&mut self.state);
    }

    /// Calls the window after the log that is in it.
    fn apply_title(&mut self, ctx: &egui::Context) {
        let title = match self.state.case() {
            Some(case) => words::window_title(&case.advice().input.name),
            None => words::NAME.to_owned(),
        };
        if title != self.title {
            self.title.clone_from(&title);
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title));
        }
    }

    /// Tells egui how to look, when that has changed.
    fn apply_look(&mut self, ctx: &egui::Context) {
        let wanted = Look::of(&self.state.settings, self.state.system_look);
        wanted.apply(std::mem::replace(&mut self.look, wanted), ctx);
    }

    /// Assistive technology knows the window by its title.
    fn name_window(&self, ctx: &egui::Context) {
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label(self.title.as_str()));
    }

    /// Makes ready what the first log needs, when the window is there to be seen.
    fn warm(&mut self) {
        if self.first_frames < FRAMES_UNTIL_WARM {
            self.first_frames += 1;
            if self.first_frames == FRAMES_UNTIL_WARM && matches!(self.state.screen, Screen::Start) {
                jobs::warm(&self.services);
            }
        }
    }

    /// The box has the keyboard when the start screen appears, so that typing and pasting just work.
    fn give_focus(&mut self, ctx: &egui::Context) {
        let wants_focus = matches!(self.state.screen, Screen::Start)
            && self.state.overlay.is_none()
            && self.state.section.is_none();
        if wants_focus && !self.was_focused {
            ctx.memory_mut(|memory| memory.request_focus(view::box_id()));
        }
        self.was_focused = wants_focus;
        // A dialog that lay over it keeps the keyboard from what is below for one frame more.
        let search = if self.state.library().is_some() {
            Some(view::library_search())
        } else {
            self.state.history().filter(|history| history.starts_in_search).map(|_| view::history_search())
        };
        let Some(search) = search.filter(|_| self.state.overlay.is_none()) else {
            self.search_frames = 0;
            return;
        };
        if self.search_frames < 3 {
            self.search_frames += 1;
            ctx.memory_mut(|memory| memory.request_focus(search));
            ctx.request_repaint();
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // What was typed into a note a moment ago is saved before the window is gone.
        history::save_last(&mut self.state.past, &self.services, &self.outbox);
    }
}

/// Keys that write nothing.
const fn is_function_key(key: egui::Key) -> bool {
    matches!(key, egui::Key::F1 | egui::Key::F3 | egui::Key::F10)
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.state.now = ctx.input(|input| input.time);
        while let Ok(event) = self.inbox.try_recv() {
            self.with_world(ctx, |state, world| update::receive(state, event, world));
        }
        self.with_world(ctx, history::tend);
        self.take_pastes(ctx);
        self.take_drops(ctx);
        self.take_shortcuts(ctx);
        update::check_clipboard(&mut self.state);
        self.give_focus(ctx);
        self.apply_look(ctx);
        self.apply_title(ctx);
        self.apply_watch();
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.name_window(ui.ctx());
        self.warm();
        let commands = view::window(ui, &self.state, self.can_drop, self.folders.as_ref());
        if commands.is_empty() {
            return;
        }
        let ctx = ui.ctx().clone();
        for command in commands {
            self.with_world(&ctx, |state, world| update::apply(state, command, world));
        }
        ctx.request_repaint();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
