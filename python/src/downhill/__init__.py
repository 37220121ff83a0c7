"""Interactive figures of gradient descent for notebooks.

One class for each figure, whose traits are kept equal to the page's: `w.alpha = 1.1` moves the figure, and a
click in the figure moves `w.start`. `w.runs()` returns what was computed, and `show` draws the path that an
optimizer of your own took on a loss.
"""

from __future__ import annotations

from ._errors import FieldError, UnknownField
from ._figure import Figure
from ._figures import (
    Bowl,
    Chain,
    Code,
    Fit,
    Hill,
    Lab,
    Plane,
    Quiz,
    Race,
    Ravine,
    Scrubber,
    Starts,
)
from ._runs import Run
from ._show import show

__version__ = "0.1.0"

__all__ = [
    "Bowl",
    "Chain",
    "Code",
    "FieldError",
    "Figure",
    "Fit",
    "Hill",
    "Lab",
    "Plane",
    "Quiz",
    "Race",
    "Ravine",
    "Run",
    "Scrubber",
    "Starts",
    "UnknownField",
    "show",
]
