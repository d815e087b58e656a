//! Stopping a run from another thread.

use std::sync::Arc;

use tokio::sync::watch;

/// Stops a run at any moment, also in the middle of a body. Its clones are one and the same.
#[derive(Clone, Debug)]
pub struct Cancel(Arc<watch::Sender<bool>>);

impl Default for Cancel {
    fn default() -> Self {
        Self::new()
    }
}

impl Cancel {
    /// One that has not been used.
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Stops the run, and every later one that is given the same.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// Whether it has been used.
    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }

    pub(super) async fn cancelled(&self) {
        // It cannot fail: the sender lives as long as `self`.
        self.0.subscribe().wait_for(|cancelled| *cancelled).await.ok();
    }
}
