//! Handles the hill's inputs: adding and selecting marbles, turning and zooming the view, steps
//! under the blindfold.

use downhill::{Landscape, landscape_2d};

use super::camera::{Camera, LARGEST_ZOOM};
use super::{Hill, NEAR_PX, readouts};
use crate::descent::descent_1d::plane_point;
use crate::descent::numbered::MOST_STARTS;
use crate::draw::ReliefMode;
use crate::framework::controls::menu_landscape;
use crate::framework::figure_kind::{Change, FigureKind, Update};
use crate::text::locale::Locale;
use crate::text::numbers::to_decimals;

impl Hill {
    /// Adds a marble, or selects the one already there.
    pub(super) fn add_start(&mut self, at: &[f64]) {
        let at = self.height_field.nearest(plane_point(at));
        // A marble already there is selected; beyond the limit, the oldest is removed.
        let here_px = self.place_px(at);
        let near = |start: &[f64; 2]| distance(self.place_px(*start), here_px) < 5.0;
        if let Some(index) = self.starts.iter().position(near) {
            self.selected = index;
            return;
        }
        if self.starts.len() >= MOST_STARTS {
            self.starts.remove(0);
        }
        self.starts.push(at);
        self.selected = self.starts.len() - 1;
    }

    /// Selects the marble under a pixel; returns whether the selection changed.
    pub(super) fn select_at(&mut self, at_px: (f64, f64), position: f64) -> bool {
        let before = self.selected;
        let mut nearest = NEAR_PX;
        for run in 0..self.runs.len() {
            let off = distance(self.place_px(self.marble(run, position)), at_px);
            if off < nearest {
                (nearest, self.selected) = (off, run);
            }
        }
        self.selected != before
    }

    /// Handles a key on the pane.
    pub(super) fn key_pressed(&mut self, key: &str, locale: &Locale) -> Update {
        let turned = match key {
            "Shift+ArrowLeft" => (-20.0, 0.0),
            "Shift+ArrowRight" => (20.0, 0.0),
            "Shift+ArrowUp" => (0.0, 12.0),
            "Shift+ArrowDown" => (0.0, -12.0),
            "+" | "=" => return self.zoom_by(1.15),
            "-" | "−" => return self.zoom_by(1.0 / 1.15),
            "0" => return self.run_action("view", locale),
            "r" | "R" if !self.blindfold => return Update::of(Change::Play),
            _ => return self.blindfold_action(key, locale),
        };
        self.camera = self.camera.turned(turned.0, turned.1);
        Update::all_layers()
    }

    /// A button or a choice.
    pub(super) fn run_action(&mut self, action: &str, locale: &Locale) -> Update {
        match action {
            "view" => {
                self.reset_view();
                return Update::all_layers();
            }
            "only" => {
                self.starts = self.starts.get(self.selected).map_or_else(Vec::new, |at| vec![*at]);
            }
            "blindfold" => self.blindfold = !self.blindfold,
            "safeguard" => self.safeguard = !self.safeguard,
            _ => {
                if let Some(landscape) = menu_landscape(action, landscape_2d) {
                    self.alpha = landscape.alpha;
                    self.starts = around(&landscape);
                    self.selected = 0;
                }
                return self.blindfold_action(action, locale);
            }
        }
        let spec = Update::spec(self.recompute());
        let off = || (action == "blindfold").then(|| locale.get("said-no-blindfold"));
        Update { announcement: readouts::walk_sentence(self, locale).or_else(off), ..spec }
    }

    /// Turns the view back, and undoes what the last tap did.
    pub(super) fn take_back(&mut self) -> Update {
        self.reset_view();
        match self.before.take() {
            Some(before) => {
                (self.starts, self.selected) = (before.starts, before.selected);
                self.walk = before.walk;
                Update::spec(self.recompute())
            }
            None => Update::all_layers(),
        }
    }

    /// Under the blindfold a tap is a step to that point.
    pub(super) fn step_to(&mut self, at_px: (f64, f64), locale: &Locale) -> Update {
        let to = self.ground_at(at_px);
        let Some((walk, to)) = self.walk.as_mut().filter(|_| self.blindfold).zip(to) else {
            return Update::NONE;
        };
        walk.step_to(&self.height_field, to);
        Update::all_layers().saying(readouts::step_sentence(walk, locale))
    }

    /// Handles the buttons and keys of the blindfold; no effect if it is off.
    fn blindfold_action(&mut self, deed: &str, locale: &Locale) -> Update {
        let Some(walk) = self.walk.as_mut().filter(|_| self.blindfold) else { return Update::NONE };
        match deed {
            "turn-left" | "ArrowLeft" => walk.turn(1.0),
            "turn-right" | "ArrowRight" => walk.turn(-1.0),
            "longer" | "ArrowUp" => walk.lengthen(1.0),
            "shorter" | "ArrowDown" => walk.lengthen(-1.0),
            "walk" | "Enter" | " " => {
                walk.step(&self.height_field);
                return Update::all_layers().saying(readouts::step_sentence(walk, locale));
            }
            "reveal" => return self.run_action("blindfold", locale),
            _ => return Update::NONE,
        }
        Update::all_layers().saying(readouts::heading_sentence(walk, locale))
    }

    fn reset_view(&mut self) {
        let Camera { azimuth, elevation, zoom, .. } = Camera::default();
        self.camera = Camera { azimuth, elevation, zoom, ..self.camera };
    }

    pub(super) fn zoom_by(&mut self, factor: f64) -> Update {
        if self.relief_mode == ReliefMode::Map || !factor.is_finite() {
            return Update::NONE;
        }
        let zoom = (self.camera.zoom * factor).clamp(1.0 / LARGEST_ZOOM, LARGEST_ZOOM);
        self.camera.zoom = to_decimals(zoom, 3.0);
        Update::all_layers()
    }
}

/// Three starts that suit a landscape: its own, and two on other sides.
pub(super) fn around(landscape: &Landscape<2>) -> Vec<[f64; 2]> {
    let [[left, right], [bottom, top]] = landscape.view;
    let away = |x: f64, y: f64| {
        [left + x * (right - left), bottom + y * (top - bottom)]
            .map(|coordinate| to_decimals(coordinate, 2.0))
    };
    vec![landscape.start, away(0.85, 0.8), away(0.2, 0.15)]
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (a.0 - b.0, a.1 - b.1);
    (dx * dx + dy * dy).sqrt()
}

#[cfg(test)]
mod tests {
    use crate::framework::declaration::{Control, Readout};
    use crate::framework::input::Input;
    use crate::text::locale::Locale;
    use crate::{Figure, figure};

    /// A hill of a common size after some inputs.
    fn hill(entries: &[(&str, &str)], deeds: &[Input<'_>]) -> Figure {
        let mut hill = figure("hill", Locale::default()).expect("the hill");
        let _ = hill.start(entries);
        for deed in [Input::Resize(0, 600.0, 360.0)].iter().chain(deeds) {
            let _ = hill.apply(deed);
        }
        hill
    }

    /// A name, the fields set, and the inputs before.
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [Input<'a>]);

    /// Everything visible: state, readouts, playback and overlay.
    fn seen(hill: &mut Figure) -> String {
        let (state, said, marks) = (hill.snapshot(), hill.readouts(), hill.overlay(0));
        format!("{state:?} {said:?} {marks:?} {:?}", hill.declaration())
    }

    #[test]
    fn a_double_click_resets_only_the_view() {
        let at = Input::Tap(0, 320.0, 170.0);
        let full: Vec<String> =
            (0..32).map(|i| format!("{},3", f64::from(i) / 10.0 - 2.0)).collect();
        let full = full.join(";");
        let cases: [Case<'_>; 8] = [
            ("at the start", &[], &[]),
            ("no marbles", &[("start", "")], &[]),
            ("all the marbles there may be", &[("start", &full)], &[]),
            ("half way", &[("k", "12")], &[]),
            ("rolling", &[], &[Input::Act("play"), Input::Tick(0.1)]),
            ("at rest", &[("k", "last")], &[]),
            ("a guess", &[], &[Input::Act("predict"), Input::Tap(0, 200.0, 150.0)]),
            (
                "under the blindfold",
                &[("blindfold", "on")],
                &[Input::Act("walk"), Input::Act("turn-left")],
            ),
        ];
        for (what, entries, deeds) in cases {
            let before = seen(&mut hill(entries, deeds));
            let mut clicked = hill(entries, deeds);
            let _ = clicked.apply(&at);
            assert_ne!(seen(&mut clicked), before, "{what}: the first click does something");
            for between in
                [Input::Press(0, 320.0, 170.0), Input::Release(0), Input::Hover(0, 321.0, 170.0)]
            {
                let _ = clicked.apply(&between);
            }
            let changes = clicked.apply(&Input::Act("double-click"));
            let _ = clicked.apply(&Input::Leave(0));
            assert_eq!(seen(&mut clicked), before, "{what}");
            assert!(changes.events.iter().all(|event| event.name != "gd-outcome"), "{what}");
        }
    }

    /// The text of a readout's line or pairs.
    fn said(hill: &Figure, id: &str) -> Option<String> {
        hill.readouts().into_iter().find_map(|readout| match readout {
            Readout::Line { id: own, text, .. } if own == id => Some(text),
            Readout::Pairs { id: own, pairs, .. } if own == id => {
                Some(pairs.into_iter().map(|pair| pair.label + " " + &pair.value + "; ").collect())
            }
            _ => None,
        })
    }

    #[test]
    fn what_a_blindfolded_walker_feels_is_in_sight() {
        let mut hill = hill(&[("start", "3,4"), ("blindfold", "on")], &[Input::Act("longer")]);
        assert!(hill.declaration().first.contains(&"felt"));
        let felt = said(&hill, "felt").expect("what is felt");
        for part in ["Steps taken 0", "Facing 0°, a step of 1", "Loss 25", "Slope ahead 6, uphill"]
        {
            assert!(felt.contains(part), "{felt}");
        }
        assert_eq!(said(&hill, "position"), None);
        let _ = hill.apply(&Input::Act("reveal"));
        assert_eq!(said(&hill, "felt"), None);
    }

    #[test]
    fn a_blindfolded_walker_has_no_dead_controls_and_a_goal() {
        let mut hill = hill(&[("start", "3,4"), ("blindfold", "on")], &[]);
        let declaration = hill.declaration();
        for control in &declaration.controls {
            let (Control::Action { id, action: deed, .. }
            | Control::Toggle { id, action: deed, .. }) = control
            else {
                panic!("{control:?} does nothing under the blindfold");
            };
            assert!(!["play", "step", "reset", "predict", "k", "only"].contains(id), "{deed}");
        }
        let felt = said(&hill, "felt").unwrap_or_default();
        assert!(felt.contains("Goal loss 0.25 or less"), "{felt}");
        let outcome = |hill: &Figure| said(hill, "outcome").unwrap_or_default();
        assert!(outcome(&hill).starts_with("You feel only"), "{}", outcome(&hill));
        // A tap on the map leads to the bottom, where the loss is 0.
        let _ = hill.set_relief_mode(crate::draw::ReliefMode::Map);
        let arrives = (0..600).map(f64::from).any(|x_px| {
            let _ = hill.apply(&Input::Tap(0, x_px, 180.0));
            outcome(&hill).starts_with("You have arrived: a loss of 0.25 or less")
        });
        assert!(arrives, "{}", outcome(&hill));
        // Off again, all controls are back.
        let _ = hill.apply(&Input::Act("reveal"));
        let ids = hill.declaration().controls.len();
        assert!(ids > declaration.controls.len());
    }

    #[test]
    fn nobody_predicts_blindfolded() {
        let pressed = |hill: &Figure| {
            let controls = hill.declaration().controls;
            let all = controls.into_iter().filter_map(|control| match control {
                Control::Toggle { id: id @ ("predict" | "blindfold"), pressed, .. } => {
                    pressed.then_some(id)
                }
                _ => None,
            });
            all.collect::<Vec<_>>()
        };
        let mut hill = hill(&[("start", "3,4")], &[Input::Act("predict"), Input::Act("blindfold")]);
        assert_eq!(pressed(&hill), ["blindfold"]);
        let _ = hill.apply(&Input::Act("walk"));
        let _ = hill.apply(&Input::Act("predict"));
        assert_eq!(pressed(&hill), ["predict"]);
        assert!(said(&hill, "outcome").is_some_and(|text| text.starts_with("Drop marbles")));
        let _ = hill.apply(&Input::Set("blindfold", "on"));
        assert_eq!(pressed(&hill), ["blindfold"]);
        assert_eq!(said(&hill, "prediction").as_deref(), Some(""));
    }

    #[test]
    fn a_walk_ends_with_its_marbles_and_without_steps_was_none() {
        let single = [("start", "3,4"), ("blindfold", "on")];
        let mut still = hill(&single, &[Input::Act("reveal")]);
        assert!(said(&still, "outcome").is_some_and(|text| text.starts_with("Drop marbles")));
        let mut walked = hill(&single, &[Input::Act("walk"), Input::Set("blindfold", "off")]);
        assert!(
            said(&walked, "outcome").is_some_and(|text| text.starts_with("You took 1 step to"))
        );
        for hill in [&mut still, &mut walked] {
            let _ = hill.apply(&Input::Set("start", "3,4;-3,2"));
            assert!(said(hill, "outcome").is_some_and(|text| text.starts_with("Drop marbles")));
        }
    }

    #[test]
    fn a_double_click_undoes_only_its_own_click() {
        let starts = |hill: &mut Figure| hill.text("start").unwrap_or_default();
        let mut hill = hill(&[("start", "3,4")], &[Input::Tap(0, 320.0, 170.0)]);
        let two = starts(&mut hill);
        let _ = hill.apply(&Input::Tap(0, 250.0, 200.0));
        let _ = hill.apply(&Input::Act("double-click"));
        assert_eq!(starts(&mut hill), two);
        // A late double click does not undo later inputs, nor does a second one undo another.
        let _ = hill.apply(&Input::Act("double-click"));
        assert_eq!(starts(&mut hill), two);
        let _ = hill.apply(&Input::Tap(0, 250.0, 200.0));
        let _ = hill.apply(&Input::Set("alpha", "0.2"));
        let three = starts(&mut hill);
        let _ = hill.apply(&Input::Act("double-click"));
        assert_eq!(starts(&mut hill), three);
        assert_ne!(two, three);
    }
}
