//! A PDF's text strings outside of its pages: titles, values of forms, remarks.

/// The words of a text string (ISO 32000-1, 7.9.2.2): UTF-16 or UTF-8 with a mark, else the format's own charset.
pub(super) fn text(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|b| of([b[0], b[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|b| own_charset(*b)).collect(),
    }
}

/// A character of PDFDocEncoding (ISO 32000-1, annex D.3): Latin 1 but for these.
fn own_charset(byte: u8) -> char {
    const ACCENTS: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const SIGNS: [char; 31] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚',
        '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž',
    ];
    match byte {
        0x18..=0x1F => ACCENTS[usize::from(byte - 0x18)],
        0x80..=0x9E => SIGNS[usize::from(byte - 0x80)],
        0xA0 => '€',
        b => char::from(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_in_their_charset() {
        assert_eq!(text(b"\xfe\xff\x00K\x00\xe4"), "Kä");
        assert_eq!(text(b"\xff\xfeK\x00\xe4\x00"), "Kä");
        assert_eq!(text("\u{feff}Kä".as_bytes()), "Kä");
        assert_eq!(text(b"K\xe4ll \x84 5 \xa0\x18\x9e"), "Käll — 5 €˘ž");
    }
}
