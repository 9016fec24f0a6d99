//! Round trips of generated sessions, and bytes that are no file of ours.

use proptest::prelude::*;

use super::*;

/// Numbers from which a session is made; every list is used round and round.
#[derive(Clone, Debug)]
struct Recipe {
    text: String,
    spans: Vec<(u32, u32, u32)>,
    numbers: Vec<usize>,
    words: Vec<String>,
}

fn recipes() -> impl Strategy<Value = Recipe> {
    let text = "([a-z]{1,5}|[ \n\t]|é|e\u{301}|日本|🌊|👩‍🚀|\u{a0}|[.,;<&\"'|*]){20,90}";
    let words = "([a-z]{0,4}|é|🌊|日|[<&\"'\n\t=@,;*_]|\u{2028}){0,6}";
    (
        text,
        proptest::collection::vec((any::<u32>(), 0u32..30, 0u32..4), 4..20),
        proptest::collection::vec(any::<usize>(), 8..60),
        proptest::collection::vec(words, 3..12),
    )
        .prop_map(|(text, spans, numbers, words)| Recipe {
            text,
            spans,
            numbers,
            words,
        })
}

struct Cook<'a> {
    recipe: &'a Recipe,
    f: Fixture,
    number: usize,
    word: usize,
    span: usize,
}

impl Cook<'_> {
    fn n(&mut self) -> usize {
        self.number += 1;
        self.recipe.numbers[self.number % self.recipe.numbers.len()].wrapping_add(self.number)
    }
    fn text(&mut self) -> String {
        self.word += 1;
        self.recipe.words[self.word % self.recipe.words.len()].clone()
    }
    fn some(&mut self) -> Option<String> {
        Some(self.text()).filter(|t| !t.trim().is_empty())
    }
    fn contact(&mut self) -> Option<Contact> {
        let who = self.some()?;
        Some(Contact {
            who,
            at: self.text(),
            how: self.text(),
            reached: self.n().is_multiple_of(2),
        })
    }
    fn value<V: Vocabulary>(&mut self) -> V {
        V::ALL[self.n() % V::ALL.len()]
    }
    /// Spans with visible words in them.
    fn spans(&mut self) -> Vec<Span> {
        self.span += 1;
        let (start, length, pieces) = self.recipe.spans[self.span % self.recipe.spans.len()];
        let len = self.f.text.len();
        let mut at = start.wrapping_add(self.span as u32) % len;
        let mut all = Vec::new();
        for _ in 0..=pieces.saturating_sub(2) {
            let span = Span::new(at.min(len - 1), (at + length + 1).min(len));
            at = span.end + 2;
            let visible = self
                .f
                .text
                .slice(span)
                .chars()
                .any(|c| !c.is_whitespace() && !c.is_control());
            if at < len && visible {
                all.push(span);
            }
        }
        all
    }

    fn cook(mut self) -> Fixture {
        let mut sources = vec![SourceId::ARTICLE];
        for _ in 0..self.n() % 4 {
            let name = format!("{}{}", self.text().trim(), self.number);
            let kind = self.value();
            let id = self.f.source(&name.replace(['\n', '\t'], " "), kind);
            let role = self.text();
            self.f.session.sources.get_mut(&id).unwrap().role = role;
            sources.push(id);
        }
        let mut items = Vec::new();
        for _ in 0..self.n() % 3 {
            let id = EvidenceId(self.f.id());
            let item = Evidence {
                source: Some(sources[self.n() % sources.len()]),
                title: self.text(),
                kind: self.value(),
                contact: self.contact(),
                calculation: self.text(),
                url: self.some(),
                archived_url: self.some(),
                note: self.text(),
                ..Evidence::empty(id)
            };
            self.f.session.evidence.insert(id, item);
            items.push(id);
        }
        for _ in 0..1 + self.n() % 6 {
            self.claim(&sources, &items);
        }
        if self.n().is_multiple_of(2) {
            let spans = self.spans();
            if !spans.is_empty()
                && !self
                    .f
                    .session
                    .statements
                    .contains_key(&StatementId::of(self.f.session.version(), &spans))
            {
                let id = self.f.statement(spans, Decision::Dismissed);
                self.f.session.statements.get_mut(&id).unwrap().reason = self.text();
            }
        }
        self.f
    }

    fn claim(&mut self, sources: &[SourceId], items: &[EvidenceId]) {
        let mut statements = Vec::new();
        for _ in 0..1 + self.n() % 3 {
            let spans = self.spans();
            if !spans.is_empty()
                && !statements.contains(&StatementId::of(self.f.session.version(), &spans))
            {
                statements.push(self.f.statement(spans, Decision::TakenUp));
            }
        }
        let Some(first) = statements.first().cloned() else {
            return;
        };
        let id = ClaimId(self.f.id());
        let mut c = Claim::on(id, first, stamp());
        c.statements = statements.clone().into();
        c.wording = self.some();
        c.check_worthiness = self.value();
        c.claim_type = self.value();
        c.verification_status = self.value();
        c.rating = Rating::new((self.n() % 7) as u8);
        c.justification = self.text();
        c.workflow_state = self.value();
        c.notes = self.text();
        c.tags.insert(format!("t{}", self.n()));
        c.tags.insert(format!("x{}", self.text().replace('\n', "")));
        if self.n().is_multiple_of(2) {
            c.change = Some(TextChange {
                replacement: self.text(),
                reason: self.text(),
                must: self.n().is_multiple_of(2),
                state: self.value(),
            });
        }
        // A wording that is the exact words says nothing more than none.
        if c.wording.as_deref() == Some(&self.f.session.statements[&c.home].anchor.exact) {
            c.wording = None;
        }
        self.f.session.claims.insert(id, c);
        for _ in 0..self.n() % 3 {
            let a = AttributionId(self.f.id());
            let statement = statements[self.n() % statements.len()].clone();
            let pick = |n: usize| sources[n % sources.len()];
            let record = Attribution {
                source: (!self.n().is_multiple_of(4)).then(|| pick(self.n())),
                source_span: self.spans(),
                cue: self.spans(),
                content: self.spans(),
                stance: self.value(),
                certainty: self.value(),
                quotation_type: self.value(),
                via: (self.n().is_multiple_of(3)).then(|| pick(self.n())),
                about: if self.n().is_multiple_of(3) {
                    Set::one(pick(self.n()))
                } else {
                    Set::default()
                },
                ..Attribution::on(a, id, statement)
            };
            self.f.session.attributions.insert(a, record);
        }
        for item in items {
            if self.n().is_multiple_of(2) {
                let h = HeldId(self.f.id());
                let record = Held {
                    locator: self.text(),
                    excerpt: self.text(),
                    evidence_stance: self.value(),
                    credibility: self.value(),
                    ..Held::against(h, id, *item)
                };
                self.f.session.held.insert(h, record);
            }
        }
    }
}

/// The main file of every format that can be read, written once.
fn written() -> &'static [(&'static str, Vec<u8>)] {
    static FILES: std::sync::OnceLock<Vec<(&str, Vec<u8>)>> = std::sync::OnceLock::new();
    FILES.get_or_init(|| {
        let f = Fixture::rich();
        let readable = crate::exchange::FORMATS.iter().filter(|x| x.read.is_some());
        readable
            .map(|x| {
                (
                    x.info.name,
                    f.export(x.info.name)
                        .files
                        .remove(usize::from(x.info.name == "brat"))
                        .bytes,
                )
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn any_session_goes_out_and_comes_back(recipe in recipes()) {
        let f = Fixture::empty(&recipe.text);
        round_trips(&Cook { recipe: &recipe, f, number: 0, word: 0, span: 0 }.cook());
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in any::<usize>(), flip in any::<u8>()) {
        for (name, file) in written() {
            let _ = reading(name, "x", &bytes, &txt("some text"));
            let mut file = file.clone();
            let at = cut % file.len();
            file[at] ^= flip;
            let _ = reading(name, "x.ann", &file, &txt(crate::exchange::fixture::TEXT));
            file.truncate(at);
            let _ = reading(name, "x.ann", &file, &txt(crate::exchange::fixture::TEXT));
        }
    }
}
