//! The trait of update rules, for adding custom ones.

use super::{Rule, State, Step, StepContext};

/// Computes the next step from the gradient and the rule's state.
///
/// [`Rule`](super::Rule) implements it for the named rules. A custom rule implements `step` and
/// works wherever those do ([`descend`](crate::descend), [`Descent`](crate::Descent),
/// [`Sgd`](crate::Sgd)):
///
/// ```
/// use downhill::{Parabola, Rule, State, Step, StepContext, StopCriteria, UpdateRule, descend};
///
/// /// The heavy ball.
/// struct Ball {
///     beta: f64,
/// }
///
/// impl<const D: usize> UpdateRule<D> for Ball {
///     fn step(&self, context: &StepContext<'_, D>, state: &mut State<D>) -> Step<D> {
///         let before = *state;
///         let [velocity, _] = &mut state.vectors;
///         for (v, slope) in velocity.iter_mut().zip(context.gradient) {
///             *v = self.beta * *v + slope;
///         }
///         context.step(state.vectors[0], [context.alpha; D], before, *state)
///     }
/// }
///
/// let (mine, named) = (Ball { beta: 0.5 }, Rule::Momentum { beta: 0.5 });
/// let rules: [&dyn UpdateRule<1>; 2] = [&mine, &named];
/// let runs = rules.map(|rule| descend(&Parabola, rule, 0.1, [5.0], StopCriteria::default()));
/// assert_eq!(runs[0], runs[1]);
/// ```
///
/// A rule known only at run time is a `&dyn UpdateRule<D>`, which implements the trait too.
pub trait UpdateRule<const D: usize> {
    /// Takes the step from a point. `state` is as the previous step left it.
    fn step(&self, context: &StepContext<'_, D>, state: &mut State<D>) -> Step<D>;

    /// The named rule that this is, for which there may be faster ways.
    #[doc(hidden)]
    fn named(&self) -> Option<Rule> {
        None
    }
}

impl<R: UpdateRule<D> + ?Sized, const D: usize> UpdateRule<D> for &R {
    fn step(&self, context: &StepContext<'_, D>, state: &mut State<D>) -> Step<D> {
        (**self).step(context, state)
    }
    fn named(&self) -> Option<Rule> {
        (**self).named()
    }
}
