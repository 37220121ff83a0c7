# Runs after the reader's own run, in the same interpreter, and judges the challenge:
# the largest alpha for which |x| < 1e-3 after 25 steps on x² from x = 5.
# It prints a verdict, which is a message key, and then the values for its placeholders.
def _check(found):
    start, steps, goal = 5.0, 25, 1e-3
    reach = (goal / start) ** (1 / steps)  # the largest |1 - 2 alpha| that gets there
    boundary = (1 + reach) / 2

    try:
        alpha, walked, x = (float(found[name] + 0) for name in ("alpha", "steps", "x"))
    except Exception:
        return "unknown", {}
    walk = largest = start
    for k in range(steps):
        walk = walk - alpha * 2 * walk
        if not abs(walk) <= largest:
            largest = abs(walk)
    values = {
        "alpha": f"{alpha:.10g}",
        "x": f"{walk:.3g}",
        "largest": f"{largest:.3g}",
        "boundary": f"{boundary:.5f}",
        "factor": f"{1 - 2 * alpha:.4g}",
    }
    if walked != steps:
        return "steps", values
    # Only a finite number minus itself is 0.
    if alpha - alpha != 0:
        return "number", values
    if walk - walk != 0:
        return "lost", values
    if not abs(x - walk) <= 1e-9 * (1 + abs(walk)):
        return "elsewhere", values
    if alpha < 0:
        return "uphill", values
    if alpha == 0:
        return "still", values
    if abs(walk) < goal:
        return ("found" if boundary - alpha < 1e-3 else "below"), values
    if alpha < 0.5:
        return "slow", values
    if alpha < 1:
        return "above", values
    return ("bounce" if alpha == 1 else "diverge"), values


def _tell(verdict, values):
    print(verdict)
    for name in values:
        print(name, values[name])


_tell(*_check(globals()))
