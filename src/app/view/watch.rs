//! The bar below the top bar that offers a log of npm. It moves what is below it and covers nothing.

use egui::{Frame, Margin, Panel, Stroke, Ui};

use super::View;
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::theme::{TIGHT, Theme, Type};
use crate::app::watch::Change;
use crate::app::widgets::{self, Look};
use crate::app::words;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>) {
    let state = view.state;
    let Some((offer, more)) = state.watch.offer() else { return };
    let theme = Theme::of(ui);
    let frame = Frame::new().fill(theme.accent_soft).inner_margin(Margin::symmetric(20, 8));
    let bar = Panel::top("watch bar").frame(frame).show_separator_line(false).resizable(false);
    bar.show(ui, |ui| {
        let below = ui.max_rect().expand2(egui::vec2(20.0, 8.0));
        let said = words::watch::failed(offer.package.as_deref(), state.watch.is_rest);
        let more = (more > 0).then(|| words::watch::more(more));
        let buttons = buttons(ui, view);
        let room = ui.available_width();
        let width: f32 = buttons.iter().map(|(_, button)| button.width(ui) + 8.0).sum();
        if room >= TIGHT - 40.0 {
            widgets::row(ui, 26.0, |ui| {
                sentence(ui, &said, more.as_deref(), room - width);
                ui.add_space((ui.available_width() - width + 8.0).max(0.0));
                press(ui, view, buttons);
            });
        } else {
            widgets::row(ui, 26.0, |ui| sentence(ui, &said, more.as_deref(), room));
            widgets::row(ui, 26.0, |ui| press(ui, view, buttons));
        }
        let bottom = ui.min_rect().bottom() + 7.5;
        ui.painter().hline(below.x_range(), bottom, Stroke::new(1.0, theme.border));
    });
}

/// What happened, on one line; a long name gives way before the rest does.
fn sentence(ui: &mut Ui, said: &str, more: Option<&str>, room: f32) {
    let theme = Theme::of(ui);
    widgets::icon_here(ui, Icon::Bell, 16.0, theme.accent);
    let reserved = more.map_or(0.0, |_| 90.0);
    ui.scope(|ui| {
        ui.set_max_width((room - 24.0 - 8.0 - reserved).max(80.0));
        widgets::line(ui, Type::Item, theme.text, said);
    });
    if let Some(more) = more {
        widgets::line(ui, Type::Item, theme.text_quiet, more);
    }
}

fn buttons(ui: &Ui, view: &View<'_>) -> Vec<(Command, widgets::Button<'static>)> {
    let mut buttons = vec![(Change::Look, Look::Outlined), (Change::NotNow, Look::Ghost)];
    if view.state.watch.offers_to_stop() {
        buttons.push((Change::Stop, Look::Ghost));
    }
    let button = |(change, look)| {
        let command = Command::InWatch(change);
        let button = View::button(ui, &command).look(look).small();
        (command, button)
    };
    buttons.into_iter().map(button).collect()
}

fn press(ui: &mut Ui, view: &mut View<'_>, buttons: Vec<(Command, widgets::Button<'static>)>) {
    for (command, button) in buttons {
        if ui.add(button).clicked() {
            view.push(command);
        }
    }
}
