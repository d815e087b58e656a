//! The words of the settings page.
