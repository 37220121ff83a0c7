"""A loss with the path that the reader's own optimizer took on it."""

from __future__ import annotations

import math
import warnings
from typing import Any

from ._fields import AnyPoints, plain
from ._figures import Race


def show(loss: str, path: AnyPoints = None, **fields: Any) -> Race:
    """Draws a loss, and the path that an optimizer of your own took on it, beside those of update rules.

    `loss` is a landscape's name or a formula in x and y, in mathematical notation or Python's: `"x**4 - y**2"`.
    `path` has the points that were visited, the start first: pairs, or an array or tensor with a row for each. Points
    with one coordinate lie on the x axis. Further fields are those of `Race`, such as `rules="gd,adam"` and
    `alpha=0.01`. Unless they say otherwise, the rules begin where the path does and take as many steps.
    """
    if not isinstance(loss, str):
        raise TypeError(
            f"loss must be text, such as 'x**4 - y**2', not {type(loss).__name__}: the figure computes in the page,"
            " where there is no Python."
        )
    if path is None:
        return Race(loss=loss, **fields)
    points = plain(path)
    if isinstance(points, (list, tuple)):
        points = finite([as_point(point) for point in points])
    if points and isinstance(points, list):
        defaults = {"start": points[0], "steps": max(1, len(points) - 1), "k": len(points) - 1}
        fields = {**defaults, **fields}
    return Race(loss=loss, path=points, **fields)


def as_point(point: Any) -> tuple[Any, ...]:
    """A point in one form; what is no point is left for the field to refuse."""
    point = plain(point)
    parts = [plain(part) for part in point] if isinstance(point, (list, tuple)) else [point]
    return (*parts, 0.0) if len(parts) == 1 else tuple(parts)


def finite(points: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The points before the first that is not finite, where an optimizer has diverged."""
    for k, point in enumerate(points):
        if any(isinstance(part, float) and not math.isfinite(part) for part in point):
            warnings.warn(
                f"The path is drawn up to point {k - 1}: point {k} is not finite.", stacklevel=3
            )
            return points[:k]
    return points
