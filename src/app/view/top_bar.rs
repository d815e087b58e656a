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
            let width: f32 = buttons.iter().map(|(_, button)| button.width(ui) + 8.0).sum::<f32>() - 8.0;
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

fn buttons(ui: &Ui, view: &View<'_>, has_words: bool) -> Vec<(Command, Button<'static>)> {
    let mut buttons = Vec::new();
    if !matches!(view.state.screen, Screen::Start) {
        let open = View::button(ui, &Command::OpenFile).words(has_words);
        buttons.push((Command::OpenFile, open));
        let latest =
            View::button(ui, &Command::LatestNpmLog).words(has_words && ui.available_width() > 520.0);
        buttons.push((Command::LatestNpmLog, latest));
    }
    for command in [Command::Library, Command::History] {
        let button = View::button(ui, &command).words(has_words).look(Look::Ghost);
        buttons.push((command, button));
    }
    let choice = view.state.settings.theme;
    let theme = View::button(ui, &Command::NextTheme)
        .icon(theme_icon(choice))
        .look(Look::Ghost)
        .words(false)
        .name(words::theme(choice));
    buttons.push((Command::NextTheme, theme));
    for command in [Command::Settings, Command::Menu] {
        let button = View::button(ui, &command).look(Look::Ghost).words(false);
        buttons.push((command, button));
    }
    buttons
}
