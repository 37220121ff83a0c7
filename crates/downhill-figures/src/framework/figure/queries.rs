//! Read access to a figure: its spec, declaration, drawings and runs.

use super::Figure;
use crate::draw::{ColorRole, OverlayShape, Raster, Scene, Solid};
use crate::framework::controls;
use crate::framework::declaration::{Control, Declaration, Group, Readout};
use crate::framework::field::{Field, Value};
use crate::framework::figure_kind::{Declared, Facts};
use crate::framework::pitch::pitch;
use crate::framework::snapshot::Snapshot;

impl Figure {
    /// The names of all fields.
    #[must_use]
    pub fn field_names(&mut self) -> Vec<&'static str> {
        self.fields().into_iter().map(|field| field.name).collect()
    }

    /// The whole spec, by name.
    #[must_use]
    pub fn spec(&mut self) -> Vec<(&'static str, Value)> {
        self.shared.k = self.playback.k();
        let public = self.fields().into_iter().filter(|field| !field.is_private());
        public.map(|field| (field.name, field.value())).collect()
    }

    /// The value of one field, including those that events leave out.
    #[must_use]
    pub fn value(&mut self, name: &str) -> Option<Value> {
        self.shared.k = self.playback.k();
        self.fields().into_iter().find(|field| field.name == name).map(|field| field.value())
    }

    /// The value of one field as text.
    #[must_use]
    pub fn text(&mut self, name: &str) -> Option<String> {
        self.shared.k = self.playback.k();
        self.fields().into_iter().find(|field| field.name == name).map(|field| field.text())
    }

    /// The fields that differ from their defaults, as text by name: the content of a link to this
    /// state.
    #[must_use]
    pub fn differences(&mut self) -> Vec<(&'static str, String)> {
        self.differing(false)
    }

    /// Like [`differences`](Self::differences), with the reader's own data: all that is needed to
    /// continue elsewhere.
    #[must_use]
    pub fn state(&mut self) -> Vec<(&'static str, String)> {
        self.differing(true)
    }

    fn differing(&mut self, private: bool) -> Vec<(&'static str, String)> {
        let Ok(mut fresh) = crate::figure(self.name(), self.locale.clone()) else {
            return Vec::new();
        };
        self.shared.k = self.playback.k();
        fresh.shared.k = if self.shared.autoplay { 0 } else { self.rest() };
        let defaults: Vec<String> = fresh.fields().iter().map(Field::text).collect();
        let fields = self.fields();
        fields
            .iter()
            .zip(defaults)
            .filter(|(field, default)| (private || !field.is_private()) && field.text() != *default)
            .map(|(field, _)| (field.name, field.text()))
            .collect()
    }

    /// The declaration of everything around the drawings.
    #[must_use]
    pub fn declaration(&self) -> Declaration {
        let view = self.view_state();
        let Facts { name: figure, title, play_key: play, last, first, walked, predicts, .. } =
            self.kind.facts();
        let Declared { panes, controls, table } = self.kind.declare(&view);
        let mut all = Vec::new();
        // Where the reader walks there is nothing to play, nor to predict.
        if self.has_runs() && !walked {
            let playing = self.playback.is_playing();
            all = controls::Transport { playing, play, last, predicts }.controls(&view);
        }
        all.extend(controls);
        if view.is_asking() {
            // The names on a track would answer what is asked.
            for control in &mut all {
                if let Control::Range { bands, value_text, number_text, .. } = control {
                    value_text.clone_from(number_text);
                    for band in bands {
                        (band.label, band.role) = (String::new(), ColorRole::Muted);
                    }
                }
            }
        }
        if self.has_runs() && !walked {
            // Whether it is on, the element knows, which makes the sound.
            all.push(controls::toggle("sound", "action-sound", false, Group::View, &self.locale));
        }
        all.extend(controls::share(&self.locale, table.is_some()));
        Declaration {
            figure,
            name: self.locale.get(title),
            panes,
            controls: all,
            table,
            first: [controls::Transport::IDS, first].concat(),
            words: controls::element_words(&self.locale),
        }
    }

    /// What the reader calls a field: the label of the control that it is typed into, else its name.
    pub(super) fn label(&self, name: &str) -> String {
        let controls = self.declaration().controls;
        let label = controls.iter().find_map(|control| controls::label_of(control, name));
        label.unwrap_or(name).to_owned()
    }

    /// The current readouts.
    #[must_use]
    pub fn readouts(&self) -> Vec<Readout> {
        let view = self.view_state();
        let mut readouts = self.kind.readouts(&view);
        if view.is_asking() {
            // Its name answers the question.
            for readout in &mut readouts {
                if let Readout::Line { part: "regime", text, role, .. } = readout {
                    (*text, *role) = (self.locale.get("regime-hidden"), ColorRole::Muted);
                }
            }
        }
        if self.has_runs() {
            readouts.push(controls::prediction_line(&view, self.guessed_runner().as_deref()));
        }
        readouts
    }

    /// What the drawings show now, in words.
    #[must_use]
    pub fn description(&self) -> String {
        self.kind.description(&self.view_state())
    }

    /// The current loss as a pitch in hertz, for a figure with runs.
    #[must_use]
    pub fn pitch(&self) -> Option<f64> {
        if !self.has_runs() {
            return None;
        }
        let results = self.kind.results();
        let losses = (0..=self.kind.facts().last).map(|k| results.heard(k));
        let lowest = losses.fold(0.0, |lowest, loss| if loss < lowest { loss } else { lowest });
        Some(pitch(results.heard(self.playback.k()), results.heard(0), lowest))
    }

    /// The name of the run whose end guesses are about, in a figure with such guesses.
    pub(super) fn guessed_runner(&self) -> Option<String> {
        let Facts { predicts_end, chosen, .. } = self.kind.facts();
        let mut ends = self.kind.results().run_ends(&self.locale);
        (predicts_end && chosen < ends.len()).then(|| ends.swap_remove(chosen).name)
    }

    /// Rows of the table, from `from` up to but not including `to`.
    #[must_use]
    pub fn rows(&self, from: u32, to: u32) -> Vec<Vec<String>> {
        let view = self.view_state();
        let end = self.kind.declare(&view).table.map_or(0, |table| to.min(table.rows));
        (from..end).map(|k| self.kind.row(k, &view)).collect()
    }

    /// A pane's static layer.
    #[must_use]
    pub fn static_layer(&self, pane: usize) -> Scene {
        let (width_px, height_px) = self.sizes_px.get(pane).copied().unwrap_or_default();
        let mut scene = Scene::new(width_px, height_px);
        if width_px >= 1.0
            && height_px >= 1.0
            && let Some(pane) = self.pane(pane)
        {
            pane.static_layer(&mut scene, &self.locale);
        }
        scene
    }

    /// The raster below a pane's static layer, with at most `most` cells per side.
    #[must_use]
    pub fn raster(&self, pane: usize, most: u32) -> Option<Raster> {
        let (width_px, height_px) = self.sizes_px.get(pane).copied().unwrap_or_default();
        if width_px >= 1.0 && height_px >= 1.0 { self.pane(pane)?.raster(most) } else { None }
    }

    /// A pane's overlay.
    #[must_use]
    pub fn overlay(&self, pane: usize) -> Vec<OverlayShape> {
        self.pane(pane).map_or_else(Vec::new, |pane| pane.overlay(&self.view_state()))
    }

    /// A pane's 3D landscape, for a renderer.
    #[must_use]
    pub fn solid(&self, pane: usize) -> Option<Solid> {
        self.pane(pane)?.solid(&self.view_state())
    }

    /// The state as plain data.
    #[must_use]
    pub fn snapshot(&mut self) -> Snapshot {
        let runs = self.kind.results().runs();
        Snapshot {
            figure: self.name(),
            spec: self.spec(),
            k: self.playback.k(),
            regime: runs.first().and_then(|run| run.regime),
            runs,
            data: self.kind.results().data(),
        }
    }

    /// The runs as CSV.
    #[must_use]
    pub fn csv(&self) -> String {
        self.kind.results().csv()
    }
}
