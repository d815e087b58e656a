//! What the desktop says about theme, contrast and motion: asked for on a real session bus of our own.
#![cfg(all(feature = "app", target_os = "linux"))]
#![allow(missing_docs, reason = "the macro of the played desktop makes methods of its own")]

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use pollster::block_on;
use unforbid::app::look::SystemLook;
use unforbid::app::portal;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, connection};

const PATH: &str = "/org/freedesktop/portal/desktop";
const APPEARANCE: &str = "org.freedesktop.appearance";
const GNOME: &str = "org.gnome.desktop.interface";
const PATIENCE: Duration = Duration::from_secs(30);

/// A session bus that ends with the test.
struct Bus {
    daemon: Child,
    address: String,
}

impl Bus {
    fn start() -> Self {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon; on Debian and Ubuntu it is in the package dbus-daemon");
        let mut address = String::new();
        let out = daemon.stdout.take().expect("its output");
        BufReader::new(out).read_line(&mut address).expect("its address");
        Self { daemon, address: address.trim().to_owned() }
    }

    /// Watches it as the window does; what is told comes out of the channel.
    fn watch(&self) -> Receiver<SystemLook> {
        let (tell, told) = mpsc::channel();
        let address = self.address.clone();
        thread::spawn(move || {
            let send = |look| match tell.send(look) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            };
            // Without a portal the sender is dropped, which the test sees.
            block_on(portal::watch(Some(&address), send)).ok();
        });
        told
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        self.daemon.kill().expect("our own daemon");
        self.daemon.wait().expect("our own daemon");
    }
}

/// A desktop that says what a test says.
struct Desktop(HashMap<String, HashMap<String, OwnedValue>>);

#[allow(missing_docs, reason = "the methods are the desktop's own")]
#[zbus::interface(name = "org.freedesktop.portal.Settings")]
impl Desktop {
    fn read_all(&self, namespaces: Vec<String>) -> HashMap<String, HashMap<String, OwnedValue>> {
        let asked = |name: &String| namespaces.contains(name);
        self.0
            .iter()
            .filter(|(name, _)| asked(name))
            .map(|(name, values)| {
                let values = values.iter().map(|(key, value)| {
                    (key.clone(), value.try_clone().expect("a value without a file in it"))
                });
                (name.clone(), values.collect())
            })
            .collect()
    }

    #[zbus(signal)]
    async fn setting_changed(
        emitter: &SignalEmitter<'_>,
        namespace: &str,
        key: &str,
        value: Value<'_>,
    ) -> zbus::Result<()>;
}

fn desktop(bus: &Bus, says: &[(&str, &str, Value<'static>)]) -> Connection {
    let mut all: HashMap<String, HashMap<String, OwnedValue>> = HashMap::new();
    for (namespace, key, value) in says {
        let value = OwnedValue::try_from(value.clone()).expect("a plain value");
        all.entry((*namespace).to_owned()).or_default().insert((*key).to_owned(), value);
    }
    block_on(async {
        connection::Builder::address(bus.address.as_str())?
            .serve_at(PATH, Desktop(all))?
            .name("org.freedesktop.portal.Desktop")?
            .build()
            .await
    })
    .expect("a desktop on our own bus")
}

fn change(desktop: &Connection, namespace: &str, key: &str, value: Value<'_>) {
    let emitter = SignalEmitter::new(desktop, PATH).expect("a path");
    block_on(Desktop::setting_changed(&emitter, namespace, key, value)).expect("a signal on our own bus");
}

#[test]
#[ignore = "needs dbus-daemon; .ci/run installs it"]
fn the_desktops_wishes_are_told_at_once_and_again_when_they_change() {
    let bus = Bus::start();
    let desktop = desktop(
        &bus,
        &[
            (APPEARANCE, "color-scheme", Value::U32(1)),
            (APPEARANCE, "contrast", Value::U32(0)),
            ("org.kde.kdeglobals", "color-scheme", Value::U32(2)),
        ],
    );
    let told = bus.watch();
    let dark = SystemLook { dark: Some(true), ..SystemLook::default() };
    assert_eq!(told.recv_timeout(PATIENCE), Ok(dark));
    change(&desktop, APPEARANCE, "contrast", Value::U32(1));
    assert_eq!(told.recv_timeout(PATIENCE), Ok(SystemLook { high_contrast: true, ..dark }));
    change(&desktop, APPEARANCE, "color-scheme", Value::U32(2));
    let light = SystemLook { dark: Some(false), high_contrast: true, ..SystemLook::default() };
    assert_eq!(told.recv_timeout(PATIENCE), Ok(light));
    change(&desktop, APPEARANCE, "reduced-motion", Value::U32(1));
    assert_eq!(told.recv_timeout(PATIENCE), Ok(SystemLook { less_motion: true, ..light }));
}

#[test]
#[ignore = "needs dbus-daemon; .ci/run installs it"]
fn an_older_desktop_says_in_its_own_way_that_nothing_is_to_move() {
    let bus = Bus::start();
    let _desktop = desktop(&bus, &[(GNOME, "enable-animations", Value::Bool(false))]);
    let still = SystemLook { still: true, ..SystemLook::default() };
    assert_eq!(bus.watch().recv_timeout(PATIENCE), Ok(still));
}

#[test]
#[ignore = "needs dbus-daemon; .ci/run installs it"]
fn values_of_another_kind_and_other_settings_change_nothing_and_are_not_told() {
    let bus = Bus::start();
    let desktop = desktop(
        &bus,
        &[(APPEARANCE, "color-scheme", Value::from("dark")), (APPEARANCE, "contrast", Value::U32(7))],
    );
    let told = bus.watch();
    assert_eq!(told.recv_timeout(PATIENCE), Ok(SystemLook::default()));
    change(&desktop, APPEARANCE, "accent-color", Value::U32(1));
    change(&desktop, APPEARANCE, "color-scheme", Value::from("light"));
    change(&desktop, APPEARANCE, "color-scheme", Value::U32(1));
    let dark = SystemLook { dark: Some(true), ..SystemLook::default() };
    assert_eq!(told.recv_timeout(PATIENCE), Ok(dark), "the next thing that is told");
}

#[test]
#[ignore = "needs dbus-daemon; .ci/run installs it"]
fn without_a_portal_or_without_a_bus_nothing_is_told_and_nothing_waits() {
    let bus = Bus::start();
    let told = bus.watch();
    assert_eq!(told.recv_timeout(PATIENCE), Err(mpsc::RecvTimeoutError::Disconnected), "no portal");
    let gone = tempfile::tempdir().expect("a folder for the test");
    let address = format!("unix:path={}", gone.path().join("no-bus").display());
    let outcome = block_on(portal::watch(Some(&address), |_| ControlFlow::Continue(())));
    assert!(outcome.is_err(), "no bus");
}
