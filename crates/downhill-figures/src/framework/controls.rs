//! Controls and sentences that figures share.

use crate::draw::{Axis, ColorRole, between};
use crate::framework::choice::NamedChoice;
use crate::framework::declaration::{
    Band, Choice, Control, Group, Readout, Scale, Slider, TrackMark,
};
use crate::framework::prediction::Verdict;
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;
use crate::text::numbers::{lowered, to_decimals};
use downhill::{Landscape, Regime, Rule};

/// The playback controls: play, step, reset, predict and the slider of iterations.
pub(crate) struct Transport {
    pub(crate) playing: bool,
    /// The message key of the play button.
    pub(crate) play: &'static str,
    pub(crate) last: u32,
    /// Whether there is something to predict.
    pub(crate) predicts: bool,
}

impl Transport {
    /// The ids of the playback controls, which every figure shows first, and the lines of a
    /// prediction and of changes of α.
    pub(crate) const IDS: &'static [&'static str] =
        &["play", "step", "reset", "predict", "k", "prediction", "alpha-plan"];

    pub(crate) fn controls(&self, view: &ViewState<'_>) -> Vec<Control> {
        let locale = view.locale;
        let transport = Group::Transport;
        let (play, key) =
            if self.playing { ("pause", "action-pause") } else { ("play", self.play) };
        let ended = view.k >= self.last;
        let k = f64::from(view.k);
        let mut all = vec![
            Control::Action {
                id: "play",
                action: play,
                label: locale.get(key),
                disabled: self.last == 0,
                primary: true,
                group: Group::Transport,
            },
            action("step", "action-step", ended, transport, locale),
            action("reset", "action-reset", false, transport, locale),
        ];
        if self.predicts {
            all.push(toggle("predict", "action-predict", view.predicting, transport, locale));
        }
        all.push(Control::Range {
            id: "k",
            field: "k",
            label: locale.get("control-k"),
            slider: Slider { min: 0.0, max: f64::from(self.last), step: 1.0, value: k },
            scale: Scale::Linear,
            value_text: locale.full(k),
            number_text: locale.full(k),
            bands: Vec::new(),
            marks: Vec::new(),
            group: Group::Transport,
            help: String::new(),
        });
        all
    }
}

/// A button for the action of the same name.
pub(crate) fn action(
    id: &'static str,
    key: &str,
    disabled: bool,
    group: Group,
    locale: &Locale,
) -> Control {
    Control::Action { id, action: id, label: locale.get(key), disabled, primary: false, group }
}

/// A button that stays pressed, for the action of the same name.
pub(crate) fn toggle(
    id: &'static str,
    key: &str,
    pressed: bool,
    group: Group,
    locale: &Locale,
) -> Control {
    Control::Toggle { id, action: id, label: locale.get(key), pressed, group }
}

/// The same button, emphasized as the main action.
pub(crate) fn as_primary(mut control: Control) -> Control {
    if let Control::Action { primary, .. } = &mut control {
        *primary = true;
    }
    control
}

/// The share controls, which the element carries out.
pub(crate) fn share(locale: &Locale, table: bool) -> Vec<Control> {
    let share = |id, key, group| action(id, key, false, group, locale);
    let mut all = vec![
        share("link", "action-link", Group::Share),
        share("embed", "action-embed", Group::Share),
    ];
    if table {
        all.push(share("copy-csv", "action-copy-csv", Group::View));
        all.push(share("download-csv", "action-download-csv", Group::View));
    }
    all
}

/// Messages that the element needs for its own actions.
pub(crate) fn element_words(locale: &Locale) -> Vec<(&'static str, String)> {
    [
        "word-copied",
        "word-copy-failed",
        "word-not-saved",
        "word-left-out",
        "word-close",
        "word-copy",
        "word-more",
        "word-skip",
        "word-value-of",
        "word-no-link",
        "word-no-part",
    ]
    .map(|key| (key.strip_prefix("word-").unwrap_or(key), locale.get(key)))
    .to_vec()
}

/// The scale of the slider for a field, if this control is that slider.
pub(crate) fn scale_of(control: &Control, name: &str) -> Option<Scale> {
    match control {
        Control::Range { field, scale, .. } if *field == name => Some(*scale),
        _ => None,
    }
}

/// The label of a control into which a field is typed on one line, if this is the one.
pub(crate) fn label_of<'a>(control: &'a Control, name: &str) -> Option<&'a str> {
    match control {
        Control::Range { field, label, .. }
        | Control::Number { field, label, .. }
        | Control::Text { field, label, .. }
        | Control::Formula { field, label, .. }
            if *field == name =>
        {
            Some(label)
        }
        _ => None,
    }
}

/// A linear slider with its number field.
pub(crate) fn range(
    field: &'static str,
    label: String,
    value: f64,
    (min, max, step): (f64, f64, f64),
    locale: &Locale,
) -> Control {
    let shown = if value < min {
        min
    } else if value > max {
        max
    } else {
        value
    };
    Control::Range {
        id: field,
        field,
        label,
        slider: Slider { min, max, step, value: shown },
        scale: Scale::Linear,
        value_text: locale.full(value),
        number_text: locale.full(value),
        bands: Vec::new(),
        marks: Vec::new(),
        group: Group::Settings,
        help: String::new(),
    }
}

/// A slider of hundredths of a decade with its number field.
pub(crate) fn log_range(
    field: &'static str,
    label: &str,
    value: f64,
    (min, max): (f64, f64),
    locale: &Locale,
) -> Control {
    let mut control = range(field, locale.get(label), value, (min, max, 1.0), locale);
    if let Control::Range { slider, scale, .. } = &mut control {
        *scale = Scale::Logarithmic;
        slider.value = between(libm::round(scale.position(value)), min, max);
    }
    control
}

/// The same slider, read aloud as this text.
pub(crate) fn saying(mut control: Control, text: String) -> Control {
    if let Control::Range { value_text, .. } = &mut control {
        *value_text = text;
    }
    control
}

/// A number field without a slider.
pub(crate) fn number(field: &'static str, label: String, number_text: String) -> Control {
    let help = String::new();
    Control::Number { id: field, field, label, number_text, group: Group::Settings, help }
}

/// Adds help to a control: its meaning here, and what it means elsewhere.
pub(crate) fn with_help(mut control: Control, keys: &[&str], locale: &Locale) -> Control {
    if let Control::Range { help, .. } | Control::Number { help, .. } = &mut control {
        *help = keys.iter().map(|key| locale.get(key)).collect::<Vec<_>>().join(" ");
    }
    control
}

/// Help on the definition of velocity in momentum.
pub(crate) const MOMENTUM_HELP: &[&str] = &["help-momentum"];

/// Help on the definition of velocity in a rule, if it has one.
pub(crate) const fn velocity_help(rule: &Rule) -> &'static [&'static str] {
    match rule {
        Rule::Momentum { .. } => MOMENTUM_HELP,
        Rule::Nesterov { .. } => &["help-momentum", "help-nesterov"],
        _ => &[],
    }
}

/// A field for points of the plane. Where decimal commas may have been meant, it says how it was read.
pub(crate) fn starts(points: &[[f64; 2]], locale: &Locale) -> Control {
    let mut hint = String::new();
    let whole = points.as_flattened().iter().all(|x| f64::trunc(*x) == *x);
    if whole && !points.is_empty() && !locale.digits.has_comma() {
        let mut shown: Vec<_> =
            points.iter().take(MOST_READ_OUT).map(|at| locale.vector(at)).collect();
        if points.len() > MOST_READ_OUT {
            shown.push("…".to_owned());
        }
        let values = [("n", &*points.len().to_string()), ("points", &*shown.join(", "))];
        hint = locale.format("hint-starts", &values);
    }
    Control::Text {
        id: "start",
        field: "start",
        label: locale.get("control-starts"),
        value: locale.points(points),
        hint,
        group: Group::Settings,
    }
}

/// The most points that are listed where it is said how they were read.
const MOST_READ_OUT: usize = 4;

/// A choice among named values, each with the message key of its label.
pub(crate) fn choice<T: NamedChoice>(
    field: &'static str,
    label: &str,
    value: T,
    key: impl Fn(T) -> &'static str,
    group: Group,
    locale: &Locale,
) -> Control {
    let options: Vec<_> = T::ALL.iter().map(|&each| (each.name(), key(each))).collect();
    choice_of(field, label, value.name(), &options, group, locale)
}

/// A choice among values, given as text with the message keys of their labels.
pub(crate) fn choice_of(
    field: &'static str,
    label: &str,
    value: &'static str,
    options: &[(&'static str, &str)],
    group: Group,
    locale: &Locale,
) -> Control {
    let label = locale.get(label);
    let options =
        options.iter().map(|(value, key)| Choice { value, label: locale.get(key) }).collect();
    Control::Choice { id: field, field, label, value, options, group }
}

/// The menu of named landscapes, and a field for the reader's own formula.
pub(crate) fn loss_2d_choice(loss: &downhill::NamedLoss<2>, locale: &Locale) -> [Control; 2] {
    of_loss(loss, &mut downhill::titles_2d(), "control-loss-xy", locale)
}

/// The same controls for losses of one variable.
pub(crate) fn curve(loss: &downhill::NamedLoss<1>, locale: &Locale) -> [Control; 2] {
    of_loss(loss, &mut downhill::titles_1d(), "control-loss", locale)
}

/// The landscape that an action chooses from the menu, which sets its own α and start.
pub(crate) fn menu_landscape<const D: usize>(
    action: &str,
    named: fn(&str) -> Option<Landscape<D>>,
) -> Option<Landscape<D>> {
    named(action.strip_prefix("loss=")?)
}

/// A drop-down list of named values. A value that is none of them has an option while it is in force,
/// called `own`.
pub(crate) fn menu(
    field: &'static str,
    label: &str,
    value: &str,
    mut options: Vec<Choice>,
    own: String,
    locale: &Locale,
) -> Control {
    let mut value = value;
    if options.iter().all(|option| option.value != value) {
        value = "";
        options.push(Choice { value: "", label: own });
    }
    Control::Menu {
        id: field,
        field,
        label: locale.get(label),
        value: value.to_owned(),
        options,
        group: Group::Settings,
    }
}

fn of_loss<const D: usize>(
    loss: &downhill::NamedLoss<D>,
    titles: &mut dyn Iterator<Item = (&'static str, &'static str)>,
    formula_key: &str,
    locale: &Locale,
) -> [Control; 2] {
    let options = titles.map(|(value, title)| Choice { value, label: title.to_owned() });
    let own = locale.get("landscape-own");
    [
        menu("loss", "control-landscape", loss.text(), options.collect(), own, locale),
        self::formula("formula", formula_key, formula_of(loss), locale),
    ]
}

/// A loss as a formula, for one that may be known by a name.
pub(crate) fn formula_of<const D: usize>(loss: &downhill::NamedLoss<D>) -> &str {
    loss.landscape().map_or(loss.text(), |known| known.formula)
}

/// A field for a loss by name or formula.
pub(crate) fn formula(id: &'static str, key: &str, text: &str, locale: &Locale) -> Control {
    Control::Formula {
        id,
        field: "loss",
        label: locale.get(key),
        value: text.to_owned(),
        group: Group::Settings,
    }
}

/// The learning rate's slider from 0 on, with regimes painted on its track and their bounds marked
/// beside it.
pub(crate) fn alpha_range(
    alpha: f64,
    max: f64,
    bands: &[downhill::Band],
    locale: &Locale,
) -> Control {
    alpha_track(alpha, Axis::linear(0.0, max), bands, locale)
}

/// Like [`alpha_range`], over a range that may be logarithmic.
pub(crate) fn alpha_track(
    alpha: f64,
    axis: Axis,
    bands: &[downhill::Band],
    locale: &Locale,
) -> Control {
    let (scale, min, max, step) = if axis.log {
        let position = |alpha: f64| Scale::Logarithmic.position(alpha);
        let ends = (f64::floor(position(axis.from)), f64::ceil(position(axis.to)));
        (Scale::Logarithmic, ends.0, ends.1, 1.0)
    } else {
        (Scale::Linear, axis.from, axis.to, slider_step(axis.to))
    };
    let mut control = range("alpha", locale.get("control-alpha"), alpha, (min, max, step), locale);
    if let Control::Range { bands: painted, marks, value_text, slider, scale: spaced, .. } =
        &mut control
    {
        *spaced = scale;
        if axis.log {
            slider.value = between(libm::round(scale.position(alpha)), min, max);
        }
        let share = |alpha: f64| between(axis.share(alpha), 0.0, 1.0);
        let (singles, stretches): (Vec<&downhill::Band>, Vec<_>) = bands
            .iter()
            .filter(|band| band.from < axis.to && band.to >= axis.from)
            .partition(|band| band.from == band.to);
        // Bands of a single value are painted on top of the ranges they separate, wide enough to be
        // seen.
        for (band, margin) in stretches
            .into_iter()
            .map(|band| (band, 0.0))
            .chain(singles.into_iter().map(|band| (band, 0.004)))
        {
            painted.push(Band {
                from: (share(band.from) - margin).clamp(0.0, 1.0),
                to: (share(band.to) + margin).clamp(0.0, 1.0),
                role: regime_role(band.regime),
                label: locale.get(regime_key(band.regime)),
            });
            if margin > 0.0 && band.from > 0.0 {
                marks.push(TrackMark { at: share(band.from), label: locale.short(band.from) });
            }
        }
        if let Some(band) = downhill::Band::of(bands, alpha) {
            let regime = locale.get(regime_key(band.regime));
            *value_text = format!("{value_text}, {regime}");
        }
    }
    control
}

/// A round step, at most a thousandth of the slider.
pub(crate) fn slider_step(max: f64) -> f64 {
    let decimals = -f64::floor(libm::log10(max / 1000.0) + 1e-9);
    to_decimals(libm::pow(10.0, -decimals), decimals)
}

/// The message key of a regime's name.
pub(crate) const fn regime_key(regime: Regime) -> &'static str {
    match regime {
        Regime::Still => "regime-still",
        Regime::Monotone => "regime-monotone",
        Regime::OneStep => "regime-one-step",
        Regime::Zigzag => "regime-zigzag",
        Regime::Bounce => "regime-bounce",
        Regime::Diverge => "regime-diverge",
        Regime::Oscillate => "regime-oscillate",
    }
}

/// The colour of a regime on a slider's track.
pub(crate) const fn regime_role(regime: Regime) -> ColorRole {
    match regime {
        Regime::Still => ColorRole::Still,
        Regime::Monotone => ColorRole::Monotone,
        Regime::OneStep => ColorRole::OneStep,
        Regime::Zigzag => ColorRole::Zigzag,
        Regime::Bounce => ColorRole::Bounce,
        Regime::Diverge => ColorRole::Diverge,
        Regime::Oscillate => ColorRole::Oscillate,
    }
}

/// The instruction for a prediction, or the verdict on the last one; empty while the reader does
/// not predict.
///
/// `runner` is the run whose end is predicted, if it is not the next step.
pub(crate) fn prediction_line(view: &ViewState<'_>, runner: Option<&str>) -> Readout {
    let (locale, end) = (view.locale, runner.is_some());
    let text = if let Some(verdict) = view.verdict {
        verdict_sentence(verdict, end, locale)
    } else if view.guess.is_some() {
        locale.get(if end { "predict-release" } else { "predict-step" })
    } else if view.predicting {
        runner
            .map_or_else(|| locale.get("predict-mark"), |runner| mark_end_sentence(runner, locale))
    } else {
        String::new()
    };
    Readout::Line { id: "prediction", part: "prediction", text, role: ColorRole::Guess }
}

/// Asks where a run will end.
pub(crate) fn mark_end_sentence(run: &str, locale: &Locale) -> String {
    locale.format("predict-mark-end", &[("run", run)])
}

/// The verdict on a prediction, in words.
///
/// `end` is whether the prediction was about the end of a run rather than one step.
pub(crate) fn verdict_sentence(verdict: &Verdict, end: bool, locale: &Locale) -> String {
    let place = |at: &[f64]| {
        let coordinates: Vec<String> = at.iter().map(|&x| locale.short(x)).collect();
        if at.len() == 1 { coordinates.join("") } else { format!("({})", coordinates.join(", ")) }
    };
    let (guess, landed) = (place(&verdict.guess.at), place(&verdict.landed));
    let off = locale.short(verdict.off);
    let index = lowered(verdict.k);
    let share = verdict.share.map(|share| locale.digits.fixed(100.0 * share, 0));
    let mut values =
        vec![("guess", &*guess), ("landed", &*landed), ("off", &*off), ("index", &*index)];
    match &share {
        _ if end => locale.format("verdict-end", &values),
        Some(share) if verdict.off > 0.0 => {
            values.push(("share", share));
            locale.format("verdict", &values)
        }
        Some(_) => locale.format("verdict-exact", &values),
        None => locale.format("verdict-no-step", &values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The help of a control, for a figure with these fields.
    fn help(figure: &str, fields: &[(&str, &str)], id: &str) -> String {
        let mut figure = crate::figure(figure, Locale::default()).expect("a figure");
        let problems = figure.start(fields).problems;
        assert!(problems.is_empty(), "{problems:?}");
        let controls = figure.declaration().controls;
        let help = controls.into_iter().find_map(|control| match control {
            Control::Range { id: name, help, .. } | Control::Number { id: name, help, .. } => {
                (name == id).then_some(help)
            }
            _ => None,
        });
        help.unwrap_or_else(|| panic!("there is no control {id}"))
    }

    /// How a slider is read aloud, for a figure with these fields.
    fn said(figure: &str, fields: &[(&str, &str)], id: &str) -> String {
        let mut figure = crate::figure(figure, Locale::default()).expect("a figure");
        let _ = figure.start(fields);
        let said = figure.declaration().controls.into_iter().find_map(|control| match control {
            Control::Range { id: name, value_text, .. } if name == id => Some(value_text),
            _ => None,
        });
        said.unwrap_or_else(|| panic!("there is no slider {id}"))
    }

    #[test]
    fn sliders_say_what_they_do_to_every_run() {
        let fields = &[("alpha", "0.018"), ("beta", "0.9"), ("kappa", "100")];
        for (id, value) in [("alpha", "0.018"), ("beta", "0.9"), ("kappa", "100")] {
            let wanted = format!("{value}; Vanilla: zigzag; Momentum: oscillate");
            assert_eq!(said("ravine", fields, id), wanted);
        }
        assert_eq!(
            said("starts", &[("alpha", "0.001")], "alpha"),
            "0.001: stable at every minimizer, A, B, C, D"
        );
        assert_eq!(said("starts", &[("alpha", "0.024")], "alpha"), "0.024: stable at A, B only");
        assert_eq!(said("starts", &[("alpha", "0.05")], "alpha"), "0.05: stable at no minimizer");
    }

    #[test]
    fn a_menu_shows_a_value_of_the_readers_own() {
        for (figure, field, text, label) in [
            ("lab", "loss", "x^2+1", "own formula"),
            ("hill", "loss", "x^2+y", "own formula"),
            ("race", "schedule", "cosine:50", "cosine:50"),
        ] {
            let menu = |fields| {
                let mut figure = crate::figure(figure, Locale::default()).expect("a figure");
                let _ = figure.start(fields);
                let menu =
                    figure.declaration().controls.into_iter().find_map(|control| match control {
                        Control::Menu { id, value, options, .. } if id == field => {
                            let shown = options.iter().find(|option| option.value == value);
                            Some((options.len(), shown.expect("an option").label.clone()))
                        }
                        _ => None,
                    });
                menu.expect("a menu")
            };
            let (count, usual) = menu(&[]);
            assert_ne!(usual, label);
            assert_eq!(menu(&[(field, text)]), (count + 1, label.to_owned()), "{figure}");
        }
    }

    #[test]
    fn it_is_said_how_starts_were_read_where_commas_may_be_decimal() {
        let hint = |text: &str, locale: Locale| {
            let mut hill = crate::figure("hill", locale).expect("the hill");
            let _ = hill.apply(&crate::Input::Enter("start", text));
            let hint = hill.declaration().controls.into_iter().find_map(|control| match control {
                Control::Text { id: "start", hint, .. } => Some(hint),
                _ => None,
            });
            hint.expect("a field for starts")
        };
        let english = Locale::default;
        assert_eq!(
            hint("1,5;2,0", english()),
            "Read as 2 points: (1, 5), (2, 0) (decimals take a point)."
        );
        assert!(
            hint("1,2;2,3;3,4;4,5;4,4", english()).ends_with("(4, 5), … (decimals take a point).")
        );
        assert_eq!(hint("1.5,2;2,0", english()), "");
        assert_eq!(hint("1 | 2; 3 | 4", Locale::new("de", ",", ".")), "");
    }

    /// `crates/downhill/tests/conventions.rs` checks that these statements are true.
    #[test]
    fn conventions_are_explained_at_their_controls() {
        let averaging = "the same walk takes α/(1 − β) there.";
        let ahead = "Nesterov’s iterates are the points where it looks ahead";
        let squares = "not half of it: courses with ½ use twice our α.";
        for figure in ["ravine", "plane"] {
            assert!(help(figure, &[], "beta").ends_with(averaging), "{figure}");
        }
        assert!(help("race", &[], "beta").ends_with(averaging));
        assert!(help("race", &[("rules", "gd,nesterov")], "beta").contains(ahead));
        assert!(help("race", &[], "eps").starts_with("ε stands outside the root"));
        let adamw = [("rules", "adamw")];
        assert!(help("race", &adamw, "weight-decay").contains("with the α of the schedule"));
        assert!(help("fit", &[], "alpha").ends_with(squares));
        for (rule, said) in [("momentum", averaging), ("nesterov", ahead)] {
            let fit = help("fit", &[("rule", rule)], "alpha");
            assert!(fit.contains(squares) && fit.contains(said), "{fit}");
            assert!(help("hill", &[("rule", rule)], "alpha").contains(said));
        }
        // Without competing conventions there is no help.
        assert_eq!(help("hill", &[], "alpha") + &help("bowl", &[], "alpha"), "");
        assert_eq!(help("race", &[], "beta1"), "");
    }
}
