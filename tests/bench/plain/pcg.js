//! PCG-XSH-RR 64/32, so that both sides visit the points in the same order. The state is two halves of 32 bits.

/** 6364136223846793005 and the increment of the figures' stream, 1442695040888963407. */
const TIMES = [0x5851f42d, 0x4c957f2d];
const PLUS = [0x14057b7e, 0xf767814f];

/** The upper half of a product of two numbers of 32 bits. */
function upper(a, b) {
  const [a0, a1, b0, b1] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const low = (middle & 0xffff) + a0 * b1;
  return (a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(low / 0x10000)) >>> 0;
}

export class Pcg32 {
  /** The seed of a use of randomness, in two halves: 2 and the seed for the order of the points. */
  constructor(high, low) {
    this.low = (low + PLUS[1]) >>> 0;
    this.high = (high + PLUS[0] + (this.low < PLUS[1] ? 1 : 0)) >>> 0;
    this.step();
  }

  step() {
    const { high, low } = this;
    const product = Math.imul(low, TIMES[1]) >>> 0;
    this.low = (product + PLUS[1]) >>> 0;
    const carry = this.low < product ? 1 : 0;
    const cross = Math.imul(low, TIMES[0]) + Math.imul(high, TIMES[1]);
    this.high = (upper(low, TIMES[1]) + cross + PLUS[0] + carry) >>> 0;
  }

  next() {
    const { high, low } = this;
    this.step();
    // ((state >> 18) ^ state) >> 27, of which the lower 32 bits count.
    const mixedHigh = (high ^ (high >>> 18)) >>> 0;
    const mixedLow = (low ^ ((low >>> 18) | (high << 14))) >>> 0;
    const word = ((mixedLow >>> 27) | (mixedHigh << 5)) >>> 0;
    const turn = high >>> 27;
    return ((word >>> turn) | (word << (32 - turn))) >>> 0;
  }

  /** A uniform integer below `bound`, by rejection. */
  below(bound) {
    const surplus = (0x100000000 - bound) % bound;
    for (;;) {
      const number = this.next();
      if (number >= surplus) return number % bound;
    }
  }

  shuffle(items) {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const kept = items[last];
      items[last] = items[other];
      items[other] = kept;
    }
  }
}
