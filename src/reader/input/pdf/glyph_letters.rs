//! Which letters the glyphs of a font program stand for, as the program itself tells.

use std::collections::HashMap;

use skrifa::raw::TableProvider;
use skrifa::raw::ps::agl;
use skrifa::raw::tables::gsub::{LigatureSubst, SingleSubst, SubstitutionSubtables};
use skrifa::{FontRef, GlyphId, GlyphNames, MetadataProvider};

/// What a font program tells of its glyphs.
#[derive(Debug, Default)]
pub(super) struct GlyphLetters {
    /// Letters by the glyphs' numbers.
    letters: HashMap<u32, String>,
    /// Whether the program could be read.
    pub is_read: bool,
}

impl GlyphLetters {
    /// Reads a font program. One that is broken, or of another format, tells nothing.
    pub fn read(program: &[u8]) -> Self {
        let mut letters = Self::default();
        if let Ok(font) = FontRef::new(program) {
            letters.is_read = true;
            letters.read_characters(&font);
            letters.read_names(&font);
            // A form of a form, or a ligature of forms, takes a second look.
            for _ in 0..2 {
                letters.read_forms(&font);
            }
        }
        letters
    }

    /// The letters of glyph `id`.
    pub fn of(&self, id: u32) -> Option<String> {
        self.letters.get(&id).cloned()
    }

    fn add(&mut self, id: u32, words: impl FnOnce() -> String) {
        if id != 0 {
            self.letters.entry(id).or_insert_with(words);
        }
    }

    fn read_characters(&mut self, font: &FontRef<'_>) {
        let map = font.charmap();
        if map.is_symbol() {
            return;
        }
        for (code, glyph) in map.mappings() {
            if let Some(c) = char::from_u32(code).filter(|c| !is_private(*c)) {
                self.add(glyph.to_u32(), || c.to_string());
            }
        }
    }

    fn read_names(&mut self, font: &FontRef<'_>) {
        for (glyph, name) in GlyphNames::new(font).iter() {
            if let Some(words) = named(name.as_str()) {
                self.add(glyph.to_u32(), || words);
            }
        }
    }

    /// Glyphs that stand in the place of others: small capitals, forms within a word, ligatures.
    fn read_forms(&mut self, font: &FontRef<'_>) {
        let Ok(lookups) = font.gsub().and_then(|gsub| gsub.lookup_list()) else {
            return;
        };
        for lookup in lookups.lookups().iter().flatten() {
            match lookup.subtables() {
                Ok(SubstitutionSubtables::Single(all)) => {
                    all.iter().flatten().for_each(|one| self.read_single(&one));
                }
                Ok(SubstitutionSubtables::Ligature(all)) => {
                    all.iter()
                        .flatten()
                        .for_each(|one| self.read_ligatures(&one));
                }
                _ => {}
            }
        }
    }

    fn read_single(&mut self, table: &SingleSubst<'_>) {
        let coverage = match table {
            SingleSubst::Format1(t) => t.coverage(),
            SingleSubst::Format2(t) => t.coverage(),
            _ => return,
        };
        for (n, from) in coverage.iter().flat_map(|c| c.iter()).enumerate() {
            let to = match table {
                SingleSubst::Format1(t) => {
                    let to = from.to_u32() as i32 + i32::from(t.delta_glyph_id());
                    Some(to as u32 & 0xFFFF)
                }
                SingleSubst::Format2(t) => {
                    t.substitute_glyph_ids().get(n).map(|g| g.get().to_u32())
                }
                _ => None,
            };
            if let (Some(to), Some(words)) = (to, self.of(from.to_u32())) {
                self.add(to, || words);
            }
        }
    }

    fn read_ligatures(&mut self, table: &LigatureSubst<'_>) {
        let LigatureSubst::Format1(table) = table else {
            return;
        };
        let Ok(coverage) = table.coverage() else {
            return;
        };
        for (first, set) in coverage.iter().zip(table.ligature_sets().iter()) {
            for ligature in set.iter().flat_map(|s| s.ligatures().iter()).flatten() {
                let rest = ligature.component_glyph_ids().iter();
                let rest = rest.map(|g| GlyphId::from(g.get()));
                let parts = std::iter::once(first).chain(rest);
                let words: Option<String> = parts.map(|g| self.of(g.to_u32())).collect();
                if let Some(words) = words {
                    self.add(ligature.ligature_glyph().to_u32(), || words);
                }
            }
        }
    }
}

/// The letter, in Mac Roman, of a glyph that has its number in the order that fonts for the Macintosh had, and most fonts
/// kept. From the space that never breaks on, which many leave out, only marks are told: a letter could be its neighbour.
pub(super) fn mac_order(id: u32) -> Option<u8> {
    match id {
        3..=97 => u8::try_from(id + 29).ok(),
        98..=171 => u8::try_from(id + 30).ok(),
        172..=225 => u8::try_from(id + 30)
            .ok()
            .filter(|byte| !MAC_LETTERS.contains(byte)),
        _ => None,
    }
}

/// The letters of Mac Roman from its space that never breaks on: À, Ã, Õ, Œ, œ, ÿ, Ÿ, fi, fl, and from Â to ˜.
const MAC_LETTERS: [u8; 25] = [
    0xCB, 0xCC, 0xCD, 0xCE, 0xCF, 0xD8, 0xD9, 0xDE, 0xDF, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB,
    0xEC, 0xED, 0xEE, 0xEF, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5,
];

/// The characters of a glyph's name, or of the glyph that it is a form of.
fn named(name: &str) -> Option<String> {
    // The dingbats of one old font are named like this, and numbered glyphs of any font.
    if name.strip_prefix('a').is_some_and(is_number) {
        return None;
    }
    let words: String = agl::name_to_chars(name).collect();
    (!words.is_empty() && !words.contains(is_private)).then_some(words)
}

fn is_number(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a character means what a font likes.
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fffd}') || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_of_glyphs_tell_letters() {
        for (name, want) in [
            ("A", Some("A")),
            ("a.sc", Some("a")),
            ("Adieresis", Some("Ä")),
            ("uni20AC", Some("€")),
            ("f_i", Some("fi")),
            ("germandbls", Some("ß")),
            ("g18", None),
            ("a73", None),
            (".notdef", None),
            ("uniE000", None),
        ] {
            assert_eq!(named(name).as_deref(), want, "{name}");
        }
        let said: Vec<u8> = [43, 72, 79, 79, 82]
            .into_iter()
            .filter_map(mac_order)
            .collect();
        assert_eq!(said, b"Hello");
        assert_eq!(
            (mac_order(2), mac_order(98), mac_order(900)),
            (None, Some(0x80), None)
        );
        // A dash, and an œ that may be an Œ.
        assert_eq!((mac_order(178), mac_order(177)), (Some(0xD0), None));
    }

    #[test]
    fn a_broken_font_tells_nothing() {
        assert!(GlyphLetters::read(b"no font").letters.is_empty());
        assert!(GlyphLetters::read(&[]).letters.is_empty());
    }
}
