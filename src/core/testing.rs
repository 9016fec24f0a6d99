//! Sessions for tests: any valid history, as a strategy for property tests.
#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;
use uuid::Uuid;

use super::check::Check;
use super::desk::{Desk, Who};
use super::edit::{Change, Edit};
use super::history::History;
use super::ids::*;
use super::model::*;
use super::proposal::Proposals;
use super::text::{ArticleText, Span};
use super::vocabulary::*;

/// What a made-up checker does next; what it means depends on the session at that moment.
#[derive(Clone, Debug)]
pub struct Act {
    kind: u8,
    pick: usize,
    text: String,
    number: u32,
}

/// A session with the steps that made it, all of them valid: they fit, one after the other.
#[derive(Clone, Debug)]
pub struct Played {
    /// The state after the last step.
    pub session: Session,
    /// Every step; the first is the birth.
    pub history: History,
}

/// Any history of up to `longest` steps after the birth.
pub fn histories(longest: usize) -> impl Strategy<Value = Played> {
    proptest::collection::vec(acts(), 0..=longest).prop_map(|acts| {
        let mut playing = Playing::begin();
        acts.iter().for_each(|act| playing.act(act));
        playing.end()
    })
}

fn acts() -> impl Strategy<Value = Act> {
    let text = "\\PC{0,8}|[\\n\\r\\t\"\\\\/é日🌊\u{1b}\u{7f}\u{2028}]{0,6}";
    (0u8..16, any::<usize>(), text, any::<u32>()).prop_map(|(kind, pick, text, number)| Act {
        kind,
        pick,
        text,
        number,
    })
}

/// A stamp, where it does not matter who made something, and when.
pub fn stamp() -> Stamp {
    Stamp {
        at: Time::UNIX_EPOCH,
        by: CheckerId::of("a"),
    }
}

fn time(n: u64) -> Time {
    Time::from_millisecond(1_790_000_000_000 + i64::try_from(n).unwrap() * 61_001).unwrap()
}

fn id<I: From<Uuid>>(kind: u128, n: usize) -> I {
    Uuid::from_u128((kind << 64) | 0x7000_8000_0000_0000_0000 | n as u128).into()
}

fn pick<'a, T>(mut from: impl ExactSizeIterator<Item = &'a T>, at: usize) -> Option<&'a T> {
    let n = from.len();
    from.nth(at.checked_rem(n)?)
}

fn word<V: Vocabulary>(at: usize) -> V {
    V::ALL[at % V::ALL.len()]
}

impl Act {
    fn spans(&self) -> Vec<Span> {
        let start = self.number % 5000;
        let mut spans = vec![Span::new(start, start + self.number % 97)];
        if self.pick.is_multiple_of(3) {
            spans.push(Span::new(start + 200, start + 230));
        }
        spans
    }

    fn maybe_text(&self) -> Option<String> {
        (!self.pick.is_multiple_of(4)).then(|| self.text.clone())
    }

    fn anchor(&self) -> Anchor {
        Anchor {
            version: VersionId::numbered(1 + self.number % 3),
            statement_id: self
                .pick
                .is_multiple_of(2)
                .then(|| StatementId::of(VersionId::numbered(1), &self.spans())),
            spans: self.spans(),
            exact: self.text.clone(),
            prefix: "before ".into(),
            suffix: self.text.clone(),
            orphaned: self.pick.is_multiple_of(5),
        }
    }
}

impl Played {
    /// A session that has just been born.
    pub fn born() -> Self {
        Playing::begin().end()
    }
}

/// A desk at which a made-up checker works.
struct Playing(Desk);

impl Playing {
    fn begin() -> Self {
        let session = Session::new(id(1, 0), "kell-bridge", time(0));
        let check = Check::new(session, ArticleText::default(), Proposals::default());
        let mut playing = Self(Desk::new(check, History::default()));
        playing.as_ana(|desk, who| assert!(desk.begin(who).changed()));
        playing
    }

    fn end(self) -> Played {
        Played {
            session: self.session().clone(),
            history: self.0.history().clone(),
        }
    }

    fn session(&self) -> &Session {
        self.0.check().session()
    }

    /// Does `work` as Ana, at the time of the next step and with its id.
    fn as_ana<R>(&mut self, work: impl FnOnce(&mut Desk, &mut Who<'_>) -> R) -> R {
        let seq = self.0.history().seq() + 1;
        let ana = Checker {
            id: CheckerId::of("Ana"),
            name: "Ana".into(),
        };
        let mut who = Who {
            checker: &ana,
            at: time(seq),
            ids: &mut || id(2, usize::try_from(seq).unwrap()),
        };
        work(&mut self.0, &mut who)
    }

    /// Does one thing, if the session allows it.
    fn act(&mut self, act: &Act) {
        match act.kind {
            // What cannot be taken back or made again stays as it is.
            0 => drop(self.as_ana(|desk, who| desk.undo(who))),
            1 => drop(self.as_ana(|desk, who| desk.redo(who))),
            _ => {
                let edits = self.edits(act).unwrap_or_default();
                self.as_ana(|desk, who| {
                    desk.step(who, |tx, _, _| {
                        edits.into_iter().for_each(|e| tx.push(e));
                        None
                    })
                });
            }
        }
    }

    fn edits(&self, act: &Act) -> Option<Vec<Edit>> {
        let s = self.session();
        let n = self.0.history().steps().len();
        let create = |edit: Edit| Some(vec![edit]);
        match act.kind {
            2 | 3 => Some(self.take_up(act, n)),
            4 => {
                let source = Source::unnamed(id(4, n));
                create(Edit::Source(source.id, Change::Create(Box::new(source))))
            }
            5 => {
                let item = Evidence::empty(id(5, n));
                create(Edit::Evidence(item.id, Change::Create(Box::new(item))))
            }
            6 => {
                let claim = *pick(s.claims.keys(), act.pick)?;
                let item = *pick(s.evidence.keys(), act.pick / 7)?;
                let held = Held::against(id(6, n), claim, item);
                create(Edit::Held(held.id, Change::Create(Box::new(held))))
            }
            7 => self.withdraw(act),
            8 => {
                let name = format!("{}{}", act.text, act.number % 3);
                // Somebody who joins, or Ana, who is called otherwise from then on.
                let id = match act.pick.is_multiple_of(5) {
                    true => CheckerId::of("Ana"),
                    false => CheckerId::of(&name),
                };
                let keys = ArticleKey::ALL;
                let (from, to) = article_change(s, keys[act.pick % keys.len()], act);
                Some(vec![
                    Edit::Checker(Checker { id, name }),
                    Edit::Article(from, to),
                ])
            }
            9 => {
                let r = pick(s.statements.values(), act.pick)?;
                let (from, to) = statement_change(r, act);
                Some(vec![Edit::Statement(r.id.clone(), Change::Set(from, to))])
            }
            10 | 11 => {
                let r = pick(s.claims.values(), act.pick)?;
                let (from, to) = claim_change(s, r, act);
                let changes = Change::between(from, to).into_iter();
                let edits: Vec<Edit> = changes.map(|c| Edit::Claim(r.id, c)).collect();
                Some(edits).filter(|all| !all.is_empty())
            }
            12 => {
                let r = pick(s.attributions.values(), act.pick)?;
                let (from, to) = attribution_change(s, r, act);
                Some(vec![Edit::Attribution(r.id, Change::Set(from, to))])
            }
            13 => {
                let r = pick(s.sources.values(), act.pick)?;
                let (from, to) = source_change(r, act);
                Some(vec![Edit::Source(r.id, Change::Set(from, to))])
            }
            14 => {
                let r = pick(s.evidence.values(), act.pick)?;
                let (from, to) = evidence_change(s, r, act);
                Some(vec![Edit::Evidence(r.id, Change::Set(from, to))])
            }
            _ => {
                let r = pick(s.held.values(), act.pick)?;
                let (from, to) = held_change(r, act);
                Some(vec![Edit::Held(r.id, Change::Set(from, to))])
            }
        }
    }

    /// A statement (unless it is there), a claim on it and an attribution.
    fn take_up(&self, act: &Act, n: usize) -> Vec<Edit> {
        let mut edits = Vec::new();
        let statement = StatementId::of(VersionId::numbered(1), &act.spans());
        if !self.session().statements.contains_key(&statement) {
            let record = Statement {
                id: statement.clone(),
                anchor: act.anchor(),
                block: word(act.pick),
                decision: Decision::TakenUp,
                reason: String::new(),
                origin: word(act.pick),
                why: act.text.clone(),
            };
            edits.push(Edit::Statement(
                statement.clone(),
                Change::Create(Box::new(record)),
            ));
        }
        let stamp = Stamp {
            at: time(n as u64 + 1),
            by: CheckerId::of("Ana"),
        };
        let claim = Claim::on(id(3, n), statement.clone(), stamp);
        let attribution = Attribution::on(id(7, n), claim.id, statement);
        edits.push(Edit::Claim(claim.id, Change::Create(Box::new(claim))));
        edits.push(Edit::Attribution(
            attribution.id,
            Change::Create(Box::new(attribution)),
        ));
        edits
    }

    /// A claim with all that hangs on it.
    fn withdraw(&self, act: &Act) -> Option<Vec<Edit>> {
        let s = self.session();
        let claim = pick(s.claims.values(), act.pick)?;
        let mut edits: Vec<Edit> = s
            .held_against(claim.id)
            .map(|h| Edit::Held(h.id, Change::Remove(Box::new(h.clone()))))
            .collect();
        edits.extend(
            s.attributions_of(claim.id)
                .map(|a| Edit::Attribution(a.id, Change::Remove(Box::new(a.clone())))),
        );
        edits.push(Edit::Claim(
            claim.id,
            Change::Remove(Box::new(claim.clone())),
        ));
        Some(edits)
    }
}

fn article_change(s: &Session, key: ArticleKey, act: &Act) -> (ArticleField, ArticleField) {
    use ArticleField as F;
    let to = match key {
        ArticleKey::Title => F::Title(act.text.clone()),
        ArticleKey::Byline => F::Byline(act.text.clone()),
        ArticleKey::Url => F::Url(act.maybe_text()),
        ArticleKey::PublishedAt => F::PublishedAt(act.maybe_text()),
        ArticleKey::Language => F::Language(act.text.clone()),
        ArticleKey::Current => F::Current(pick(s.versions.keys(), act.pick).copied()),
    };
    (s.article.get(key), to)
}

fn statement_change(r: &Statement, act: &Act) -> (StatementField, StatementField) {
    use StatementField as F;
    let n = act.number as usize;
    let to = match StatementKey::ALL[act.pick % StatementKey::ALL.len()] {
        StatementKey::Anchor => F::Anchor(act.anchor()),
        StatementKey::Block => F::Block(word(n)),
        StatementKey::Decision => F::Decision(word(n)),
        StatementKey::Reason => F::Reason(act.text.clone()),
        StatementKey::Origin => F::Origin(word(n)),
        StatementKey::Why => F::Why(act.text.clone()),
    };
    (r.get(to.key()), to)
}

fn claim_change(s: &Session, r: &Claim, act: &Act) -> (ClaimField, ClaimField) {
    use ClaimField as F;
    let n = act.number as usize;
    let to = match ClaimKey::ALL[(act.pick / 3) % ClaimKey::ALL.len()] {
        ClaimKey::Home => {
            let at = r.statements.get(n % r.statements.len().max(1));
            F::Home(at.unwrap_or(&r.home).clone())
        }
        ClaimKey::Statements => {
            let some = s.statements.keys().take(1 + n % 3);
            F::Statements(some.chain([&r.home]).cloned().collect())
        }
        ClaimKey::Wording => F::Wording(act.maybe_text()),
        ClaimKey::CheckWorthiness => F::CheckWorthiness(word(n)),
        ClaimKey::ClaimType => F::ClaimType(word(n)),
        ClaimKey::VerificationStatus => F::VerificationStatus(word(n)),
        ClaimKey::Rating => F::Rating(Rating::new((n % 7) as u8)),
        ClaimKey::Justification => F::Justification(act.text.clone()),
        ClaimKey::WorkflowState => F::WorkflowState(word(n)),
        ClaimKey::Tags => F::Tags(vec![act.text.clone(), "numbers".into()].into()),
        ClaimKey::Notes => F::Notes(act.text.clone()),
        ClaimKey::Change => F::Change(act.maybe_text().map(|replacement| TextChange {
            replacement,
            reason: act.text.clone(),
            must: n.is_multiple_of(2),
            state: word(n),
        })),
        ClaimKey::Proposed => F::Proposed(ClaimKey::ALL.iter().copied().take(n % 5).collect()),
        ClaimKey::Created => F::Created(Stamp {
            at: time(n as u64 % 999),
            by: CheckerId::of(&act.text),
        }),
        // Kept by the session itself, so an edit of it would not come back as it was.
        ClaimKey::Updated => F::Notes("updated".into()),
    };
    (r.get(to.key()), to)
}

fn attribution_change(
    s: &Session,
    r: &Attribution,
    act: &Act,
) -> (AttributionField, AttributionField) {
    use AttributionField as F;
    let n = act.number as usize;
    let source = pick(s.sources.keys(), n).copied();
    let to = match AttributionKey::ALL[act.pick % AttributionKey::ALL.len()] {
        AttributionKey::Claim => F::Claim(*pick(s.claims.keys(), n).unwrap_or(&r.claim)),
        AttributionKey::Statement => {
            F::Statement(pick(s.statements.keys(), n).unwrap_or(&r.statement).clone())
        }
        AttributionKey::Source => F::Source(source),
        AttributionKey::SourceSpan => F::SourceSpan(act.spans()),
        AttributionKey::Cue => F::Cue(Vec::new()),
        AttributionKey::Content => F::Content(act.spans()),
        AttributionKey::Stance => F::Stance(word(n)),
        AttributionKey::Certainty => F::Certainty(word(n)),
        AttributionKey::QuotationType => F::QuotationType(word(n)),
        AttributionKey::Via => F::Via(source.filter(|_| n.is_multiple_of(2))),
        AttributionKey::About => F::About(source.into_iter().collect()),
        AttributionKey::Proposed => {
            F::Proposed(AttributionKey::ALL.iter().copied().take(n % 5).collect())
        }
    };
    (r.get(to.key()), to)
}

fn source_change(r: &Source, act: &Act) -> (SourceField, SourceField) {
    use SourceField as F;
    let n = act.number as usize;
    let to = match SourceKey::ALL[act.pick % SourceKey::ALL.len()] {
        SourceKey::Type => F::Type(word(n)),
        SourceKey::Name => F::Name(act.text.clone()),
        SourceKey::Role => F::Role(act.text.clone()),
        SourceKey::Affiliation => F::Affiliation(act.text.clone()),
        SourceKey::Url => F::Url(act.maybe_text()),
        SourceKey::Contact => F::Contact(act.text.clone()),
        SourceKey::Reliability => F::Reliability(word(n)),
        SourceKey::Note => F::Note(act.text.clone()),
        SourceKey::ProtectIdentity => F::ProtectIdentity(n.is_multiple_of(2)),
        SourceKey::IndependenceGroup => F::IndependenceGroup(act.text.clone()),
        SourceKey::AlsoCalled => F::AlsoCalled(act.maybe_text().into_iter().collect()),
    };
    (r.get(to.key()), to)
}

fn evidence_change(s: &Session, r: &Evidence, act: &Act) -> (EvidenceField, EvidenceField) {
    use EvidenceField as F;
    let to = match EvidenceKey::ALL[act.pick % EvidenceKey::ALL.len()] {
        EvidenceKey::Source => F::Source(pick(s.sources.keys(), act.number as usize).copied()),
        EvidenceKey::Title => F::Title(act.text.clone()),
        EvidenceKey::Url => F::Url(act.maybe_text()),
        EvidenceKey::ArchivedUrl => F::ArchivedUrl(act.maybe_text()),
        EvidenceKey::AccessedAt => F::AccessedAt(act.maybe_text()),
        EvidenceKey::PublishedAt => F::PublishedAt(act.maybe_text()),
        EvidenceKey::Kind => F::Kind(word(act.number as usize)),
        EvidenceKey::Contact => F::Contact(act.maybe_text().map(|who| Contact {
            who,
            at: act.text.clone(),
            how: "by telephone".into(),
            reached: act.number.is_multiple_of(2),
        })),
        EvidenceKey::Calculation => F::Calculation(act.text.clone()),
        EvidenceKey::File => F::File(act.maybe_text().map(|name| EvidenceFile {
            sha256: format!("{:064x}", act.number),
            bytes: u64::from(act.number),
            media_type: "application/pdf".into(),
            name,
        })),
        EvidenceKey::Note => F::Note(act.text.clone()),
    };
    (r.get(to.key()), to)
}

fn held_change(r: &Held, act: &Act) -> (HeldField, HeldField) {
    use HeldField as F;
    let n = act.number as usize;
    let to = match HeldKey::ALL[act.pick % HeldKey::ALL.len()] {
        HeldKey::Claim => F::Claim(r.claim),
        HeldKey::Evidence => F::Evidence(r.evidence),
        HeldKey::EvidenceStance => F::EvidenceStance(word(n)),
        HeldKey::Locator => F::Locator(act.text.clone()),
        HeldKey::Excerpt => F::Excerpt(act.text.clone()),
        HeldKey::Credibility => F::Credibility(word(n)),
    };
    (r.get(to.key()), to)
}

/// Numbers that follow from a seed, so that a failing case can be told by it.
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    /// One of a few texts, often none, so that equal, blank and differing ones all come together.
    pub fn text(&mut self) -> String {
        let texts = [
            "",
            "",
            " ",
            "the minutes",
            "page 4",
            "the minutes\nof March",
            "ask the port",
            "Café: 80 %",
        ];
        texts[self.roll(texts.len())].into()
    }

    /// A text or none.
    pub fn option(&mut self) -> Option<String> {
        Some(self.text()).filter(|t| !t.is_empty())
    }

    /// A value of a vocabulary, its default as often as all others together.
    pub fn value<V: Vocabulary>(&mut self) -> V {
        let n = self.roll(V::ALL.len() * 2);
        V::ALL.get(n).copied().unwrap_or_default()
    }

    /// Gives a claim what a checker may: every field is given a value, or said here not to be one of the checker's.
    pub fn claim(&mut self, c: &mut Claim) {
        let Claim {
            id: _,
            home: _,
            statements: _,
            wording,
            check_worthiness,
            claim_type,
            verification_status,
            rating,
            justification,
            workflow_state,
            tags,
            notes,
            change,
            proposed,
            created: _,
            updated: _,
        } = c;
        *wording = self.option();
        *check_worthiness = self.value();
        *claim_type = self.value();
        *verification_status = self.value();
        *rating = Rating::new(self.roll(8) as u8);
        *justification = self.text();
        *workflow_state = self.value();
        *tags = ["money", "ferry", "legal"]
            .iter()
            .filter(|_| self.roll(2) == 0)
            .map(|t| t.to_string())
            .collect();
        *notes = self.text();
        *change = (self.roll(3) == 0).then(|| TextChange {
            replacement: self.text(),
            reason: self.text(),
            must: self.roll(2) == 0,
            state: self.value(),
        });
        let by_reader = [ClaimKey::CheckWorthiness, ClaimKey::ClaimType];
        *proposed = by_reader
            .into_iter()
            .filter(|_| self.roll(3) == 0)
            .collect();
    }

    /// Gives a source what a checker may.
    pub fn source(&mut self, s: &mut Source) {
        let Source {
            id: _,
            source_type,
            name,
            role,
            affiliation,
            url,
            contact,
            reliability,
            note,
            protect_identity,
            independence_group,
            also_called,
        } = s;
        *source_type = self.value();
        *name = ["", "Kell Ferry", "kell ferry", "Mara Oduya"][self.roll(4)].into();
        *also_called = ["Oduya", "the ferry", "Kell Ferry"]
            .iter()
            .filter(|_| self.roll(3) == 0)
            .map(|t| t.to_string())
            .collect();
        *role = self.text();
        *affiliation = self.text();
        *url = self.option();
        *contact = self.text();
        *reliability = self.value();
        *note = self.text();
        *protect_identity = self.roll(3) == 0;
        *independence_group = self.text();
    }

    /// Gives an item what a checker may.
    pub fn evidence(&mut self, e: &mut Evidence, sources: &[SourceId]) {
        let Evidence {
            id: _,
            kind,
            source,
            title,
            url,
            archived_url,
            accessed_at,
            published_at,
            contact,
            calculation,
            file,
            note,
        } = e;
        *source = sources.get(self.roll(sources.len() * 2)).copied();
        *title = self.text();
        *url = self.option();
        *archived_url = self.option();
        *accessed_at = self.option();
        *published_at = self.option();
        *kind = self.value();
        *contact = self.option().map(|who| Contact {
            who,
            at: self.text(),
            how: self.text(),
            reached: self.roll(2) == 0,
        });
        *calculation = self.text();
        *note = self.text();
        *file = (self.roll(3) == 0).then(|| EvidenceFile {
            sha256: format!("{:064x}", self.roll(2)),
            bytes: 7,
            media_type: "text/plain".into(),
            name: format!("file{}", self.roll(2)),
        });
    }
}
