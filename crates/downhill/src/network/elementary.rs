//! tanh, the logistic function and softplus of eight numbers at a time.
//!
//! They take most of the time of a training step, and a call of `libm` for each number takes four times
//! as long as what is here. Only additions, multiplications, divisions and shifts of bits are used, so
//! that the bits are the same on every platform; they are within a few units of the last place of
//! `libm`'s, and need not be the same. e^r is computed as in FreeBSD's msun, which `libm` ports.

use super::eight::Eight;

// Together ln 2. The upper part has so few digits that its products with k are exact.
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// The coefficients of c(r).
const P: [f64; 5] = [
    1.666_666_666_666_660_2e-1,
    -2.777_777_777_701_559_3e-3,
    6.613_756_321_437_934e-5,
    -1.653_390_220_546_525_2e-6,
    4.138_136_797_057_238_5e-8,
];

/// e^y = 2ᵏ·(1 + n/d) with a whole k.
struct Power {
    /// 2ᵏ.
    scale: Eight,
    n: Eight,
    d: Eight,
}

/// For y from −700 to 0: y = k·ln 2 + r with |r| ≤ ln 2 / 2, and e^r − 1 = 2r/(2 − c(r)).
#[inline(always)]
fn power(y: Eight) -> Power {
    let (k, scale) = (y * Eight::splat(core::f64::consts::LOG2_E)).nearest_power();
    let r = (y - k * Eight::splat(LN_2_HIGH)) - k * Eight::splat(LN_2_LOW);
    let square = r * r;
    let mut series = Eight::splat(P[4]);
    for p in [P[3], P[2], P[1], P[0]] {
        series = Eight::splat(p).plus(square, series);
    }
    Power { scale, n: r + r, d: Eight::splat(2.0) - (r - square * series) }
}

/// tanh x = (1 − e^(−2|x|))/(1 + e^(−2|x|)) with the sign of x, in one division.
#[inline(always)]
pub(super) fn tanh(x: Eight) -> Eight {
    let one = Eight::splat(1.0);
    // Beyond 20 the result is 1.
    let y = (x.abs() * Eight::splat(-2.0)).at_least(Eight::splat(-40.0));
    let Power { scale, n, d } = power(y);
    let part = scale * n;
    let above = (one - scale) * d - part;
    let below = (one + scale) * d + part;
    (above / below).abs().copysign(x)
}

/// 1/(1 + e^(−x)).
#[inline(always)]
pub(super) fn sigmoid(x: Eight) -> Eight {
    let Power { scale, n, d } = power(negative(x));
    let small = scale * (d + n);
    x.if_positive(d, small) / (d + small)
}

/// ln(1 + e^x), and its derivative, the logistic function.
#[inline(always)]
pub(super) fn softplus(x: Eight) -> (Eight, Eight) {
    let Power { scale, n, d } = power(negative(x));
    let small = scale * (d + n);
    let mut logarithms = (small / d).to_array();
    for value in &mut logarithms {
        *value = libm::log1p(*value);
    }
    (x.at_least(Eight::splat(0.0)) + Eight::from(logarithms), x.if_positive(d, small) / (d + small))
}

/// −|x|, but no less than a number whose exponential is a normal number.
#[inline(always)]
fn negative(x: Eight) -> Eight {
    (x.abs() * Eight::splat(-1.0)).at_least(Eight::splat(-700.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::eight::WIDTH;

    fn all(numbers: &[f64], f: impl Fn(Eight) -> Eight) -> Vec<f64> {
        let mut results = Vec::new();
        for chunk in numbers.chunks(WIDTH) {
            let mut eight = [0.0; WIDTH];
            eight[..chunk.len()].copy_from_slice(chunk);
            results.extend_from_slice(&f(Eight::from(eight)).to_array()[..chunk.len()]);
        }
        results
    }

    fn arguments() -> Vec<f64> {
        let mut all = vec![0.0, 1e-300, 1e-20, 1e-9, 1e-3, 19.9, 20.0, 21.0, 700.0, 709.0, 1e9];
        for i in 0..20_000 {
            all.push(f64::from(i) * 0.001_234_567);
        }
        let negative: Vec<f64> = all.iter().map(|x| -x).collect();
        all.extend(negative);
        all
    }

    #[track_caller]
    fn close(x: f64, found: f64, expected: f64) {
        let error = (found - expected).abs();
        assert!(error <= 4.0 * f64::EPSILON * expected.abs(), "{x}: {found} and {expected}");
    }

    #[test]
    fn functions_are_within_a_few_last_places_of_libms() {
        let arguments = arguments();
        let tanhs = all(&arguments, tanh);
        let sigmoids = all(&arguments, sigmoid);
        let pluses = all(&arguments, |x| softplus(x).0);
        for (i, &x) in arguments.iter().enumerate() {
            close(x, tanhs[i], libm::tanh(x));
            let small = libm::exp(-x.abs());
            let [large, least] = [1.0 / (1.0 + small), small / (1.0 + small)];
            // Below e⁻⁷⁰⁰ it stays where it is.
            if x > -700.0 {
                close(x, sigmoids[i], if x >= 0.0 { large } else { least });
                close(x, pluses[i], if x >= 0.0 { x } else { 0.0 } + libm::log1p(small));
            }
        }
    }

    #[test]
    fn nothing_is_lost_at_the_ends() {
        let ends = [f64::INFINITY, f64::NEG_INFINITY, f64::NAN, -0.0];
        let tanhs = all(&ends, tanh);
        assert_eq!(tanhs[..2], [1.0, -1.0]);
        assert!(tanhs[2].is_nan() && tanhs[3] == 0.0 && tanhs[3].is_sign_negative());
        let sigmoids = all(&ends, sigmoid);
        assert!(sigmoids[0] == 1.0 && sigmoids[1] < 1e-300 && sigmoids[2].is_nan());
        assert_eq!(sigmoids[3], 0.5);
        let pluses = all(&ends, |x| softplus(x).0);
        assert!(pluses[0].is_infinite() && pluses[1] < 1e-300 && pluses[2].is_nan());
    }
}
