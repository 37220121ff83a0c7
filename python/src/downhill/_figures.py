"""One class for each figure.

Generated from the figures' own declarations by
`UPDATE_EXPECT=1 cargo test -p downhill-figures python`, so not to be edited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._fields import Choice, Count, Loss, Names, Number, Own, Points, Rate, Text, Toggle, Vector
from ._figure import Figure

if TYPE_CHECKING:
    from ._fields import AnyNames, AnyPoint, AnyPoints


class Hill(Figure):
    """Marbles on a hill.

    theme: one of auto, light, dark
    lang
    hide
    show
    fit: a number from 0 to 32000
    autoplay: on or off
    loss: Landscape; a loss in x and y, by name or as a formula
    rule: one of gd, momentum, nesterov, adagrad, rmsprop, adam, adamw, nadam, adadelta, adafactor, newton
    safeguard: on or off
    alpha: Learning rate α; a number from 0 to 1000000
    start: Starts x, y; x, y; …; one to 32 points such as 1,2; 3,4 with coordinates from −1000000 to 1000000
    steps: Steps; a whole number from 1 to 10000
    azimuth: a number from −180 to 180
    elevation: a number from 8 to 90
    zoom: a number from 0.25 to 4
    blindfold: Blindfold; on or off
    k: Iteration k; a whole number from 0 to 100000
    """

    _figure = "hill"

    theme = Choice("auto", ["auto", "light", "dark"], "one of auto, light, dark")
    lang = Text("", "")
    hide = Text("", "")
    show = Text("", "")
    fit = Number(0.0, 0.0, 32000.0, "a number from 0 to 32000")
    autoplay = Toggle(False, "on or off")
    loss = Loss("bowl", "a loss in x and y, by name or as a formula")
    rule = Choice("gd", ["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "nadam", "adadelta", "adafactor", "newton"], "one of gd, momentum, nesterov, adagrad, rmsprop, adam, adamw, nadam, adadelta, adafactor, newton")
    safeguard = Toggle(True, "on or off")
    alpha = Number(0.1, 0.0, 1000000.0, "a number from 0 to 1000000")
    start = Points([(-4.0, 1.5), (3.0, 4.0), (2.5, -3.5)], 1, 32, 1000000.0, "one to 32 points such as 1,2; 3,4 with coordinates from −1000000 to 1000000")
    steps = Count(200, 1, 10000, "a whole number from 1 to 10000")
    azimuth = Number(-50.0, -180.0, 180.0, "a number from −180 to 180")
    elevation = Number(40.0, 8.0, 90.0, "a number from 8 to 90")
    zoom = Number(1.0, 0.25, 4.0, "a number from 0.25 to 4")
    blindfold = Toggle(False, "on or off")
    k = Count(0, 0, 100000, "a whole number from 0 to 100000")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            theme: str = ...,
            lang: str = ...,
            hide: str = ...,
            show: str = ...,
            fit: float = ...,
            autoplay: bool = ...,
            loss: str = ...,
            rule: str = ...,
            safeguard: bool = ...,
            alpha: float = ...,
            start: AnyPoints = ...,
            steps: int = ...,
            azimuth: float = ...,
            elevation: float = ...,
            zoom: float = ...,
            blindfold: bool = ...,
            k: int = ...,
        ) -> None: ...


class Bowl(Figure):
    """Gradient descent on a curve.

    theme: one of auto, light, dark
    lang
    hide
    show
    fit: a number from 0 to 32000
    autoplay: on or off
    loss: Loss f(x); a loss in x, by name or as a formula
    alpha: Learning rate α; a number from 0 to 1000000
    start: Start x₀; a number from −1000000 to 1000000
    steps: Steps; a whole number from 1 to 100000
    from_here: on or off
    k: Iteration k; a whole number from 0 to 100000
    """

    _figure = "bowl"

    theme = Choice("auto", ["auto", "light", "dark"], "one of auto, light, dark")
    lang = Text("", "")
    hide = Text("", "")
    show = Text("", "")
    fit = Number(0.0, 0.0, 32000.0, "a number from 0 to 32000")
    autoplay = Toggle(False, "on or off")
    loss = Loss("parabola", "a loss in x, by name or as a formula")
    alpha = Rate(0.1, 0.0, 1000000.0, "a number from 0 to 1000000")
    start = Number(5.0, -1000000.0, 1000000.0, "a number from −1000000 to 1000000")
    steps = Count(25, 1, 100000, "a whole number from 1 to 100000")
    from_here = Toggle(False, "on or off")
    k = Count(0, 0, 100000, "a whole number from 0 to 100000")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            theme: str = ...,
            lang: str = ...,
            hide: str = ...,
            show: str = ...,
            fit: float = ...,
            autoplay: bool = ...,
            loss: str = ...,
            alpha: float | str = ...,
            start: float = ...,
            steps: int = ...,
            from_here: bool = ...,
            k: int = ...,
        ) -> None: ...


class Scrubber(Figure):
    """Every iteration of a run.

    theme: one of auto, light, dark
    lang
    hide
    show
    fit: a number from 0 to 32000
    autoplay: on or off
    loss: Loss f(x); a loss in x, by name or as a formula
    alpha: Learning rate α; a number from 0 to 1000000
    start: Start x₀; a number from −1000000 to 1000000
    steps: Steps; a whole number from 1 to 100000
    scale: Scale of the loss; one of log, linear
    k: Iteration k; a whole number from 0 to 100000
    """

    _figure = "scrubber"

    theme = Choice("auto", ["auto", "light", "dark"], "one of auto, light, dark")
    lang = Text("", "")
    hide = Text("", "")
    show = Text("", "")
    fit = Number(0.0, 0.0, 32000.0, "a number from 0 to 32000")
    autoplay = Toggle(False, "on or off")
    loss = Loss("parabola", "a loss in x, by name or as a formula")
    alpha = Number(0.1, 0.0, 1000000.0, "a number from 0 to 1000000")
    start = Number(5.0, -1000000.0, 1000000.0, "a number from −1000000 to 1000000")
    steps = Count(25, 1, 100000, "a whole number from 1 to 100000")
    scale = Choice("log", ["log", "linear"], "one of log, linear")
    k = Count(0, 0, 100000, "a whole number from 0 to 100000")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            theme: str = ...,
            lang: str = ...,
            hide: str = ...,
            show: str = ...,
            fit: float = ...,
            autoplay: bool = ...,
            loss: str = ...,
            alpha: float = ...,
            start: float = ...,
            steps: int = ...,
            scale: str = ...,
            k: int = ...,
        ) -> None: ...


class Lab(Figure):
    """The learning-rate lab.

    theme: one of auto, light, dark
    lang
    hide
    show
    fit: a number from 0 to 32000
    autoplay: on or off
    loss: Landscape; a loss in x, by name or as a formula
    alpha: Learning rate α; a number from 0 to 1000000
    start: Start x₀; a number from −1000000 to 1000000
    steps: Steps; a whole number from 1 to 100000
    tol: Tolerance ε; a number from 0 to 1000000
    scale: Scale of the loss; one of log, linear
    kept
    track: Spacing of α; one of linear, log
    k: Iteration k; a whole number from 0 to 100000
    """

    _figure = "lab"

    theme = Choice("auto", ["auto", "light", "dark"], "one of auto, light, dark")
    lang = Text("", "")
    hide = Text("", "")
    show = Text("", "")
    fit = Number(0.0, 0.0, 32000.0, "a number from 0 to 32000")
    autoplay = Toggle(False, "on or off")
    loss = Loss("parabola", "a loss in x, by name or as a formula")
    alpha = Number(0.1, 0.0, 1000000.0, "a number from 0 to 1000000")
    start = Number(5.0, -1000000.0, 1000000.0, "a number from −1000000 to 1000000")
    steps = Count(25, 1, 100000, "a whole number from 1 to 100000")
    tol = Number(0.000001, 0.0, 1000000.0, "a number from 0 to 1000000")
    scale = Choice("log", ["log", "linear"], "one of log, linear")
    kept = Text("", "", private=True)
    track = Choice("linear", ["linear", "log"], "one of linear, log")
    k = Count(0, 0, 100000, "a whole number from 0 to 100000")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            theme: str = ...,
            lang: str = ...,
            hide: str = ...,
            show: str = ...,
            fit: float = ...,
            autoplay: bool = ...,
            loss: str = ...,
            alpha: float = ...,
            start: float = ...,
            steps: int = ...,
            tol: float = ...,
            scale: str = ...,
            kept: str = ...,
            track: str = ...,
            k: int = ...,
        ) -> None: ...


class Fit(Figure):
    """A line fitted to data, and its loss.

    theme: one of auto, light, dark
    lang
    hide
    show
    fit: a number from 0 to 32000
    autoplay: on or off
    model: Model; one of wx, wx+b
    data: Points; one of five, noisy, own
    batch: Batch size; a whole number from 0 to 10000
    rule: Update rule; one of gd, momentum, nesterov, adagrad, rmsprop, adam, adamw, nadam, adadelta, adafactor, newton
    safeguard: on or off
    alpha: Learning rate α; a number from 0 to 1000000
    start: Start w; a number from −1000000 to 1000000
    epochs: Epochs; a whole number from 1 to 100000
    seed: Seed; a whole number from 0 to 4294967295
    noise: a number from 0 to 1000000
    against: Compare with; one of none, batch, stochastic
    per: One iteration is; one of update, epoch
    list: Table of; one of updates, points
    scale: Scale of the loss; one of log, linear
    points: Points as x,y, one to a line
    from_here: on or off
    k: Iteration k; a whole number from 0 to 100000
    """

    _figure = "fit"

    theme = Choice("auto", ["auto", "light", "dark"], "one of auto, light, dark")
    lang = Text("", "")
    hide = Text("", "")
    show = Text("", "")
    fit = Number(0.0, 0.0, 32000.0, "a number from 0 to 32000")
    autoplay = Toggle(False, "on or off")
    model = Choice("wx", ["wx", "wx+b"], "one of wx, wx+b")
    data = Choice("five", ["five", "noisy", "own"], "one of five, noisy, own")
    batch = Count(0, 0, 10000, "a whole number from 0 to 10000")
    rule = Choice("gd", ["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "nadam", "adadelta", "adafactor", "newton"], "one of gd, momentum, nesterov, adagrad, rmsprop, adam, adamw, nadam, adadelta, adafactor, newton")
    safeguard = Toggle(True, "on or off")
    alpha = Rate(0.01, 0.0, 1000000.0, "a number from 0 to 1000000")
    start = Vector(0.0, 1, 2, 1000000.0, "a number from −1000000 to 1000000")
    epochs = Count(50, 1, 100000, "a whole number from 1 to 100000")
    seed = Count(1, 0, 4294967295, "a whole number from 0 to 4294967295")
    noise = Number(0.1, 0.0, 1000000.0, "a number from 0 to 1000000")
    against = Choice("none", ["none", "batch", "stochastic"], "one of none, batch, stochastic")
    per = Choice("update", ["update", "epoch"], "one of update, epoch")
    list = Choice("updates", ["updates", "points"], "one of updates, points")
    scale = Choice("log", ["log", "linear"], "one of log, linear")
    points = Text("", "", private=True)
    from_here = Toggle(False, "on or off")
    k = Count(0, 0, 100000, "a whole number from 0 to 100000")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            theme: str = ...,
            lang: str = ...,
            hide: str = ...,
            show: str = ...,
            fit: float = ...,
            autoplay: bool = ...,
            model: str = ...,
            data: str = ...,
            batch: int = ...,
            rule: str = ...,
            safeguard: bool = ...,
            alpha: float | str = ...,
            start: float | AnyPoint = ...,
            epochs: int = ...,
            seed: int = ...,
            noise: float = ...,
            against: str = ...,
            per: str = ...,
            list: str = ...,
            scale: str = ...,
            points: str = ...,
            from_here: bool = ...,
            k: int = ...,
        ) -> None: ...


class Starts(Figure):
    """Many starts, one learning rate, and the basins of attraction.

    theme: one of auto, light, dark
    lang
    hide
    show
    fit: a number from 0 to 32000
    autoplay: on or off
    loss: Landscape; a loss in x and y, by name or as a formula
    alpha: Learning rate α; a number from 0 to 1000000
    start: Starts x, y; x, y; …; one to 32 points such as 1,2; 3,4 with coordinates from −1000000 to 1000000
    steps: Steps; a whole number from 1 to 10000
    noise: Noise on the gradient; a number from 0 to 1000000
    seed: Seed of the noise; a whole number from 0 to 4294967295
    basins: Basins; on or off
    k: Iteration k; a whole number from 0 to 100000
    """

    _figure = "starts"

    theme = Choice("auto", ["auto", "light", "dark"], "one of auto, light, dark")
    lang = Text("", "")
    hide = Text("", "")
    show = Text("", "")
    fit = Number(0.0, 0.0, 32000.0, "a number from 0 to 32000")
    autoplay = Toggle(False, "on or off")
    loss = Loss("himmelblau", "a loss in x and y, by name or as a formula")
    alpha = Number(0.01, 0.0, 1000000.0, "a number from 0 to 1000000")
    start = Points([(0.2, -0.5), (-0.7, -0.5), (-0.7, -1.4), (0.2, -1.4)], 1, 32, 1000000.0, "one to 32 points such as 1,2; 3,4 with coordinates from −1000000 to 1000000")
    steps = Count(200, 1, 10000, "a whole number from 1 to 10000")
    noise = Number(0.0, 0.0, 1000000.0, "a number from 0 to 1000000")
    seed = Count(1, 0, 4294967295, "a whole number from 0 to 4294967295")
    basins = Toggle(True, "on or off")
    k = Count(0, 0, 100000, "a whole number from 0 to 100000")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            theme: str = ...,
            lang: str = ...,
            hide: str = ...,
            show: str = ...,
            fit: float = ...,
            autoplay: bool = ...,
            loss: str = ...,
            alpha: float = ...,
            start: AnyPoints = ...,
            steps: int = ...,
            noise: float = ...,
            seed: int = ...,
            basins: bool = ...,
            k: int = ...,
        ) -> None: ...


class Ravine(Figure):
    """Gradient descent and momentum in a ravine.

    theme: one of auto, light, dark
    lang
    hide
    show
    fit: a number from 0 to 32000
    autoplay: on or off
    kappa: Condition number κ; a number from 1 to 1000000
    alpha: Learning rate α; a number from 0 to 1000000
    beta: Momentum β; a number from 0 to 0.9999
    other_alpha: α of the other run; a number from 0 to 1000000, or same
    other_beta: β of the other run; a number from 0 to 0.9999
    start: Start x₀, y₀; two numbers from −1000000 to 1000000 with a comma between them
    angle: Angle of the floor in degrees; a number from −90 to 90
    fair: Compare at; one of same, best
    steps: Steps; a whole number from 1 to 100000
    scale: Scale of the loss; one of log, linear
    from_here: on or off
    k: Iteration k; a whole number from 0 to 100000
    """

    _figure = "ravine"

    theme = Choice("auto", ["auto", "light", "dark"], "one of auto, light, dark")
    lang = Text("", "")
    hide = Text("", "")
    show = Text("", "")
    fit = Number(0.0, 0.0, 32000.0, "a number from 0 to 32000")
    autoplay = Toggle(False, "on or off")
    kappa = Number(100.0, 1.0, 1000000.0, "a number from 1 to 1000000")
    alpha = Rate(0.018, 0.0, 1000000.0, "a number from 0 to 1000000")
    beta = Number(0.9, 0.0, 0.9999, "a number from 0 to 0.9999")
    other_alpha = Own("same", 0.0, 1000000.0, "same", "a number from 0 to 1000000, or same")
    other_beta = Number(0.0, 0.0, 0.9999, "a number from 0 to 0.9999")
    start = Vector((-4.0, 1.0), 2, 2, 1000000.0, "two numbers from −1000000 to 1000000 with a comma between them")
    angle = Number(0.0, -90.0, 90.0, "a number from −90 to 90")
    fair = Choice("same", ["same", "best"], "one of same, best")
    steps = Count(150, 1, 100000, "a whole number from 1 to 100000")
    scale = Choice("log", ["log", "linear"], "one of log, linear")
    from_here = Toggle(False, "on or off")
    k = Count(0, 0, 100000, "a whole number from 0 to 100000")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            theme: str = ...,
            lang: str = ...,
            hide: str = ...,
            show: str = ...,
            fit: float = ...,
            autoplay: bool = ...,
            kappa: float = ...,
            alpha: float | str = ...,
            beta: float = ...,
            other_alpha: float | str = ...,
            other_beta: float = ...,
            start: AnyPoint = ...,
            angle: float = ...,
            fair: str = ...,
            steps: int = ...,
            scale: str = ...,
            from_here: bool = ...,
            k: int = ...,
        ) -> None: ...


class Plane(Figure):
    """The plane of learning rate and momentum.

    theme: one of auto, light, dark
    lang
    hide
    show
    fit: a number from 0 to 32000
    autoplay: on or off
    kappa: Condition number κ; a number from 1 to 1000000
    alpha: Learning rate α; a number from 0 to 1000000
    beta: Momentum β; a number from 0 to 0.9999
    start: two numbers from −1000000 to 1000000 with a comma between them
    from_here: on or off
    """

    _figure = "plane"

    theme = Choice("auto", ["auto", "light", "dark"], "one of auto, light, dark")
    lang = Text("", "")
    hide = Text("", "")
    show = Text("", "")
    fit = Number(0.0, 0.0, 32000.0, "a number from 0 to 32000")
    autoplay = Toggle(False, "on or off")
    kappa = Number(100.0, 1.0, 1000000.0, "a number from 1 to 1000000")
    alpha = Rate(0.018, 0.0, 1000000.0, "a number from 0 to 1000000")
    beta = Number(0.9, 0.0, 0.9999, "a number from 0 to 0.9999")
    start = Vector((-4.0, 1.0), 2, 2, 1000000.0, "two numbers from −1000000 to 1000000 with a comma between them")
    from_here = Toggle(False, "on or off")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            theme: str = ...,
            lang: str = ...,
            hide: str = ...,
            show: str = ...,
            fit: float = ...,
            autoplay: bool = ...,
            kappa: float = ...,
            alpha: float | str = ...,
            beta: float = ...,
            start: AnyPoint = ...,
            from_here: bool = ...,
        ) -> None: ...


class Race(Figure):
    """Update rules in a race.

    theme: one of auto, light, dark
    lang
    hide
    show
    fit: a number from 0 to 32000
    autoplay: on or off
    loss: Landscape; a loss in x and y, by name or as a formula
    rules: some of gd, momentum, nesterov, adagrad, rmsprop, adam, adamw, nadam, adadelta, adafactor, newton, each at most twice, with commas between them
    fair: Compare at; one of same, best
    alpha: Learning rate α; a number from 0 to 1000000
    other_alpha: a number from 0 to 1000000, or same
    beta: Momentum β; a number from 0 to 0.9999
    other_beta: a number from 0 to 0.9999, or same
    beta1: Adam’s β₁; a number from 0 to 0.9999
    beta2: Adam’s β₂; a number from 0 to 0.9999
    eps: Floor ε; a number from 0 to 1000000, or own
    rho: Smoothing ρ; a number from 0 to 0.9999, or own
    weight_decay: a number from 0 to 1000000
    momentum_decay: a number from 0 to 1000000
    safeguard: on or off
    schedule: Schedule of α; constant, step-decay, step-decay:FACTOR,EVERY
    start: Start x₀, y₀; two numbers from −1000000 to 1000000 with a comma between them
    steps: Steps; a whole number from 1 to 10000
    path: A path of your own, as lines x, y; one to 10001 points such as 1,2; 3,4 with coordinates from −1000000000000 to 1000000000000
    runner: one of gd, momentum, nesterov, adagrad, rmsprop, adam, adamw, nadam, adadelta, adafactor, newton
    scale: Scale of the loss; one of log, linear
    from_here: on or off
    k: Iteration k; a whole number from 0 to 100000
    """

    _figure = "race"

    theme = Choice("auto", ["auto", "light", "dark"], "one of auto, light, dark")
    lang = Text("", "")
    hide = Text("", "")
    show = Text("", "")
    fit = Number(0.0, 0.0, 32000.0, "a number from 0 to 32000")
    autoplay = Toggle(False, "on or off")
    loss = Loss("rosenbrock", "a loss in x and y, by name or as a formula")
    rules = Names("gd,momentum,rmsprop,adam", ["gd", "gd", "momentum", "momentum", "nesterov", "nesterov", "adagrad", "adagrad", "rmsprop", "rmsprop", "adam", "adam", "adamw", "adamw", "nadam", "nadam", "adadelta", "adadelta", "adafactor", "adafactor", "newton", "newton"], "some of gd, momentum, nesterov, adagrad, rmsprop, adam, adamw, nadam, adadelta, adafactor, newton, each at most twice, with commas between them")
    fair = Choice("same", ["same", "best"], "one of same, best")
    alpha = Rate(0.001, 0.0, 1000000.0, "a number from 0 to 1000000")
    other_alpha = Own("same", 0.0, 1000000.0, "same", "a number from 0 to 1000000, or same")
    beta = Number(0.9, 0.0, 0.9999, "a number from 0 to 0.9999")
    other_beta = Own("same", 0.0, 0.9999, "same", "a number from 0 to 0.9999, or same")
    beta1 = Number(0.9, 0.0, 0.9999, "a number from 0 to 0.9999")
    beta2 = Number(0.999, 0.0, 0.9999, "a number from 0 to 0.9999")
    eps = Own("own", 0.0, 1000000.0, "own", "a number from 0 to 1000000, or own")
    rho = Own("own", 0.0, 0.9999, "own", "a number from 0 to 0.9999, or own")
    weight_decay = Number(0.01, 0.0, 1000000.0, "a number from 0 to 1000000")
    momentum_decay = Number(0.004, 0.0, 1000000.0, "a number from 0 to 1000000")
    safeguard = Toggle(True, "on or off")
    schedule = Text("constant", "constant, step-decay, step-decay:FACTOR,EVERY")
    start = Vector((-1.2, 1.0), 2, 2, 1000000.0, "two numbers from −1000000 to 1000000 with a comma between them")
    steps = Count(500, 1, 10000, "a whole number from 1 to 10000")
    path = Points([], 0, 10001, 1000000000000.0, "one to 10001 points such as 1,2; 3,4 with coordinates from −1000000000000 to 1000000000000", private=True)
    runner = Choice("adam", ["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "nadam", "adadelta", "adafactor", "newton", "gd:2", "momentum:2", "nesterov:2", "adagrad:2", "rmsprop:2", "adam:2", "adamw:2", "nadam:2", "adadelta:2", "adafactor:2", "newton:2"], "one of gd, momentum, nesterov, adagrad, rmsprop, adam, adamw, nadam, adadelta, adafactor, newton")
    scale = Choice("log", ["log", "linear"], "one of log, linear")
    from_here = Toggle(False, "on or off")
    k = Count(0, 0, 100000, "a whole number from 0 to 100000")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            theme: str = ...,
            lang: str = ...,
            hide: str = ...,
            show: str = ...,
            fit: float = ...,
            autoplay: bool = ...,
            loss: str = ...,
            rules: AnyNames = ...,
            fair: str = ...,
            alpha: float | str = ...,
            other_alpha: float | str = ...,
            beta: float = ...,
            other_beta: float | str = ...,
            beta1: float = ...,
            beta2: float = ...,
            eps: float | str = ...,
            rho: float | str = ...,
            weight_decay: float = ...,
            momentum_decay: float = ...,
            safeguard: bool = ...,
            schedule: str = ...,
            start: AnyPoint = ...,
            steps: int = ...,
            path: AnyPoints = ...,
            runner: str = ...,
            scale: str = ...,
            from_here: bool = ...,
            k: int = ...,
        ) -> None: ...


class Chain(Figure):
    """The gradient on its way back through a deep chain.

    theme: one of auto, light, dark
    lang
    hide
    show
    fit: a number from 0 to 32000
    autoplay: on or off
    depth: Depth; a whole number from 1 to 64
    activation: Activation; one of sigmoid, tanh, relu, linear
    weight_scale: Weight scale; a number from 0 to 1000000
    skip: Skip connections; on or off
    norm: Normalization; on or off
    seed: Seed; a whole number from 0 to 4294967295
    """

    _figure = "chain"

    theme = Choice("auto", ["auto", "light", "dark"], "one of auto, light, dark")
    lang = Text("", "")
    hide = Text("", "")
    show = Text("", "")
    fit = Number(0.0, 0.0, 32000.0, "a number from 0 to 32000")
    autoplay = Toggle(False, "on or off")
    depth = Count(20, 1, 64, "a whole number from 1 to 64")
    activation = Choice("sigmoid", ["sigmoid", "tanh", "relu", "linear"], "one of sigmoid, tanh, relu, linear")
    weight_scale = Number(1.0, 0.0, 1000000.0, "a number from 0 to 1000000")
    skip = Toggle(False, "on or off")
    norm = Toggle(False, "on or off")
    seed = Count(1, 0, 4294967295, "a whole number from 0 to 4294967295")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            theme: str = ...,
            lang: str = ...,
            hide: str = ...,
            show: str = ...,
            fit: float = ...,
            autoplay: bool = ...,
            depth: int = ...,
            activation: str = ...,
            weight_scale: float = ...,
            skip: bool = ...,
            norm: bool = ...,
            seed: int = ...,
        ) -> None: ...


class Net(Figure):
    """A small network in training, and its hill.

    theme: one of auto, light, dark
    lang
    hide
    show
    fit: a number from 0 to 32000
    autoplay: on or off
    data: Points; one of moons, circles, xor, spiral, blobs, sine, own
    points: Number of points; a whole number from 2 to 1000
    noise: Noise; a number from 0 to 1000000
    own: Points of your own as x,y,class, one to a line
    layers: Hidden layers; up to 4 hidden layers of 1 to 32 units, as in 16,16, or 0 for none
    activation: Activation; one of tanh, relu, sigmoid, softplus, linear
    loss: Loss; one of mse, logistic
    init: First weights; lecun, xavier, he, or a number of at least 0 that scales lecun's
    rule: Update rule; one of gd, momentum, nesterov, adagrad, rmsprop, adam, adamw, nadam, adadelta, adafactor
    beta: a number from 0 to 0.9999
    alpha: Learning rate α; a number from 0 to 1000000
    batch: Batch size; a whole number from 0 to 1000
    schedule: Schedule of α; constant, step-decay, step-decay:FACTOR,EVERY
    steps: Steps; a whole number from 1 to 100000
    every: Steps between measurements; a whole number from 1 to 100000
    seed: Seed; a whole number from 0 to 4294967295
    view: Also show; one of loss, hill, gradients
    plane: one of walk, sharpest, random
    speed: Speed; one of slow, usual, fast
    kept
    k: Iteration k; a whole number from 0 to 100000
    """

    _figure = "net"

    theme = Choice("auto", ["auto", "light", "dark"], "one of auto, light, dark")
    lang = Text("", "")
    hide = Text("", "")
    show = Text("", "")
    fit = Number(0.0, 0.0, 32000.0, "a number from 0 to 32000")
    autoplay = Toggle(False, "on or off")
    data = Choice("moons", ["moons", "circles", "xor", "spiral", "blobs", "sine", "own"], "one of moons, circles, xor, spiral, blobs, sine, own")
    points = Count(100, 2, 1000, "a whole number from 2 to 1000")
    noise = Number(0.1, 0.0, 1000000.0, "a number from 0 to 1000000")
    own = Text("", "", private=True)
    layers = Text("16,16", "up to 4 hidden layers of 1 to 32 units, as in 16,16, or 0 for none")
    activation = Choice("tanh", ["tanh", "relu", "sigmoid", "softplus", "linear"], "one of tanh, relu, sigmoid, softplus, linear")
    loss = Choice("mse", ["mse", "logistic"], "one of mse, logistic")
    init = Text("lecun", "lecun, xavier, he, or a number of at least 0 that scales lecun's")
    rule = Choice("gd", ["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "nadam", "adadelta", "adafactor"], "one of gd, momentum, nesterov, adagrad, rmsprop, adam, adamw, nadam, adadelta, adafactor")
    beta = Number(0.9, 0.0, 0.9999, "a number from 0 to 0.9999")
    alpha = Rate(0.2, 0.0, 1000000.0, "a number from 0 to 1000000")
    batch = Count(0, 0, 1000, "a whole number from 0 to 1000")
    schedule = Text("constant", "constant, step-decay, step-decay:FACTOR,EVERY")
    steps = Count(6000, 1, 100000, "a whole number from 1 to 100000")
    every = Count(20, 1, 100000, "a whole number from 1 to 100000")
    seed = Count(1, 0, 4294967295, "a whole number from 0 to 4294967295")
    view = Choice("loss", ["loss", "hill", "gradients"], "one of loss, hill, gradients")
    plane = Choice("walk", ["walk", "sharpest", "random"], "one of walk, sharpest, random")
    speed = Choice("usual", ["slow", "usual", "fast"], "one of slow, usual, fast")
    kept = Text("", "", private=True)
    k = Count(0, 0, 100000, "a whole number from 0 to 100000")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            theme: str = ...,
            lang: str = ...,
            hide: str = ...,
            show: str = ...,
            fit: float = ...,
            autoplay: bool = ...,
            data: str = ...,
            points: int = ...,
            noise: float = ...,
            own: str = ...,
            layers: str = ...,
            activation: str = ...,
            loss: str = ...,
            init: str = ...,
            rule: str = ...,
            beta: float = ...,
            alpha: float | str = ...,
            batch: int = ...,
            schedule: str = ...,
            steps: int = ...,
            every: int = ...,
            seed: int = ...,
            view: str = ...,
            plane: str = ...,
            speed: str = ...,
            kept: str = ...,
            k: int = ...,
        ) -> None: ...


class Code(Figure):
    """The loop of gradient descent as a formula and as programs.

    program: one of descent, until-flat, fit, minibatch, adam
    language: one of python, numpy, pytorch
    theme: one of auto, light, dark
    lang: any text
    hide: any text
    autoplay: one of off, on
    """

    _figure = "code"

    program = Choice("descent", ["descent", "until-flat", "fit", "minibatch", "adam"], "one of descent, until-flat, fit, minibatch, adam")
    language = Choice("python", ["python", "numpy", "pytorch"], "one of python, numpy, pytorch")
    theme = Choice("auto", ["auto", "light", "dark"], "one of auto, light, dark")
    lang = Text("", "")
    hide = Text("", "")
    autoplay = Toggle(False, "on or off")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            program: str = ...,
            language: str = ...,
            theme: str = ...,
            lang: str = ...,
            hide: str = ...,
            autoplay: bool = ...,
        ) -> None: ...


class Quiz(Figure):
    """A question of the lesson, by its name.

    question: any text
    theme: one of auto, light, dark
    lang: any text
    hide: any text
    """

    _figure = "quiz"

    question = Text("", "")
    theme = Choice("auto", ["auto", "light", "dark"], "one of auto, light, dark")
    lang = Text("", "")
    hide = Text("", "")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            question: str = ...,
            theme: str = ...,
            lang: str = ...,
            hide: str = ...,
        ) -> None: ...
