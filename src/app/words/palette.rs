//! The words of the palette.

/// What the palette's field is called.
pub const NAME: &str = "Find a command";

/// What stands in it while it is empty.
pub const HINT: &str = "Type a few letters of a command";

/// No command fits.
pub const EMPTY: &str = "No command fits. Try fewer letters.";
