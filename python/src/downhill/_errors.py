"""Errors, in the figures' own sentences."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from traitlets import TraitError

from ._sentences import ELSEWHERE, MUST, NEAR, UNKNOWN

#: The longest text that a sentence quotes.
LONGEST_QUOTE = 40


class FieldError(TraitError, ValueError):
    """A value that a field does not take."""


class UnknownField(TypeError, AttributeError):
    """A name that the figure does not have."""


def quoted(value: object) -> str:
    """A value as a sentence quotes it."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"


def refusal(name: str, allowed: str, got: object) -> FieldError:
    """The error for a value that is not allowed."""
    return FieldError(MUST.format(name=name, allowed=allowed, got=quoted(got)))


def unknown(name: str, names: Iterable[str]) -> UnknownField:
    """The error for a name that is none of these."""
    known = list(names)
    message = UNKNOWN.format(name=quoted(name), names=", ".join(known))
    near = nearest(name, known)
    if near is not None:
        message += " " + NEAR.format(near=near)
    return UnknownField(message)


def nearest(name: str, known: list[str]) -> str | None:
    """The known name that another one could be a slip or a synonym of."""
    wanted = name.lower().replace("-", "_")
    meant = ELSEWHERE.get(wanted, wanted)
    close = get_close_matches(meant, known, n=1, cutoff=0.6)
    return close[0] if close else None
