//! The words of the watch over npm's logs.

/// The watch was turned on.
pub const ON: &str = "When npm fails with 403, it is offered here";
/// The watch was turned off.
pub const OFF: &str = "npm’s logs are no longer watched";
/// Offers were put away.
pub const PUT_AWAY: &str = "Put away";

/// What has happened.
pub fn failed(package: Option<&str>, is_rest: bool) -> String {
    let what = if is_rest { "Before that, npm failed with 403" } else { "npm just failed with 403" };
    match package {
        Some(package) => format!("{what}: {package}"),
        None => what.to_owned(),
    }
}
/// How many logs wait behind the one that is offered.
pub fn more(count: usize) -> String {
    format!("and {count} more")
}
/// What a screen reader is told.
pub fn announced(package: Option<&str>, count: usize) -> String {
    match count {
        0 => failed(package, false),
        count => format!("{}, {}", failed(package, false), more(count)),
    }
}
