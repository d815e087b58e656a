//! The log: any number of lines, drawn row by row, evidence marked.
//!
//! Owns the card and how its rows stand on the screen. Must not know how the log is searched or what is selected.

mod find_bar;
mod head;
mod paint;
mod place;
mod pointer;
mod text;
mod ticks;

use egui::accesskit::Role;
use egui::{
    CornerRadius, EventFilter, Id, Margin, Rect, Response, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2,
    vec2,
};

pub use find_bar::field_id;

use super::{View, once};
use crate::app::reader::Target;
use crate::app::state::Case;
use crate::app::theme::{self, LOG_ROW, Theme, Type};
use crate::app::widgets;
use crate::app::words;
use crate::text::Redacted;

/// The room above the first row and below the last.
const PAD: f32 = 12.0;
const HEADER: f32 = 48.0;
const FOOTER: f32 = 44.0;
const FIND_BAR: f32 = 44.0;
/// Logs of more bytes take longer than a frame to be wrapped.
const HUGE: usize = 8 * 1024 * 1024;
/// How long the width of a window has to stay the same then.
const REST_SECS: f64 = 0.08;
/// A lower card has no room for everything at once.
const LOW: f32 = 260.0;

/// The log, so that it can be given the keyboard.
pub fn body_id() -> Id {
    Id::unique("log body")
}

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, case: &Case) {
    let theme = Theme::of(ui);
    let rect = ui.max_rect();
    let corner = CornerRadius::same(theme::RADIUS_CARD);
    ui.painter().add(theme.shadow_low().as_shape(rect, corner));
    ui.painter().rect_filled(rect, corner, theme.surface);
    let is_low = rect.height() < LOW;
    let find = case.find.as_ref();
    let has_foot = !is_low && head::has_foot(case);
    let header = if is_low && find.is_some() { 0.0 } else { HEADER };
    let bar = if find.is_some() { FIND_BAR } else { 0.0 };
    let below = |top: f32, height: f32| {
        Rect::from_min_size(pos2(rect.left(), rect.top() + top), vec2(rect.width(), height))
    };
    let footer = if has_foot { FOOTER } else { 1.0 };
    let (header_rect, bar_rect) = (below(0.0, header), below(header, bar));
    let footer_rect = Rect::from_min_max(pos2(rect.left(), rect.bottom() - footer), rect.max);
    let body = Rect::from_min_max(bar_rect.left_bottom(), footer_rect.right_top());
    let line = Stroke::new(1.0, theme.border);
    if header > 0.0 {
        ui.scope_builder(egui::UiBuilder::new().max_rect(header_rect), |ui| head::show(ui, view, case));
        ui.painter().hline(rect.x_range(), header_rect.bottom(), line);
    }
    if let Some(find) = find {
        ui.scope_builder(egui::UiBuilder::new().max_rect(bar_rect), |ui| {
            find_bar::show(ui, view, case, find)
        });
        ui.painter().hline(rect.x_range(), bar_rect.bottom(), line);
    }
    ui.scope_builder(egui::UiBuilder::new().id_salt("log lines").max_rect(body), |ui| lines(ui, view, case));
    if has_foot {
        let inner = footer_rect.shrink2(vec2(16.0, 0.0));
        ui.scope_builder(egui::UiBuilder::new().max_rect(inner), |ui| head::foot(ui, view, case));
        ui.painter().hline(rect.x_range(), footer_rect.top(), line);
    }
    ui.painter().rect_stroke(rect, corner, line, StrokeKind::Inside);
}

/// How the log's rows stand on the screen.
struct Grid<'a> {
    case: &'a Case,
    log: &'a Redacted,
    /// The lines that are marked, in order.
    marked: Vec<usize>,
    /// What is selected, in bytes.
    selected: Option<std::ops::Range<usize>>,
    body: Rect,
    text_left: f32,
    number_right: f32,
    /// The width of a column.
    glyph: f32,
    /// How many rows there are.
    rows: usize,
    theme: &'static Theme,
}

impl<'a> Grid<'a> {
    fn new(ui: &Ui, case: &'a Case, body: Rect) -> Self {
        let log = &*case.explained.log;
        let font = Type::Mono.font();
        let glyph = ui.ctx().fonts_mut(|fonts| fonts.glyph_width(&font, '0'));
        let number_right = body.left() + PAD + glyph * case.rows.number_columns as f32 + 4.0;
        let text_left = number_right + 14.0;
        let columns = ((body.right() - 18.0 - text_left) / glyph).floor().max(8.0) as usize;
        let columns = settled(ui, case, columns);
        let mut marked = case.marked_rows();
        marked.sort_unstable();
        Self {
            case,
            log,
            marked,
            selected: case.reader.selected(),
            body,
            text_left,
            number_right,
            glyph,
            rows: case.rows.wrap(log, columns),
            theme: Theme::of(ui),
        }
    }

    /// The height of everything.
    fn height(&self) -> f32 {
        self.rows as f32 * LOG_ROW + 2.0 * PAD
    }

    /// The row at a height of the screen when this much was scrolled.
    fn row_at(&self, y: f32, offset: f32) -> Option<usize> {
        let row = (y - self.body.top() + offset - PAD) / LOG_ROW;
        (row >= 0.0).then_some(row as usize)
    }
}

/// The columns to wrap to. While a window with a huge log is being resized its rows stay as they are, so that the edge
/// follows the pointer; they are made anew when it rests.
fn settled(ui: &Ui, case: &Case, columns: usize) -> usize {
    let shown = case.rows.columns();
    if case.explained.log.as_str().len() < HUGE || shown == 0 || shown == columns {
        return columns;
    }
    let key = Id::unique("log columns wanted");
    let now = ui.input(|input| input.time);
    let (wanted, since) = ui.data(|data| data.get_temp::<(usize, f64)>(key)).unwrap_or((0, now));
    if wanted != columns {
        ui.data_mut(|data| data.insert_temp(key, (columns, now)));
    } else if now - since >= REST_SECS {
        return columns;
    }
    ui.ctx().request_repaint_after_secs(REST_SECS as f32);
    shown
}

fn lines(ui: &mut Ui, view: &mut View<'_>, case: &Case) {
    let theme = Theme::of(ui);
    if case.explained.log.as_str().is_empty() {
        ui.add_space(20.0);
        ui.vertical_centered(|ui| widgets::text(ui, Type::Body, theme.text_faint, words::LOG_EMPTY));
        return;
    }
    let body = ui.max_rect();
    let grid = Grid::new(ui, case, body);
    let response = focusable(ui, body, case);
    let mut area = ScrollArea::vertical().id_salt("log").auto_shrink(false).content_margin(Margin::ZERO);
    let wanted = place::wanted(ui, view, &grid);
    if let Some(offset) = wanted {
        area = area.vertical_scroll_offset(offset);
    }
    let output = area.show_viewport(ui, |ui, viewport| {
        ui.set_height(grid.height());
        ui.set_width(ui.available_width());
        if response.has_focus() {
            pointer::keys(ui, view, &grid);
        }
        pointer::pointer(ui, view, &grid, &response, viewport.min.y);
        // Positions are counted from the top of what is visible: far down a long log, adding up from the top of the
        // whole would lose the fractions (https://github.com/emilk/egui/issues/1391).
        let first = ((viewport.min.y - PAD) / LOG_ROW).floor().max(0.0) as usize;
        let last = (((viewport.max.y - PAD) / LOG_ROW).ceil().max(0.0) as usize).min(grid.rows);
        let top = body.top() + (PAD + first as f32 * LOG_ROW - viewport.min.y);
        paint::rows(ui, &grid, first..last, top);
    });
    place::note(&grid, output.state.clamped_offset().y, wanted.is_some(), ui.scope_id());
    ticks::show(ui.painter(), &grid, output.content_size.y);
    pointer::menu(view, &grid, &response);
    if response.has_focus() && !pointer::came_by_pointer(ui) {
        ui.painter().rect_stroke(
            body.shrink(2.0),
            4,
            Stroke::new(theme.ring(), theme.focus),
            StrokeKind::Inside,
        );
    }
}

/// The log as one control: it takes the keyboard, so that arrow keys scroll it, and the pointer, which selects.
fn focusable(ui: &mut Ui, body: Rect, case: &Case) -> Response {
    let response = ui.interact(body, body_id(), Sense::click_and_drag());
    widgets::name(&response, Role::Log, &words::log_name(&case.advice().input.name));
    if once::wants_focus(ui, case, Target::Log) {
        response.request_focus();
        pointer::note(ui, case.reader.focus.is_some_and(|focus| focus.by_pointer));
    }
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, escape: true, tab: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    response
}
