//! Integers of any size, with the operations needed to parse decimals.

use core::cmp::Ordering;

/// An unsigned integer in base 2³², lowest digit first.
#[derive(Clone, Debug, Default)]
pub(crate) struct BigInteger(Vec<u32>);

impl BigInteger {
    /// whole·2^bits.
    pub(crate) fn shifted(whole: u64, bits: u64) -> Self {
        let mut big = Self(vec![whole as u32, (whole >> 32) as u32]);
        big.shift_left(bits);
        big
    }

    pub(crate) fn shift_left(&mut self, bits: u64) {
        for _ in 0..bits / 31 {
            self.multiply_add(1 << 31, 0);
        }
        self.multiply_add(1 << (bits % 31), 0);
    }

    pub(crate) fn multiply_add(&mut self, factor: u32, term: u32) {
        let mut carry = u64::from(term);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            *part = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    /// Subtracts another number as often as it fits and returns how often, which should be a small
    /// number.
    pub(crate) fn take(&mut self, other: &Self) -> u8 {
        let mut times = 0;
        while self.compare(other).is_ge() {
            let mut borrow = 0;
            for (i, part) in self.0.iter_mut().enumerate() {
                let less = i64::from(*part) - i64::from(other.part(i)) + borrow;
                *part = less as u32;
                borrow = less >> 32;
            }
            times += 1;
        }
        times
    }

    fn compare(&self, other: &Self) -> Ordering {
        for i in (0..self.0.len().max(other.0.len())).rev() {
            let order = self.part(i).cmp(&other.part(i));
            if order.is_ne() {
                return order;
            }
        }
        Ordering::Equal
    }

    pub(crate) fn bits(&self) -> u32 {
        let top = self.0.iter().rposition(|part| *part != 0);
        top.map_or(0, |i| 32 * (i as u32 + 1) - self.part(i).leading_zeros())
    }

    fn part(&self, i: usize) -> u32 {
        self.0.get(i).copied().unwrap_or(0)
    }
}
