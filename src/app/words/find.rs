//! The words of the search in the log.
