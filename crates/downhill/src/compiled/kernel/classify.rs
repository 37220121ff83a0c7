//! The code of a kernel's `classify`: how every descent has ended, by the numbers at its end.

use core::array;

use wasm_encoder::{BlockType, Function, InstructionSink, ValType};

use super::arithmetic::{Arithmetic, Locals};
use super::block::{
    COUNT, ENDING, Ending, FLAT, MAX_STEPS, POINT, RECORD, RECORDS, STEPS, SURELY_FLAT,
};
use super::derivatives::Operations;
use super::memory::{double, word};
use super::step::squares;
use crate::critical_point::FLAT as LEVEL;

const BLOCK: u32 = 0;
/// The address of the record at hand, from which `RECORDS` is still to be added, and the last one.
const RECORD_AT: u32 = 1;
const LAST: u32 = 2;
const WHOLE: u32 = 3;
/// The part of a diagonal that has to dominate its row: more than eigenvalues lose by rounding is
/// left.
const DOMINANT: f64 = 0.99;
/// The part of a threshold up to which its rounding matters.
const MARGIN: f64 = 1.0 + 1e-8;
/// The number of bytes of a record.
const SIZE: usize = 8 * RECORD;

/// The function `classify(block)`, from the operations of f, its gradient and its Hessian: two
/// records at a time, of which there are always more than starts.
///
/// It tells only what is certain. What lies within the rounding of a threshold remains unclear, and
/// so does what is flat, unless the Hessian's rows are clearly dominated by their diagonal: then, by
/// Gershgorin's theorem, all eigenvalues are clearly positive.
pub(super) fn classify(operations: &Operations) -> Function {
    let mut body = Vec::new();
    let mut locals = Locals { next: WHOLE };
    let mut code = InstructionSink::new(&mut body);
    let outputs = &operations.outputs;
    let arithmetic = Arithmetic::new(operations, outputs, [], &mut code, &mut locals);
    let [x, y, steps, bound, steepness, distance] = array::from_fn(|_| locals.take());
    code.local_get(BLOCK).local_set(RECORD_AT);
    code.local_get(BLOCK).local_get(BLOCK).i32_load(word(COUNT)).i32_const(SIZE as i32).i32_mul();
    code.i32_add().local_set(LAST);
    code.loop_(BlockType::Empty);
    for (index, local) in [(POINT, x), (POINT + 1, y), (STEPS, steps), (ENDING, bound)] {
        code.local_get(RECORD_AT).local_get(RECORD_AT).v128_load64_splat(double(RECORDS + index));
        code.v128_load64_lane(double(RECORDS + RECORD + index), 1).local_set(local);
    }
    let places = arithmetic.write(&[x, y], &mut code, &mut locals);
    let found: Vec<u32> = outputs.iter().map(|&output| places[output]).collect();
    // f, ∇f, and the rows of the Hessian.
    let axes = if found.len() > 3 { 2 } else { 1 };
    let (values, hessian) = found.split_at(1 + axes);
    squares(&values[1..], &mut code);
    code.local_set(steepness);
    squares(&[x, y][..axes], &mut code);
    code.local_set(distance);

    // Each choice overrules those before.
    ending(Ending::Converged, &mut code);
    ending(Ending::Unclear, &mut code);
    code.local_get(steepness);
    code.local_get(BLOCK).v128_load64_splat(double(SURELY_FLAT)).f64x2_le();
    for (diagonal, row) in hessian.chunks(axes).enumerate() {
        code.local_get(row[diagonal]).f64_const(DOMINANT.into()).f64x2_splat().f64x2_mul();
        code.f64_const((2.0 * LEVEL).into()).f64x2_splat().f64x2_sub();
        for (axis, &entry) in row.iter().enumerate() {
            if axis != diagonal {
                code.local_get(entry).f64x2_abs().f64x2_sub();
            }
        }
        code.f64_const(0.0.into()).f64x2_splat().f64x2_gt().v128_and();
    }
    let kind = locals.take();
    code.v128_bitselect().local_set(kind);

    ending(Ending::Exhausted, &mut code);
    code.local_get(kind);
    code.local_get(steepness).local_get(BLOCK).v128_load64_splat(double(FLAT)).f64x2_gt();
    code.local_get(steps)
        .i64_const(0xffff_ffff)
        .i64x2_splat()
        .v128_and()
        .local_get(BLOCK)
        .v128_load64_splat(double(MAX_STEPS))
        .i64x2_ge_s();
    code.v128_and().v128_bitselect().local_set(kind);

    code.local_get(kind);
    ending(Ending::Undefined, &mut code);
    for (index, &number) in values.iter().enumerate() {
        code.local_get(number).f64x2_abs().f64_const(f64::INFINITY.into()).f64x2_splat();
        // False for NaN.
        code.f64x2_lt();
        if index > 0 {
            code.v128_and();
        }
    }
    code.v128_bitselect().local_set(kind);
    ending(Ending::Infinite, &mut code);
    code.local_get(kind)
        .local_get(values[0])
        .f64x2_abs()
        .f64_const(f64::INFINITY.into())
        .f64x2_splat();
    code.f64x2_eq().v128_bitselect().local_set(kind);

    code.local_get(kind);
    ending(Ending::Unclear, &mut code);
    code.local_get(distance).local_get(bound).f64x2_le().v128_bitselect().local_set(kind);
    code.local_get(kind);
    ending(Ending::Diverged, &mut code);
    code.local_get(distance).local_get(bound);
    code.f64_const(MARGIN.into()).f64x2_splat().f64x2_mul();
    code.f64x2_le().v128_bitselect().local_set(kind);

    for side in 0..2_u8 {
        let to = RECORDS + ENDING + usize::from(side) * RECORD;
        code.local_get(RECORD_AT).local_get(kind).v128_store64_lane(double(to), side);
    }
    code.local_get(RECORD_AT).i32_const(2 * SIZE as i32).i32_add().local_tee(RECORD_AT);
    code.local_get(LAST).i32_lt_u().br_if(0).end().end();
    let mut function =
        Function::new([(WHOLE - 1, ValType::I32), (locals.next - WHOLE, ValType::V128)]);
    function.raw(body);
    function
}

/// Pushes an ending for both records.
fn ending(ending: Ending, code: &mut InstructionSink<'_>) {
    code.i64_const(ending as i64).i64x2_splat();
}
