//! `xmi`: the UIMA CAS as XMI, with the `TypeSystem.xml` that it needs; offsets count UTF-16 code units.
//!
//! Line feeds and tabs in attributes are written as character references, since parsers turn literal ones into spaces
//! and complain about nothing. Characters that XML 1.0 forbids become one space each, so that every offset stands.

use std::fmt::Write;

use super::cas::{META, META_FEATURES, Range, annotations, language, meta, type_name, types};
use super::marks::{MarkSpan, Marks};
use super::units::{Ruler, Slicer};
use super::{ExchangeError, Export, ExportName, File, Job, Report};
use crate::core::handover::OffsetUnit;

/// Writes `NAME.xmi` and `TypeSystem.xml`.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where an annotation does not cut out its words.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let marks = Marks::new(job, &mut report);
    let flat = marks.flat();
    let ruler = Ruler::new(job.text, OffsetUnit::Utf16);
    let all = annotations(&flat, &ruler);
    let forbidden = job.text.as_str().chars().filter(|c| !allowed(*c)).count();
    if forbidden > 0 {
        report.leave_out(
            format!("{forbidden} control characters of the text"),
            "XML forbids them: each is a space",
        );
    }
    let mut xmi = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xmi.push_str(
        "<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" \
         xmlns:tcas=\"http:///uima/tcas.ecore\" xmlns:claimdesk=\"http:///claimdesk.ecore\" xmi:version=\"2.0\">\n",
    );
    xmi.push_str("  <cas:NULL xmi:id=\"0\"/>\n");
    let _ = writeln!(
        xmi,
        "  <cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text/plain\" sofaString=\"{}\"/>",
        escape(job.text.as_str())
    );
    let _ = writeln!(
        xmi,
        "  <tcas:DocumentAnnotation xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"{}\" language=\"{}\"/>",
        ruler.out(job.text.len()),
        escape(language(job))
    );
    let _ = write!(xmi, "  <{} xmi:id=\"3\"", META.replace('.', ":"));
    for (name, value) in META_FEATURES.iter().zip(meta(job)) {
        let _ = write!(xmi, " {name}=\"{}\"", escape(&value));
    }
    xmi.push_str("/>\n");
    for a in &all {
        let (begin, end) = a.ends;
        let _ = write!(
            xmi,
            "  <{} xmi:id=\"{}\" sofa=\"1\" begin=\"{begin}\" end=\"{end}\"",
            type_name(a.label).replace('.', ":"),
            a.id
        );
        for (name, value) in a.texts {
            let _ = write!(xmi, " {name}=\"{}\"", escape(value));
        }
        for (kind, id) in &a.references {
            let _ = write!(xmi, " {}=\"{id}\"", kind.word());
        }
        xmi.push_str("/>\n");
    }
    let members: Vec<String> = [2, 3]
        .into_iter()
        .chain(all.iter().map(|a| a.id))
        .map(|n| n.to_string())
        .collect();
    let _ = writeln!(
        xmi,
        "  <cas:View sofa=\"1\" members=\"{}\"/>",
        members.join(" ")
    );
    xmi.push_str("</xmi:XMI>\n");
    check(job, &flat.pieces, &xmi)?;
    Ok(Export {
        files: vec![
            File {
                name: job.named(".xmi"),
                bytes: xmi.into_bytes(),
            },
            File {
                name: ExportName::own(&["TypeSystem.xml"]),
                bytes: type_system().into_bytes(),
            },
        ],
        report,
    })
}

/// Whether XML 1.0 lets `c` stand in a document.
fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The text as the value of an attribute.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            c if allowed(c) => out.push(c),
            _ => out.push(' '),
        }
    }
    out
}

/// The types that the XMI uses, for tools that must know them first.
fn type_system() -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  <types>\n",
    );
    let mut put = |name: &str, parent: &str, features: &[(&str, &str)]| {
        let _ = write!(
            xml,
            "    <typeDescription>\n      <name>{name}</name>\n      <description/>\n      <supertypeName>{parent}</supertypeName>\n      <features>\n"
        );
        for (f, range) in features {
            let _ = writeln!(
                xml,
                "        <featureDescription><name>{f}</name><description/><rangeTypeName>{range}</rangeTypeName></featureDescription>"
            );
        }
        xml.push_str("      </features>\n    </typeDescription>\n");
    };
    put(
        META,
        "uima.cas.TOP",
        &META_FEATURES.map(|f| (f, "uima.cas.String")),
    );
    for (name, features) in types() {
        let features: Vec<_> = features
            .iter()
            .map(|(f, r)| {
                (
                    *f,
                    match r {
                        Range::Text => "uima.cas.String",
                        Range::Reference => "uima.tcas.Annotation",
                    },
                )
            })
            .collect();
        put(name, "uima.tcas.Annotation", &features);
    }
    xml.push_str("  </types>\n</typeSystemDescription>\n");
    xml
}

/// Reads the text and every annotation back with an XML parser.
fn check(job: &Job<'_>, pieces: &[MarkSpan<'_>], xmi: &str) -> Result<(), ExchangeError> {
    use quick_xml::events::Event;
    let fault = |what: &str| ExchangeError::Internal {
        format: "xmi",
        what: what.into(),
    };
    let mut reader = quick_xml::Reader::from_str(xmi);
    let mut slicer = None;
    let mut pieces = pieces.iter();
    loop {
        match reader.read_event().map_err(|_| fault("the file"))? {
            Event::Eof => break,
            Event::Empty(tag) => {
                let value = |name: &str| {
                    let a = tag.try_get_attribute(name).ok().flatten()?;
                    Some(super::xml::attribute_text(&a.value))
                };
                let name = tag.name();
                if name.as_ref() == "cas:Sofa" {
                    slicer = Some(Slicer::new(
                        &value("sofaString").ok_or_else(|| fault("the text"))?,
                        OffsetUnit::Utf16,
                    ));
                } else if name.as_ref().starts_with("claimdesk:") && value("begin").is_some() {
                    let n = |k: &str| value(k).and_then(|v| v.parse().ok()).unwrap_or(u32::MAX);
                    let piece = pieces
                        .next()
                        .ok_or_else(|| fault("the number of annotations"))?;
                    let words: String = job
                        .text
                        .slice(piece.span)
                        .chars()
                        .map(|c| if allowed(c) { c } else { ' ' })
                        .collect();
                    let slicer = slicer.as_ref().ok_or_else(|| fault("the text"))?;
                    slicer.expect("xmi", "an annotation", (n("begin"), n("end")), &words)?;
                }
            }
            _ => {}
        }
    }
    if pieces.next().is_some() {
        return Err(fault("the number of annotations"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fixture::Fixture;

    #[test]
    fn line_feeds_stay_and_forbidden_characters_are_spaces() {
        assert_eq!(
            escape("a\n<b>\t\"&\u{1b}\u{ffff}🌊"),
            "a&#10;&lt;b&gt;&#9;&quot;&amp;  🌊"
        );
        let f = Fixture::rich();
        let xmi = f.text_of("xmi", 0);
        assert!(xmi.contains("sofaString=\"Kell Bridge 🌊 opens at last&#10;By Jon Pell&#10;"));
        insta::assert_snapshot!(xmi.lines().find(|l| l.contains("claimdesk:Cue")).unwrap_or_default(), @r#"  <claimdesk:Cue xmi:id="7" sofa="1" begin="103" end="119" attribution_id="01900000-0000-7000-8000-000000000107" stance="asserts" certainty="unspecified" quotation_type="none" source_id="01900000-0000-7000-8000-000000000101" source_name="Kell City Council" source_type="organisation" of="5"/>"#);
        assert!(f.text_of("xmi", 1).contains("<name>claimdesk.Claim</name>"));
        assert_eq!(f.export("xmi").report.skipped, []);
    }

    #[test]
    fn control_characters_are_said_to_be_lost() {
        let f = Fixture::empty("a\u{1b}b\u{fffe}c\n");
        assert_eq!(f.export("xmi").report.skipped.len(), 1);
    }
}
