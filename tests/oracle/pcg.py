"""The lesson's random numbers, reimplemented from the papers rather than from the Rust code.

PCG-XSH-RR 64/32: O'Neill (2014); deviates: Box, Muller (1958); shuffling: Durstenfeld (1964).
"""

import math

MASK = (1 << 64) - 1
MULTIPLIER = 6364136223846793005
INCREMENT = ((0x0A02BDBF7BB3C0A7 << 1) | 1) & MASK
USES = {"data": 1, "shuffle": 2, "weights": 3, "noise": 4, "directions": 5}


class Random:
    def __init__(self, seed, use):
        self.state = ((USES[use] << 32 | seed) + INCREMENT) & MASK
        self._advance()

    def _advance(self):
        self.state = (self.state * MULTIPLIER + INCREMENT) & MASK

    def next(self):
        state = self.state
        self._advance()
        mixed = (((state >> 18) ^ state) >> 27) & 0xFFFFFFFF
        turn = state >> 59
        return ((mixed >> turn) | (mixed << (32 - turn))) & 0xFFFFFFFF

    def below(self, bound):
        surplus = 2**32 % bound
        while True:
            number = self.next()
            if number >= surplus:
                return number % bound

    def uniform(self):
        return (self.next() + 0.5) / 2**32

    def normal(self):
        radius = math.sqrt(-2 * math.log(self.uniform()))
        return radius * math.cos(math.tau * self.uniform())

    def shuffle(self, items):
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
