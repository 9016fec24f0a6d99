//! Fetches a page or a document from an `http` or `https` address.
//!
//! Nothing inside the own network is fetched unless that is allowed: addresses are checked after names are resolved, on
//! the first request and on each redirect, and the connection goes to the very addresses that were checked.

mod body;
mod private;

use std::net::{IpAddr, ToSocketAddrs};
use std::time::Duration;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::http::header::{CONTENT_TYPE, LOCATION};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error, Proxy};

use super::InputHint;
use super::error::ReadError;
use super::guard::{self, Lost};
use super::watch::ReadWatch;
use body::broken;
use private::is_private;

/// What is said of a server that does not answer in time.
const SLOW: &str = "the server takes too long";
/// Redirects that are followed.
const HOPS: usize = 8;

/// What a fetch may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest that all of it may take.
    pub time: Duration,
    /// The most bytes that are read, unpacked.
    pub bytes: u64,
    /// Whether addresses of private networks are fetched.
    pub allow_local: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(30),
            bytes: 64 * 1024 * 1024,
            allow_local: false,
        }
    }
}

/// Whether `article`, as given on the command line, is an address to fetch.
pub fn is_url(article: &str) -> bool {
    let head = article
        .get(..8.min(article.len()))
        .unwrap_or_default()
        .to_ascii_lowercase();
    head.starts_with("http://") || head.starts_with("https://")
}

/// Fetches the bytes at `url`, while `watch` hears how many have come and can stop it. The hint holds the address at which
/// redirects ended, and the declared content type.
///
/// # Errors
/// [`ReadError::Address`], [`ReadError::Private`], [`ReadError::Fetch`], [`ReadError::TooLarge`],
/// [`ReadError::Cancelled`].
pub fn fetch(
    url: &str,
    limits: &Limits,
    watch: &ReadWatch,
) -> Result<(Vec<u8>, InputHint), ReadError> {
    let (theirs, limits) = ((url.to_string(), watch.clone()), *limits);
    // Names are resolved and connections made without regard for anybody who waits: they are waited for from outside.
    let done = guard::run(limits.time, watch, move |_| {
        follow(&theirs.0, &limits, &theirs.1)
    });
    let failed = |reason: &str| ReadError::Fetch {
        url: url.into(),
        reason: reason.into(),
    };
    match done {
        Ok(done) => done,
        Err(Lost::Stopped) => Err(ReadError::Cancelled { name: url.into() }),
        Err(Lost::Time) => Err(failed(SLOW)),
        Err(Lost::Panic) => Err(failed("a fault of ours")),
    }
}

/// Fetches what redirects from `url` lead to.
fn follow(
    url: &str,
    limits: &Limits,
    watch: &ReadWatch,
) -> Result<(Vec<u8>, InputHint), ReadError> {
    let proxy = Proxy::try_from_env();
    let config = Agent::config_builder()
        .timeout_global(Some(limits.time))
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(proxy.clone())
        .user_agent(concat!(
            "claimdesk/",
            env!("CARGO_PKG_VERSION"),
            " (reads one article for checking)"
        ))
        .accept("text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5")
        .build();
    // A proxy resolves names itself and often has a private address; then names are checked before each request.
    let proxied = proxy.is_some();
    let resolver = Checked {
        allow: limits.allow_local || proxied,
    };
    let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
    let mut at = url.trim().to_string();
    for _ in 0..=HOPS {
        check(&at, limits, proxied)?;
        let mut response = match agent.get(&at).call() {
            Ok(response) => response,
            Err(error) => return Err(failed(&at, error)),
        };
        let status = response.status();
        if status.is_redirection()
            && let Some(to) = response.headers().get(LOCATION)
        {
            let to = String::from_utf8_lossy(to.as_bytes()).into_owned();
            at = join(&at, &to);
            continue;
        }
        if !status.is_success() {
            let reason = status.canonical_reason().unwrap_or_default();
            return Err(ReadError::Fetch {
                url: at,
                reason: format!("the server answered {} {reason}", status.as_u16())
                    .trim_end()
                    .to_string(),
            });
        }
        let content_type = response
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|t| t.to_str().ok())
            .map(String::from);
        let bytes = body::of(&mut response, &at, limits, watch)?;
        let hint = InputHint {
            name: Some(at),
            content_type,
            ..InputHint::default()
        };
        return Ok((bytes, hint));
    }
    Err(ReadError::Fetch {
        url: at,
        reason: format!("more than {HOPS} redirects"),
    })
}

/// Checks scheme and host of an address before it is asked for.
fn check(url: &str, limits: &Limits, proxied: bool) -> Result<(), ReadError> {
    let bad = |reason: &str| ReadError::Address {
        url: url.into(),
        reason: reason.into(),
    };
    if !is_url(url) {
        return Err(bad("neither http nor https"));
    }
    let uri: Uri = url.parse().map_err(|_| bad("not written as an address"))?;
    let host = uri
        .host()
        .filter(|h| !h.is_empty())
        .ok_or_else(|| bad("no host"))?;
    if uri.authority().is_some_and(|a| a.as_str().contains('@')) {
        return Err(bad("a user name in it"));
    }
    if limits.allow_local {
        return Ok(());
    }
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(ip) = bare.parse::<IpAddr>()
        && is_private(ip)
    {
        return Err(private(url, ip));
    }
    if proxied
        && let Ok(found) = (bare, 80).to_socket_addrs()
        && let Some(found) = found.map(|a| a.ip()).find(|ip| is_private(*ip))
    {
        return Err(private(url, found));
    }
    Ok(())
}

fn private(url: &str, ip: IpAddr) -> ReadError {
    ReadError::Private {
        url: url.into(),
        address: ip.to_string(),
    }
}

/// Says why a request failed.
fn failed(url: &str, error: Error) -> ReadError {
    if let Error::Other(inner) = &error
        && let Some(refused) = inner.downcast_ref::<Refused>()
    {
        return private(url, refused.0);
    }
    let reason = match error {
        Error::HostNotFound => "no such host".to_string(),
        Error::Timeout(_) => SLOW.to_string(),
        Error::Io(error) => broken(&error),
        Error::Rustls(_) | Error::Tls(_) => "its certificate is not to be trusted".to_string(),
        Error::Protocol(_) | Error::Http(_) | Error::LargeResponseHeader(..) => {
            "the answer is no proper HTTP".to_string()
        }
        other => other.to_string(),
    };
    ReadError::Fetch {
        url: url.into(),
        reason: reason.split('\n').next().unwrap_or_default().to_string(),
    }
}

/// Resolves names and refuses those that lead to private networks.
#[derive(Debug)]
struct Checked {
    allow: bool,
}

/// The private address that a name leads to.
#[derive(Debug, thiserror::Error)]
#[error("{0} is an address of a private network")]
struct Refused(IpAddr);

impl Resolver for Checked {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        if !self.allow
            && let Some(ip) = found.iter().map(|a| a.ip()).find(|ip| is_private(*ip))
        {
            return Err(Error::Other(Box::new(Refused(ip))));
        }
        Ok(found)
    }
}

/// Where a redirect from `from` to `to` leads.
fn join(from: &str, to: &str) -> String {
    let to = to.trim();
    if to.contains("://") {
        return to.to_string();
    }
    let Some((scheme, rest)) = from.split_once("://") else {
        return to.to_string();
    };
    if let Some(host) = to.strip_prefix("//") {
        return format!("{scheme}://{host}");
    }
    let cut = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(cut);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    match to.chars().next() {
        Some('/') => format!("{scheme}://{host}{to}"),
        Some('?') => format!("{scheme}://{host}{path}{to}"),
        _ => {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{scheme}://{host}{folder}/{to}")
        }
    }
}

#[cfg(test)]
mod tests;
