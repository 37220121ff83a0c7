//! Addresses in a block.

use wasm_encoder::MemArg;

/// The address of a word with a whole number, relative to the block.
pub(super) fn word(index: usize) -> MemArg {
    MemArg { offset: 8 * index as u64, align: 2, memory_index: 0 }
}

/// The address of a word with a number, relative to the block.
pub(super) fn double(index: usize) -> MemArg {
    MemArg { offset: 8 * index as u64, align: 3, memory_index: 0 }
}
