//! Typesets formulas as MathML, to show how they were parsed.

use super::function::Function;
use super::operand::Sign;
use super::tree::{Node, Tree, binding};

/// Writes a formula as the content of a `math` element: elements without attributes, containing
/// only letters, digits and signs that need no escaping.
pub(super) fn mathml(tree: &Tree) -> String {
    let mut out = String::new();
    Writer { tree, out: &mut out }.row(tree.root);
    out
}

struct Writer<'a> {
    tree: &'a Tree,
    out: &'a mut String,
}

impl Writer<'_> {
    fn tag(&mut self, name: &str) {
        self.out.push('<');
        self.out.push_str(name);
        self.out.push('>');
    }

    fn leaf(&mut self, name: &str, text: &str) {
        self.tag(name);
        self.out.push_str(text);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn sign(&mut self, sign: &str) {
        self.leaf("mo", sign);
    }

    fn number(&mut self, value: f64) {
        self.leaf("mn", &crate::numbers::shortest(value));
    }

    /// A part in an `mrow`.
    fn row(&mut self, at: usize) {
        self.tag("mrow");
        self.part(at, 0);
        self.out.push_str("</mrow>");
    }

    fn fenced(&mut self, open: &str, at: usize, close: &str) {
        self.tag("mrow");
        self.sign(open);
        self.part(at, 0);
        self.sign(close);
        self.out.push_str("</mrow>");
    }

    /// A part, in parentheses if it binds less tightly than `least`.
    fn part(&mut self, at: usize, least: u8) {
        if self.tree.binding(at) < least {
            return self.fenced("(", at, ")");
        }
        match self.tree.nodes[at] {
            Node::Number(value) => self.number(value),
            Node::Constant(name) => self.leaf("mi", name.encode_utf8(&mut [0; 4])),
            Node::Variable(index) => {
                let name = self.tree.names[index];
                let mut buffer = [0; 4];
                let letter = &*name.letter.encode_utf8(&mut buffer);
                match name.index {
                    None => self.leaf("mi", letter),
                    Some(index) => {
                        self.tag("msub");
                        self.leaf("mi", letter);
                        self.number(f64::from(index));
                        self.out.push_str("</msub>");
                    }
                }
            }
            Node::Negated(u) => {
                self.sign("−");
                self.part(u, binding::PRODUCT);
            }
            Node::Joined(u, Sign::Over, v) => {
                self.tag("mfrac");
                self.row(u);
                self.row(v);
                self.out.push_str("</mfrac>");
            }
            Node::Joined(u, Sign::Times, v) => {
                self.part(u, binding::NEGATED);
                self.sign(if self.begins_with_digit(v) { "·" } else { "\u{2062}" });
                self.part(v, binding::QUOTIENT);
            }
            Node::Joined(u, sign, v) => {
                self.part(u, binding::SUM);
                self.sign(if sign == Sign::Plus { "+" } else { "−" });
                self.part(v, binding::PRODUCT);
            }
            Node::Power(u, v) => match self.tree.nodes[u] {
                // sin²(x) rather than (sin(x))², unless it could mean the inverse.
                Node::Call(function, w, _) if has_name(function) && self.is_whole(v) => {
                    self.tag("msup");
                    self.name(function);
                    self.row(v);
                    self.out.push_str("</msup>");
                    self.applied(w);
                }
                _ => {
                    let root = matches!(self.tree.nodes[u], Node::Call(Function::Abs, ..));
                    self.tag("msup");
                    self.tag("mrow");
                    self.part(u, if root { binding::CALL } else { binding::ATOM });
                    self.out.push_str("</mrow>");
                    self.row(v);
                    self.out.push_str("</msup>");
                }
            },
            Node::Call(function, u, v) => self.call(function, u, v),
        }
    }

    fn call(&mut self, function: Function, u: usize, v: usize) {
        match function {
            Function::Sqrt => {
                self.tag("msqrt");
                self.part(u, 0);
                self.out.push_str("</msqrt>");
            }
            Function::Root(degree) => {
                self.tag("mroot");
                self.row(u);
                self.number(f64::from(degree));
                self.out.push_str("</mroot>");
            }
            Function::Abs => self.fenced("|", u, "|"),
            Function::Floor => self.fenced("⌊", u, "⌋"),
            Function::Max | Function::Min => {
                self.name(function);
                self.sign("\u{2061}");
                self.tag("mrow");
                self.sign("(");
                self.list(function, u);
                self.sign(",");
                self.part(v, 0);
                self.sign(")");
                self.out.push_str("</mrow>");
            }
            _ => {
                self.name(function);
                self.applied(u);
            }
        }
    }

    /// All arguments of a folding function but the last.
    fn list(&mut self, function: Function, at: usize) {
        match self.tree.nodes[at] {
            Node::Call(inner, u, v) if inner == function => {
                self.list(function, u);
                self.sign(",");
                self.part(v, 0);
            }
            _ => self.part(at, 0),
        }
    }

    fn name(&mut self, function: Function) {
        match function {
            Function::Log(base) => {
                self.tag("msub");
                self.leaf("mi", "log");
                self.number(f64::from(base));
                self.out.push_str("</msub>");
            }
            Function::Asin => self.leaf("mi", "arcsin"),
            Function::Acos => self.leaf("mi", "arccos"),
            Function::Atan => self.leaf("mi", "arctan"),
            _ => self.leaf("mi", function.name()),
        }
    }

    fn applied(&mut self, at: usize) {
        self.sign("\u{2061}");
        self.fenced("(", at, ")");
    }

    /// Whether a part is an integer above 1.
    fn is_whole(&self, at: usize) -> bool {
        matches!(self.tree.nodes[at], Node::Number(n) if n >= 2.0 && f64::trunc(n) == n)
    }

    /// Whether a factor begins with a digit, which would run into the factor before it.
    fn begins_with_digit(&self, at: usize) -> bool {
        match self.tree.nodes[at] {
            Node::Number(_) | Node::Joined(_, Sign::Over, _) => true,
            Node::Power(u, _) => self.begins_with_digit(u),
            _ => false,
        }
    }
}

/// Whether it is written by name, with its argument in parentheses.
fn has_name(function: Function) -> bool {
    !matches!(
        function,
        Function::Sqrt
            | Function::Root(_)
            | Function::Abs
            | Function::Floor
            | Function::Max
            | Function::Min
    )
}
