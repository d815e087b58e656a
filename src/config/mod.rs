//! What the package manager of this machine would do: which registry, which credential, and which line decides it.
//!
//! Reads the configuration files of npm, pnpm, Yarn, Bun and Deno as each of them does, and keeps file, line and
//! column of every value. Read-only, no network. Must not know causes, screens or sockets.

mod model;

pub use model::{Client, Credential, Decided, Family, Outcome, Scheme, Secret, Sent, Visited};
