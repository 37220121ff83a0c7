//! The loss defined by the points: a quadratic over the parameters.

use downhill::{Band, Dataset, Loss, MeanSquaredError, Quadratic, Regime, Rule};

/// A quadratic in (w, b); for the model wx it does not depend on b.
#[derive(Clone, Debug, Default)]
pub(crate) struct LossSurface {
    level: f64,
    slope: [f64; 2],
    hessian: [[f64; 2]; 2],
    /// The minimizer; `None` if it is not unique.
    pub(crate) minimizer: Option<[f64; 2]>,
    /// The smallest and largest curvature.
    pub(crate) curvatures: [f64; 2],
    /// The α above which batch descent diverges with the rule: infinite if the loss is constant,
    /// `None` if curvature sets no bound.
    pub(crate) stable: Option<f64>,
    pub(crate) bands: Vec<Band>,
    /// The regime of batch descent, for rules that have one.
    pub(crate) regime: Option<Regime>,
}

impl LossSurface {
    pub(crate) fn of(data: &Dataset, line: bool, rule: &Rule, alpha: f64) -> Self {
        let loss = MeanSquaredError(data.points());
        if line {
            let (level, slope) = loss.value_and_gradient([0.0; 2]);
            let valley = Self { level, slope, hessian: loss.hessian([0.0; 2]), ..Self::default() };
            valley.known(Quadratic::<2>::of(&loss), rule, alpha)
        } else {
            let (level, [slope]) = loss.value_and_gradient([0.0]);
            let [[bend]] = loss.hessian([0.0]);
            let hessian = [[bend, 0.0], [0.0, 0.0]];
            let valley = Self { level, slope: [slope, 0.0], hessian, ..Self::default() };
            valley.known(Quadratic::<1>::of(&loss), rule, alpha)
        }
    }

    /// Whether the losses are equal everywhere.
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        (self.level, self.slope, self.hessian) == (other.level, other.slope, other.hessian)
    }

    fn known<const D: usize>(
        mut self,
        quadratic: Option<Quadratic<D>>,
        rule: &Rule,
        alpha: f64,
    ) -> Self {
        let Some(quadratic) = quadratic else { return self };
        let (low, high) = (quadratic.lambda_min(), quadratic.lambda_max());
        self.curvatures = [low, high];
        if low > 0.0 {
            let [w, b] = [0, 1].map(|i| quadratic.minimizer.get(i).copied().unwrap_or(0.0));
            self.minimizer = Some([w, b]);
        }
        self.stable = quadratic.largest_stable_alpha_of(rule);
        self.bands = match *rule {
            Rule::GradientDescent => quadratic.bands(),
            Rule::Momentum { beta } => quadratic.momentum_bands(beta),
            _ => Vec::new(),
        };
        self.regime = quadratic.regime_of(rule, alpha);
        self
    }

    pub(crate) fn value(&self, w: f64, b: f64) -> f64 {
        let [[ww, wb], [_, bb]] = self.hessian;
        let bent = 0.5 * (ww * w * w + bb * b * b) + wb * w * b;
        self.level + self.slope[0] * w + self.slope[1] * b + bent
    }

    /// The derivative by w for the model wx.
    pub(crate) fn slope_at(&self, w: f64) -> f64 {
        self.slope[0] + self.hessian[0][0] * w
    }

    /// How many times wider the loss is along b than along w.
    pub(crate) fn ratio(&self) -> f64 {
        let ratio = (self.hessian[0][0] / self.hessian[1][1]).sqrt();
        if ratio.is_finite() && ratio > 0.0 { ratio } else { 1.0 }
    }
}
