//! The code of a kernel's `walk`: plain descent from many starts.

use core::array;

use wasm_encoder::{BlockType, Function, InstructionSink, MemArg, ValType};

use super::arithmetic::{Arithmetic, Locals};
use super::block::{
    ALPHA, AT, BEGAN, BOUND, CALM, CLOCK, CLOSE, COUNT, END, ENDING, FLAT, LANES, LEFT, MAX_STEPS,
    NEXT, PAIRS, POINT, POINTS, RATES, RECORD, RECORDS, SLOT, STEPS,
};
use super::derivatives::Operations;
use super::memory::{double, word};
use super::step::squares;
use crate::stopping::{FAR_MARGIN, RADIUS};

/// Points up to this far away are within the bounds of all lanes; see [`walk`].
pub(super) const BOUNDED: f64 = 1e9;
/// Starts with coordinates below this diverge within that distance.
pub(crate) const FARTHEST: f64 = BOUNDED / 4e6;

/// The local variables with whole numbers. The parameter, the block's address, is the first.
const BLOCK: u32 = 0;
const CLOCK_NOW: u32 = 1;
/// The clock at which to look next, even if nothing happens.
const HORIZON: u32 = 2;
/// One bit for each lane whose descent has ended.
const ENDED: u32 = 3;
const LANE: u32 = 4;
/// The address of the lane's words, from which those of lane 0 are still to be added.
const LANE_AT: u32 = 5;
/// The address of a record, from which [`RECORDS`] is still to be added.
const RECORD_AT: u32 = 6;
const SCRATCH: u32 = 7;
/// Whether nothing but a flat gradient can have ended a descent.
const IS_QUIET: u32 = 8;
/// The addresses of the points before the step and after it, from which [`AT`] is still to be added.
const HERE: u32 = 9;
const THERE: u32 = 10;
const WHOLE: u32 = 11;

/// The local variables of two lanes.
#[derive(Clone, Copy)]
struct Pair {
    /// The points before the step.
    x: [u32; 2],
    /// The learning rates; all pairs may have the same local variable.
    alpha: u32,
    /// ‖∇f‖² at the points before, or NaN where f or its gradient is not finite.
    steepness: u32,
}

/// Local variables for all lanes.
#[derive(Clone, Copy)]
struct Splats {
    flat: u32,
    calm: u32,
    zero: u32,
    /// The sum of ‖x‖² of the lanes on either side, at the points before.
    distance: u32,
    scratch: u32,
}

/// The function `walk(block)`, from the operations of f and its gradient.
///
/// All lanes step together, until some lane may have ended: then that lane's point and number of
/// steps are stored in the record of its start, and the lane goes on with the next start. In the
/// loop two comparisons serve for all lanes: of the smallest ‖∇f‖², with the threshold at which a
/// lane may have converged, and of their sum, with the one up to which no lane leads far away in all
/// the steps that are allowed. So points need not be measured, unless some lane is not calm.
///
/// Points are kept in memory: in local variables they would need far more registers than there are,
/// and a lane's next start would have to be blended into one of them.
///
/// With rates of their own, the record of a start has the learning rate of its descent where the
/// ending will be.
pub(super) fn walk(operations: &Operations, own_rates: bool) -> Function {
    // Where f is bounded, its value need not be computed in the loop.
    let bounded = operations.are_finite_within(BOUNDED);
    let outputs = &operations.outputs;
    let outputs = if bounded { &outputs[1..] } else { outputs };
    let mut body = Vec::new();
    let mut locals = Locals { next: WHOLE };
    let mut code = InstructionSink::new(&mut body);
    let [flat, calm] = [FLAT, CALM].map(|index| {
        let local = locals.take();
        code.local_get(BLOCK).v128_load64_splat(double(index)).local_set(local);
        local
    });
    // Local variables are 0 at first.
    let [zero, distance, scratch] = array::from_fn(|_| locals.take());
    let splats = Splats { flat, calm, zero, distance, scratch };
    let arithmetic = Arithmetic::new(operations, outputs, [], &mut code, &mut locals);
    let shared = locals.take();
    code.local_get(BLOCK).v128_load64_splat(double(ALPHA)).local_set(shared);
    let pairs: [Pair; PAIRS] = array::from_fn(|_| Pair {
        x: [locals.take(), locals.take()],
        alpha: if own_rates { locals.take() } else { shared },
        steepness: locals.take(),
    });
    code.local_get(BLOCK).local_tee(HERE).i32_const(8 * POINTS as i32).i32_add().local_set(THERE);
    code.local_get(BLOCK).i32_load(word(CLOCK)).local_tee(CLOCK_NOW).local_set(HORIZON);

    code.loop_(BlockType::Empty); // once per event
    code.block(BlockType::Empty); // left at an event
    code.loop_(BlockType::Empty); // once per step
    for (index, Pair { x, alpha, steepness }) in pairs.into_iter().enumerate() {
        for (axis, local) in x.into_iter().enumerate() {
            code.local_get(HERE).v128_load(coordinate(index, axis)).local_set(local);
        }
        if own_rates {
            code.local_get(BLOCK).v128_load(double(RATES + 2 * index)).local_set(alpha);
        }
        let places = arithmetic.write(&x, &mut code, &mut locals);
        let loss = places[operations.outputs[0]];
        let partials = operations.outputs[1..].iter().map(|&output| places[output]);
        let gradient: Vec<u32> = partials.collect();
        squares(&gradient, &mut code);
        if !bounded {
            code.local_get(loss).local_get(zero).f64x2_mul().f64x2_add();
        }
        code.local_set(steepness);
        for (axis, (&partial, point)) in gradient.iter().zip(x).enumerate() {
            code.local_get(THERE);
            code.local_get(point).local_get(alpha).local_get(partial).f64x2_mul().f64x2_sub();
            code.v128_store(coordinate(index, axis));
        }
    }
    for (index, pair) in pairs.iter().enumerate() {
        code.local_get(pair.steepness);
        if index > 0 {
            code.f64x2_pmin();
        }
    }
    code.local_get(flat).f64x2_gt();
    are_calm(&pairs, splats, &mut code);
    code.v128_and().i64x2_bitmask().i32_const(3).i32_ne().br_if(1);
    code.local_get(CLOCK_NOW).local_get(HORIZON).i32_ge_s().br_if(1);
    count(&mut code);
    code.br(0).end().end();

    are_calm(&pairs, splats, &mut code);
    is_true(&mut code);
    code.local_get(CLOCK_NOW).local_get(HORIZON).i32_lt_s().i32_and().local_tee(IS_QUIET);
    code.if_(BlockType::Empty);
    find_flat(&pairs, splats, &mut code);
    code.else_();
    find_ended(&pairs, splats, &mut code);
    code.end();
    code.local_get(ENDED).if_(BlockType::Empty);
    code.loop_(BlockType::Empty); // once per lane that has ended
    retire(own_rates, &mut code, &mut locals);
    code.local_get(ENDED).br_if(0).end().end();
    code.local_get(IS_QUIET).i32_eqz().if_(BlockType::Empty);
    find_horizon(&pairs, splats, &mut code);
    code.end();
    count(&mut code);
    // Goes on unless all are done, or at the end of this call.
    code.local_get(BLOCK).i32_load(word(LEFT)).i32_const(0).i32_ne();
    code.local_get(CLOCK_NOW).local_get(BLOCK).i32_load(word(END)).i32_lt_s().i32_and();
    code.br_if(0).end();

    code.local_get(BLOCK).local_get(CLOCK_NOW).i32_store(word(CLOCK));
    // The next call begins with them as the points before its first step.
    for index in 0..PAIRS {
        for at in [0, 1].map(|axis| coordinate(index, axis)) {
            code.local_get(BLOCK).local_get(HERE).v128_load(at).v128_store(at);
        }
    }
    code.end();
    let locals = [(WHOLE - 1, ValType::I32), (locals.next - WHOLE, ValType::V128)];
    let mut function = Function::new(locals);
    function.raw(body);
    function
}

/// Where a coordinate of a pair is kept.
fn coordinate(pair: usize, axis: usize) -> MemArg {
    double(AT + axis * LANES + 2 * pair)
}

/// Counts a step, after which its points are those before the next one.
fn count(code: &mut InstructionSink<'_>) {
    code.local_get(HERE).local_get(THERE).local_set(HERE).local_set(THERE);
    code.local_get(CLOCK_NOW).i32_const(1).i32_add().local_set(CLOCK_NOW);
}

/// Pushes on either side whether the sum of ‖∇f‖² is small. False for NaN.
fn are_calm(pairs: &[Pair], splats: Splats, code: &mut InstructionSink<'_>) {
    for (index, pair) in pairs.iter().enumerate() {
        code.local_get(pair.steepness);
        if index > 0 {
            code.f64x2_add();
        }
    }
    code.local_get(splats.calm).f64x2_le();
}

/// Turns a condition on either side into one that both hold. The instruction for this compiles to
/// more.
fn is_true(code: &mut InstructionSink<'_>) {
    code.i64x2_bitmask().i32_const(3).i32_eq();
}

/// Finds the lanes that are flat, where all have values.
fn find_flat(pairs: &[Pair], splats: Splats, code: &mut InstructionSink<'_>) {
    for (index, pair) in pairs.iter().enumerate() {
        code.local_get(pair.steepness).local_get(splats.flat).f64x2_le().i64x2_bitmask();
        if index > 0 {
            code.i32_const(2 * index as i32).i32_shl().i32_or();
        }
    }
    code.local_set(ENDED);
}

/// Finds the lanes that are flat or far or without a value, or have taken all their steps.
fn find_ended(pairs: &[Pair], splats: Splats, code: &mut InstructionSink<'_>) {
    let Splats { flat, zero, distance, scratch: here, .. } = splats;
    code.local_get(zero).local_set(distance);
    for (index, pair) in pairs.iter().enumerate() {
        code.local_get(pair.steepness).local_get(flat).f64x2_gt();
        // The points before their last step.
        for axis in 0..2 {
            let at = coordinate(index, axis);
            code.local_get(HERE).v128_load(at).local_get(HERE).v128_load(at).f64x2_mul();
        }
        code.f64x2_add().local_get(pair.steepness).local_get(zero).f64x2_mul().f64x2_add();
        code.local_tee(here).local_get(distance).f64x2_add().local_set(distance);
        code.local_get(here);
        code.local_get(BLOCK).v128_load(double(BOUND + 2 * index)).f64x2_le().v128_and();
        code.local_get(BLOCK).v128_load(double(BEGAN + 2 * index));
        code.local_get(CLOCK_NOW).local_get(BLOCK).i32_load(word(MAX_STEPS)).i32_sub();
        code.i64_extend_i32_s().i64x2_splat().i64x2_gt_s().v128_and().i64x2_bitmask();
        if index > 0 {
            code.i32_const(2 * index as i32).i32_shl().i32_or();
        }
    }
    code.i32_const((1 << LANES) - 1).i32_xor().local_set(ENDED);
}

/// Records the descent of the first lane that has ended, and puts the next start there.
fn retire(own_rates: bool, code: &mut InstructionSink<'_>, locals: &mut Locals) {
    code.local_get(ENDED).i32_ctz().local_tee(LANE).i32_const(3).i32_shl();
    code.local_get(BLOCK).i32_add().local_set(LANE_AT);
    code.local_get(ENDED).local_get(ENDED).i32_const(1).i32_sub().i32_and().local_set(ENDED);
    code.local_get(LANE_AT).i32_load(word(SLOT));
    record(code);
    code.local_get(RECORD_AT);
    code.local_get(CLOCK_NOW).local_get(LANE_AT).i32_load(word(BEGAN)).i32_sub();
    code.i32_store(word(RECORDS + STEPS));
    code.local_get(RECORD_AT).local_get(LANE_AT).i64_load(double(BOUND));
    code.i64_store(double(RECORDS + ENDING));
    code.local_get(LANE).i32_const(3).i32_shl().local_get(HERE).i32_add().local_set(SCRATCH);
    for axis in 0..2 {
        code.local_get(RECORD_AT).local_get(SCRATCH).i64_load(double(AT + axis * LANES));
        code.i64_store(double(RECORDS + POINT + axis));
    }
    // Only starts count, not the record that serves lanes without one.
    code.local_get(BLOCK).local_get(BLOCK).i32_load(word(LEFT));
    code.local_get(LANE_AT).i32_load(word(SLOT)).local_get(BLOCK).i32_load(word(COUNT)).i32_lt_s();
    code.i32_sub().i32_store(word(LEFT));

    // The next start, or the spare one.
    code.local_get(BLOCK).i32_load(word(NEXT));
    record(code);
    code.local_get(LANE).i32_const(3).i32_shl().local_get(THERE).i32_add().local_set(SCRATCH);
    let start = [0, 1].map(|axis| {
        let local = locals.take();
        code.local_get(RECORD_AT).v128_load64_splat(double(RECORDS + POINT + axis));
        code.local_set(local);
        let to = double(AT + axis * LANES);
        code.local_get(SCRATCH).local_get(local).v128_store64_lane(to, 0);
        local
    });
    if own_rates {
        code.local_get(LANE_AT).local_get(RECORD_AT).i64_load(double(RECORDS + ENDING));
        code.i64_store(double(RATES));
    }
    // Its bound is the square of the radius of divergence, a little less.
    let bound = locals.take();
    squares(&start, code);
    code.f64x2_sqrt().f64_const(1.0.into()).f64x2_splat().f64x2_add();
    code.f64_const(RADIUS.into()).f64x2_splat().f64x2_mul().local_set(bound);
    code.local_get(LANE_AT).local_get(bound).local_get(bound).f64x2_mul();
    code.f64_const(FAR_MARGIN.into()).f64x2_splat().f64x2_mul();
    code.v128_store64_lane(double(BOUND), 0);
    let is_start = |code: &mut InstructionSink<'_>| {
        code.local_get(BLOCK).i32_load(word(NEXT)).local_get(BLOCK).i32_load(word(COUNT));
        code.i32_lt_s();
    };
    // Without a start of its own, its results go behind the spare one.
    code.local_get(LANE_AT).local_get(BLOCK).i32_load(word(NEXT)).i32_const(1);
    is_start(code);
    code.i32_sub().i32_add().i32_store(word(SLOT));
    code.local_get(LANE_AT).local_get(CLOCK_NOW).i32_const(1).i32_add().i64_extend_i32_s();
    code.i64_store(double(BEGAN));
    code.local_get(BLOCK).local_get(BLOCK).i32_load(word(NEXT));
    is_start(code);
    code.i32_add().i32_store(word(NEXT));
}

/// Turns the number of a record on the stack into its address.
fn record(code: &mut InstructionSink<'_>) {
    code.i32_const(8 * RECORD as i32).i32_mul().local_get(BLOCK).i32_add().local_set(RECORD_AT);
}

/// Sets the clock at which to look next: the next step, if some lane is not calm or not close; else
/// the last step of this call, or the last one that a lane may take.
fn find_horizon(pairs: &[Pair], splats: Splats, code: &mut InstructionSink<'_>) {
    are_calm(pairs, splats, code);
    code.local_get(splats.distance).f64_const(CLOSE.into()).f64x2_splat().f64x2_le();
    code.v128_and();
    is_true(code);
    code.if_(BlockType::Empty);
    // Lanes that began later only move it away, so that it can stay until it is reached.
    code.local_get(CLOCK_NOW).local_get(HORIZON).i32_ge_s();
    code.if_(BlockType::Empty);
    code.local_get(BLOCK).i32_load(word(END)).i32_const(1).i32_sub().local_set(HORIZON);
    for lane in 0..LANES {
        code.local_get(BLOCK).i32_load(word(BEGAN + lane));
        code.local_get(BLOCK).i32_load(word(MAX_STEPS)).i32_add().local_tee(SCRATCH);
        code.local_get(HORIZON).local_get(SCRATCH).local_get(HORIZON);
        code.i32_lt_s().select().local_set(HORIZON);
    }
    code.end().else_();
    code.local_get(CLOCK_NOW).local_set(HORIZON);
    code.end();
}
