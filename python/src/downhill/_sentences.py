"""The figures' own sentences, generated like `_figures.py`."""

MUST = "{name} must be {allowed}, not “{got}”."
UNKNOWN = "This figure has no parameter “{name}”; it has {names}."
NEAR = "Did you mean {near}?"
ELSEWHERE = {
    "lr": "alpha",
    "learning_rate": "alpha",
    "eta": "alpha",
    "iterations": "steps",
}
