#!/usr/bin/python3
"""Fits of a line by mini-batches with NumPy, using the lesson's formulas.

Writes fits.json to the same folder. Needs Debian's python3-numpy:

    /usr/bin/python3 tests/oracle/fits.py
"""

import json
from pathlib import Path

import numpy as np

from pcg import Random

FIVE = np.array([[x, 2.0 * x] for x in (1.0, 2.0, 3.0, 4.0, 5.0)])


def noisy(seed, noise):
    random = Random(seed, "data")
    points = []
    for _ in range(100):
        x = random.normal()
        points.append([x, 2 * x + noise * random.normal()])
    return np.array(points)


def loss(points, w):
    prediction = w[0] * points[:, 0] + (w[1] if len(w) == 2 else 0.0)
    return np.mean((prediction - points[:, 1]) ** 2)


def gradient(points, w):
    x, y = points[:, 0], points[:, 1]
    error = w[0] * x + (w[1] if len(w) == 2 else 0.0) - y
    slopes = [2 * np.mean(error * x), 2 * np.mean(error)]
    return np.array(slopes[: len(w)])


def descend(points, w, alpha, beta, batch, epochs, seed):
    """The parameters after every update, and each update's batch loss."""
    random = Random(seed, "shuffle")
    order = list(range(len(points)))
    size = batch or len(points)
    velocity = np.zeros(len(w))
    path, losses = [w], []
    for _ in range(epochs):
        if size < len(points):
            random.shuffle(order)
        for start in range(0, len(points), size):
            chosen = points[order[start : start + size]]
            losses.append(loss(chosen, w))
            velocity = beta * velocity + gradient(chosen, w)
            w = w - alpha * velocity
            path.append(w)
    return path, losses


CASES = [
    # data, seed, noise, start, alpha, beta, batch, epochs
    ("five", 1, 0.0, [0.0], 0.01, 0.0, 0, 60),
    ("five", 1, 0.0, [0.0, 0.0], 0.01, 0.0, 0, 500),
    ("five", 1, 0.0, [0.0], 0.01, 0.0, 1, 12),
    ("five", 3, 0.0, [-1.0, 4.0], 0.02, 0.0, 2, 30),
    ("noisy", 1, 0.1, [0.0, 0.0], 0.1, 0.0, 0, 100),
    ("noisy", 1, 0.1, [0.0], 0.05, 0.0, 1, 3),
    ("noisy", 1, 0.1, [0.0, 0.0], 0.05, 0.0, 32, 25),
    ("noisy", 4294967295, 0.5, [5.0, -3.0], 0.02, 0.9, 7, 10),
    ("noisy", 7, 2.0, [0.0, 0.0], 0.1, 0.5, 99, 40),
]


def main():
    cases = []
    for data, seed, noise, start, alpha, beta, batch, epochs in CASES:
        points = FIVE if data == "five" else noisy(seed, noise)
        path, losses = descend(points, np.array(start), alpha, beta, batch, epochs, seed)
        cases.append({
            "data": data, "seed": seed, "noise": noise, "start": start, "alpha": alpha, "beta": beta,
            "batch": batch, "epochs": epochs,
            "points": points.tolist(),
            "path": [w.tolist() for w in path],
            "losses": [loss(points, w) for w in path],
            "batch_losses": losses,
        })
    lines = ",\n".join(json.dumps(case) for case in cases)
    text = '{"by": "NumPy %s", "cases": [\n%s\n]}\n' % (np.__version__, lines)
    Path(__file__).with_suffix(".json").write_text(text, encoding="utf-8")


main()
