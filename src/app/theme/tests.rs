//! What every theme must hold.

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

fn demand(t: &Theme, least: f64, pairs: impl Iterator<Item = (Color32, Color32)>) {
    for (colour, ground) in pairs {
        let ratio = contrast(colour, ground);
        let which = if t.high_contrast { "high contrast" } else { "usual" };
        assert!(
            ratio >= least,
            "{colour:?} on {ground:?}: {ratio:.2}, least {least} ({which}, dark: {})",
            t.dark
        );
    }
}

#[test]
fn the_themes_are_what_they_are_called() {
    for dark in [false, true] {
        for strength in [Strength::Usual, Strength::High] {
            let t = Theme::get(dark, strength);
            assert_eq!((t.dark, t.high_contrast), (dark, strength == Strength::High));
        }
    }
}

#[test]
fn no_two_themes_share_a_ground_so_that_the_ground_tells_the_theme() {
    for (at, t) in ALL.iter().enumerate() {
        assert!(ALL[..at].iter().all(|other| other.canvas != t.canvas), "{:?}", t.canvas);
    }
}

#[test]
fn all_text_is_readable_on_every_ground_it_stands_on() {
    for t in &*ALL {
        let on_all_grounds =
            [t.text, t.text_quiet, t.text_faint, t.accent, t.danger, t.warn, t.ok, t.mark_text, t.package];
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
        demand(t, if t.high_contrast { 7.0 } else { 4.5 }, all);
    }
}

#[test]
fn every_outline_of_a_control_can_be_seen() {
    for t in &*ALL {
        let lines = [t.border_firm, t.border_strong, t.mark_bar, t.focus];
        let grounds = [t.canvas, t.surface, t.sunken, t.raised];
        let all = lines.iter().flat_map(|&line| grounds.iter().map(move |&ground| (line, ground)));
        demand(t, if t.high_contrast { 4.5 } else { 3.0 }, all);
        // A switch that is on, and a full box, are told from their ground by their fill.
        demand(t, 3.0, grounds.iter().map(|&ground| (t.accent, ground)));
    }
}

#[test]
fn high_contrast_outlines_cards_as_well_and_casts_no_shadow() {
    for t in ALL.iter().filter(|t| t.high_contrast) {
        demand(
            t,
            4.5,
            [t.canvas, t.surface, t.sunken, t.raised].map(|ground| (t.border, ground)).into_iter(),
        );
        assert_eq!((t.shadow_low(), t.shadow_high()), (Shadow::NONE, Shadow::NONE));
        assert!(t.ring() >= 3.0);
    }
}

#[test]
fn a_theme_file_with_a_stray_or_missing_colour_is_refused() {
    let stray = r##"{ "dark": false, "high_contrast": false, "colors": { "cavnas": "#ffffff" } }"##;
    let file: File = serde_json::from_str(stray).unwrap();
    assert_eq!(Theme::from_file(&file), Err("no such colour: cavnas".to_owned()));
    let missing = r##"{ "dark": false, "high_contrast": false, "colors": { "canvas": "#ffffff" } }"##;
    let file: File = serde_json::from_str(missing).unwrap();
    assert_eq!(Theme::from_file(&file), Err("missing: surface".to_owned()));
}
