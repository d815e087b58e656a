//! The menu: every command in groups, with its shortcut.

use egui::accesskit::Role;
use egui::{
    Context, CornerRadius, EventFilter, Id, Key, Modifiers, Popup, Response, ScrollArea, Sense, Ui, pos2,
    vec2,
};

use super::View;
use crate::app::command::{Command, keys};
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets;

const ROW: f32 = 30.0;
const WIDTH: f32 = 300.0;

/// What stands together. The palette's own list is longer: it also offers what is said with a key alone.
const GROUPS: [&[Command]; 5] = [
    &[Command::Paste, Command::OpenFile, Command::LatestNpmLog],
    &[Command::CheckRegistry, Command::Find, Command::PreviousIncident, Command::NextIncident],
    &[
        Command::CopyFirstCommand,
        Command::CopyAllCommands,
        Command::CopyMessage,
        Command::CopyReport,
        Command::CopyLog,
        Command::SaveReport,
    ],
    &[Command::Library, Command::History, Command::Watch, Command::Settings, Command::NextTheme],
    &[Command::Palette, Command::Help],
];

fn menu_id() -> Id {
    Id::unique("the menu")
}

/// Opens the menu with the keyboard in it, or closes it.
pub fn toggle(ctx: &Context) {
    Popup::toggle_id(ctx, menu_id());
    ctx.data_mut(|data| data.insert_temp(menu_id(), true));
}

fn item_id(command: &Command) -> Id {
    Id::unique(("menu line", command.label()))
}

pub(super) fn show(ui: &Ui, view: &mut View<'_>, button: &Response) {
    let room = ui.ctx().content_rect().height() - button.rect.bottom() - 32.0;
    Popup::menu(button).id(menu_id()).gap(6.0).show(|ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing.y = 2.0;
        keys_move(ui, view);
        let height = room.max(4.0 * ROW);
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
            // The ring of the first line needs room.
            ui.add_space(2.0);
            for (nth, group) in GROUPS.iter().enumerate() {
                if nth > 0 {
                    ui.add_space(3.0);
                    widgets::hairline(ui);
                    ui.add_space(3.0);
                }
                for command in *group {
                    if item(ui, command, command.is_available(view.state)) {
                        view.push(command.clone());
                        ui.close();
                    }
                }
            }
        });
    });
}

/// Arrow keys go from line to line, round the ends.
fn keys_move(ui: &Ui, view: &View<'_>) {
    let step = ui.input_mut(|input| {
        let down = input.consume_key(Modifiers::NONE, Key::ArrowDown);
        let up = input.consume_key(Modifiers::NONE, Key::ArrowUp);
        isize::from(down) - isize::from(up)
    });
    let lines: Vec<Id> = GROUPS
        .iter()
        .copied()
        .flatten()
        .filter(|command| command.is_available(view.state))
        .map(item_id)
        .collect();
    // What is only being measured cannot have the keyboard.
    let wants_keyboard =
        !ui.is_sizing_pass() && ui.data_mut(|data| data.remove_temp(menu_id()) == Some(true));
    if let Some(first) = lines.first().filter(|_| wants_keyboard) {
        ui.memory_mut(|memory| memory.request_focus(*first));
    }
    if step == 0 || lines.is_empty() {
        return;
    }
    let focused = ui.memory(egui::Memory::focused);
    let at = lines.iter().position(|line| Some(*line) == focused);
    let count = lines.len();
    let next = match (at, step > 0) {
        (Some(at), true) => (at + 1) % count,
        (Some(at), false) => (at + count - 1) % count,
        (None, true) => 0,
        (None, false) => count - 1,
    };
    if let Some(line) = lines.get(next) {
        ui.memory_mut(|memory| memory.request_focus(*line));
    }
}

fn item(ui: &mut Ui, command: &Command, is_available: bool) -> bool {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let sense = if is_available { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, item_id(command), sense);
    let painter = ui.painter();
    let (ink, faint) = if is_available {
        (theme.text, theme.text_faint)
    } else {
        (theme.text_faint.gamma_multiply(0.7), theme.text_faint.gamma_multiply(0.7))
    };
    if is_available && (response.hovered() || response.has_focus()) {
        painter.rect_filled(rect, CornerRadius::same(theme::RADIUS_SMALL), theme.hover);
    }
    command.icon().paint(painter, pos2(rect.left() + 18.0, rect.center().y), 15.0, faint);
    let label = painter.layout_job(widgets::job(Type::Button, ink, command.label()));
    painter.galley(pos2(rect.left() + 36.0, rect.center().y - label.size().y / 2.0), label, ink);
    if let Some(shortcut) = command.shortcuts().first() {
        let keys = painter.layout_job(widgets::job(Type::Chip, faint, keys(ui.ctx(), shortcut)));
        let at = pos2(rect.right() - 10.0 - keys.size().x, rect.center().y - keys.size().y / 2.0);
        painter.galley(at, keys, faint);
    }
    widgets::focus_ring(ui, &response, theme::RADIUS_SMALL);
    response.widget_info(|| egui::WidgetInfo::labeled(Role::MenuItem, is_available, command.label()));
    if response.has_focus() {
        // Otherwise egui moves the keyboard once more by itself.
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        response.scroll_to_me(None);
    }
    response.clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_menu_offers_is_among_the_listed_commands_and_stands_there_once() {
        let all: Vec<&Command> = GROUPS.iter().copied().flatten().collect();
        for (at, command) in all.iter().enumerate() {
            assert!(Command::LISTED.contains(command), "{command:?}");
            assert!(!all[..at].contains(command), "{command:?} stands there twice");
        }
    }
}
