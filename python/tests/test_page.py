"""What a figure hears from its page, and what it asks of it. The page is played here; a test in JupyterLab has a real one."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest

from downhill import Race, Ravine

SAID = {"figure": "ravine", "spec": {}, "k": 0, "regime": None, "data": {}}


def run(name: str, count: int) -> dict[str, Any]:
    outcome = {"kind": "exhausted", "k": count - 1}
    about = {"name": name, "rule": "gd", "alpha": 0.02, "regime": "zigzag", "outcome": outcome}
    return {**about, "count": count, "width": 2}


def answer(figure: Ravine, values: list[float], runs: Any, **state: Any) -> None:
    report = {**SAID, "runs": runs, "revision": figure._revision}
    packed = base64.b64encode(np.array(values, dtype="<f8").tobytes()).decode()
    figure.set_state({**state, "_report": report, "_numbers": packed})


def test_runs_are_arrays() -> None:
    ravine = Ravine()
    numbers = [float(n) for n in range(15)]
    numbers[4] = float("nan")
    answer(ravine, numbers, [run("vanilla", 2), run("momentum", 1)])
    vanilla, momentum = ravine.runs()
    assert vanilla.iterates.tolist() == [[0, 1], [2, 3]]
    assert np.isnan(vanilla.losses[0]) and vanilla.losses[1] == 5
    assert vanilla.gradients.tolist() == [[6, 7], [8, 9]]
    assert momentum.iterates.tolist() == [[10, 11]]
    assert (momentum.losses.tolist(), momentum.gradients.tolist()) == ([12], [[13, 14]])
    assert (vanilla.name, vanilla.outcome, vanilla.k) == ("vanilla", "exhausted", 1)
    assert vanilla.losses.dtype == np.float64
    assert ravine.snapshot()["figure"] == "ravine"


def test_runs_before_the_figure_is_shown_say_so() -> None:
    with pytest.raises(RuntimeError, match="Show it, and ask in the next cell"):
        Ravine().runs()


def test_runs_of_another_state_are_not_handed_out() -> None:
    ravine = Ravine()
    answer(ravine, [], [])
    assert ravine.runs() == []
    ravine.alpha = 0.03
    with pytest.raises(RuntimeError, match="Ask in the next cell"):
        ravine.runs()
    answer(ravine, [], [])
    assert ravine.runs() == []


def test_too_many_numbers_are_no_runs() -> None:
    ravine = Ravine()
    answer(ravine, [], None)
    with pytest.raises(RuntimeError, match="fewer starts or steps"):
        ravine.runs()


def test_the_page_has_the_last_word() -> None:
    race = Race(loss="x^^2")
    race.set_state({"loss": "rosenbrock", "_problems": {"loss": "loss must be …"}})
    assert race.loss == "rosenbrock"
    assert race.problems == {"loss": "loss must be …"}
    # A newer page may allow what this does not know.
    race.set_state({"rules": "lion"})
    assert race.rules == "lion"


def test_what_the_reader_changed_belongs_to_the_state() -> None:
    ravine = Ravine()
    seen: list[Any] = []
    ravine.observe(lambda change: seen.append(change["new"]), "start")
    ravine.set_state({"start": [1.5, -2.0]})
    assert seen == [(1.5, -2.0)]
    assert repr(ravine) == "Ravine(start=(1.5, -2.0))"
    # It is no change that the page would have to answer.
    assert ravine._revision == 0


def test_methods_are_asked_for_in_order() -> None:
    ravine = Ravine()
    ravine.step(5)
    ravine.drop(1.0, 2.0)
    ravine.play()
    assert ravine._asked == [[1, "step", 5], [2, "drop", 1.0, 2.0], [3, "play"]]
    ravine.set_state({"_done": 3})
    ravine.pause()
    assert ravine._asked[-1] == [4, "pause"]
