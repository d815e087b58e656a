//! The one place where names are looked up and connections are made.
//!
//! It is a trait, so that a test can tell what would be connected to without connecting.

use std::io;
use std::net::{IpAddr, SocketAddr};

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};

/// Looks names up and connects.
pub trait Network {
    /// The addresses of a name, best first.
    fn resolve<'a>(&'a self, host: &'a str) -> LocalBoxFuture<'a, io::Result<Vec<IpAddr>>>;
    /// A connection to an address that was judged.
    fn connect(&self, address: SocketAddr) -> LocalBoxFuture<'_, io::Result<Connection>>;
}

/// Bytes in both directions.
pub type Connection = Box<dyn Stream>;

/// What a [`Connection`] is made of.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// The system's network.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Network for System {
    fn resolve<'a>(&'a self, host: &'a str) -> LocalBoxFuture<'a, io::Result<Vec<IpAddr>>> {
        async move { Ok(lookup_host((host, 0)).await?.map(|found| found.ip()).collect()) }.boxed_local()
    }

    fn connect(&self, address: SocketAddr) -> LocalBoxFuture<'_, io::Result<Connection>> {
        async move {
            let stream = TcpStream::connect(address).await?;
            // Only speed depends on it.
            stream.set_nodelay(true).ok();
            Ok(Box::new(stream) as Connection)
        }
        .boxed_local()
    }
}
