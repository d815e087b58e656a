//! The look: colours, type sizes, corners and spacing, and egui's own style made from them.
//!
//! Owns every colour; `assets/theme/*.json` holds the values and is read at compile time.
//! Must not know what is drawn with them.

mod letters;
mod style;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use egui::Color32;
use egui::epaint::Shadow;

pub use letters::{Type, icon_font};
pub use style::install;

/// Corner of chips and other small things.
pub const RADIUS_SMALL: u8 = 6;
/// Corner of buttons, boxes and rows.
pub const RADIUS: u8 = 8;
/// Corner of cards.
pub const RADIUS_CARD: u8 = 12;
/// Height of buttons and inputs.
pub const CONTROL: f32 = 32.0;
/// Height of the bar at the top.
pub const TOP_BAR: f32 = 56.0;
/// Height of one row of the log.
pub const LOG_ROW: f32 = 20.0;
/// From this width on, log and answer stand side by side.
pub const WIDE: f32 = 940.0;
/// Below this width the top bar shows icons without words.
pub const TIGHT: f32 = 560.0;

/// Makes [`Theme`] and its reader from one list of names.
macro_rules! colours {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// The colours of one theme.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Theme {
            /// Whether it is light on dark.
            pub dark: bool,
            $($(#[$doc])* pub $name: Color32,)+
        }

        impl Theme {
            fn from_file(file: &File) -> Result<Self, String> {
                let known = [$(stringify!($name)),+];
                if let Some(stray) = file.colors.keys().find(|name| !known.contains(&name.as_str())) {
                    return Err(format!("no such colour: {stray}"));
                }
                Ok(Self {
                    dark: file.dark,
                    $($name: file.colour(stringify!($name))?,)+
                })
            }
        }
    };
}

colours! {
    /// The ground of the window.
    canvas,
    /// Cards and the top bar.
    surface,
    /// Boxes inside cards.
    sunken,
    /// Buttons, menus and dialogs.
    raised,
    /// A control under the pointer.
    hover,
    /// A control that is held down.
    pressed,
    /// Hairlines around cards.
    border,
    /// Outlines of buttons.
    border_firm,
    /// Outlines that alone tell where an input is; at least 3:1.
    border_strong,
    /// What is read first.
    text,
    /// Running text.
    text_quiet,
    /// Notes, line numbers, prefixes.
    text_faint,
    /// The one colour for what can be done.
    accent,
    /// The accent under the pointer.
    accent_hover,
    /// The accent held down.
    accent_pressed,
    /// A ground in the accent's direction.
    accent_soft,
    /// Words on the accent.
    on_accent,
    /// The ring around the focused control.
    focus,
    /// The refusal, and what can break others' work.
    danger,
    /// Its ground.
    danger_soft,
    /// What needs attention.
    warn,
    /// Its ground.
    warn_soft,
    /// What is certain or done.
    ok,
    /// Its ground.
    ok_soft,
    /// The bar beside evidence.
    mark_bar,
    /// Words beside evidence.
    mark_text,
    /// The ground of a row of evidence.
    mark_row,
    /// Names of packages in a log.
    package,
    /// The ground of selected text.
    selection,
    /// The mark's ring.
    brand_ring,
    /// The mark's bar.
    brand_bar,
    /// The mark's ground.
    brand_ground,
    /// What shadows are made of.
    shadow,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    dark: bool,
    colors: BTreeMap<String, String>,
}

impl File {
    fn colour(&self, name: &str) -> Result<Color32, String> {
        let hex = self.colors.get(name).ok_or_else(|| format!("missing: {name}"))?;
        Color32::from_hex(hex).map_err(|_| format!("not a colour: {name} = {hex}"))
    }
}

static LIGHT: LazyLock<Theme> = LazyLock::new(|| read(include_str!("../../assets/theme/light.json")));
static DARK: LazyLock<Theme> = LazyLock::new(|| read(include_str!("../../assets/theme/dark.json")));

fn read(json: &str) -> Theme {
    serde_json::from_str::<File>(json)
        .map_err(|error| error.to_string())
        .and_then(|file| Theme::from_file(&file))
        .expect("the tests of this module read both themes")
}

impl Theme {
    /// The theme that a piece of the window is drawn with.
    pub fn of(ui: &egui::Ui) -> &'static Self {
        Self::get(ui.visuals().dark_mode)
    }

    /// The dark or the light theme.
    pub fn get(dark: bool) -> &'static Self {
        if dark { &DARK } else { &LIGHT }
    }

    /// What cards and buttons throw on the ground below them.
    pub fn shadow_low(&self) -> Shadow {
        let strength = if self.dark { 0.35 } else { 0.06 };
        Shadow { offset: [0, 1], blur: 3, spread: 0, color: self.shadow.gamma_multiply(strength) }
    }

    /// What dialogs and notices throw.
    pub fn shadow_high(&self) -> Shadow {
        let strength = if self.dark { 0.55 } else { 0.16 };
        Shadow { offset: [0, 8], blur: 28, spread: 0, color: self.shadow.gamma_multiply(strength) }
    }

    /// What dims the window behind a dialog.
    pub fn veil(&self) -> Color32 {
        self.shadow.gamma_multiply(if self.dark { 0.6 } else { 0.32 })
    }

    /// What covers the window while a file hovers over it.
    pub fn drop_veil(&self) -> Color32 {
        self.accent_soft.gamma_multiply(0.96)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color32) -> f64 {
        let linear = |channel: u8| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b, _] = colour.to_array();
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    /// As in WCAG 2.2 (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn both() -> [&'static Theme; 2] {
        [Theme::get(false), Theme::get(true)]
    }

    #[test]
    fn the_themes_are_what_they_are_called() {
        assert!(!Theme::get(false).dark);
        assert!(Theme::get(true).dark);
    }

    #[test]
    fn all_text_is_readable_on_every_ground_it_stands_on() {
        for t in both() {
            let on_all_grounds = [
                t.text,
                t.text_quiet,
                t.text_faint,
                t.accent,
                t.danger,
                t.warn,
                t.ok,
                t.mark_text,
                t.package,
            ];
            let grounds = [t.canvas, t.surface, t.sunken, t.raised, t.mark_row];
            let pairs = [
                (t.on_accent, t.accent),
                (t.on_accent, t.accent_hover),
                (t.on_accent, t.accent_pressed),
                (t.accent, t.accent_soft),
                (t.text, t.accent_soft),
                (t.text_quiet, t.accent_soft),
                (t.mark_text, t.accent_soft),
                (t.danger, t.danger_soft),
                (t.warn, t.warn_soft),
                (t.ok, t.ok_soft),
                (t.text, t.hover),
                (t.text_quiet, t.hover),
                (t.text, t.pressed),
                (t.text, t.selection),
            ];
            let all = on_all_grounds
                .iter()
                .flat_map(|&text| grounds.iter().map(move |&ground| (text, ground)))
                .chain(pairs);
            for (text, ground) in all {
                let ratio = contrast(text, ground);
                assert!(ratio >= 4.5, "{text:?} on {ground:?}: {ratio:.2} (dark: {})", t.dark);
            }
        }
    }

    #[test]
    fn outlines_that_carry_meaning_can_be_seen() {
        for t in both() {
            for line in [t.border_strong, t.mark_bar, t.focus] {
                for ground in [t.canvas, t.surface, t.sunken, t.raised] {
                    let ratio = contrast(line, ground);
                    assert!(ratio >= 3.0, "{line:?} on {ground:?}: {ratio:.2} (dark: {})", t.dark);
                }
            }
        }
    }

    #[test]
    fn a_theme_file_with_a_stray_or_missing_colour_is_refused() {
        let stray = r##"{ "dark": false, "colors": { "cavnas": "#ffffff" } }"##;
        let file: File = serde_json::from_str(stray).unwrap();
        assert_eq!(Theme::from_file(&file), Err("no such colour: cavnas".to_owned()));
        let missing = r##"{ "dark": false, "colors": { "canvas": "#ffffff" } }"##;
        let file: File = serde_json::from_str(missing).unwrap();
        assert_eq!(Theme::from_file(&file), Err("missing: surface".to_owned()));
    }
}
