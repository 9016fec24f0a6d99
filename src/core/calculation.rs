//! Sums of a checker's own, worked out again whenever they are shown: what was typed is kept, and never put right.
//!
//! Everything is done in whole numbers, as fractions, so that nothing is off by a rounding of ours. A number may be written
//! as in English (`10,000.5`) or as in German (`10.000,5`), all of one sum in the same way.

use std::iter::{Cloned, Peekable};
use std::slice::Iter;

/// What a calculation comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkedOut {
    /// All sides are the same.
    Right,
    /// The sides are the same as far as their last digits go.
    Rounded,
    /// Two sides differ; what the one on the left comes to.
    Wrong(String),
    /// There is one side only; what it comes to.
    ComesTo(String),
}

/// What `text` comes to; none where it is no calculation, or one with too large numbers.
pub fn outcome(text: &str) -> Option<WorkedOut> {
    let words = words(text)?;
    let mut read: Vec<(usize, WorkedOut)> = Vec::new();
    for style in [ENGLISH, GERMAN] {
        read.extend(style.outcome(&words));
    }
    let right = |o: &WorkedOut| matches!(o, WorkedOut::Right | WorkedOut::Rounded);
    // Both ways of writing may be meant; where none of them is right, the one that explains more signs is.
    match read.iter().find(|(_, o)| right(o)) {
        Some((_, outcome)) => Some(outcome.clone()),
        None => {
            let groups = |r: &&(usize, WorkedOut)| r.0;
            read.iter().rev().max_by_key(groups).map(|r| r.1.clone())
        }
    }
}

/// Whether `text` says that two sides are equal, and can be worked out.
pub fn is_equation(text: &str) -> bool {
    text.contains(EQUALS) && text.contains(OPERATORS) && outcome(text).is_some()
}

/// The calculation with what it comes to: `10,000 + 40,000 = 50,000 (right)`.
pub fn said(text: &str) -> String {
    let text = text.trim();
    match verdict(text) {
        said if said.is_empty() => text.to_string(),
        said => format!("{text} ({said})"),
    }
}

/// What the calculation comes to, in words; empty where there is none.
pub fn verdict(text: &str) -> String {
    match outcome(text) {
        _ if text.trim().is_empty() => String::new(),
        Some(WorkedOut::Right) => "right".into(),
        Some(WorkedOut::Rounded) => "right, rounded".into(),
        Some(WorkedOut::Wrong(value)) => format!("wrong: it is {value}"),
        Some(WorkedOut::ComesTo(value)) => format!("it is {value}"),
        None => "cannot be worked out".into(),
    }
}

const EQUALS: [char; 2] = ['=', '≈'];
const OPERATORS: [char; 11] = ['+', '-', '−', '–', '*', '×', '·', '/', '÷', ':', '%'];

/// A part of a calculation as it is written.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// Digits with what stands between them.
    Number(String),
    Add,
    Subtract,
    Times,
    Over,
    Percent,
    Open,
    Close,
    /// Equal; true where only about.
    Equal(bool),
}

/// The parts that are still to be read.
type Rest<'a> = Peekable<Cloned<Iter<'a, Token>>>;

/// The parts of `text`; none where something else is among them.
fn words(text: &str) -> Option<Vec<Token>> {
    let chars: Vec<char> = text.trim().chars().collect();
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        at += 1;
        let token = match c {
            '0'..='9' | '.' | ',' => {
                let end = number_end(&chars, at - 1);
                let number: String = chars[at - 1..end].iter().collect();
                at = end;
                Token::Number(number)
            }
            '+' => Token::Add,
            '-' | '−' | '–' => Token::Subtract,
            '*' | '×' | '·' | '⋅' | 'x' | 'X' => Token::Times,
            '/' | '÷' | ':' => Token::Over,
            '%' => Token::Percent,
            '(' => Token::Open,
            ')' => Token::Close,
            '=' => Token::Equal(false),
            '≈' => Token::Equal(true),
            '$' | '€' | '£' | '¥' => continue,
            c if c.is_whitespace() => continue,
            _ => return None,
        };
        all.push(token);
    }
    Some(all)
}

/// Where the number that begins at `start` ends. A space belongs to it where three digits and no more follow.
fn number_end(chars: &[char], start: usize) -> usize {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut end = start;
    loop {
        let three = (1..4).all(|n| digit(end + n)) && !digit(end + 4);
        match chars.get(end) {
            Some('0'..='9' | '.' | ',') => end += 1,
            Some(c) if GROUPS.contains(c) && end > start && three => end += 4,
            _ => return end,
        }
    }
}

/// What may stand between groups of three digits in any language.
const GROUPS: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];

/// A way of writing numbers.
#[derive(Clone, Copy, Debug)]
struct NumberStyle {
    decimal: char,
    group: char,
}

const ENGLISH: NumberStyle = NumberStyle {
    decimal: '.',
    group: ',',
};
const GERMAN: NumberStyle = NumberStyle {
    decimal: ',',
    group: '.',
};

/// A side of an equation.
#[derive(Clone, Copy, Debug)]
struct Side {
    value: Fraction,
    /// Of one number alone: how many digits it has behind its decimal sign, and how many zeros at its end before it.
    digits: Option<(u32, u32)>,
}

impl NumberStyle {
    /// How many signs part groups of digits, and what the calculation comes to, all its numbers read in this style.
    fn outcome(self, tokens: &[Token]) -> Option<(usize, WorkedOut)> {
        let numbers = tokens.iter().filter_map(|t| match t {
            Token::Number(n) => Some(n.as_str()),
            _ => None,
        });
        let groups = numbers
            .map(|n| n.matches(self.group).count())
            .sum::<usize>();
        let mut sides = Vec::new();
        for part in tokens.split_inclusive(|t| matches!(t, Token::Equal(_))) {
            let (part, about) = match part.split_last() {
                Some((Token::Equal(about), part)) => (part, Some(*about)),
                _ => (part, None),
            };
            sides.push((self.side(part)?, about));
        }
        // An equation that ends with its sign has nothing to compare.
        if sides.last()?.1.is_some() {
            return None;
        }
        let mut outcome = WorkedOut::Right;
        for pair in sides.windows(2) {
            let [(left, about), (right, _)] = pair else {
                continue;
            };
            match left.is(right, *about == Some(true))? {
                WorkedOut::Right => {}
                WorkedOut::Rounded => outcome = WorkedOut::Rounded,
                _ => {
                    return Some((
                        groups,
                        WorkedOut::Wrong(self.written(left.value, groups > 0)),
                    ));
                }
            }
        }
        if let [(one, _)] = sides.as_slice() {
            outcome = WorkedOut::ComesTo(self.written(one.value, groups > 0));
        }
        Some((groups, outcome))
    }

    fn side(self, tokens: &[Token]) -> Option<Side> {
        let digits = match tokens {
            [Token::Number(n)] => Some(self.digits(n)),
            [Token::Number(n), Token::Percent] => {
                let (behind, zeros) = self.digits(n);
                Some((behind + 2, zeros))
            }
            _ => None,
        };
        let mut rest = tokens.iter().cloned().peekable();
        let value = self.sum(&mut rest)?;
        rest.next().is_none().then_some(Side { value, digits })
    }

    fn sum(self, rest: &mut Rest<'_>) -> Option<Fraction> {
        let mut value = self.product(rest)?;
        while let Some(sign) = rest.next_if(|t| matches!(t, Token::Add | Token::Subtract)) {
            let more = self.product(rest)?;
            value = match sign {
                Token::Add => value.plus(more)?,
                _ => value.plus(more.negative()?)?,
            };
        }
        Some(value)
    }

    fn product(self, rest: &mut Rest<'_>) -> Option<Fraction> {
        let mut value = self.factor(rest)?;
        while let Some(sign) = rest.next_if(|t| matches!(t, Token::Times | Token::Over)) {
            let more = self.factor(rest)?;
            value = match sign {
                Token::Times => value.times(more)?,
                _ => value.times(more.inverse()?)?,
            };
        }
        Some(value)
    }

    fn factor(self, rest: &mut Rest<'_>) -> Option<Fraction> {
        let mut value = match rest.next()? {
            Token::Subtract => return self.factor(rest)?.negative(),
            Token::Number(n) => self.number(&n)?,
            Token::Open => {
                let value = self.sum(rest)?;
                rest.next_if_eq(&Token::Close)?;
                value
            }
            _ => return None,
        };
        while rest.next_if_eq(&Token::Percent).is_some() {
            value = value.times(Fraction::new(1, 100)?)?;
        }
        Some(value)
    }

    /// The value of a number; none where it is not written in this style.
    fn number(self, text: &str) -> Option<Fraction> {
        let (whole, part) = match text.split_once(self.decimal) {
            Some((whole, part)) if !part.is_empty() => (whole, part),
            Some(_) => return None,
            None => (text, ""),
        };
        let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        let grouped = |c: char| c == self.group || GROUPS.contains(&c);
        let mut groups = whole.split(grouped);
        let first = groups.next().unwrap_or_default();
        let mut rest = groups.peekable();
        let in_groups = rest.peek().is_some();
        let well = digits(first)
            && digits(part)
            && (!in_groups || (1..=3).contains(&first.len()))
            && rest.all(|g| g.len() == 3 && digits(g));
        if !well || first.is_empty() && part.is_empty() {
            return None;
        }
        let mut all: String = whole.chars().filter(char::is_ascii_digit).collect();
        all.push_str(part);
        let ten = 10i128.checked_pow(u32::try_from(part.len()).ok()?)?;
        Fraction::new(all.parse().ok()?, ten)
    }

    /// How many digits stand behind the decimal sign, and how many zeros end what stands before it.
    fn digits(self, text: &str) -> (u32, u32) {
        let (whole, part) = text.split_once(self.decimal).unwrap_or((text, ""));
        let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
        let zeros = whole.len() - whole.trim_end_matches('0').len();
        (
            part.len() as u32,
            if part.is_empty() { zeros as u32 } else { 0 },
        )
    }

    /// The value as this style writes it, to six digits behind the decimal sign at the most.
    fn written(self, value: Fraction, groups: bool) -> String {
        const MOST: u32 = 6;
        let exact = (0..=MOST).find(|n| 10i128.pow(*n) % value.under == 0);
        let digits = exact.unwrap_or(MOST);
        let Some(scaled) = value.rounded(digits) else {
            return "too large".into();
        };
        let all = scaled.unsigned_abs().to_string();
        let all = format!("{all:0>width$}", width = digits as usize + 1);
        let (whole, part) = all.split_at(all.len() - digits as usize);
        let mut text = String::new();
        for (n, digit) in whole.chars().enumerate() {
            if groups && n > 0 && (whole.len() - n).is_multiple_of(3) {
                text.push(self.group);
            }
            text.push(digit);
        }
        if !part.is_empty() {
            text.push(self.decimal);
            text.push_str(part);
        }
        let about = if exact.is_none() { "about " } else { "" };
        let sign = if scaled < 0 { "-" } else { "" };
        format!("{about}{sign}{text}")
    }
}

impl Side {
    /// Whether the two are the same, or one is the other one rounded to the digits that it shows.
    fn is(&self, other: &Self, about: bool) -> Option<WorkedOut> {
        if self.value == other.value {
            return Some(WorkedOut::Right);
        }
        for (rounded, exact) in [(self, other), (other, self)] {
            let Some((behind, zeros)) = rounded.digits else {
                continue;
            };
            // Half of the last digit that is shown; of a round number that is only about right, of its last one not zero.
            let unit = match about && behind == 0 {
                true => Fraction::new(10i128.checked_pow(zeros)?, 2)?,
                false => Fraction::new(1, 2 * 10i128.checked_pow(behind)?)?,
            };
            let apart = exact.value.plus(rounded.value.negative()?)?;
            if !unit.is_less_than(apart.size()?)? {
                return Some(WorkedOut::Rounded);
            }
        }
        Some(WorkedOut::Wrong(String::new()))
    }
}

/// A fraction in its lowest terms, with a positive number under its line. What grows beyond 128 bits is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fraction {
    over: i128,
    under: i128,
}

impl Fraction {
    fn new(over: i128, under: i128) -> Option<Self> {
        if under == 0 {
            return None;
        }
        let (mut a, mut b) = (over.checked_abs()?, under.checked_abs()?);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let divisor = a.checked_mul(under.signum())?;
        Some(Self {
            over: over / divisor,
            under: under / divisor,
        })
    }

    fn plus(self, more: Self) -> Option<Self> {
        let over = self.over.checked_mul(more.under)?;
        let over = over.checked_add(more.over.checked_mul(self.under)?)?;
        Self::new(over, self.under.checked_mul(more.under)?)
    }

    fn times(self, by: Self) -> Option<Self> {
        let over = self.over.checked_mul(by.over)?;
        Self::new(over, self.under.checked_mul(by.under)?)
    }

    fn negative(self) -> Option<Self> {
        Self::new(self.over.checked_neg()?, self.under)
    }

    fn inverse(self) -> Option<Self> {
        Self::new(self.under, self.over)
    }

    fn size(self) -> Option<Self> {
        Self::new(self.over.checked_abs()?, self.under)
    }

    fn is_less_than(self, other: Self) -> Option<bool> {
        Some(self.over.checked_mul(other.under)? < other.over.checked_mul(self.under)?)
    }

    /// The value times ten to the power of `digits`, to the nearest whole number, halves away from zero.
    fn rounded(self, digits: u32) -> Option<i128> {
        let over = self.over.checked_mul(10i128.checked_pow(digits)?)?;
        let doubled = over.checked_abs()?.checked_mul(2)?;
        let nearest = doubled.checked_add(self.under)? / self.under.checked_mul(2)?;
        Some(nearest * over.signum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calculation_is_right_rounded_or_wrong() {
        for (text, said) in [
            ("10,000 + 40,000 = 50,000", "right"),
            ("10.000 + 40.000 = 50.000", "right"),
            ("10 000 + 40 000 = 50 000", "right"),
            ("10'000 + 40'000 = 50'000", "right"),
            ("10,000 + 40,000 = 60,000", "wrong: it is 50,000"),
            ("10.000 + 40.000 = 60.000", "wrong: it is 50.000"),
            ("1,5 + 1,5 = 3", "right"),
            ("1.5 + 1.5 = 3", "right"),
            ("0.1 + 0.2 = 0.3", "right"),
            ("2.000 + 1 = 2001", "right"),
            ("1.234,50 × 2 = 2.469", "right"),
            ("1,234.50 x 2 = 2,469", "right"),
            ("$10,000 + $40,000 = $50,000", "right"),
            ("50 / 200 = 25%", "right"),
            ("25 % * 200 = 50", "right"),
            ("100 ÷ 3 = 33.3", "right, rounded"),
            ("100 / 3 = 33", "right, rounded"),
            ("100 / 3 = 34", "wrong: it is about 33.333333"),
            ("1 / 3 = 33%", "right, rounded"),
            ("1 / 3 = 34%", "wrong: it is about 0.333333"),
            ("1,234,567 / 2 ≈ 617,000", "right, rounded"),
            ("1,234,567 / 2 = 617,000", "wrong: it is 617,283.5"),
            ("(2 + 3) * 4 = 20 = 40 / 2", "right"),
            ("2 + 3 * 4 = 14", "right"),
            ("10 − 12 = -2", "right"),
            ("1 = 1 = 2", "wrong: it is 1"),
            ("40 + 40", "it is 80"),
            ("", ""),
            ("40 + = 80", "cannot be worked out"),
            ("40 + 40 =", "cannot be worked out"),
            ("1 / 0 = 1", "cannot be worked out"),
            ("1,00 + 1.00 = 2", "cannot be worked out"),
            ("1,0000 + 1.000.5 = 2", "cannot be worked out"),
            ("40 men + 40 women = 80", "cannot be worked out"),
            ("(40 + 40 = 80", "cannot be worked out"),
            (
                "99999999999999999999999999999999999999999 + 1 = 2",
                "cannot be worked out",
            ),
        ] {
            assert_eq!(verdict(text), said, "{text}");
        }
    }

    #[test]
    fn only_what_says_that_two_sides_are_equal_is_taken_for_a_calculation() {
        for (text, is) in [
            ("10,000 + 40,000 = 50,000", true),
            ("10,000 + 40,000 = 60,000", true),
            ("2024-2025", false),
            ("10/11", false),
            ("50 = 50", false),
            ("E = mc2", false),
            ("Council minutes", false),
            ("https://kell.example/?a=1-2", false),
        ] {
            assert_eq!(is_equation(text), is, "{text}");
        }
    }

    #[test]
    fn what_was_typed_stands_before_what_it_comes_to() {
        assert_eq!(said(" 2 + 2 = 5 "), "2 + 2 = 5 (wrong: it is 4)");
        assert_eq!(said(""), "");
    }
}
