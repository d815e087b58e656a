//! The window without a screen: frames are laid out and cut into triangles, and nothing is painted.

use std::sync::Arc;
use std::time::Duration;

use eframe::App as _;
use egui::{
    Event, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, pos2, vec2,
};
use unforbid::app::jobs::{Outbox, Services};
use unforbid::app::state::{JobId, Screen as Shown};
use unforbid::app::store::{Settings, StoreError};
use unforbid::app::{App, Start};
use unforbid::text::{self, OpenError, Text};

/// A system on which there is nothing.
struct Nothing;

impl Services for Nothing {
    fn pick_new_file(&self, _: JobId, _: &str, _: Outbox) {}

    fn write_report(&self, _: &std::path::Path, _: &str, _: bool) -> std::io::Result<()> {
        Ok(())
    }

    fn pick_file(&self, _: JobId, _: Outbox) {}
    fn npm_logs(&self) -> Result<Vec<Vec<std::path::PathBuf>>, Vec<std::path::PathBuf>> {
        Err(Vec::new())
    }
    fn open(&self, _: &[std::path::PathBuf]) -> Result<Text, OpenError> {
        Err(OpenError::Missing { path: std::path::PathBuf::new() })
    }
    fn load_settings(&self) -> (Settings, Option<StoreError>) {
        (Settings { history: false, ..Settings::default() }, None)
    }
    fn save_settings(&self, _: &Settings) -> Result<(), StoreError> {
        Ok(())
    }
    fn can_drop(&self) -> bool {
        true
    }
}

/// A window with a log in it.
pub struct Screen {
    ctx: egui::Context,
    /// The window's program.
    pub app: App,
    frame: eframe::Frame,
    width: f32,
    time: f64,
}

impl Screen {
    /// Reads a log and shows the answer.
    pub fn open(log: &str) -> Self {
        let ctx = egui::Context::default();
        let start = Start::Text { name: "bench.log".to_owned(), text: text::decode(log.as_bytes()) };
        let app = App::new(&ctx, Arc::new(Nothing), start);
        let mut screen = Self { ctx, app, frame: eframe::Frame::_new_kittest(), width: 1280.0, time: 0.0 };
        while !matches!(screen.app.state().screen, Shown::Result(_)) {
            screen.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(2));
        }
        screen
    }

    /// One frame with these events; the number of triangles it would paint.
    pub fn frame(&mut self, events: Vec<Event>) -> usize {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(self.width, 800.0))),
            time: Some(self.time),
            predicted_dt: 1.0 / 60.0,
            events,
            ..RawInput::default()
        };
        let (app, frame) = (&mut self.app, &mut self.frame);
        let output = self.ctx.run_ui(input, |ui| {
            app.logic(&ui.ctx().clone(), frame);
            app.ui(ui, frame);
        });
        let shapes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        shapes.len()
    }

    /// One frame in which the wheel is turned over the log.
    pub fn scroll(&mut self) -> usize {
        let wheel = Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, -700.0),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        };
        self.frame(vec![Event::PointerMoved(pos2(300.0, 400.0)), wheel])
    }

    /// One frame after the window has become a little wider or narrower: every line is wrapped anew.
    pub fn resize(&mut self) -> usize {
        self.width = if self.width > 1280.0 { 1280.0 } else { 1312.0 };
        self.frame(Vec::new())
    }
}
