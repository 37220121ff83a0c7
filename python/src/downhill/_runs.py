"""What a figure computed, as arrays."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Run:
    """One descent of a figure."""

    name: str
    """Its name in the figure, such as `momentum`."""
    rule: str
    """The update rule; `own` for a path of your own."""
    alpha: float | None
    """The learning rate, where the figure knows it."""
    regime: str | None
    """What that learning rate does on a quadratic, such as `zigzag`."""
    iterates: NDArray[np.float64]
    """The points visited, a row for each, the start first."""
    losses: NDArray[np.float64]
    """The loss at each."""
    gradients: NDArray[np.float64]
    """The gradient at each, a row for each."""
    outcome: str
    """How it ended: `converged`, `stalled`, `exhausted`, `diverged` or `undefined`."""
    k: int
    """The iteration at which it ended."""
    settings: dict[str, Any] = field(default_factory=dict)
    """Further settings, where runs differ in more than rule and learning rate."""


def unpack(about: list[dict[str, Any]], packed: str) -> list[Run]:
    """The runs that the page has described, with their numbers: the iterates, losses and gradients of one after
    the other, as little-endian doubles in base64.
    """
    values = np.frombuffer(base64.b64decode(packed), dtype="<f8").astype(np.float64)
    runs = []
    at = 0
    for one in about:
        count, width = one["count"], one["width"]
        sizes = count * width, count, count * width
        parts = []
        for size in sizes:
            parts.append(values[at : at + size])
            at += size
        iterates, losses, gradients = parts
        runs.append(
            Run(
                name=one["name"],
                rule=one["rule"],
                alpha=one["alpha"],
                regime=one["regime"],
                iterates=iterates.reshape(count, width),
                losses=losses,
                gradients=gradients.reshape(count, width),
                outcome=one["outcome"]["kind"],
                k=one["outcome"]["k"],
                settings=one.get("settings", {}),
            )
        )
    return runs
