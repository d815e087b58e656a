//! egui's own style, made from the theme: for the few widgets of egui that are used as they are.

use egui::style::{ScrollStyle, Selection, WidgetVisuals, Widgets};
use egui::{Color32, CornerRadius, Margin, Stroke, Visuals, vec2};

use super::{RADIUS, RADIUS_CARD, Strength, Theme, Type};

/// How long things take to move.
const MOVES_SECS: f32 = 0.12;

/// Gives egui our fonts and both themes.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(crate::app::fonts::definitions());
    ctx.options_mut(|options| {
        // winit cannot tell the system's theme on X11 and most Wayland desktops; light is what paper looks like.
        options.fallback_theme = egui::Theme::Light;
        // The text size is a setting with steps of its own.
        options.zoom_with_keyboard = false;
    });
    use_contrast(ctx, Strength::Usual);
    ctx.all_styles_mut(|style| {
        spacing(&mut style.spacing);
        style.interaction.tooltip_delay = 0.4;
        style.interaction.show_tooltips_only_when_still = true;
        style.animation_time = MOVES_SECS;
        for (text_style, kind) in [
            (egui::TextStyle::Body, Type::Body),
            (egui::TextStyle::Button, Type::Button),
            (egui::TextStyle::Heading, Type::Title),
            (egui::TextStyle::Small, Type::Note),
            (egui::TextStyle::Monospace, Type::Mono),
        ] {
            style.text_styles.insert(text_style, kind.font());
        }
    });
}

/// Gives egui the colours of the usual themes, or of those in high contrast.
pub fn use_contrast(ctx: &egui::Context, strength: Strength) {
    for which in [egui::Theme::Light, egui::Theme::Dark] {
        let theme = Theme::get(which == egui::Theme::Dark, strength);
        ctx.style_mut_of(which, |style| {
            let blink = style.visuals.text_cursor.blink;
            style.visuals = visuals(theme);
            style.visuals.text_cursor.blink = blink;
        });
    }
}

/// Lets things move, or makes every change happen at once.
pub fn animate(ctx: &egui::Context, moves: bool) {
    ctx.all_styles_mut(|style| {
        style.animation_time = if moves { MOVES_SECS } else { 0.0 };
        style.scroll_animation = if moves {
            egui::style::ScrollAnimation::default()
        } else {
            egui::style::ScrollAnimation::none()
        };
        style.visuals.text_cursor.blink = moves;
    });
}

fn spacing(spacing: &mut egui::style::Spacing) {
    spacing.item_spacing = vec2(8.0, 8.0);
    spacing.interact_size = vec2(20.0, 20.0);
    spacing.button_padding = vec2(12.0, 6.0);
    spacing.window_margin = Margin::same(20);
    spacing.menu_margin = Margin::same(6);
    spacing.tooltip_width = 360.0;
    spacing.scroll = ScrollStyle {
        bar_width: 8.0,
        floating_width: 5.0,
        handle_min_length: 28.0,
        bar_inner_margin: 3.0,
        bar_outer_margin: 3.0,
        foreground_color: true,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.08,
        dormant_handle_opacity: 0.16,
        active_handle_opacity: 0.26,
        interact_handle_opacity: 0.5,
        ..ScrollStyle::floating()
    };
}

fn visuals(theme: &Theme) -> Visuals {
    let mut visuals = if theme.dark { Visuals::dark() } else { Visuals::light() };
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(theme.text_faint);
    visuals.widgets = widgets(theme);
    visuals.selection = Selection { bg_fill: theme.selection, stroke: Stroke::new(1.0, theme.accent) };
    visuals.hyperlink_color = theme.accent;
    visuals.faint_bg_color = theme.sunken;
    visuals.extreme_bg_color = theme.surface;
    visuals.text_edit_bg_color = Some(theme.surface);
    visuals.code_bg_color = theme.sunken;
    visuals.warn_fg_color = theme.warn;
    visuals.error_fg_color = theme.danger;
    visuals.window_corner_radius = CornerRadius::same(RADIUS_CARD);
    visuals.window_shadow = theme.shadow_high();
    visuals.window_fill = theme.raised;
    visuals.window_stroke = Stroke::new(1.0, theme.border);
    visuals.menu_corner_radius = CornerRadius::same(RADIUS);
    visuals.panel_fill = theme.canvas;
    visuals.popup_shadow = theme.shadow_high();
    visuals.text_cursor.stroke = Stroke::new(1.5, theme.accent);
    visuals.interact_cursor = Some(egui::CursorIcon::PointingHand);
    visuals
}

fn widgets(theme: &Theme) -> Widgets {
    let look = |fill: Color32, border: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, border),
        corner_radius: CornerRadius::same(RADIUS),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: look(theme.surface, theme.border, theme.text),
        inactive: look(theme.raised, theme.border_firm, theme.text),
        hovered: look(theme.hover, theme.border_strong, theme.text),
        active: look(theme.pressed, theme.border_strong, theme.text),
        open: look(theme.hover, theme.border_firm, theme.text),
    }
}
