//! Every screen and state of the window, by name: how one gets there.

use std::sync::{Arc, Barrier};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable;
use tempfile::TempDir;
use unforbid::app::Start;
use unforbid::app::batch::Batch;
use unforbid::app::state::Screen;
use unforbid::app::store::Settings;
use unforbid::app::watch::folder::{Noticed, Refused};

use super::window::{Fake, Window, log, two_refusals};

const WITH_CREDENTIAL: &str = "Also ask with my credential, where the package manager itself would send it";
const EXISTS: &str = r#"{"versions":{"1.0.1":{}},"time":{"1.0.1":"2026-03-01T10:00:00.000Z"}}"#;
const PRIVATE: &str = "npm error code E403\nnpm error 403 403 Forbidden - PUT https://npm.acme.example/@acme%2fui - \
    cannot modify pre-existing version: 1.0.1\nnpm notice name: @acme/ui\nnpm notice version: 1.0.1\n";

/// How the window is opened.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    pub size: [f32; 2],
    pub scale: f32,
    pub theme: Theme,
}

/// A screen in a state, and the files it stands on.
pub struct Scene {
    pub window: Window,
    pub fake: Fake,
    _home: Option<TempDir>,
}

/// The way to a scene.
pub type Way = fn(Opening) -> Scene;

/// All scenes by name.
pub const ALL: &[(&str, Way)] = &[
    ("start", |opening| plain(opening, |_| {})),
    ("start-filled", |opening| {
        plain(opening, |window| {
            window.type_text("npm error code E403 with a word that is a word and goes on: @acme/a-package");
            window.press(Modifiers::NONE, Key::Tab);
        })
    }),
    ("reading", reading),
    ("result", |opening| plain(opening, |window| result(window, &log()))),
    ("result-log", |opening| {
        plain(opening, |window| {
            result(window, &log());
            window.press(Modifiers::COMMAND, Key::Num2);
        })
    }),
    ("several", |opening| plain(opening, |window| result(window, &two_refusals()))),
    ("long-names", |opening| plain(opening, |window| result(window, &long_names()))),
    ("far-scripts", |opening| {
        plain(opening, |window| {
            // A system brings fonts for these; here they are boxes of the right kind of width.
            window.harness.ctx.set_missing_glyph_policy(egui::MissingGlyphPolicy::Tofu);
            result(window, FAR_SCRIPTS);
        })
    }),
    ("nothing", |opening| {
        let log = "npm error code E404\nnpm error 404 Not Found - GET https://registry.acme.example/nothing";
        plain(opening, |window| result(window, log))
    }),
    ("failed", |opening| {
        plain(opening, |window| {
            window.drop_file("/home/alice/work/a-project-with-a-long-name/and-a-folder-in-it/none.log");
            window.until(|window| matches!(window.screen(), Screen::Failed(_)));
        })
    }),
    ("path", |opening| plain(opening, |window| window.press(Modifiers::COMMAND, Key::O))),
    ("help", |opening| plain(opening, |window| window.press(Modifiers::NONE, Key::F1))),
    ("palette", |opening| {
        plain(opening, |window| {
            result(window, &log());
            window.press(Modifiers::COMMAND, Key::K);
        })
    }),
    ("library", |opening| plain(opening, |window| window.press(Modifiers::COMMAND, Key::B))),
    ("library-page", |opening| {
        plain(opening, |window| {
            window.press(Modifiers::COMMAND, Key::B);
            window.harness.input_mut().events.push(Event::Text("already published".to_owned()));
            window.run();
            window.press(Modifiers::NONE, Key::Enter);
        })
    }),
    ("library-nothing", |opening| {
        plain(opening, |window| {
            window.press(Modifiers::COMMAND, Key::B);
            window.harness.input_mut().events.push(Event::Text("zzzzqqqq".to_owned()));
            window.run();
        })
    }),
    ("sheet", |opening| asked(opening, |window| act(window, Role::CheckBox, WITH_CREDENTIAL))),
    ("proven", |opening| {
        asked(opening, |window| {
            act(window, Role::Button, "Ask 2 times");
            window.until(|window| window.harness.state().state().overlay.is_none());
            act(window, Role::Button, "Dismiss");
        })
    }),
    ("settings", |opening| plain(opening, |window| window.press(Modifiers::COMMAND, Key::Comma))),
    ("settings-filled", settings_filled),
    ("drop", |opening| {
        plain(opening, |window| {
            window.harness.input_mut().hovered_files.push(egui::HoveredFile::default());
            window.steps(3);
        })
    }),
    ("menu", |opening| {
        plain(opening, |window| {
            result(window, &log());
            window.press(Modifiers::NONE, Key::F10);
        })
    }),
    ("find", |opening| {
        plain(opening, |window| {
            result(window, &log());
            window.press(Modifiers::COMMAND, Key::F);
            window.harness.input_mut().events.push(Event::Text("npm error".to_owned()));
            window.run();
        })
    }),
    ("answered", |opening| {
        plain(opening, |window| {
            result(window, &log());
            let check = window.case().cause().expect("a cause").checklist[0].todo.clone();
            act(window, Role::RadioButton, &format!("No: {check}"));
            window.until(|window| window.case().hearing.is_none());
            act(window, Role::Button, "Dismiss");
        })
    }),
    ("files", |opening| {
        let long = "/logs/a-log-with-a-name-that-is-longer-than-most-windows-are-wide-0123456789.log";
        let fake = Fake::default().with_file("/logs/a.log", &log()).with_file(long, &two_refusals());
        open(fake, opening, None, |window| {
            window.drop_files(&["/logs/a.log", long, "/logs/none.log"]);
            let is_done =
                |window: &Window| window.harness.state().state().batch.as_ref().is_some_and(Batch::is_done);
            window.until(is_done);
        })
    }),
    ("watch", |opening| {
        let fake = Fake::default().with_settings(Settings { watch: true, ..Settings::default() });
        open(fake.clone(), opening, None, |window| {
            result(window, &log());
            let package = Some("@a-scope-with-a-long-name/an-unusually-long-package-name".to_owned());
            fake.notice(Noticed::Refused(Refused { parts: vec!["/logs/b.log".into()], package }));
            window.run();
        })
    }),
    ("remembered", |opening| with_history(opening, |window| result(window, &format!("npm info\n{}", log())))),
    ("history", |opening| {
        with_history(opening, |window| {
            window.press(Modifiers::COMMAND, Key::H);
        })
    }),
    ("history-entry", |opening| {
        with_history(opening, |window| {
            window.press(Modifiers::COMMAND, Key::H);
            window.until(|window| window.shows_part("3 November"));
            window.press(Modifiers::NONE, Key::Enter);
        })
    }),
];

fn open(fake: Fake, opening: Opening, home: Option<TempDir>, walk: impl FnOnce(&mut Window)) -> Scene {
    let Opening { size, scale, theme } = opening;
    let mut window = Window::build_scaled(fake.clone(), Start::Empty, size, theme, scale);
    walk(&mut window);
    window.steps(2);
    Scene { window, fake, _home: home }
}

/// Presses something that may be out of sight, as assistive technology does.
fn act(window: &mut Window, role: Role, name: &str) {
    window.harness.get_by_role_and_label(role, name).click_accesskit();
    window.run();
}

fn plain(opening: Opening, walk: impl FnOnce(&mut Window)) -> Scene {
    open(Fake::default(), opening, None, walk)
}

fn result(window: &mut Window, text: &str) {
    window.paste(text);
    window.until_result();
}

fn reading(opening: Opening) -> Scene {
    // Nobody else comes to this barrier, so that the reading never ends.
    let fake = Fake::default().opening_at(Arc::new(Barrier::new(2)));
    open(fake, opening, None, |window| {
        window.drop_file("/logs/a-log-with-a-name-that-is-longer-than-most-windows-are-wide-0123456789.log");
        window.steps(4);
    })
}

fn asked(opening: Opening, walk: impl FnOnce(&mut Window)) -> Scene {
    let home = tempfile::tempdir().expect("a folder for the test");
    let lines = "registry=https://npm.acme.example/\n//npm.acme.example/:_authToken=lab-token-one\n";
    std::fs::write(home.path().join(".npmrc"), lines).expect("a file for the test");
    let fake = Fake::default().at_home(home.path()).answering("/@acme%2fui", 200, EXISTS);
    open(fake, opening, Some(home), |window| {
        result(window, PRIVATE);
        window.press(Modifiers::COMMAND, Key::E);
        window.until(|window| window.shows("What would be asked"));
        walk(window);
    })
}

/// A refusal and what mended it are remembered; the next walk is some weeks later.
fn with_history(opening: Opening, walk: impl FnOnce(&mut Window)) -> Scene {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let fake = Fake::default().with_history(folder.path()).at("2026-11-03T14:02:00Z");
    let desk = fake.clone();
    open(fake, opening, Some(folder), |window| {
        result(window, &log());
        window.until(|window| {
            let (case, state) = (window.case(), window.harness.state().state());
            state.past.own(case.id, case.incident).is_some()
        });
        window.harness.get_by_role_and_label(Role::MultilineTextInput, "What fixed it").focus();
        window.run();
        let note = "Raised the version by hand and told the others to pull before they publish.";
        window.harness.input_mut().events.push(Event::Text(note.to_owned()));
        window.run();
        window.press(Modifiers::COMMAND, Key::Enter);
        window.until(|window| {
            window.harness.state().state().past.records.iter().any(|kept| !kept.note.is_empty())
        });
        // The keyboard leaves the note.
        window.press(Modifiers::NONE, Key::Escape);
        desk.set_moment("2026-11-21T09:30:00Z");
        walk(window);
        // What is known of that day has come by then, on the page or above the answer.
        window.until(|window| window.shows_part("3 November"));
    })
}

fn settings_filled(opening: Opening) -> Scene {
    let host =
        |at: usize| format!("a-registry-with-a-rather-long-name-{at}.packages.eu-central.acme.example");
    let settings = Settings {
        // There is none, which the page says; a folder of this run would look different each time.
        knowledge_folder: Some(
            "/home/alice/work/a-project-with-a-long-name/and-a-folder-in-it/entries".into(),
        ),
        remember_hosts: true,
        agreed_hosts: (1..4).map(host).collect(),
        client: Some("pnpm".to_owned()),
        ..Settings::default()
    };
    open(Fake::default().with_settings(settings), opening, None, |window| {
        window.press(Modifiers::COMMAND, Key::Comma);
        window.until(|window| window.harness.state().state().own.loading.is_none());
        // What was left out is told at the bottom, too; here the page is looked at.
        act(window, Role::Button, "Dismiss");
    })
}

fn long_names() -> String {
    let name = format!("{}-{}", "an-unusually-long-package-name".repeat(5), "end");
    format!(
        "npm notice name: @a-scope-with-a-long-name/{name}\nnpm notice version: 10.20.30-alpha.{}\n\
         npm error code E403\nnpm error 403 403 Forbidden - PUT https://artifactory.{}.acme.example/artifactory/api/npm/npm-local/@a-scope-with-a-long-name%2f{name} - \
         cannot modify pre-existing version: 10.20.30\n",
        "1".repeat(40),
        "a-very-long-sub-domain.".repeat(4).trim_end_matches('.'),
    )
}

/// Chinese, Hebrew, Arabic, combining marks and emoji, as tools print them.
const FAR_SCRIPTS: &str = "npm 错误 E403 没有权限发布这个软件包\n\
    npm error code E403\n\
    npm error 403 403 Forbidden - PUT https://npm.acme.example/@acme%2fui - אין הרשאה לפרסם את החבילה הזאת\n\
    npm notice 📦  @acme/ui@1.0.1 🚀✨\n\
    npm notice name: @acme/ui\n\
    npm error ليس لديك إذن لنشر هذه الحزمة e\u{301}a\u{308} ｆｕｌｌ　ｗｉｄｔｈ\n";
