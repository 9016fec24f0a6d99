//! The session on the screen with the program around it, to look at or to change. Whoever is handed one of these need not
//! ask whether a session is open, or whether it may be changed: that was asked once, where it was made.

use std::ops::{Deref, DerefMut};

use super::bench::Bench;
use super::{Program, State};
use crate::app::refusal::Refusal;
use crate::app::screen::areas::Areas;

/// An open session, with the program around it.
pub struct Working<'a> {
    /// The session.
    pub bench: &'a mut Bench,
    /// Everything around it.
    pub program: &'a mut Program,
}

/// An open session that may be changed now.
pub struct Writing<'a>(Working<'a>);

impl State {
    /// The open session; refused where there is none.
    pub fn working(&mut self) -> Result<Working<'_>, Refusal> {
        match &mut self.bench {
            Some(bench) => Ok(Working {
                bench,
                program: &mut self.program,
            }),
            None => Err(Refusal::new(NO_SESSION)),
        }
    }

    /// The open session, to change it; refused where there is none, or it cannot be changed now.
    pub fn writing(&mut self) -> Result<Writing<'_>, Refusal> {
        let working = self.working()?;
        working.bench.writable()?;
        Ok(Writing(working))
    }

    /// The open session, to look at; refused where there is none.
    pub fn open_bench(&self) -> Result<&Bench, Refusal> {
        let bench = self.bench.as_ref();
        bench.ok_or_else(|| Refusal::new(NO_SESSION))
    }
}

/// What is said where something needs a session and none is open.
const NO_SESSION: &str = "No session is open.";

impl Working<'_> {
    /// The session, to change it; refused where it cannot be changed now.
    pub fn writing(&mut self) -> Result<Writing<'_>, Refusal> {
        self.bench.writable()?;
        Ok(Writing(Working {
            bench: self.bench,
            program: self.program,
        }))
    }

    /// Where everything stands on the screen.
    pub fn areas(&self) -> Areas {
        self.program.areas_with(self.bench.pane)
    }
}

impl Deref for Working<'_> {
    type Target = Program;

    fn deref(&self) -> &Program {
        self.program
    }
}

impl DerefMut for Working<'_> {
    fn deref_mut(&mut self) -> &mut Program {
        self.program
    }
}

impl<'a> Deref for Writing<'a> {
    type Target = Working<'a>;

    fn deref(&self) -> &Working<'a> {
        &self.0
    }
}

impl<'a> DerefMut for Writing<'a> {
    fn deref_mut(&mut self) -> &mut Working<'a> {
        &mut self.0
    }
}
