//! The memory that a kernel and its caller share: descents from many starts.

use crate::trajectory::Iterate;

/// The number of descents that a kernel steps together, two to a register.
pub(crate) const LANES: usize = 2 * PAIRS;
/// The number of registers of each coordinate.
pub(super) const PAIRS: usize = 4;

// Words of 64 bits. First what a call needs:
pub(super) const ALPHA: usize = 0;
pub(super) const FLAT: usize = 1;
pub(super) const FAR: usize = 2;
pub(super) const MAX_STEPS: usize = 3;
pub(super) const COUNT: usize = 4;
pub(super) const END: usize = 5;
// then where it stands:
pub(super) const CLOCK: usize = 6;
pub(super) const NEXT: usize = 7;
pub(super) const LEFT: usize = 8;
// the descents in its lanes:
pub(super) const X: usize = 10;
pub(super) const Y: usize = X + LANES;
/// The record that a lane's descent belongs to.
pub(super) const SLOT: usize = Y + LANES;
/// The clock at a lane's start.
pub(super) const BEGAN: usize = SLOT + LANES;
/// ‖x‖² beyond which a lane's descent has ended.
pub(super) const BOUND: usize = BEGAN + LANES;
// and a record for each start, two more than there are starts.
pub(super) const RECORDS: usize = BOUND + LANES;

// The words of a record: a point, which is the start at first and the end in the end,
pub(super) const AT: usize = 0;
/// its number of steps,
pub(super) const STEPS: usize = 2;
/// and f, the gradient and the Hessian there; at first, the bound of ‖x‖².
pub(super) const LOSS: usize = 3;
pub(super) const RECORD: usize = 10;

/// Descents from a number of starts, in the form that a kernel reads and writes.
///
/// Two records follow those of the starts. Lanes without a start of their own walk from the first
/// of them and leave their results in the second, until all other lanes are done.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    words: Vec<u64>,
}

/// The end of a descent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct End {
    pub(crate) at: Iterate<2>,
    pub(crate) hessian: [[f64; 2]; 2],
    pub(crate) steps: usize,
}

impl Block {
    /// Descents with learning rate `alpha`, which end after `max_steps` steps, where ‖∇f‖² ≤ `flat`,
    /// or where f or its gradient is not finite; with no starts yet, of at most `room`.
    pub(crate) fn new(alpha: f64, flat: f64, max_steps: usize, room: usize) -> Self {
        let mut words = vec![0; RECORDS + (room + 2) * RECORD];
        for (index, number) in [(ALPHA, alpha), (FLAT, flat), (FAR, f64::INFINITY)] {
            words[index] = number.to_bits();
        }
        words[MAX_STEPS] = max_steps as u64;
        Self { words }
    }

    /// Adds a descent, which also ends where ‖x‖² > `far`.
    ///
    /// # Panics
    /// If there is no room left.
    pub(crate) fn add(&mut self, at: [f64; 2], far: f64) {
        let count = self.words[COUNT] as usize;
        let record = &mut self.words[RECORDS + count * RECORD..][..RECORD];
        record[AT] = at[0].to_bits();
        record[AT + 1] = at[1].to_bits();
        record[LOSS] = far.to_bits();
        self.words[COUNT] += 1;
        if far < f64::from_bits(self.words[FAR]) {
            self.words[FAR] = far.to_bits();
        }
    }

    /// Puts the first starts into the lanes. There have to be some.
    pub(crate) fn begin(&mut self) {
        let words = &mut self.words;
        let count = words[COUNT] as usize;
        words.copy_within(RECORDS..RECORDS + RECORD, RECORDS + count * RECORD);
        words[NEXT] = count.min(LANES) as u64;
        words[LEFT] = count as u64;
        for lane in 0..LANES {
            let first = RECORDS + lane.min(count) * RECORD;
            for (to, from) in [(X, AT), (Y, AT + 1), (BOUND, LOSS)] {
                words[to + lane] = words[first + from];
            }
            words[SLOT + lane] = if lane < count { lane } else { count + 1 } as u64;
        }
    }

    /// The memory, for a kernel that is about to step all lanes up to `steps` times.
    pub(crate) fn words_for(&mut self, steps: usize) -> &mut [u64] {
        self.words[END] = self.words[CLOCK] + steps as u64;
        &mut self.words
    }

    /// The number of steps taken so far, by all lanes together.
    pub(crate) fn clock(&self) -> usize {
        self.words[CLOCK] as usize
    }

    /// Whether every descent has ended.
    pub(crate) fn is_done(&self) -> bool {
        self.words[LEFT] == 0
    }

    /// The ends of the descents, in the order of their starts, once all are done and a kernel has
    /// looked around there.
    pub(crate) fn ends(&self) -> impl Iterator<Item = End> + '_ {
        let (records, _) = self.words[RECORDS..].as_chunks::<RECORD>();
        records.iter().take(self.words[COUNT] as usize).map(
            |&[x, y, steps, loss, p, q, a, b, c, d]| {
                let number = f64::from_bits;
                End {
                    at: Iterate {
                        x: [number(x), number(y)],
                        loss: number(loss),
                        gradient: [number(p), number(q)],
                    },
                    hessian: [[number(a), number(b)], [number(c), number(d)]],
                    steps: steps as usize,
                }
            },
        )
    }
}
