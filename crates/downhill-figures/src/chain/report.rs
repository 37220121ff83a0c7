//! What a chain says: the verdict, the product behind a layer, and the table.

use downhill::Verdict;

use super::Chain;
use crate::declare::{Pair, Readout};
use crate::draw::Role;
use crate::voice::Voice;

/// Products of so many factors are written out.
const SPELLED: usize = 4;

impl Chain {
    /// What the layer after this one multiplied the gradient by on the way back.
    pub(super) fn factor(&self, layer: usize) -> Option<f64> {
        let next = self.gradients().get(layer + 1)?;
        Some(self.gradients()[layer] / next).filter(|factor| factor.is_finite())
    }

    pub(super) fn size(value: f64, voice: &Voice) -> String {
        if value.is_nan() {
            voice.get("chain-nan")
        } else if value.is_infinite() {
            voice.get("chain-too-large")
        } else {
            // On one line, as one number.
            voice.about(value).replace(' ', "\u{a0}")
        }
    }

    /// The product behind a layer's gradient, as a sum on paper would show it.
    pub(super) fn product(&self, layer: usize, voice: &Voice) -> String {
        let number = (layer + 1).to_string();
        let last = self.gradients().len() - 1;
        let size = Self::size(self.gradients()[layer], voice);
        if layer == last {
            return voice.say("chain-product-last", &[("layer", &*number)]);
        }
        let missing = || voice.get("chain-nan");
        let written =
            |at: usize| self.factor(at).map_or_else(missing, |f| voice.digits.significant(f, 3));
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
            product.push_str(&written(at));
        }
        let count = count.to_string();
        let values =
            [("layer", &*number), ("product", &*product), ("size", &*size), ("count", &*count)];
        voice.say(if count == "1" { "chain-product-one" } else { "chain-product" }, &values)
    }

    pub(super) fn verdict_key(&self) -> &'static str {
        match self.run.verdict {
            Verdict::Vanishing => "chain-vanishing",
            Verdict::Healthy => "chain-healthy",
            Verdict::Exploding => "chain-exploding",
        }
    }

    pub(super) fn verdict(&self, voice: &Voice) -> String {
        let first = Self::size(self.gradients()[0], voice);
        voice.say(self.verdict_key(), &[("first", &*first)])
    }

    /// What happens to numbers that f64 cannot hold, where it happens.
    pub(super) fn note(&self, voice: &Voice) -> String {
        let any = |wanted: fn(&f64) -> bool| self.gradients().iter().any(wanted);
        voice.get(if any(|size| *size == 0.0) {
            "chain-underflow"
        } else if any(|size| !size.is_finite()) {
            "chain-overflow"
        } else {
            "chain-log"
        })
    }

    /// Everything that is read out.
    pub(super) fn report(&self, voice: &Voice) -> Vec<Readout> {
        let role = match self.run.verdict {
            Verdict::Vanishing => Role::Muted,
            Verdict::Healthy => Role::Converged,
            Verdict::Exploding => Role::Diverged,
        };
        let pair = |key, value, role| Pair { label: voice.get(key), value, role };
        let pairs = vec![
            pair("chain-first", Self::size(self.gradients()[0], voice), Role::Gradient),
            pair("chain-factor", Self::size(self.run.factor(), voice), Role::Ink),
            pair(
                "chain-slope",
                voice.get(if self.activation == 0 { "chain-quarter" } else { "chain-one" }),
                Role::Ink,
            ),
        ];
        let product = self.product(self.present(), voice);
        vec![
            Readout::Line { id: "verdict", part: "outcome", text: self.verdict(voice), role },
            Readout::Pairs { id: "sizes", part: "readout", pairs },
            Readout::Line { id: "product", part: "readout", text: product, role: Role::Ink },
            Readout::Line {
                id: "note",
                part: "readout",
                text: self.note(voice),
                role: Role::Muted,
            },
        ]
    }

    /// A row of the table.
    pub(super) fn cells(&self, layer: usize, voice: &Voice) -> Vec<String> {
        let factor = self.factor(layer);
        vec![
            (layer + 1).to_string(),
            Self::size(self.gradients()[layer], voice),
            factor.map_or_else(String::new, |factor| voice.about(factor)),
            Self::size(self.run.activations[layer], voice),
        ]
    }

    /// All rows as CSV, without the factors, which follow from the sizes.
    pub(super) fn rows(&self) -> String {
        let mut csv = String::from("layer,gradient,values\n");
        for (layer, (gradient, values)) in
            self.gradients().iter().zip(&self.run.activations).enumerate()
        {
            csv.push_str(&(layer + 1).to_string());
            for value in [gradient, values] {
                csv.push(',');
                csv.push_str(&downhill::number::field(*value));
            }
            csv.push('\n');
        }
        csv
    }
}
