//! Read-only questions to a registry, and what the answers mean.
//!
//! [`Plan`] is what could be asked; nothing is sent before the user has agreed to each request.
//! Must not know causes or screens.

mod model;

pub use model::{Answer, Ask, Failure, Hop, Plan, Question, Reply, SentAlong, Tier, Verb};
