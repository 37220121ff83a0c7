#!/usr/bin/python3
"""Descents whose α is changed on the way, and descents with noise on the gradient, by PyTorch.

Writes changes.json to the same folder. Needs Debian's python3-torch:

    /usr/bin/python3 tests/oracle/changes.py

α is changed as one does in PyTorch, by writing the optimizer's param_groups between two steps; noise is
added to w.grad. Its numbers are those of pcg.py, written from the papers.
"""

import json
from pathlib import Path

import torch

from pcg import Random

torch.set_default_dtype(torch.float64)

STEPS = 120
KEPT = [0, 1, 2, 5, 10, 20, 30, 31, 32, 40, 60, 80, 120]

LOSSES = {
    "0.5(x^2 + 50y^2)": (lambda x, y: 0.5 * (x * x + 50 * y * y), [-4.0, 1.0]),
    "x^2 + 2sin(3x)": (lambda x: x**2 + 2 * torch.sin(3 * x), [4.0]),
    "x^4 - 2x^2 + y^2": (lambda x, y: x**4 - 2 * x**2 + y**2, [0.3, 1.0]),
}
SGD, OPTIM = torch.optim.SGD, torch.optim
RULES = {
    "gd": (SGD, {}),
    "momentum": (SGD, {"momentum": 0.9}),
    "adam": (OPTIM.Adam, {}),
    "nadam": (OPTIM.NAdam, {"foreach": True}),
}
# α as written for us, and the same as a dictionary of steps; none is the inverse of a curvature.
RATES = {
    "0.01": {0: 0.01},
    "0.01,30:0.002": {0: 0.01, 30: 0.002},
    "0.005,1:0.015,31:0,60:0.004": {0: 0.005, 1: 0.015, 31: 0.0, 60: 0.004},
}
# The size of the noise and its seed.
NOISES = [(0.0, 1), (0.5, 1), (3.0, 4294967295)]


def run(loss, start, rule, rates, noise):
    make, settings = RULES[rule]
    w = torch.tensor(start, requires_grad=True)
    optimizer = make([w], lr=rates[0], **settings)
    size, seed = noise
    random = Random(seed, "noise")
    iterates = [w.tolist()]
    for k in range(STEPS):
        if k in rates:
            optimizer.param_groups[0]["lr"] = rates[k]
        optimizer.zero_grad()
        loss(*w).backward()
        if size:
            w.grad += torch.tensor([size * random.normal() for _ in start])
        optimizer.step()
        iterates.append(w.tolist())
    return [iterates[k] for k in KEPT]


cases = [
    {
        "loss": formula,
        "start": start,
        "rule": rule,
        "alpha": alpha,
        "noise": list(noise),
        "k": KEPT,
        "iterates": run(loss, start, rule, rates, noise),
    }
    for formula, (loss, start) in LOSSES.items()
    for rule in RULES
    for alpha, rates in RATES.items()
    for noise in NOISES
]
Path(__file__).with_suffix(".json").write_text(
    '{"torch": ' + json.dumps(torch.__version__) + ', "cases": [\n' + ",\n".join(map(json.dumps, cases)) + "\n]}\n"
)
