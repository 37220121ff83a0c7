//! Descents of a basin map, eight at a time by the loss itself.

use std::collections::VecDeque;

use super::{Descents, Ended};
use crate::batch::{Batch, BatchPlan};
use crate::lanes::WIDTH;
use crate::loss::Loss;
use crate::stopping::{StopThresholds, StoppingTest};

/// Descents that are stepped together.
#[derive(Clone, Debug, Default)]
pub(super) struct InLanes {
    batch: Batch<2>,
    lanes: [Option<Lane>; WIDTH],
    /// The number of steps taken by the batch.
    pub(super) clock: usize,
    /// The descents that began after the first that has not ended, in order, as far as they have
    /// ended: what has come of one is recorded once it has of all before, so that minimizers have
    /// the same order however descents are stepped.
    waiting: VecDeque<Option<Ended>>,
    /// The number of descents recorded.
    recorded: usize,
}

/// The descent that occupies a lane.
#[derive(Clone, Copy, Debug)]
struct Lane {
    /// How many began before.
    number: usize,
    cell: usize,
    stopping: StoppingTest,
    /// The clock when it started.
    began: usize,
}

impl InLanes {
    /// Runs about `steps` more steps of single descents, at least one.
    pub(super) fn advance(
        &mut self,
        descents: &mut Descents,
        steps: usize,
        ended: &mut impl FnMut(Ended),
    ) {
        let mut left = steps / WIDTH + 1;
        self.fill(descents, ended);
        while left > 0 && self.lanes.iter().any(Option::is_some) {
            left -= self.step(descents, left, ended);
        }
    }

    /// Steps all lanes until some lane may have ended, by at most `max_steps` steps; returns the
    /// number of steps.
    fn step(
        &mut self,
        descents: &mut Descents,
        max_steps: usize,
        ended: &mut impl FnMut(Ended),
    ) -> usize {
        self.occupy_idle_lanes();
        let steps = descents.limit.bounded().max_iterations;
        let mut rest = max_steps;
        let mut thresholds = StopThresholds { flat: 0.0, far: f64::INFINITY };
        for lane in self.lanes.iter().flatten() {
            rest = rest.min(lane.began + steps - self.clock);
            let StopThresholds { flat, far } = lane.stopping.thresholds();
            thresholds = StopThresholds {
                flat,
                far: if far < thresholds.far { far } else { thresholds.far },
            };
        }
        let plan = BatchPlan { alpha: descents.alpha, thresholds, max_steps: rest };
        let walked = descents.loss.step_batch(&mut self.batch, plan);
        self.clock += walked;
        let to_check = self.batch.lanes_to_check(thresholds);
        for lane in 0..WIDTH {
            if to_check >> lane & 1 == 1 || walked == rest {
                self.check(descents, lane, ended);
            }
        }
        self.fill(descents, ended);
        walked
    }

    /// Frees a lane whose descent has ended.
    fn check(&mut self, descents: &Descents, lane: usize, ended: &mut impl FnMut(Ended)) {
        let Some(Lane { number, cell, stopping, began }) = self.lanes[lane] else { return };
        let here = self.batch.lane(lane);
        let k = self.clock - began;
        if let Some(outcome) = stopping.outcome(&descents.loss, &here, k) {
            self.lanes[lane] = None;
            self.waiting[number - self.recorded] = Some(Ended { cell, outcome, at: here.x });
            while let Some(Some(end)) = self.waiting.front().copied() {
                ended(end);
                self.waiting.pop_front();
                self.recorded += 1;
            }
        }
    }

    /// Starts new descents in the free lanes, until all lanes are occupied or no starts are left.
    fn fill(&mut self, descents: &mut Descents, ended: &mut impl FnMut(Ended)) {
        while let Some(free) = self.lanes.iter().position(Option::is_none) {
            for lane in free..WIDTH {
                if self.lanes[lane].is_some() {
                    continue;
                }
                let Some((cell, at)) = descents.next() else { break };
                self.batch.put(lane, at);
                let stopping = StoppingTest::new(at, descents.limit);
                let number = self.recorded + self.waiting.len();
                self.waiting.push_back(None);
                self.lanes[lane] = Some(Lane { number, cell, stopping, began: self.clock });
            }
            if self.lanes[free].is_none() {
                return;
            }
            // Takes no step but computes the gradients of the new lanes; those of the others do not
            // change.
            descents.loss.step_batch(&mut self.batch, BatchPlan::steps(0, descents.alpha));
            // A descent may end before its first step.
            for lane in free..WIDTH {
                self.check(descents, lane, ended);
            }
        }
    }

    /// Idle lanes copy an occupied one, so that they never trigger a check by themselves.
    fn occupy_idle_lanes(&mut self) {
        let Some(busy) = self.lanes.iter().position(Option::is_some) else { return };
        for lane in 0..WIDTH {
            if self.lanes[lane].is_none() {
                self.batch.copy(busy, lane);
            }
        }
    }
}
