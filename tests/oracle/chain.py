#!/usr/bin/python3
"""Gradient sizes through a deep chain, by PyTorch's autograd in double precision.

Writes chain.json to the same folder. Needs Debian's python3-torch:

    /usr/bin/python3 tests/oracle/chain.py
"""

import json
from pathlib import Path

import torch

from pcg import Random

WIDTH = 32
ACTIVATIONS = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "linear": lambda z: z,
}


def normals(random, *shape):
    count = 1
    for size in shape:
        count *= size
    return torch.tensor([random.normal() for _ in range(count)], dtype=torch.float64).reshape(shape)


def run(depth, activation, weight_scale, skip, norm, seed):
    random = Random(seed, "weights")
    at = normals(random, WIDTH).requires_grad_()
    direction = normals(random, WIDTH)
    layers = []
    for _ in range(depth):
        weights = normals(random, WIDTH, WIDTH) * (weight_scale / WIDTH**0.5)
        out = ACTIVATIONS[activation](weights @ at)
        if skip:
            out = at + out
        if norm:
            out = torch.nn.functional.layer_norm(out, (WIDTH,))
        out.retain_grad()
        layers.append(out)
        at = out
    (at @ direction / direction.norm()).backward()
    gradients = [layer.grad.norm().item() for layer in layers]
    activations = [(layer.norm() / WIDTH**0.5).item() for layer in layers]
    return gradients, activations


def main():
    cases = []
    for activation in ACTIVATIONS:
        for skip, norm in ((False, False), (True, False), (False, True), (True, True)):
            for depth, weight_scale, seed in ((20, 1.0, 1), (6, 1.7, 4000000000)):
                gradients, activations = run(depth, activation, weight_scale, skip, norm, seed)
                cases.append({
                    "depth": depth, "activation": activation, "weight_scale": weight_scale,
                    "skip": skip, "norm": norm, "seed": seed,
                    "gradients": gradients, "activations": activations,
                })
    lines = ",\n".join(json.dumps(case) for case in cases)
    text = '{"by": "PyTorch %s", "cases": [\n%s\n]}\n' % (torch.__version__, lines)
    Path(__file__).with_suffix(".json").write_text(text, encoding="utf-8")


main()
