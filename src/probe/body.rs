//! Reading a body up to a limit that counts what was unpacked, so that neither an endless body nor a bomb fills the
//! memory. Must not know what the body means.

use std::io::{self, Write};

use flate2::write::MultiGzDecoder;
use reqwest::Response;
use reqwest::header::CONTENT_ENCODING;

use super::fault::find;
use super::kept;

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
pub(super) async fn read(mut response: Response, limit: usize) -> Result<(Vec<u8>, bool), String> {
    let encoding = response.headers().get(CONTENT_ENCODING).map(kept::text);
    let packing = Packing::of(encoding.as_deref()).ok_or_else(|| {
        format!("it is packed with {}, which was not asked for", encoding.as_deref().unwrap_or_default())
    })?;
    let mut sink = Sink::new(packing, limit);
    // What is packed so that it unpacks to nothing must not be read for ever either.
    let mut left = limit.saturating_add(SLACK);
    while let Some(data) = response.chunk().await.map_err(|error| broken_off(&error))? {
        match sink.take(&data)? {
            More::Welcome if data.len() <= left => left -= data.len(),
            More::Welcome | More::Refused => return Ok((sink.kept(), true)),
        }
    }
    sink.finish()
}

const SLACK: usize = 64 * 1024;

fn broken_off(error: &reqwest::Error) -> String {
    let cause = find::<hyper::Error>(error);
    match find::<io::Error>(error) {
        Some(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => CLOSED.to_owned(),
        Some(cause) => format!("it broke off ({cause})"),
        None if cause.is_some_and(hyper::Error::is_incomplete_message) => CLOSED.to_owned(),
        None => cause.map_or_else(|| "it broke off".to_owned(), |cause| format!("it broke off ({cause})")),
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
