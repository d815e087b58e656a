//! How much a probe may take: time, requests, redirects.

use std::time::Duration;

/// The bounds of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For one connection: the name, the proxy's tunnel and TLS included.
    pub connect: Duration,
    /// For one request of the plan: redirects and a repetition included.
    pub request: Duration,
    /// For all of them.
    pub run: Duration,
    /// How many requests go out: redirects and repetitions included.
    pub requests: usize,
    /// How many are under way at one time.
    pub at_once: usize,
    /// How many redirects are followed for one request.
    pub hops: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            request: Duration::from_secs(8),
            run: Duration::from_secs(20),
            requests: 12,
            at_once: 2,
            hops: 3,
        }
    }
}
