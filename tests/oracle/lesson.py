#!/usr/bin/python3
"""The lesson's numbers, computed with simple loops in pure Python.

Writes lesson.json to the same folder; any Python 3 will do:

    /usr/bin/python3 tests/oracle/lesson.py
"""

import json
import math
import platform
from pathlib import Path


def parabola(x, alpha, steps):
    """x² and its slope 2x: the places after 0, 1, … steps."""
    places = [x]
    for _ in range(steps):
        x = x - alpha * (2 * x)
        places.append(x)
    return places


def until_flat(x, alpha, tolerance):
    """The first iteration at which the slope is below the tolerance, and where that is."""
    k = 0
    while abs(2 * x) >= tolerance:
        x = x - alpha * (2 * x)
        k += 1
    return [k, x]


def ravine(kappa, alpha, beta, x, y, steps):
    """½(x² + κy²) by the heavy ball: the loss after 0, 1, … steps."""
    u = v = 0.0
    losses = [0.5 * (x * x + kappa * (y * y))]
    for _ in range(steps):
        u, v = beta * u + x, beta * v + kappa * y
        x, y = x - alpha * u, y - alpha * v
        losses.append(0.5 * (x * x + kappa * (y * y)))
    return losses


POINTS = [(1, 2), (2, 4), (3, 6), (4, 8), (5, 10)]


def slope_fit(alpha, steps):
    """ŷ = wx by gradient descent on the mean squared error: w after 0, 1, … steps."""
    w, places = 0.0, [0.0]
    for _ in range(steps):
        w = w - alpha * (2 / len(POINTS)) * sum((w * x - y) * x for x, y in POINTS)
        places.append(w)
    return places


def line_fit(alpha, steps):
    """ŷ = wx + b from (0, 0): [w, b] at the end."""
    w = b = 0.0
    for _ in range(steps):
        errors = [(w * x + b - y, x) for x, y in POINTS]
        dw = 2 / len(POINTS) * sum(e * x for e, x in errors)
        db = 2 / len(POINTS) * sum(e for e, x in errors)
        w, b = w - alpha * dw, b - alpha * db
    return [w, b]


def adam_fit(alpha, steps):
    """ŷ = wx by Adam with its usual settings: w at the end."""
    w = m = v = 0.0
    for t in range(1, steps + 1):
        g = (2 / len(POINTS)) * sum((w * x - y) * x for x, y in POINTS)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        w = w - alpha * (m / (1 - 0.9**t)) / (math.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return w


def loss_of(w):
    return sum((w * x - y) ** 2 for x, y in POINTS) / len(POINTS)


fast, slow = slope_fit(0.01, 50), slope_fit(0.0001, 1000)
numbers = {
    "by": "CPython " + platform.python_version(),
    "from 10 at 0.1": parabola(10.0, 0.1, 20),
    "from 10 at 0.001": parabola(10.0, 0.001, 20),
    "from 10 at 1.1": parabola(10.0, 1.1, 20),
    "from 5 at 0.1": parabola(5.0, 0.1, 25),
    "from -3 at 0.1": parabola(-3.0, 0.1, 25),
    "from 2 at 0.1": parabola(2.0, 0.1, 25),
    "closed form": 5 * 0.8**25,
    "until flat": until_flat(10.0, 0.1, 1e-6),
    "challenge": (1 + 0.0002 ** (1 / 25)) / 2,
    "ravine, momentum": ravine(200.0, 0.009, 0.9, -4.0, 1.0, 100),
    "ravine, plain": ravine(200.0, 0.009, 0.0, -4.0, 1.0, 100),
    "fit": fast,
    "fit losses": [loss_of(w) for w in fast],
    "slow fit": slow[-1],
    "line fit": line_fit(0.01, 500),
    "adam at 0.001": adam_fit(0.001, 200),
    "adam at 0.1": adam_fit(0.1, 200),
}
lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in numbers.items())
Path(__file__).with_suffix(".json").write_text("{\n" + lines + "\n}\n")
