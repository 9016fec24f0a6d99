//! A book's package file: its metadata and the order of its chapters.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::Event;

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
    /// The members of the container that hold the chapters, in reading order.
    pub spine: Vec<String>,
    /// The members that hold a table of contents.
    pub contents: Vec<String>,
}

impl Package {
    /// Reads the package file at `path` of the container.
    ///
    /// # Errors
    /// What is broken in it.
    pub fn read(xml: &[u8], path: &str) -> Result<Self, String> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut package = Self::default();
        let mut items: HashMap<String, String> = HashMap::new();
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
                            // The table of contents is no chapter.
                            let nav = attribute(&e, "properties")
                                .is_some_and(|p| p.split(' ').any(|p| p == "nav"));
                            let ncx = attribute(&e, "media-type")
                                .is_some_and(|t| t == "application/x-dtbncx+xml");
                            match (attribute(&e, "id"), attribute(&e, "href")) {
                                (_, Some(href)) if nav || ncx => {
                                    package.contents.push(join(folder, &href));
                                }
                                (Some(id), Some(href)) => {
                                    items.insert(id, join(folder, &href));
                                }
                                _ => {}
                            }
                        }
                        "itemref" => {
                            let linear = attribute(&e, "linear").is_none_or(|l| l != "no");
                            let member = attribute(&e, "idref")
                                .and_then(|id| items.get(&id))
                                .filter(|_| linear);
                            package.spine.extend(member.cloned());
                        }
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
        match package.spine.is_empty() {
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
