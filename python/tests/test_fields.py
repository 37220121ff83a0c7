"""What a figure's traits take and refuse, without a page."""

from __future__ import annotations

import inspect

import anywidget
import numpy as np
import pytest

import downhill
from downhill import Bowl, Code, Fit, Plane, Race, Ravine, Starts

FIGURES = [getattr(downhill, name) for name in downhill.__all__ if name[0].isupper()]
FIGURES = [
    made for made in FIGURES if issubclass(made, downhill.Figure) and made is not downhill.Figure
]


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_begins_with_its_defaults(figure: type[downhill.Figure]) -> None:
    made = figure()
    parameters = inspect.signature(figure).parameters
    assert list(parameters) == list(figure._fields)
    for name, parameter in parameters.items():
        assert getattr(made, name) == parameter.default
        # A default is a value that can be given.
        setattr(made, name, parameter.default)
    assert repr(made) == f"{figure.__name__}()"
    assert made.problems == {}


@pytest.mark.parametrize("figure", FIGURES)
def test_no_field_hides_what_a_widget_has(figure: type[downhill.Figure]) -> None:
    assert not [name for name in figure._fields if hasattr(anywidget.AnyWidget, name)]
    assert not [name for name in figure._fields if hasattr(downhill.Figure, name)]


def test_there_are_twelve() -> None:
    assert len(FIGURES) == 12


@pytest.mark.parametrize(
    ("wrong", "near"),
    [("alhpa", "alpha"), ("lr", "alpha"), ("step", "steps"), ("Alpha", "alpha"), ("kapa", "kappa")],
)
def test_an_unknown_name_is_told_the_nearest(wrong: str, near: str) -> None:
    with pytest.raises(TypeError) as raised:
        Ravine(**{wrong: 1})
    message = str(raised.value)
    assert message.startswith(f"This figure has no parameter “{wrong}”; it has theme, ")
    assert message.endswith(f"Did you mean {near}?")
    figure = Ravine()
    with pytest.raises(TypeError, match=f"Did you mean {near}"):
        setattr(figure, wrong, 1)


def test_a_name_like_no_other_gets_no_guess() -> None:
    with pytest.raises(TypeError) as raised:
        Bowl(colour="red")
    assert "Did you mean" not in str(raised.value)


@pytest.mark.parametrize(
    ("figure", "field", "value", "sentence"),
    [
        (Ravine, "alpha", "fast", "alpha must be a number from 0 to 1000000, not “fast”."),
        (Ravine, "alpha", -1, "alpha must be a number from 0 to 1000000, not “-1”."),
        (Ravine, "alpha", float("nan"), "alpha must be a number from 0 to 1000000, not “nan”."),
        (Ravine, "alpha", True, "alpha must be a number from 0 to 1000000, not “True”."),
        (Ravine, "beta", 1.5, "beta must be a number from 0 to 0.9999, not “1.5”."),
        (Bowl, "steps", 2.5, "steps must be a whole number from 1 to"),
        (Bowl, "scale", "log", "This figure has no parameter “scale”"),
        (Ravine, "scale", "logarithmic", "scale must be one of log, linear, not “logarithmic”."),
        (Ravine, "start", (1, 2, 3), "start must be two numbers"),
        (Ravine, "start", 1, "start must be two numbers"),
        (Starts, "basins", "maybe", "basins must be on or off, not “maybe”."),
        (Starts, "start", [], "start must be one to 32 points"),
        (Race, "rules", "sgd", "rules must be some of gd, "),
        (Race, "rules", ["adam"] * 3, "rules must be some of gd, "),
        (Race, "path", [(0, 0)] * 10_002, "path must be one to 10001 points"),
        (Race, "loss", 5, "loss must be a loss in x and y, by name or as a formula, not “5”."),
        (Code, "program", "sgd", "program must be one of descent, "),
        (Plane, "for", "ravine", "This figure has no parameter “for”"),
    ],
)
def test_a_wrong_value_is_refused_in_the_figures_words(
    figure: type[downhill.Figure], field: str, value: object, sentence: str
) -> None:
    made = figure()
    for refused in (lambda: figure(**{field: value}), lambda: setattr(made, field, value)):
        with pytest.raises((ValueError, TypeError)) as raised:
            refused()
        assert sentence in str(raised.value)
    assert repr(made) == f"{figure.__name__}()"


def test_values_come_as_python_has_them() -> None:
    race = Race(
        alpha=np.float64(0.01),
        steps=np.int64(50),
        start=np.array([1.0, -2.0]),
        rules=["gd", "adam", "adam"],
        eps=1e-6,
        schedule="cosine",
        from_here=False,
        path=np.array([[0.0, 1.0], [0.5, -0.0]]),
    )
    assert (race.alpha, race.steps, race.start) == (0.01, 50, (1.0, -2.0))
    assert (race.rules, race.eps, race.path) == ("gd,adam,adam", 1e-6, ((0.0, 1.0), (0.5, 0.0)))
    race.alpha = "0.1,40:0.01"
    race.eps = "own"
    race.runner = "adam:2"
    assert (race.alpha, race.eps) == ("0.1,40:0.01", "own")
    assert Fit(start=2).start == 2.0
    assert Fit(model="wx+b", start=[2, 1]).start == (2.0, 1.0)
    assert Starts(basins=False).basins is False


def test_a_figure_says_how_it_was_made() -> None:
    ravine = Ravine(alpha=0.02)
    ravine.kappa = 50
    assert repr(ravine) == "Ravine(alpha=0.02, kappa=50.0)"


def test_there_is_no_figure_in_general() -> None:
    with pytest.raises(TypeError, match="such as Bowl"):
        downhill.Figure()
