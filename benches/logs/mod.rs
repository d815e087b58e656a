//! Large logs to measure with: the same bytes on every machine, and no host spelled out.
//!
//! Owns what the logs look like. Must not know what is measured.

mod npm;
mod pnpm;
mod random;

use unforbid::knowledge::Knowledge;

/// How large each log is at least, in its UTF-8 form.
const SIZE: usize = 8_000_000;

/// A log and what it is called in the figures.
pub struct Log {
    pub name: &'static str,
    pub bytes: Vec<u8>,
}

/// Every log: each is a different way of being large.
pub fn all() -> Vec<Log> {
    let plain = expanded(&npm::debug_log(SIZE));
    let wide = utf16(&plain);
    vec![
        Log { name: "npm debug log", bytes: plain.into_bytes() },
        Log { name: "npm debug log, UTF-16", bytes: wide },
        Log { name: "npm silly log full of 403", bytes: expanded(&npm::digits(SIZE)).into_bytes() },
        Log { name: "pnpm ndjson", bytes: expanded(&pnpm::ndjson(SIZE)).into_bytes() },
        Log { name: "pnpm append-only", bytes: expanded(&pnpm::append_only(SIZE)).into_bytes() },
    ]
}

fn expanded(text: &str) -> String {
    Knowledge::bundled().expand(text)
}

/// As Windows PowerShell redirects: a mark, UTF-16LE, carriage returns.
fn utf16(text: &str) -> Vec<u8> {
    let text = text.replace('\n', "\r\n");
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}
