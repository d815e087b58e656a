//! How far the log is scrolled: jumps, and the place that is kept when the rows change.

use egui::{Id, Ui};

use super::{Grid, PAD};
use crate::app::rows::Place;
use crate::app::state::Reveal;
use crate::app::store::Motion;
use crate::app::theme::LOG_ROW;
use crate::app::view::{View, once};

/// How long a jump takes when things may move.
const GLIDE_SECS: f64 = 0.14;
/// A jump from further away starts this many heights away from its end.
const GLIDE_FROM: f32 = 1.5;

/// A jump on its way.
#[derive(Clone, Copy)]
struct Glide {
    from: f32,
    to: f32,
    since: f64,
}

/// Where to scroll to in this frame, if not to where the user scrolls.
pub(super) fn wanted(ui: &Ui, view: &View<'_>, grid: &Grid<'_>) -> Option<f32> {
    let place = grid.case.rows.place();
    let kept = kept(ui, grid, place);
    let Some(target) = revealed(ui, grid).or_else(|| followed(ui, grid, kept.unwrap_or(place.offset))) else {
        return gliding(ui).or(kept);
    };
    let may_move = ui.style().animation_time > 0.0 && view.state.settings.motion != Motion::Off;
    let is_first = place.columns == 0;
    if !may_move || is_first || kept.is_some() {
        stop(ui);
        return Some(target);
    }
    let reach = GLIDE_FROM * grid.body.height();
    let from = place.offset.clamp(target - reach, target + reach);
    let since = ui.input(|input| input.time);
    ui.data_mut(|data| data.insert_temp(glide_id(), Glide { from, to: target, since }));
    gliding(ui)
}

/// Notes what is on top now. While nothing was scrolled it stays the same byte, whatever becomes of the rows, so that
/// a window that is made narrow and wide again shows what it showed.
pub(super) fn note(grid: &Grid<'_>, offset: f32, was_wanted: bool, layout: Id) {
    let (rows, columns) = (&grid.case.rows, grid.case.rows.columns());
    let old = rows.place();
    let is_same = old.columns == columns && (old.offset - offset).abs() < 0.5;
    let is_rewrapped = old.columns != columns && old.columns != 0 && was_wanted;
    if is_same || is_rewrapped {
        rows.set_place(Place { offset, columns, layout: Some(layout), ..old });
        return;
    }
    let row = ((offset - PAD) / LOG_ROW).floor().max(0.0);
    let byte = rows.bytes_of(grid.log, (row as usize).min(grid.rows.saturating_sub(1))).start;
    let above = offset - PAD - row * LOG_ROW;
    rows.set_place(Place { byte, above, offset, columns, layout: Some(layout) });
}

/// Where what was on top is now, when the rows were made anew or are drawn in another part of the window.
fn kept(ui: &Ui, grid: &Grid<'_>, place: Place) -> Option<f32> {
    let is_moved = place.layout.is_some_and(|layout| layout != ui.scope_id());
    if place.columns == 0 || (place.columns == grid.case.rows.columns() && !is_moved) {
        return None;
    }
    stop(ui);
    let row = grid.case.rows.row_of(grid.log, place.byte) as f32;
    Some(clamped(grid, PAD + row * LOG_ROW + place.above))
}

fn clamped(grid: &Grid<'_>, offset: f32) -> f32 {
    offset.clamp(0.0, (grid.height() - grid.body.height()).max(0.0))
}

/// Where a line of evidence stands that was asked for and not shown yet.
fn revealed(ui: &Ui, grid: &Grid<'_>) -> Option<f32> {
    let reveal: Reveal = grid.case.reveal?;
    if !once::is_new(ui, "jump", grid.case, reveal.serial) {
        return None;
    }
    let row = grid.case.rows.first_row(reveal.row) as f32;
    // The first look at a log shows its beginning when the evidence is in sight from there.
    if !reveal.outline && (row + 3.0) * LOG_ROW < grid.body.height() {
        return Some(0.0);
    }
    Some(clamped(grid, PAD + row * LOG_ROW - grid.body.height() * 0.4))
}

/// Where a byte stands that is to come into sight; nothing when it is.
fn followed(ui: &Ui, grid: &Grid<'_>, offset: f32) -> Option<f32> {
    let follow = grid.case.reader.follow?;
    if !once::is_new(ui, "follow", grid.case, follow.serial) {
        return None;
    }
    let height = grid.body.height();
    let y = PAD + grid.case.rows.row_of(grid.log, follow.byte) as f32 * LOG_ROW;
    let (top, bottom) = (y - LOG_ROW, y + 2.0 * LOG_ROW);
    if top >= offset && bottom <= offset + height {
        return None;
    }
    let target = match follow.barely {
        true if top < offset => top,
        true => bottom - height,
        false => y - height * 0.4,
    };
    Some(clamped(grid, target))
}

fn glide_id() -> Id {
    Id::unique("log glide")
}

fn stop(ui: &Ui) {
    ui.data_mut(|data| data.remove::<Glide>(glide_id()));
}

/// Where a jump has got to.
fn gliding(ui: &Ui) -> Option<f32> {
    let glide: Glide = ui.data(|data| data.get_temp(glide_id()))?;
    let (now, is_scrolled) = ui.input(|input| (input.time, input.smooth_scroll_delta() != egui::Vec2::ZERO));
    let part = ((now - glide.since) / GLIDE_SECS) as f32;
    if is_scrolled {
        stop(ui);
        return None;
    }
    if part >= 1.0 {
        stop(ui);
        return Some(glide.to);
    }
    ui.ctx().request_repaint();
    let eased = 1.0 - (1.0 - part.max(0.0)).powi(3);
    Some(glide.from + (glide.to - glide.from) * eased)
}
