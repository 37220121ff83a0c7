//! Update rules, which turn gradients into steps.
//!
//! There is one rule per file, with its formula, domain and source. To add one, write its file and
//! add a variant to [`Rule`]; the compiler then points to every table below that needs an entry.

mod adadelta;
mod adafactor;
mod adagrad;
mod adam;
mod adamw;
mod coordinate;
mod error;
mod facts;
mod gradient_descent;
mod hyperparameter;
mod long;
mod momentum;
mod nadam;
mod nesterov;
mod newton;
mod rmsprop;
mod step;
mod update_rule;

pub use error::RuleError;
pub use hyperparameter::Hyperparameter;
pub use newton::NewtonStep;
pub use step::{State, Step, StepContext};
pub use update_rule::UpdateRule;

use std::str::FromStr;

use adafactor::AdafactorParams;
pub(crate) use coordinate::{CORRECTIONS, Coordinate, Move, NUMBERS};
use facts::Facts;
pub(crate) use long::LongState;
use step::Draft;
pub(crate) use step::SLOTS;

/// An update rule with its hyperparameters.
///
/// The learning rate α belongs to the descent and is not part of the rule. If PyTorch's
/// `torch.optim` has the rule, formulas and defaults are PyTorch's. Products and roots of vectors
/// are taken coordinate by coordinate.
///
/// ```
/// use downhill::{StopCriteria, Parabola, Rule, descend};
///
/// // Every rule but Adadelta, which chooses its own step sizes, soon gets near the minimum of x².
/// let limit = StopCriteria { max_iterations: 500, gradient_tol: 0.0 };
/// for rule in Rule::ALL.into_iter().filter(|rule| rule.name() != "adadelta") {
///     let run = descend(&Parabola, rule, 0.1, [1.0], limit);
///     assert!(run.iterates[500].loss < 1e-2, "{}", rule.name());
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Rule {
    /// w ← w − α∇f(w).
    ///
    /// Source: Cauchy (1847).
    GradientDescent,
    /// The heavy ball: v ← βv + ∇f(w); w ← w − αv.
    ///
    /// Source: Polyak, *Some methods of speeding up the convergence of iteration methods* (1964).
    Momentum {
        /// The fraction of the velocity that is kept, 0 ≤ β < 1.
        beta: f64,
    },
    /// v ← βv + ∇f(w); w ← w − α(∇f(w) + βv).
    ///
    /// Source: Nesterov (1983), in the form of Sutskever et al. (2013).
    Nesterov {
        /// The fraction of the velocity that is kept, 0 ≤ β < 1.
        beta: f64,
    },
    /// s ← s + ∇f(w)²; w ← w − α∇f(w)/(√s + ε).
    ///
    /// Source: Duchi, Hazan, Singer (2011).
    AdaGrad {
        /// ε ≥ 0.
        eps: f64,
    },
    /// s ← ρs + (1 − ρ)∇f(w)²; w ← w − α∇f(w)/(√s + ε).
    ///
    /// PyTorch calls ρ `alpha`. Source: Tieleman, Hinton, *Lecture 6.5* (2012).
    RmsProp {
        /// The fraction of the mean square that is kept, 0 ≤ ρ < 1.
        rho: f64,
        /// ε ≥ 0.
        eps: f64,
    },
    /// m ← β₁m + (1 − β₁)∇f(w); v ← β₂v + (1 − β₂)∇f(w)²; w ← w − α·m̂/(√v̂ + ε) with
    /// m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ).
    ///
    /// Source: Kingma, Ba, *Adam: a method for stochastic optimization* (2015).
    Adam {
        /// The fraction of the mean that is kept, 0 ≤ β₁ < 1.
        beta1: f64,
        /// The fraction of the mean square that is kept, 0 ≤ β₂ < 1.
        beta2: f64,
        /// ε ≥ 0.
        eps: f64,
    },
    /// w ← w − αλw, then the step of Adam.
    ///
    /// Source: Loshchilov, Hutter, *Decoupled weight decay regularization* (2019).
    AdamW {
        /// The fraction of the mean that is kept, 0 ≤ β₁ < 1.
        beta1: f64,
        /// The fraction of the mean square that is kept, 0 ≤ β₂ < 1.
        beta2: f64,
        /// ε ≥ 0.
        eps: f64,
        /// λ ≥ 0.
        weight_decay: f64,
    },
    /// Adam with Nesterov's momentum: w ← w − α(μₜ₊₁m/(1 − ∏ᵢ≤ₜ₊₁μᵢ) + (1 − μₜ)∇f(w)/(1 − ∏ᵢ≤ₜμᵢ))/(√v̂ + ε)
    /// with μₜ = β₁(1 − ½·0.96^(tψ)).
    ///
    /// Source: Dozat, *Incorporating Nesterov momentum into Adam* (2016).
    Nadam {
        /// The fraction of the mean that is kept, 0 ≤ β₁ < 1.
        beta1: f64,
        /// The fraction of the mean square that is kept, 0 ≤ β₂ < 1.
        beta2: f64,
        /// ε ≥ 0.
        eps: f64,
        /// ψ ≥ 0.
        momentum_decay: f64,
    },
    /// s ← ρs + (1 − ρ)∇f(w)²; Δ = ∇f(w)·√(u + ε)/√(s + ε); u ← ρu + (1 − ρ)Δ²; w ← w − αΔ.
    ///
    /// Source: Zeiler, *Adadelta: an adaptive learning rate method* (2012).
    Adadelta {
        /// The fraction of the mean squares that is kept, 0 ≤ ρ < 1.
        rho: f64,
        /// ε ≥ 0; with 0 nothing ever moves.
        eps: f64,
    },
    /// v ← β̂v + (1 − β̂)(∇f(w)² + ε₁) with β̂ = 1 − t^(−c); U = ∇f(w)/√v;
    /// w ← w − max(ε₂, RMS(w))·min(α, 1/√t)·U/max(1, RMS(U)/d).
    ///
    /// Source: Shazeer, Stern, *Adafactor* (2018), for vectors, with their 10⁻² as α.
    Adafactor {
        /// ε₁ ≥ 0.
        eps: f64,
        /// ε₂ ≥ 0, the lower bound on the size that steps are relative to.
        eps2: f64,
        /// d > 0, the root mean square to which updates are clipped.
        clip: f64,
        /// c ≥ 0.
        decay: f64,
    },
    /// w ← w − αH⁻¹∇f(w) with the Hessian H.
    ///
    /// With the safeguard, where H is not positive definite: w ← w − t|H|⁻¹∇f(w) with a t ≤ α that
    /// keeps the step short and the loss falling. |H| has H's eigenvectors and the absolute values
    /// of its eigenvalues, none less than a thousandth of the largest. Without the safeguard the
    /// formula is always applied, even where it leads to a saddle or a maximum; only where H is
    /// singular there is no step. [`Step::newton`] tells which it was.
    ///
    /// Source: Nocedal, Wright, *Numerical optimization* (2006), sections 3.3 and 3.4; Dauphin et al. (2014).
    Newton {
        /// Whether another step replaces Newton's where the Hessian is not positive definite.
        safeguard: bool,
    },
}

impl Rule {
    /// All rules with their default hyperparameters, in the order of the lesson.
    pub const ALL: [Self; 11] = [
        Self::GradientDescent,
        Self::Momentum { beta: 0.9 },
        Self::Nesterov { beta: 0.9 },
        Self::AdaGrad { eps: 1e-10 },
        Self::RmsProp { rho: 0.99, eps: 1e-8 },
        Self::Adam { beta1: 0.9, beta2: 0.999, eps: 1e-8 },
        Self::AdamW { beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.01 },
        Self::Nadam { beta1: 0.9, beta2: 0.999, eps: 1e-8, momentum_decay: 0.004 },
        Self::Adadelta { rho: 0.9, eps: 1e-6 },
        Self::Adafactor { eps: 1e-30, eps2: 1e-3, clip: 1.0, decay: 0.8 },
        Self::Newton { safeguard: true },
    ];

    const fn facts(&self) -> &'static Facts {
        match self {
            Self::GradientDescent => &gradient_descent::FACTS,
            Self::Momentum { .. } => &momentum::FACTS,
            Self::Nesterov { .. } => &nesterov::FACTS,
            Self::AdaGrad { .. } => &adagrad::FACTS,
            Self::RmsProp { .. } => &rmsprop::FACTS,
            Self::Adam { .. } => &adam::FACTS,
            Self::AdamW { .. } => &adamw::FACTS,
            Self::Nadam { .. } => &nadam::FACTS,
            Self::Adadelta { .. } => &adadelta::FACTS,
            Self::Adafactor { .. } => &adafactor::FACTS,
            Self::Newton { .. } => &newton::FACTS,
        }
    }

    /// The rule's name, as parsed.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.facts().name
    }

    /// Its name for titles.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.facts().title
    }

    /// The largest αλ at which the rule is stable at a minimum of curvature λ: 2 for plain descent,
    /// 2 + 2β for momentum, (2 + 2β)/(1 + 2β) for Nesterov. Above it the iterates move away,
    /// farther with every step.
    ///
    /// `None` for rules whose steps are not proportional to the gradient: those that divide it by
    /// its own size, and Newton's method, which divides it by the curvature.
    ///
    /// With the gradient λw the rules multiply (w, v) by a matrix whose characteristic polynomial
    /// is z² − (1 + β − αλ)z + β for momentum and z² − (1 + β)(1 − αλ)z + β(1 − αλ) for Nesterov.
    /// One of its roots leaves the unit circle at −1, where the polynomial is 0.
    ///
    /// Source: Goh, *Why Momentum Really Works* (Distill 2017), for momentum.
    #[must_use]
    pub fn stable_product(&self) -> Option<f64> {
        match *self {
            Self::GradientDescent => Some(2.0),
            Self::Momentum { beta } => Some(2.0 + 2.0 * beta),
            Self::Nesterov { beta } => Some((2.0 + 2.0 * beta) / (1.0 + 2.0 * beta)),
            _ => None,
        }
    }

    /// The learning rate usually tried first: PyTorch's default if it has one, 0.01 for plain
    /// descent and momentum.
    #[must_use]
    pub fn usual_alpha(&self) -> f64 {
        self.facts().usual_alpha
    }

    /// Whether Newton's method has its safeguard on; `None` for any other rule.
    ///
    /// It is the only hyperparameter that is not a number, so it is not in
    /// [`hyperparameters`](Self::hyperparameters).
    #[must_use]
    pub fn safeguard(&self) -> Option<bool> {
        match *self {
            Self::Newton { safeguard } => Some(safeguard),
            _ => None,
        }
    }

    /// Newton's method with its safeguard on or off; any other rule is returned unchanged.
    ///
    /// ```
    /// use downhill::Rule;
    ///
    /// let pure = "newton".parse::<Rule>()?.with_safeguard(false);
    /// assert_eq!(pure, Rule::Newton { safeguard: false });
    /// # Ok::<(), downhill::RuleError>(())
    /// ```
    #[must_use]
    pub fn with_safeguard(self, on: bool) -> Self {
        match self {
            Self::Newton { .. } => Self::Newton { safeguard: on },
            other => other,
        }
    }

    /// Its numeric hyperparameters.
    #[must_use]
    pub fn hyperparameters(&self) -> &'static [Hyperparameter] {
        self.facts().hyperparameters
    }

    /// The current value of the hyperparameter with this name, if the rule has it.
    #[must_use]
    pub fn hyperparameter(mut self, name: &str) -> Option<f64> {
        self.slot(name).map(|slot| *slot)
    }

    /// The same rule with another value for the hyperparameter with this name.
    ///
    /// # Errors
    /// If the rule has no such hyperparameter, or the value is not allowed.
    ///
    /// ```
    /// use downhill::Rule;
    ///
    /// let rule = "momentum".parse::<Rule>()?.with("beta", 0.5)?;
    /// assert_eq!(rule, Rule::Momentum { beta: 0.5 });
    /// assert!(rule.with("beta", 1.0).is_err());
    /// # Ok::<(), downhill::RuleError>(())
    /// ```
    pub fn with(mut self, name: &str, value: f64) -> Result<Self, RuleError> {
        let rule = self.name();
        let unknown = RuleError::UnknownHyperparameter { rule };
        let Some(setting) = self.hyperparameters().iter().find(|s| s.name == name) else {
            return Err(unknown);
        };
        if !setting.allows(value) {
            return Err(RuleError::NotAllowed { setting: *setting });
        }
        *self.slot(name).ok_or(unknown)? = value;
        Ok(self)
    }

    fn slot(&mut self, name: &str) -> Option<&mut f64> {
        match (self, name) {
            (Self::Momentum { beta } | Self::Nesterov { beta }, "beta") => Some(beta),
            (
                Self::Adam { beta1, .. } | Self::AdamW { beta1, .. } | Self::Nadam { beta1, .. },
                "beta1",
            ) => Some(beta1),
            (
                Self::Adam { beta2, .. } | Self::AdamW { beta2, .. } | Self::Nadam { beta2, .. },
                "beta2",
            ) => Some(beta2),
            (
                Self::AdaGrad { eps }
                | Self::RmsProp { eps, .. }
                | Self::Adam { eps, .. }
                | Self::AdamW { eps, .. }
                | Self::Nadam { eps, .. }
                | Self::Adadelta { eps, .. }
                | Self::Adafactor { eps, .. },
                "eps",
            ) => Some(eps),
            (Self::RmsProp { rho, .. } | Self::Adadelta { rho, .. }, "rho") => Some(rho),
            (Self::AdamW { weight_decay, .. }, "weight-decay") => Some(weight_decay),
            (Self::Nadam { momentum_decay, .. }, "momentum-decay") => Some(momentum_decay),
            (Self::Adafactor { eps2, .. }, "eps2") => Some(eps2),
            (Self::Adafactor { clip, .. }, "clip") => Some(clip),
            (Self::Adafactor { decay, .. }, "decay") => Some(decay),
            _ => None,
        }
    }

    /// The names of the [`State::vectors`] in the rule's formula; empty for a rule without state.
    #[must_use]
    pub fn state_names(&self) -> &'static [&'static str] {
        self.facts().state_names
    }
}

impl FromStr for Rule {
    type Err = RuleError;

    /// The rule with this name, with default hyperparameters.
    ///
    /// ```
    /// use downhill::Rule;
    ///
    /// assert_eq!("momentum".parse(), Ok(Rule::Momentum { beta: 0.9 }));
    /// ```
    fn from_str(name: &str) -> Result<Self, RuleError> {
        Self::ALL.into_iter().find(|rule| rule.name() == name).ok_or(RuleError::UnknownRule)
    }
}

impl<const D: usize> UpdateRule<D> for Rule {
    fn step(&self, context: &StepContext<'_, D>, state: &mut State<D>) -> Step<D> {
        let draft = &mut Draft::new(context, state);
        match *self {
            Self::Adafactor { eps, eps2, clip, decay } => {
                adafactor::step(&AdafactorParams { eps, eps2, clip, decay }, draft)
            }
            Self::Newton { safeguard } => newton::step(safeguard, draft),
            _ => draft.coordinate_by_coordinate(self),
        }
    }

    fn named(&self) -> Option<Self> {
        Some(*self)
    }
}

#[cfg(test)]
mod tests;
