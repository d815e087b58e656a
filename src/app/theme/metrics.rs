//! The measures of the window, in points: there are no others for what they name.
//!
//! Owns corners, heights, steps of space and the widths at which the layout changes. The text size scales all of them.

/// Corner of boxes to tick.
pub const RADIUS_BOX: u8 = 5;
/// Corner of chips and other small things.
pub const RADIUS_SMALL: u8 = 6;
/// Corner of buttons, boxes and rows.
pub const RADIUS: u8 = 8;
/// Corner of cards.
pub const RADIUS_CARD: u8 = 12;

/// Height of buttons and inputs.
pub const CONTROL: f32 = 32.0;
/// Height of buttons where there is little room.
pub const CONTROL_SMALL: f32 = 26.0;
/// Height of the bar at the top.
pub const TOP_BAR: f32 = 56.0;
/// Height of one row of the log.
pub const LOG_ROW: f32 = 20.0;

/// Between things that belong together.
pub const SPACE: f32 = 8.0;
/// Between cards.
pub const SPACE_CARDS: f32 = 12.0;
/// Between the window's edge and its content.
pub const MARGIN: f32 = 20.0;
/// The same in a narrow window.
pub const MARGIN_NARROW: f32 = 12.0;
/// The widest a column of running text may get.
pub const COLUMN: f32 = 720.0;

/// From this width on, log and answer stand side by side.
pub const WIDE: f32 = 940.0;
/// Below this width the top bar shows icons without words.
pub const TIGHT: f32 = 560.0;
/// Below this height dialogs scroll as a whole.
pub const LOW: f32 = 420.0;
/// Below this width margins shrink.
pub const NARROW: f32 = 520.0;
