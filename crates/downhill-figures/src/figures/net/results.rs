//! The results of a training: its measurements, and how it ended.

use downhill::numbers::field;
use downhill::{Measure, Outcome};

use super::Net;
use crate::framework::field::Value;
use crate::framework::results::{Results, RunEnd};
use crate::text::locale::Locale;

impl Results for Net {
    fn run_ends(&self, locale: &Locale) -> Vec<RunEnd> {
        let name = locale.get("net-run");
        let end = self.run.outcome().map(|outcome| (outcome, self.run.last()));
        // An end that is not known yet is not reached.
        let pending = Outcome::Exhausted { k: self.settings.steps as usize };
        let (outcome, last) = end.unwrap_or((pending, u32::MAX));
        vec![RunEnd { name, outcome, last }]
    }

    fn heard(&self, k: u32) -> f64 {
        self.run.row_at(k).map_or(f64::NAN, |row| row.loss)
    }

    /// The table of `downhill train`.
    fn csv(&self) -> String {
        let mut csv = String::from("k,loss,held_out,accuracy,lambda,bound\n");
        for row in self.run.rows() {
            let Measure { k, loss, held_out, accuracy, lambda, bound, .. } = row;
            csv.push_str(&k.to_string());
            for value in [Some(*loss), *held_out, *accuracy, *lambda, *bound] {
                csv.push(',');
                if let Some(value) = value.filter(|value| value.is_finite()) {
                    csv.push_str(&field(value));
                }
            }
            csv.push('\n');
        }
        csv
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        let rows = self.run.rows();
        let column = |value: &dyn Fn(&Measure) -> Option<f64>| {
            Value::Point(rows.iter().map(|row| value(row).unwrap_or(f64::NAN)).collect())
        };
        let outcome = self.run.outcome();
        let kind = outcome.map_or("", |outcome| outcome.name());
        let training = self.run.training();
        let samples = training.map_or(&[][..], |training| training.samples().list());
        let weights = training.map_or(&[][..], |training| training.weights());
        vec![
            ("k", column(&|row| Some(row.k as f64))),
            ("loss", column(&|row| Some(row.loss))),
            ("held_out", column(&|row| row.held_out)),
            ("accuracy", column(&|row| row.accuracy)),
            ("lambda", column(&|row| row.lambda)),
            ("bound", column(&|row| row.bound)),
            ("outcome", Value::Text(kind.to_owned())),
            ("done", Value::Toggle(outcome.is_some())),
            // What it is trained on, and the weights after the steps computed so far, for who goes on
            // elsewhere.
            ("points", Value::Points(samples.iter().map(|sample| sample.x).collect())),
            ("targets", Value::Point(samples.iter().map(|sample| sample.target).collect())),
            ("weights", Value::Point(weights.to_vec())),
        ]
    }
}
