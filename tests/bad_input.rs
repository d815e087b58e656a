//! Logs in a bad state: cut, mixed, wrapped, repeated, quoted. What a careful reader would still see is found, and
//! nothing that is not there.

use unforbid::diagnose::{Diagnosis, Observed, diagnose};
use unforbid::facts::FactKey;
use unforbid::knowledge::Knowledge;
use unforbid::{parse, text};

const REFUSAL: &str = "npm error code E403\nnpm error 403 403 Forbidden - PUT https://registry.acme.example/@acme%2fdesign-tokens - You do not have permission to publish \"@acme/design-tokens\". Are you logged in as the correct user?\nnpm error 403 In most cases, you or one of your dependencies are requesting\n";

fn read(bytes: &[u8]) -> Diagnosis {
    let log = text::redact(text::decode(bytes));
    diagnose(&log, &parse::parse(&log), Knowledge::bundled(), &Observed::new())
}

/// Package, version and reason of each incident.
fn told(bytes: &[u8]) -> Vec<[String; 3]> {
    let diagnosis = read(bytes);
    let facts = |found: &unforbid::diagnose::Finding| {
        [FactKey::Package, FactKey::Version, FactKey::Reason]
            .map(|key| found.incident.facts.get(key).unwrap_or_default().to_owned())
    };
    diagnosis.incidents.iter().map(facts).collect()
}

const PACKAGE: &str = "@acme/design-tokens";
const REASON: &str =
    "You do not have permission to publish \"@acme/design-tokens\". Are you logged in as the correct user?";

fn only() -> Vec<[String; 3]> {
    vec![[PACKAGE.to_owned(), String::new(), REASON.to_owned()]]
}

#[test]
fn a_log_cut_anywhere_gives_the_refusal_as_soon_as_it_is_named() {
    let line = REFUSAL.find("design-tokens - You").expect("the line holds its URL") + "design-tokens".len();
    for end in line..REFUSAL.len() {
        let found = told(&REFUSAL.as_bytes()[..end]);
        assert_eq!(found.len(), 1, "cut at {end}");
        assert_eq!(found[0][0], PACKAGE, "cut at {end}");
    }
    for start in 0..REFUSAL.find("403 Forbidden").expect("the status") {
        let found = told(&REFUSAL.as_bytes()[start..]);
        assert_eq!(found, only(), "cut before {start}");
    }
}

#[test]
fn a_cut_inside_a_character_loses_that_character_only() {
    let text = REFUSAL.replace("user?", "user? ✗");
    let bytes = text.as_bytes();
    let inside = text.find('✗').expect("the glyph") + 1;
    assert_eq!(told(&bytes[..inside]), only());
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for cut in [wide.len() - 1, wide.len() - 3, wide.len() / 2 * 2 - 5] {
        assert_eq!(told(&wide[..cut]).len(), 1, "UTF-16 cut at {cut}");
    }
}

#[test]
fn terminals_of_every_usual_width_are_undone() {
    let long = REFUSAL.replace("design-tokens", "a-package-with-quite-a-long-name");
    for width in [80, 100, 120, 132] {
        let wrapped: Vec<String> = long
            .lines()
            .flat_map(|line| {
                let letters: Vec<char> = line.chars().collect();
                letters.chunks(width).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>()
            })
            .collect();
        let found = told(wrapped.join("\n").as_bytes());
        assert_eq!(found.len(), 1, "{width} columns");
        assert_eq!(found[0][0], "@acme/a-package-with-quite-a-long-name", "{width} columns");
        assert!(found[0][2].ends_with("Are you logged in as the correct user?"), "{width}: {}", found[0][2]);
    }
}

#[test]
fn prefixes_on_all_rows_or_on_some_change_nothing() {
    let prefixes = [
        "2026-11-21T20:05:04.0000000Z ",
        "##[error]",
        "[release] ",
        "#12 3.456 ",
        "web-1  | ",
        "@acme/design-tokens:release: ",
        "release\tpublish\t2026-11-21T20:05:04.0000000Z ",
        "2026-11-21T20:05:04.000000Z 01E ",
    ];
    for prefix in prefixes {
        let all: String = REFUSAL.lines().map(|line| format!("{prefix}{line}\n")).collect();
        assert_eq!(told(all.as_bytes()), only(), "{prefix:?} on all rows");
        let some: String = REFUSAL
            .lines()
            .enumerate()
            .map(|(row, line)| if row % 2 == 1 { format!("{prefix}{line}\n") } else { format!("{line}\n") })
            .collect();
        assert_eq!(told(some.as_bytes()), only(), "{prefix:?} on some rows");
    }
}

#[test]
fn ten_thousand_prints_of_one_error_are_one_refusal() {
    let diagnosis = read(REFUSAL.repeat(10_000).as_bytes());
    assert_eq!(diagnosis.incidents.len(), 1);
    assert_eq!(diagnosis.incidents[0].incident.occurrences, 10_000);
    assert!(diagnosis.incidents[0].incident.rows.len() < 1_000);
}

#[test]
fn parallel_jobs_that_write_into_each_other_keep_their_own_packages() {
    let job = |name: &str, version: &str| {
        [
            "npm notice".to_owned(),
            format!("npm notice name: {name}"),
            format!("npm notice version: {version}"),
            "npm error code E403".to_owned(),
            format!(
                "npm error 403 403 Forbidden - PUT https://registry.acme.example/{name} - You cannot publish over the previously published versions: {version}."
            ),
        ]
    };
    let (one, two) = (job("alpha", "1.0.1"), job("beta", "2.3.4"));
    let mixed: String =
        one.iter().zip(&two).map(|(one, two)| format!("[alpha] {one}\n[beta] {two}\n")).collect();
    let found = told(mixed.as_bytes());
    let names: Vec<_> =
        found.iter().map(|[package, version, _]| (package.as_str(), version.as_str())).collect();
    assert_eq!(names, [("alpha", "1.0.1"), ("beta", "2.3.4")]);
}

#[test]
fn a_quoted_older_error_is_not_this_runs() {
    let quotes = [
        "HEAD is now at 3f2a91c fix: npm ERR! 403 403 Forbidden - PUT https://registry.acme.example/old-one - You cannot publish",
        "commit message: \"npm error 403 403 Forbidden - GET https://registry.acme.example/old-one\" no longer happens",
        "    expected: 'npm error 403 403 Forbidden - GET https://registry.acme.example/old-one'",
        "+    \"npm error 403 403 Forbidden - GET https://registry.acme.example/old-one\",",
        "README: if you see `npm error 403 403 Forbidden - GET https://registry.acme.example/old-one`, sign in.",
        "echo \"npm error 403 403 Forbidden - GET https://registry.acme.example/old-one\"",
    ];
    for quote in quotes {
        let log = format!("Run actions/checkout@v4\n{quote}\n{REFUSAL}");
        assert_eq!(told(log.as_bytes()), only(), "{quote}");
    }
}

#[test]
fn an_error_quoted_in_a_question_is_still_read() {
    let question =
        format!("When I run npm publish I get {} - what can I do?", REFUSAL.lines().nth(1).expect("a line"));
    let found = told(question.as_bytes());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0][0], PACKAGE);
}

#[test]
fn two_encodings_in_one_file_are_both_read() {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend("npm notice name: x\r\n".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.extend(REFUSAL.as_bytes());
    assert_eq!(told(&bytes).len(), 1, "plain bytes behind UTF-16");
    let mut latin = b"npm warn using --force Zwangsverlaengerung f\xfcr alle\n".to_vec();
    latin.extend(REFUSAL.as_bytes());
    assert_eq!(told(&latin), only(), "an old code page in front");
}

#[test]
fn five_refusals_of_one_install_come_in_their_order() {
    let names = ["one", "two", "three", "four", "five"];
    let log: String = names
        .iter()
        .map(|name| {
            format!(
                "npm http fetch GET 200 https://registry.acme.example/fine-{name} 12ms\n\
                 npm http fetch GET 403 https://registry.acme.example/{name} 31ms (cache skip)\n"
            )
        })
        .collect();
    let found = told(log.as_bytes());
    let packages: Vec<_> = found.iter().map(|[package, ..]| package.as_str()).collect();
    assert_eq!(packages, names);
    let diagnosis = read(log.as_bytes());
    assert!(diagnosis.incidents.iter().all(|one| one.incident.facts.get(FactKey::RefusedUrls) == Some("5")));
}

#[test]
fn digits_that_are_no_status_claim_nothing() {
    let noise = [
        "added 403 packages in 4s",
        "npm http fetch GET 200 https://registry.acme.example/left-padd-403 403ms (cache miss)",
        "listening on http://localhost:4039",
        "left-pad@4.0.3",
        "✓ answers 403 Forbidden to strangers (12 ms)",
        "fatal: unable to access 'https://git.acme.example/x.git/': The requested URL returned error: 403",
        "PASS tests/403.test.js",
    ];
    assert_eq!(told(noise.join("\n").as_bytes()).len(), 0);
    for line in noise {
        assert_eq!(told(line.as_bytes()).len(), 0, "{line}");
    }
}

#[test]
fn the_parent_that_npm_6_names_below_other_errors_is_no_refusal() {
    let log = "npm ERR! code E404\nnpm ERR! 404 Not Found - GET https://npm.acme.example/left-padd - not_found\nnpm ERR! 404 It was specified as a dependency of 'shop'\n";
    assert_eq!(told(log.as_bytes()).len(), 0);
}

#[test]
fn a_command_with_letters_of_any_script_is_read() {
    for name in ["écran", "日本", "é", "@é/x", "🦋@1.0.0"] {
        let log = format!("$ npm install {name}\nnpm error code E403\n");
        assert_eq!(told(log.as_bytes()).len(), 1, "{name}");
    }
}
