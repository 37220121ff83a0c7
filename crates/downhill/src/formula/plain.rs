//! Formats formulas as plain text with every sign and parenthesis written out.

use core::fmt::{self, Write};

use super::function::Function;
use super::operand::Sign;
use super::tree::{Node, Tree, binding};

/// Writes a formula so that it can be read, and parsed, in one way only: `(1/2)·x` for `1/2x`.
pub(super) fn write(tree: &Tree, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    part(tree, tree.root, 0, f)
}

fn part(tree: &Tree, at: usize, least: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if tree.binding(at) < least {
        f.write_char('(')?;
        part(tree, at, 0, f)?;
        return f.write_char(')');
    }
    match tree.nodes[at] {
        Node::Number(value) => f.write_str(&crate::numbers::shortest(value)),
        Node::Constant(name) => f.write_str(if name == 'e' { "e" } else { "pi" }),
        Node::Variable(index) => {
            let mut text = String::new();
            tree.names[index].push(&mut text);
            f.write_str(&text)
        }
        Node::Negated(u) => {
            f.write_char('-')?;
            part(tree, u, binding::CALL, f)
        }
        Node::Joined(u, sign, v) => {
            let (left, sign, right) = match sign {
                Sign::Plus => (binding::SUM, " + ", binding::PRODUCT),
                Sign::Minus => (binding::SUM, " - ", binding::PRODUCT),
                // A quotient in a product is what people read in two ways.
                Sign::Times => (times(tree, u), "·", binding::POWER),
                Sign::Over => (binding::CALL, "/", binding::CALL),
            };
            part(tree, u, left, f)?;
            f.write_str(sign)?;
            part(tree, v, right, f)
        }
        Node::Power(u, v) => {
            part(tree, u, binding::CALL, f)?;
            f.write_char('^')?;
            part(tree, v, binding::CALL, f)
        }
        Node::Call(function, u, v) => {
            match function {
                Function::Log(base) => write!(f, "log{base}(")?,
                Function::Root(3) => f.write_str("cbrt(")?,
                Function::Root(degree) => write!(f, "\\sqrt[{degree}]{{")?,
                _ => write!(f, "{}(", function.name())?,
            }
            list(tree, function, u, f)?;
            if function.is_folding() {
                f.write_str(", ")?;
                part(tree, v, 0, f)?;
            }
            f.write_char(if matches!(function, Function::Root(4..)) { '}' } else { ')' })
        }
    }
}

/// All arguments of a folding function but the last.
fn list(tree: &Tree, function: Function, at: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match tree.nodes[at] {
        Node::Call(inner, u, v) if inner == function && function.is_folding() => {
            list(tree, function, u, f)?;
            f.write_str(", ")?;
            part(tree, v, 0, f)
        }
        _ => part(tree, at, 0, f),
    }
}

/// How tightly the left factor has to bind: a product there needs no parentheses, a quotient does.
fn times(tree: &Tree, at: usize) -> u8 {
    if tree.binding(at) == binding::PRODUCT { binding::PRODUCT } else { binding::POWER }
}
