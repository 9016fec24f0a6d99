//! Pairs quotation marks: straight, curly, low, angled and single ones, nested, unbalanced, carried over paragraphs.

use super::lexicon::class;
use super::token::{Pos, Token};

/// A quotation of one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// The first token: the opening mark, or the first word where that mark is missing.
    pub open: usize,
    /// The token behind the last one.
    pub end: usize,
    /// 1 for a quotation of the author's, 2 for one inside it.
    pub depth: u8,
    /// Whether both marks stand there.
    pub closed: bool,
}

/// Quotations nest no deeper than this; deeper marks are taken as ordinary ones.
const DEEPEST: usize = 3;
/// A quotation in single marks that is not closed within this many tokens was an apostrophe.
const SINGLE_CAP: usize = 200;

/// What a mark can do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Curly,
    Low,
    Angle,
    Reverse,
    Straight,
    Single,
    StraightSingle,
}

/// Finds the quotations of a block and writes each token's depth. In order of their openings. `carried`: a quotation of
/// the block before was left open, so that a closing mark without an opening one closes that.
pub(crate) fn pair(tokens: &mut [Token], text: &str, carried: bool) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut open: Vec<(Kind, usize)> = Vec::new();
    for i in 0..tokens.len() {
        if tokens[i].pos != Pos::Quote {
            continue;
        }
        let mark = &text[tokens[i].start as usize..tokens[i].end as usize];
        if plural_genitive(mark, tokens, i, text)
            && !open
                .iter()
                .any(|o| matches!(o.0, Kind::Single | Kind::StraightSingle))
        {
            tokens[i].pos = Pos::Genitive;
            continue;
        }
        let top = open.last().copied();
        match role(mark, tokens, i, top.map(|t| t.0)) {
            Role::Open(kind) if open.len() < DEEPEST => {
                if kind == Kind::Straight && top.is_some_and(|t| t.0 == Kind::Straight) {
                    // The mark that should have closed the one before is missing.
                    close(&mut found, &mut open, i, false);
                }
                open.push((kind, i));
            }
            Role::Close(kind) => {
                if let Some(n) = open.iter().rposition(|o| matches(o.0, kind)) {
                    // A single mark left open inside was an apostrophe.
                    open.truncate(n + 1);
                    close(&mut found, &mut open, i + 1, true);
                } else if kind != Kind::Single
                    && i > 0
                    && matches!(tokens[i - 1].pos, Pos::Comma | Pos::Stop)
                    && open.is_empty()
                {
                    let from = (0..i - 1).rev().take(SINGLE_CAP).find(|k| {
                        tokens[*k].pos == Pos::Stop
                            || tokens[*k].depth > 0
                            || tokens[*k].pos == Pos::Quote
                    });
                    let start = if carried && found.is_empty() {
                        0
                    } else {
                        from.map_or(0, |k| k + 1)
                    };
                    if found.last().is_none_or(|q| q.end <= start) && i - start >= 3 {
                        found.push(Quotation {
                            open: start,
                            end: i + 1,
                            depth: 1,
                            closed: false,
                        });
                    }
                }
            }
            _ => {}
        }
    }
    while let Some((kind, at)) = open.pop() {
        // Speech in single marks that goes on in the next block: only where it begins the block or stands behind a colon.
        let goes_on = kind == Kind::Single
            && (at == 0 || tokens[at - 1].pos == Pos::Colon)
            && tokens.get(at + 1).is_some_and(|t| t.capital)
            && tokens.len() - at >= 6;
        if matches!(kind, Kind::Single | Kind::StraightSingle) && !goes_on || !open.is_empty() {
            continue;
        }
        let told = at <= 1
            || matches!(tokens[at - 1].pos, Pos::Comma | Pos::Colon)
            || tokens[at - 1].cue != 0;
        let end = if told {
            tokens.len()
        } else {
            (at + 1..tokens.len())
                .find(|k| tokens[*k].pos == Pos::Stop)
                .map_or(tokens.len(), |k| k + 1)
        };
        let end = found
            .iter()
            .filter(|q| q.open > at)
            .map(|q| q.open)
            .min()
            .map_or(end, |o| end.min(o));
        if end > at + 2 {
            found.push(Quotation {
                open: at,
                end,
                depth: 1,
                closed: false,
            });
        }
    }
    found.sort_unstable_by_key(|q| (q.open, std::cmp::Reverse(q.end)));
    for q in &found {
        for t in &mut tokens[q.open..q.end] {
            t.depth = t.depth.saturating_add(1);
        }
    }
    found
}

/// Whether the words `inside` a quotation are a title or a name rather than speech: "The Last Ferry to Tarn".
pub(crate) fn titled(inside: &[Token]) -> bool {
    let mut words = 0;
    for (n, t) in inside.iter().enumerate() {
        match t.pos {
            Pos::Quote | Pos::Number | Pos::Dash | Pos::Colon | Pos::Genitive | Pos::Other => {}
            Pos::Comma => {}
            Pos::Stop if words > 0 && n + 2 >= inside.len() => {}
            Pos::Stop => return false,
            _ if t.capital => words += 1,
            _ if t.is(class::PREP | class::DET | class::COORD) || t.pos == Pos::To => {}
            _ => return false,
        }
    }
    words >= 2
}

/// Whether the mark is the apostrophe of "the parents' defence".
fn plural_genitive(mark: &str, tokens: &[Token], i: usize, text: &str) -> bool {
    matches!(mark, "'" | "’")
        && !tokens[i].spaced
        && i > 0
        && text.as_bytes()[tokens[i - 1].end as usize - 1] == b's'
        && tokens
            .get(i + 1)
            .is_some_and(|n| n.spaced && n.pos != Pos::Quote)
}

fn close(found: &mut Vec<Quotation>, open: &mut Vec<(Kind, usize)>, end: usize, closed: bool) {
    let Some((kind, at)) = open.pop() else { return };
    let single = matches!(kind, Kind::Single | Kind::StraightSingle);
    if single && end - at > SINGLE_CAP || end <= at + 1 {
        return;
    }
    found.push(Quotation {
        open: at,
        end,
        depth: open.len() as u8 + 1,
        closed,
    });
}

fn matches(open: Kind, close: Kind) -> bool {
    open == close
        || matches!((open, close), (Kind::Low, Kind::Curly | Kind::Straight))
        || matches!(
            (open, close),
            (Kind::Curly, Kind::Straight) | (Kind::Straight, Kind::Curly)
        )
}

enum Role {
    Open(Kind),
    Close(Kind),
    None,
}

fn role(mark: &str, tokens: &[Token], i: usize, top: Option<Kind>) -> Role {
    let spaced = tokens[i].spaced;
    let before = i.checked_sub(1).map(|p| tokens[p]);
    let next = tokens.get(i + 1);
    let next_spaced = next.is_none_or(|n| n.spaced);
    let opens = (spaced
        || before.is_some_and(|b| matches!(b.pos, Pos::Open | Pos::Quote | Pos::Dash)))
        && !next_spaced;
    let closes = !spaced && (next_spaced || next.is_some_and(|n| !n.nominal()));
    match mark {
        "“" | "‟" | "「" | "『" => match top {
            Some(Kind::Low) => Role::Close(Kind::Curly),
            _ => Role::Open(Kind::Curly),
        },
        "”" | "」" | "』" if top.is_none() && opens => Role::Open(Kind::Curly),
        "”" | "」" | "』" => Role::Close(Kind::Curly),
        "„" | "‚" => Role::Open(Kind::Low),
        "«" | "‹" => match top {
            Some(Kind::Reverse) => Role::Close(Kind::Reverse),
            _ => Role::Open(Kind::Angle),
        },
        "»" | "›" => match top {
            Some(Kind::Angle) => Role::Close(Kind::Angle),
            _ if opens => Role::Open(Kind::Reverse),
            _ => Role::Close(Kind::Angle),
        },
        "``" => Role::Open(Kind::Straight),
        "''" | "\"" => match top {
            Some(Kind::Straight | Kind::Curly | Kind::Low) => {
                let missing = spaced && !next_spaced && before.is_some_and(|b| b.pos == Pos::Stop);
                if missing {
                    Role::Open(Kind::Straight)
                } else {
                    Role::Close(Kind::Straight)
                }
            }
            // He said,"No": the space before the opening mark is missing.
            _ if !spaced && i > 1 && tokens[i - 1].pos == Pos::Comma && tokens[i - 2].cue != 0 => {
                Role::Open(Kind::Straight)
            }
            // Inches: 6" pipe.
            _ if !spaced && before.is_some_and(|b| b.pos == Pos::Number) && !opens => Role::None,
            _ if closes && !opens && i > 0 => Role::Close(Kind::Straight),
            _ => Role::Open(Kind::Straight),
        },
        "‘" if top == Some(Kind::Low) => Role::Close(Kind::Curly),
        "‘" => {
            if opens {
                Role::Open(Kind::Single)
            } else {
                Role::None
            }
        }
        "’" => match top {
            Some(Kind::Single) if closes || next.is_some_and(|n| n.pos == Pos::Quote) => {
                Role::Close(Kind::Single)
            }
            _ => Role::None,
        },
        "'" | "`" => match top {
            Some(Kind::StraightSingle) if !spaced => Role::Close(Kind::StraightSingle),
            _ if opens && next.is_some_and(|n| n.pos != Pos::Number) => {
                Role::Open(Kind::StraightSingle)
            }
            _ => Role::None,
        },
        _ => Role::None,
    }
}
