//! Parts of speech from word classes and what stands next, for the languages of [`super`].

use super::super::lexicon::{Language, class, form};
use super::super::token::{Pos, Token};

/// Gives every word its part of speech.
pub(crate) fn tag(tokens: &mut [Token], _text: &str, language: Language) {
    let mut before = Pos::Stop;
    for i in 0..tokens.len() {
        let t = tokens[i];
        if matches!(t.pos, Pos::Other | Pos::Noun | Pos::Name) && (t.class != 0 || t.forms != 0) {
            let first = matches!(
                before,
                Pos::Stop | Pos::Quote | Pos::Colon | Pos::Open | Pos::Dash
            );
            let next = tokens.get(i + 1).copied();
            let last = i.checked_sub(1).map(|k| tokens[k]);
            tokens[i].pos = word(&t, before, last, next, first, language);
            if !matches!(
                tokens[i].pos,
                Pos::Verb | Pos::Participle | Pos::Infinitive | Pos::Ing | Pos::Adjective
            ) {
                tokens[i].cue = 0;
            }
        } else if t.pos == Pos::Noun && language.capital_nouns() {
            // A small word that is in no list: an adjective, or a verb that reports nothing.
            tokens[i].pos = Pos::Adjective;
        }
        let pos = tokens[i].pos;
        if pos != Pos::Adverb {
            before = pos;
        }
    }
}

fn word(
    t: &Token,
    before: Pos,
    last: Option<Token>,
    next: Option<Token>,
    first: bool,
    language: Language,
) -> Pos {
    use class::*;
    let length = t.end - t.start;
    let function = DET | POSS | PREP | COORD | SUB | THAT | REL | NEG | CLITIC | PERS;
    // A capital inside a sentence: a name, or any noun where nouns have one.
    if t.capital && !first {
        if language.capital_nouns() {
            return match t.is(function | AUX | MODAL | WH) {
                true if t.is(PERS) => Pos::Pronoun,
                true if length > 3 || t.is(PERS) => Pos::Noun,
                true => small(t, before, last, next, language),
                false => Pos::Noun,
            };
        }
        return if t.is(function) && length <= 3 {
            small(t, before, last, next, language)
        } else {
            Pos::Name
        };
    }
    if t.capital
        && language.capital_nouns()
        && !t.is(function | AUX | MODAL | WH | ADV)
        && t.forms == 0
    {
        return Pos::Noun;
    }
    small(t, before, last, next, language)
}

/// A word whose capital, if any, says nothing.
fn small(
    t: &Token,
    before: Pos,
    last: Option<Token>,
    next: Option<Token>,
    language: Language,
) -> Pos {
    use class::*;
    let finite = form::THIRD | form::PAST;
    let verbal = |n: &Token| {
        n.is(AUX | MODAL | FINITE)
            || n.forms & finite != 0 && !n.is(NOUN | SPEECHNOUN | DOCUMENT | ROLE | ADJ)
    };
    if t.is(NEG) && !t.is(DET | COORD) {
        return Pos::Not;
    }
    // "l'a dit", "les accuse", "lo dijo": a pronoun before a verb, else an article.
    if t.is(CLITIC) && t.is(DET) {
        return match next.is_some_and(|n| verbal(&n)) {
            true if !matches!(before, Pos::Preposition) => Pos::Pronoun,
            _ => Pos::Determiner,
        };
    }
    // "à" and "a" look alike without an accent; a verb stands before a participle or a negation.
    if t.is(AUX | MODAL) {
        return Pos::Auxiliary;
    }
    if t.is(PERS) {
        // German "ihr" and "sie" before a noun.
        return if t.is(POSS) && next.is_some_and(|n| n.capital) {
            Pos::Determiner
        } else {
            Pos::Pronoun
        };
    }
    if t.is(THAT) {
        return Pos::Subordinator;
    }
    if t.is(DET | POSS) {
        // "der", "die" behind a comma and before no noun is a relative word; told by what looks for it.
        return Pos::Determiner;
    }
    if t.is(CLITIC) && (!t.is(PREP) || next.is_some_and(|n| verbal(&n))) {
        return Pos::Pronoun;
    }
    if t.is(COORD | CONTRAST) {
        return Pos::Coordinator;
    }
    if t.is(WH | REL) && !t.is(PREP) {
        return Pos::Relative;
    }
    if t.is(PREP) {
        return Pos::Preposition;
    }
    if t.is(SUB) {
        return Pos::Subordinator;
    }
    if t.forms != 0 {
        let nominal_place = matches!(before, Pos::Determiner | Pos::Preposition)
            && !last
                .is_some_and(|l| l.pos == Pos::Adverb || l.is(OPENS) && l.pos == Pos::Preposition);
        let nouny = t.is(NOUN | SPEECHNOUN | DOCUMENT | ROLE | ADJ | ORG);
        if nominal_place && !language.capital_nouns() && (t.forms & (form::ING | form::BASE) == 0) {
            return Pos::Noun;
        }
        if nouny
            && !matches!(
                before,
                Pos::Auxiliary
                    | Pos::Pronoun
                    | Pos::Not
                    | Pos::Noun
                    | Pos::Name
                    | Pos::Close
                    | Pos::Comma
                    | Pos::Quote
                    | Pos::Participle
            )
        {
            return Pos::Noun;
        }
        let helped = matches!(before, Pos::Auxiliary | Pos::Not | Pos::Pronoun)
            && before != Pos::Pronoun
            || before == Pos::Pronoun && last.is_some_and(|l| l.is(CLITIC) && !l.is(PERS));
        if t.forms & form::PARTICIPLE != 0
            && (t.forms & finite == 0 || helped && before != Pos::Pronoun && before != Pos::Not)
        {
            return Pos::Participle;
        }
        if t.forms & finite != 0 {
            return Pos::Verb;
        }
        return if t.forms & form::ING != 0 {
            Pos::Ing
        } else {
            Pos::Infinitive
        };
    }
    if t.is(ADV) && !t.is(TIME) {
        return Pos::Adverb;
    }
    if t.is(FINITE) {
        return if matches!(before, Pos::Determiner | Pos::Preposition) {
            Pos::Noun
        } else {
            Pos::Verb
        };
    }
    if t.is(class::PARTICIPLE) {
        return if before == Pos::Determiner {
            Pos::Noun
        } else {
            Pos::Participle
        };
    }
    if t.is(INFINITIVE)
        && matches!(
            before,
            Pos::Verb
                | Pos::Preposition
                | Pos::Participle
                | Pos::Not
                | Pos::Pronoun
                | Pos::Auxiliary
        )
    {
        return Pos::Infinitive;
    }
    if t.is(NATIONALITY | ADJ | UNNAMED) && !t.is(ROLE | ORG | ANONYMOUS | NOUN) {
        return Pos::Adjective;
    }
    if t.capital && !t.is(ROLE | ANONYMOUS | ORG | DOCUMENT | NOUN | SPEECHNOUN | TIME) {
        return Pos::Name;
    }
    Pos::Noun
}
