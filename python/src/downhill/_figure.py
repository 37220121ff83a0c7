"""The widget around a figure: its fields as traits, what it computed, and its methods."""

from __future__ import annotations

import asyncio
import pathlib
import time
from contextlib import contextmanager
from inspect import Parameter, Signature
from typing import Any, ClassVar

import anywidget
import traitlets
from collections.abc import Iterator

from ._errors import unknown
from ._fields import Field
from ._runs import Run, unpack

#: The elements with their styles and WebAssembly modules, in one file that asks for no other.
MODULE = pathlib.Path(__file__).parent / "widget.js"


#: How long to wait for the page, in seconds.
PATIENCE = 5.0

#: How many calls of methods wait for a figure that is not there yet.
MOST_ASKED = 100


class Figure(anywidget.AnyWidget):
    """A figure in a notebook. Its subclasses have the fields of one figure each as traits."""

    _esm = MODULE
    #: The name of its element, without `gd-`.
    _figure: ClassVar[str] = ""
    #: Its traits that are fields.
    _fields: ClassVar[tuple[str, ...]] = ()

    _name = traitlets.Unicode().tag(sync=True)
    _own = traitlets.List(traitlets.Unicode()).tag(sync=True)
    #: The fields that are not as the figure begins with them. The others are left to it, since its defaults depend on
    #: the loss.
    _given = traitlets.List(traitlets.Unicode()).tag(sync=True)
    #: Counts the changes of fields, so that runs are told from those before the last change.
    _revision = traitlets.Int(0).tag(sync=True)
    _report = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    _numbers = traitlets.Unicode("").tag(sync=True)
    _problems = traitlets.Dict().tag(sync=True)
    #: What the figure shall do, each with a number, and the number of the last that it has done.
    _asked: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _done = traitlets.Int(0).tag(sync=True)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        fields = {name: made for name, made in vars(cls).items() if isinstance(made, Field)}
        # anywidget makes a class for each object, with traits of its own.
        if not fields:
            return
        cls._fields = tuple(fields)
        parameters = [
            Parameter(name, Parameter.KEYWORD_ONLY, default=made.default_value)
            for name, made in fields.items()
        ]
        # What notebooks show when asked for help.
        cls.__signature__ = Signature(parameters)

    def __init__(self, **fields: Any) -> None:
        if not self._figure:
            raise TypeError("Figure is what all figures have in common: take one of them, such as Bowl().")
        for name in fields:
            if name not in self._fields:
                raise unknown(name, self._fields)
        self._hears_page = False
        super().__init__(_name=self._figure, _own=list(self._fields), _given=list(fields), **fields)
        self.observe(self._note, names=list(self._fields))

    def __setattr__(self, name: str, value: Any) -> None:
        is_known = name in self._fields or hasattr(anywidget.AnyWidget, name)
        if not is_known and not name.startswith("_"):
            raise unknown(name, self._fields)
        super().__setattr__(name, value)

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._given)
        return f"{type(self).__name__}({given})"

    def _note(self, change: Any) -> None:
        if change["name"] not in self._given:
            self._given = [*self._given, change["name"]]
        if not self._hears_page:
            self._revision += 1

    @contextmanager
    def _hearing(self) -> Iterator[None]:
        self._hears_page = True
        try:
            yield
        finally:
            self._hears_page = False

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Takes what the page says; it is the figure's own state, and right."""
        with self._hearing():
            super().set_state(sync_data)

    @property
    def problems(self) -> dict[str, str]:
        """What the figure says about values that it did not take, by field."""
        return dict(self._problems)

    def snapshot(self) -> dict[str, Any]:
        """The state of the figure as plain data: its name, iteration, regime, and what it has besides runs.

        Like `runs` it needs the page's answer.
        """
        report = self._answered()
        return {key: report[key] for key in ("figure", "spec", "k", "regime", "data")}

    def runs(self) -> list[Run]:
        """The runs of the figure, as arrays.

        The figure computes in the page, so it has to be on show, and to have answered the last change. It does so
        between cells, or while a cell awaits `answered()`. Runs of another state are never returned.
        """
        report = self._answered()
        if report["runs"] is None:
            raise RuntimeError(
                "These runs have more than half a million numbers: take fewer starts or steps."
            )
        return unpack(report["runs"], self._numbers)

    async def answered(self, patience: float = PATIENCE) -> None:
        """Waits until the page has told what the last change led to, for at most so many seconds.

        `await w.answered()` in a cell lets the page speak while it runs, since ipykernel 7.4. Elsewhere the page speaks
        between cells, so that this ends with an error, and the next cell has to ask.
        """
        deadline = time.monotonic() + patience
        while not self._is_answered and time.monotonic() < deadline:
            await asyncio.sleep(0.01)
        self._answered()

    def _answered(self) -> dict[str, Any]:
        """What the page has said of the present state."""
        if self._report is None:
            raise RuntimeError(
                "The figure computes in the page, and is not there yet. Show it, and ask in the next cell, or await answered()."
            )
        if not self._is_answered:
            raise RuntimeError(
                "The figure was changed in this cell, and answers when it has ended. Ask in the next cell, or await answered()."
            )
        return dict(self._report)

    @property
    def _is_answered(self) -> bool:
        return self._report is not None and bool(self._report["revision"] == self._revision)

    def play(self) -> None:
        """Plays the runs."""
        self._ask("play")

    def pause(self) -> None:
        """Pauses them."""
        self._ask("pause")

    def step(self, n: int = 1) -> None:
        """Advances by `n` iterations."""
        self._ask("step", n)

    def seek(self, k: int) -> None:
        """Goes to iteration `k`."""
        self._ask("seek", k)

    def drop(self, x: float, y: float | None = None) -> None:
        """Starts at a point."""
        self._ask("drop", x, *([] if y is None else [y]))

    def reset(self) -> None:
        """Goes back to the start."""
        self._ask("reset")

    def clear(self) -> None:
        """Takes the starts away that were added."""
        self._ask("clear")

    def _ask(self, method: str, *numbers: float) -> None:
        # A list, since the figure may not be there yet; it does each once.
        number = self._asked[-1][0] + 1 if self._asked else self._done + 1
        self._asked = [*self._asked, [number, method, *numbers]][-MOST_ASKED:]
