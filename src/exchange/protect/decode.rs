//! Undoing the ways in which text is written with other signs: percent signs, entities, escapes, quoted-printable, and
//! the names of hosts. Each character keeps its place in the text as it stands.
//!
//! Base64 and the like are not undone: they are no writing that a person or a search would read.

/// A character and the bytes that it takes in the text as it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct DecodedChar {
    pub c: char,
    pub start: u32,
    pub end: u32,
}

/// How often what was written in another way may itself be written in another way.
const DEEPEST: usize = 4;

/// The characters of `text`.
pub(super) fn plain(text: &str) -> Vec<DecodedChar> {
    text.char_indices()
        .map(|(n, c)| DecodedChar {
            c,
            start: n as u32,
            end: (n + c.len_utf8()) as u32,
        })
        .collect()
}

/// Every reading of `pieces` beyond the plain one, each with one more layer undone.
pub(super) fn readings(pieces: &[DecodedChar]) -> Vec<Vec<DecodedChar>> {
    let mut all: Vec<Vec<DecodedChar>> = Vec::new();
    for _ in 0..DEEPEST {
        match undo(all.last().map_or(pieces, Vec::as_slice)) {
            Some(next) => all.push(next),
            None => break,
        }
    }
    all
}

/// The pieces with one layer undone; none where there is none.
fn undo(pieces: &[DecodedChar]) -> Option<Vec<DecodedChar>> {
    if !pieces
        .iter()
        .any(|p| matches!(p.c, '%' | '&' | '\\' | '=' | '-'))
    {
        return None;
    }
    let mut out = Vec::with_capacity(pieces.len());
    let mut changed = false;
    let mut at = 0;
    while at < pieces.len() {
        let rest = &pieces[at..];
        let read = match rest[0].c {
            '%' => octets(rest, '%', false),
            '=' => soft_break(rest).or_else(|| octets(rest, '=', true)),
            '&' => entity(rest),
            '\\' => escape(rest),
            'x' | 'X' if at == 0 || !pieces[at - 1].c.is_alphanumeric() => host(rest),
            _ => None,
        };
        match read {
            Some((taken, chars)) => {
                let (start, end) = (rest[0].start, rest[taken - 1].end);
                out.extend(chars.into_iter().map(|c| DecodedChar { c, start, end }));
                at += taken;
                changed = true;
            }
            None => {
                out.push(rest[0]);
                at += 1;
            }
        }
    }
    changed.then_some(out)
}

/// What was read: how many pieces, and the characters that they stand for.
type Read = Option<(usize, Vec<char>)>;

fn hex(pieces: &[DecodedChar]) -> Option<u32> {
    let mut value: u32 = 0;
    for p in pieces {
        value = value.checked_mul(16)? + p.c.to_digit(16)?;
    }
    (!pieces.is_empty()).then_some(value)
}

/// A run of octets as `%C3%A1`; what is no UTF-8 is Latin-1.
fn octets(rest: &[DecodedChar], sign: char, capitals: bool) -> Read {
    let mut bytes = Vec::new();
    let mut at = 0;
    while let Some([s, a, b]) = rest.get(at..at + 3)
        && s.c == sign
        && !(capitals && (a.c.is_ascii_lowercase() || b.c.is_ascii_lowercase()))
        && let Some(value) = hex(&[*a, *b])
    {
        bytes.push(value as u8);
        at += 3;
    }
    if bytes.is_empty() {
        return None;
    }
    let chars = match String::from_utf8(bytes) {
        Ok(text) => text.chars().collect(),
        Err(e) => e.into_bytes().into_iter().map(char::from).collect(),
    };
    Some((at, chars))
}

/// The soft line break of quoted-printable.
fn soft_break(rest: &[DecodedChar]) -> Read {
    match (rest.get(1)?.c, rest.get(2).map(|p| p.c)) {
        ('\n', _) => Some((2, Vec::new())),
        ('\r', Some('\n')) => Some((3, Vec::new())),
        _ => None,
    }
}

/// `&eacute;`, `&#39;`, `&#x27;`.
fn entity(rest: &[DecodedChar]) -> Read {
    const LONGEST: usize = 33;
    let body = rest.iter().skip(1).take(LONGEST);
    let length = body
        .take_while(|p| p.c.is_ascii_alphanumeric() || p.c == '#')
        .count();
    let closed = rest.get(length + 1).is_some_and(|p| p.c == ';');
    let name: String = rest[1..=length].iter().map(|p| p.c).collect();
    let taken = length + 1 + usize::from(closed);
    if let Some(number) = name.strip_prefix('#') {
        let value = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some((taken, vec![char::from_u32(value)?]));
    }
    let text = quick_xml::escape::resolve_html5_entity(&name).filter(|_| closed)?;
    Some((taken, text.chars().collect()))
}

/// `\u00e1`, `\u{e1}`, `\xe1`, `\U000000e1`, and surrogates in pairs.
fn escape(rest: &[DecodedChar]) -> Read {
    let digits = |from: usize, n: usize| hex(rest.get(from..from + n)?);
    let one = |taken, value| Some((taken, vec![char::from_u32(value)?]));
    match rest.get(1)?.c {
        'x' => one(4, digits(2, 2)?),
        'U' => one(10, digits(2, 8)?),
        'u' if rest.get(2)?.c == '{' => {
            let n = rest
                .iter()
                .skip(3)
                .take(8)
                .take_while(|p| p.c != '}')
                .count();
            one(n + 4, digits(3, n)?)
        }
        'u' => {
            let first = digits(2, 4)?;
            let second = (rest.get(6).map(|p| p.c) == Some('\\')
                && rest.get(7).map(|p| p.c) == Some('u'))
            .then(|| digits(8, 4))
            .flatten();
            match (first, second) {
                (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
                    one(12, 0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00))
                }
                _ => one(6, first),
            }
        }
        _ => None,
    }
}

/// A label of a host name that stands for other letters: `xn--…` (RFC 3492).
fn host(rest: &[DecodedChar]) -> Read {
    let is = |n: usize, c: char| rest.get(n).is_some_and(|p| p.c.eq_ignore_ascii_case(&c));
    if !(is(1, 'n') && is(2, '-') && is(3, '-')) {
        return None;
    }
    let label = rest.iter().skip(4).take(60);
    let label: Vec<char> = label
        .map(|p| p.c)
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    Some((label.len() + 4, punycode(&label)?))
}

fn punycode(label: &[char]) -> Option<Vec<char>> {
    let (mut out, digits) = match label.iter().rposition(|c| *c == '-') {
        Some(n) => (label[..n].to_vec(), &label[n + 1..]),
        None => (Vec::new(), label),
    };
    let (mut n, mut i, mut bias) = (128u32, 0u32, 72u32);
    let mut digits = digits.iter();
    let mut first = true;
    while digits.len() > 0 {
        let old = i;
        let (mut weight, mut k) = (1u32, 36u32);
        loop {
            let digit = match digits.next()?.to_ascii_lowercase() {
                c @ 'a'..='z' => c as u32 - 'a' as u32,
                c @ '0'..='9' => c as u32 - '0' as u32 + 26,
                _ => return None,
            };
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let t = k.saturating_sub(bias).clamp(1, 26);
            if digit < t {
                break;
            }
            weight = weight.checked_mul(36 - t)?;
            k += 36;
        }
        let length = out.len() as u32 + 1;
        let mut delta = if first {
            (i - old) / 700
        } else {
            (i - old) / 2
        };
        first = false;
        delta += delta / length;
        let mut k = 0;
        while delta > 455 {
            delta /= 35;
            k += 36;
        }
        bias = k + 36 * delta / (delta + 38);
        n = n.checked_add(i / length)?;
        i %= length;
        out.insert(i as usize, char::from_u32(n)?);
        i += 1;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_ways_of_writing_are_undone_and_keep_their_places() {
        for (written, read) in [
            ("ma%72a", "mara"),
            ("N%C3%BA%C3%B1ez", "Núñez"),
            ("N%FA%F1ez", "Núñez"),
            ("O&#39;Brien", "O'Brien"),
            ("O&#x2019;Brien", "O’Brien"),
            ("O&rsquo;Brien &amp; N&uacute;&ntilde;ez", "O’Brien & Núñez"),
            ("N\\u00fa\\xf1ez", "Núñez"),
            ("\\ud83c\\udf0a", "🌊"),
            ("Od=\nuya =C3=AD", "Oduya í"),
            ("xn--mnchen-3ya.example", "münchen.example"),
            ("ma%2572a", "mara"),
            ("&amp;#39;", "'"),
        ] {
            let pieces = plain(written);
            let all = readings(&pieces);
            let last = all
                .last()
                .map(|r| r.iter().map(|p| p.c).collect::<String>());
            assert_eq!(last.as_deref(), Some(read), "{written}");
            for p in all.iter().flatten() {
                assert!(written.get(p.start as usize..p.end as usize).is_some());
            }
        }
        assert!(readings(&plain("50 % & more = \\ x-y")).is_empty());
    }
}
