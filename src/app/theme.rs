//! The look: colours, type sizes, corners and spacing, and egui's own style made from them.
//!
//! Owns every colour; `assets/theme/*.json` holds the values and is read at compile time.
//! Must not know what is drawn with them.

mod letters;
mod metrics;
mod style;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use egui::Color32;
use egui::epaint::Shadow;

pub use letters::{Type, icon_font};
pub use metrics::*;
pub use style::{animate, install, use_contrast};

/// Makes [`Theme`] and its reader from one list of names.
macro_rules! colours {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// The colours of one theme.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Theme {
            /// Whether it is light on dark.
            pub dark: bool,
            /// Whether everything stands out as much as it can.
            pub high_contrast: bool,
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
                    high_contrast: file.high_contrast,
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
    /// Outlines of buttons and other controls; at least 3:1.
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
    high_contrast: bool,
    colors: BTreeMap<String, String>,
}

impl File {
    fn colour(&self, name: &str) -> Result<Color32, String> {
        let hex = self.colors.get(name).ok_or_else(|| format!("missing: {name}"))?;
        Color32::from_hex(hex).map_err(|_| format!("not a colour: {name} = {hex}"))
    }
}

/// How strongly the colours of a theme stand out from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// As usual.
    Usual,
    /// As much as they can.
    High,
}

/// Light, dark, and both again in high contrast.
static ALL: LazyLock<[Theme; 4]> = LazyLock::new(|| {
    [
        read(include_str!("../../assets/theme/light.json")),
        read(include_str!("../../assets/theme/dark.json")),
        read(include_str!("../../assets/theme/high-contrast-light.json")),
        read(include_str!("../../assets/theme/high-contrast-dark.json")),
    ]
});

fn read(json: &str) -> Theme {
    serde_json::from_str::<File>(json)
        .map_err(|error| error.to_string())
        .and_then(|file| Theme::from_file(&file))
        .expect("the tests of this module read all themes")
}

impl Theme {
    /// The theme that a piece of the window is drawn with: the one that egui's own style was made from.
    pub fn of(ui: &egui::Ui) -> &'static Self {
        let visuals = ui.visuals();
        let high = Self::get(visuals.dark_mode, Strength::High);
        // A test of this module holds that no two themes share a ground.
        if visuals.panel_fill == high.canvas { high } else { Self::get(visuals.dark_mode, Strength::Usual) }
    }

    /// The dark or the light theme.
    pub fn get(dark: bool, strength: Strength) -> &'static Self {
        let [light, dark_one, high_light, high_dark] = &*ALL;
        match (dark, strength) {
            (false, Strength::Usual) => light,
            (true, Strength::Usual) => dark_one,
            (false, Strength::High) => high_light,
            (true, Strength::High) => high_dark,
        }
    }

    /// How wide the ring around the focused control is.
    pub const fn ring(&self) -> f32 {
        if self.high_contrast { 3.0 } else { 2.0 }
    }

    /// What cards and buttons throw on the ground below them.
    pub fn shadow_low(&self) -> Shadow {
        if self.high_contrast {
            return Shadow::NONE;
        }
        let strength = if self.dark { 0.35 } else { 0.06 };
        Shadow { offset: [0, 1], blur: 3, spread: 0, color: self.shadow.gamma_multiply(strength) }
    }

    /// What dialogs and notices throw.
    pub fn shadow_high(&self) -> Shadow {
        if self.high_contrast {
            return Shadow::NONE;
        }
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
mod tests;
