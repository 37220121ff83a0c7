//! The code of a kernel's `look`: f, its gradient and its Hessian at the end of every descent.

use wasm_encoder::{BlockType, Function, InstructionSink, ValType};

use super::arithmetic::{Arithmetic, Locals};
use super::block::{AT, COUNT, LOSS, RECORD, RECORDS};
use super::derivatives::Operations;
use super::memory::{double, word};

const BLOCK: u32 = 0;
/// The address of the record at hand, from which `RECORDS` is still to be added, and the last one.
const RECORD_AT: u32 = 1;
const LAST: u32 = 2;
const WHOLE: u32 = 3;
/// The number of bytes of a record.
const SIZE: usize = 8 * RECORD;

/// The function `look(block)`, from the operations of f, its gradient and its Hessian: two records at a time, of which there are always more than starts.
pub(super) fn look(operations: &Operations) -> Function {
    let mut body = Vec::new();
    let mut locals = Locals { next: WHOLE };
    let mut code = InstructionSink::new(&mut body);
    let outputs = &operations.outputs;
    let arithmetic = Arithmetic::new(operations, outputs, &mut code, &mut locals);
    let at = [locals.take(), locals.take()];
    code.local_get(BLOCK).local_set(RECORD_AT);
    code.local_get(BLOCK).local_get(BLOCK).i32_load(word(COUNT)).i32_const(SIZE as i32).i32_mul();
    code.i32_add().local_set(LAST);
    code.loop_(BlockType::Empty);
    for (axis, local) in at.into_iter().enumerate() {
        let first = RECORDS + AT + axis;
        code.local_get(RECORD_AT);
        code.local_get(RECORD_AT).v128_load64_splat(double(first));
        code.v128_load64_lane(double(first + RECORD), 1).local_set(local);
    }
    let places = arithmetic.write(at, &mut code, &mut locals);
    for (index, place) in outputs.iter().enumerate() {
        for side in 0..2_u8 {
            let to = RECORDS + LOSS + index + usize::from(side) * RECORD;
            code.local_get(RECORD_AT).local_get(places[*place]);
            code.v128_store64_lane(double(to), side);
        }
    }
    code.local_get(RECORD_AT).i32_const(2 * SIZE as i32).i32_add().local_tee(RECORD_AT);
    code.local_get(LAST).i32_lt_u().br_if(0).end().end();
    let mut function =
        Function::new([(WHOLE - 1, ValType::I32), (locals.next - WHOLE, ValType::V128)]);
    function.raw(body);
    function
}
