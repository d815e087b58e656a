//! The one place where names are looked up, and the last one that an address passes before it is connected to.
//!
//! It is a trait, so that a test can tell what would be connected to without connecting.

use std::io;
use std::net::{IpAddr, SocketAddr};

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use tokio::net::lookup_host;

/// Looks names up and lets connections pass.
pub trait Network {
    /// The addresses of a name, best first.
    fn resolve<'a>(&'a self, host: &'a str) -> LocalBoxFuture<'a, io::Result<Vec<IpAddr>>>;
    /// Where a connection to this address, which was judged, is to lead. Nothing else is connected to.
    ///
    /// Only a test answers with another address, and only for a name: it must be the same for a URL that is made of
    /// digits, and the port must be the same where the URL names one.
    fn admit(&self, address: SocketAddr) -> io::Result<SocketAddr>;
}

/// The system's network.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Network for System {
    fn resolve<'a>(&'a self, host: &'a str) -> LocalBoxFuture<'a, io::Result<Vec<IpAddr>>> {
        async move { Ok(lookup_host((host, 0)).await?.map(|found| found.ip()).collect()) }.boxed_local()
    }

    fn admit(&self, address: SocketAddr) -> io::Result<SocketAddr> {
        Ok(address)
    }
}
