//! Formulas in words: MathML on one line, as it is typed where there is no better (`(a + b)/2`, `x^2`, `√(n − 1)`).

use std::collections::HashSet;

use dom_query::NodeRef;

use super::elements::words_under;
use crate::reader::input::draft::one_line;
use crate::reader::input::signs;

/// A formula in words: as its author put it for those who cannot see it, else its signs one by one, else its source.
/// `idle` holds the words of authors that read no formula of this text, and learns them: a program that has no better
/// writes the same words at every formula.
pub(super) fn formula(math: &NodeRef<'_>, idle: &mut HashSet<String>) -> String {
    let alt = one_line(&math.attr_or("alttext", ""));
    let signs = Signs::of(math);
    if !alt.is_empty() && !alt.contains('\\') {
        match reads(&alt, &signs) {
            true if !idle.contains(&alt) => return alt,
            true => {}
            false => drop(idle.insert(alt.clone())),
        }
    }
    if !signs.is_empty() {
        return signs;
    }
    let source = math.descendants_it().find(|n| {
        n.has_name("annotation") && n.attr_or("encoding", "").to_lowercase().contains("tex")
    });
    match source {
        Some(source) => one_line(&source.text()),
        None if idle.contains(&alt) => String::new(),
        None => alt,
    }
}

/// Whether `alt` reads the formula with these signs: a name or a number of it is among its words.
fn reads(alt: &str, signs: &str) -> bool {
    let words = |text| str::split(text, |c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let written: Vec<&str> = words(signs).collect();
    written.is_empty() || words(alt).any(|w| written.contains(&w))
}

/// A part of a formula that is written in another way than its signs alone.
#[derive(Clone, Copy)]
enum Part {
    Numerator,
    Denominator,
    Radicand,
    /// Which root it is.
    Index,
    Raised,
    Lowered,
    /// What stands over or under a letter: an accent, or a limit.
    Over,
    Under,
}

/// What is to be written next.
enum Step<'a> {
    Node(NodeRef<'a>),
    Begin(Part),
    End(Part),
    /// A sign that stands for how a part is set.
    Sign(String),
    Gap,
}

/// What was written last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Nothing that a sign could join.
    Open,
    Operator,
    Operand,
    /// Digits: more of them belong to the same number.
    Number,
}

/// The signs of a formula as far as they are written.
struct Signs {
    out: String,
    gap: bool,
    last: Last,
    /// Where the open parts begin, and what stood before them.
    parts: Vec<(usize, bool, Last)>,
}

impl Signs {
    /// The signs under `math`, on one line.
    fn of(math: &NodeRef<'_>) -> String {
        let mut signs = Self {
            out: String::new(),
            gap: false,
            last: Last::Open,
            parts: Vec::new(),
        };
        // An own stack: pages nest elements as deep as they like.
        let mut stack = vec![Step::Node(*math)];
        while let Some(step) = stack.pop() {
            match step {
                Step::Node(node) => {
                    let steps = signs.node(node);
                    stack.extend(steps.into_iter().rev());
                }
                Step::Begin(part) => signs.begin(part),
                Step::End(part) => signs.end(part),
                Step::Sign(sign) => signs.operator(&sign),
                Step::Gap => (signs.gap, signs.last) = (true, Last::Open),
            }
        }
        one_line(&signs.out)
    }

    /// Writes a token; of other elements it says what they are made of.
    fn node<'a>(&mut self, node: NodeRef<'a>) -> Vec<Step<'a>> {
        if node.is_text() {
            self.words(&node.text());
            return Vec::new();
        }
        let name = node.node_name().unwrap_or_default();
        match &*name {
            "mi" => self.operand(&one_line(&words_under(&node)), Last::Operand),
            "mn" => self.operand(&one_line(&words_under(&node)), Last::Number),
            "mo" => self.operator(&one_line(&words_under(&node))),
            "mtext" | "ms" => self.words(&words_under(&node)),
            "mspace" => self.gap = true,
            // What is shown to nobody, or not there.
            "mphantom" | "none" | "mprescripts" => {}
            name if name.starts_with("annotation") => {}
            name => return parts_of(&node, name),
        }
        Vec::new()
    }

    /// Writes a name or a number: `x`, `sin`, `80`.
    fn operand(&mut self, words: &str, kind: Last) {
        if words.is_empty() {
            return;
        }
        self.gap |= match self.last {
            Last::Number => kind != Last::Number,
            Last::Operand => self.out.ends_with(char::is_alphanumeric),
            Last::Open | Last::Operator => false,
        };
        self.write(words);
        self.last = kind;
    }

    fn words(&mut self, words: &str) {
        let said = one_line(words);
        if said.is_empty() {
            self.gap |= !words.is_empty();
            return;
        }
        let apart = said.chars().count() > 1;
        self.gap |= apart;
        self.write(&said);
        self.gap = apart;
        self.last = Last::Operand;
    }

    fn operator(&mut self, sign: &str) {
        match sign {
            // Marks that nobody sees: this is applied to that, that is multiplied by this.
            "" | "\u{2061}" | "\u{2062}" | "\u{2063}" | "\u{2064}" => {}
            "(" | "[" | "{" | "⟨" | "⌊" | "⌈" => {
                self.write(sign);
                self.last = Last::Open;
            }
            "." if self.last == Last::Number => self.write(sign),
            ")" | "]" | "}" | "⟩" | "⌋" | "⌉" | "." | "/" | "!" | "′" | "'" | "%" | "°" => {
                self.gap = false;
                self.write(sign);
                self.last = Last::Operand;
            }
            // They open and close what stands between them, and part what stands beside them.
            "|" | "‖" => {
                self.write(sign);
                self.last = match self.last {
                    Last::Open | Last::Operator => Last::Open,
                    Last::Operand | Last::Number => Last::Operand,
                };
            }
            "," | ";" => {
                self.gap = false;
                self.write(sign);
                self.gap = true;
                self.last = Last::Operator;
            }
            "+" | "-" | "−" | "±" | "∓" | "¬" | "√" | "∂" | "∇"
                if matches!(self.last, Last::Open | Last::Operator) =>
            {
                self.write(sign);
                self.last = Last::Open;
            }
            _ => {
                self.gap = true;
                self.write(sign);
                self.gap = true;
                self.last = Last::Operator;
            }
        }
    }

    fn write(&mut self, words: &str) {
        let begins = self.out.is_empty() || self.out.ends_with(['(', '[', '{', '⟨', '⌊', '⌈']);
        if std::mem::take(&mut self.gap) && !begins && !self.out.ends_with(' ') {
            self.out.push(' ');
        }
        self.out.push_str(words);
    }

    fn begin(&mut self, part: Part) {
        let after = self.last;
        let stands_alone = matches!(part, Part::Numerator | Part::Radicand);
        self.gap |= stands_alone && matches!(after, Last::Operand | Last::Number);
        let gap = std::mem::take(&mut self.gap);
        self.parts.push((self.out.len(), gap, after));
        self.last = Last::Open;
    }

    fn end(&mut self, part: Part) {
        let Some((start, gap, after)) = self.parts.pop() else {
            return;
        };
        let inside = self.out.split_off(start);
        let inside = inside.trim();
        self.gap = gap;
        self.last = Last::Operand;
        let words = match part {
            Part::Numerator => one(inside),
            Part::Index => format!("^{}", one(inside)),
            Part::Denominator => format!("/{}", one(inside)),
            Part::Radicand => format!("√{}", one(inside)),
            Part::Over if accent(inside).is_some() => accent(inside).unwrap_or_default().into(),
            Part::Raised if ["′", "″", "*", "†", "°"].contains(&inside) => inside.into(),
            Part::Raised | Part::Over => signs::marked(inside, '^'),
            Part::Lowered | Part::Under => signs::marked(inside, '_'),
        };
        match part {
            Part::Numerator | Part::Denominator | Part::Radicand => self.write(&words),
            Part::Index => {
                self.write(&words);
                self.last = Last::Open;
            }
            // A sign in a corner stands at its letter, and what follows is as far away as it was.
            _ => {
                self.out.push_str(&words);
                self.last = match after {
                    Last::Operator => after,
                    _ => Last::Operand,
                };
            }
        }
    }
}

/// What an element of a formula is made of.
fn parts_of<'a>(node: &NodeRef<'a>, name: &str) -> Vec<Step<'a>> {
    let children: Vec<NodeRef<'a>> = node
        .children_it(false)
        .filter(|n| n.is_element() || n.is_text() && !n.text().trim().is_empty())
        .collect();
    let mut steps = Vec::new();
    let part = |steps: &mut Vec<Step<'a>>, part, child: Option<&NodeRef<'a>>| {
        if let Some(child) = child {
            steps.extend([Step::Begin(part), Step::Node(*child), Step::End(part)]);
        }
    };
    let corners: &[Part] = match name {
        "msup" => &[Part::Raised],
        "msub" => &[Part::Lowered],
        "msubsup" => &[Part::Lowered, Part::Raised],
        "mover" => &[Part::Over],
        "munder" => &[Part::Under],
        "munderover" => &[Part::Under, Part::Over],
        _ => &[],
    };
    match name {
        "mfrac" if !node.attr_or("linethickness", "").starts_with('0') => {
            part(&mut steps, Part::Numerator, children.first());
            part(&mut steps, Part::Denominator, children.get(1));
        }
        "msqrt" => {
            steps.push(Step::Begin(Part::Radicand));
            steps.extend(children.into_iter().map(Step::Node));
            steps.push(Step::End(Part::Radicand));
        }
        "mroot" => {
            part(&mut steps, Part::Index, children.get(1));
            part(&mut steps, Part::Radicand, children.first());
        }
        "mfenced" => return fenced(node, children),
        "mtable" => return parted(children, || Step::Sign(";".into())),
        "mtr" | "mlabeledtr" | "mfrac" | "mmultiscripts" => return parted(children, || Step::Gap),
        _ if !corners.is_empty() => {
            let mut children = children.into_iter();
            steps.extend(children.next().map(Step::Node));
            for (corner, child) in corners.iter().zip(children) {
                part(&mut steps, *corner, Some(&child));
            }
        }
        _ => steps.extend(children.into_iter().map(Step::Node)),
    }
    steps
}

/// Elements with a step between each two of them.
fn parted<'a>(children: Vec<NodeRef<'a>>, between: impl Fn() -> Step<'a>) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    for child in children {
        if !steps.is_empty() {
            steps.push(between());
        }
        steps.push(Step::Node(child));
    }
    steps
}

/// Elements in the brackets, and with the marks between them, that the one around them names.
fn fenced<'a>(node: &NodeRef<'a>, children: Vec<NodeRef<'a>>) -> Vec<Step<'a>> {
    let said = |key, usual: &str| match node.attr(key) {
        Some(said) => said.trim().to_string(),
        None => usual.to_string(),
    };
    let marks: Vec<char> = said("separators", ",")
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let mut steps = vec![Step::Sign(said("open", "("))];
    for (n, child) in children.into_iter().enumerate() {
        let mark = n.checked_sub(1).and_then(|n| marks.get(n).or(marks.last()));
        steps.extend(mark.map(|mark| Step::Sign(mark.to_string())));
        steps.push(Step::Node(child));
    }
    steps.push(Step::Sign(said("close", ")")));
    steps
}

/// `words` as one operand: in brackets where they are several, and not in brackets already.
fn one(words: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "._^√′".contains(c);
    let inside = words.strip_prefix('(').and_then(|w| w.strip_suffix(')'));
    let bracketed = inside.is_some_and(|w| !w.contains(['(', ')']));
    match bracketed || words.chars().all(plain) {
        true => words.into(),
        false => format!("({words})"),
    }
}

/// The accent that a sign over a letter is.
fn accent(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "¯" | "‾" | "_" | "―" | "\u{305}" => "\u{304}",
        "^" | "ˆ" | "\u{302}" => "\u{302}",
        "~" | "˜" | "∼" | "\u{303}" => "\u{303}",
        "→" | "⃗" | "⇀" => "\u{20d7}",
        "˙" | "\u{307}" => "\u{307}",
        "¨" | "\u{308}" => "\u{308}",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(math: &str) -> String {
        let page = dom_query::Document::from(math);
        let mut idle = HashSet::new();
        let all = page.select("math");
        let all: Vec<String> = all
            .nodes()
            .iter()
            .map(|math| formula(math, &mut idle))
            .collect();
        all.join(" | ")
    }

    #[test]
    fn formulas_are_said_by_their_author_or_by_their_signs() {
        for (math, want) in [
            ("<math alttext='E = mc^2'><mi>E</mi></math>", "E = mc^2"),
            (
                "<math alttext='alternative text not available'><mi>x</mi><mo>=</mo><mn>2</mn></math>",
                "x = 2",
            ),
            (
                "<math alttext='\\sqrt{x}'><semantics><msqrt><mi>x</mi></msqrt><annotation encoding='application/x-tex'>x</annotation></semantics></math>",
                "√x",
            ),
            (
                "<math alttext=none><mi>x</mi></math><math alttext=none></math><math alttext='one half'></math>",
                "x |  | one half",
            ),
        ] {
            assert_eq!(said(math), want, "{math}");
        }
    }

    #[test]
    fn digits_of_a_number_stand_together_and_names_apart() {
        for (math, want) in [
            (
                "<mn>3</mn><mn>8</mn><mn>0</mn><mo>-</mo><mn>4</mn><mo>.</mo><mn>9</mn><mi>b</mi>",
                "380 - 4.9 b",
            ),
            ("<mo>−</mo><mn>2</mn><mi>a</mi><mi>b</mi>", "−2 a b"),
            (
                "<mi>sin</mi><mi>x</mi><mo>≤</mo><mi>f</mi><mo>(</mo><mo>-</mo><mi>x</mi><mo>,</mo><mi>y</mi><mo>)</mo>",
                "sin x ≤ f(-x, y)",
            ),
            (
                "<mi>x</mi><mtext> if </mtext><mi>n</mi><mo>&#x2062;</mo><mi>k</mi>",
                "x if n k",
            ),
        ] {
            assert_eq!(said(&format!("<math>{math}</math>")), want, "{math}");
        }
    }

    #[test]
    fn parts_of_a_formula_keep_how_they_stand_to_each_other() {
        for (math, want) in [
            (
                "<mfrac><mn>1</mn><msqrt><mi>a</mi></msqrt></mfrac><mo>+</mo><msub><mi>b</mi><mn>0</mn></msub>",
                "1/√a + b_0",
            ),
            (
                "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>",
                "(a + b)/2",
            ),
            (
                "<mfrac><mn>1</mn><mrow><mo>(</mo><mn>1</mn><mo>−</mo><mi>q</mi><mo>)</mo></mrow></mfrac><mtext>for </mtext><mo>|</mo><mi>q</mi><mo>|</mo>",
                "1/(1 − q) for |q|",
            ),
            (
                "<msup><mi>x</mi><mrow><mn>1</mn><mn>0</mn></mrow></msup><msubsup><mi>a</mi><mrow><mi>i</mi><mi>j</mi></mrow><mi>T</mi></msubsup>",
                "x^10 a_(i j)^T",
            ),
            (
                "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mover><mi>x</mi><mo>¯</mo></mover>",
                "∑_(i = 1)^n x̄",
            ),
            (
                "<mroot><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow><mn>3</mn></mroot>",
                "^3√(x + 1)",
            ),
            (
                "<mi>S</mi><mfenced><mi>A</mi><msub><mi>e</mi><mn>4</mn></msub></mfenced><mfenced open='[' close=']' separators='|'><mi>b</mi><mi>c</mi></mfenced>",
                "S(A, e_4)[b|c]",
            ),
            (
                "<mo>[</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd><mtd><mo>-</mo><mn>4</mn></mtd></mtr></mtable><mo>]</mo>",
                "[1 2; 3 -4]",
            ),
        ] {
            assert_eq!(said(&format!("<math>{math}</math>")), want, "{math}");
        }
    }
}
