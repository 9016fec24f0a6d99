//! Which part of a DOCX file holds what: the file says it in its relations, and programs name their parts as they like.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::reader::input::error::ReadError;
use crate::reader::input::zipped::{Zipped, attribute};

/// The relations of a part: what each leads to, by the last word of its type.
#[derive(Debug, Default)]
pub(super) struct Relations(Vec<(String, String)>);

impl Relations {
    /// Reads the relations of the part `of`; those of the file itself where it is empty.
    ///
    /// # Errors
    /// As [`Zipped::member`].
    pub fn read(zip: &mut Zipped, of: &str) -> Result<Self, ReadError> {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let at = match folder {
            "" => format!("_rels/{name}.rels"),
            folder => format!("{folder}/_rels/{name}.rels"),
        };
        let xml = zip.member(&at)?.unwrap_or_default();
        let mut relations = Self::default();
        let mut reader = Reader::from_reader(xml.as_slice());
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(e) | Event::Empty(e)) => {
                    let outside = attribute(&e, "TargetMode").is_some_and(|m| m == "External");
                    let kind = attribute(&e, "Type").filter(|_| !outside);
                    if let Some((kind, target)) = kind.zip(attribute(&e, "Target")) {
                        let kind = kind.rsplit('/').next().unwrap_or_default().to_string();
                        relations.0.push((kind, path(folder, &target)));
                    }
                }
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
            buffer.clear();
        }
        Ok(relations)
    }

    /// Where the part of this kind is; `usual` where the file does not say it.
    pub fn path(&self, kind: &str, usual: &str) -> String {
        let found = self.0.iter().find(|(k, _)| k == kind);
        found.map_or_else(|| usual.to_string(), |(_, path)| path.clone())
    }
}

/// The member that `target` names, seen from `folder`.
fn path(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|p| !p.is_empty()).collect(),
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_their_folder() {
        for (folder, target, want) in [
            ("", "word/document2.xml", "word/document2.xml"),
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/styles.xml", "word/styles.xml"),
            ("word", "../docProps/core.xml", "docProps/core.xml"),
        ] {
            assert_eq!(path(folder, target), want);
        }
    }
}
