//! Buttons.

use std::borrow::Cow;

use egui::accesskit::Role;
use egui::{Color32, CornerRadius, Response, Sense, Stroke, StrokeKind, Ui, Widget, pos2, vec2};

use super::{clipped, focus_ring, job, name};
use crate::app::icons::Icon;
use crate::app::theme::{self, Theme, Type};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one thing to do here. At most one on a screen.
    Primary,
    /// One of several things to do.
    #[default]
    Outlined,
    /// A thing to do by the way.
    Ghost,
    /// A thing to think about first.
    Danger,
    /// A thing that was just done.
    Done,
}

/// A button with words, an icon, or both.
#[must_use = "add it to a `Ui`"]
pub struct Button<'a> {
    label: Cow<'a, str>,
    icon: Option<Icon>,
    icon_after: bool,
    look: Look,
    name: Option<String>,
    tip: Option<String>,
    height: f32,
    words: bool,
    is_flush: bool,
    least: f32,
}

impl<'a> Button<'a> {
    /// A button with words.
    pub fn new(label: impl Into<Cow<'a, str>>) -> Self {
        Self {
            label: label.into(),
            icon: None,
            icon_after: false,
            look: Look::Outlined,
            name: None,
            tip: None,
            height: theme::CONTROL,
            words: true,
            is_flush: false,
            least: 0.0,
        }
    }

    /// Puts an icon before the words.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Puts the icon after the words.
    pub fn icon_after(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self.icon_after = true;
        self
    }

    /// How much it asks to be pressed.
    pub fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }

    /// What assistive technology calls it, when the words alone do not say it.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What is shown when the pointer rests on it.
    pub fn tip(mut self, tip: impl Into<String>) -> Self {
        self.tip = Some(tip.into());
        self
    }

    /// Shows only the icon; the words become the name and the tooltip.
    pub fn words(mut self, shown: bool) -> Self {
        self.words = shown;
        self
    }

    /// A lower button for places with little room.
    pub fn small(mut self) -> Self {
        self.height = theme::CONTROL_SMALL;
        self
    }

    /// Lines its words up with the text around it; the ground reaches out when the pointer is on it.
    pub fn flush(mut self) -> Self {
        self.is_flush = true;
        self
    }

    /// At least this wide, its words in the middle.
    pub fn wide(mut self, least: f32) -> Self {
        self.least = least;
        self
    }

    /// How wide it will be.
    pub fn width(&self, ui: &Ui) -> f32 {
        let words = if self.words { self.galley(ui, Color32::PLACEHOLDER).size().x } else { 0.0 };
        let (pad, icon) = self.measures();
        match (self.words, self.icon.is_some()) {
            (true, true) => 2.0 * pad + icon + 7.0 + words,
            (true, false) => 2.0 * pad + words,
            (false, _) => self.height,
        }
        .ceil()
        .max(self.least)
    }

    /// The room beside the words, and the size of the icon.
    fn measures(&self) -> (f32, f32) {
        let (pad, icon) = if self.is_small() { (9.0, 14.0) } else { (12.0, 16.0) };
        (if self.is_flush { 0.0 } else { pad }, icon)
    }

    fn is_small(&self) -> bool {
        self.height < theme::CONTROL
    }

    fn corner(&self) -> u8 {
        if self.is_small() { theme::RADIUS_SMALL } else { theme::RADIUS }
    }

    fn galley(&self, ui: &Ui, color: Color32) -> std::sync::Arc<egui::Galley> {
        let kind = if self.is_small() { Type::Chip } else { Type::Button };
        ui.painter().layout_job(job(kind, color, &*self.label))
    }

    /// The words in as many rows as they need, in a button that is not as wide as they are.
    fn fitted(&self, ui: &Ui, color: Color32, width: f32) -> std::sync::Arc<egui::Galley> {
        let galley = self.galley(ui, color);
        let (pad, icon) = self.measures();
        let beside = 2.0 * pad + if self.icon.is_some() { icon + 7.0 } else { 0.0 };
        if galley.size().x.ceil() <= width - beside {
            return galley;
        }
        let kind = if self.is_small() { Type::Chip } else { Type::Button };
        clipped(ui, job(kind, color, &*self.label), width - beside, 3, false)
    }

    /// Fill, outline and words for the state it is in. `warmth` goes from 0 to 1 while the pointer arrives.
    fn colors(&self, theme: &Theme, warmth: f32, is_down: bool) -> (Color32, Color32, Color32) {
        let blend = |from: Color32, to: Color32| from.lerp_to_gamma(to, warmth);
        let none = Color32::TRANSPARENT;
        match self.look {
            Look::Primary if is_down => (theme.accent_pressed, none, theme.on_accent),
            Look::Primary => (blend(theme.accent, theme.accent_hover), none, theme.on_accent),
            Look::Outlined | Look::Danger if is_down => (theme.pressed, theme.border_strong, self.ink(theme)),
            Look::Outlined | Look::Danger => (
                blend(theme.raised, theme.hover),
                blend(theme.border_firm, theme.border_strong),
                self.ink(theme),
            ),
            Look::Ghost if is_down => (theme.pressed, none, self.ink(theme)),
            Look::Ghost => (theme.hover.gamma_multiply(warmth), none, blend(theme.text_quiet, theme.text)),
            Look::Done => (theme.ok_soft, none, theme.ok),
        }
    }

    fn ink(&self, theme: &Theme) -> Color32 {
        if self.look == Look::Danger { theme.danger } else { theme.text }
    }

    fn paint(&self, ui: &Ui, response: &Response) {
        let theme = Theme::of(ui);
        let enabled = ui.is_enabled();
        let warmth = ui.ctx().animate_bool(response.id.with("warmth"), enabled && response.hovered());
        let is_down = response.is_pointer_button_down_on();
        let (fill, line, ink) = self.colors(theme, warmth, is_down);
        let rect = response.rect;
        let ground = rect.expand2(vec2(if self.is_flush { 8.0 } else { 0.0 }, 0.0));
        let corner = CornerRadius::same(self.corner());
        let painter = ui.painter();
        if enabled && matches!(self.look, Look::Primary | Look::Outlined) && !is_down {
            painter.add(theme.shadow_low().as_shape(ground, corner));
        }
        painter.rect(ground, corner, fill, Stroke::new(1.0, line), StrokeKind::Inside);
        let (pad, icon_size) = self.measures();
        if !self.words {
            if let Some(icon) = self.icon {
                icon.paint(painter, rect.center(), icon_size + 1.0, ink);
            }
            return;
        }
        let galley = self.fitted(ui, ink, rect.width());
        let size = galley.size();
        let text_left = match self.icon {
            Some(_) if !self.icon_after => rect.left() + pad + icon_size + 7.0,
            None => rect.center().x - size.x / 2.0,
            _ => rect.left() + pad,
        };
        let text_at = pos2(text_left, rect.center().y - size.y / 2.0);
        if let Some(icon) = self.icon {
            let x = if self.icon_after {
                rect.right() - pad - icon_size / 2.0
            } else {
                rect.left() + pad + icon_size / 2.0
            };
            icon.paint(painter, pos2(x, rect.center().y), icon_size, ink);
        }
        painter.galley(text_at, galley, ink);
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let mut size = vec2(self.width(ui), self.height);
        let room = ui.max_rect().width();
        if self.words && size.x > room {
            let rows = self.fitted(ui, Color32::PLACEHOLDER, room).size().y;
            size = vec2(room, self.height.max(rows + 12.0));
        }
        let (_, mut response) = ui.allocate_exact_size(size, Sense::click());
        if ui.is_rect_visible(response.rect) {
            self.paint(ui, &response);
            focus_ring(ui, &response, self.corner());
        }
        name(&response, Role::Button, self.name.as_deref().unwrap_or(&self.label));
        let tip = self.tip.or_else(|| (!self.words).then(|| self.label.into_owned()));
        if let Some(tip) = tip.filter(|tip| !tip.is_empty()) {
            response = response.on_hover_text(tip);
        }
        response
    }
}
