//! How the window looks: what the user has chosen, and what the system says where nothing was chosen.
//!
//! Owns the steps of the text size and which look follows from what. Must not know colours; `theme.rs` has them.

use super::settings;
use super::store::{Contrast, Motion, Settings, ThemeChoice};
use super::theme::{self, Strength};

/// The steps of the text size, in percent.
pub const TEXT_SIZES: [u16; 8] = [80, 90, 100, 110, 125, 150, 175, 200];

/// What the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SystemLook {
    /// Dark or light; `None` when it does not care, or when the toolkit knows by itself.
    pub dark: Option<bool>,
    /// Whether everything is to stand out.
    pub high_contrast: bool,
    /// Whether less is to move.
    pub less_motion: bool,
    /// The same, from desktops that say it in another way.
    pub still: bool,
}

/// What egui is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    theme: egui::ThemePreference,
    strength: Strength,
    text_size: u16,
    moves: bool,
}

impl Default for Look {
    /// The look that a window starts with.
    fn default() -> Self {
        Self {
            theme: egui::ThemePreference::System,
            strength: Strength::Usual,
            text_size: settings::USUAL_TEXT_SIZE,
            moves: true,
        }
    }
}

impl Look {
    /// The look that follows from what was chosen and what the system says.
    pub fn of(settings: &Settings, system: SystemLook) -> Self {
        let is_high = match settings.contrast {
            Contrast::System => system.high_contrast,
            Contrast::Normal => false,
            Contrast::High => true,
        };
        Self {
            theme: match (settings.theme, system.dark) {
                (ThemeChoice::Light, _) | (ThemeChoice::System, Some(false)) => egui::ThemePreference::Light,
                (ThemeChoice::Dark, _) | (ThemeChoice::System, Some(true)) => egui::ThemePreference::Dark,
                (ThemeChoice::System, None) => egui::ThemePreference::System,
            },
            strength: if is_high { Strength::High } else { Strength::Usual },
            // The file may have been written by hand.
            text_size: settings.text_size.clamp(50, 300),
            moves: settings.motion == Motion::System && !system.less_motion && !system.still,
        }
    }

    /// Tells egui what differs from what it was told before.
    pub fn apply(self, before: Self, ctx: &egui::Context) {
        if self.theme != before.theme {
            ctx.set_theme(self.theme);
        }
        if self.strength != before.strength {
            theme::use_contrast(ctx, self.strength);
        }
        if self.text_size != before.text_size {
            ctx.set_zoom_factor(f32::from(self.text_size) / 100.0);
        }
        if self.moves != before.moves {
            theme::animate(ctx, self.moves);
        }
    }
}

/// The next larger step, or the largest.
pub fn larger(size: u16) -> u16 {
    TEXT_SIZES.into_iter().find(|step| *step > size).unwrap_or(size)
}

/// The next smaller step, or the smallest.
pub fn smaller(size: u16) -> u16 {
    TEXT_SIZES.into_iter().rev().find(|step| *step < size).unwrap_or(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_wins_over_what_the_system_says() {
        let system = SystemLook { dark: Some(true), high_contrast: true, less_motion: true, still: false };
        let own = Settings {
            theme: ThemeChoice::Light,
            contrast: Contrast::Normal,
            motion: Motion::Off,
            ..Settings::default()
        };
        let look = Look::of(&own, system);
        assert_eq!((look.theme, look.strength), (egui::ThemePreference::Light, Strength::Usual));
        let usual = Look::of(&Settings::default(), system);
        assert_eq!((usual.theme, usual.strength), (egui::ThemePreference::Dark, Strength::High));
        assert!(!usual.moves);
        assert_eq!(Look::of(&Settings::default(), SystemLook::default()), Look::default());
    }

    #[test]
    fn the_text_size_goes_from_step_to_step_and_stops_at_the_ends() {
        assert_eq!(
            [larger(80), larger(100), larger(115), larger(200), larger(300)],
            [90, 110, 125, 200, 300]
        );
        assert_eq!([smaller(200), smaller(115), smaller(80), smaller(60)], [175, 110, 80, 60]);
    }
}
