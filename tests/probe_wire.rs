//! The probe's runner over the wire: what it sends, what it keeps, and where it stops.
//!
//! All servers are scripted and on loopback. Addresses that must not be asked are not connected to either: the network
//! of these tests writes down where the runner wanted to go.

#[path = "support/asking.rs"]
mod asking;
#[path = "support/wire.rs"]
mod wire;

#[path = "probe_wire/answers.rs"]
mod answers;
#[path = "probe_wire/bodies.rs"]
mod bodies;
#[path = "probe_wire/bounds.rs"]
mod bounds;
#[path = "probe_wire/credentials.rs"]
mod credentials;
#[path = "probe_wire/proxies.rs"]
mod proxies;
#[path = "probe_wire/redirects.rs"]
mod redirects;
#[path = "probe_wire/tls.rs"]
mod tls;
