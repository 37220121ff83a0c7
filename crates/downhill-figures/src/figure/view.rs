//! What can be seen of a figure: its spec, its surroundings, its drawings and its runs.

use super::Figure;
use crate::controls;
use crate::declare::{Declaration, Readout};
use crate::draw::{Mark, Raster, Scene, Solid};
use crate::field::{Field, Value};
use crate::snapshot::Snapshot;

impl Figure {
    /// The names of all fields.
    #[must_use]
    pub fn field_names(&mut self) -> Vec<&'static str> {
        self.fields().into_iter().map(|field| field.name).collect()
    }

    /// The whole spec by name.
    #[must_use]
    pub fn spec(&mut self) -> Vec<(&'static str, Value)> {
        self.shared.k = self.player.k();
        let public = self.fields().into_iter().filter(|field| !field.is_private());
        public.map(|field| (field.name, field.value())).collect()
    }

    /// The value of one field, also of one that no event carries.
    #[must_use]
    pub fn value(&mut self, name: &str) -> Option<Value> {
        self.shared.k = self.player.k();
        self.fields().into_iter().find(|field| field.name == name).map(|field| field.value())
    }

    /// The value of one field as text.
    #[must_use]
    pub fn text(&mut self, name: &str) -> Option<String> {
        self.shared.k = self.player.k();
        self.fields().into_iter().find(|field| field.name == name).map(|field| field.text())
    }

    /// What differs from the defaults, by name, as text: the content of a link to this state.
    #[must_use]
    pub fn differences(&mut self) -> Vec<(&'static str, String)> {
        self.differing(false)
    }

    /// The same with the reader's own data: all that is needed to go on elsewhere.
    #[must_use]
    pub fn state(&mut self) -> Vec<(&'static str, String)> {
        self.differing(true)
    }

    fn differing(&mut self, private: bool) -> Vec<(&'static str, String)> {
        let Ok(mut fresh) = crate::figure(self.name(), self.voice.clone()) else {
            return Vec::new();
        };
        self.shared.k = self.player.k();
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

    /// Everything that is rendered around the drawings.
    #[must_use]
    pub fn declaration(&self) -> Declaration {
        let moment = self.moment();
        let mut all = Vec::new();
        if self.has_runs() {
            let (playing, last) = (self.player.is_playing(), self.exhibit.last());
            let play = self.exhibit.play_key();
            all = controls::Transport { playing, play, last }.controls(&moment);
        }
        all.extend(self.exhibit.controls(&moment));
        let table = self.exhibit.table(&moment);
        all.extend(controls::share(&self.voice, table.is_some()));
        Declaration {
            figure: self.name(),
            name: self.voice.get(self.exhibit.title()),
            panes: self.exhibit.panes(&self.voice),
            controls: all,
            table,
            words: controls::element_words(&self.voice),
        }
    }

    /// What the figure says now.
    #[must_use]
    pub fn readouts(&self) -> Vec<Readout> {
        let moment = self.moment();
        let mut readouts = self.exhibit.readouts(&moment);
        if self.has_runs() {
            readouts.push(controls::prediction_line(&moment, self.exhibit.foretells()));
        }
        readouts
    }

    /// Rows of the table, from one up to but not including another.
    #[must_use]
    pub fn rows(&self, from: u32, to: u32) -> Vec<Vec<String>> {
        let moment = self.moment();
        let end = self.exhibit.table(&moment).map_or(0, |table| to.min(table.rows));
        (from..end).map(|k| self.exhibit.row(k, &moment)).collect()
    }

    /// A pane's still layer.
    #[must_use]
    pub fn still(&self, pane: usize) -> Scene {
        let (width_px, height_px) = self.sizes_px.get(pane).copied().unwrap_or_default();
        let mut scene = Scene::new(width_px, height_px);
        if width_px >= 1.0 && height_px >= 1.0 {
            self.exhibit.still(pane, &mut scene, &self.voice);
        }
        scene
    }

    /// The coloured cells below a pane's still layer, at most so many along a side.
    #[must_use]
    pub fn raster(&self, pane: usize, most: u32) -> Option<Raster> {
        let (width_px, height_px) = self.sizes_px.get(pane).copied().unwrap_or_default();
        (width_px >= 1.0 && height_px >= 1.0).then(|| self.exhibit.raster(pane, most)).flatten()
    }

    /// A pane's moving layer.
    #[must_use]
    pub fn marks(&self, pane: usize) -> Vec<Mark> {
        self.exhibit.marks(pane, &self.moment())
    }

    /// The ground of a pane for whoever can draw it in relief.
    #[must_use]
    pub fn solid(&mut self, pane: usize) -> Option<Solid<'_>> {
        let moment = super::moment(&self.player, &self.prediction, self.cursor, &self.voice);
        self.exhibit.solid(pane, &moment)
    }

    /// The state as plain data.
    #[must_use]
    pub fn snapshot(&mut self) -> Snapshot {
        let runs = self.exhibit.runs();
        Snapshot {
            figure: self.name(),
            spec: self.spec(),
            k: self.player.k(),
            regime: runs.first().and_then(|run| run.regime),
            runs,
            data: self.exhibit.data(),
        }
    }

    /// The runs as CSV.
    #[must_use]
    pub fn csv(&self) -> String {
        self.exhibit.csv()
    }
}
