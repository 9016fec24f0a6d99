//! Reading a file of another tool into the open session: a job that works out the step that brings it in.

use super::exporting::CHOICES;
use crate::app::msg::{ImportReport, ImportRequest};
use crate::core::handover::snapshot::Snapshot;
use crate::core::model::Stamp;
use crate::exchange::watch::ExchangeWatch;
use crate::work::error::WorkError;
use crate::work::import::{FileToImport, HowToImport, ReadIn};

/// Reads the file and works out the step that brings it into the session; an error is one sentence.
pub fn import(
    snapshot: &Snapshot,
    request: &ImportRequest,
    stamp: &Stamp,
    watch: ExchangeWatch<'_>,
) -> Result<ImportReport, String> {
    let work = || {
        let path = super::at_home(&request.path);
        let file = FileToImport::get(&path, request.format, watch)?;
        let title = file.format().info.title;
        let how = HowToImport {
            unit: request.offset_unit,
            theirs: request.theirs,
        };
        Ok((title, file.into_session(snapshot, how, stamp, watch)?))
    };
    let (format, ReadIn { plan, new, report }) =
        work().map_err(|e: WorkError| super::full_stop(e.sentence(&CHOICES)))?;
    Ok(ImportReport {
        plan,
        format,
        claims: report.claims,
        new,
        losses: report.losses(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use uuid::Uuid;

    use super::*;
    use crate::app::dispatch::act::act;
    use crate::app::input::action::Action;
    use crate::app::input::key::{Code, Key};
    use crate::app::layers::exchange::panel::PanelText;
    use crate::app::msg::Msg;
    use crate::app::state::laid::Overlay;
    use crate::core::birth::NewSession;
    use crate::core::edit::Edit;
    use crate::core::handover::{ExchangeWork, Stage};
    use crate::core::history::{History, Step, StepKind};
    use crate::core::ids::CheckerId;
    use crate::core::model::{ArticleField, Checker};
    use crate::exchange::fixture::{Fixture, at};
    use crate::run::main_loop::MainLoop;
    use crate::run::testing::{at_work, until};
    use crate::store::{Accepted, Memory, Mode, Opened, Shelf};
    use crate::work::open;

    fn setting() -> (tempfile::TempDir, Snapshot, Stamp) {
        let dir = tempfile::tempdir().unwrap();
        let f = Fixture::rich();
        for name in ["json", "csv", "brat", "xmi", "doccano"] {
            for file in f.export(name).files {
                std::fs::write(dir.path().join(&*file.name), file.bytes).unwrap();
            }
        }
        let empty = Fixture::empty(f.text.as_str());
        let into = Snapshot::new(
            empty.session,
            empty.text,
            empty.proposals.into(),
            &History::default(),
        );
        let stamp = Stamp {
            at: at(),
            by: CheckerId::of("ana"),
        };
        (dir, into, stamp)
    }

    #[test]
    fn the_format_is_found_out_and_what_is_new_is_counted() {
        let (dir, into, stamp) = setting();
        let claims = Fixture::rich().session.claims.len();
        let mut files: Vec<_> = dir.path().read_dir().unwrap().flatten().collect();
        files.sort_by_key(|f| f.file_name());
        let mut read = Vec::new();
        for file in files {
            let request = ImportRequest {
                path: file.path(),
                ..ImportRequest::default()
            };
            match import(&into, &request, &stamp, ExchangeWatch::default()) {
                Ok(report) => {
                    assert_eq!((report.claims, report.new), (claims, claims), "{request:?}");
                    assert!(report.plan.changes() > 0);
                    read.push(report.format);
                }
                Err(why) => assert!(
                    why.contains("says which format it has; choose one.") || why.contains("line 1"),
                    "{why}"
                ),
            }
        }
        read.sort();
        read.dedup();
        assert_eq!(read.len(), 5, "{read:?}");
    }

    #[test]
    fn reading_stops_when_it_is_no_longer_wanted() {
        let (dir, into, stamp) = setting();
        let json = dir.path().read_dir().unwrap().flatten();
        let json = json
            .map(|f| f.path())
            .find(|p| p.ends_with("kell-bridge.json"))
            .unwrap();
        let request = ImportRequest {
            path: json,
            ..ImportRequest::default()
        };
        for last in [Stage::Reading, Stage::Understanding, Stage::Merging] {
            let told = |work: ExchangeWork| work.stage != last;
            let why = import(&into, &request, &stamp, ExchangeWatch::by(&told)).unwrap_err();
            assert_eq!(why, "Stopped; nothing was read.", "{last:?}");
        }
        assert!(import(&into, &request, &stamp, ExchangeWatch::default()).is_ok());
    }

    /// What the dialog tells.
    fn told(main_loop: &MainLoop) -> Option<&PanelText> {
        match main_loop.state.overlays.last() {
            Some(Overlay::Import(d)) => Some(&d.panel.told),
            _ => None,
        }
    }

    /// The session called `kell` on `shelf`, as `name` works on it.
    fn opened(shelf: &Memory, name: &str) -> Opened {
        let checker = Checker {
            id: CheckerId::of(name),
            name: name.into(),
        };
        let opened = open::session(shelf, "kell", Mode::MustWrite, true, (&checker, at()));
        opened.unwrap().hear(|_, _| {})
    }

    /// Lets Ben give the article another title.
    fn ben_changes_the_title(shelf: &Memory) {
        let mut theirs = opened(shelf, "Ben");
        let step = Step {
            seq: theirs.history.seq() + 1,
            id: Uuid::from_u128(77).into(),
            at: at(),
            by: CheckerId::of("Ben"),
            kind: StepKind::Do,
            of: None,
            edits: vec![Edit::Article(
                ArticleField::Title(theirs.session.article.title.clone()),
                ArticleField::Title("Ben's".into()),
            )],
        };
        let accepted = theirs.held.pen().unwrap().append(&step).unwrap();
        assert!(matches!(accepted, Accepted::At(_)));
    }

    #[test]
    fn a_file_is_read_again_where_somebody_else_made_a_step_meanwhile_and_nothing_is_lost() {
        let (dir, into, _) = setting();
        let shelf = Memory::shared();
        let ana = Checker {
            id: CheckerId::of("Ana"),
            name: "Ana".into(),
        };
        let new = NewSession {
            name: "kell",
            id: Uuid::from_u128(1).into(),
            article: &into.session.article,
            text: &into.text,
            version: into.session.version(),
            original_sha256: "",
            origin: "kell.txt",
            left_out: "",
            proposals: &into.proposals,
            checker: &ana,
            now: at(),
            step: Uuid::from_u128(2).into(),
        };
        drop(shelf.create(&new.newborn()).unwrap());
        let mut workbench = at_work(Arc::new(shelf.clone()), "kell");
        for effect in act(&mut workbench.state, Action::Import).unwrap() {
            workbench.effect(effect);
        }
        let file = dir.path().join("kell-bridge.json");
        workbench.take(Msg::Paste(file.display().to_string()));
        let enter = || Msg::Key(Key::plain(Code::Enter));
        workbench.take(enter());
        let read = |m: &MainLoop| matches!(told(m), Some(PanelText::Import(_)));
        until(&mut workbench, read);

        ben_changes_the_title(&shelf);
        let title = |m: &MainLoop| {
            m.state
                .bench
                .as_ref()
                .unwrap()
                .session()
                .article
                .title
                .clone()
        };
        until(&mut workbench, |m| title(m) == "Ben's");
        workbench.take(enter());
        assert!(!read(&workbench), "what was read says nothing any more");
        until(&mut workbench, read);
        workbench.take(enter());
        assert!(told(&workbench).is_none(), "it is taken in");
        until(&mut workbench, |m| {
            m.state.bench.as_ref().unwrap().is_safe()
        });

        let kept = opened(&shelf, "Cy");
        assert_eq!(kept.session.article.title, "Ben's");
        let claims = Fixture::rich().session.claims.len();
        assert_eq!(kept.session.claims.len(), claims);
        let last = kept.history.steps().last().unwrap();
        assert_eq!(last.by, CheckerId::of("Ana"));
    }
}
