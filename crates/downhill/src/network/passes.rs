//! Products of layers and points: what a pass through a network consists of.
//!
//! The numbers of a layer stand unit by unit, and for each unit the points in blocks of eight.

use super::eight::Eight;

/// Sets each unit's sums to its bias.
pub(super) fn fill(biases: &[f64], blocks: usize, sums: &mut [Eight]) {
    for (sums, bias) in sums.chunks_exact_mut(blocks).zip(biases) {
        sums.fill(Eight::splat(*bias));
    }
}

/// Adds the products of the rows of a matrix with the inputs: sums += W·inputs.
pub(super) fn forward(matrix: &[f64], blocks: usize, inputs: &[Eight], sums: &mut [Eight]) {
    let columns = inputs.len() / blocks;
    for (row, sums) in matrix.chunks_exact(columns).zip(sums.chunks_exact_mut(blocks)) {
        for (block, sum) in sums.iter_mut().enumerate() {
            let (mut total, mut at) = (*sum, block);
            for weight in row {
                total = total.plus(Eight::splat(*weight), inputs[at]);
                at += blocks;
            }
            *sum = total;
        }
    }
}

/// Adds the products of the columns of a matrix with the deltas: sums += Wᵀ·deltas.
pub(super) fn backward(matrix: &[f64], blocks: usize, deltas: &[Eight], sums: &mut [Eight]) {
    let columns = sums.len() / blocks;
    for (column, sums) in sums.chunks_exact_mut(blocks).enumerate() {
        for (block, sum) in sums.iter_mut().enumerate() {
            let (mut total, mut at, mut from) = (*sum, block, column);
            while at < deltas.len() {
                total = total.plus(Eight::splat(matrix[from]), deltas[at]);
                at += blocks;
                from += columns;
            }
            *sum = total;
        }
    }
}

/// Adds the sums over the points of the products of deltas and inputs: matrix += deltas·(inputs)ᵀ.
pub(super) fn outer(deltas: &[Eight], blocks: usize, inputs: &[Eight], matrix: &mut [f64]) {
    let columns = inputs.len() / blocks;
    for (row, deltas) in matrix.chunks_exact_mut(columns).zip(deltas.chunks_exact(blocks)) {
        for (entry, inputs) in row.iter_mut().zip(inputs.chunks_exact(blocks)) {
            let mut total = Eight::splat(0.0);
            for (delta, input) in deltas.iter().zip(inputs) {
                total = total.plus(*delta, *input);
            }
            *entry += total.sum();
        }
    }
}

/// Adds the sums of the deltas over the points.
pub(super) fn add_up(deltas: &[Eight], blocks: usize, biases: &mut [f64]) {
    for (bias, deltas) in biases.iter_mut().zip(deltas.chunks_exact(blocks)) {
        let mut total = Eight::splat(0.0);
        for delta in deltas {
            total = total + *delta;
        }
        *bias += total.sum();
    }
}

/// Multiplies number by number.
pub(super) fn multiply(numbers: &mut [Eight], factors: &[Eight]) {
    for (number, factor) in numbers.iter_mut().zip(factors) {
        *number = *number * *factor;
    }
}
