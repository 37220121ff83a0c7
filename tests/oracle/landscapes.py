#!/usr/bin/python3
"""Values, gradients and Hessians of every landscape at random points, by SymPy at 40 digits.

The formulas are written here from their sources, not taken from the crate. Writes landscapes.json
to the same folder. Needs Debian's python3-sympy:

    /usr/bin/python3 tests/oracle/landscapes.py
"""

import json
import random
from pathlib import Path

import sympy
from sympy import Abs, E, Rational, Symbol, cos, exp, pi, sqrt

x, y = Symbol("x", real=True), Symbol("y", real=True)
half = Rational(1, 2)

# Name, formula, and the range of each coordinate.
ONE = {
    "parabola": (x**2, [(-6, 6)]),
    "two-valleys": ((x**2 - 4) ** 2 / 16 + x / 4, [(-4, 4)]),
    "wavy": (x**2 / 10 + 1 - cos(2 * x), [(-10, 10)]),
    "shelf": (x**4 / 40 - x**3 / 5 + Rational("0.4525") * x**2, [(-2, 6)]),
    "kink": (Abs(x), [(-6, 6)]),
}
TWO = {
    "bowl": (x**2 + y**2, [(-5, 5)] * 2),
    "ravine": (half * (x**2 + 100 * y**2), [(-5, 5), (-2, 2)]),
    "saddle": (x**2 - y**2, [(-2, 2)] * 2),
    "monkey-saddle": (x**3 - 3 * x * y**2, [(-2, 2)] * 2),
    "plateau": (1 - exp(-(x**2) - y**2), [(-2, 2)] * 2),
    "double-well": ((x**2 - 1) ** 2 + y**2, [(-2, 2)] * 2),
    "rosenbrock": ((1 - x) ** 2 + 100 * (y - x**2) ** 2, [(-2, 2), (-1, 3)]),
    "himmelblau": ((x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2, [(-5, 5)] * 2),
    "beale": (
        (Rational(3, 2) - x + x * y) ** 2
        + (Rational(9, 4) - x + x * y**2) ** 2
        + (Rational(21, 8) - x + x * y**3) ** 2,
        [(-4.5, 4.5)] * 2,
    ),
    "booth": ((x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2, [(-10, 10)] * 2),
    "matyas": (Rational("0.26") * (x**2 + y**2) - Rational("0.48") * x * y, [(-10, 10)] * 2),
    "six-hump-camel": (
        (4 - Rational("2.1") * x**2 + x**4 / 3) * x**2 + x * y + (-4 + 4 * y**2) * y**2,
        [(-3, 3), (-2, 2)],
    ),
    "styblinski-tang": (
        half * (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y),
        [(-5, 5)] * 2,
    ),
    "rastrigin": (
        20 + x**2 - 10 * cos(2 * pi * x) + y**2 - 10 * cos(2 * pi * y),
        [(-5.12, 5.12)] * 2,
    ),
    "ackley": (
        -20 * exp(-sqrt(half * (x**2 + y**2)) / 5)
        - exp(half * (cos(2 * pi * x) + cos(2 * pi * y)))
        + 20
        + E,
        [(-32.768, 32.768)] * 2,
    ),
}

def number(expression, at):
    return float(expression.evalf(40, subs=at))

def cases(landscapes, variables):
    for name, (meaning, box) in landscapes.items():
        gradient = [sympy.diff(meaning, v) for v in variables]
        hessian = [[sympy.diff(g, v) for v in variables] for g in gradient]
        points = []
        for _ in range(12):
            at = [random.uniform(low, high) for low, high in box]
            exact = {v: sympy.Float(Rational(c), 60) for v, c in zip(variables, at)}
            points.append({
                "at": at,
                "value": number(meaning, exact),
                "gradient": [number(g, exact) for g in gradient],
                "hessian": [[number(h, exact) for h in row] for row in hessian],
            })
        yield {"name": name, "points": points}

def main():
    random.seed(1847)
    found = [*cases(ONE, [x]), *cases(TWO, [x, y])]
    lines = ",\n".join(json.dumps(case) for case in found)
    text = '{"by": "SymPy %s", "cases": [\n%s\n]}\n' % (sympy.__version__, lines)
    Path(__file__).with_suffix(".json").write_text(text, encoding="utf-8")

main()
