#!/usr/bin/python3
"""Quadratics and the behaviour of descent on them, by NumPy's eigenvalue routines.

Writes quadratics.json to the same folder. Needs NumPy, as in Debian's python3-numpy:

    /usr/bin/python3 tests/oracle/quadratics.py
"""

import json
from pathlib import Path

import numpy

RULES = ["gd", "momentum", "nesterov"]


def matrix(rule, alpha, beta, hessian):
    """What a step of the rule multiplies (w, v) by, where the gradient is `hessian` times w."""
    one, zero = numpy.eye(2), numpy.zeros((2, 2))
    if rule == "gd":
        return numpy.block([[one - alpha * hessian, zero], [zero, zero]])
    velocity = numpy.block([[hessian, beta * one]])
    step = velocity if rule == "momentum" else numpy.block([[hessian, zero]]) + beta * velocity
    return numpy.block([[numpy.block([[one, zero]]) - alpha * step], [velocity]])


def radius(rule, alpha, beta, hessian):
    """The factor by which the error shrinks or grows per step in the long run."""
    return max(abs(numpy.linalg.eigvals(matrix(rule, alpha, beta, hessian))))


def bound(rule, beta, hessian):
    """The α at which the spectral radius passes 1, by halving."""
    low, high = 0.0, 4.0 / max(numpy.linalg.eigvalsh(hessian))
    for _ in range(60):
        middle = 0.5 * (low + high)
        if radius(rule, middle, beta, hessian) > 1 + 1e-13:
            high = middle
        else:
            low = middle
    return low


def case(a, b, d):
    hessian = numpy.array([[a, b], [b, d]])
    values, vectors = numpy.linalg.eigh(hessian)
    found = {"hessian": [a, b, d], "eigenvalues": list(values), "bounds": [], "rates": []}
    if values[0] > 0:
        for rule in RULES:
            for beta in [0.0, 0.3, 0.5, 0.9]:
                found["bounds"].append([rule, beta, bound(rule, beta, hessian)])
        for share in [0.1, 0.7, 1.0, 1.6, 2.3]:
            for beta in [0.0, 0.3, 0.9]:
                alpha = share / values[1]
                found["rates"].append([alpha, beta, radius("momentum", alpha, beta, hessian)])
    return found


def main():
    random = numpy.random.default_rng(12)
    cases = [case(1.0, 0.0, 100.0), case(2.0, 0.0, 6.0), case(2.0, 0.0, -2.0), case(3.0, 1.0, 3.0)]
    for _ in range(12):
        a, d = random.uniform(0.5, 9.0, 2)
        cases.append(case(a, random.uniform(-1.0, 1.0) * 0.95 * (a * d) ** 0.5, d))
    for _ in range(4):
        a, b, d = random.uniform(-5.0, 5.0, 3)
        cases.append(case(a, b, d))
    data = {"by": f"numpy {numpy.__version__}", "cases": cases}
    text = json.dumps(data).replace(' {"hessian"', '\n{"hessian"')
    Path(__file__).with_suffix(".json").write_text(text + "\n")


if __name__ == "__main__":
    main()
