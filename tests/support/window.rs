//! A window without a screen, on a system that is only played.

#[path = "system.rs"]
mod system;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use unforbid::advice::Fix;
use unforbid::app::inquiry::Stage;
use unforbid::app::state::{Case, Screen};
use unforbid::app::{App, Start};
use unforbid::knowledge::{Cause, Knowledge, Risk, Step};

pub use system::Fake;

#[allow(dead_code, reason = "not every test file needs every log")]
/// A refused publish, with `{npm}` for the host.
pub const LOG: &str = "npm info using npm@10.9.2\n\
    npm notice name: @acme/widgets\n\
    npm notice version: 2.3.0\n\
    npm error code E403\n\
    npm error 403 403 Forbidden - PUT https://{npm}/@acme%2fwidgets - You cannot publish over the previously published versions: 2.3.0.\n\
    npm error 403 In most cases, you or one of your dependencies are requesting\n";

#[allow(dead_code, reason = "not every test file needs every log")]
/// The same with its host.
pub fn log() -> String {
    expand(LOG)
}

#[allow(dead_code, reason = "not every test file needs every log")]
/// Two refused requests in one log.
pub fn two_refusals() -> String {
    let second = "npm error code E403\n\
        npm error 403 403 Forbidden - GET https://artifactory.acme.example/artifactory/api/npm/npm/left-layout/-/left-layout-4.1.7.tgz\n";
    format!("{}{second}", log())
}

#[allow(dead_code, reason = "not every test file needs every log")]
/// A log of the first cause that has a dangerous fix with a command.
pub fn dangerous_log() -> String {
    let is_dangerous = |cause: &&Cause| {
        let has_command = |step: &Step| step.run.is_some() || !step.argv.is_empty();
        cause.fixes.iter().any(|fix| fix.risk == Risk::BreaksOthers && fix.steps.iter().any(has_command))
    };
    let cause =
        Knowledge::bundled().causes().iter().find(is_dangerous).expect("a cause with a dangerous fix");
    expand(&cause.examples.positive[0].log.join("\n"))
}

/// Puts hosts in.
pub fn expand(text: &str) -> String {
    Knowledge::bundled().expand(text)
}

/// The window and what it has put on the clipboard.
pub struct Window {
    pub harness: Harness<'static, App>,
    pub copied: Vec<String>,
}

#[allow(dead_code, reason = "not every test file walks every way")]
impl Window {
    /// A wide window, high enough that nothing has to be scrolled to.
    pub fn open(fake: Fake) -> Self {
        Self::open_with(fake, Start::Empty)
    }

    pub fn open_with(fake: Fake, start: Start) -> Self {
        Self::build(fake, start, [1280.0, 4000.0], Theme::Light)
    }

    pub fn open_sized(fake: Fake, size: [f32; 2]) -> Self {
        Self::build(fake, Start::Empty, size, Theme::Light)
    }

    pub fn build(fake: Fake, start: Start, size: [f32; 2], theme: Theme) -> Self {
        Self::build_scaled(fake, start, size, theme, 1.0)
    }

    /// On a screen with so many pixels for each point.
    pub fn build_scaled(fake: Fake, start: Start, size: [f32; 2], theme: Theme, scale: f32) -> Self {
        let harness = Harness::builder()
            .with_pixels_per_point(scale)
            .with_size(size)
            .with_theme(theme)
            .with_max_steps(16)
            .with_render_cursor(false)
            .build_eframe(move |creation| App::new(&creation.egui_ctx, Arc::new(fake), start));
        let mut window = Self { harness, copied: Vec::new() };
        window.run();
        window
    }

    /// One frame for each event that waits, noting what is copied.
    fn step(&mut self) {
        self.harness.step();
        for command in &self.harness.output().platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                self.copied.push(text.clone());
            }
        }
    }

    pub fn steps(&mut self, count: usize) {
        for _ in 0..count {
            self.step();
        }
    }

    /// Until nothing moves any more.
    pub fn run(&mut self) {
        for _ in 0..16 {
            self.step();
            let root = &self.harness.output().viewport_output[&egui::ViewportId::ROOT];
            let is_settled = root.repaint_delay > Duration::ZERO;
            // While a log is read something turns, and never comes to rest.
            if is_settled || matches!(self.screen(), Screen::Reading(_)) || self.is_looking() {
                self.harness.check_accessibility();
                return;
            }
        }
        panic!("the window does not come to rest: {:?}", self.harness.ctx.repaint_causes());
    }

    /// Whether something beyond the log is being read or asked.
    fn is_looking(&self) -> bool {
        let inquiry = self.harness.state().state().case().and_then(|case| case.inquiry.as_ref());
        inquiry.is_some_and(|inquiry| !matches!(inquiry.stage, Stage::Choosing))
    }

    pub fn until(&mut self, is_there: impl Fn(&Self) -> bool) {
        let started = Instant::now();
        while !is_there(self) {
            assert!(started.elapsed() < Duration::from_secs(60), "it did not come");
            self.step();
            std::thread::yield_now();
        }
        self.run();
    }

    pub fn until_result(&mut self) {
        self.until(|window| !matches!(window.screen(), Screen::Reading(_)));
        assert!(matches!(self.screen(), Screen::Result(_)), "{:?}", self.screen());
    }

    /// One frame with these events, and then until nothing moves.
    fn send(&mut self, events: impl IntoIterator<Item = Event>) {
        self.harness.input_mut().events.extend(events);
        self.step();
    }

    pub fn paste(&mut self, text: &str) {
        self.send([Event::Paste(text.to_owned())]);
        self.run();
    }

    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        let pressed = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.send([Event::ModifiersChanged(modifiers), pressed(true)]);
        self.send([pressed(false), Event::ModifiersChanged(Modifiers::NONE)]);
        self.run();
    }

    pub fn type_text(&mut self, text: &str) {
        self.harness.get_by_role(Role::MultilineTextInput).focus();
        self.run();
        self.send([Event::Text(text.to_owned())]);
        self.run();
    }

    pub fn click(&mut self, role: Role, name: &str) {
        self.harness.get_by_role_and_label(role, name).click();
        self.after_click();
    }

    pub fn click_first(&mut self, role: Role, name: &str) {
        let nodes: Vec<_> = self.harness.get_all_by_role_and_label(role, name).collect();
        nodes[0].click();
        drop(nodes);
        self.after_click();
    }

    fn after_click(&mut self) {
        self.step();
        self.run();
    }

    pub fn drop_file(&mut self, path: &str) {
        self.drop_files(&[path]);
    }

    pub fn drop_files(&mut self, paths: &[&str]) {
        #[derive(Debug)]
        struct Dropped(PathBuf);
        impl egui::DroppedFile for Dropped {
            fn path(&self) -> &Path {
                &self.0
            }
            fn bytes(&self) -> Result<Vec<u8>, String> {
                Err("the window reads files itself".to_owned())
            }
        }
        for path in paths {
            self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.into())));
        }
        self.run();
    }

    /// Types into the text field of this name, in place of what stands in it.
    pub fn fill(&mut self, name: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, name).focus();
        self.run();
        self.press(Modifiers::COMMAND, Key::A);
        self.send([Event::Text(text.to_owned())]);
        self.run();
    }

    /// The whole name of the first thing whose name begins like this.
    pub fn name_with(&self, beginning: &str) -> String {
        let texts = self.texts();
        texts.iter().find(|text| text.starts_with(beginning)).cloned().unwrap_or_else(|| panic!("{texts:?}"))
    }

    pub fn tab_to(&mut self, role: Role, name: &str) {
        for _ in 0..80 {
            self.press(Modifiers::NONE, Key::Tab);
            if self.focused() == Some((role, name.to_owned())) {
                return;
            }
        }
        panic!("Tab does not lead to {name}");
    }

    pub fn rect(&self, role: Role, name: &str) -> egui::Rect {
        self.harness.get_by_role_and_label(role, name).rect()
    }

    pub fn screen(&self) -> &Screen {
        &self.harness.state().state().screen
    }

    pub fn case(&self) -> &Case {
        self.harness.state().state().case().expect("a result")
    }

    pub fn box_text(&self) -> String {
        self.harness.get_by_role(Role::MultilineTextInput).value().unwrap_or_default()
    }

    pub fn focused(&self) -> Option<(Role, String)> {
        let node = self.harness.root().children_recursive().find(|node| node.is_focused())?;
        Some((node.accesskit_node().role(), node.accesskit_node().label().unwrap_or_default()))
    }

    pub fn is_ticked(&self, name: &str) -> bool {
        let node = self.harness.get_by_role_and_label(Role::CheckBox, name);
        node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    }

    /// Whether this answer to a check is the chosen one.
    pub fn is_answered(&self, check: &str, answer: &str) -> bool {
        let name = format!("{answer}: {check}");
        let node = self.harness.get_by_role_and_label(Role::RadioButton, &name);
        node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    }

    /// What a screen reader was told last.
    pub fn status(&self) -> String {
        self.harness.get_by_role(Role::Status).accesskit_node().label().unwrap_or_default()
    }

    /// Whether this text stands somewhere, on its own.
    pub fn shows(&self, text: &str) -> bool {
        self.texts().iter().any(|shown| shown == text)
    }

    /// Whether this text stands somewhere, also inside other text.
    pub fn shows_part(&self, text: &str) -> bool {
        self.texts().iter().any(|shown| shown.contains(text))
    }

    fn texts(&self) -> Vec<String> {
        self.harness
            .root()
            .children_recursive()
            .filter(|node| node.accesskit_node().role() != Role::Status)
            .flat_map(|node| [node.accesskit_node().label(), node.value()])
            .flatten()
            .collect()
    }

    pub fn dangerous_fix(&self) -> Option<(usize, Fix)> {
        let causes = &self.case().advice().incidents[0].causes;
        causes.iter().enumerate().find_map(|(at, cause)| {
            let fix = cause.fixes.iter().find(|fix| {
                fix.risk == Risk::BreaksOthers && fix.steps.iter().any(|step| step.command.is_some())
            })?;
            Some((at, fix.clone()))
        })
    }

    pub fn select_cause(&mut self, at: usize) {
        let cause = self.case().advice().incidents[0].causes[at].clone();
        self.click(Role::Button, &format!("{}, {}", cause.title, cause.confidence.word().to_lowercase()));
    }

    pub fn slowest_of(&mut self, frames: usize) -> Duration {
        let time = |window: &mut Self| {
            let started = Instant::now();
            window.step();
            started.elapsed()
        };
        (0..frames).map(|_| time(self)).max().unwrap_or_default()
    }
}
