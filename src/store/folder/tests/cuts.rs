//! A journal that ends anywhere, with a checkpoint and without one: every whole step is kept, the first opening can be
//! worked on, and where the checkpoint knows more than the journal, a repair makes its state writable.

use super::*;

/// The steps of the session that is cut.
const STEPS: u64 = 5;

/// A closed session of [`STEPS`] steps whose checkpoint holds the first `witness` of them, none for 0.
struct Sound {
    _dir: tempfile::TempDir,
    library: Library,
    folder: std::path::PathBuf,
    journal: Vec<u8>,
    checkpoint: Option<Vec<u8>>,
    /// The state after each step, from the first.
    states: Vec<Session>,
}

impl Sound {
    fn new(witness: u64) -> Self {
        let (dir, library) = library();
        let mut made = create(&library, "kell");
        let folder = made.folder.clone();
        let mut states = vec![made.session.clone()];
        let mut checkpoint = None;
        for seq in 2..=STEPS {
            keep(&mut made, claim_step(seq));
            states.push(made.session.clone());
            if seq == witness {
                let writer = made.writer.as_mut().unwrap();
                writer.checkpoint(&made.session, seq).unwrap();
                checkpoint = Some(fs::read(folder.join("session.json")).unwrap());
            }
        }
        Self {
            _dir: dir,
            library,
            journal: fs::read(folder.join("journal.jsonl")).unwrap(),
            folder,
            checkpoint,
            states,
        }
    }

    /// Leaves the first `cut` bytes of the journal, the checkpoint as it was, and nothing of an earlier cut.
    fn cut(&self, cut: usize) {
        for entry in fs::read_dir(&self.folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::remove_file(path).unwrap();
            }
        }
        fs::write(self.folder.join("journal.jsonl"), &self.journal[..cut]).unwrap();
        if let Some(bytes) = &self.checkpoint {
            fs::write(self.folder.join("session.json"), bytes).unwrap();
        }
    }

    /// How many steps the first `cut` bytes hold. A line that lacks its line feed alone is whole.
    fn whole_steps(&self, cut: usize) -> u64 {
        let ends = self
            .journal
            .iter()
            .enumerate()
            .filter(|(_, b)| **b == b'\n');
        let lines = ends.filter(|(end, _)| *end <= cut).count() as u64;
        lines.saturating_sub(1)
    }

    /// The first and the last bytes of every line, and some between: each costs several syncs.
    fn places(&self) -> Vec<usize> {
        let ends: Vec<usize> = (0..self.journal.len())
            .filter(|n| self.journal[*n] == b'\n')
            .collect();
        let near = |n: usize| n == 0 || ends.iter().any(|end| n + 1 >= *end && n <= end + 2);
        (0..=self.journal.len())
            .filter(|n| near(*n) || n % 97 == 0)
            .collect()
    }
}

/// What a session holds, but for when and by whom it was touched last.
fn work(session: &Session) -> Session {
    let mut work = session.clone();
    work.updated_at = time(0);
    work.checkers.retain(|c| c.name != "Ben");
    work
}

#[test]
fn a_journal_cut_anywhere_keeps_every_whole_step_and_opens_writable() {
    cut_at(Sound::places);
}

#[test]
#[ignore = "every byte takes minutes; the other test takes those that can make a difference"]
fn a_journal_cut_at_every_byte_keeps_every_whole_step_and_opens_writable() {
    cut_at(|sound| (0..=sound.journal.len()).collect());
}

fn cut_at(places: impl Fn(&Sound) -> Vec<usize>) {
    for witness in [0, 2, STEPS] {
        let sound = Sound::new(witness);
        for cut in places(&sound) {
            let at = format!("cut at byte {cut}, checkpoint of step {witness}");
            sound.cut(cut);
            let held = sound.whole_steps(cut);
            let best = held.max(witness);
            let opened = sound
                .library
                .open_quickly("kell", Mode::Write, "Ben", time(99));
            let Some(state) = best.checked_sub(1).map(|n| &sound.states[n as usize]) else {
                // Not even the step that made the session is whole, and no checkpoint knows of it.
                assert!(matches!(opened, Err(StoreError::Unopenable { .. })), "{at}");
                continue;
            };
            let mut opened = opened.unwrap().hear(|_, _| {});
            assert_eq!(&opened.session, state, "{at}");
            if held < witness {
                let short = matches!(opened.read_only, Some(ReadOnly::Damaged(_)));
                assert!(short, "{at}: {:?}", opened.read_only);
                drop(opened);
                let me = Checker {
                    id: CheckerId::of("Ben"),
                    name: "Ben".into(),
                };
                let by = Repairer {
                    checker: &me,
                    now: time(200),
                    step: Uuid::from_u128(0xabc).into(),
                    session: Uuid::from_u128(0xdef).into(),
                    dry_run: false,
                };
                let kept = sound.library.repair("kell", &by).unwrap().kept;
                assert_eq!(kept, held, "{at}");
                opened = open(&sound.library, "kell", Mode::Write);
                assert_eq!(work(&opened.session), work(state), "{at}");
            }
            assert_eq!(opened.read_only, None, "{at}");
            let mut next = claim_step(500);
            next.seq = opened.writer.as_ref().unwrap().seq() + 1;
            keep(&mut opened, next);
            let session = opened.session.clone();
            drop(opened);
            let again = open(&sound.library, "kell", Mode::Write);
            assert_eq!(again.report, Vec::<String>::new(), "{at}");
            assert_eq!((again.session, again.read_only), (session, None), "{at}");
        }
    }
}
