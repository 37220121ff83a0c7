//! What formulas mean, which ones are refused with what sentence, and that nothing breaks the parser.

use proptest::prelude::*;

use super::{Expression, Problem};
use crate::loss::Loss;
use crate::walkers::{Alarm, Walkers};

fn parse(text: &str) -> Expression {
    Expression::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
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
    // A variable that the point does not have.
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
fn structure_tells_the_degree() {
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
    // The second derivative sees both factors of the exponent, also where the first is 0.
    assert_eq!(parse("2^(x^2)").hessian([0.0]), [[2.0 * core::f64::consts::LN_2]]);
}

#[test]
fn lanes_have_the_bits_of_single_points() {
    let points = [-2.0, -1.0, -0.5, 0.0, 0.25, 1.0, 3.0, 700.0];
    for text in ["sigmoid(x) + max(x, x^3)", "2^x tan(x) - relu(x)", "sinh(x)cosh(x)/|x|", "x^1.5"]
    {
        let formula = parse(text);
        let mut walkers = Walkers::at(points.map(|x| [x]));
        formula.walk(&mut walkers, 0.0, Alarm::NEVER, 0);
        for (lane, x) in points.into_iter().enumerate() {
            let [gradient] = formula.gradient([x]);
            let (_, [one]) = walkers.walker(lane);
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
        (
            "x2",
            1,
            "character 2: found the number 2 after a value; expected an operator such as * or ^ between them",
        ),
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
        ("sin x", 4, "character 5: expected '(' after sin, as in sin(x)"),
        ("sin(x, y)", 5, "character 6: found ',', but sin takes one argument; expected ')'"),
        ("max(x)", 5, "character 6: found ')', but max takes at least two arguments; expected ','"),
        (
            "foo(x)",
            0,
            "character 1: unknown name 'foo'; expected x, y, pi, e or one of sin cos tan exp ln log sqrt abs sinh cosh tanh sigmoid relu max min",
        ),
        ("x # 2", 2, "character 3: '#' has no meaning in a formula"),
        ("x + .", 4, "character 5: '.' has no meaning in a formula"),
        ("1e999", 0, "character 1: the number 1e999 is too large; at most 1.79e308 is allowed"),
        ("|x", 2, "character 3: expected '|' or an operator, found the end of the formula"),
    ] {
        let error = Expression::parse(text).expect_err(text);
        assert_eq!((error.offset(), error.to_string().as_str()), (offset, sentence), "{text}");
    }
}

#[test]
fn size_is_bounded() {
    let problem = |text: &str| Expression::parse(text).map_err(|error| error.problem().clone());
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
    assert_eq!(at(&format!("0.{}1", "0".repeat(400)), 0.0, 0.0), 0.0);
}

/// Parses anything and, where it is a formula, evaluates it at a point and shows it.
fn survives(text: &str) {
    match Expression::parse(text) {
        Ok(formula) => {
            let _ = formula.value_and_gradient([0.5, -1.5]);
            let _ = formula.hessian([0.5]);
            assert_eq!(Expression::parse(&formula.to_string()).as_ref(), Ok(&formula));
        }
        Err(error) => {
            assert!(error.offset() <= text.len() && text.is_char_boundary(error.offset()));
            assert!(error.to_string().len() < 3000);
        }
    }
}

/// Texts made of a formula's own words, which get much further into the parser than random bytes.
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
        "\u{202f}",
    ]);
    prop::collection::vec(word, 0..80).prop_map(|words| words.concat())
}

// `PROPTEST_CASES=100000 cargo test -p downhill --release break_nothing` is the long run.
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
        opening in prop::sample::select(vec!["(", "-(", "sin(", "|(", "2^(", "x^", "max(1,", "1/(", "-"]),
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
