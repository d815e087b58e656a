//! What the desktop says about theme, contrast and motion, by way of its portal.
//!
//! Owns the questions to `org.freedesktop.portal.Settings`
//! (<https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html>).
//! Must not know what is made of the answers.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::Duration;

use futures_util::StreamExt as _;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, Proxy, connection};

use super::look::SystemLook;

const APPEARANCE: &str = "org.freedesktop.appearance";
/// Desktops whose portal is too old to speak of motion answer for this one.
const GNOME: &str = "org.gnome.desktop.interface";
/// A portal that is being started by the question may take its time; one that hangs must not be waited for for ever.
const PATIENCE: Duration = Duration::from_secs(20);

type Namespaces = HashMap<String, HashMap<String, OwnedValue>>;

/// Asks once, tells, and tells again whenever something changes, until it is told to stop or the bus goes away.
/// `address` is that of the session's bus unless it is given.
///
/// # Errors
/// There is no bus, or no portal on it. Then nothing was told, and the usual look is right.
pub async fn watch(
    address: Option<&str>,
    mut tell: impl FnMut(SystemLook) -> ControlFlow<()>,
) -> zbus::Result<()> {
    let builder = match address {
        Some(address) => connection::Builder::address(address)?,
        None => connection::Builder::session()?,
    };
    let bus: Connection = builder.method_timeout(PATIENCE).build().await?;
    let portal: Proxy<'_> = Proxy::new(
        &bus,
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
    )
    .await?;
    // Before the question, so that no change falls between the two.
    let mut changes = portal.receive_signal("SettingChanged").await?;
    let all: Namespaces = portal.call("ReadAll", &(vec![APPEARANCE, GNOME],)).await?;
    let mut look = SystemLook::default();
    for (namespace, values) in &all {
        for (key, value) in values {
            note(&mut look, namespace, key, value);
        }
    }
    if tell(look).is_break() {
        return Ok(());
    }
    while let Some(change) = changes.next().await {
        let body = change.body();
        // A signal of another shape is none of ours.
        let Ok((namespace, key, value)) = body.deserialize::<(&str, &str, Value<'_>)>() else { continue };
        let before = look;
        note(&mut look, namespace, key, &value);
        if look != before && tell(look).is_break() {
            return Ok(());
        }
    }
    Ok(())
}

/// Takes one setting in; unknown ones and values of an unexpected kind change nothing.
fn note(look: &mut SystemLook, namespace: &str, key: &str, value: &Value<'_>) {
    // `Read` of older portals wraps the value once more than it should; some do so everywhere.
    let value = if let Value::Value(inner) = value { inner } else { value };
    match (namespace, key, value) {
        (APPEARANCE, "color-scheme", Value::U32(1)) => look.dark = Some(true),
        (APPEARANCE, "color-scheme", Value::U32(2)) => look.dark = Some(false),
        (APPEARANCE, "color-scheme", Value::U32(_)) => look.dark = None,
        (APPEARANCE, "contrast", Value::U32(wish)) => look.high_contrast = *wish == 1,
        (APPEARANCE, "reduced-motion", Value::U32(wish)) => look.less_motion = *wish == 1,
        (GNOME, "enable-animations", Value::Bool(moves)) => look.still = !moves,
        _ => {}
    }
}
