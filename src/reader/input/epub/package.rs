//! A book's package file: its metadata and the order of its chapters.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::reader::input::account::Omission;
use crate::reader::input::draft::one_line;
use crate::reader::input::tags::entities;
use crate::reader::input::zipped::attribute;

/// What a package file says.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub title: String,
    pub creator: String,
    pub language: String,
    pub date: Option<String>,
    /// The members of the container that have a place in the reading order.
    pub spine: Vec<SpineItem>,
    /// Pages in that order that are no text, and that no text stands in for.
    pub pictures: usize,
    /// The members that hold a table of contents.
    pub contents: Vec<String>,
}

/// A member of the container that has a place in the reading order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SpineItem {
    /// Its path in the container.
    pub path: String,
    /// Why it is none of the chapters, where it is not: the table of contents, or what is only led to.
    pub aside: Option<Omission>,
}

/// A member of the container, as the manifest names it.
struct Item {
    path: String,
    is_text: bool,
    is_contents: bool,
    /// The one to show where this one cannot be.
    fallback: Option<String>,
}

impl Item {
    fn of(element: &BytesStart<'_>, folder: &str) -> Option<(String, Self)> {
        let kind = attribute(element, "media-type").unwrap_or_default();
        let properties = attribute(element, "properties").unwrap_or_default();
        let mut others = ["image/", "audio/", "video/", "font/"].iter();
        let item = Self {
            path: join(folder, &attribute(element, "href")?),
            is_text: kind == "image/svg+xml" || !others.any(|other| kind.starts_with(other)),
            is_contents: properties.split(' ').any(|p| p == "nav")
                || kind == "application/x-dtbncx+xml",
            fallback: attribute(element, "fallback"),
        };
        Some((attribute(element, "id").unwrap_or_default(), item))
    }
}

/// The item `id`, or what stands in for it where it is no text.
fn text_of<'a>(items: &'a HashMap<String, Item>, id: &str) -> Option<&'a Item> {
    let mut item = items.get(id)?;
    // As many steps as there are items: fallbacks may go round in a circle.
    for _ in 0..items.len() {
        if item.is_text {
            return Some(item);
        }
        item = items.get(item.fallback.as_deref()?)?;
    }
    None
}

impl Package {
    /// Gives the item that a reference of the spine names its place.
    fn place(&mut self, reference: &BytesStart<'_>, items: &HashMap<String, Item>) {
        let id = attribute(reference, "idref").unwrap_or_default();
        let is_linear = attribute(reference, "linear").is_none_or(|l| l != "no");
        let item = text_of(items, &id);
        // The table of contents is no description of a picture.
        let stands_in =
            |item: &&Item| !item.is_contents || items.get(&id).is_some_and(|i| i.is_text);
        let Some(item) = item.filter(stands_in) else {
            self.pictures += usize::from(items.contains_key(&id));
            return;
        };
        self.spine.push(SpineItem {
            path: item.path.clone(),
            aside: match (item.is_contents, is_linear) {
                (true, _) => Some(Omission::Navigation),
                (false, false) => Some(Omission::Surroundings),
                (false, true) => None,
            },
        });
    }

    /// Reads the package file at `path` of the container.
    ///
    /// # Errors
    /// What is broken in it.
    pub fn read(xml: &[u8], path: &str) -> Result<Self, String> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut package = Self::default();
        let mut items: HashMap<String, Item> = HashMap::new();
        let mut creators: Vec<String> = Vec::new();
        let (mut field, mut text) = (String::new(), String::new());
        let mut reader = Reader::from_reader(xml);
        let mut buffer = Vec::new();
        loop {
            match reader
                .read_event_into(&mut buffer)
                .map_err(|e| e.to_string())?
            {
                Event::Start(e) | Event::Empty(e) => {
                    let name = e.local_name();
                    match name.as_ref() {
                        "item" => {
                            if let Some((id, item)) = Item::of(&e, folder) {
                                if item.is_contents {
                                    package.contents.push(item.path.clone());
                                }
                                items.insert(id, item);
                            }
                        }
                        "itemref" => package.place(&e, &items),
                        name => {
                            field = name.to_string();
                            text.clear();
                        }
                    }
                }
                Event::Text(e) => text.push_str(&e),
                Event::GeneralRef(e) => {
                    let name = format!("&{};", &*e);
                    text.push_str(&entities(&name));
                }
                Event::End(e) if e.local_name().as_ref() == field => {
                    let value = one_line(&text);
                    match field.as_str() {
                        "title" if package.title.is_empty() => package.title = value,
                        "creator" if !value.is_empty() => creators.push(value),
                        "language" if package.language.is_empty() => package.language = value,
                        "date" if package.date.is_none() && !value.is_empty() => {
                            package.date = Some(value)
                        }
                        _ => {}
                    }
                    field.clear();
                }
                Event::Eof => break,
                _ => {}
            }
            buffer.clear();
        }
        package.creator = creators.join(", ");
        let has_chapters = package.spine.iter().any(|item| item.aside.is_none());
        match !has_chapters && package.pictures == 0 {
            true => Err("it lists no chapters".into()),
            false => Ok(package),
        }
    }
}

/// The members that the table of contents at `path` leads to, each with its name there: links of a navigation page, or
/// points of an NCX file.
pub(super) fn contents(xml: &[u8], path: &str) -> Vec<(String, String)> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (mut found, mut link, mut name, mut inside) = (Vec::new(), None, String::new(), false);
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(e) | Event::Empty(e)) => match e.local_name().as_ref() {
                "a" => {
                    link = attribute(&e, "href");
                    name.clear();
                    inside = true;
                }
                "text" => {
                    name.clear();
                    inside = true;
                }
                "content" => {
                    if let Some(to) = attribute(&e, "src") {
                        found.push((join(folder, &to), one_line(&name)));
                    }
                }
                _ => {}
            },
            Ok(Event::Text(e)) if inside => name.push_str(&e),
            Ok(Event::GeneralRef(e)) if inside => name.push_str(&entities(&format!("&{};", &*e))),
            Ok(Event::End(e)) if matches!(e.local_name().as_ref(), "a" | "text") => {
                inside = false;
                if let Some(to) = link.take() {
                    found.push((join(folder, &to), one_line(&name)));
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
        buffer.clear();
    }
    found.retain(|(_, name)| !name.is_empty());
    found
}

/// The path of the package file that the container names.
pub(super) fn root_file(container: &[u8]) -> Option<String> {
    first_attribute(container, "rootfile", "full-path")
}

fn first_attribute(xml: &[u8], element: &str, key: &str) -> Option<String> {
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == element => {
                return attribute(&e, key).filter(|v| !v.is_empty());
            }
            Event::Eof => return None,
            _ => {}
        }
        buffer.clear();
    }
}

/// Whether the encryption file names the member `path`. (Fonts are often "encrypted"; they do not matter.)
pub(super) fn locks(encryption: &[u8], path: &str) -> bool {
    let mut reader = Reader::from_reader(encryption);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(e) | Event::Empty(e))
                if e.local_name().as_ref() == "CipherReference" =>
            {
                if attribute(&e, "URI").is_some_and(|uri| join("", &uri) == path) {
                    return true;
                }
            }
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

/// The member that `href`, written in a file of `folder`, means: percent signs resolved, `..` followed.
fn join(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut parts: Vec<String> = match href.starts_with('/') {
        true => Vec::new(),
        false => folder
            .split('/')
            .filter(|p| !p.is_empty())
            .map(String::from)
            .collect(),
    };
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(unescape(part)),
        }
    }
    parts.join("/")
}

fn unescape(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, behind @ ..] = rest {
        let code = match (first, behind) {
            (b'%', [a, b, ..]) => std::str::from_utf8(&[*a, *b])
                .ok()
                .and_then(|h| u8::from_str_radix(h, 16).ok()),
            _ => None,
        };
        match code {
            Some(code) => {
                bytes.push(code);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_contents_of_both_kinds_name_the_chapters() {
        let nav = b"<html><nav><ol><li><a href='a.xhtml'>One &amp; <i>all</i></a></li><li><a href='b.xhtml#x'>Two</a></li><li><a href='c'/></li></ol></nav></html>";
        let ncx = b"<ncx><navMap><navPoint><navLabel><text>One &amp; all</text></navLabel><content src='a.xhtml'/></navPoint>\
            <navPoint><navLabel><text>Two</text></navLabel><content src='b.xhtml#x'/></navPoint></navMap></ncx>";
        let want = [("OPS/a.xhtml", "One & all"), ("OPS/b.xhtml", "Two")];
        for source in [&nav[..], &ncx[..]] {
            let found = contents(source, "OPS/toc");
            let found: Vec<_> = found
                .iter()
                .map(|(m, n)| (m.as_str(), n.as_str()))
                .collect();
            assert_eq!(found, want);
        }
    }

    #[test]
    fn links_are_resolved_inside_the_container() {
        for (folder, href, want) in [
            ("OPS", "text/a.xhtml#x", "OPS/text/a.xhtml"),
            ("OPS/text", "../b%20c.xhtml", "OPS/b c.xhtml"),
            ("", "/x/./y", "x/y"),
            ("a", "../../../etc/passwd", "etc/passwd"),
            ("", "100%", "100%"),
            ("", "%zz%4", "%zz%4"),
        ] {
            assert_eq!(join(folder, href), want, "{href}");
        }
    }
}
