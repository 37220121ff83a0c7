//! Fields with a few named values: enums whose names are parsed where the field is set.

use std::fmt::Debug;

use downhill::{Activation, Criterion, HiddenActivation, Model, PlaneKind, Rule};

/// An enum whose values have names, used in attributes and links.
pub(crate) trait NamedChoice: Copy + Debug + 'static {
    /// Every value, in menu order.
    const ALL: &'static [Self];

    /// The name of this value.
    fn name(self) -> &'static str;
}

/// Declares an enum whose values have names: a line for each value.
macro_rules! named_choice {
    ($(#[$about:meta])* $vis:vis enum $Choice:ident {
        $($(#[$value_about:meta])* $Value:ident = $name:literal,)+
    }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        $vis enum $Choice {
            $($(#[$value_about])* $Value,)+
        }

        impl $crate::framework::choice::NamedChoice for $Choice {
            const ALL: &'static [Self] = &[$(Self::$Value,)+];

            fn name(self) -> &'static str {
                match self {
                    $(Self::$Value => $name,)+
                }
            }
        }
    };
}
pub(crate) use named_choice;

/// A field with a few named values, for any such enum.
pub trait ChoiceSlot {
    /// The name of the current value.
    fn chosen(&self) -> &'static str;

    /// The allowed names.
    fn names(&self) -> Vec<&'static str>;

    /// Takes the value with this name; returns whether there is one.
    #[must_use]
    fn choose(&mut self, name: &str) -> bool;
}

impl<T: NamedChoice> ChoiceSlot for T {
    fn chosen(&self) -> &'static str {
        self.name()
    }

    fn names(&self) -> Vec<&'static str> {
        Self::ALL.iter().map(|value| value.name()).collect()
    }

    fn choose(&mut self, name: &str) -> bool {
        match Self::ALL.iter().find(|value| value.name() == name) {
            Some(value) => {
                *self = *value;
                true
            }
            None => false,
        }
    }
}

/// Makes enums of the core choices, under their own names.
macro_rules! core_choice {
    ($($Choice:ty = $name:expr;)+) => {$(
        impl NamedChoice for $Choice {
            const ALL: &'static [Self] = &Self::ALL;

            fn name(self) -> &'static str {
                $name(self)
            }
        }
    )+};
}

core_choice! {
    Rule = |rule: Self| Self::name(&rule);
    Activation = Self::name;
    Model = Self::name;
    HiddenActivation = Self::name;
    Criterion = Self::name;
    PlaneKind = Self::name;
}
