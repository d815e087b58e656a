//! Reading a body up to a limit that counts what was unpacked, so that neither an endless body nor a bomb fills the
//! memory. Must not know what the body means.

use std::error::Error;
use std::io::{self, Write};

use flate2::write::MultiGzDecoder;
use http_body_util::BodyExt;
use hyper::body::Incoming;

/// How a body is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Gzip,
}

impl Packing {
    /// From `Content-Encoding`; `None` for one that was not asked for.
    pub(super) fn of(encoding: Option<&str>) -> Option<Self> {
        match encoding.map(str::trim).unwrap_or_default().to_ascii_lowercase().as_str() {
            "" | "identity" => Some(Self::Plain),
            "gzip" | "x-gzip" => Some(Self::Gzip),
            _ => None,
        }
    }
}

/// The body up to the limit, and whether more would have come.
pub(super) async fn read(
    mut body: Incoming,
    packing: Packing,
    limit: usize,
) -> Result<(Vec<u8>, bool), String> {
    let mut sink = Sink::new(packing, limit);
    // What is packed so that it unpacks to nothing must not be read for ever either.
    let mut left = limit.saturating_add(SLACK);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| broken_off(&error))?;
        let Some(data) = frame.data_ref() else { continue };
        match sink.take(data)? {
            More::Welcome if data.len() <= left => left -= data.len(),
            More::Welcome | More::Refused => return Ok((sink.kept(), true)),
        }
    }
    sink.finish()
}

const SLACK: usize = 64 * 1024;

fn broken_off(error: &hyper::Error) -> String {
    let cause = error.source().and_then(|cause| cause.downcast_ref::<io::Error>());
    match cause {
        Some(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => CLOSED.to_owned(),
        Some(cause) => format!("it broke off ({cause})"),
        None if error.is_incomplete_message() => CLOSED.to_owned(),
        None => format!("it broke off ({error})"),
    }
}

const CLOSED: &str = "the connection was closed in the middle of it";

#[derive(PartialEq)]
enum More {
    Welcome,
    Refused,
}

enum Sink {
    Plain(Capped),
    Gzip(Box<MultiGzDecoder<Capped>>, bool),
}

impl Sink {
    fn new(packing: Packing, limit: usize) -> Self {
        let capped = Capped { bytes: Vec::new(), limit, full: false };
        match packing {
            Packing::Plain => Self::Plain(capped),
            Packing::Gzip => Self::Gzip(Box::new(MultiGzDecoder::new(capped)), false),
        }
    }

    fn take(&mut self, data: &[u8]) -> Result<More, String> {
        let (written, capped) = match self {
            Self::Plain(capped) => (capped.write_all(data), &*capped),
            Self::Gzip(decoder, begun) => {
                *begun |= !data.is_empty();
                (decoder.write_all(data), decoder.get_ref())
            }
        };
        match written {
            _ if capped.full => Ok(More::Refused),
            Ok(()) => Ok(More::Welcome),
            Err(_) => Err(NOT_GZIP.to_owned()),
        }
    }

    fn kept(&mut self) -> Vec<u8> {
        let capped = match self {
            Self::Plain(capped) => capped,
            Self::Gzip(decoder, _) => decoder.get_mut(),
        };
        std::mem::take(&mut capped.bytes)
    }

    fn finish(mut self) -> Result<(Vec<u8>, bool), String> {
        if let Self::Gzip(decoder, true) = &mut self
            && decoder.try_finish().is_err()
            && !decoder.get_ref().full
        {
            return Err(NOT_GZIP.to_owned());
        }
        let full = match &self {
            Self::Plain(capped) => capped.full,
            Self::Gzip(decoder, _) => decoder.get_ref().full,
        };
        Ok((self.kept(), full))
    }
}

const NOT_GZIP: &str = "it is announced as gzip and is none";

/// Takes bytes up to a limit, and fails on the first one beyond it.
struct Capped {
    bytes: Vec<u8>,
    limit: usize,
    full: bool,
}

impl Write for Capped {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let room = self.limit.saturating_sub(self.bytes.len());
        let taken = data.get(..room).unwrap_or(data);
        self.bytes.extend_from_slice(taken);
        if taken.len() < data.len() {
            self.full = true;
            return Err(io::Error::other("the limit is reached"));
        }
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
