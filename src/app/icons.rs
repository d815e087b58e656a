//! The icons, by meaning. Their glyphs are a part of the Lucide font; see `assets/fonts/README.md`.
//!
//! Icons are painted and never part of a label, so that a screen reader does not spell them.

use egui::{Align2, Color32, Painter, Pos2};

use super::theme::icon_font;

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after what it shows or stands for")]
pub enum Icon {
    Back,
    External,
    Certain,
    Likely,
    Possible,
    Book,
    Building,
    Reviewed,
    Check,
    Down,
    Left,
    Right,
    Help,
    Failed,
    Paste,
    Copy,
    Otherwise,
    Eraser,
    EyeOff,
    LatestLog,
    Edit,
    File,
    Folder,
    Alternatives,
    Globe,
    Info,
    Key,
    Keyboard,
    Support,
    List,
    Checklist,
    Lock,
    Question,
    Message,
    System,
    Dark,
    Network,
    Package,
    Run,
    Scroll,
    Send,
    Refused,
    Safe,
    Unknown,
    Light,
    Terminal,
    Warning,
    Undo,
    Person,
    PackageOwner,
    People,
    Wrench,
    Close,
}

impl Icon {
    /// Its place in the font.
    pub const fn glyph(self) -> char {
        match self {
            Self::Back => '\u{e048}',
            Self::External => '\u{e04d}',
            Self::Certain => '\u{e241}',
            Self::Likely => '\u{e345}',
            Self::Possible => '\u{e4b0}',
            Self::Book => '\u{e05f}',
            Self::Building => '\u{e290}',
            Self::Reviewed => '\u{e2b7}',
            Self::Check => '\u{e06c}',
            Self::Down => '\u{e06d}',
            Self::Left => '\u{e06e}',
            Self::Right => '\u{e06f}',
            Self::Help => '\u{e082}',
            Self::Failed => '\u{e084}',
            Self::Paste => '\u{e3e8}',
            Self::Copy => '\u{e09e}',
            Self::Otherwise => '\u{e0a2}',
            Self::Eraser => '\u{e28f}',
            Self::EyeOff => '\u{e0bb}',
            Self::LatestLog => '\u{e315}',
            Self::Edit => '\u{e320}',
            Self::File => '\u{e0cc}',
            Self::Folder => '\u{e247}',
            Self::Alternatives => '\u{e28d}',
            Self::Globe => '\u{e0e8}',
            Self::Info => '\u{e0f9}',
            Self::Key => '\u{e4a3}',
            Self::Keyboard => '\u{e284}',
            Self::Support => '\u{e101}',
            Self::List => '\u{e106}',
            Self::Checklist => '\u{e1d0}',
            Self::Lock => '\u{e10b}',
            Self::Question => '\u{e568}',
            Self::Message => '\u{e575}',
            Self::System => '\u{e11d}',
            Self::Dark => '\u{e11e}',
            Self::Network => '\u{e125}',
            Self::Package => '\u{e129}',
            Self::Run => '\u{e13c}',
            Self::Scroll => '\u{e45f}',
            Self::Send => '\u{e152}',
            Self::Refused => '\u{e1fe}',
            Self::Safe => '\u{e1ff}',
            Self::Unknown => '\u{e40e}',
            Self::Light => '\u{e178}',
            Self::Terminal => '\u{e181}',
            Self::Warning => '\u{e193}',
            Self::Undo => '\u{e2a1}',
            Self::Person => '\u{e19f}',
            Self::PackageOwner => '\u{e342}',
            Self::People => '\u{e1a4}',
            Self::Wrench => '\u{e1b1}',
            Self::Close => '\u{e1b2}',
        }
    }

    /// Paints it around a point.
    pub fn paint(self, painter: &Painter, center: Pos2, size: f32, color: Color32) {
        painter.text(center, Align2::CENTER_CENTER, self.glyph(), icon_font(size), color);
    }
}
