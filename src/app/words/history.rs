//! The words of the history.
