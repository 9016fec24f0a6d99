//! Parts of speech: what a word is, from what it can be and what stands around it.

use super::lexicon::{class, form};
use super::token::{Pos, Token};

/// Gives every word its part of speech from what it can be and what stands before it.
pub(super) fn tag(tokens: &mut [Token], text: &str) {
    let titled = title_case(tokens);
    let mut before = Pos::Stop;
    for i in 0..tokens.len() {
        let next = tokens.get(i + 1).copied();
        let first = i == 0
            || matches!(
                before,
                Pos::Stop | Pos::Quote | Pos::Colon | Pos::Open | Pos::Dash
            );
        if first && tokens[i].pos == Pos::Name && tokens[i].class == 0 {
            let word = &text.as_bytes()[tokens[i].start as usize..tokens[i].end as usize];
            if word.len() > 5 && word.ends_with(b"ly") {
                tokens[i].pos = Pos::Adverb;
            } else if word.len() > 5 && word.ends_with(b"ing") && next.is_some_and(|n| !n.capital) {
                tokens[i].pos = Pos::Ing;
            }
        }
        let t = &tokens[i];
        if t.pos == Pos::Other && (t.class != 0 || t.forms != 0) {
            let word = &text.as_bytes()[t.start as usize..t.end as usize];
            let plural = last_plural(tokens, text, i, tokens[i].cue != 0);
            let t = &tokens[i];
            let pos = word_pos(
                t,
                word,
                before,
                next.as_ref(),
                first || titled,
                i.checked_sub(1).map(|p| &tokens[p]),
                plural,
            );
            tokens[i].pos = pos;
        }
        let pos = tokens[i].pos;
        // "the numbers “only go one way”": a mark inside a sentence does not part subject and verb.
        if pos == Pos::Quote
            && matches!(
                before,
                Pos::Noun | Pos::Name | Pos::Pronoun | Pos::Auxiliary
            )
            && next.is_some_and(|n| !n.capital && n.pos != Pos::Comma)
        {
            continue;
        }
        // "Oduya never said": a negation without an auxiliary is as an adverb.
        if pos != Pos::Adverb && !(pos == Pos::Not && before != Pos::Auxiliary) {
            before = pos;
        }
    }
}

/// Whether the word before token `i`, adverbs left out, looks like a plural noun or a list of names.
pub(super) fn last_plural(tokens: &[Token], text: &str, i: usize, cue: bool) -> bool {
    use class::PREP;
    let Some(k) = (0..i).rev().find(|k| tokens[*k].pos != Pos::Adverb) else {
        return false;
    };
    let word = &text.as_bytes()[tokens[k].start as usize..tokens[k].end as usize];
    let noun = matches!(tokens[k].pos, Pos::Noun | Pos::Name | Pos::Number);
    // "Figures from the office show": the noun before the preposition.
    let mut q = k;
    while q > 1
        && k - q < 8
        && matches!(
            tokens[q].pos,
            Pos::Noun | Pos::Name | Pos::Adjective | Pos::Determiner | Pos::Number
        )
    {
        q -= 1;
    }
    let head = cue && q < k && q > 0 && tokens[q].is(PREP) && {
        // "Sources close to the club say"
        let adjective = usize::from(q > 1 && tokens[q - 1].pos == Pos::Adjective);
        let t = &tokens[q - 1 - adjective];
        t.pos == Pos::Noun && text[..t.end as usize].ends_with('s')
    };
    head || noun
        && (word.ends_with(b"s") && !word.ends_with(b"ss")
            || word.eq_ignore_ascii_case(b"people")
            || word.eq_ignore_ascii_case(b"police")
            || word.eq_ignore_ascii_case(b"who"))
        || k > 1 && tokens[k].pos == Pos::Name && tokens[k - 1].pos == Pos::Coordinator
}

/// Whether most words begin with a capital, as in a headline.
pub(super) fn title_case(tokens: &[Token]) -> bool {
    let words = tokens.iter().filter(|t| {
        t.class != 0 || t.forms != 0 || matches!(t.pos, Pos::Noun | Pos::Name | Pos::Adjective)
    });
    let (mut all, mut capital) = (0, 0);
    for w in words.take(40) {
        all += 1;
        capital += usize::from(w.capital);
    }
    all > 3 && capital * 10 >= all * 7
}

pub(super) fn word_pos(
    t: &Token,
    word: &[u8],
    before: Pos,
    next: Option<&Token>,
    free: bool,
    last: Option<&Token>,
    plural: bool,
) -> Pos {
    use class::*;
    let lower_is = |w: &str| word.eq_ignore_ascii_case(w.as_bytes());
    let capital_name = t.capital && !free;
    if t.is(NEG) && !t.is(DET | COORD | SUB | PREP) {
        return Pos::Not;
    }
    if lower_is("to") {
        return Pos::To;
    }
    if word.ends_with(b"s") && word.len() <= 4 && (word[0] == b'\'' || word[0] == 0xE2) {
        // 's is "is" or "has" behind a pronoun and the like, else a genitive.
        return match last {
            // "Let's say"
            Some(p) if p.pos == Pos::Verb && p.end - p.start == 3 => Pos::Pronoun,
            Some(p) if p.is(PERS | SUBJ | REL | WH) && !p.is(DOCUMENT | NOUN) => Pos::Auxiliary,
            _ => Pos::Genitive,
        };
    }
    if t.is(AUX | MODAL) && !(capital_name && t.is(TIME)) && !(lower_is("will") && capital_name) {
        return Pos::Auxiliary;
    }
    // "General A S Kalkat": an initial is no article.
    let initial = t.capital && word == b"A" && last.is_some_and(|l| l.capital);
    if initial && next.is_some_and(|n| n.capital) {
        return Pos::Name;
    }
    if capital_name && !t.is(PERS) {
        return if t.is(PREP | COORD | DET) && word.len() <= 4 {
            function_pos(t, lower_is)
        } else {
            Pos::Name
        };
    }
    if t.is(PERS) || lower_is("there") {
        return Pos::Pronoun;
    }
    if lower_is("that") || t.is(REL) {
        return Pos::Relative;
    }
    if t.is(POSS) {
        return if t.is(OBJ)
            && next.is_none_or(|n| {
                matches!(n.pos, Pos::Comma | Pos::Stop | Pos::Quote)
                    || n.is(PREP | REL | SUB | TIME)
            }) {
            Pos::Pronoun
        } else {
            Pos::Determiner
        };
    }
    if t.is(WH) {
        return Pos::Relative;
    }
    // "Some say", "Many believe": nobody follows whom they could qualify.
    if t.is(DET)
        && t.is(ANONYMOUS | NEGSUBJ)
        && !t.is(NEG)
        && next.is_some_and(|n| {
            n.cue != 0 && n.forms & form::BASE != 0 && !n.is(NOUN | SPEECHNOUN | DOCUMENT)
        })
    {
        return Pos::Pronoun;
    }
    // "much depends on it", "this means"
    if t.is(DET)
        && next.is_some_and(|n| n.forms & form::THIRD != 0 && n.class == 0)
        && ["much", "little", "this", "another", "either", "neither"]
            .iter()
            .any(|w| lower_is(w))
    {
        return Pos::Pronoun;
    }
    // "Outside experts agreed"
    if t.is(PREP)
        && before != Pos::Name
        && next.is_some_and(|n| n.is(ANONYMOUS) && !n.is(DET | SUBJ) && !n.capital)
        && ["outside", "inside", "past"].iter().any(|w| lower_is(w))
    {
        return Pos::Adjective;
    }
    if t.is(DET | COORD | SUB | PREP)
        && !(t.forms & (form::BASE | form::PAST) != 0 && before == Pos::To)
    {
        return function_pos(t, lower_is);
    }
    // "Let us", "let's"
    if lower_is("let") && next.is_some_and(|n| n.is(OBJ | BE)) {
        return Pos::Verb;
    }
    if t.forms != 0 {
        let pos = verb_pos(t, before, next, last, plural);
        if pos != Pos::Other {
            return pos;
        }
    }
    // "One neighbour said"
    let counts = lower_is("one")
        && next.is_some_and(|n| {
            n.is(ROLE | ANONYMOUS | ORG | DOCUMENT | ADJ | NATIONALITY)
                || n.pos == Pos::Noun && n.class == 0 && n.forms == 0
        });
    if counts {
        return Pos::Number;
    }
    if t.is(SUBJ | OBJ) && !t.is(DET) {
        return Pos::Pronoun;
    }
    if t.is(ADV) {
        return Pos::Adverb;
    }
    if t.capital && !free || t.is(PLACE | WEEKDAY) {
        return Pos::Name;
    }
    if t.capital && t.class & !(HONORIFIC | ROLE | MEDIA) == 0 && t.class != 0 {
        return Pos::Name;
    }
    if t.is(ADJ | NATIONALITY | ADJCUE | UNNAMED) && !t.is(ROLE | NOUN | ORG) {
        return Pos::Adjective;
    }
    Pos::Noun
}

pub(super) fn function_pos(t: &Token, lower_is: impl Fn(&str) -> bool) -> Pos {
    use class::*;
    if t.is(COORD) {
        Pos::Coordinator
    } else if lower_is("that") {
        Pos::Relative
    } else if t.is(DET) && !t.is(PREP) {
        Pos::Determiner
    } else if t.is(SUB) {
        Pos::Subordinator
    } else {
        Pos::Preposition
    }
}

/// The part of speech of a word that can be a verb; [`Pos::Other`] where it is none here.
pub(super) fn verb_pos(
    t: &Token,
    before: Pos,
    next: Option<&Token>,
    last: Option<&Token>,
    plural: bool,
) -> Pos {
    use class::*;
    let behind_nominal = matches!(
        before,
        Pos::Noun | Pos::Name | Pos::Pronoun | Pos::Number | Pos::Relative | Pos::Close
    );
    let opens = next.is_some_and(|n| {
        n.is(DET | POSS | PERS | OBJ | WH | REL)
            || n.pos == Pos::Quote
            || n.pos == Pos::Colon && t.cue != 0
    });
    let f = t.forms;
    // "sources close to the club"
    if t.is(ADJ)
        && t.cue == 0
        && next.is_some_and(|n| n.is(PREP))
        && matches!(before, Pos::Noun | Pos::Name)
    {
        return Pos::Other;
    }
    if f & form::ING != 0 {
        let noun = t.is(DOCUMENT | SPEECHNOUN)
            && matches!(
                before,
                Pos::Determiner | Pos::Noun | Pos::Name | Pos::Adjective | Pos::Genitive
            );
        return if noun { Pos::Other } else { Pos::Ing };
    }
    if before == Pos::To
        || (before == Pos::Auxiliary || before == Pos::Not)
            && f & form::BASE != 0
            && f & form::PARTICIPLE == 0
    {
        // Behind "to" a base form; behind "is" an adjective or noun of the same shape stays one.
        if f & form::BASE != 0 {
            let be = before == Pos::Auxiliary && last.is_some_and(|l| l.is(BE));
            return if be { Pos::Other } else { Pos::Infinitive };
        }
    }
    if f & (form::PAST | form::PARTICIPLE) != 0 && f & form::BASE == 0 {
        return match before {
            Pos::Auxiliary | Pos::Not => Pos::Participle,
            Pos::Determiner | Pos::Preposition | Pos::Genitive | Pos::Adjective | Pos::Number => {
                if t.cue != 0 && f & form::PAST != 0 && opens && before != Pos::Determiner {
                    Pos::Verb
                } else {
                    Pos::Participle
                }
            }
            _ if f & form::PAST != 0 => Pos::Verb,
            _ => Pos::Participle,
        };
    }
    // "Election monitors say", "police reports have shown": one finite verb does not follow another.
    if f & form::THIRD != 0
        && behind_nominal
        && !matches!(before, Pos::Pronoun | Pos::Relative)
        && next.is_some_and(|n| {
            n.is(AUX | MODAL) && n.end - n.start > 2
                || n.cue != 0
                    && n.forms & form::BASE != 0
                    && (t.is(DOCUMENT) || !n.is(NOUN | SPEECHNOUN | DOCUMENT))
        })
    {
        return Pos::Other;
    }
    match before {
        Pos::Determiner | Pos::Genitive | Pos::Preposition | Pos::Participle | Pos::Ing => {
            Pos::Other
        }
        Pos::Adjective | Pos::Number => {
            if f & form::THIRD != 0 && opens && t.cue != 0 {
                Pos::Verb
            } else {
                Pos::Other
            }
        }
        // "that rents rose": a verb of its own follows.
        Pos::Relative if next.is_some_and(|n| n.is(AUX | MODAL) || n.forms & form::PAST != 0) => {
            Pos::Other
        }
        Pos::Pronoun | Pos::Relative => Pos::Verb,
        _ if f & form::THIRD != 0 => {
            if behind_nominal {
                // "officials claims" is rare; a noun in -s before a noun in -s is a compound only without an object.
                if t.is(NOUN | DOCUMENT | SPEECHNOUN)
                    && !opens
                    && next.is_none_or(|n| {
                        n.is(PREP | AUX | MODAL | COORD | TIME)
                            || matches!(n.pos, Pos::Comma | Pos::Stop)
                    })
                    && t.cue == 0
                {
                    Pos::Other
                } else {
                    Pos::Verb
                }
            } else if matches!(
                before,
                Pos::Coordinator | Pos::Comma | Pos::Quote | Pos::Close
            ) && !t.is(SPEECHNOUN | DOCUMENT)
                || matches!(before, Pos::Coordinator | Pos::Comma | Pos::Quote) && opens
            {
                Pos::Verb
            } else {
                Pos::Other
            }
        }
        Pos::Noun | Pos::Name if f & form::BASE != 0 => {
            // A plural subject and a base form ("officials say"), or a past form of the same shape ("prices cut").
            let plural = plural || last.is_some_and(|l| l.is(ANONYMOUS | ADV | NEGSUBJ));
            let object = t.cue != 0
                && next.is_some_and(|n| {
                    !n.is(PREP | COORD | AUX | MODAL) && !matches!(n.pos, Pos::Comma | Pos::Stop)
                });
            if plural && (!t.is(NOUN) || opens || object)
                || opens && (t.cue == 0 || f & form::PAST != 0)
            {
                Pos::Verb
            } else {
                Pos::Other
            }
        }
        Pos::Not | Pos::Auxiliary => {
            if f & form::PARTICIPLE != 0 {
                Pos::Participle
            } else {
                Pos::Infinitive
            }
        }
        Pos::Coordinator | Pos::Comma | Pos::Quote => {
            if t.cue != 0 && (!t.is(NOUN | SPEECHNOUN | DOCUMENT) || opens) {
                Pos::Verb
            } else {
                Pos::Other
            }
        }
        _ => Pos::Other,
    }
}
