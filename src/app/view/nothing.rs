//! A log without a refused request: what was understood, what it says instead, and what would help.

use egui::Ui;

use super::View;
use super::fixes::{self, Guard};
use super::footnotes::source_row;
use super::verdict::line_row;
use crate::advice::Related;
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::state::Case;
use crate::app::theme::{Theme, Type};
use crate::app::widgets::{self, Look, Tone};
use crate::app::words;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, case: &Case) {
    if let Some(nothing) = &case.advice().nothing {
        widgets::card(ui, |ui| {
            let theme = Theme::of(ui);
            widgets::chip(ui, Tone::Accent, Icon::Unknown, words::NO_403);
            widgets::heading(ui, Type::Title, 1, &nothing.title);
            for sentence in &nothing.understood {
                widgets::text(ui, Type::Body, theme.text_quiet, sentence);
            }
            ui.add_space(4.0);
            let heading = widgets::text(ui, Type::Label, theme.text_faint, words::WANTED);
            widgets::mark_heading(&heading, 3, words::WANTED);
            widgets::text(ui, Type::Body, theme.text_quiet, &nothing.wanted);
            ui.add_space(8.0);
            let look = if case.advice().related.is_empty() { Look::Primary } else { Look::Outlined };
            let paste = View::button(ui, &Command::Paste).look(look);
            super::start::ways_in(ui, view, paste, Command::Paste);
        });
    }
    related(ui, view, case, words::RELATED);
}

/// The near misses, each with the one next step.
pub(super) fn related(ui: &mut Ui, view: &mut View<'_>, case: &Case, heading: &str) {
    let related = &case.advice().related;
    if related.is_empty() {
        return;
    }
    widgets::card(ui, |ui| {
        widgets::card_heading(ui, Icon::Info, heading, |_| {});
        for (at, related) in related.iter().enumerate() {
            if at > 0 {
                ui.add_space(6.0);
                widgets::hairline(ui);
                ui.add_space(6.0);
            }
            one(ui, view, case, related, at);
        }
    });
}

fn one(ui: &mut Ui, view: &mut View<'_>, case: &Case, related: &Related, at: usize) {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        widgets::chip(ui, Tone::Warn, Icon::Key, &related.code);
        let title = widgets::text(ui, Type::Item, theme.text, &related.title);
        widgets::mark_heading(&title, 3, &related.title);
    });
    widgets::text(ui, Type::Body, theme.text_quiet, &related.advice);
    let is_shown = case.reveal.is_some_and(|reveal| reveal.outline && reveal.row == related.row);
    let text = case.explained.log.line(related.row);
    let short: String = text.chars().take(400).collect();
    if line_row(ui, case, (related.row, related.line), &short, is_shown) {
        view.push(Command::Reveal(related.row));
    }
    if let Some(next) = &related.next {
        let mut primary = at == 0 && case.advice().incidents.is_empty();
        fixes::show_step(ui, view, next, &format!("related {}", related.id), Guard::NONE, &mut primary);
    }
    for source in &related.sources {
        if source_row(ui, source) {
            view.push(Command::OpenUrl(source.url.clone()));
        }
    }
}
