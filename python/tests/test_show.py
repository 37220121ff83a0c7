"""Paths of the reader's own."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from downhill import show

PATH = [(1.0, 0.5), (0.5, 0.25), (0.25, 0.125)]


class Tensor:
    """As a tensor that needs its gradient, which does not become a list before it is detached."""

    def __init__(self, values: list[float]) -> None:
        self.values = values
        self.detached = False

    def detach(self) -> Tensor:
        free = Tensor(self.values)
        free.detached = True
        return free

    def tolist(self) -> list[float]:
        assert self.detached
        return self.values


@pytest.mark.parametrize(
    "path",
    [PATH, np.array(PATH), [np.array(point) for point in PATH], [Tensor(list(p)) for p in PATH]],
)
def test_a_path_comes_in_any_form(path: Any) -> None:
    race = show("x**4 - y**2", path)
    assert race.path == tuple(PATH)
    assert (race.loss, race.start, race.steps, race.k) == ("x**4 - y**2", (1.0, 0.5), 2, 2)


def test_points_with_one_coordinate_lie_on_the_axis() -> None:
    for path in ([5.0, 4.0], np.array([5.0, 4.0]), np.array([[5.0], [4.0]])):
        assert show("x**2", path).path == ((5.0, 0.0), (4.0, 0.0))


def test_fields_of_the_race_come_first() -> None:
    race = show("himmelblau", path=PATH, start=(0, 0), rules="adam", k=0)
    assert (race.start, race.rules, race.k) == ((0.0, 0.0), "adam", 0)


def test_a_loss_alone() -> None:
    race = show("x**4 - y**2")
    assert (race.path, race.steps) == ((), 500)


def test_a_diverging_path_is_drawn_as_far_as_it_is_finite() -> None:
    with pytest.warns(UserWarning, match="up to point 1: point 2 is not finite"):
        race = show("x**2 - y**2", [(1, 1), (2, 2), (math.inf, 3), (1, 1)])
    assert race.path == ((1.0, 1.0), (2.0, 2.0))


@pytest.mark.parametrize("path", ["1,2;3,4", [(1, 2, 3)], [None], 5])
def test_what_is_no_path_is_refused(path: Any) -> None:
    with pytest.raises(ValueError, match="path must be one to 10001 points such as 1,2; 3,4"):
        show("rosenbrock", path)


def test_a_loss_is_text() -> None:
    with pytest.raises(TypeError, match="loss must be text"):
        show(lambda x, y: x**2 + y**2)  # type: ignore[arg-type, return-value]
