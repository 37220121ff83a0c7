#!/usr/bin/python3
"""Iterates of every update rule: PyTorch's where torch.optim has the rule, NumPy's for the rest.

Writes rules.json to the same folder. Needs Debian's python3-torch (1.13) and python3-numpy:

    /usr/bin/python3 tests/oracle/rules.py

Gradients come from torch.autograd; Newton's Hessians are written by hand below. Everything is in
float64, including the scalars that torch.optim keeps in tensors of the default type. The state is that
after 20 steps: near a minimizer the gradient is the remainder of cancelling terms, so its
digits mean little. For the same reason no α here is the inverse of a curvature.

NAdam runs with foreach=True: in 1.13 its loop over single tensors multiplied the momentum
coefficient twice into the product to t + 1, which PyTorch 2.0 corrected (pull request 92699); the
loop over lists was already right.
"""

import json
from pathlib import Path

import numpy
import torch

torch.set_default_dtype(torch.float64)

STEPS = 300
STATE_AT = 20
KEPT = [0, 1, 2, 3, 4, 5, 10, 20, 50, 100, 200, 300]

# The formula as typed, the same in Python, its Hessian, and a start.
LOSSES = {
    "0.5(x^2 + 50y^2)": (
        lambda x, y: 0.5 * (x * x + 50 * y * y),
        lambda x, y: [[1, 0], [0, 50]],
        [-4.0, 1.0],
    ),
    "(1-x)^2 + 100(y-x^2)^2": (
        lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
        lambda x, y: [[2 - 400 * (y - 3 * x**2), -400 * x], [-400 * x, 200]],
        [-1.2, 1.0],
    ),
    "(x^2+y-11)^2 + (x+y^2-7)^2": (
        lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
        lambda x, y: [[12 * x**2 + 4 * y - 42, 4 * x + 4 * y], [4 * x + 4 * y, 12 * y**2 + 4 * x - 26]],
        [0.5, -0.25],
    ),
    "x^2 + 2sin(3x)": (
        lambda x: x**2 + 2 * torch.sin(3 * x),
        lambda x: [[2 - 18 * numpy.sin(3 * x)]],
        [4.0],
    ),
    # For Adafactor and Newton, from the origin, where steps relative to the size of the parameters need their lower bound.
    "(x-1)^2 + 3(y-2)^2 + y^4": (
        lambda x, y: (x - 1) ** 2 + 3 * (y - 2) ** 2 + y**4,
        lambda x, y: [[2, 0], [0, 6 + 12 * y**2]],
        [0.0, 0.0],
    ),
    # For Newton only: its Hessian is indefinite at the start, and a pure step leads to the minimizer at once.
    "x^4 - 2y x^2 + y^2 + x^2 - 2x + 5": (
        lambda x, y: x**4 - 2 * y * x**2 + y**2 + x**2 - 2 * x + 5,
        lambda x, y: [[12 * x**2 - 4 * y + 2, -4 * x], [-4 * x, 2]],
        [1.0, 4.0],
    ),
    # Near a saddle.
    "x^4 - 2x^2 + y^2": (
        lambda x, y: x**4 - 2 * x**2 + y**2,
        lambda x, y: [[12 * x**2 - 4, 0], [0, 2]],
        [0.3, 1.0],
    ),
}

SGD, OPTIM = torch.optim.SGD, torch.optim
# Our name, our hyperparameters, torch's optimizer with its own, the names of its state, and α for each loss in order.
RULES = [
    ("gd", {}, SGD, {}, [], [0.03, 0.001, 0.01, 0.05]),
    ("momentum", {}, SGD, {"momentum": 0.9}, ["momentum_buffer"], [0.021, 0.0005, 0.002, 0.01]),
    ("momentum", {"beta": 0.5}, SGD, {"momentum": 0.5}, ["momentum_buffer"], [0.023, 0.001, 0.005, 0.02]),
    ("nesterov", {}, SGD, {"momentum": 0.9, "nesterov": True}, ["momentum_buffer"], [0.01, 0.0005, 0.002, 0.01]),
    ("nesterov", {"beta": 0.6}, SGD, {"momentum": 0.6, "nesterov": True}, ["momentum_buffer"], [0.013, 0.001, 0.005, 0.02]),
    ("adagrad", {}, OPTIM.Adagrad, {}, ["sum"], [0.5, 0.1, 0.3, 0.2]),
    ("adagrad", {"eps": 0.01}, OPTIM.Adagrad, {"eps": 0.01}, ["sum"], [0.2, 0.3, 0.1, 0.5]),
    ("rmsprop", {}, OPTIM.RMSprop, {}, ["square_avg"], [0.01, 0.002, 0.01, 0.01]),
    ("rmsprop", {"rho": 0.9, "eps": 1e-4}, OPTIM.RMSprop, {"alpha": 0.9, "eps": 1e-4}, ["square_avg"], [0.01, 0.002, 0.005, 0.002]),
    ("adam", {}, OPTIM.Adam, {}, ["exp_avg", "exp_avg_sq"], [0.1, 0.01, 0.05, 0.02]),
    ("adam", {"beta1": 0.8, "beta2": 0.95, "eps": 1e-6}, OPTIM.Adam, {"betas": (0.8, 0.95), "eps": 1e-6}, ["exp_avg", "exp_avg_sq"], [0.02, 0.005, 0.02, 0.01]),
    ("adamw", {}, OPTIM.AdamW, {}, ["exp_avg", "exp_avg_sq"], [0.1, 0.01, 0.05, 0.02]),
    ("adamw", {"beta1": 0.7, "beta2": 0.99, "eps": 1e-5, "weight-decay": 0.2}, OPTIM.AdamW, {"betas": (0.7, 0.99), "eps": 1e-5, "weight_decay": 0.2}, ["exp_avg", "exp_avg_sq"], [0.05, 0.01, 0.02, 0.02]),
    ("nadam", {}, OPTIM.NAdam, {"foreach": True}, ["exp_avg", "exp_avg_sq"], [0.1, 0.01, 0.05, 0.02]),
    ("nadam", {"beta1": 0.8, "beta2": 0.99, "eps": 1e-6, "momentum-decay": 0.1}, OPTIM.NAdam, {"betas": (0.8, 0.99), "eps": 1e-6, "momentum_decay": 0.1, "foreach": True}, ["exp_avg", "exp_avg_sq"], [0.05, 0.01, 0.02, 0.02]),
    ("adadelta", {}, OPTIM.Adadelta, {}, ["square_avg", "acc_delta"], [1.0, 1.0, 1.0, 1.0]),
    ("adadelta", {"rho": 0.8, "eps": 1e-3}, OPTIM.Adadelta, {"rho": 0.8, "eps": 1e-3}, ["square_avg", "acc_delta"], [0.5, 0.2, 0.5, 0.5]),
]


def by_torch(loss, start, optimizer, settings, names, alpha):
    """The iterates and the state after STATE_AT steps, by torch.optim."""
    w = torch.tensor(start, requires_grad=True)
    optimizer = optimizer([w], lr=alpha, **settings)
    iterates = [w.tolist()]
    for k in range(1, STEPS + 1):
        optimizer.zero_grad()
        loss(*w).backward()
        optimizer.step()
        iterates.append(w.tolist())
        if k == STATE_AT:
            state = [optimizer.state[w][name].tolist() for name in names]
    return iterates, state


def gradient(loss, at):
    w = torch.tensor(at, requires_grad=True)
    loss(*w).backward()
    return w.grad.numpy()


def adafactor(loss, hessian, start, alpha, eps=1e-30, eps2=1e-3, clip=1.0, decay=0.8):
    """Shazeer and Stern (2018), algorithm 5 for vectors, with α in place of their 10⁻²."""
    rms = lambda v: numpy.sqrt(numpy.mean(v * v))
    x, v = numpy.array(start), numpy.zeros(len(start))
    yield x
    for t in range(1, STEPS + 1):
        g = gradient(loss, x)
        keep = 1 - t**-decay
        v = keep * v + (1 - keep) * (g**2 + eps)
        u = g / numpy.sqrt(v)
        u = u / max(1, rms(u) / clip)
        x = x - max(eps2, rms(x)) * min(alpha, 1 / numpy.sqrt(t)) * u
        yield x


def newton(loss, hessian, start, alpha):
    """A Newton step where the Hessian is positive definite. Elsewhere a step by |H|⁻¹∇f, its small curvatures
    raised to a thousandth of the largest, no longer than 1 + ‖x‖, and halved until the loss falls enough
    (Nocedal and Wright, sections 3.1 and 3.4; Dauphin et al., 2014)."""
    value = lambda x: loss(*torch.tensor(x)).item()
    x = numpy.array(start)
    yield x
    for _ in range(STEPS):
        g, h = gradient(loss, x), numpy.array(hessian(*x), dtype=float)
        values, vectors = numpy.linalg.eigh(h)
        if values[0] > 1e-12 * abs(values[-1]):
            x = x - alpha * numpy.linalg.solve(h, g)
        else:
            sizes = numpy.abs(values)
            p = vectors @ (vectors.T @ g / numpy.maximum(sizes, 1e-3 * sizes.max()))
            t = min(alpha, (1 + numpy.linalg.norm(x)) / numpy.linalg.norm(p))
            while not value(x - t * p) <= value(x) - 1e-4 * t * (g @ p):
                t /= 2
            x = x - t * p
        yield x


def pure_newton(loss, hessian, start, alpha):
    """The system solved whatever the signs of the curvatures are."""
    x = numpy.array(start)
    yield x
    for _ in range(STEPS):
        x = x - alpha * numpy.linalg.solve(numpy.array(hessian(*x), dtype=float), gradient(loss, x))
        yield x


BY_HAND = [
    ("adafactor", {}, adafactor, {}, [0.01, 0.01, 0.02, 0.01, 0.01]),
    ("adafactor", {"eps": 1e-12, "eps2": 0.5, "clip": 0.5, "decay": 0.6}, adafactor, {"eps": 1e-12, "eps2": 0.5, "clip": 0.5, "decay": 0.6}, [0.01, 0.01, 0.02, 0.02, 0.02]),
    # So large that 1/√t takes over.
    ("adafactor", {}, adafactor, {}, [0.2, 0.1, 0.15, 0.07, 0.3]),
    ("newton", {}, newton, {}, [0.5, 0.02, 0.02, 0.05, 0.3, 0.1, 0.2]),
    ("newton", {}, newton, {}, [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]),
    # Where H vanishes along the way, a pure step depends on every rounding before it: no large α on the sine.
    ("newton", {"safeguard": False}, pure_newton, {}, [0.5, 0.02, 0.02, 0.01, 0.3, 0.1, 0.2]),
    ("newton", {"safeguard": False}, pure_newton, {}, [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]),
]

# Torch's schedulers for a descent of 100 steps from α = 0.1, by our notation.
SCHEDULES = {
    "step-decay:0.5,30": lambda o: torch.optim.lr_scheduler.StepLR(o, 30, 0.5),
    "step-decay:0.1,7": lambda o: torch.optim.lr_scheduler.StepLR(o, 7, 0.1),
    "cosine": lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 100),
    "warm-up:10": lambda o: torch.optim.lr_scheduler.LinearLR(o, 0.1, 1.0, 9),
    "1/t:0.25": lambda o: torch.optim.lr_scheduler.LambdaLR(o, lambda k: 1 / (1 + 0.25 * k)),
}


def by_scheduler(make):
    w = torch.zeros(1, requires_grad=True)
    optimizer = SGD([w], lr=0.1)
    scheduler = make(optimizer)
    rates = []
    for _ in range(100):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


cases = []
for column, (formula, (loss, hessian, start)) in enumerate(LOSSES.items()):
    for name, settings, optimizer, theirs, state, alphas in RULES:
        if column >= len(alphas):
            continue
        iterates, remembered = by_torch(loss, start, optimizer, theirs, state, alphas[column])
        cases.append((formula, name, settings, alphas[column], iterates, remembered))
    for name, settings, method, theirs, alphas in BY_HAND:
        if column >= len(alphas):
            continue
        iterates = [x.tolist() for x in method(loss, hessian, start, alphas[column], **theirs)]
        cases.append((formula, name, settings, alphas[column], iterates, None))

lines = [
    json.dumps(
        {
            "loss": formula,
            "rule": name,
            "settings": settings,
            "alpha": alpha,
            "k": KEPT,
            "iterates": [iterates[k] for k in KEPT],
            "state": state,
        }
    )
    for formula, name, settings, alpha, iterates, state in cases
]
schedules = [json.dumps({"schedule": text, "alphas": by_scheduler(make)}) for text, make in SCHEDULES.items()]
Path(__file__).with_suffix(".json").write_text(
    '{"torch": ' + json.dumps(torch.__version__) + ', "numpy": ' + json.dumps(numpy.__version__) + ', "cases": [\n'
    + ",\n".join(lines) + '\n], "schedules": [\n' + ",\n".join(schedules) + "\n]}\n"
)
