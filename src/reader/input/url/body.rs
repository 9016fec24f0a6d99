//! What a server sends: unpacked, within limits, and why it broke off.

use std::io::{Chain, Cursor, ErrorKind, Read};

use flate2::read::{DeflateDecoder, ZlibDecoder};
use ureq::http::Response;
use ureq::http::header::CONTENT_ENCODING;
use ureq::{Body, Error};

use super::{Limits, SLOW};
use crate::core::progress::{ProgressUnit, size};
use crate::reader::input::error::ReadError;
use crate::reader::input::watch::ReadWatch;

/// The body of the response from `url`.
///
/// # Errors
/// [`ReadError::Fetch`], [`ReadError::TooLarge`], [`ReadError::Cancelled`].
pub(super) fn of(
    response: &mut Response<Body>,
    url: &str,
    limits: &Limits,
    watch: &ReadWatch,
) -> Result<Vec<u8>, ReadError> {
    let packed = packing(response);
    let length = response.body().content_length();
    let reader = response.body_mut().as_reader();
    match packed.as_str() {
        "deflate" => body(Inflated::new(reader), url, None, limits, watch),
        // What was asked for is unpacked already.
        "" | "identity" | "gzip" | "x-gzip" => body(reader, url, length, limits, watch),
        _ => Err(ReadError::Fetch {
            url: url.into(),
            reason: "the server packs it in a way that was not asked for".into(),
        }),
    }
}

/// Reads what the server sends, up to the limit.
fn body(
    mut reader: impl Read,
    url: &str,
    length: Option<u64>,
    limits: &Limits,
    watch: &ReadWatch,
) -> Result<Vec<u8>, ReadError> {
    let (mut bytes, mut chunk) = (Vec::new(), vec![0; 64 * 1024]);
    loop {
        let n = match reader.read(&mut chunk) {
            Ok(0) => return Ok(bytes),
            Ok(n) => n,
            Err(error) => {
                return Err(ReadError::Fetch {
                    url: url.into(),
                    reason: broken(&error),
                });
            }
        };
        bytes.extend_from_slice(chunk.get(..n).unwrap_or_default());
        if bytes.len() as u64 > limits.bytes {
            return Err(ReadError::TooLarge {
                name: url.into(),
                format: "a page".into(),
                size: format!("more than {}", size(limits.bytes)),
                limit: size(limits.bytes),
            });
        }
        watch.check(url)?;
        watch.at(ProgressUnit::Bytes, bytes.len() as u64, length);
    }
}

/// Why a connection broke, in words.
pub(super) fn broken(error: &std::io::Error) -> String {
    // The client hands its own errors through readers in this wrapping.
    let inner = error.get_ref().and_then(|e| e.downcast_ref::<Error>());
    match (error.kind(), inner) {
        (_, Some(Error::Timeout(_))) | (ErrorKind::TimedOut, _) => SLOW.into(),
        (_, Some(Error::Decompress(..))) | (ErrorKind::InvalidInput, _) => {
            "what came cannot be unpacked".into()
        }
        (ErrorKind::UnexpectedEof, _) => "the connection ended before all had come".into(),
        (ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe, _) => {
            "the server broke the connection off".into()
        }
        (ErrorKind::ConnectionRefused, _) => "nothing answers there".into(),
        (ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable, _) => {
            "the network does not lead there".into()
        }
        // Certificates are judged while the first bytes are exchanged.
        (ErrorKind::InvalidData, _) if error.to_string().contains("certificate") => {
            "its certificate is not to be trusted".into()
        }
        _ if error.to_string().contains("lookup address") => "no such host".into(),
        _ => error.to_string(),
    }
}

/// How the server says that it packed the body.
fn packing<T>(response: &Response<T>) -> String {
    let said = response.headers().get(CONTENT_ENCODING);
    let said = said.and_then(|v| v.to_str().ok()).unwrap_or_default();
    said.trim().to_ascii_lowercase()
}

/// A body packed by `deflate`, which some servers wrap as zlib and some do not.
enum Inflated<R: Read> {
    /// Nothing was read yet.
    Start(Option<R>),
    Zlib(ZlibDecoder<Chain<Cursor<Vec<u8>>, R>>),
    Bare(DeflateDecoder<Chain<Cursor<Vec<u8>>, R>>),
}

impl<R: Read> Inflated<R> {
    fn new(reader: R) -> Self {
        Self::Start(Some(reader))
    }
}

impl<R: Read> Read for Inflated<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        if let Self::Start(reader) = self
            && let Some(mut reader) = reader.take()
        {
            let mut first = Vec::new();
            (&mut reader).take(1).read_to_end(&mut first)?;
            // The first byte of zlib names the method, 8.
            let zlib = first.first().is_some_and(|b| b & 0x0F == 8 && b >> 4 <= 7);
            let whole = Cursor::new(first).chain(reader);
            *self = match zlib {
                true => Self::Zlib(ZlibDecoder::new(whole)),
                false => Self::Bare(DeflateDecoder::new(whole)),
            };
        }
        match self {
            Self::Start(_) => Ok(0),
            Self::Zlib(decoder) => decoder.read(buf),
            Self::Bare(decoder) => decoder.read(buf),
        }
    }
}
