#!/usr/bin/python3
"""Values, gradients and Hessians of typed formulas, by SymPy at 40 digits.

Writes formulas.json to the same folder. Needs Debian's python3-sympy:

    /usr/bin/python3 tests/oracle/formulas.py
"""

import json
import random
from pathlib import Path

import sympy
from sympy import (
    Abs, E, Max, Min, Rational, Symbol, acos, asin, atan, cos, cosh, exp, floor, log, pi, sign, sin, sinh, sqrt, tan, tanh,
)

x, y = Symbol("x", real=True), Symbol("y", real=True)
half = Rational(1, 2)

# A formula as typed, its meaning, and the range of the coordinates.
FORMULAS = [
    ("x^2", x**2, (-5, 5)),
    ("3x² + 1", 3 * x**2 + 1, (-5, 5)),
    ("x*x - 4x + 7", x * x - 4 * x + 7, (-5, 5)),
    ("(x-1)^2 + 4y^2", (x - 1) ** 2 + 4 * y**2, (-5, 5)),
    ("x^4 - 3x^2 + x", x**4 - 3 * x**2 + x, (-3, 3)),
    ("-2^x", -(2**x), (-4, 4)),
    ("2^-x^2", 2 ** (-(x**2)), (-2, 2)),
    ("2^x^2", 2 ** (x**2), (-2, 2)),
    ("1/2x + 1/(2x)", x / 2 + 1 / (2 * x), (0.5, 4)),
    ("(1-x)^2 + 100(y-x^2)^2", (1 - x) ** 2 + 100 * (y - x**2) ** 2, (-2, 2)),
    ("(x²+y−11)² + (x+y²−7)²", (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2, (-5, 5)),
    ("x^-3", x**-3, (0.5, 4)),
    ("x^2.5", x ** Rational(5, 2), (0.2, 4)),
    ("(x²+1)^(1/3)", (x**2 + 1) ** Rational(1, 3), (-4, 4)),
    ("x^64", x**64, (0.8, 1.2)),
    ("x^65", x**65, (0.8, 1.2)),
    ("x^y", x**y, (0.3, 3)),
    ("(x+y)^(x y)", (x + y) ** (x * y), (0.3, 2)),
    ("sin(3x)cos(2y)", sin(3 * x) * cos(2 * y), (-3, 3)),
    ("tan(x/2) + x·y", tan(x / 2) + x * y, (-2, 2)),
    ("e^(-x²-y²)", exp(-(x**2) - y**2), (-2, 2)),
    ("exp(x)/(1+exp(x))", exp(x) / (1 + exp(x)), (-4, 4)),
    ("ln(1+x²) + log(2+y²)", log(1 + x**2) + log(2 + y**2), (-4, 4)),
    ("sqrt(x²+y²+1)", sqrt(x**2 + y**2 + 1), (-4, 4)),
    ("√(x)·y", sqrt(x) * y, (0.3, 4)),
    ("|x| + 2|y|", Abs(x) + 2 * Abs(y), (-4, 4)),
    ("abs(x^3-y)", Abs(x**3 - y), (-2, 2)),
    ("sinh(x/2)cosh(y)", sinh(x / 2) * cosh(y), (-3, 3)),
    ("tanh(x y)", tanh(x * y), (-1.5, 1.5)),
    ("sigmoid(2x - y)", 1 / (1 + exp(-(2 * x - y))), (-4, 4)),
    ("sigmoid(x)^2 + sigmoid(-y)", 1 / (1 + exp(-x)) ** 2 + 1 / (1 + exp(y)), (-30, 30)),
    ("relu(x-1) + relu(-y)^2", Max(x - 1, 0) + Max(-y, 0) ** 2, (-4, 4)),
    ("max(x², y, 1)", Max(x**2, y, 1), (-3, 3)),
    ("min(x², y+1) + x", Min(x**2, y + 1) + x, (-3, 3)),
    ("20 + x² + y² - 10(cos(2πx) + cos(2πy))",
     20 + x**2 + y**2 - 10 * (cos(2 * pi * x) + cos(2 * pi * y)), (-5, 5)),
    ("0.5(x^4-16x^2+5x + y^4-16y^2+5y)",
     half * (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y), (-5, 5)),
    ("asin(x/6) + y acos(x/6)", asin(x / 6) + y * acos(x / 6), (-5, 5)),
    ("arctan(x y) - atan x", atan(x * y) - atan(x), (-5, 5)),
    ("x² floor(3x) + sign(x)x", x**2 * floor(3 * x) + sign(x) * x, (-5, 5)),
    ("||x|-2| + |x||y|", Abs(Abs(x) - 2) + Abs(x) * Abs(y), (-5, 5)),
    ("sin^2(x) + cos²y", sin(x) ** 2 + cos(y) ** 2, (-4, 4)),
    ("log10(x) + log_2(x+1)", log(x, 10) + log(x + 1, 2), (0.2, 9)),
    ("∛(x²+1)·⁴√y", (x**2 + 1) ** Rational(1, 3) * y ** Rational(1, 4), (0.2, 9)),
    ("f(x, y) = \\frac{1}{2}x^{2} + \\sqrt[3]{y}", x**2 / 2 + y ** Rational(1, 3), (0.2, 9)),
    ("x²ʸ - ½x⁻²", x ** (2 * y) - half * x**-2, (0.3, 2)),
    ("x^2/2 + e x - pi", x**2 / 2 + E * x - pi, (-5, 5)),
]


def diff(expression, variable):
    """The derivative where it exists: floor and sign are level, which SymPy leaves to distributions."""
    level = {step: sympy.Dummy(real=True) for step in expression.atoms(floor, sign)}
    back = {dummy: step for step, dummy in level.items()}
    return sympy.diff(expression.xreplace(level), variable).xreplace(back)


def number(expression, at):
    return float(expression.evalf(40, subs=at))


def main():
    random.seed(20)
    cases = []
    for text, meaning, (low, high) in FORMULAS:
        variables = [x, y] if meaning.has(y) else [x]
        gradient = [diff(meaning, v) for v in variables]
        hessian = [[diff(g, v) for v in variables] for g in gradient]
        points = []
        for _ in range(8):
            at = [random.uniform(low, high) for _ in variables]
            exact = {v: sympy.Float(c, 60) for v, c in zip(variables, map(Rational, at))}
            points.append({
                "at": at,
                "value": number(meaning, exact),
                "gradient": [number(g, exact) for g in gradient],
                "hessian": [[number(h, exact) for h in row] for row in hessian],
            })
        cases.append({"formula": text, "points": points})
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    text = '{"by": "SymPy %s", "cases": [\n%s\n]}\n' % (sympy.__version__, lines)
    Path(__file__).with_suffix(".json").write_text(text, encoding="utf-8")


main()
