//! The search, above the rows.

use egui::accesskit::Role;
use egui::{
    CornerRadius, Frame, Id, Key, Margin, Modifiers, Popup, RichText, Sense, Stroke, StrokeKind, TextEdit,
    Ui, vec2,
};

use super::super::{View, once};
use crate::app::command::Command;
use crate::app::find::{Change, Find};
use crate::app::icons::Icon;
use crate::app::reader::Target;
use crate::app::state::Case;
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets::{self, Button, Look};
use crate::app::words::find as words;

const SMALL: f32 = 26.0;
const GAP: f32 = 4.0;
const SIDE: f32 = 10.0;

/// The field, so that it can be given the keyboard.
pub fn field_id() -> Id {
    Id::unique("the search field of the log")
}

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, case: &Case, find: &Find) {
    let is_covered = view.state.overlay.is_some() || Popup::is_any_open(ui.ctx());
    if !is_covered {
        keys(ui, view);
    }
    let theme = Theme::of(ui);
    ui.spacing_mut().item_spacing.x = GAP;
    ui.horizontal_centered(|ui| {
        ui.add_space(SIDE);
        let says = find.says().unwrap_or_default();
        let color = if find.says().is_some() && find.found.is_empty() && !find.is_counting {
            theme.warn
        } else {
            theme.text_faint
        };
        let count = ui.painter().layout_job(widgets::job(Type::Note, color, &says));
        let buttons = 4.0 * (SMALL + GAP);
        let beside = count.size().x + 3.0 * GAP + buttons + SIDE;
        field(ui, view, case, find, (ui.available_width() - beside).max(60.0));
        ui.add_space(GAP);
        let (rect, response) = ui.allocate_exact_size(count.size(), Sense::hover());
        ui.painter().galley(rect.min, count, color);
        if !says.is_empty() {
            widgets::name(&response, Role::Label, &says);
        }
        let end = ui.max_rect().right() - SIDE - buttons + GAP;
        ui.add_space((end - ui.cursor().left()).max(0.0));
        for command in [Command::FindPrevious, Command::FindNext] {
            let button = View::button(ui, &command).small().look(Look::Ghost).words(false);
            if ui.add_enabled(!find.found.is_empty(), button).clicked() {
                view.push(command);
            }
        }
        if capitals(ui, find.capitals) {
            view.push(Command::InFind(Change::Capitals));
        }
        let close = Button::new(words::CLOSE).icon(Icon::Close).small().look(Look::Ghost).words(false);
        if ui.add(close).clicked() {
            view.push(Command::InFind(Change::Close));
        }
    });
}

/// Enter goes on and Shift+Enter back; Escape closes, though in a text field it is the field's.
fn keys(ui: &Ui, view: &mut View<'_>) {
    if ui.memory(|memory| memory.has_focus(field_id())) {
        if ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::Enter)) {
            view.push(Command::FindPrevious);
        } else if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            view.push(Command::FindNext);
        }
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        view.push(Command::InFind(Change::Close));
    }
}

fn field(ui: &mut Ui, view: &mut View<'_>, case: &Case, find: &Find, width: f32) {
    let theme = Theme::of(ui);
    let has_focus = ui.memory(|memory| memory.has_focus(field_id()));
    let line = if has_focus {
        Stroke::new(theme.ring(), theme.focus)
    } else {
        Stroke::new(1.0, theme.border_strong)
    };
    let mut text = find.query.clone();
    let hint = RichText::new(words::HINT).font(Type::Mono.font()).color(theme.text_faint);
    let edit = TextEdit::singleline(&mut text)
        .id(field_id())
        .font(Type::Mono.font())
        .text_color(theme.text)
        .hint_text(hint)
        .frame(
            Frame::new()
                .fill(theme.surface)
                .corner_radius(theme::RADIUS_SMALL)
                .inner_margin(Margin::symmetric(10, 5)),
        )
        .desired_width(width);
    let field = ui.add(edit).accessible_name(words::FIELD);
    ui.painter().rect_stroke(field.rect, CornerRadius::same(theme::RADIUS_SMALL), line, StrokeKind::Inside);
    if once::wants_focus(ui, case, Target::Field) {
        field.request_focus();
        select_all(ui, &text);
    }
    if field.changed() && text != find.query {
        view.push(Command::InFind(Change::Query(text)));
    }
}

/// What stands in the field is replaced by what is typed next.
fn select_all(ui: &Ui, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), field_id()).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::default(), end)));
    state.store(ui.ctx(), field_id());
}

/// The switch for capitals: two letters instead of an icon.
fn capitals(ui: &mut Ui, is_on: bool) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(SMALL, SMALL), Sense::click());
    let corner = CornerRadius::same(theme::RADIUS_SMALL);
    let (ink, ground) = match (is_on, response.hovered()) {
        (true, _) => (theme.accent, theme.accent_soft),
        (false, true) => (theme.text, theme.hover),
        (false, false) => (theme.text_quiet, theme.surface),
    };
    let line = if is_on { Stroke::new(1.0, theme.accent) } else { Stroke::NONE };
    ui.painter().rect(rect, corner, ground, line, StrokeKind::Inside);
    let galley = ui.painter().layout_job(widgets::job(Type::Label, ink, words::CAPITALS_SIGN));
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, ink);
    widgets::focus_ring(ui, &response, theme::RADIUS_SMALL);
    widgets::name_selected(&response, Role::CheckBox, is_on, words::CAPITALS);
    response.on_hover_text(words::CAPITALS).clicked()
}
