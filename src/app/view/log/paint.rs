//! The rows that can be seen: numbers, marks, words and what lies under them.

use std::ops::Range;

use egui::accesskit::Role;
use egui::{Id, Painter, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::super::package_of;
use super::Grid;
use super::text::{Ground, RowText, colors, recolour};
use crate::app::theme::{LOG_ROW, Type};
use crate::app::tint::{self, Tint};
use crate::app::widgets;
use crate::app::words;

/// More lines than these are not named where the same secret stands.
const NAMED: usize = 4;

/// Draws some rows, the first of them at `top`.
pub(super) fn rows(ui: &Ui, grid: &Grid<'_>, rows: Range<usize>, top: f32) {
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(grid.body));
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
            let rect =
                Rect::from_min_size(pos2(grid.body.left(), y(first)), vec2(grid.body.width(), LOG_ROW));
            paint_gap(ui, &painter, grid, &words::lines_left_out(*lines.start(), *lines.end()), rect);
        }
        let rect = Rect::from_min_max(pos2(grid.body.left(), y(text_row)), pos2(grid.body.right(), y(next)));
        let visible = row.max(text_row) - text_row..next.min(rows.end).max(text_row) - text_row;
        paint_line(ui, &painter, grid, line, rect, visible);
        speak_line(ui, grid, line, rect.intersect(grid.body));
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
fn paint_line(ui: &Ui, painter: &Painter, grid: &Grid<'_>, line: usize, rect: Rect, visible: Range<usize>) {
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

    let (text, start) = (grid.log.line(line), grid.log.line_start(line));
    let package = package_of(grid.case);
    let whole = (text.len() <= tint::WHOLE_LINE)
        .then(|| tint::parts(text, package, &masks_of(grid, start, &(0..text.len()))));
    let plain = if is_marked { theme.text } else { theme.text_quiet };
    let rows = grid.case.rows.rows_of(grid.log, line, visible.start);
    for (nth, range) in rows.take(visible.len()).enumerate() {
        let at = pos2(grid.text_left, rect.top() + (visible.start + nth) as f32 * LOG_ROW);
        let masks = masks_of(grid, start, &range);
        let parts = match &whole {
            Some(parts) => cut(parts, &range),
            None => tint::parts(&text[range.clone()], package, &masks),
        };
        let row = RowText::new(&text[range.clone()], at, grid.glyph);
        let mut colors = colors(theme, row.text.len(), &parts, plain);
        masks.iter().for_each(|mask| row.ground(painter, theme, mask, Ground::Mask));
        paint_chosen(painter, grid, &row, &(start + range.start..start + range.end), text, &mut colors);
        row.words(painter, &colors);
        for mask in &masks {
            explain_mask(ui, grid, &row, start + range.start, mask);
        }
    }
    let is_revealed = grid.case.reveal.is_some_and(|reveal| reveal.outline && reveal.row == line);
    if is_revealed {
        let outline = rect.shrink2(vec2(4.0, 0.5));
        painter.rect_stroke(outline, 5, Stroke::new(1.5, theme.mark_bar), StrokeKind::Inside);
    }
}

/// What is selected in a row, and what was found in it. `bytes` are the row's in the log.
fn paint_chosen(
    painter: &Painter,
    grid: &Grid<'_>,
    row: &RowText<'_>,
    bytes: &Range<usize>,
    line: &str,
    colors: &mut Vec<(Range<usize>, egui::Color32)>,
) {
    let theme = grid.theme;
    if let Some(selected) = &grid.selected
        && selected.start <= bytes.end
        && selected.end > bytes.start
    {
        let inside = within(selected, bytes);
        row.ground(painter, theme, &inside, Ground::Selected);
        // A selection that goes on below takes the line's end along, which makes empty lines visible.
        let is_last_row = grid.log.as_str().as_bytes().get(bytes.end).is_none_or(|&byte| byte == b'\n');
        if selected.end > bytes.end && is_last_row {
            let left = row.at.x + row.cells.columns() as f32 * row.glyph;
            let rect = Rect::from_min_size(pos2(left, row.at.y), vec2(row.glyph * 0.6, LOG_ROW));
            painter.rect_filled(rect, 0, theme.selection);
        }
        recolour(colors, &inside, theme.text);
    }
    let Some(find) = grid.case.find.as_ref().filter(|_| !line.is_empty()) else { return };
    for (at, found) in find.within(bytes) {
        let inside = within(&found, bytes);
        let ground = if find.current == Some(at) { Ground::Shown } else { Ground::Found };
        row.ground(painter, theme, &inside, ground);
        recolour(colors, &inside, theme.text);
    }
}

/// The hidden secrets in a part of a line, as ranges in that part.
fn masks_of(grid: &Grid<'_>, start: usize, part: &Range<usize>) -> Vec<Range<usize>> {
    let bytes = start + part.start..start + part.end;
    let masks = grid.log.masks();
    let first = masks.partition_point(|mask| mask.span.end <= bytes.start);
    let inside = masks[first..].iter().take_while(|mask| mask.span.start < bytes.end);
    inside.map(|mask| within(&(mask.span.start..mask.span.end), &bytes)).collect()
}

/// What kind of secret was hidden, and where else the same one stands.
fn explain_mask(ui: &Ui, grid: &Grid<'_>, row: &RowText<'_>, row_start: usize, mask: &Range<usize>) {
    let byte = row_start + mask.start;
    for (piece, rect) in row.rects(mask).enumerate() {
        let rect = rect.intersect(grid.body);
        if !rect.is_positive() {
            continue;
        }
        let response = ui.interact(rect, Id::unique(("log mask", byte, piece)), Sense::hover());
        response.on_hover_ui(|ui| {
            widgets::text(ui, Type::Note, grid.theme.text, mask_tip(grid, byte).unwrap_or_default());
        });
    }
}

fn mask_tip(grid: &Grid<'_>, byte: usize) -> Option<String> {
    let masks = grid.log.masks();
    let mask = masks.get(masks.partition_point(|mask| mask.span.end <= byte))?;
    let own = grid.log.row_at(mask.span.start);
    let mut lines: Vec<usize> = masks
        .iter()
        .filter(|other| other.number == mask.number)
        .map(|other| grid.log.row_at(other.span.start))
        .filter(|&line| line != own)
        .map(|line| grid.log.line_number(line))
        .collect();
    lines.dedup();
    let more = lines.len().saturating_sub(NAMED);
    lines.truncate(NAMED);
    let text = grid.log.as_str().get(mask.span.start..mask.span.end)?;
    Some(words::find::secret_tip(text, &lines, more))
}

fn cut(parts: &[(Range<usize>, Tint)], row: &Range<usize>) -> Vec<(Range<usize>, Tint)> {
    let inside = parts.iter().filter(|(part, _)| part.start < row.end && part.end > row.start);
    inside.map(|(part, tint)| (within(part, row), *tint)).collect()
}

/// The part of a range that is in a row, counted from the row's start.
fn within(part: &Range<usize>, row: &Range<usize>) -> Range<usize> {
    let start = part.start.clamp(row.start, row.end);
    start - row.start..part.end.clamp(start, row.end) - row.start
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
