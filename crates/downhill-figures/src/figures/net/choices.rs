//! The named choices of the network's figure, and settings in notations of their own.

use downhill::{Hidden, Init, InitError, NetworkData, Rule, ShapeError};

use crate::framework::choice::{ChoiceSlot, named_choice};
use crate::framework::field::{Refusal, WrittenSlot};

named_choice! {
    /// Where the points come from.
    pub(super) enum Source {
        Moons = "moons",
        Circles = "circles",
        Xor = "xor",
        Spiral = "spiral",
        Blobs = "blobs",
        Sine = "sine",
        /// The reader's own.
        Own = "own",
    }
}

impl Source {
    /// The points drawn under this name; `None` for the reader's own.
    pub(super) const fn drawn(self) -> Option<NetworkData> {
        match self {
            Self::Moons => Some(NetworkData::Moons),
            Self::Circles => Some(NetworkData::Circles),
            Self::Xor => Some(NetworkData::Xor),
            Self::Spiral => Some(NetworkData::Spiral),
            Self::Blobs => Some(NetworkData::Blobs),
            Self::Sine => Some(NetworkData::Sine),
            Self::Own => None,
        }
    }
}

named_choice! {
    /// What the third pane shows.
    pub(super) enum Shown {
        /// The losses over the steps.
        Loss = "loss",
        /// The hill over a plane through the weights.
        Hill = "hill",
        /// The size of the gradient in each layer.
        Gradients = "gradients",
    }
}

named_choice! {
    /// How fast the training is played.
    pub(super) enum Speed {
        Slow = "slow",
        Usual = "usual",
        Fast = "fast",
    }
}

/// An update rule for networks: any but Newton's method.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FirstOrderRule(pub(super) Rule);

impl FirstOrderRule {
    /// All of them, with their usual settings.
    pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
        Rule::ALL.iter().filter(|rule| rule.is_first_order())
    }
}

impl ChoiceSlot for FirstOrderRule {
    fn chosen(&self) -> &'static str {
        self.0.name()
    }

    fn names(&self) -> Vec<&'static str> {
        Self::all().map(Rule::name).collect()
    }

    fn choose(&mut self, name: &str) -> bool {
        let rule = Self::all().find(|rule| rule.name() == name);
        rule.map(|rule| self.0 = *rule).is_some()
    }
}

/// The sizes of the hidden layers as a field.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct HiddenText(pub(super) Hidden);

impl WrittenSlot for HiddenText {
    fn text(&self) -> String {
        self.0.to_string()
    }

    fn read(&mut self, text: &str) -> Result<(), Refusal> {
        self.0 = text.parse().map_err(|_: ShapeError| Refusal::Malformed)?;
        Ok(())
    }

    fn allowed(&self) -> String {
        ShapeError.allowed().to_owned()
    }
}

/// The distribution of the first weights as a field.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct InitText(pub(super) Init);

impl WrittenSlot for InitText {
    fn text(&self) -> String {
        self.0.to_string()
    }

    fn read(&mut self, text: &str) -> Result<(), Refusal> {
        self.0 = text.trim().parse().map_err(|_: InitError| Refusal::Malformed)?;
        Ok(())
    }

    fn allowed(&self) -> String {
        InitError.allowed().to_owned()
    }
}
