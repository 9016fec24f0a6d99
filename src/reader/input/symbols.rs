//! Symbols that a document names by a font of signs and a code in it.

/// The font Symbol from code 0x20 on, and from 0xA0 on.
const LOW: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
const HIGH: &str = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\u{fffd}〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

/// The sign with this code, hexadecimal, in `font`; none where it is not known.
pub(super) fn sign(font: &str, code: &str) -> Option<char> {
    sign_of(font, u32::from_str_radix(code, 16).ok()?)
}

/// The sign with this code in `font`; none where it is not known.
pub(super) fn sign_of(font: &str, code: u32) -> Option<char> {
    let font = font.to_ascii_lowercase();
    // Such fonts keep their signs in the private area, by their codes of one byte.
    let own = match code {
        0xF000..=0xF0FF => code - 0xF000,
        code if code <= 0xFF => code,
        code => return char::from_u32(code).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c)),
    };
    match font.as_str() {
        "symbol" => symbol(own),
        "wingdings" => wingding(own),
        font if font.starts_with("wingdings") || font.starts_with("webdings") => None,
        _ => char::from_u32(own).filter(|c| !c.is_control()),
    }
}

fn symbol(code: u32) -> Option<char> {
    let (table, first) = match code {
        0x20..=0x7E => (LOW, 0x20),
        0xA0..=0xFE => (HIGH, 0xA0),
        _ => return None,
    };
    let sign = table.chars().nth((code - first) as usize)?;
    (sign != '\u{fffd}').then_some(sign)
}

fn wingding(code: u32) -> Option<char> {
    Some(match code {
        0x20 => ' ',
        0x28 => '☎',
        0x2A => '✉',
        0x46 => '☞',
        0x4A => '☺',
        0x4C => '☹',
        0x6C => '●',
        0x6E => '■',
        0x6F | 0x71 => '❑',
        0x76 => '❖',
        0x77 => '◆',
        0x9F => '•',
        0xA7 => '▪',
        0xA8 => '☐',
        0xD8 => '➢',
        0xDF => '←',
        0xE0 => '→',
        0xE1 => '↑',
        0xE2 => '↓',
        0xE8 => '➔',
        0xF0 => '⇨',
        0xFB => '✗',
        0xFC => '✓',
        0xFD => '☒',
        0xFE => '☑',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_found_by_font_and_code() {
        for (font, code, want) in [
            ("Symbol", "F0B3", Some('≥')),
            ("Symbol", "B1", Some('±')),
            ("Symbol", "F061", Some('α')),
            ("Symbol", "F07E", Some('∼')),
            ("Symbol", "F0FE", Some('⎭')),
            ("Symbol", "F0F0", None),
            ("Wingdings", "F0FC", Some('✓')),
            ("Wingdings 2", "F050", None),
            ("Arial", "2265", Some('≥')),
            ("Arial", "00E9", Some('é')),
            ("Symbol", "x", None),
        ] {
            assert_eq!(sign(font, code), want, "{font} {code}");
        }
    }
}
