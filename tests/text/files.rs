//! Files, pipes, and inputs that are too large.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use unforbid::text::{self, OpenError};

use crate::encodings::{SAMPLE, SAMPLE_CLEAN};
use crate::utf16;

#[test]
fn a_file_is_read_as_its_bytes_are() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"\xff\xfe").unwrap();
    file.write_all(&utf16(SAMPLE, u16::to_le_bytes)).unwrap();
    let log = text::redact(text::open(file.path()).unwrap());
    assert_eq!(log.as_str(), SAMPLE_CLEAN);
    assert_eq!(log, text::redact(text::read(std::fs::File::open(file.path()).unwrap()).unwrap()));
}

#[test]
fn what_cannot_be_read_says_why_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("build");
    let missing = text::open(&path).unwrap_err();
    assert!(matches!(missing, OpenError::Missing { .. }), "{missing}");
    std::fs::create_dir(&path).unwrap();
    let directory = text::open(&path).unwrap_err();
    assert!(matches!(directory, OpenError::IsDirectory { .. }), "{directory}");
    assert_eq!(
        directory.to_string(),
        format!("cannot read the log: it is a folder; open the file inside it instead: {}", path.display())
    );
    let inside_a_file = path.join("log");
    std::fs::write(&inside_a_file, "x").unwrap();
    let odd = text::open(&inside_a_file.join("more")).unwrap_err();
    assert!(matches!(odd, OpenError::Missing { .. }), "{odd}");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::set_permissions(file.path(), std::fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser may read everything, so there the file simply opens.
    match text::open(file.path()) {
        Err(error) => assert!(matches!(error, OpenError::Permission { .. }), "{error}"),
        Ok(_) => assert!(std::fs::File::open(file.path()).is_ok()),
    }
}

#[test]
fn a_log_over_the_limit_says_which_lines_were_not_read() {
    // A reader that makes its lines as they are asked for, so that the test needs no such file.
    struct Numbered {
        next: usize,
        last: usize,
        ready: Vec<u8>,
    }
    impl std::io::Read for Numbered {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.ready.is_empty() {
                let mut text = String::new();
                for n in self.next..(self.next + 1000).min(self.last + 1) {
                    writeln!(text, "{n:>99}").expect("writing to a string");
                }
                self.next += 1000;
                self.ready = text.into_bytes();
            }
            let count = buffer.len().min(self.ready.len());
            buffer[..count].copy_from_slice(&self.ready[..count]);
            self.ready.drain(..count);
            Ok(count)
        }
    }
    let log = text::redact(text::read(Numbered { next: 1, last: 900_000, ready: Vec::new() }).unwrap());
    assert_eq!(log.byte_size(), 90_000_000);
    assert!(log.as_str().len() <= 66 << 20);
    for row in [0, 1, 160_000, 300_000, log.line_count() - 1] {
        assert_eq!(log.line(row).trim(), log.line_number(row).to_string());
    }
    assert_eq!(log.line_number(log.line_count() - 1), 900_000);
    let warning = &log.warnings()[0];
    assert!(warning.starts_with("the log is 90 MB; lines 167773 to "), "{warning}");
    assert!(
        warning.ends_with(" were not read; open the part around the error if the answer is not here"),
        "{warning}"
    );
}

#[test]
fn the_text_before_masking_cannot_be_printed_by_accident() {
    let secret = ["hunter", "2"].concat();
    let text = text::decode(format!("password={secret}").as_bytes());
    assert!(!format!("{text:?}").contains(&secret));
    assert!(text::open(Path::new("/")).is_err());
}
