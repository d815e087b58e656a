//! The sizes and weights of text.

use egui::{FontFamily, FontId};

/// Weights of the text face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Running text.
    Regular,
    /// Buttons, item titles, chips.
    Medium,
    /// Headings.
    Semibold,
    /// Large headings, drawn with the face's cut for large sizes.
    Display,
}

impl Weight {
    /// The font family of this weight; see `fonts.rs`.
    pub fn family(self) -> FontFamily {
        match self {
            Self::Regular => FontFamily::Proportional,
            Self::Medium => FontFamily::Name("medium".into()),
            Self::Semibold => FontFamily::Name("semibold".into()),
            Self::Display => FontFamily::Name("display".into()),
        }
    }
}

/// The sizes of text. There are no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// The heading of an empty screen.
    Hero,
    /// The name of a cause.
    Title,
    /// The heading of a card.
    Card,
    /// Running text.
    Body,
    /// The title of a fix, a check, another cause.
    Item,
    /// Words on buttons.
    Button,
    /// Small running text.
    Note,
    /// Small headings and words that stand out in notes.
    Label,
    /// Words on chips.
    Chip,
    /// Commands and log lines.
    Mono,
}

impl Type {
    /// The font.
    pub fn font(self) -> FontId {
        let (size, family) = match self {
            Self::Hero => (28.0, Weight::Display.family()),
            Self::Title => (22.0, Weight::Display.family()),
            Self::Card => (15.0, Weight::Semibold.family()),
            Self::Body => (14.0, Weight::Regular.family()),
            Self::Item => (14.0, Weight::Medium.family()),
            Self::Button => (13.5, Weight::Medium.family()),
            Self::Note => (12.5, Weight::Regular.family()),
            Self::Label => (12.5, Weight::Semibold.family()),
            Self::Chip => (12.0, Weight::Medium.family()),
            Self::Mono => (12.5, FontFamily::Monospace),
        };
        FontId::new(size, family)
    }

    /// From one line to the next.
    pub const fn line_height(self) -> f32 {
        match self {
            Self::Hero => 36.0,
            Self::Title => 28.0,
            Self::Body => 21.0,
            Self::Card | Self::Item | Self::Button | Self::Mono => 20.0,
            Self::Note | Self::Label => 18.0,
            Self::Chip => 16.0,
        }
    }
}

/// The font of icons, at a size in points.
pub fn icon_font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("icons".into()))
}
