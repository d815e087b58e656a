//! The library: search and list at the left, the page at the right; one of them at a time in a narrow window.

mod list;
mod page;

use egui::{
    Align, CornerRadius, Frame, Id, Key, Layout, Margin, Modifiers, Popup, Rect, Response, RichText, Stroke,
    StrokeKind, TextEdit, Ui, UiBuilder, pos2, vec2,
};

use super::View;
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::library::page::registry_title;
use crate::app::library::{Change, Library};
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets::{self, Button, Look};
use crate::app::words::library as words;
use crate::facts::Operation;

/// From this width on, list and page stand side by side.
const BESIDE: f32 = 900.0;
const GAP: f32 = 8.0;

/// The search field, so that it can be given the keyboard.
pub fn search_id() -> Id {
    Id::unique("the search field of the library")
}

/// The page, so that it can be given the keyboard.
pub fn page_id() -> Id {
    Id::unique("the page of the library")
}

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, library: &Library) {
    // In a text field Escape is the field's; here it goes back like everywhere else.
    let is_covered = view.state.overlay.is_some() || Popup::is_any_open(ui.ctx());
    if !is_covered && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        view.push(Command::Back);
    }
    if !is_covered && ui.input_mut(|input| input.consume_key(Modifiers::ALT, Key::ArrowLeft)) {
        view.push(Command::InLibrary(Change::PageBack));
    }
    let room = ui.max_rect();
    if room.width() >= BESIDE {
        let margin = 20.0;
        let width = (room.width() * 0.32).clamp(320.0, 420.0);
        let left = Rect::from_min_max(
            room.min + vec2(margin, margin),
            pos2(room.left() + margin + width, room.bottom() - margin),
        );
        let right = Rect::from_min_max(pos2(left.right() + 16.0, room.top()), room.max);
        within(ui, left, |ui| search_and_list(ui, view, library));
        within(ui, right, |ui| page::show(ui, view, library, (0.0, margin)));
    } else if library.is_list || library.page.is_none() {
        within(ui, room.shrink(12.0), |ui| search_and_list(ui, view, library));
    } else {
        page::show(ui, view, library, (12.0, 12.0));
    }
}

fn within(ui: &mut Ui, rect: Rect, content: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)), |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(rect.expand(4.0)));
        content(ui);
    });
}

fn search_and_list(ui: &mut Ui, view: &mut View<'_>, library: &Library) {
    ui.spacing_mut().item_spacing = vec2(GAP, GAP);
    search(ui, view, library);
    filters(ui, view, library);
    ui.add_space(2.0);
    list::show(ui, view, library);
}

/// The search field. While it has the keyboard, arrow keys move in the list and Enter opens.
fn search(ui: &mut Ui, view: &mut View<'_>, library: &Library) {
    let theme = Theme::of(ui);
    let has_focus = ui.memory(|memory| memory.has_focus(search_id()));
    if has_focus {
        list::keys(ui, view, library, false);
    }
    let line = if has_focus {
        Stroke::new(theme.ring(), theme.focus)
    } else {
        Stroke::new(1.0, theme.border_strong)
    };
    ui.horizontal_top(|ui| {
        let clear = (!library.query.is_empty())
            .then(|| Button::new(words::CLEAR).icon(Icon::Close).words(false).look(Look::Ghost));
        let beside = clear.as_ref().map_or(0.0, |clear| clear.width(ui) + GAP);
        let width = ui.available_width() - beside;
        let mut text = library.query.clone();
        let hint = RichText::new(words::SEARCH_HINT).font(Type::Body.font()).color(theme.text_faint);
        let edit = TextEdit::singleline(&mut text)
            .id(search_id())
            .font(Type::Body.font())
            .text_color(theme.text)
            .hint_text(hint)
            .frame(
                Frame::new()
                    .fill(theme.surface)
                    .corner_radius(theme::RADIUS)
                    .inner_margin(Margin::symmetric(12, 7)),
            )
            .desired_width(width);
        let field = ui.add(edit).accessible_name(words::SEARCH);
        let corner = CornerRadius::same(theme::RADIUS);
        ui.painter().rect_stroke(field.rect, corner, line, StrokeKind::Inside);
        list::point_to_row(ui, library, search_id());
        if field.changed() {
            view.push(Command::InLibrary(Change::Search(text)));
        }
        if let Some(clear) = clear
            && ui.add(clear).clicked()
        {
            view.push(Command::InLibrary(Change::Search(String::new())));
            field.request_focus();
        }
    });
}

/// Which part of the library is listed.
fn filters(ui: &mut Ui, view: &mut View<'_>, library: &Library) {
    let knowledge = view.state.entries.0;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(GAP, 4.0);
        let chosen = library.filter.registry.as_deref();
        let title = chosen.and_then(|id| knowledge.provider(id)).map(registry_title);
        let shown = title.clone().unwrap_or_else(|| words::ANY_REGISTRY.to_owned());
        let button = ui.add(choice(&shown, words::registry(&shown), chosen.is_some()));
        menu(&button, 260.0, |ui| {
            let mut all: Vec<(String, Option<String>)> = knowledge
                .providers()
                .iter()
                .map(|provider| (registry_title(provider), Some(provider.id.clone())))
                .collect();
            all.sort_by_key(|(title, _)| title.to_lowercase());
            all.insert(0, (words::ANY_REGISTRY.to_owned(), None));
            for (title, id) in all {
                if widgets::menu_item(ui, &title, id == library.filter.registry) {
                    view.push(Command::InLibrary(Change::Registry(id)));
                }
            }
        });
        let chosen = library.filter.operation;
        let shown = chosen.map_or(words::ANY_OPERATION, words::operation_title);
        let button = ui.add(choice(shown, words::operation(shown), chosen.is_some()));
        menu(&button, 180.0, |ui| {
            let all = [Operation::Publish, Operation::Install, Operation::Other].map(Some);
            for operation in std::iter::once(None).chain(all) {
                let title = operation.map_or(words::ANY_OPERATION, words::operation_title);
                if widgets::menu_item(ui, title, operation == chosen) {
                    view.push(Command::InLibrary(Change::Operation(operation)));
                }
            }
        });
    });
}

fn choice(shown: &str, name: String, is_set: bool) -> Button<'static> {
    // A longer name would push the other choice off a narrow window.
    let short: String = if shown.chars().count() > 28 {
        shown.chars().take(27).chain(['…']).collect()
    } else {
        shown.to_owned()
    };
    let look = if is_set { Look::Outlined } else { Look::Ghost };
    Button::new(short).icon_after(Icon::Down).small().look(look).name(name)
}

fn menu(button: &Response, width: f32, content: impl FnOnce(&mut Ui)) {
    Popup::menu(button).gap(4.0).show(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 2.0;
        let height = (ui.ctx().content_rect().height() - button.rect.bottom() - 40.0).clamp(120.0, 800.0);
        let list = egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height);
        list.show(ui, content);
    });
}
