//! Secrets that go on in the next row.

use crate::{masked, npm_token, random, web_token};

/// Cuts a line at `width` characters and puts `prefix` in front of each further row.
fn wrap(line: &str, width: usize, prefix: &str) -> String {
    let mut rows = Vec::new();
    let mut rest = line;
    while rest.len() > width {
        let (row, more) = rest.split_at(width);
        rows.push(row.to_owned());
        rest = more;
    }
    rows.push(rest.to_owned());
    rows.join(&format!("\n{prefix}"))
}

#[test]
fn a_secret_that_a_narrow_terminal_cut_in_two_is_masked_in_both_rows() {
    let tokens = [npm_token(), ["gh", "p_", &random(60, 36)].concat(), web_token()];
    for token in &tokens {
        for start in 40..80 {
            for prefix in ["", "npm error ", "npm ERR! ", "npm error 403 ", "│ "] {
                let line = format!("{}{token} was refused", "a ".repeat(start / 2));
                // A prefix takes its share of the width.
                let text = wrap(&line, 80, prefix);
                let log = masked(&text);
                for piece in token.as_bytes().windows(9) {
                    let piece = std::str::from_utf8(piece).unwrap();
                    assert!(!log.as_str().contains(piece), "{text}\n{}", log.as_str());
                }
                assert_eq!(log.line_count(), text.lines().count());
                assert_eq!(log.secrets_hidden(), 1, "{text}\n{}", log.as_str());
                assert!(log.as_str().ends_with("refused"));
            }
        }
    }
}

#[test]
fn a_token_of_known_length_is_put_together_at_any_width() {
    let token = npm_token();
    for cut in 5..token.len() - 4 {
        let (one, two) = token.split_at(cut);
        let log = masked(&format!("npm error 403 the token {one}\nnpm error 403 {two} was refused\n"));
        assert_eq!(
            log.as_str(),
            "npm error 403 the token ‹npm token #1›\nnpm error 403 ‹npm token #1, continued› was refused\n"
        );
    }
}

#[test]
fn a_whole_token_at_the_end_of_a_row_takes_nothing_from_the_next() {
    let token = npm_token();
    for text in ["Hello there", "In most cases, you", "5f3c0a1b2c3d4e5f60718293a4b5c6d7e8f90123"] {
        let line = format!("{}{token}", "a ".repeat(20));
        let log = masked(&format!("{line}\n{text}\n"));
        assert_eq!(log.line(1), text);
    }
}

#[test]
fn a_box_that_breaks_a_header_after_its_scheme_is_seen_through() {
    let token = random(61, 40);
    let log =
        masked(&format!("  × Failed\n  │ it sent authorization: Bearer\n  │ {token} and was refused\n"));
    assert_eq!(
        log.as_str(),
        "  × Failed\n  │ it sent authorization: Bearer\n  │ ‹bearer token #1› and was refused\n"
    );
}

#[test]
fn a_box_that_breaks_a_token_after_a_dash_is_seen_through() {
    let (one, two) = (["gl", "pat-", &random(62, 8), "-"].concat(), random(63, 11));
    let log = masked(&format!("  × Failed\n  │ the token {one}\n  │ {two} was refused\n"));
    assert_eq!(
        log.as_str(),
        "  × Failed\n  │ the token ‹GitLab token #1›\n  │ ‹GitLab token #1, continued› was refused\n"
    );
}

#[test]
fn a_row_that_seems_to_go_on_does_not_hide_the_start_of_the_next_secret() {
    let key = ["AK", "IA", "Q3EGRIUQ2SN7ABCD"].concat();
    for width in [79, 80, 120] {
        // What ends the row can be the start of a web token, and what follows its rest.
        let start = ["ey", "Jab"].concat();
        let first = format!("{}{start}", "a ".repeat(70).split_at(width - start.len()).0);
        let log = masked(&format!("{first}\n{key}\n"));
        assert!(!log.as_str().contains(&key), "{}", log.as_str());
    }
}

#[test]
fn settings_that_end_at_a_usual_width_take_nothing_from_the_next_line() {
    for width in 60..125 {
        let first =
            format!("//registry.acme.example/{}/:_authToken={}", "a".repeat(width - 60), random(64, 20));
        for second in [
            "always-auth=true",
            "//registry.acme.example/:_auth=",
            "registry=https://r.example/",
            "key words",
            "npm error code E403",
            "- 3",
        ] {
            assert_eq!(masked(&format!("{first}\n{second}\n")).line(1), second);
        }
    }
}

#[test]
fn a_private_key_over_several_lines_is_masked_row_by_row() {
    for prefix in ["", "npm ERR! ", "    "] {
        for end in ["-----END RSA PRIVATE KEY-----\nafter", "and then words"] {
            // Only a key's own rows belong to it.
            let body: Vec<String> = (0..5).map(|row| format!("{prefix}{}", random(70 + row, 64))).collect();
            let text =
                format!("{prefix}-----BEGIN RSA PRIVATE KEY-----\n{}\n{prefix}{end}\n", body.join("\n"));
            let log = masked(&text);
            for row in 0..5 {
                assert!(!log.as_str().contains(&random(70 + row, 64)), "{}", log.as_str());
            }
            assert_eq!(log.line(1), format!("{prefix}‹private key #1›"));
            assert_eq!(log.line(2), format!("{prefix}‹private key #1, continued›"));
            assert!(log.as_str().ends_with(&format!("\n{prefix}{end}\n")), "{}", log.as_str());
            assert_eq!(log.line_count(), text.lines().count());
        }
    }
}
