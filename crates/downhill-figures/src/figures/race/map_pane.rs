//! The map of the race: its view, the runs with their names, and the selected rule's next step.

use super::model::{Runner, iterate};
use super::{Race, step_breakdown};
use crate::draw::{ColorRole, OverlayShape, Scene, between};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::contour_map::{Walk, view_of};
use crate::panes::labels::{beside, set_apart};
use crate::text::locale::Locale;

/// With more rules than this, their names would cover each other.
const MOST_NAMED: usize = 6;

/// In a pane lower than this, as on a phone, names would cover the curves.
const ROOMY_PX: f64 = 170.0;

/// Marbles this close to the start have no names, which would cover it and each other.
const START_PX: f64 = 28.0;

/// The landscape with all runs.
pub(super) struct MapPane<'a>(pub(super) &'a Race);

impl PaneView for MapPane<'_> {
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        let Self(Race { model, map, .. }) = self;
        map.still(scene, &|x, y| model.value(x, y), locale);
    }

    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let Self(race) = self;
        let Race { model, map, .. } = race;
        let known = model.loss.landscape().map_or(&[][..], |landscape| landscape.minimizers);
        let mut shapes = map.minimizer_marks(known);
        let frame = map.frame();
        let mut named = Vec::new();
        let names = race.names(view.k, frame.height_px, view.locale);
        let start = frame.point_px(model.start[0], model.start[1]);
        // Among many trails, those of the leader and of the chosen rule stand out.
        let many = model.runners().len() > 2 && view.k > 0;
        let ranks = race.ranks(view.k);
        let leader = ranks.first().copied();
        // On a low map four trails would be one knot: there only these two are drawn, without arrows.
        let is_knot = many && frame.height_px < ROOMY_PX;
        let stands_out = |row: usize| Some(row) == leader || row == race.row_chosen();
        // The leader above all others; at the start, where they are one, the chosen rule.
        let mut order: Vec<usize> = ranks.iter().rev().copied().collect();
        if view.k == 0 {
            order.push(race.row_chosen());
        }
        for row in order.into_iter().filter(|row| !is_knot || stands_out(*row)) {
            let (runner, name) = (&model.runners()[row], names[row].clone());
            let walk = Walk {
                run: row,
                iterates: &runner.trajectory.iterates,
                role: runner.role(),
                runs_away: runner.has_diverged(),
                name: &race.title(runner, view.locale),
                faint: many && !stands_out(row),
                second: runner.is_second(),
            };
            shapes.extend(map.walk(&walk, view));
            let [x, y] = runner.iterate(view.k).x;
            let at = frame.point_px(x, y);
            let away = libm::hypot(at.0 - start.0, at.1 - start.1) > START_PX;
            // The chart beside it names the others.
            let is_named = away && frame.contains(x, y) && (!many || stands_out(row));
            if let Some(name) = name.filter(|_| is_named) {
                named.push((at, name, runner.role()));
            }
        }
        if let Some(own) = race.own.trajectory() {
            let name = view.locale.get("own-path");
            let walk = Walk {
                run: model.runners().len(),
                iterates: &own.iterates,
                role: ColorRole::Ink,
                runs_away: race.own.has_diverged(),
                name: &name,
                faint: false,
                second: false,
            };
            shapes.extend(map.walk(&walk, view));
            let [x, y] = iterate(own, view.k).x;
            if frame.contains(x, y) {
                named.push((frame.point_px(x, y), name, ColorRole::Ink));
            }
        }
        set_apart(&mut shapes);
        // On every path they would cover each other.
        let runner = race.runner();
        let changes = model.changes_of(runner.index);
        shapes.extend(map.alpha_marks(changes.list(), &runner.trajectory.iterates, view));
        let mut above = Vec::new();
        if let Some((_, step)) = model.step(race.runner(), view.k)
            && !view.predicting
            && !is_knot
        {
            above.extend(step_breakdown::marks(map, &step));
        }
        above.extend(beside(named, (frame.right_px(), frame.bottom_px())));
        set_apart(&mut above);
        shapes.extend(above);
        if let Some((_, at)) = view.cursor.filter(|(pane, _)| *pane == 0) {
            shapes.extend(map.cross_hair(at, Some(&|x, y| model.value(x, y)), view.locale));
        }
        shapes
    }

    fn place(&self, x_px: f64, y_px: f64) -> Place {
        Place::Point { run: self.0.row_chosen(), at: self.0.map.world(x_px, y_px).to_vec() }
    }

    fn cross_hair_start(&self, k: u32) -> (f64, f64) {
        self.0.map.place_of(self.0.runner().iterate(k).x)
    }
}

impl Race {
    /// Shows the landscape's own view extended to the starts, with equal scales on both axes.
    pub(super) fn fit_view(&mut self) {
        let mut view = view_of(&self.model.loss);
        for start in [self.model.start].into_iter().chain(self.own.start()) {
            for (axis, at) in view.iter_mut().zip(start) {
                let margin = 0.04 * (axis[1] - axis[0]);
                if at - margin < axis[0] {
                    axis[0] = at - margin;
                }
                if at + margin > axis[1] {
                    axis[1] = at + margin;
                }
            }
        }
        let [width, height] = view.map(|[low, high]| high - low);
        let frame = self.map.frame();
        let ratio = between(frame.height_px / frame.width_px, 0.2, 5.0);
        let wanted = if height / width < ratio { (1, width * ratio) } else { (0, height / ratio) };
        let axis = &mut view[wanted.0];
        let more = (wanted.1 - (axis[1] - axis[0])) / 2.0;
        *axis = [axis[0] - more, axis[1] + more];
        self.map.view = view;
    }

    /// The names shown beside the marbles in a pane of this height, by row: all if there are few, else
    /// those of the selected rule and the leaders, or of one leader in a small pane; last that of the reader's own path.
    pub(super) fn names(&self, k: u32, height_px: f64, locale: &Locale) -> Vec<Option<String>> {
        let runners = self.model.runners();
        let ranks = self.ranks(k);
        let roomy = height_px >= ROOMY_PX;
        let few = roomy && runners.len() <= MOST_NAMED;
        let leaders = if roomy { MOST_NAMED / 2 } else { 1 };
        let leads = |row: usize| ranks.iter().take(leaders).any(|other| *other == row);
        let named = |row: usize| few || row == self.row_chosen() || leads(row);
        let names = runners.iter().enumerate();
        let alone = runners.len() < 2 || k == 0;
        let leader = ranks.first().copied().filter(|_| !alone);
        let name = |row: usize, runner: &Runner| {
            let title = self.title(runner, locale);
            let steps = runner.arrived(k).map(|steps| steps.to_string());
            let key = match (&steps, Some(row) == leader) {
                (Some(_), true) => "race-name-first",
                (Some(_), false) => "race-name-arrived",
                (None, true) => "race-name-leads",
                (None, false) => return title,
            };
            locale.format(key, &[("name", &*title), ("n", &*steps.unwrap_or_default())])
        };
        let names = names.map(|(row, runner)| named(row).then(|| name(row, runner)));
        names.chain([Some(locale.get("own-path"))]).collect()
    }
}
