//! Whether a PDF's streams unpack to more than any article needs, found without keeping what they unpack to.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

/// Streams inside streams are followed so far.
const LEVELS: usize = 3;

/// Whether the streams in `bytes` unpack to more than `limit` bytes together.
pub(super) fn unpacks_beyond(bytes: &[u8], limit: u64) -> bool {
    let mut left = limit;
    for at in memmem::find_iter(bytes, b"stream") {
        let data = match bytes.get(at + 6..) {
            Some([b'\r', b'\n', data @ ..]) => data,
            Some([b'\n' | b'\r', data @ ..]) => data,
            _ => continue,
        };
        if !is_zlib(data) {
            continue;
        }
        let mut stream: Box<dyn Read + '_> = Box::new(ZlibDecoder::new(data));
        let mut level = 1;
        loop {
            let mut start = [0; 2];
            let Ok(()) = stream.read_exact(&mut start) else {
                break;
            };
            left = left.saturating_sub(2);
            if is_zlib(&start) && level < LEVELS {
                level += 1;
                let whole = std::io::Cursor::new(start).chain(stream);
                stream = Box::new(ZlibDecoder::new(whole));
                continue;
            }
            // An error is the stream's end, or damage that the reader will find.
            let copied = std::io::copy(&mut (&mut stream).take(left + 1), &mut std::io::sink());
            left = match copied {
                Ok(n) if n > left => return true,
                Ok(n) => left - n,
                Err(_) => left,
            };
            break;
        }
        if left == 0 {
            return true;
        }
    }
    false
}

fn is_zlib(data: &[u8]) -> bool {
    matches!(data, [head, check, ..] if head & 0x0F == 8 && head >> 4 <= 7 && (u16::from(*head) << 8 | u16::from(*check)) % 31 == 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn stream(data: &[u8]) -> Vec<u8> {
        [
            b"1 0 obj <</Filter /FlateDecode>> stream\r\n",
            data,
            b"\nendstream endobj\n",
        ]
        .concat()
    }

    #[test]
    fn streams_are_counted_together_and_through_levels() {
        let one = stream(&packed(&[b' '; 100_000]));
        assert!(!unpacks_beyond(&one, 150_000));
        assert!(unpacks_beyond(&one.repeat(2), 150_000));
        let nested = stream(&packed(&packed(&vec![b' '; 5_000_000])));
        assert!(unpacks_beyond(&nested, 1_000_000));
        assert!(!unpacks_beyond(b"stream\nno packed data here", 10));
        assert!(!unpacks_beyond(b"stream", 10));
    }
}
