//! The code of a kernel's `walk`: plain descent from many starts.

use core::array;

use wasm_encoder::{BlockType, Function, InstructionSink, ValType};

use super::arithmetic::{Arithmetic, Locals};
use super::block::{
    ALPHA, AT, BEGAN, BOUND, CLOCK, COUNT, END, FAR, FLAT, LANES, LEFT, LOSS, MAX_STEPS, NEXT,
    PAIRS, RECORD, RECORDS, SLOT, STEPS, X, Y,
};
use super::derivatives::Operations;
use super::memory::{double, word};

/// Points up to this far away are bounded by the far threshold; see [`walk`].
pub(crate) const BOUNDED: f64 = 1e9;

/// The local variables with whole numbers. The parameter, the block's address, is the first.
const BLOCK: u32 = 0;
const CLOCK_NOW: u32 = 1;
const HORIZON: u32 = 2;
const NEXT_START: u32 = 3;
const LEFT_OVER: u32 = 4;
const RECORD_AT: u32 = 5;
const RIGHT_LANES: u32 = 6;
const SCRATCH: u32 = 7;
const WHOLE: u32 = 8;

/// The local variables of two lanes.
#[derive(Clone, Copy)]
struct Pair {
    /// The points.
    at: [u32; 2],
    /// The points one step later.
    then: [u32; 2],
    /// ‖∇f‖² there.
    steepness: u32,
    /// ‖x‖², or NaN where f or its gradient is not finite.
    distance: u32,
}

/// The function `walk(block)`, from the operations of f and its gradient.
///
/// All lanes step together, until some lane may have ended: then that lane's point and number of
/// steps are stored in the record of its start, and the lane goes on with the next start. The
/// thresholds are checked for all lanes at once: the smallest ‖∇f‖² against one, the sum of ‖x‖²
/// against the other.
pub(super) fn walk(operations: &Operations) -> Function {
    // Where f is bounded, its value need not be computed in the loop.
    let bounded = operations.are_finite_within(BOUNDED);
    let outputs = &operations.outputs;
    let outputs = if bounded { &outputs[1..] } else { outputs };
    let mut body = Vec::new();
    let mut locals = Locals { next: WHOLE };
    let mut code = InstructionSink::new(&mut body);
    let [alpha, flat, far] = [ALPHA, FLAT, FAR].map(|index| {
        let local = locals.take();
        code.local_get(BLOCK).v128_load64_splat(double(index)).local_set(local);
        local
    });
    let zero = locals.take();
    code.f64_const(0.0.into()).f64x2_splat().local_set(zero);
    for (index, local) in [(CLOCK, CLOCK_NOW), (NEXT, NEXT_START), (LEFT, LEFT_OVER)] {
        code.local_get(BLOCK).i32_load(word(index)).local_set(local);
    }
    let arithmetic = Arithmetic::new(operations, outputs, &mut code, &mut locals);
    let pairs: [Pair; PAIRS] = array::from_fn(|pair| {
        let at = [X, Y].map(|axis| {
            let local = locals.take();
            code.local_get(BLOCK).v128_load(double(axis + 2 * pair)).local_set(local);
            local
        });
        let mut take = || locals.take();
        Pair { at, then: [take(), take()], steepness: take(), distance: take() }
    });
    find_horizon(&mut code);

    code.block(BlockType::Empty); // left when done
    code.loop_(BlockType::Empty); // once per event
    code.block(BlockType::Empty); // left at an event
    code.loop_(BlockType::Empty); // once per step
    for Pair { at, then, steepness, distance } in pairs {
        let places = arithmetic.write(at, &mut code, &mut locals);
        let [loss, p, q] = array::from_fn(|output| places[operations.outputs[output]]);
        let gradient = [p, q];
        for axis in 0..2 {
            code.local_get(at[axis]).local_get(alpha).local_get(gradient[axis]);
            code.f64x2_mul().f64x2_sub().local_set(then[axis]);
        }
        squares(gradient, &mut code);
        code.local_set(steepness);
        squares(at, &mut code);
        if !bounded {
            // 0 if all are finite, otherwise NaN.
            code.local_get(loss);
            for partial in gradient {
                code.local_get(partial).f64x2_add();
            }
            code.local_get(zero).f64x2_mul().f64x2_add();
        }
        code.local_set(distance);
    }
    for (index, pair) in pairs.iter().enumerate() {
        code.local_get(pair.steepness);
        if index > 0 {
            code.f64x2_pmin();
        }
    }
    code.local_get(flat).f64x2_gt();
    for (index, pair) in pairs.iter().enumerate() {
        code.local_get(pair.distance);
        if index > 0 {
            code.f64x2_add();
        }
    }
    code.local_get(far).f64x2_le();
    code.v128_and().i64x2_all_true().i32_eqz().br_if(1);
    code.local_get(CLOCK_NOW).local_get(HORIZON).i32_ge_s().br_if(1);
    for pair in pairs {
        advance(pair, &mut code);
    }
    count(&mut code);
    code.br(0).end().end();

    for (index, pair) in pairs.iter().enumerate() {
        retire(2 * index, *pair, flat, &mut code);
    }
    count(&mut code);
    // Done, or at the end of this call.
    code.local_get(LEFT_OVER).i32_eqz().br_if(1);
    code.local_get(BLOCK).i32_load(word(END)).local_get(CLOCK_NOW).i32_le_s().br_if(1);
    // Lanes that began later only move it away, so that it can stay until it is reached.
    code.local_get(CLOCK_NOW).local_get(HORIZON).i32_gt_s();
    code.if_(BlockType::Empty);
    find_horizon(&mut code);
    code.end();
    code.br(0).end().end();

    for (index, local) in [(CLOCK, CLOCK_NOW), (NEXT, NEXT_START), (LEFT, LEFT_OVER)] {
        code.local_get(BLOCK).local_get(local).i32_store(word(index));
    }
    for (index, pair) in pairs.iter().enumerate() {
        for (axis, local) in [X, Y].into_iter().zip(pair.at) {
            code.local_get(BLOCK).local_get(local).v128_store(double(axis + 2 * index));
        }
    }
    code.end();
    let locals = [(WHOLE - 1, ValType::I32), (locals.next - WHOLE, ValType::V128)];
    let mut function = Function::new(locals);
    function.raw(body);
    function
}

/// Pushes a² + b².
fn squares([a, b]: [u32; 2], code: &mut InstructionSink<'_>) {
    code.local_get(a).local_get(a).f64x2_mul();
    code.local_get(b).local_get(b).f64x2_mul().f64x2_add();
}

/// Moves two lanes to their next points.
fn advance(Pair { at, then, .. }: Pair, code: &mut InstructionSink<'_>) {
    for axis in 0..2 {
        code.local_get(then[axis]).local_set(at[axis]);
    }
}

/// Counts a step.
fn count(code: &mut InstructionSink<'_>) {
    code.local_get(CLOCK_NOW).i32_const(1).i32_add().local_set(CLOCK_NOW);
}

/// Sets the clock at which to look next even if nothing happens: the last step of this call, or the
/// last step that a lane may take.
fn find_horizon(code: &mut InstructionSink<'_>) {
    let smaller = |code: &mut InstructionSink<'_>| {
        code.local_tee(SCRATCH).local_get(HORIZON).local_get(SCRATCH).local_get(HORIZON);
        code.i32_lt_s().select().local_set(HORIZON);
    };
    code.local_get(BLOCK).i32_load(word(BEGAN)).local_set(HORIZON);
    for lane in 1..LANES {
        code.local_get(BLOCK).i32_load(word(BEGAN + lane));
        smaller(code);
    }
    code.local_get(BLOCK).i32_load(word(MAX_STEPS)).local_get(HORIZON).i32_add().local_set(HORIZON);
    code.local_get(BLOCK).i32_load(word(END)).i32_const(1).i32_sub();
    smaller(code);
}

/// Moves two lanes to their next points; those whose descent has ended, to their next starts.
fn retire(first: usize, pair: Pair, flat: u32, code: &mut InstructionSink<'_>) {
    code.local_get(pair.steepness).local_get(flat).f64x2_gt();
    code.local_get(pair.distance).local_get(BLOCK).v128_load(double(BOUND + first)).f64x2_le();
    code.v128_and().i64x2_bitmask().local_set(RIGHT_LANES);
    // At most events, most pairs just go on.
    code.local_get(RIGHT_LANES).i32_const(0b11).i32_ne();
    code.local_get(CLOCK_NOW).local_get(HORIZON).i32_ge_s().i32_or();
    code.if_(BlockType::Empty);
    for side in 0..2_u8 {
        let lane = first + usize::from(side);
        // It is flat or far, or has taken all its steps.
        code.local_get(RIGHT_LANES).i32_const(1 << side).i32_and().i32_eqz();
        code.local_get(CLOCK_NOW).local_get(BLOCK).i32_load(word(BEGAN + lane)).i32_sub();
        code.local_tee(SCRATCH).local_get(BLOCK).i32_load(word(MAX_STEPS)).i32_ge_s().i32_or();
        code.if_(BlockType::Empty);
        {
            let slot = word(SLOT + lane);
            let ended = |code: &mut InstructionSink<'_>| {
                code.local_get(BLOCK).i32_load(slot);
            };
            ended(code);
            record(code);
            code.local_get(RECORD_AT).local_get(SCRATCH).i32_store(word(RECORDS + STEPS));
            for axis in 0..2 {
                code.local_get(RECORD_AT).local_get(pair.at[axis]).f64x2_extract_lane(side);
                code.f64_store(double(RECORDS + AT + axis));
            }
            // Only starts count, not the record that serves lanes without one.
            code.local_get(LEFT_OVER);
            ended(code);
            code.local_get(BLOCK).i32_load(word(COUNT)).i32_lt_s().i32_sub().local_set(LEFT_OVER);
            // The next start, or the spare one.
            code.local_get(NEXT_START);
            record(code);
            for axis in 0..2 {
                code.local_get(pair.then[axis]).local_get(RECORD_AT);
                code.f64_load(double(RECORDS + AT + axis)).f64x2_replace_lane(side);
                code.local_set(pair.then[axis]);
            }
            code.local_get(BLOCK).local_get(RECORD_AT).f64_load(double(RECORDS + LOSS));
            code.f64_store(double(BOUND + lane));
            let more = |code: &mut InstructionSink<'_>| {
                code.local_get(NEXT_START).local_get(BLOCK).i32_load(word(COUNT)).i32_lt_s();
            };
            code.local_get(BLOCK);
            // Without a start of its own, its results go behind the spare one.
            code.local_get(NEXT_START).i32_const(1);
            more(code);
            code.i32_sub().i32_add().i32_store(slot);
            code.local_get(BLOCK).local_get(CLOCK_NOW).i32_const(1).i32_add();
            code.i32_store(word(BEGAN + lane));
            code.local_get(NEXT_START);
            more(code);
            code.i32_add().local_set(NEXT_START);
        }
        code.end();
    }
    code.end();
    advance(pair, code);
}

/// Turns the number of a record on the stack into its address, from which [`RECORDS`] is still to
/// be added.
fn record(code: &mut InstructionSink<'_>) {
    code.i32_const(8 * RECORD as i32).i32_mul().local_get(BLOCK).i32_add().local_set(RECORD_AT);
}
