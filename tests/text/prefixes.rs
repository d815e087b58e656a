//! What stands in front of a line and goes, and what looks alike and stays.

use crate::{cleaned, read};

#[test]
fn prefixes_of_ci_systems_are_removed() {
    let prefixes = [
        "2026-11-21T20:05:04.0000000Z ",
        "2026-11-21T20:05:04+01:00 ",
        "2026-11-21 20:05:04,123 ",
        "release\tPublish to the registry\t2026-11-21T20:05:04.0000000Z ",
        "release\tUNKNOWN STEP\t\u{feff}2026-11-21T20:05:04.0000000Z ",
        "##[error]",
        "##[group]",
        "##[command]",
        "##[warning]",
        "##[debug]",
        "2026-11-21T20:05:04.0000000Z ##[error]",
        "::group::",
        "::error file=package.json,line=3::",
        "::warning::",
        "##vso[task.logissue type=error]",
        "2026-11-21T20:05:04.000000Z 01E ",
        "2026-11-21T20:05:04.000000Z 01O+",
        "section_start:1795291504:publish[collapsed=true]\r\x1b[0K",
        "[2026-11-21T20:05:04.000Z] ",
        "20:05:04  ",
        "20:05:04.123\t",
        "#12 3.456 ",
        "#7 123.4 ",
        "3.456 ",
        "web-1  | ",
        "web_1        | ",
        "Step #1 - \"install\": ",
        "Step #4: ",
        "[20:05:04] ",
        "[20:05:04]W:\t ",
        "[20:05:04]\u{a0}",
        "[20:05:04] :\t [Step 1/3] ",
        "8:05:04 PM: ",
        "11:05:04 AM: ",
        "build\t21-Nov-2026 20:05:04\t",
        "error\t1-Nov-2026 20:05:04\t",
        "remote:        ",
        "remote: ",
        "2026-11-21T20:05:04.000000Z stderr F ",
        "[Container] 2026/11/21 20:05:04 ",
        "2026-11-21T20:05:04.000000+00:00 app[web.1]: ",
        "[91m",
        "[release] ",
        "@acme/ui:release: ",
        "ui:release: ",
        "packages/ui release: ",
        "⠼",
        "\x1b_bk;t=1795291504000\x07",
        "2026-11-21T20:05:04.0000000Z @acme/ui:release: \x1b[31m",
        "2026-11-21T20:05:04.0000000Z #12 3.456 ⠧",
    ];
    for prefix in prefixes {
        for text in ["npm error code E403", "npm ERR! 403 403 Forbidden - GET https://r.example/ui"] {
            assert_eq!(cleaned(&format!("{prefix}{text}")), text, "{prefix:?}");
        }
    }
}

#[test]
fn prefixes_before_other_text_are_removed_only_when_no_text_looks_like_them() {
    let removed = [
        ("2026-11-21T20:05:04.0000000Z   indented", "  indented"),
        ("2026-11-21T20:05:04.0000000Z ", ""),
        ("2026-11-21T20:05:04.000000Z 00O ", ""),
        ("##[group]Run npm publish", "Run npm publish"),
        ("##[endgroup]", ""),
        ("::endgroup::", ""),
        ("#12 3.456 added 403 packages", "added 403 packages"),
        ("web-1  | ready", "ready"),
        ("remote:        -----> Building", "-----> Building"),
        ("@acme/ui:release:  ERR_PNPM_FETCH_403  GET", " ERR_PNPM_FETCH_403  GET"),
    ];
    for (raw, clean) in removed {
        assert_eq!(cleaned(raw), clean, "{raw:?}");
    }
    let kept = [
        "3.456 MB",
        "12.34 kB dist/index.js",
        "35 error 403 403 Forbidden - PUT https://r.example/ui",
        "35 verbose stack HttpErrorGeneral: 403 Forbidden",
        "npm : npm error code E403",
        "npm: npm error code E403",
        "npm error code E403",
        "error: npm error code E403",
        "name   | value",
        "a | b",
        "remote: Permission to acme/ui.git denied to someone.",
        "#403 is the issue",
        "#12 [build 3/4] RUN npm ci",
        "[release] done in 20 s",
        "[info] done",
        "@acme/ui:release: done",
        "ui:build: cache hit",
        "http://r.example: 403",
        "20:05:04 is the time",
        "2026-11-21T20_04_14_878Z-debug-0.log",
        "2026-11-21T20:04:14.878Z-debug-0.log",
        "::notacommand::x",
        "::1 localhost",
        "one\ttwo\tthree",
        "│ {\"error\":\"x\"}",
        "  × Failed to publish package @acme/ui@2.2.0 (status 403 Forbidden):",
        "➤ YN0035: │   Response Code: 403 (Forbidden)",
        "Step 3/7 : RUN npm ci",
        "[1] 2",
        "npm notice 3.456 kB README.md",
    ];
    for text in kept {
        assert_eq!(cleaned(text), text);
    }
}

#[test]
fn seconds_are_removed_inside_the_summary_of_a_failed_image_build() {
    let log = "------\n > [build 13/15] RUN npm ci:\n3.456 some words\n12.34 npm error code E403\n------\n3.456 MB\n";
    assert_eq!(
        cleaned(log),
        "------\n > [build 13/15] RUN npm ci:\nsome words\nnpm error code E403\n------\n3.456 MB\n"
    );
}

#[test]
fn lines_that_a_container_runtime_wrapped_in_json_are_unwrapped() {
    let raw = "{\"log\":\"\\u001b[31mnpm error\\u001b[0m 403 \\\"@acme/ui\\\"\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-21T20:05:04Z\"}";
    let log = read(raw);
    assert_eq!(log.as_str(), "npm error 403 \"@acme/ui\"");
    assert_eq!(log.place(0).column, raw.find("\\u001b").unwrap() + 1);
    let kept = [
        "{\"level\":\"error\",\"code\":\"ERR_PNPM_FETCH_403\",\"message\":\"no\"}",
        "{\"error\":{\"code\":\"E403\",\"summary\":\"403 Forbidden\"}}",
        "{\"log\":\"x\",\"stream\":\"other\"}",
        "{\"log\":\"x\",\"stream\":\"stderr\"",
    ];
    for text in kept {
        assert_eq!(cleaned(text), text);
    }
}
