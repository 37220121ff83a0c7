//! Tests of the formula parser: meanings, error messages, and robustness.

use proptest::prelude::*;

use super::{Expression, Problem};
use crate::batch::{Batch, BatchPlan};
use crate::loss::Loss;

fn parse(text: &str) -> Expression {
    text.parse::<Expression>().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn at(text: &str, x: f64, y: f64) -> f64 {
    parse(text).value([x, y])
}

#[track_caller]
fn same(text: &str, x: f64, y: f64, expected: f64) {
    let value = at(text, x, y);
    assert!(
        value.to_bits() == expected.to_bits() || (value.is_nan() && expected.is_nan()),
        "{text} at ({x}, {y}) is {value}, not {expected}"
    );
}

#[test]
fn formulas_bind_as_in_mathematics() {
    let (x, y) = (3.0, 5.0);
    for (text, expected) in [
        ("1+2*3", 7.0),
        ("2-3-4", -5.0),
        ("16/4/2", 2.0),
        ("-2^x", -8.0),
        ("(-2)^x", -8.0),
        ("-x^2", -9.0),
        ("2^-x", 0.125),
        ("2^3^2", 512.0),
        ("-2^-2", -0.25),
        ("2*-x", -6.0),
        ("--x", 3.0),
        ("+x", 3.0),
        ("2-+-x", 5.0),
        ("2x^2", 18.0),
        ("1/2x", 1.5),
        ("2x", 6.0),
        ("3(x+1)", 12.0),
        ("(x+1)(y-1)", 16.0),
        ("x y", 15.0),
        ("xy", 15.0),
        ("x·y", 15.0),
        ("x×y", 15.0),
        ("x⋅y−1", 14.0),
        ("y÷2", 2.5),
        ("x²y", 45.0),
        ("x³", 27.0),
        ("x¹⁰", 59049.0),
        ("−x²", -9.0),
        ("x**2", 9.0),
        ("1e-3", 0.001),
        ("1e−3", 0.001),
        ("2E2", 200.0),
        (".5x", 1.5),
        ("1.", 1.0),
        ("2e", 2.0 * core::f64::consts::E),
        ("2π", core::f64::consts::TAU),
        ("pi x", 3.0 * core::f64::consts::PI),
        ("xpi", 3.0 * core::f64::consts::PI),
        ("|x-y|", 2.0),
        ("2|x-y|y", 20.0),
        ("|2(|x-y|)|", 4.0),
        ("max(x,y)", 5.0),
        ("max(1,x,2)", 3.0),
        ("min(x,y,4)", 3.0),
        ("relu(-x) + relu(x)", 3.0),
        ("xsin(0)+SQRT(4)", 2.0),
        ("√(x+1)", 2.0),
        ("abs(-x)", 3.0),
        ("log(e^2)", 2.0),
        ("ln(1)", 0.0),
        ("  X + Y  ", 8.0),
        ("tanh(0)+cosh(0)+sinh(0)", 1.0),
        ("sigmoid(0)", 0.5),
        ("sigmoid(-1000)", 0.0),
        ("sigmoid(1000)", 1.0),
        ("x^0", 1.0),
        ("4^0.5", 2.0),
        ("4^(1/2)", 2.0),
    ] {
        same(text, x, y, expected);
    }
}

#[test]
fn numbers_outside_a_domain_are_nan_or_infinite() {
    same("1/x", 0.0, 0.0, f64::INFINITY);
    same("ln(x)", 0.0, 0.0, f64::NEG_INFINITY);
    same("sqrt(x)", -1.0, 0.0, f64::NAN);
    same("(-8)^(1/3)", 0.0, 0.0, f64::NAN);
    for text in ["max(x, 1)", "max(1, x)", "min(x, 1)", "min(1, x)", "relu(x)"] {
        same(text, f64::NAN, 0.0, f64::NAN);
    }
    // The second variable is missing in one dimension.
    assert!(Loss::<1>::value(&parse("x + y"), [1.0]).is_nan());
}

#[test]
fn squares_are_exact() {
    let square = parse("x^2");
    for x in [5.0, -0.1, 1e-200, 1e200, 0.123_456_789] {
        let (value, [slope]) = square.value_and_gradient([x]);
        assert_eq!(value.to_bits(), (x * x).to_bits());
        assert_eq!(slope.to_bits(), (2.0 * x).to_bits());
        assert_eq!(square.hessian([x]), [[2.0]]);
    }
}

#[test]
fn structure_determines_the_degree() {
    for (text, degree) in [
        ("x^2", Some(2)),
        ("3x^2+1", Some(2)),
        ("x*x", Some(2)),
        ("(x-1)^2+4y^2", Some(2)),
        ("x²/2 - xy", Some(2)),
        ("7", Some(0)),
        ("x", Some(1)),
        ("x^(1+1)", Some(2)),
        ("x^3", Some(3)),
        ("(x y)^2", Some(4)),
        ("sin(2)x^2", Some(2)),
        ("x^2/sqrt(2)", Some(2)),
        ("((x^64)^64)^64", Some(262_144)),
        ("x^0.5", None),
        ("x^-1", None),
        ("2^x", None),
        ("1/x", None),
        ("sin(x)", None),
        ("|x|", None),
        ("max(x, y)", None),
    ] {
        assert_eq!(parse(text).degree(), degree, "{text}");
        assert_eq!(parse(text).is_quadratic(), degree.is_some_and(|d| d <= 2), "{text}");
    }
    assert_eq!(parse("x+1").variables(), 1);
    assert_eq!(parse("7").variables(), 1);
    assert_eq!(parse("y").variables(), 2);
    assert!(parse("1+|x|").has_kinks() && !parse("x^2").has_kinks());
}

#[test]
fn kinks_have_the_documented_slopes() {
    let slope = |text: &str| parse(text).gradient([0.0])[0];
    assert_eq!(slope("abs(x)"), 0.0);
    assert_eq!(slope("relu(x)"), 0.0);
    assert_eq!(slope("max(x, 2x)"), 1.0);
    assert_eq!(slope("max(2x, x)"), 2.0);
    assert_eq!(slope("min(x, 2x)"), 1.0);
    assert_eq!(slope("min(2x, x)"), 2.0);
    assert_eq!(slope("sqrt(x)"), f64::INFINITY);
    assert_eq!(slope("sigmoid(x)"), 0.25);
    // The second derivative involves both factors of the exponent, even where the first is 0.
    assert_eq!(parse("2^(x^2)").hessian([0.0]), [[2.0 * core::f64::consts::LN_2]]);
}

#[test]
fn lanes_have_the_bits_of_single_points() {
    let points = [-2.0, -1.0, -0.5, 0.0, 0.25, 1.0, 3.0, 700.0];
    for text in ["sigmoid(x) + max(x, x^3)", "2^x tan(x) - relu(x)", "sinh(x)cosh(x)/|x|", "x^1.5"]
    {
        let formula = parse(text);
        let mut walkers = Batch::at(points.map(|x| [x]));
        formula.step_batch(&mut walkers, BatchPlan::steps(0, 0.0));
        for (lane, x) in points.into_iter().enumerate() {
            let [gradient] = formula.gradient([x]);
            let [one] = walkers.lane(lane).gradient;
            assert!(
                one.to_bits() == gradient.to_bits() || (one.is_nan() && gradient.is_nan()),
                "{text} at {x}"
            );
        }
    }
}

#[test]
fn errors_say_where_and_what() {
    for (text, offset, sentence) in [
        ("", 0, "the formula is empty; expected one in x, or in x and y, such as x^2 + 3y^2"),
        ("  ", 0, "the formula is empty; expected one in x, or in x and y, such as x^2 + 3y^2"),
        (
            "x +",
            3,
            "character 4: expected a number, x, y, a function or '(', found the end of the formula",
        ),
        ("x²+*3", 4, "character 4: expected a number, x, y, a function or '(', found '*'"),
        ("(x", 2, "character 3: expected ')' or an operator, found the end of the formula"),
        (
            "x)",
            1,
            "character 2: expected an operator such as + or * or the end of the formula, found ')'",
        ),
        (
            "x^2^",
            4,
            "character 5: expected a number, x, y, a function or '(', found the end of the formula",
        ),
        (
            "x²^3",
            3,
            "character 3: expected an operator such as + or * or the end of the formula, found '^'",
        ),
        ("x2", 0, "character 1: 'x2' can be read in two ways; write x^2 or x_2"),
        (
            "2 3",
            2,
            "character 3: found the number 3 after a value; expected an operator such as * or ^ between them",
        ),
        (
            "0,5x",
            1,
            "character 2: found ',', expected an operator; decimals are written with a point, as in 0.5",
        ),
        (
            "(0,5)",
            2,
            "character 3: found ',', expected an operator; decimals are written with a point, as in 0.5",
        ),
        ("sin -x", 4, "character 5: expected '(' after sin, as in sin(x)"),
        ("sin(x, y)", 5, "character 6: found ',', but sin takes one argument; expected ')'"),
        ("max(x)", 5, "character 6: found ')', but max takes at least two arguments; expected ','"),
        (
            "foo(x)",
            0,
            "character 1: unknown name 'foo'; expected x, y, pi, e or one of sin cos tan asin acos atan exp ln log log10 log2 sqrt cbrt abs sinh cosh tanh sigmoid relu floor sign pow max min",
        ),
        ("x # 2", 2, "character 3: '#' has no meaning in a formula"),
        ("x + .", 4, "character 5: '.' has no meaning in a formula"),
        ("1e999", 0, "character 1: the number 1e999 is too large; at most 1.79e308 is allowed"),
        ("|x", 2, "character 3: expected '|' or an operator, found the end of the formula"),
    ] {
        let error = text.parse::<Expression>().expect_err(text);
        assert_eq!((error.offset(), error.to_string().as_str()), (offset, sentence), "{text}");
    }
}

#[test]
fn size_is_bounded() {
    let problem = |text: &str| text.parse::<Expression>().map_err(|error| error.problem().clone());
    assert_eq!(problem(&"x".repeat(513)), Err(Problem::TooLong));
    assert_eq!(problem(&"x".repeat(512)), Err(Problem::TooComplex));
    assert_eq!(problem(&"(".repeat(512)), Err(Problem::TooDeep));
    assert_eq!(problem(&"x^".repeat(256)), Err(Problem::TooComplex));
    assert_eq!(
        problem(&format!("{}x{}", "1+(".repeat(16), ")".repeat(16))),
        Err(Problem::TooComplex)
    );
    assert!(problem(&format!("{}x{}", "1+(".repeat(15), ")".repeat(15))).is_ok());
    assert!(problem(&format!("{}x{}", "(".repeat(64), ")".repeat(64))).is_ok());
    assert!(problem(&format!("{}x", "-".repeat(511))).is_ok());
    assert_eq!(problem(&"9".repeat(400)), Err(Problem::NumberTooLarge("9".repeat(400))));
    let small = format!("0.{}1", "0".repeat(400));
    assert_eq!(problem(&small), Err(Problem::NumberTooSmall(small)));
}

#[test]
fn a_number_that_is_not_0_does_not_become_0() {
    let problem = |text: &str| text.parse::<Expression>().map_err(|error| error.problem().clone());
    for (text, number) in [
        ("1e-400x", "1e-400"),
        ("x + 2.5E−999", "2.5e-999"),
        (".01e-330 y", ".01e-330"),
        ("x^(2e-324)", "2e-324"),
        ("exp(-1e-99999999999999999999)", "1e-99999999999999999999"),
    ] {
        assert_eq!(problem(text), Err(Problem::NumberTooSmall(number.to_owned())), "{text}");
    }
    for text in ["0x", "0.00x", "0e-400x", "0e5x", "3e-324x", "5e-324x"] {
        assert!(problem(text).is_ok(), "{text}");
    }
    assert_eq!(
        "1e-400x".parse::<Expression>().map_err(|error| error.to_string()),
        Err("character 1: the number 1e-400 is too small to be told from 0; 0 or at least 5e-324 is allowed".to_owned())
    );
}

/// Parses any text and, if it is a formula, evaluates and displays it.
fn survives(text: &str) {
    match text.parse::<Expression>() {
        Ok(formula) => {
            let _ = formula.value_and_gradient([0.5, -1.5]);
            let _ = formula.hessian([0.5]);
            assert_eq!(formula.to_string().parse::<Expression>().as_ref(), Ok(&formula));
            shown_as_it_is(&formula);
        }
        Err(error) => {
            assert!(error.offset() <= text.len() && text.is_char_boundary(error.offset()));
            assert!(error.column() <= 8 * text.len());
            assert!(error.to_string().len() < 3000);
        }
    }
}

/// Asserts that the plain text parses to the same operations, and that the MathML is complete and
/// plain.
fn shown_as_it_is(formula: &Expression) {
    // Variables that are only defined by a signature need it again.
    let mut text = ["f(", &formula.names().join(","), ") = "].concat();
    text.push_str(&formula.understood().to_string());
    match text.parse::<Expression>() {
        Ok(again) => {
            for at in [[0.5, -1.5], [3.0, 5.0], [-2.0, 0.25]] {
                let (a, b) = (formula.value(at), again.value(at));
                assert!(
                    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()),
                    "{formula} as {text}"
                );
            }
        }
        // The added signs may exceed the limits, but nothing else may be wrong.
        Err(error) => assert!(
            matches!(error.problem(), Problem::TooLong | Problem::TooDeep | Problem::TooComplex),
            "{formula} as {text}: {error}"
        ),
    }
    let mut open = Vec::new();
    for piece in formula.mathml().split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag that ends");
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name.to_owned())),
            None => open.push(tag.to_owned()),
        }
        assert!(tag.chars().all(|c| c.is_ascii_lowercase() || c == '/'), "{tag}");
        assert!(!text.contains(['&', '>', '"', '\'']), "{text}");
    }
    assert!(open.is_empty());
}

/// Texts made of formula tokens, which get much further into the parser than random bytes.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "x",
        "y",
        "2",
        "0.5",
        "1e300",
        "1e-300",
        "e",
        "pi",
        "π",
        "+",
        "-",
        "−",
        "*",
        "·",
        "/",
        "^",
        "**",
        "(",
        "(",
        ")",
        ")",
        "|",
        ",",
        "²",
        "³",
        "⁹",
        " ",
        "sin(",
        "exp(",
        "sqrt(",
        "max(",
        "min(",
        "relu(",
        "sigmoid(",
        "tanh",
        "ln",
        ".",
        "9999999999",
        "é",
        "w",
        "b",
        "x_1",
        "x2",
        "θ₂",
        "sin ",
        "√",
        "³√",
        "∛",
        "log2(",
        "log_3 ",
        "floor(",
        "sign",
        "asin(",
        "pow(",
        "\\frac",
        "\\sqrt",
        "[3]",
        "{",
        "}",
        "[",
        "]",
        "\\left|",
        "\\right|",
        "\\mathrm{",
        "$",
        "f(x)=",
        "=",
        "⁻",
        "ʸ",
        "½",
        "|",
        "np.",
        "\u{200b}",
        "𝑥",
        "ｙ",
        "\u{202f}",
    ]);
    prop::collection::vec(word, 0..80).prop_map(|words| words.concat())
}

// For a long run: `PROPTEST_CASES=100000 cargo test -p downhill --release break_nothing`.
proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_break_nothing(bytes in prop::collection::vec(any::<u8>(), 0..700)) {
        survives(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn random_words_break_nothing(text in words()) {
        survives(&text);
    }

    #[test]
    fn nested_brackets_break_nothing(
        opening in prop::sample::select(vec!["(", "-(", "sin(", "|(", "2^(", "x^", "max(1,", "1/(", "-", "|", "||", "sin ", "√", "\\sqrt", "\\frac1", "\\frac{", "[", "{", "sin^2 ", "pow(1,"]),
        levels in 0_usize..200,
        closing in 0_usize..200,
    ) {
        survives(&format!("{}x{}", opening.repeat(levels), ")".repeat(closing)));
    }

    #[test]
    fn huge_numbers_break_nothing(number in any::<f64>(), digits in "[0-9]{1,400}", exponent in any::<i64>()) {
        survives(&format!("x^{number:e} + {digits}e{exponent} + {number}x"));
        survives(&format!("{digits}.{digits}x^{digits}"));
    }

    #[test]
    fn printed_numbers_are_read_back(number in any::<f64>().prop_filter("finite", |n| n.is_finite())) {
        prop_assert_eq!(at(&format!("{number:e}"), 0.0, 0.0), number);
    }
}

/// Formulas as people type and paste them, with their meanings.
#[test]
fn unambiguous_text_is_parsed() {
    for (text, understood) in [
        ("||x|-2|", "abs(abs(x) - 2)"),
        ("|x||y|", "abs(x)·abs(y)"),
        ("2|x|", "2·abs(x)"),
        ("||x|-|y||", "abs(abs(x) - abs(y))"),
        ("|x|·|y|", "abs(x)·abs(y)"),
        ("|x|-|y|", "abs(x) - abs(y)"),
        ("|x| + |y|", "abs(x) + abs(y)"),
        ("|x-1|-2|x|", "abs(x - 1) - 2·abs(x)"),
        ("|x-1| - y|x|", "abs(x - 1) - y·abs(x)"),
        ("||x||y|-2|", "abs(abs(x)·abs(y) - 2)"),
        ("||x|-2| - |x||y|", "abs(abs(x) - 2) - abs(x)·abs(y)"),
        ("|2|x|+1|", "abs(2·abs(x) + 1)"),
        ("||x|-2| + |x||y|", "abs(abs(x) - 2) + abs(x)·abs(y)"),
        ("x + |+y|", "x + abs(y)"),
        ("|2|x||", "abs(2·abs(x))"),
        ("|x-2|y||", "abs(x - 2·abs(y))"),
        ("max(|x|,|y|)", "max(abs(x), abs(y))"),
        ("(|x|-1)(|y|-1)", "(abs(x) - 1)·(abs(y) - 1)"),
        ("|sin²|x||", "abs(sin(abs(x))^2)"),
        ("2^|x|", "2^abs(x)"),
        ("|x|/|y|", "abs(x)/abs(y)"),
        ("|x+|y|-1|^2", "abs(x + abs(y) - 1)^2"),
        ("\\lvert x\\rvert", "abs(x)"),
        ("\\left|\\left|x\\right|-2\\right|", "abs(abs(x) - 2)"),
        // Functions with a power, a base, or without parentheses.
        ("sin^2(x)", "sin(x)^2"),
        ("sin²x", "sin(x)^2"),
        ("sin²(2x)+cos²(2x)", "sin(2·x)^2 + cos(2·x)^2"),
        ("\\sin^{2} x", "sin(x)^2"),
        ("ln^2(x)", "ln(x)^2"),
        ("log10(x)", "log10(x)"),
        ("log2(x)", "log2(x)"),
        ("log_2(x)", "log2(x)"),
        ("log_{10}(x)", "log10(x)"),
        ("log₂(x)", "log2(x)"),
        ("log_e(x)", "ln(x)"),
        ("\\log_{10} x", "log10(x)"),
        ("√x", "sqrt(x)"),
        ("√(x+1)", "sqrt(x + 1)"),
        ("2√x/2", "(2·sqrt(x))/2"),
        ("√2·x", "sqrt(2)·x"),
        ("√|x|", "sqrt(abs(x))"),
        ("³√x", "cbrt(x)"),
        ("∛(x+1)", "cbrt(x + 1)"),
        ("cosx", "cos(x)"),
        ("sin x", "sin(x)"),
        ("sin 2x", "sin(2·x)"),
        ("cos 2πx", "cos(2·pi·x)"),
        ("sin x cos y", "sin(x)·cos(y)"),
        ("sin x · cos y", "sin(x)·cos(y)"),
        ("xsinx", "x·sin(x)"),
        ("3sin x + 1", "3·sin(x) + 1"),
        ("ln|x|", "ln(abs(x))"),
        ("ln sin x", "ln(sin(x))"),
        ("exp x", "exp(x)"),
        ("abs x", "abs(x)"),
        ("arcsin x", "asin(x)"),
        ("arctan(x)", "atan(x)"),
        ("acos(x/9)", "acos(x/9)"),
        ("sgn(x)", "sign(x)"),
        ("floor(x)", "floor(x)"),
        ("pow(x, 2)", "x^2"),
        ("pow(x-1, y+1)", "(x - 1)^(y + 1)"),
        // From programs.
        ("np.sin(x)", "sin(x)"),
        ("Math.pow(x,2) + Math.PI", "x^2 + pi"),
        ("torch.exp(-x**2)", "exp(-(x^2))"),
        ("math.pi*x", "pi·x"),
        ("np.maximum(x, 0)", "max(x, 0)"),
        ("x[0]**2 + 3*x[1]**2", "x_0^2 + 3·x_1^2"),
        ("x.^2 + y.*x", "x^2 + y·x"),
        ("np.power(np.absolute(x), 1.5)", "abs(x)^1.5"),
        ("nn.relu(x)", "relu(x)"),
        // With a name for the loss.
        ("y = x^2", "x^2"),
        ("f(x)=x^2", "x^2"),
        ("f(x, y) := x^2 + y^2", "x^2 + y^2"),
        ("f(y,x) = x - y", "x - y"),
        ("z = x^2+y^2", "x^2 + y^2"),
        ("L(w) = (w-3)^2", "(w - 3)^2"),
        ("J(θ) = θ²", "θ^2"),
        ("\\mathcal{L}(\\theta_0,\\theta_1) = \\theta_0^2+\\theta_1^2", "θ_0^2 + θ_1^2"),
        ("loss = x^2", "x^2"),
        ("g(p, t) = p t^2", "p·t^2"),
        // Variables.
        ("x_1^2 + x_2^2", "x_1^2 + x_2^2"),
        ("x₁²+x₂²", "x_1^2 + x_2^2"),
        ("x1^2 + x2^2", "x_1^2 + x_2^2"),
        ("x_{1} - x_{2}", "x_1 - x_2"),
        ("x1", "x_1"),
        ("w", "w"),
        ("θ", "θ"),
        ("theta^2", "θ^2"),
        ("\\theta^2", "θ^2"),
        ("(w-1)^2 + (b-2)^2", "(w - 1)^2 + (b - 2)^2"),
        ("b + w", "b + w"),
        ("θ₁²+θ₂²", "θ_1^2 + θ_2^2"),
        ("θ0 + θ1", "θ_0 + θ_1"),
        ("u v", "u·v"),
        ("tsin(t)", "t·sin(t)"),
        // LaTeX.
        ("\\frac{1}{2}x^2", "(1/2)·x^2"),
        ("\\dfrac{x}{2}", "x/2"),
        ("\\tfrac12 x^2", "(1/2)·x^2"),
        ("\\frac12x^{10}", "(1/2)·x^10"),
        ("2\\cdot x \\times y", "2·x·y"),
        ("\\left(x-1\\right)^2", "(x - 1)^2"),
        ("\\sin x", "sin(x)"),
        ("\\sqrt{x}", "sqrt(x)"),
        ("\\sqrt[3]{x}", "cbrt(x)"),
        ("\\sqrt2x", "sqrt(2)·x"),
        ("e^{-x^2}", "e^(-(x^2))"),
        ("\\exp\\left(-x^{2}\\right)", "exp(-(x^2))"),
        ("x\\,y\\;+\\pi", "x·y + pi"),
        ("$x^2$", "x^2"),
        ("$$ f(x) = x^2 $$", "x^2"),
        ("\\(x^2\\)", "x^2"),
        ("\\operatorname{sgn}(x)", "sign(x)"),
        ("\\mathrm{e}^{x}", "e^x"),
        ("\\ln{x}", "ln(x)"),
        // Typography.
        ("{x+1}^2 + [y-1]^2", "(x + 1)^2 + (y - 1)^2"),
        ("½x²", "0.5·x^2"),
        ("x⁻²", "x^(-2)"),
        ("x²ʸ", "x^(2·y)"),
        ("e⁻ˣ", "e^(-x)"),
        ("x∙y × 2 – 3 — 4", "x·y·2 - 3 - 4"),
        ("ｘ＾２＋（ｙ－１）＾２", "x^2 + (y - 1)^2"),
        ("۲x^۲ + ٢٫٥", "2·x^2 + 2.5"),
        ("𝑥²+𝑦²", "x^2 + y^2"),
        ("x\u{a0}+\u{202f}y\t", "x + y"),
        // As copied from formulas shown on the page.
        ("2\u{2062}sin\u{2061}(x)", "2·sin(x)"),
        ("1/2x", "(1/2)·x"),
        ("x^2 y^2", "x^2·y^2"),
        ("x^1/2", "(x^1)/2"),
        ("-2^x", "-(2^x)"),
        ("2^3^x", "2^(3^x)"),
        ("log(x)", "ln(x)"),
        ("10^x", "10^x"),
        ("2(x)(y)", "2·x·y"),
        ("X^2 + E", "x^2 + e"),
        ("|x-E|", "abs(x - e)"),
        ("E(w) = w^2", "w^2"),
        ("E^(x)", "e^x"),
        ("abs^-1(x)", "abs(x)^(-1)"),
        ("\\sin^2 2x", "sin(2·x)^2"),
        ("\\sin^{10}x", "sin(x)^10"),
        ("sin^10(x)", "sin(x)^10"),
        ("log_{e}(x)", "ln(x)"),
        ("max(x,0.5)", "max(x, 0.5)"),
        ("max(0,1)", "max(0, 1)"),
        ("max(0,5x)", "max(0, 5·x)"),
        ("max(0, 5, x)", "max(0, 5, x)"),
        ("max(0,x,5)", "max(0, x, 5)"),
    ] {
        assert_eq!(parse(text).understood().to_string(), understood, "{text}");
        shown_as_it_is(&parse(text));
    }
}

#[test]
fn variables_have_an_order() {
    for (text, names, value) in [
        ("x - 2y", "x y", -7.0),
        ("w", "w", 3.0),
        ("b - 2w", "w b", -1.0),
        ("x_2 - 2x_1", "x_1 x_2", -1.0),
        ("x_2", "x_1 x_2", 5.0),
        ("θ1 - 2θ0", "θ_0 θ_1", -1.0),
        ("f(y) = y^2", "y", 9.0),
        ("f(y, x) = x - 2y", "y x", -1.0),
        ("f(b, w) = b - 2w", "b w", -7.0),
        ("f(x, y) = x^2", "x y", 9.0),
        ("7", "x", 7.0),
    ] {
        let formula = parse(text);
        assert_eq!(formula.names().join(" "), names, "{text}");
        assert_eq!(formula.variables(), names.split(' ').count(), "{text}");
        same(text, 3.0, 5.0, value);
    }
}

#[test]
fn new_functions_have_their_values_and_slopes() {
    same("asin(x)", 0.5, 0.0, libm::asin(0.5));
    same("acos(x)", 0.5, 0.0, libm::acos(0.5));
    same("atan(x)", 0.5, 0.0, libm::atan(0.5));
    same("asin(x)", 2.0, 0.0, f64::NAN);
    for (x, floor, sign) in [(-1.5, -2.0, -1.0), (-0.0, -0.0, 0.0), (2.0, 2.0, 1.0)] {
        assert_eq!(at("floor(x)", x, 0.0), floor);
        assert_eq!(at("sign(x)", x, 0.0), sign);
        assert_eq!(parse("floor(x) + sign(x)").gradient([x]), [0.0]);
    }
    assert!(parse("sign(x)").has_kinks() && parse("floor(x)").has_kinks());
    same("∛x", -8.0, 0.0, -2.0);
    same("log2(x)", 8.0, 0.0, 3.0);
}

/// Text without a meaning, or with several, is refused with suggestions.
#[test]
fn refused_text_gets_a_suggestion() {
    let mut wrong = Vec::new();
    for (text, character, words) in [
        ("sin^-1(x)", 1, "write asin(x) or 1/sin(x)"),
        ("sin⁻¹ x", 1, "write asin(x) or 1/sin(x)"),
        ("\\cos^{-1}(x)", 1, "write acos(x) or 1/cos(x)"),
        ("sin x/2", 1, "write sin(x/2) or sin(x)/2"),
        ("1 + sin 2x y", 5, "write sin(2x y) or sin(2x) y"),
        ("sin x^2", 1, "write sin(x^2) or sin(x)^2"),
        ("cos x²", 1, "write cos(x²) or cos(x)²"),
        ("ln x(x+1)", 1, "write ln(x(x+1)) or ln(x)(x+1)"),
        ("\\sin{x}^2", 1, "write sin(x^2) or sin(x)^2"),
        ("√2x", 1, "write √(2x) or √(2)x"),
        ("log2 x", 1, "write log2(x) or log(2x)"),
        ("lg(x)", 1, "write log10(x) or log2(x)"),
        ("sec(x)", 1, "write 1/cos(x)"),
        ("csc x", 1, "write 1/sin(x)"),
        ("cot(x)", 1, "write 1/tan(x)"),
        ("ceil(x)", 1, "write -floor(-x)"),
        ("3\\frac{1}{2}", 1, "write 3+\\frac{1}{2} or 3·\\frac{1}{2}"),
        ("2½x", 2, "found the number ½ after a value"),
        ("x2 + 1", 1, "write x^2 or x_2"),
        ("1,5x", 2, "as in 1.5"),
        ("x + 0,25", 6, "as in 0.25"),
        ("sin(0,5)", 6, "as in 0.5"),
        ("x = y^2", 3, "write the loss alone, such as x^2, or f(x) = x^2"),
        ("x^2 + y^2 = 1", 11, "write the loss alone"),
        ("y = y^2", 3, "write the loss alone"),
        ("f(x) = x^2 + y", 14, "y is not among the variables listed before '='"),
        ("x + w", 5, "found w besides x"),
        ("x_1 + y", 7, "found y besides x_1"),
        ("a x^2", 3, "found x besides a"),
        ("a b", 3, "found b besides a"),
        ("x + y + z", 9, "found z besides x"),
        ("x_i", 1, "write x_1 and x_2"),
        ("|2|x|-1|", 3, "write abs(x) for |x|"),
        ("|3|x-1|-2|", 3, "paired in more than one way"),
        ("|2|x|-|y||", 3, "paired in more than one way"),
        ("|x-1|x|-2|", 5, "paired in more than one way"),
        ("|y|x|-1|", 3, "paired in more than one way"),
        ("|x|y|x|", 3, "paired in more than one way"),
        ("max(1, |2|x|-1|)", 10, "paired in more than one way"),
        ("|x|y|", 5, "this bar has no partner"),
        ("x|", 2, "this bar has no partner"),
        ("|x # 2|", 4, "'#' has no meaning"),
        ("‖x‖", 1, "write |x|"),
        ("x!", 2, "no factorials"),
        ("x'", 2, "not its derivative"),
        ("x%2", 2, "write 0.05 for 5 %"),
        ("∞", 1, "a finite number"),
        ("x > 0", 3, "write max, min, abs, relu or sign"),
        ("x≤0", 2, "write max, min, abs, relu or sign"),
        ("if(x>0, x, 0)", 1, "write max, min, abs, relu or sign"),
        ("x if x > 0 else 0", 3, "write max, min, abs, relu or sign"),
        ("\\begin{cases}x\\end{cases}", 1, "write max, min, abs, relu or sign"),
        ("τ x", 1, "write 2pi"),
        ("x(1)^2 + x(2)^2", 1, "'x(1)' can be read in two ways; write x_1 or 1x"),
        ("f'(x) = 2x", 7, "write the loss alone"),
        ("σ(x)", 1, "write sigmoid(x)"),
        ("х^2", 1, "write the Latin letter"),
        ("log1p(x)", 1, "write ln(1 + x)"),
        ("sine(x)", 1, "unknown name 'sine'"),
        ("\\foo x", 1, "unknown name '\\foo'"),
        ("exp^(x)", 4, "as in exp(x)"),
        ("[x)", 3, "expected ']' or an operator, found ')'"),
        ("x\u{200b}^2", 2, "the invisible character U+200B has no meaning in a formula; delete it"),
        ("\u{feff}x", 1, "U+FEFF"),
        ("x\u{ad}y", 2, "U+00AD"),
        ("x\u{2060}+1", 2, "U+2060"),
        ("x\u{301}", 2, "U+0301"),
        ("x + é", 5, "'é' (U+00E9)"),
        // The expected value.
        ("E[x^2]", 1, "write the mean as a sum, or e for Euler's number"),
        ("E[(x-1)^2]+y", 1, "write the mean as a sum"),
        ("2E(x)", 2, "write the mean as a sum"),
        ("\\mathbb{E}[x^2]", 9, "write the mean as a sum"),
        // Inverses.
        ("ln^-1(x)", 1, "write exp(x) or 1/ln(x)"),
        ("log^-1(x)", 1, "write exp(x) or 1/log(x)"),
        ("log_2^{-1}(x)", 1, "write 2^x or 1/log_2(x)"),
        ("exp^-1", 1, "write ln(x) or 1/exp(x)"),
        ("sqrt^-1", 1, "write x^2 or 1/sqrt(x)"),
        ("sinh^{-1}(x)", 1, "write ln(x + sqrt(x^2 + 1)) or 1/sinh(x)"),
        ("tanh⁻¹(x)", 1, "write 0.5ln((1 + x)/(1 - x)) or 1/tanh(x)"),
        ("asin^-1(x)", 1, "write sin(x) or 1/asin(x)"),
        ("atan2(y,x)", 1, "write atan(y/x)"),
        ("np.arctan2(y, x)", 4, "write atan(y/x)"),
        ("hypot(x,y)", 1, "write sqrt(x^2 + y^2)"),
        ("\\sin^22x", 1, "write \\sin^{2}2 or \\sin^{22}"),
        ("\\cos^10 x", 1, "write \\cos^{1}0 or \\cos^{10}"),
        // Commas and marks between digits.
        ("max(0,1x, x)", 6, "'0,1' can be read in two ways; write 0.1 or 0, 1"),
        ("max(0,5,x)", 6, "write 0.5 or 0, 5"),
        ("min(x,y,1,5)", 10, "write 1.5 or 1, 5"),
        ("1,000x", 2, "'1,000' can be read in two ways; write 1000 or 1.000"),
        ("x*1,000", 4, "write 1000 or 1.000"),
        ("1,000.5", 2, "'1,000.5' has marks between its digits; write 1000.5"),
        ("0,125x", 2, "as in 0.125"),
        ("arctg(x)", 1, "'arctg' is not understood here; write atan(x)"),
        ("sen(x)", 1, "write sin(x)"),
        ("Wurzel(x)", 1, "write sqrt(x)"),
        ("1,000,000x", 2, "'1,000,000' has marks between its digits; write 1000000"),
        ("x + 12,345,678.25", 7, "'12,345,678.25' has marks between its digits; write 12345678.25"),
        ("sin(1,000.5)", 6, "'1,000.5' has marks between its digits; write 1000.5"),
        ("sin(1,000)", 6, "'1,000' can be read in two ways; write 1000 or 1.000"),
        ("max(1,000.5, x)", 6, "'1,000.5' has marks between its digits; write 1000.5"),
        ("max(1,000,x)", 6, "'1,000' can be read in two ways; write 1000 or 1.000"),
        ("max(1,000x)", 6, "write 1000 or 1.000"),
        ("1 000x", 3, "'1 000' has marks between its digits; write 1000"),
        ("1\u{a0}000\u{a0}000x", 3, "has marks between its digits; write 1000000"),
        ("x - 2 500", 7, "'2 500' can be read in two ways; write 2500 or 2*500"),
        ("1.000.000x", 6, "'1.000.000' has marks between its digits; write 1000000"),
        ("1.000,5x", 6, "'1.000,5' has marks between its digits; write 1000.5"),
        ("1\u{202f}234,5x", 3, "has marks between its digits; write 1234.5"),
        ("1'000x", 1, "'1'000' has marks between its digits; write 1000"),
        ("10'000", 1, "write 10000"),
        ("1_000x", 1, "write 1000"),
        ("'x^2'", 1, "write the formula alone"),
        ("min(x;0)", 6, "write a comma between arguments"),
        ("x;", 2, "write the formula alone"),
        ("max x,y", 5, "as in max(x, 0)"),
        ("min", 4, "as in min(x, 0)"),
        ("pow x", 5, "as in pow(x, 2)"),
        ("pow(x)", 6, "pow takes exactly two arguments; expected ','"),
        ("pow(x,2,3)", 8, "pow takes exactly two arguments; expected ')'"),
        ("lambda x: x**2", 1, "write only what stands after the last sign"),
        ("y=f(x)=x^2", 2, "write only what stands after the last sign"),
        ("f(x)==x^2", 5, "write only what stands after the last sign"),
        ("x == y", 3, "write the loss alone"),
        ("\\lfloor x \\rfloor", 1, "write floor(x)"),
        ("⌊x⌋", 1, "write floor(x)"),
        ("⌈x⌉", 1, "write -floor(-x)"),
        ("\\lceil x\\rceil", 1, "write -floor(-x)"),
        ("\\|x\\|", 1, "write |x|, or sqrt(x^2 + y^2)"),
        ("\\lVert x\\rVert", 1, "write |x|, or sqrt(x^2 + y^2)"),
    ] {
        match text.parse::<Expression>() {
            Ok(formula) => wrong.push(format!("{text} is read as {}", formula.understood())),
            Err(error) => {
                if error.character() != character || !error.to_string().contains(words) {
                    wrong.push(format!("{text}: {error}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The text above the caret, in a monospaced font.
#[test]
fn carets_are_below_the_error() {
    for (text, column) in [
        ("x²+*3", 3),
        ("−x²·π+foo", 6),
        ("  x^", 4),
        ("\u{a0}x^", 3),
        ("\tx + *", 12),
        ("ｘ＋＊２", 4),
        ("x + 😀", 4),
        ("😀", 0),
        ("y\u{200b}", 1),
        ("x +   ", 3),
        ("f(x) = x^", 9),
        ("$x^$", 3),
    ] {
        let error = text.parse::<Expression>().expect_err(text);
        assert_eq!(error.column(), column, "{text}: {error}");
    }
}

#[test]
fn formulas_are_typeset_as_they_were_read() {
    for (text, shown) in [
        (
            "x^2 y^2",
            "<msup><mrow><mi>x</mi></mrow><mrow><mn>2</mn></mrow></msup><mo>\u{2062}</mo><msup><mrow><mi>y</mi></mrow><mrow><mn>2</mn></mrow></msup>",
        ),
        ("log(x)", "<mi>ln</mi><mo>\u{2061}</mo><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>"),
        ("2*3", "<mn>2</mn><mo>·</mo><mn>3</mn>"),
        ("-x", "<mo>−</mo><mi>x</mi>"),
        ("√x", "<msqrt><mi>x</mi></msqrt>"),
        (
            "sin^2 x",
            "<msup><mi>sin</mi><mrow><mn>2</mn></mrow></msup><mo>\u{2061}</mo><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>",
        ),
        ("x_1", "<msub><mi>x</mi><mn>1</mn></msub>"),
        (
            "(-x)^2",
            "<msup><mrow><mrow><mo>(</mo><mo>−</mo><mi>x</mi><mo>)</mo></mrow></mrow><mrow><mn>2</mn></mrow></msup>",
        ),
        ("|x|", "<mrow><mo>|</mo><mi>x</mi><mo>|</mo></mrow>"),
        (
            "max(x, 1, 2)",
            "<mi>max</mi><mo>\u{2061}</mo><mrow><mo>(</mo><mi>x</mi><mo>,</mo><mn>1</mn><mo>,</mo><mn>2</mn><mo>)</mo></mrow>",
        ),
        (
            "log2(x)",
            "<msub><mi>log</mi><mn>2</mn></msub><mo>\u{2061}</mo><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>",
        ),
    ] {
        assert_eq!(parse(text).mathml(), format!("<mrow>{shown}</mrow>"), "{text}");
    }
}
