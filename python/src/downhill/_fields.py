"""The fields of the figures as traits: what a figure would refuse is refused here, in its words.

What only the figure can judge, such as a formula, is left to it. It then says what is wrong, keeps the last good
value, and the trait returns to that.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar, Union

from traitlets import TraitType

from ._errors import refusal

if TYPE_CHECKING:
    from ._figure import Figure

#: A point: a tuple, a list or an array.
AnyPoint = Union[Sequence[float], Any]
#: Several points: a list of points, or an array with a row for each.
AnyPoints = Union[Sequence[Sequence[float]], Any]
#: Names, as a list or as a text with commas between them.
AnyNames = Union[str, Sequence[str]]

Value = TypeVar("Value")


def plain(value: Any) -> Any:
    """Arrays and tensors as lists, and their scalars as numbers."""
    if hasattr(value, "detach"):
        value = value.detach()
    return value.tolist() if hasattr(value, "tolist") else value


def number(value: Any, low: float, high: float) -> float | None:
    """A finite number within bounds."""
    if not isinstance(value, numbers.Real) or isinstance(value, bool):
        return None
    # A zero has no sign, as in the figures.
    found = float(value) + 0.0
    return found if math.isfinite(found) and low <= found <= high else None


class Field(TraitType[Value, Any]):
    """A field of a figure."""

    def __init__(self, default: Any, allowed: str, *, private: bool = False) -> None:
        super().__init__(default_value=default)
        self.allowed = allowed or "text"
        #: Whether it is the reader's own data, which the figure's events leave out.
        self.private = private
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> Value:
        figure: Figure = obj
        read = self.read(plain(value))
        if read is not None:
            return read
        if figure._hears_page:
            # The figure has the last word on what it allows.
            return value  # type: ignore[no-any-return]
        raise refusal(str(self.name), self.allowed, value)

    def read(self, value: Any) -> Value | None:
        """The value in one form, or None if it is not allowed."""
        raise NotImplementedError


class Number(Field[float]):
    """A number within bounds."""

    def __init__(self, default: float, low: float, high: float, allowed: str) -> None:
        super().__init__(default, allowed)
        self.bounds = low, high

    def read(self, value: Any) -> float | None:
        return number(value, *self.bounds)


class Rate(Field[Union[float, str]]):
    """A learning rate; with changes on the way it is text, such as `"0.1,40:0.01"`."""

    def __init__(self, default: float, low: float, high: float, allowed: str) -> None:
        super().__init__(default, allowed)
        self.bounds = low, high

    def read(self, value: Any) -> float | str | None:
        if isinstance(value, str):
            return value if ":" in value else None
        return number(value, *self.bounds)


class Own(Field[Union[float, str]]):
    """A number within bounds, or the word that leaves it to the rules."""

    def __init__(
        self, default: float | str, low: float, high: float, word: str, allowed: str
    ) -> None:
        super().__init__(default, allowed)
        self.bounds = low, high
        self.word = word

    def read(self, value: Any) -> float | str | None:
        return self.word if value == self.word else number(value, *self.bounds)


class Count(Field[int]):
    """A whole number within bounds."""

    def __init__(self, default: int, low: int, high: int, allowed: str) -> None:
        super().__init__(default, allowed)
        self.bounds = low, high

    def read(self, value: Any) -> int | None:
        found = number(value, *self.bounds)
        return int(found) if found is not None and found.is_integer() else None


class Toggle(Field[bool]):
    """On or off."""

    def read(self, value: Any) -> bool | None:
        if isinstance(value, bool):
            return value
        return {"on": True, "off": False}.get(value) if isinstance(value, str) else None


class Choice(Field[str]):
    """One of a few names."""

    def __init__(self, default: str, names: list[str], allowed: str) -> None:
        super().__init__(default, allowed)
        self.names = names

    def read(self, value: Any) -> str | None:
        return value if isinstance(value, str) and value in self.names else None


class Names(Field[str]):
    """Some of several names, each at most as often as it is listed."""

    def __init__(self, default: str, names: list[str], allowed: str) -> None:
        super().__init__(default, allowed)
        self.names = names

    def read(self, value: Any) -> str | None:
        given = value.split(",") if isinstance(value, str) else value
        if not isinstance(given, (list, tuple)) or not given:
            return None
        left = list(self.names)
        for name in given:
            if not isinstance(name, str) or name.strip() not in left:
                return None
            left.remove(name.strip())
        return ",".join(name.strip() for name in given)


class Vector(Field[Any]):
    """Coordinates within bounds; where one is enough, it may be a number."""

    def __init__(self, default: Any, least: int, most: int, largest: float, allowed: str) -> None:
        super().__init__(default, allowed)
        self.lengths = range(least, most + 1)
        self.bounds = -largest, largest

    def read(self, value: Any) -> Any:
        if not isinstance(value, (list, tuple)):
            return number(value, *self.bounds) if 1 in self.lengths else None
        found = [number(part, *self.bounds) for part in value]
        return None if len(found) not in self.lengths or None in found else tuple(found)


class Points(Field[Any]):
    """Points of the plane, with coordinates within bounds."""

    def __init__(
        self,
        default: Any,
        least: int,
        most: int,
        largest: float,
        allowed: str,
        *,
        private: bool = False,
    ) -> None:
        super().__init__(tuple(default), allowed, private=private)
        self.lengths = range(least, most + 1)
        self.point = Vector(None, 2, 2, largest, allowed)

    def read(self, value: Any) -> Any:
        if not isinstance(value, (list, tuple)) or len(value) not in self.lengths:
            return None
        found = [self.point.read(point) for point in value]
        return None if None in found else tuple(found)


class Text(Field[str]):
    """Text, which the figure reads."""

    def read(self, value: Any) -> str | None:
        return value if isinstance(value, str) else None


class Loss(Text):
    """A loss: a landscape's name, or a formula as in mathematics or in Python."""
