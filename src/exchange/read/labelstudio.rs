//! Reads `label-studio` tasks: the first task's annotation, its prediction where there is none.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::anchor::{MarkPlace, MarkWords, Placer};
use super::marks::{Meta, ReadLink, ReadMark, build};
use super::{Imported, Incoming, ReadReport, limits};
use crate::core::handover::OffsetUnit;
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Ids;
use crate::exchange::error::ExchangeError;
use crate::exchange::lenient::{Any, Atom, Entries, JsonKey, Many, Object, other};

const NAME: &str = "label-studio";

/// Reads the first task.
pub fn read(file: &Incoming<'_>, ids: &mut dyn Ids) -> Result<Imported, ExchangeError> {
    let tasks: Tasks<'_> = limits::json(file.name, NAME, file.text(NAME)?)?;
    let mut report = ReadReport::default();
    if tasks.all.len() > 1 {
        report.lose(
            format!("{} more tasks", tasks.all.len() - 1),
            "a session is one article: the first task is read",
        );
    }
    let task = tasks
        .all
        .first()
        .ok_or_else(|| file.error(NAME, "its first entry", "it has no task"))?;
    let text = task
        .text()
        .ok_or_else(|| file.error(NAME, "[0].data", "it holds no text"))?;
    let text = ArticleText::new(text.into());
    let results = task.work(&mut report).ok_or_else(|| {
        file.error(
            NAME,
            "[0]",
            "it has neither annotations nor predictions with a result",
        )
    })?;
    let regions = results.iter().filter(|r| r.is_region());
    let quoted = regions.clone().filter_map(|r| {
        let (start, end) = r.ends();
        Some((start?, end?, r.words()?))
    });
    let mut placer = Placer::new(
        &text,
        file.unit,
        &[OffsetUnit::Codepoint, OffsetUnit::Utf16],
        quoted,
    );
    let mut marks: Vec<ReadMark> = Vec::new();
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    for (n, r) in results.iter().enumerate().filter(|(_, r)| r.is_region()) {
        let (Some(start), Some(end)) = r.ends() else {
            return Err(file.error(
                NAME,
                format!("[0].result[{n}].value"),
                "start and end are no whole numbers",
            ));
        };
        let spans = placed(&mut placer, (start, end), r.words(), &mut report);
        if let Some(id) = r.id.text() {
            by_id.insert(id, marks.len());
        }
        let labels = r.texts(r.kind.words());
        let mut mark = ReadMark {
            label: labels.first().map_or_else(String::new, Cow::to_string),
            spans,
            ..ReadMark::default()
        };
        for more in labels.iter().skip(1) {
            mark.fields.insert(format!("label_{more}"), String::new());
        }
        marks.push(mark);
    }
    let links = rest(results, &by_id, &mut marks, &mut report);
    limits::records(file.name, NAME, marks.len(), "regions")?;
    let meta = &task.data.meta;
    Ok(build(file, ids, text.clone(), meta, marks, &links, report))
}

/// Where a region stands, by its offsets or by its words; none where neither tells.
fn placed(
    placer: &mut Placer<'_>,
    (start, end): (u32, u32),
    words: Option<&str>,
    report: &mut ReadReport,
) -> Vec<Span> {
    let quote = words.map(|exact| MarkWords {
        exact,
        ..MarkWords::default()
    });
    let words = words.unwrap_or("");
    match placer.place(start, end, quote) {
        MarkPlace::There(span) => vec![span],
        MarkPlace::Moved(span) => {
            report.moved(words);
            vec![span]
        }
        MarkPlace::Nowhere => {
            report.lose(
                words,
                "its offsets do not cut out its words, and they stand nowhere else",
            );
            Vec::new()
        }
    }
}

/// Gives marks the fields that stand beside them, and returns the links between them.
fn rest(
    results: &[Item<'_>],
    by_id: &HashMap<&str, usize>,
    marks: &mut [ReadMark],
    report: &mut ReadReport,
) -> Vec<ReadLink> {
    let mut links = Vec::new();
    for r in results.iter().filter(|r| !r.is_region()) {
        if r.kind.words() == "relation" {
            match r.link(by_id) {
                Some(link) => links.push(link),
                None => report.lose(
                    format!("{} to {}", r.from_id, r.to_id),
                    "it links regions that are not there",
                ),
            }
            continue;
        }
        let kind = r.kind.words();
        let name = r.from_name.text().unwrap_or(kind);
        let values = r.texts(if kind == "textarea" { "text" } else { kind });
        let region = r.id.text().and_then(|id| by_id.get(id));
        match region.and_then(|n| marks.get_mut(*n)) {
            Some(mark) => {
                mark.fields.insert(name.into(), values.join("\n"));
            }
            None => report.lose(
                format!("{name}: {}", values.join(", ")),
                "it is about the whole text or a region that is not there",
            ),
        }
    }
    links
}

/// A file of tasks, or one task.
type Tasks<'a> = Many<Task<'a>>;

/// A text with what annotators and models say of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Task<'a> {
    #[serde(borrow)]
    data: Data<'a>,
    #[serde(borrow)]
    annotations: Many<Work<'a>>,
    #[serde(borrow)]
    completions: Many<Work<'a>>,
    #[serde(borrow)]
    predictions: Many<Work<'a>>,
}

impl Object<'_> for Task<'_> {}

/// The work of one annotator or model.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Work<'a> {
    #[serde(borrow)]
    was_cancelled: Atom<'a>,
    #[serde(borrow)]
    result: Many<Item<'a>>,
}

impl Object<'_> for Work<'_> {}

impl Task<'_> {
    /// The text, under that name or the first that there is.
    pub fn text(&self) -> Option<&str> {
        let named = self.data.texts.iter().find(|(key, _)| key == "text");
        let first = named.or(self.data.texts.first())?;
        Some(&first.1)
    }

    /// The results of the first annotator who gave any, or of the first model.
    fn work(&self, report: &mut ReadReport) -> Option<&[Item<'_>]> {
        let all = [
            ("annotations", &self.annotations),
            ("completions", &self.completions),
            ("predictions", &self.predictions),
        ];
        all.into_iter()
            .filter(|(_, k)| k.list)
            .find_map(|(name, k)| {
                let given = |w: &&Work<'_>| w.was_cancelled != Atom::Bool(true) && w.result.list;
                let used = k.all.iter().find(given)?;
                if k.all.len() > 1 {
                    report.lose(
                        format!("{} more {name}", k.all.len() - 1),
                        "one annotator's work is read: the first",
                    );
                }
                Some(used.result.all.as_slice())
            })
    }
}

/// One result: a label, choice or text of a region, or a link between two.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::exchange) struct Item<'a> {
    #[serde(borrow)]
    id: Atom<'a>,
    #[serde(borrow, rename = "type")]
    kind: Atom<'a>,
    #[serde(borrow)]
    from_name: Atom<'a>,
    #[serde(borrow)]
    from_id: Atom<'a>,
    #[serde(borrow)]
    to_id: Atom<'a>,
    #[serde(borrow)]
    direction: Atom<'a>,
    #[serde(borrow)]
    labels: Atom<'a>,
    #[serde(borrow)]
    value: Entries<'a>,
}

impl Object<'_> for Item<'_> {}

impl Item<'_> {
    /// Whether it marks words.
    pub fn is_region(&self) -> bool {
        matches!(self.kind.words(), "labels" | "hypertextlabels")
    }

    /// Its offsets, as far as they are any.
    pub fn ends(&self) -> (Option<u32>, Option<u32>) {
        let offset = |key: &str| self.value.get(key)?.offset();
        (offset("start"), offset("end"))
    }

    /// Its words, where it has them.
    pub fn words(&self) -> Option<&str> {
        self.value.get("text")?.text()
    }

    /// The texts of a part of its value: what is one thing is taken as a list of it.
    fn texts(&self, key: &str) -> Vec<Cow<'_, str>> {
        self.value.get(key).map_or_else(Vec::new, Atom::texts)
    }

    fn link(&self, by_id: &HashMap<&str, usize>) -> Option<ReadLink> {
        let end = |id: &Atom<'_>| by_id.get(id.text()?).copied();
        let (from, to) = (end(&self.from_id)?, end(&self.to_id)?);
        let left = self.direction.words() == "left";
        Some(ReadLink {
            from: if left { to } else { from },
            to: if left { from } else { to },
            kind: self
                .labels
                .texts()
                .first()
                .map_or_else(String::new, Cow::to_string),
        })
    }
}

/// The data of a task: its texts, and what we keep of the article.
#[derive(Clone, Debug, Default)]
struct Data<'a> {
    texts: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    meta: Meta<'a>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Data<'a> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(DataVisitor)
    }
}

struct DataVisitor;

impl<'de> Visitor<'de> for DataVisitor {
    type Value = Data<'de>;
    other!(visit_bool bool visit_u64 u64 visit_i64 i64 visit_f64 f64 visit_str &str);
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Data<'de>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Data::default())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Data<'de>, A::Error> {
        let mut data = Data::default();
        while let Some(JsonKey(key)) = map.next_key()? {
            if key == "claimdesk" {
                data.meta = map.next_value::<Any<Meta<'_>>>()?.0;
            } else if let Atom::Text(text) = map.next_value()? {
                data.texts.push((key, text));
            }
        }
        Ok(data)
    }
}
