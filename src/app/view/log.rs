//! The log: any number of lines, drawn row by row, evidence marked.

use std::ops::Range;

use egui::accesskit::Role;
use egui::text::LayoutJob;
use egui::{
    Color32, CornerRadius, EventFilter, Id, Key, Margin, Painter, Rect, Response, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, pos2, vec2,
};

use super::{View, package_of};
use crate::advice::Incident;
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::rows::{TAB_COLUMNS, wrap};
use crate::app::state::{Case, Reveal};
use crate::app::theme::{self, LOG_ROW, Theme, Type};
use crate::app::tint::{self, Tint};
use crate::app::widgets::{self, Look};
use crate::app::words;
use crate::facts::FactKey;
use crate::text::Redacted;

const PAD: f32 = 12.0;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, case: &Case) {
    let theme = Theme::of(ui);
    let rect = ui.max_rect();
    let corner = CornerRadius::same(theme::RADIUS_CARD);
    ui.painter().add(theme.shadow_low().as_shape(rect, corner));
    ui.painter().rect_filled(rect, corner, theme.surface);
    let chips = case.incident().map(chips_of).unwrap_or_default();
    let secrets = case.advice().input.secrets_hidden;
    let (header, footer) = (48.0, if chips.is_empty() && secrets == 0 { 1.0 } else { 44.0 });
    let header_rect = Rect::from_min_size(rect.min, vec2(rect.width(), header));
    let footer_rect = Rect::from_min_max(pos2(rect.left(), rect.bottom() - footer), rect.max);
    let body = Rect::from_min_max(header_rect.left_bottom(), footer_rect.right_top());
    ui.scope_builder(egui::UiBuilder::new().max_rect(header_rect), |ui| head(ui, view, case));
    ui.scope_builder(egui::UiBuilder::new().max_rect(body), |ui| lines(ui, case));
    ui.scope_builder(egui::UiBuilder::new().max_rect(footer_rect.shrink2(vec2(16.0, 0.0))), |ui| {
        foot(ui, chips, secrets)
    });
    let line = Stroke::new(1.0, theme.border);
    ui.painter().hline(rect.x_range(), header_rect.bottom(), line);
    ui.painter().hline(rect.x_range(), footer_rect.top(), line);
    ui.painter().rect_stroke(rect, corner, line, StrokeKind::Inside);
}

fn head(ui: &mut Ui, view: &mut View<'_>, case: &Case) {
    let theme = Theme::of(ui);
    let input = &case.advice().input;
    ui.spacing_mut().item_spacing.x = 10.0;
    ui.horizontal_centered(|ui| {
        ui.add_space(16.0);
        widgets::icon_here(ui, Icon::File, 16.0, theme.text_faint);
        let copied = view.was_copied("log");
        let button = View::button(ui, &Command::CopyLog).small();
        let button =
            if copied { button.look(Look::Done).icon(Icon::Check) } else { button.look(Look::Ghost) };
        let end = ui.max_rect().right() - 10.0 - button.width(ui);
        ui.scope(|ui| {
            ui.set_max_width((end - ui.cursor().left() - 90.0).max(40.0));
            widgets::line(ui, Type::Item, theme.text, &input.name);
        });
        let room = end - ui.cursor().left() - 10.0;
        if room > 60.0 {
            widgets::line(ui, Type::Note, theme.text_faint, words::lines(input.lines));
        }
        ui.add_space((end - ui.cursor().left()).max(0.0));
        if ui.add(button).clicked() {
            view.push(Command::CopyLog);
        }
    });
}

/// What was understood, in chips: who wrote it, who refused, what about, and how many secrets were hidden.
fn foot(ui: &mut Ui, facts: Vec<(Icon, String)>, secrets: usize) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for (icon, text) in facts {
            if ui.available_width() > 70.0 {
                widgets::chip(ui, widgets::Tone::Plain, icon, &text);
            }
        }
        if secrets > 0 && ui.available_width() > 60.0 {
            widgets::chip(ui, widgets::Tone::Ok, Icon::EyeOff, &words::secrets(secrets));
        }
    });
}

fn chips_of(incident: &Incident) -> Vec<(Icon, String)> {
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

/// How the log's rows stand on the screen.
struct Grid<'a> {
    case: &'a Case,
    log: &'a Redacted,
    marked: Vec<usize>,
    text_left: f32,
    number_right: f32,
    columns: usize,
    theme: &'static Theme,
}

fn lines(ui: &mut Ui, case: &Case) {
    let log = &case.explained.log;
    let theme = Theme::of(ui);
    if log.as_str().is_empty() {
        ui.add_space(20.0);
        ui.vertical_centered(|ui| widgets::text(ui, Type::Body, theme.text_faint, words::LOG_EMPTY));
        return;
    }
    let body = ui.max_rect();
    let font = Type::Mono.font();
    let glyph = ui.ctx().fonts_mut(|fonts| fonts.glyph_width(&font, '0'));
    let number_right = body.left() + PAD + glyph * case.rows.number_columns as f32 + 4.0;
    let text_left = number_right + 14.0;
    let columns = ((body.right() - 18.0 - text_left) / glyph).floor().max(8.0) as usize;
    let rows = case.rows.wrap(log, columns);
    let mut marked = case.marked_rows();
    marked.sort_unstable();
    let grid = Grid { case, log, marked, text_left, number_right, columns, theme };

    let response = focusable(ui, body, case);
    let mut area = ScrollArea::vertical().id_salt("log").auto_shrink(false).content_margin(Margin::ZERO);
    if let Some(offset) = wanted_offset(ui, &grid, rows, body.height()) {
        area = area.vertical_scroll_offset(offset);
    }
    let output = area.show_viewport(ui, |ui, viewport| {
        ui.set_height(rows as f32 * LOG_ROW + 2.0 * PAD);
        ui.set_width(ui.available_width());
        if response.has_focus() {
            scroll_with_keys(ui, body.height());
        }
        // Positions are counted from the top of what is visible: far down a long log, adding up from the top of the
        // whole would lose the fractions (https://github.com/emilk/egui/issues/1391).
        let first = ((viewport.min.y - PAD) / LOG_ROW).floor().max(0.0) as usize;
        let last = (((viewport.max.y - PAD) / LOG_ROW).ceil().max(0.0) as usize).min(rows);
        let top = body.top() + (PAD + first as f32 * LOG_ROW - viewport.min.y);
        paint_rows(ui, &grid, first..last, top, body);
    });
    evidence_ticks(ui.painter(), &grid, rows, body, output.content_size.y);
    if response.has_focus() {
        ui.painter().rect_stroke(body.shrink(2.0), 4, Stroke::new(2.0, theme.focus), StrokeKind::Inside);
    }
}

/// The log as one control: it takes the keyboard, so that arrow keys scroll it.
fn focusable(ui: &mut Ui, body: Rect, case: &Case) -> Response {
    let response = ui.interact(body, Id::unique("log body"), Sense::focusable_noninteractive());
    widgets::name(&response, Role::Log, &words::log_name(&case.advice().input.name));
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    response
}

fn scroll_with_keys(ui: &Ui, height: f32) {
    let page = (height - 2.0 * LOG_ROW).max(LOG_ROW);
    let steps = [
        (Key::ArrowDown, -LOG_ROW),
        (Key::ArrowUp, LOG_ROW),
        (Key::PageDown, -page),
        (Key::PageUp, page),
        (Key::End, f32::MIN / 4.0),
        (Key::Home, f32::MAX / 4.0),
    ];
    for (key, delta) in steps {
        let presses = ui.input(|input| input.num_presses(key));
        if presses > 0 {
            ui.scroll_with_delta(vec2(0.0, delta * presses as f32));
        }
    }
}

/// Where to scroll to when a jump was asked for that was not made yet.
fn wanted_offset(ui: &Ui, grid: &Grid<'_>, rows: usize, height: f32) -> Option<f32> {
    let reveal: Reveal = grid.case.reveal?;
    let key = Id::unique("log jump made");
    let mark = (grid.case.id.0, reveal.serial);
    if ui.data(|data| data.get_temp::<(u64, u64)>(key)) == Some(mark) {
        return None;
    }
    ui.data_mut(|data| data.insert_temp(key, mark));
    let row = grid.case.rows.first_row(reveal.row) as f32;
    let all = rows as f32 * LOG_ROW + 2.0 * PAD;
    // The first look at a log shows its beginning when the evidence is in sight from there.
    if !reveal.outline && (row + 3.0) * LOG_ROW < height {
        return Some(0.0);
    }
    Some((PAD + row * LOG_ROW - height * 0.4).clamp(0.0, (all - height).max(0.0)))
}

fn paint_rows(ui: &Ui, grid: &Grid<'_>, rows: Range<usize>, top: f32, body: Rect) {
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(body));
    let mut row = rows.start;
    while row < rows.end {
        let line = grid.case.rows.line_at(row);
        if line >= grid.log.line_count() {
            break;
        }
        let first = grid.case.rows.first_row(line);
        let next = grid.case.rows.first_row(line + 1).max(row + 1);
        let y = |row: usize| top + (row as f32 - rows.start as f32) * LOG_ROW;
        let gap = grid.log.gap_before(line);
        let text_row = first + usize::from(gap.is_some());
        if let Some(lines) = gap {
            let rect = Rect::from_min_size(pos2(body.left(), y(first)), vec2(body.width(), LOG_ROW));
            paint_gap(ui, &painter, grid, &words::lines_left_out(*lines.start(), *lines.end()), rect);
        }
        let rect = Rect::from_min_max(pos2(body.left(), y(text_row)), pos2(body.right(), y(next)));
        let visible = row.max(text_row) - text_row..next.min(rows.end).max(text_row) - text_row;
        paint_line(&painter, grid, line, rect, visible);
        speak_line(ui, grid, line, rect.intersect(body));
        row = next;
    }
}

/// Between two lines: what is not there.
fn paint_gap(ui: &Ui, painter: &Painter, grid: &Grid<'_>, text: &str, rect: Rect) {
    let color = grid.theme.text_faint;
    let galley = painter.layout_job(widgets::job(Type::Note, color, text));
    let left = pos2(grid.text_left, rect.center().y - galley.size().y / 2.0);
    let y = rect.center().y;
    let rule = Stroke::new(1.0, grid.theme.border);
    painter.hline(left.x + galley.size().x + 12.0..=rect.right() - 16.0, y, rule);
    painter.galley(left, galley, color);
    let response = ui.interact(rect, Id::unique(("log gap", rect.top() as i32)), Sense::hover());
    widgets::name(&response, Role::Label, text);
}

/// One line: its ground if it is marked, its number, and those of its rows that can be seen.
fn paint_line(painter: &Painter, grid: &Grid<'_>, line: usize, rect: Rect, visible: Range<usize>) {
    let theme = grid.theme;
    let is_marked = grid.marked.binary_search(&line).is_ok();
    if is_marked {
        painter.rect_filled(rect, 0, theme.mark_row);
        painter.rect_filled(Rect::from_min_size(rect.min, vec2(3.0, rect.height())), 0, theme.mark_bar);
    }
    let number = grid.log.line_number(line).to_string();
    let color = if is_marked { theme.mark_text } else { theme.text_faint };
    let number = painter.layout_job(widgets::job(Type::Mono, color, number));
    painter.galley(pos2(grid.number_right - number.size().x, rect.top()), number, color);

    let text = grid.log.line(line);
    let start = grid.log.line_start(line);
    let masks = masks_of(grid.log, start, text.len());
    let package = package_of(grid.case);
    let whole = (text.len() <= tint::WHOLE_LINE).then(|| tint::parts(text, package, &masks));
    for (at, range) in wrap(text, grid.columns).enumerate().take(visible.end).skip(visible.start) {
        let parts = match &whole {
            Some(parts) => cut(parts, &range),
            None => {
                let shifted: Vec<_> = cut_ranges(&masks, &range);
                tint::parts(&text[range.clone()], package, &shifted)
            }
        };
        let job = coloured(theme, &text[range], &parts, is_marked);
        let galley = painter.layout_job(job);
        painter.galley(pos2(grid.text_left, rect.top() + at as f32 * LOG_ROW), galley, theme.text);
    }
    let is_revealed = grid.case.reveal.is_some_and(|reveal| reveal.outline && reveal.row == line);
    if is_revealed {
        let outline = rect.shrink2(vec2(4.0, 0.5));
        painter.rect_stroke(outline, 5, Stroke::new(1.5, theme.mark_bar), StrokeKind::Inside);
    }
}

/// The hidden secrets of a line, as ranges in it.
fn masks_of(log: &Redacted, start: usize, length: usize) -> Vec<Range<usize>> {
    let masks = log.masks();
    let first = masks.partition_point(|mask| mask.span.end <= start);
    masks[first..]
        .iter()
        .take_while(|mask| mask.span.start < start + length)
        .map(|mask| mask.span.start.saturating_sub(start)..(mask.span.end - start).min(length))
        .collect()
}

fn cut(parts: &[(Range<usize>, Tint)], row: &Range<usize>) -> Vec<(Range<usize>, Tint)> {
    let inside = parts.iter().filter(|(part, _)| part.start < row.end && part.end > row.start);
    inside.map(|(part, tint)| (within(part, row), *tint)).collect()
}

fn cut_ranges(parts: &[Range<usize>], row: &Range<usize>) -> Vec<Range<usize>> {
    parts
        .iter()
        .filter(|part| part.start < row.end && part.end > row.start)
        .map(|part| within(part, row))
        .collect()
}

fn within(part: &Range<usize>, row: &Range<usize>) -> Range<usize> {
    part.start.max(row.start) - row.start..part.end.min(row.end) - row.start
}

fn coloured(theme: &Theme, text: &str, parts: &[(Range<usize>, Tint)], is_marked: bool) -> LayoutJob {
    let mut job = LayoutJob { break_on_newline: false, ..LayoutJob::default() };
    let plain = if is_marked { theme.text } else { theme.text_quiet };
    let mut at = 0;
    let tab = " ".repeat(TAB_COLUMNS);
    let mut append = |range: Range<usize>, tint: Tint| {
        if range.is_empty() {
            return;
        }
        let (color, ground) = match tint {
            Tint::Plain => (plain, Color32::TRANSPARENT),
            Tint::Prefix => (theme.text_faint, Color32::TRANSPARENT),
            Tint::ErrorPrefix | Tint::Error => (theme.danger, Color32::TRANSPARENT),
            Tint::Url => (theme.accent, Color32::TRANSPARENT),
            Tint::Package => (theme.package, Color32::TRANSPARENT),
            Tint::Mask => (theme.ok, theme.ok_soft),
        };
        let mut format = widgets::format(Type::Mono, color);
        format.background = ground;
        job.append(&text[range].replace('\t', &tab), 0.0, format);
    };
    for (range, tint) in parts {
        append(at..range.start.max(at), Tint::Plain);
        append(range.start.max(at)..range.end, *tint);
        at = range.end.max(at);
    }
    append(at..text.len(), Tint::Plain);
    job
}

/// The line for assistive technology and tests; longer ones are cut.
fn speak_line(ui: &Ui, grid: &Grid<'_>, line: usize, rect: Rect) {
    const SPOKEN: usize = 400;
    let text = grid.log.line(line);
    if text.is_empty() || !rect.is_positive() {
        return;
    }
    let end = text.char_indices().nth(SPOKEN).map_or(text.len(), |(at, _)| at);
    let response = ui.interact(rect, Id::unique(("log line", line)), Sense::hover());
    widgets::name(&response, Role::Label, &text[..end]);
}

/// Small marks beside the scroll bar, where in the whole log the evidence is.
fn evidence_ticks(painter: &Painter, grid: &Grid<'_>, rows: usize, body: Rect, content: f32) {
    if content <= body.height() + 1.0 || rows == 0 {
        return;
    }
    for &line in &grid.marked {
        let part = (PAD + (grid.case.rows.first_row(line) as f32 + 0.5) * LOG_ROW) / content;
        let y = body.top() + 4.0 + part * (body.height() - 8.0);
        let tick = Rect::from_center_size(pos2(body.right() - 5.5, y), vec2(7.0, 3.0));
        painter.rect_filled(tick, 1, grid.theme.mark_bar);
    }
}
