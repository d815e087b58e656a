//! What the requests of one run share: the bounds, what is used up, and which hosts asked to wait.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;

use tokio::time::Instant;
use url::Url;

use super::cancel::Cancel;
use super::connect::host_of;
use super::guard::Consent;
use super::keyring::Keyring;
use super::limits::Limits;
use super::model::{Failure, Reply};
use super::network::Network;
use super::tls::Trust;

/// One run.
pub(super) struct Desk<'a> {
    pub(super) network: &'a dyn Network,
    pub(super) keyring: &'a dyn Keyring,
    pub(super) limits: &'a Limits,
    pub(super) consent: &'a Consent,
    pub(super) cancel: &'a Cancel,
    pub(super) end: Instant,
    sent: Cell<usize>,
    waits: RefCell<BTreeMap<String, String>>,
    trust: OnceCell<Trust>,
}

impl<'a> Desk<'a> {
    /// A run that begins now.
    pub(super) fn new(
        network: &'a dyn Network,
        keyring: &'a dyn Keyring,
        limits: &'a Limits,
        consent: &'a Consent,
        cancel: &'a Cancel,
    ) -> Self {
        let now = Instant::now();
        Self {
            network,
            keyring,
            limits,
            consent,
            cancel,
            end: now.checked_add(limits.run).unwrap_or(now),
            sent: Cell::new(0),
            waits: RefCell::default(),
            trust: OnceCell::new(),
        }
    }

    /// The authorities, read when they are needed first.
    pub(super) fn trust(&self) -> &Trust {
        self.trust.get_or_init(|| Trust::load(&self.keyring.extra_roots()))
    }

    /// Whether another request may go to this host.
    pub(super) fn may_ask(&self, url: &Url) -> Result<(), Failure> {
        if self.cancel.is_cancelled() {
            return Err(Failure::Cancelled);
        }
        let reason = if let Some(wish) = self.waits.borrow().get(&host_of(url)) {
            wish.clone()
        } else if self.sent.get() >= self.limits.requests {
            format!("the limit of {} requests is reached", self.limits.requests)
        } else if Instant::now() >= self.end {
            format!("the limit of {} s for all requests is reached", self.limits.run.as_secs())
        } else {
            return Ok(());
        };
        Err(Failure::Skipped { reason })
    }

    /// Counts a request that goes out now.
    pub(super) fn count(&self) {
        self.sent.set(self.sent.get() + 1);
    }

    /// Remembers a host that asks to be left alone.
    pub(super) fn heed(&self, url: &Url, reply: &Reply) {
        let pause = reply.header("retry-after");
        if reply.status == 429 || (reply.status >= 400 && pause.is_some()) {
            let host = host_of(url);
            let pause = match pause {
                Some(seconds) if seconds.bytes().all(|byte| byte.is_ascii_digit()) => {
                    format!(" {seconds} s")
                }
                Some(until) => format!(" until {until}"),
                None => String::new(),
            };
            let wish = format!("{host} asked to wait{pause} (status {})", reply.status);
            self.waits.borrow_mut().insert(host, wish);
        }
    }
}
