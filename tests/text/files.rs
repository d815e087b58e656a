//! Files and pipes. What is very large is tried in `sizes.rs`.

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
fn the_text_before_masking_cannot_be_printed_by_accident() {
    let secret = ["hunter", "2"].concat();
    let text = text::decode(format!("password={secret}").as_bytes());
    assert!(!format!("{text:?}").contains(&secret));
    assert!(text::open(Path::new("/")).is_err());
}
