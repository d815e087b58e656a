//! The library: search and list at the left, the page at the right; one of them at a time in a narrow window.

mod list;
mod page;

use egui::{Id, Key, Modifiers, Popup, Response, Ui, vec2};

use super::View;
use super::shelf::{self, GAP, MARGIN, within};
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::library::page::registry_title;
use crate::app::library::{Change, Library};
use crate::app::widgets::{self, Button, Look};
use crate::app::words::library as words;
use crate::facts::Operation;

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
    if let Some((left, right)) = shelf::halves(room, 0.32, 320.0..=420.0) {
        within(ui, left, |ui| search_and_list(ui, view, library));
        within(ui, right, |ui| page::show(ui, view, library, (0.0, MARGIN)));
    } else if library.is_list || library.page.is_none() {
        within(ui, room.shrink(12.0), |ui| search_and_list(ui, view, library));
    } else {
        page::show(ui, view, library, (12.0, 12.0));
    }
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
    if ui.memory(|memory| memory.has_focus(search_id())) {
        list::keys(ui, view, library, false);
    }
    let field = shelf::Search {
        id: search_id(),
        name: words::SEARCH,
        hint: words::SEARCH_HINT,
        clear: words::CLEAR,
        query: &library.query,
    };
    if let Some(text) = field.show(ui) {
        view.push(Command::InLibrary(Change::Search(text)));
    }
    list::point_to_row(ui, library, search_id());
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
