//! Read-only questions to a registry, and what the answers mean.
//!
//! [`plan`] says what could be asked; nothing is sent before the user has agreed to each request. [`run`] sends it,
//! and [`observe`] says what the answers show. Must not know causes or screens.

mod address;
mod fingerprint;
mod guard;
mod home;
mod judged;
mod limits;
mod model;
mod observe;
mod owner;
mod packument;
mod plan;
mod subject;
mod times;
mod versions;
mod words;

// The sockets, and what only they need.
#[cfg(feature = "probe")]
mod body;
#[cfg(feature = "probe")]
mod cancel;
#[cfg(feature = "probe")]
mod client;
#[cfg(feature = "probe")]
mod connect;
#[cfg(feature = "probe")]
mod desk;
#[cfg(feature = "probe")]
mod fault;
#[cfg(feature = "probe")]
mod follow;
#[cfg(feature = "probe")]
mod issuer;
#[cfg(feature = "probe")]
mod kept;
#[cfg(feature = "probe")]
mod keyring;
#[cfg(feature = "probe")]
mod network;
#[cfg(feature = "probe")]
mod proxy;
#[cfg(feature = "probe")]
mod run;
#[cfg(feature = "probe")]
mod tls;
#[cfg(feature = "probe")]
mod transport;
#[cfg(feature = "probe")]
mod tunnel;

#[cfg(feature = "probe")]
pub use cancel::Cancel;
pub use guard::{Consent, judge_url};
pub use home::{Home, NoHome, Wish};
pub use judged::judge_address;
#[cfg(feature = "probe")]
pub use keyring::{Header, Keyring, NoKeyring};
pub use limits::Limits;
pub use model::{Answer, Ask, Failure, Hop, Plan, Question, Reply, SentAlong, Tier, Verb};
#[cfg(feature = "probe")]
pub use network::{Network, System};
pub use observe::observe;
pub use owner::Owner;
pub use plan::plan;
#[cfg(feature = "probe")]
pub use run::{Progress, run, run_blocking, run_over};
