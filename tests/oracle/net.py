#!/usr/bin/python3
"""Losses of small dense networks with their derivatives, and walks on them, by PyTorch in double precision.

Writes net.json to the same folder. Needs Debian's python3-torch (1.13) and python3-numpy:

    /usr/bin/python3 tests/oracle/net.py

For every activation and loss: the loss, its gradient and Hessian-vector product by torch.autograd, and the
largest eigenvalue of the whole Hessian by torch.linalg. Then walks of 500 steps by torch.optim, with full
batches and with the lesson's shuffles.
"""

import json
from pathlib import Path

import torch

from pcg import Random

torch.set_default_dtype(torch.float64)

ACTIVATIONS = {
    "tanh": torch.tanh,
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "softplus": torch.nn.functional.softplus,
    "linear": lambda z: z,
}
LOSSES = {
    "mse": torch.nn.functional.mse_loss,
    "logistic": torch.nn.functional.soft_margin_loss,
}
STEPS = 500
KEPT = [1, 10, 100, 500]


def shapes(inputs, hidden):
    sizes = [inputs, *hidden, 1]
    return list(zip(sizes, sizes[1:]))


def output(w, x, inputs, hidden, activation):
    """The network's output from a flat vector of parameters, in the order of parameters()."""
    at, place = x, 0
    layers = shapes(inputs, hidden)
    for index, (fan_in, units) in enumerate(layers):
        matrix = w[place : place + fan_in * units].reshape(units, fan_in)
        place += fan_in * units
        at = torch.nn.functional.linear(at, matrix, w[place : place + units])
        place += units
        if index + 1 < len(layers):
            at = ACTIVATIONS[activation](at)
    assert place == len(w)
    return at[:, 0]


def points(inputs, seed, count):
    """Points in two classes, or a number to learn from one input; few digits are as good as many."""
    random = Random(seed, "data")
    short = lambda number: round(number, 3)
    if inputs == 1:
        xs = [short(random.normal()) for _ in range(count)]
        return [[x] for x in xs], [short(x * x - 0.5 * x) for x in xs]
    xs = [[short(random.normal()), short(random.normal())] for _ in range(count)]
    return xs, [1.0 if a * b + 0.3 * a > 0 else -1.0 for a, b in xs]


def weights(inputs, hidden, seed, scale):
    random = Random(seed, "weights")
    w = []
    for fan_in, units in shapes(inputs, hidden):
        w += [round(scale * random.normal() / fan_in**0.5, 6) for _ in range(fan_in * units)]
        w += [round(0.3 * random.normal(), 6) for _ in range(units)]
    return w


def derivatives(inputs, hidden, activation, loss, seed):
    xs, ts = points(inputs, seed, 13)
    x, t = torch.tensor(xs), torch.tensor(ts)
    w0 = weights(inputs, hidden, seed, 1.2)
    v = weights(inputs, hidden, seed + 1, 1.0)
    value = lambda w: LOSSES[loss](output(w, x, inputs, hidden, activation), t)
    w = torch.tensor(w0, requires_grad=True)
    here = value(w)
    (gradient,) = torch.autograd.grad(here, w, create_graph=True)
    (product,) = torch.autograd.grad(gradient @ torch.tensor(v), w)
    hessian = torch.autograd.functional.hessian(value, torch.tensor(w0))
    values = torch.linalg.eigvalsh(0.5 * (hessian + hessian.T))
    return {
        "inputs": inputs, "hidden": hidden, "activation": activation, "loss": loss, "x": xs, "t": ts, "w": w0, "v": v,
        "value": here.item(), "gradient": gradient.tolist(), "product": product.tolist(), "lambda": values[-1].item(),
    }


RULES = {
    "gd": (lambda w, alpha: torch.optim.SGD(w, lr=alpha), 0.1),
    "momentum": (lambda w, alpha: torch.optim.SGD(w, lr=alpha, momentum=0.9), 0.01),
    "adam": (lambda w, alpha: torch.optim.Adam(w, lr=alpha), 0.003),
}


def walk(rule, batch, activation, loss, seed):
    inputs, hidden = 2, [6, 5]
    xs, ts = points(inputs, seed, 20)
    x, t = torch.tensor(xs), torch.tensor(ts)
    w0 = weights(inputs, hidden, seed, 1.0)
    w = torch.tensor(w0, requires_grad=True)
    make, alpha = RULES[rule]
    optimizer = make([w], alpha)
    random, order, queue = Random(seed, "shuffle"), list(range(len(xs))), []
    kept, losses = [], []
    for k in range(1, STEPS + 1):
        if not queue:
            if batch:
                random.shuffle(order)
            size = batch or len(xs)
            queue = [order[at : at + size] for at in range(0, len(order), size)]
        chosen = queue.pop(0)
        optimizer.zero_grad()
        LOSSES[loss](output(w, x[chosen], inputs, hidden, activation), t[chosen]).backward()
        optimizer.step()
        if k in KEPT:
            kept.append(w.tolist())
            with torch.no_grad():
                losses.append(LOSSES[loss](output(w, x, inputs, hidden, activation), t).item())
    return {
        "inputs": inputs, "hidden": hidden, "activation": activation, "loss": loss, "x": xs, "t": ts, "w": w0,
        "rule": rule, "alpha": alpha, "batch": batch, "seed": seed, "k": KEPT, "weights": kept, "losses": losses,
    }


SHAPES = [(2, [5, 4]), (1, [6]), (2, [3, 4, 3, 2]), (2, [])]

cases = []
for activation in ACTIVATIONS:
    for loss in LOSSES:
        for number, (inputs, hidden) in enumerate(SHAPES):
            # The logistic loss is for classes.
            if not (inputs == 1 and loss == "logistic"):
                cases.append(derivatives(inputs, hidden, activation, loss, 10 + number))
walks = [
    walk(rule, batch, activation, loss, 40 + number)
    for rule in RULES
    for number, (batch, activation, loss) in enumerate(
        [(0, "tanh", "mse"), (6, "tanh", "mse"), (0, "softplus", "logistic"), (1, "sigmoid", "logistic")]
    )
]

Path(__file__).with_suffix(".json").write_text(
    '{"torch": ' + json.dumps(torch.__version__) + ', "cases": [\n' + ",\n".join(map(json.dumps, cases))
    + '\n], "walks": [\n' + ",\n".join(map(json.dumps, walks)) + "\n]}\n"
)
