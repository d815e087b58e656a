//! The bar at the top: the mark, the way back, and what can be done from everywhere.

use egui::accesskit::Role;
use egui::{Frame, Margin, Panel, Rect, Sense, Ui, pos2, vec2};

use super::{View, menu};
use crate::app::command::{Command, theme_icon};
use crate::app::state::Screen;
use crate::app::theme::{TIGHT, TOP_BAR, Theme, Type};
use crate::app::widgets::{self, Button, Look};
use crate::app::words;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let frame = Frame::new().fill(theme.surface).inner_margin(Margin::symmetric(20, 0));
    let bar =
        Panel::top("top bar").frame(frame).exact_size(TOP_BAR).show_separator_line(false).resizable(false);
    bar.show(ui, |ui| {
        let line = ui.max_rect().expand2(vec2(20.0, 0.0));
        ui.painter().hline(line.x_range(), line.bottom() - 0.5, egui::Stroke::new(1.0, theme.border));
        ui.horizontal_centered(|ui| {
            let has_words = ui.available_width() >= TIGHT - 40.0;
            brand(ui, view, has_words);
            let buttons = buttons(ui, view, has_words);
            let width = width(ui, &buttons);
            // Added in reading order, so that Tab and screen readers go from left to right.
            ui.add_space((ui.available_width() - width).max(0.0));
            for (command, button) in buttons {
                let response = ui.add(button);
                if command == Command::Menu {
                    menu::show(ui, view, &response);
                } else if response.clicked() {
                    view.push(command);
                }
            }
        });
    });
}

fn brand(ui: &mut Ui, view: &mut View<'_>, has_words: bool) {
    let theme = Theme::of(ui);
    if matches!(view.state.screen, Screen::Start) && view.state.section.is_none() {
        let (square, _) = ui.allocate_exact_size(vec2(28.0, 28.0), Sense::hover());
        widgets::mark(ui.painter(), theme, Rect::from_center_size(square.center(), vec2(28.0, 28.0)));
    } else {
        let back = View::button(ui, &Command::Back).words(false).look(Look::Outlined);
        if ui.add(back).clicked() {
            view.push(Command::Back);
        }
        ui.add_space(2.0);
        if has_words {
            let (square, _) = ui.allocate_exact_size(vec2(24.0, 24.0), Sense::hover());
            widgets::mark(ui.painter(), theme, square);
        }
    }
    if has_words {
        let galley = ui.painter().layout_job(widgets::job(Type::Card, theme.text, words::NAME));
        let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
        ui.painter().galley(pos2(rect.left() + 2.0, rect.top()), galley, theme.text);
        widgets::name(&response, Role::Label, words::NAME);
    }
}

/// The buttons with as many words as there is room for. What people look for first keeps its words longest.
fn buttons(ui: &Ui, view: &View<'_>, has_words: bool) -> Vec<(Command, Button<'static>)> {
    let is_start = matches!(view.state.screen, Screen::Start);
    let mut named = vec![Command::Library, Command::History];
    if !is_start {
        named.splice(0..0, [Command::OpenFile, Command::LatestNpmLog]);
    }
    let choice = view.state.settings.theme;
    let rest = [Command::NextTheme, Command::Settings, Command::Menu];
    let row = |(worded, left_out): (usize, usize)| {
        let mut buttons: Vec<(Command, Button<'static>)> = Vec::new();
        for (at, command) in named.iter().enumerate() {
            let look = if at < 2 && !is_start { Look::Outlined } else { Look::Ghost };
            let button = View::button(ui, command).words(has_words && at < worded).look(look);
            buttons.push((command.clone(), button));
        }
        for command in rest.clone() {
            let mut button = View::button(ui, &command).look(Look::Ghost).words(false);
            if command == Command::NextTheme {
                button = button.icon(theme_icon(choice)).name(words::theme(choice));
            }
            buttons.push((command, button));
        }
        // The menu at the end has them all.
        let last = buttons.len() - 1;
        buttons.drain(last.saturating_sub(left_out)..last);
        buttons
    };
    let with_words = (0..=named.len()).rev().map(|worded| (worded, 0));
    let fewer = (1..named.len() + rest.len()).map(|left_out| (0, left_out));
    let mut rows = with_words.chain(fewer).map(row);
    rows.find(|row| width(ui, row) <= ui.available_width()).unwrap_or_default()
}

fn width(ui: &Ui, buttons: &[(Command, Button<'static>)]) -> f32 {
    buttons.iter().map(|(_, button)| button.width(ui) + 8.0).sum::<f32>() - 8.0
}
