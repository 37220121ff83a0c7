//! The functions known in formulas.

use crate::scalar::Scalar;

/// A function in a formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Function {
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Exp,
    Ln,
    /// The logarithm to an integer base of at least 2.
    Log(u8),
    Sqrt,
    /// The root of an integer degree of at least 3; odd roots are defined for all numbers.
    Root(u8),
    Abs,
    Sinh,
    Cosh,
    Tanh,
    Sigmoid,
    Relu,
    Floor,
    Sign,
    Max,
    Min,
}

impl Function {
    /// Its name; for a logarithm without the base.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sin => "sin",
            Self::Cos => "cos",
            Self::Tan => "tan",
            Self::Asin => "asin",
            Self::Acos => "acos",
            Self::Atan => "atan",
            Self::Exp => "exp",
            Self::Ln => "ln",
            Self::Log(_) => "log",
            Self::Sqrt => "sqrt",
            Self::Root(_) => "root",
            Self::Abs => "abs",
            Self::Sinh => "sinh",
            Self::Cosh => "cosh",
            Self::Tanh => "tanh",
            Self::Sigmoid => "sigmoid",
            Self::Relu => "relu",
            Self::Floor => "floor",
            Self::Sign => "sign",
            Self::Max => "max",
            Self::Min => "min",
        }
    }

    /// Whether it takes two or more arguments, which are folded in pairs.
    pub(super) fn is_folding(self) -> bool {
        matches!(self, Self::Max | Self::Min)
    }

    /// Whether it is a root, for which the sign √ can be used.
    pub(super) fn is_root(self) -> bool {
        matches!(self, Self::Sqrt | Self::Root(_))
    }

    /// Whether its value or its derivative jumps somewhere.
    pub(super) fn has_kink(self) -> bool {
        matches!(self, Self::Abs | Self::Relu | Self::Floor | Self::Sign | Self::Max | Self::Min)
    }

    /// Its inverse, if that has a formula.
    pub(super) fn inverse(self) -> Option<String> {
        let text = match self {
            Self::Sin => "asin(x)",
            Self::Cos => "acos(x)",
            Self::Tan => "atan(x)",
            Self::Asin => "sin(x)",
            Self::Acos => "cos(x)",
            Self::Atan => "tan(x)",
            Self::Exp => "ln(x)",
            Self::Ln => "exp(x)",
            Self::Log(base) => return Some([&*base.to_string(), "^x"].concat()),
            Self::Sqrt => "x^2",
            Self::Root(degree) => return Some(["x^", &*degree.to_string()].concat()),
            Self::Sinh => "ln(x + sqrt(x^2 + 1))",
            Self::Cosh => "ln(x + sqrt(x^2 - 1))",
            Self::Tanh => "0.5ln((1 + x)/(1 - x))",
            Self::Sigmoid => "ln(x/(1 - x))",
            Self::Abs | Self::Relu | Self::Floor | Self::Sign | Self::Max | Self::Min => {
                return None;
            }
        };
        Some(text.to_owned())
    }

    /// Its value; only folding functions use `v`.
    pub(super) fn of<S: Scalar>(self, u: S, v: S) -> S {
        match self {
            Self::Sin => u.sin(),
            Self::Cos => u.cos(),
            Self::Tan => u.tan(),
            Self::Asin => u.asin(),
            Self::Acos => u.acos(),
            Self::Atan => u.atan(),
            Self::Exp => u.exp(),
            Self::Ln => u.ln(),
            Self::Log(base) => u.ln() / S::from(f64::from(base)).ln(),
            Self::Sqrt => u.sqrt(),
            Self::Root(degree) => {
                let size = |u: S| u.powf(S::from(1.0 / f64::from(degree)));
                // Negative numbers have odd roots, but no fractional powers.
                if degree.is_multiple_of(2) { size(u) } else { u.sign() * size(u.abs()) }
            }
            Self::Abs => u.abs(),
            // Through tanh, because e^u − e^(−u) would cancel near 0.
            Self::Sinh => u.tanh() * cosh(u),
            Self::Cosh => cosh(u),
            Self::Tanh => u.tanh(),
            Self::Sigmoid => sigmoid(u),
            // Zero comes first, so that its derivative counts at u = 0, and NaN stays NaN.
            Self::Relu => S::from(0.0).select(u, S::from(0.0), u),
            Self::Floor => u.floor(),
            Self::Sign => u.sign(),
            // If they cannot be compared, one of them is NaN, and so is their sum.
            Self::Max => u.select(v, u, v.select(u, v, u + v)),
            Self::Min => v.select(u, u, u.select(v, v, u + v)),
        }
    }
}

fn cosh<S: Scalar>(u: S) -> S {
    (u.exp() + (-u).exp()) * S::from(0.5)
}

/// 1/(1 + e⁻ᵘ); each side uses the exponential that cannot overflow there.
fn sigmoid<S: Scalar>(u: S) -> S {
    let one = S::from(1.0);
    let grown = u.exp();
    u.select(S::from(0.0), one / (one + (-u).exp()), grown / (one + grown))
}
