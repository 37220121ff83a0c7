//! The results of the starts: the runs, and the basin map cell by cell.

use downhill::Rule;

use super::Starts;
use super::basin_map::CELLS;
use crate::descent::numbered::RUN_NAMES;
use crate::descent::regime;
use crate::framework::field::Value;
use crate::framework::results::{Results, RunEnd};
use crate::framework::snapshot::Run;
use crate::text::locale::Locale;

impl Results for Starts {
    fn heard(&self, k: u32) -> f64 {
        self.runs.iterate(self.chosen, k).loss
    }

    fn runs(&self) -> Vec<Run> {
        let alpha = self.runs.alpha;
        let calm = self.runs.noise == 0.0;
        let regime = regime::name(self.runs.loss.loss(), &Rule::GradientDescent, alpha);
        let regime = regime.filter(|_| calm);
        let run = |(name, run)| Run::new(name, "gd", alpha, regime, run);
        RUN_NAMES.into_iter().zip(self.runs.runs()).map(run).collect()
    }

    fn run_ends(&self, locale: &Locale) -> Vec<RunEnd> {
        let runs = RUN_NAMES.into_iter().zip(self.runs.runs());
        runs.map(|(n, run)| RunEnd {
            name: locale.format("starts-name", &[("n", n)]),
            outcome: run.outcome,
            last: run.last_k() as u32,
        })
        .collect()
    }

    fn csv(&self) -> String {
        let runs: Vec<_> = RUN_NAMES.into_iter().zip(self.runs.runs()).collect();
        downhill::csv::trajectories(&runs)
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        let Some(basins) = self.basin_map.basins() else {
            // Nothing of the map is computed yet; without basins there is none.
            return if self.basins { vec![("done", Value::Toggle(false))] } else { Vec::new() };
        };
        let [x, y] = self.runs.view();
        let mut minimizer = Vec::with_capacity(basins.grid().len());
        let (mut iterations, mut outcomes) = (minimizer.clone(), String::new());
        for at in 0..CELLS * CELLS {
            let Some(cell) = basins.cell(at % CELLS, at / CELLS) else { continue };
            minimizer.push(cell.minimizer.map_or(-1.0, f64::from));
            iterations.push(cell.outcome.k() as f64);
            outcomes.extend(cell.outcome.name().chars().next());
        }
        vec![
            ("done", Value::Toggle(basins.is_done())),
            ("box", Value::Point(vec![x[0], x[1], y[0], y[1]])),
            ("grid", Value::Number(f64::from(CELLS))),
            ("minimizers", Value::Points(basins.minimizers().to_vec())),
            ("minimizer", Value::Point(minimizer)),
            ("iterations", Value::Point(iterations)),
            ("outcomes", Value::Text(outcomes)),
        ]
    }
}
