//! The readouts of the chain: the verdict, the product behind a layer, and the table.

use downhill::{Activation, GradientFlow};

use super::Chain;
use crate::draw::ColorRole;
use crate::framework::declaration::{Pair, Readout};
use crate::framework::figure_text::FigureText;
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;

/// Products of at most this many factors are written out.
const SPELLED: usize = 4;

impl Chain {
    /// The factor by which the next layer multiplied the gradient in the backward pass.
    pub(super) fn factor(&self, layer: usize) -> Option<f64> {
        let next = self.gradients().get(layer + 1)?;
        Some(self.gradients()[layer] / next).filter(|factor| factor.is_finite())
    }

    pub(super) fn size(value: f64, locale: &Locale) -> String {
        if value.is_nan() {
            locale.get("chain-nan")
        } else if value.is_infinite() {
            locale.get("chain-too-large")
        } else {
            // No-break spaces keep a number on one line.
            locale.short(value).replace(' ', "\u{a0}")
        }
    }

    /// The product behind a layer's gradient, written as a calculation.
    pub(super) fn product(&self, layer: usize, locale: &Locale) -> String {
        let number = (layer + 1).to_string();
        let last = self.gradients().len() - 1;
        let size = Self::size(self.gradients()[layer], locale);
        if layer == last {
            return locale.format("chain-product-last", &[("layer", &*number)]);
        }
        let count = last - layer;
        let mut product = String::from("1");
        for at in (layer..last).rev() {
            if count > SPELLED && at < last - 2 && at > layer {
                continue;
            }
            if count > SPELLED && at == layer {
                product.push_str(" × …");
            }
            product.push_str(" × ");
            match self.factor(at) {
                Some(factor) => product.push_str(&locale.digits.significant(factor, 3)),
                // 0 or ∞, from which no further factor can be told.
                None => {
                    product.push('…');
                    break;
                }
            }
        }
        let count = count.to_string();
        let values =
            [("layer", &*number), ("product", &*product), ("size", &*size), ("count", &*count)];
        locale.format(if count == "1" { "chain-product-one" } else { "chain-product" }, &values)
    }

    pub(super) fn verdict_key(&self) -> &'static str {
        match self.run.flow {
            GradientFlow::Vanishing => "chain-vanishing",
            GradientFlow::Healthy => "chain-healthy",
            GradientFlow::Exploding => "chain-exploding",
        }
    }

    pub(super) fn verdict(&self, locale: &Locale) -> String {
        let first = Self::size(self.gradients()[0], locale);
        let band = locale.full(GradientFlow::BAND);
        locale.format(self.verdict_key(), &[("first", &*first), ("band", &*band)])
    }

    /// A note on numbers that overflow or underflow, and where they do.
    pub(super) fn note(&self, locale: &Locale) -> String {
        let any = |wanted: fn(&f64) -> bool| self.gradients().iter().any(wanted);
        locale.get(if any(|size| *size == 0.0) {
            "chain-underflow"
        } else if any(|size| !size.is_finite()) {
            "chain-overflow"
        } else {
            "chain-log"
        })
    }
}

impl FigureText for Chain {
    fn words(&self) -> &'static [&'static str] {
        &[include_str!("../../text/messages/en/chain.txt")]
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        let locale = view.locale;
        let role = match self.run.flow {
            GradientFlow::Vanishing => ColorRole::Muted,
            GradientFlow::Healthy => ColorRole::Converged,
            GradientFlow::Exploding => ColorRole::Diverged,
        };
        let pair = |key, value, role| Pair { label: locale.get(key), value, role };
        let pairs = vec![
            pair("chain-first", Self::size(self.gradients()[0], locale), ColorRole::Gradient),
            pair("chain-factor", Self::size(self.run.factor(), locale), ColorRole::Ink),
            pair(
                "chain-slope",
                locale.get(match self.activation {
                    Activation::Sigmoid => "chain-quarter",
                    Activation::Tanh | Activation::Relu | Activation::Linear => "chain-one",
                }),
                ColorRole::Ink,
            ),
        ];
        let product = self.product(self.present(), locale);
        vec![
            Readout::Line { id: "verdict", part: "outcome", text: self.verdict(locale), role },
            Readout::Pairs { id: "sizes", part: "readout", pairs },
            Readout::Line { id: "product", part: "readout", text: product, role: ColorRole::Ink },
            Readout::Line {
                id: "note",
                part: "readout",
                text: self.note(locale),
                role: ColorRole::Muted,
            },
        ]
    }

    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        self.verdict(view.locale)
    }

    fn row(&self, row: u32, view: &ViewState<'_>) -> Vec<String> {
        let (layer, locale) = (row as usize, view.locale);
        let factor = self.factor(layer);
        vec![
            (layer + 1).to_string(),
            Self::size(self.gradients()[layer], locale),
            factor.map_or_else(String::new, |factor| locale.short(factor)),
            Self::size(self.run.activations[layer], locale),
        ]
    }
}
