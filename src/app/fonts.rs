//! The bundled fonts and the order in which they are asked for a glyph.
//!
//! Owns the families that `theme.rs` names. `assets/fonts/README.md` says where the files come from.
//! What no bundled font has (Chinese, Japanese, Korean, Arabic) eframe looks for among the system's fonts.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::epaint::text::VariationCoords;
use egui::{FontData, FontDefinitions, FontFamily, FontTweak};

const INTER: [(&str, &[u8]); 4] = [
    ("latin", include_bytes!("../../assets/fonts/inter-latin.ttf")),
    ("latin-ext", include_bytes!("../../assets/fonts/inter-latin-ext.ttf")),
    ("greek", include_bytes!("../../assets/fonts/inter-greek.ttf")),
    ("cyrillic", include_bytes!("../../assets/fonts/inter-cyrillic.ttf")),
];
const MONO: &[u8] = include_bytes!("../../assets/fonts/jetbrains-mono.ttf");
const SYMBOLS: &[u8] = include_bytes!("../../assets/fonts/dejavu-symbols.ttf");
const EMOJI: &[u8] = include_bytes!("../../assets/fonts/noto-emoji.ttf");
/// The icon font; `icons.rs` names its glyphs.
pub(super) const ICONS: &[u8] = include_bytes!("../../assets/fonts/lucide.ttf");

/// Family, weight and optical size. The files hold all weights from 400 to 700.
const CUTS: [(&str, f32, f32); 4] =
    [("regular", 420.0, 14.0), ("medium", 530.0, 14.0), ("semibold", 640.0, 14.0), ("display", 640.0, 26.0)];

/// All fonts and families of the window.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions { font_data: BTreeMap::new(), families: BTreeMap::new() };
    let mut add = |name: String, bytes: &'static [u8], tweak: FontTweak| {
        fonts.font_data.insert(name.clone(), Arc::new(FontData::from_static(bytes).tweak(tweak)));
        name
    };
    let mono = add("mono".into(), MONO, FontTweak::default());
    let symbols = add("symbols".into(), SYMBOLS, FontTweak::default());
    // Emoji stand a little above the line of the text otherwise.
    let emoji =
        add("emoji".into(), EMOJI, FontTweak { scale: 0.92, y_offset_factor: 0.04, ..FontTweak::default() });
    let icons = add("icons".into(), ICONS, FontTweak::default());

    let mut families = Vec::new();
    for (cut, weight, optical_size) in CUTS {
        let mut chain = Vec::new();
        for (part, bytes) in INTER {
            let coords = VariationCoords::new([(b"wght", weight), (b"opsz", optical_size)]);
            chain.push(add(format!("{cut}-{part}"), bytes, FontTweak { coords, ..FontTweak::default() }));
        }
        chain.extend([mono.clone(), symbols.clone(), emoji.clone()]);
        let family = match cut {
            "regular" => FontFamily::Proportional,
            other => FontFamily::Name(other.into()),
        };
        families.push((family, chain));
    }
    families.push((FontFamily::Monospace, vec![mono, symbols, emoji, "regular-latin-ext".into()]));
    families.push((FontFamily::Name("icons".into()), vec![icons]));
    fonts.families.extend(families);
    fonts
}
