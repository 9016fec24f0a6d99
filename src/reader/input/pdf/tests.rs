//! PDF files made here, byte by byte, and what is read from them.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::core::text::ArticleText;
use crate::core::vocabulary::BlockKind::{self, *};

mod account;
mod damage;
mod layout;
mod letters;
mod made;
mod pages;

use made::*;
