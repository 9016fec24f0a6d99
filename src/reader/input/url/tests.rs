//! Against a server on this machine.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{Read, Write};
use std::net::TcpListener;

use super::*;

const PAGE: &str = "<html lang=en><head><title>Pier shut</title></head><body><p>The council closed the pier on Tuesday.</p></body></html>";

/// A server that answers each request by its path; gives its address.
fn server(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|n| n > 0) {
                head.push(byte[0]);
            }
            let head = String::from_utf8_lossy(&head).into_owned();
            let path = head.split(' ').nth(1).unwrap_or_default();
            let _ = stream.write_all(&answer(path));
        }
    });
    address
}

fn response(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn article(address: &str) -> Result<crate::reader::Document, ReadError> {
    let (bytes, hint) = fetch(address, &local(), &ReadWatch::default())?;
    crate::reader::input::read(bytes, &hint)
}

fn local() -> Limits {
    Limits {
        allow_local: true,
        bytes: 100_000,
        time: Duration::from_secs(20),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

#[test]
fn redirects_charsets_and_gzip_are_followed() {
    let address = server(|path| match path {
        "/a/old" => response("302 Found", "Location: ../new?x=1\r\n", b""),
        "/a/../new?x=1" | "/new?x=1" => response("301 Moved", "Location: /gz\r\n", b""),
        "/gz" => response(
            "200 OK",
            "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
            &gzip(PAGE.as_bytes()),
        ),
        "/latin" => response(
            "200 OK",
            "Content-Type: text/plain; charset=iso-8859-1\r\n",
            b"Die Br\xfccke ist gesperrt.",
        ),
        _ => response("404 Not Found", "", b"no"),
    });
    let d = article(&format!("{address}/a/old")).unwrap();
    assert_eq!(d.title, "Pier shut");
    assert_eq!(d.url.as_deref(), Some(format!("{address}/gz").as_str()));
    let d = article(&format!("{address}/latin")).unwrap();
    assert_eq!(d.text.as_str(), "Die Brücke ist gesperrt.");
    let e = fetch(&format!("{address}/none"), &local(), &ReadWatch::default()).unwrap_err();
    assert!(
        e.to_string()
            .contains("could not be fetched (the server answered 404 Not Found)"),
        "{e}"
    );
}

#[test]
fn limits_hold_for_what_comes_out_of_gzip_and_for_loops() {
    let address = server(|path| match path {
        "/loop" => response("302 Found", "Location: /loop\r\n", b""),
        "/file" => response("302 Found", "Location: file:///etc/passwd\r\n", b""),
        _ => response(
            "200 OK",
            "Content-Encoding: gzip\r\n",
            &gzip(&vec![b' '; 200_000]),
        ),
    });
    let said = |path: &str| {
        fetch(&format!("{address}{path}"), &local(), &ReadWatch::default())
            .unwrap_err()
            .to_string()
    };
    assert!(said("/bomb").contains("is too large"), "{}", said("/bomb"));
    assert!(said("/loop").contains("more than 8 redirects"));
    assert!(
        said("/file").contains("is not an address that can be fetched (neither http nor https)")
    );
    let watch = ReadWatch::default();
    watch.stop();
    let cancelled = fetch(&format!("{address}/bomb"), &local(), &watch).unwrap_err();
    assert!(
        matches!(cancelled, ReadError::Cancelled { .. }),
        "{cancelled}"
    );
}

#[test]
fn bodies_come_as_servers_send_them_and_half_of_one_is_none() {
    let page = |meta: &str| {
        format!("<html><head>{meta}</head><body><p>Die Brücke ist gesperrt.</p></body></html>")
    };
    let (plain, meta) = (
        page(""),
        page("<meta charset=windows-1252>").replace('ü', "\u{1}"),
    );
    let latin: Vec<u8> = meta
        .bytes()
        .map(|b| if b == 1 { 0xFC } else { b })
        .collect();
    let zlib = {
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(plain.as_bytes()).unwrap();
        out.finish().unwrap()
    };
    let bare = zlib[2..zlib.len() - 4].to_vec();
    let address = server(move |path| match path {
        "/zlib" => response("200 OK", "Content-Encoding: deflate\r\n", &zlib),
        "/bare" => response("200 OK", "Content-Encoding: deflate\r\n", &bare),
        "/meta" => response("200 OK", "Content-Type: text/html\r\n", &latin),
        "/mark" => response(
            "200 OK",
            "Content-Type: text/html; charset=iso-8859-1\r\n",
            format!("\u{feff}{plain}").as_bytes(),
        ),
        "/chunks" => {
            let mut out = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
            for part in plain.as_bytes().chunks(7) {
                out.extend(
                    format!("{:x}\r\n", part.len())
                        .bytes()
                        .chain(part.iter().copied())
                        .chain(*b"\r\n"),
                );
            }
            out.extend(b"0\r\n\r\n");
            out
        }
        "/other" => response("200 OK", "Content-Encoding: br\r\n", b"x"),
        "/half" => {
            let whole = response("200 OK", "", plain.as_bytes());
            whole[..whole.len() - 9].to_vec()
        }
        "/torn" => response(
            "200 OK",
            "Content-Encoding: gzip\r\n",
            &gzip(plain.as_bytes())[..40],
        ),
        _ => b"SSH-2.0-Kell\r\n\r\n".to_vec(),
    });
    for path in ["/zlib", "/bare", "/meta", "/mark", "/chunks"] {
        let d = article(&format!("{address}{path}")).unwrap();
        assert_eq!(d.text.as_str().trim(), "Die Brücke ist gesperrt.", "{path}");
    }
    for (path, why) in [
        ("/other", "packs it in a way that was not asked for"),
        ("/half", "the connection ended before all had come"),
        ("/torn", "what came cannot be unpacked"),
        ("/ssh", "the answer is no proper HTTP"),
    ] {
        let e = article(&format!("{address}{path}"))
            .unwrap_err()
            .to_string();
        assert!(e.contains(why), "{path}: {e}");
    }
}

#[test]
fn a_silent_server_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let limits = Limits {
        time: Duration::from_millis(50),
        ..local()
    };
    let e = fetch(
        &format!("http://{}", listener.local_addr().unwrap()),
        &limits,
        &ReadWatch::default(),
    )
    .unwrap_err();
    assert!(e.to_string().contains("takes too long"), "{e}");
}

#[test]
fn private_addresses_are_refused_by_number_and_by_name() {
    let address = server(|_| response("200 OK", "", b"secret"));
    let port = address.rsplit(':').next().unwrap().to_string();
    for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"] {
        let e = fetch(
            &format!("http://{host}:{port}/"),
            &Limits::default(),
            &ReadWatch::default(),
        )
        .unwrap_err();
        // A machine without IPv6 does not know some of them.
        let refused = matches!(&e, ReadError::Private { .. });
        assert!(refused, "{host}: {e}");
    }
    for (url, why) in [
        ("ftp://kell.example/", "neither http nor https"),
        ("http://", "not written as an address"),
        ("http://jon@kell.example/", "a user name in it"),
        ("http://ke ll/", "not written as an address"),
    ] {
        let e = fetch(url, &Limits::default(), &ReadWatch::default()).unwrap_err();
        assert!(e.to_string().contains(why), "{url}: {e}");
    }
}

#[test]
fn redirects_are_joined_to_where_they_come_from() {
    for (to, want) in [
        ("https://b.example/x", "https://b.example/x"),
        ("//c.example/x", "http://c.example/x"),
        ("/x", "http://a.example/x"),
        ("x", "http://a.example/p/x"),
        ("?q", "http://a.example/p/q?q"),
    ] {
        assert_eq!(join("http://a.example/p/q?old#f", to), want);
    }
    assert_eq!(join("http://a.example", "x"), "http://a.example/x");
    assert!(is_url("HTTPS://a") && !is_url("kell.txt") && !is_url("httpé"));
}
