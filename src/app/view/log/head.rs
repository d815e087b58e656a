//! Above the rows: what the log is called and what can be done with it. Below: what was understood.

use egui::Ui;

use super::super::View;
use crate::advice::Incident;
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::reader::Change;
use crate::app::state::{Case, Tab};
use crate::app::theme::{Theme, Type};
use crate::app::widgets::{self, Button, Look};
use crate::app::words;
use crate::facts::FactKey;

/// From this width on, the way back has words.
const ROOMY: f32 = 520.0;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, case: &Case) {
    let theme = Theme::of(ui);
    let input = &case.advice().input;
    ui.spacing_mut().item_spacing.x = 10.0;
    ui.horizontal_centered(|ui| {
        let can_return = case.tab == Tab::Log && case.reader.back.is_some_and(|back| back.is_hidden);
        ui.add_space(if can_return { 10.0 } else { 16.0 });
        if can_return {
            way_back(ui, view);
        } else {
            widgets::icon_here(ui, Icon::File, 16.0, theme.text_faint);
        }
        let copied = view.was_copied("log");
        let copy = View::button(ui, &Command::CopyLog).small();
        let copy = if copied { copy.look(Look::Done).icon(Icon::Check) } else { copy.look(Look::Ghost) };
        let find = View::button(ui, &Command::Find).small().look(Look::Ghost).words(false);
        let end = ui.max_rect().right() - 20.0 - copy.width(ui) - find.width(ui);
        ui.scope(|ui| {
            ui.set_max_width((end - ui.cursor().left() - 90.0).max(40.0));
            widgets::line(ui, Type::Item, theme.text, &input.name);
        });
        let room = end - ui.cursor().left() - 10.0;
        if room > 60.0 {
            widgets::line(ui, Type::Note, theme.text_faint, words::lines(input.lines));
        }
        ui.add_space((end - ui.cursor().left()).max(0.0));
        for (button, command) in [(find, Command::Find), (copy, Command::CopyLog)] {
            if ui.add(button).clicked() {
                view.push(command);
            }
        }
    });
}

/// Back to the place in the answer from which a line was shown.
fn way_back(ui: &mut Ui, view: &mut View<'_>) {
    let button = Button::new(words::find::BACK)
        .icon(Icon::Back)
        .small()
        .look(Look::Outlined)
        .words(ui.available_width() > ROOMY)
        .tip(words::find::BACK_TIP);
    if ui.add(button).clicked() {
        view.push(Command::InLog(Change::Return));
    }
}

/// Whether there is anything to say below the rows.
pub(super) fn has_foot(case: &Case) -> bool {
    case.advice().input.secrets_hidden > 0
        || case.incident().is_some_and(|incident| !facts(incident).is_empty())
}

/// What was understood, in chips: who wrote it, who refused, what about, and how many secrets were hidden.
pub(super) fn foot(ui: &mut Ui, view: &mut View<'_>, case: &Case) {
    let secrets = case.advice().input.secrets_hidden;
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let words = words::secrets(secrets);
        // What can be pressed keeps its place; the rest gets what is left.
        let kept = if secrets > 0 { widgets::chip_width(ui, &words) + 6.0 } else { 0.0 };
        for (icon, text) in case.incident().map(facts).unwrap_or_default() {
            let room = ui.available_width() - kept;
            if room > 70.0 {
                ui.scope(|ui| {
                    ui.set_max_width(room);
                    widgets::chip(ui, widgets::Tone::Plain, icon, &text);
                });
            }
        }
        if secrets > 0 {
            let chip = widgets::pressable_chip(ui, widgets::Tone::Ok, Icon::EyeOff, &words);
            if chip.on_hover_text(words::find::NEXT_SECRET_TIP).clicked() {
                view.push(Command::InLog(Change::NextSecret));
            }
        }
    });
}

fn facts(incident: &Incident) -> Vec<(Icon, String)> {
    let fact = |key| incident.facts.get(key);
    let joined = |a: Option<&str>, between: &str, b: Option<&str>| {
        a.map(|a| b.map_or_else(|| a.to_owned(), |b| format!("{a}{between}{b}")))
    };
    [
        (Icon::Terminal, joined(fact(FactKey::Client), " ", fact(FactKey::ClientVersion))),
        (Icon::Globe, fact(FactKey::Host).map(str::to_owned)),
        (Icon::Package, joined(fact(FactKey::Package), " ", fact(FactKey::Version))),
    ]
    .into_iter()
    .filter_map(|(icon, text)| Some((icon, text?)))
    .collect()
}
