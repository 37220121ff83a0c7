//! Tests that every field of every figure survives being read back, shared by link, and typed again
//! as shown, and that no value of a field leads to a missing text.

use super::*;
use crate::framework::declaration::Control;
use crate::{NAMES, Words, figure};

/// The attribute text of a property's value, as `textOf` in the elements computes it.
fn property(value: &Value) -> String {
    let number = downhill::numbers::shortest;
    let row = |at: &[f64]| at.iter().map(|&x| number(x)).collect::<Vec<_>>().join(",");
    match value {
        Value::Number(value) => number(*value),
        Value::Toggle(on) => if *on { "on" } else { "off" }.to_owned(),
        Value::Text(text) => text.clone(),
        Value::Point(at) => row(at),
        Value::Points(all) => all.iter().map(|at| row(at)).collect::<Vec<_>>().join("\n"),
    }
}

/// Values other than the default, derived from what the field allows.
fn others(field: &Field<'_>) -> Vec<String> {
    let number = downhill::numbers::shortest;
    let within = |low: f64, high: f64| {
        let all = [low, high, 1.0 / 3.0, 1e-7, 1.234, 1234.5];
        let allowed = all.into_iter().filter(|x| (low..=high).contains(x));
        allowed.map(number).collect::<Vec<_>>()
    };
    let all: Vec<String> = match &field.slot {
        Slot::Number(_, (low, high)) => within(*low, *high),
        Slot::Rate(_, _, (low, high)) => {
            let plans = ["0.1,1:0.02", "0.25,2:1.234,9:0"].map(str::to_owned);
            within(*low, *high).into_iter().chain(plans).collect()
        }
        Slot::Own(_, (low, high), _) => within(*low, *high),
        Slot::Count(value, (low, high)) => {
            let all = [*low, **value + 1, 7, 60, 150].into_iter();
            all.filter(|n| (*low..=*high).contains(n)).map(|n| n.to_string()).collect()
        }
        Slot::Toggle(on) => vec![if **on { "off" } else { "on" }.to_owned()],
        Slot::Choice(choice) => choice.names().into_iter().map(str::to_owned).collect(),
        Slot::Point(at, _) | Slot::Parameters(at, _) if at.len() == 1 => {
            vec!["1.234".into(), "-2.5".into()]
        }
        Slot::Point(..) | Slot::Parameters(..) => vec!["1.234,-0.5".into(), "1,2".into()],
        Slot::Points(..) => vec!["1.234,-0.5;0.25,1".into(), "1,2;0.5,0.25;-0.5,0".into()],
        Slot::Path(..) => vec!["1.234,-0.5".into(), "1,2;0.5,0.25;-0.5,0".into()],
        Slot::Loss(loss) if loss.variables() == 1 => {
            vec!["kink".into(), "x^2 + 1".into(), "(x-1)^2*(x+2)^2".into()]
        }
        Slot::Loss(_) => vec!["rosenbrock".into(), "x^2 + 3y^2 + x*y".into()],
        Slot::Names(_, names) => {
            vec![names[3].to_owned(), format!("{},{},{}", names[0], names[4], names[5])]
        }
        Slot::Written(points) if points.is_private() => vec!["x,y\n0,1\n1,2.5\n".into()],
        Slot::Written(_) if field.name == "layers" => vec!["0".into(), "8".into(), "5,4,3".into()],
        Slot::Written(_) if field.name == "init" => vec!["he".into(), "1.5".into()],
        Slot::Written(_) => vec!["1/t:0.02".into(), "step-decay:0.5,20".into(), "cosine".into()],
        Slot::Text(_) => vec!["de".into(), "a b+c&d=ü%,'(x)".into()],
        // What the figure writes itself is set by the reader's actions.
        Slot::Notes(_) => Vec::new(),
    };
    let now = field.text();
    all.into_iter().filter(|text| *text != now).collect()
}

fn fresh(name: &str) -> Figure {
    figure(name, Locale::new("en", ".", ",")).expect("a figure")
}

/// The names of a figure's fields, each with values other than its default.
fn fields(name: &str) -> Vec<(&'static str, Vec<String>)> {
    fresh(name).fields().iter().map(|field| (field.name, others(field))).collect()
}

/// Checks every figure with one field changed, for each field and several values.
fn one_by_one(check: &dyn Fn(&mut Figure, &str)) {
    for name in NAMES {
        for (field, texts) in fields(name) {
            for text in texts {
                let mut figure = fresh(name);
                let problems = figure.apply(&Input::Set(field, &text)).problems;
                // Another loss may move the starts.
                let own = problems.iter().all(|problem| problem.parameter != field);
                assert!(own, "{problems:?}");
                // An iteration past the last counts as the last.
                let moved = figure.text(field) != fresh(name).text(field);
                assert!(moved || field == "k", "{name} {field}={text}");
                check(&mut figure, &format!("{name} {field}={text}"));
            }
        }
    }
}

/// Checks every figure with all fields changed, a few times.
fn together(check: &dyn Fn(&mut Figure, &str)) {
    for name in NAMES {
        let all = fields(name);
        for round in 0..4 {
            let mut figure = fresh(name);
            for (field, texts) in &all {
                let text = texts.iter().rev().cycle().nth(round);
                let _ = text.map(|text| figure.apply(&Input::Set(field, text)));
            }
            check(&mut figure, &format!("{name}, round {round}"));
        }
    }
}

#[test]
fn every_property_takes_its_own_value_back() {
    together(&|figure, case| {
        let before = (figure.spec(), figure.state());
        for name in figure.field_names() {
            let value = figure.value(name).expect("a field has a value");
            let problems = figure.apply(&Input::Set(name, &property(&value))).problems;
            assert!(problems.is_empty(), "{case}: {name}: {problems:?}");
            assert_eq!((figure.spec(), figure.state()), before, "{case}: {name}");
        }
    });
}

#[test]
fn a_link_opens_exactly_this_state() {
    let check = |figure: &mut Figure, case: &str| {
        let link = figure.state();
        let entries: Vec<(&str, &str)> =
            link.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let mut again = crate::figure(figure.name(), Locale::default()).expect("a figure");
        let problems = again.start(&entries).problems;
        assert!(problems.is_empty(), "{case}: {problems:?}");
        assert_eq!((again.spec(), again.state()), (figure.spec(), figure.state()), "{case}");
        assert_eq!(again.csv(), figure.csv(), "{case}");
    };
    one_by_one(&check);
    together(&check);
}

/// A figure has its own messages and those of all; it would show the bare key of another's.
#[test]
fn no_text_is_in_the_messages_of_another_figure() {
    let everything = Words::of_all();
    let check = |figure: &mut Figure, case: &str| {
        let texts = |figure: &Figure| {
            format!("{:?}{:?}{:?}", figure.declaration(), figure.readouts(), figure.rows(0, 3))
        };
        let _ = figure.apply(&Input::Step(1));
        let own = texts(figure);
        figure.locale.words = everything.clone();
        let all = texts(figure);
        if own != all {
            let times = |text: &str, key: &str| text.matches(key).count();
            let bare = everything.keys().filter(|key| times(&own, key) > times(&all, key));
            let bare: Vec<_> = bare.collect();
            panic!("{case}: neither en.txt nor the figure's own messages have {bare:?}");
        }
    };
    one_by_one(&check);
    together(&check);
}

#[test]
fn what_a_control_shows_can_be_typed() {
    for (language, decimal, group) in [
        ("en", ".", ","),
        ("de", ",", "."),
        ("fr", ",", "\u{202f}"),
        ("fa", "٫", "٬"),
        ("de-CH", ".", "’"),
    ] {
        let locale = Locale::new(language, decimal, group);
        together(&|figure, case| {
            figure.locale = locale.clone();
            for control in figure.declaration().controls {
                let (field, shown) = match control {
                    Control::Range { field, number_text, .. }
                    | Control::Number { field, number_text, .. } => (field, number_text),
                    Control::Text { field, value, .. } if field != "loss" => (field, value),
                    _ => continue,
                };
                let before = figure.text(field);
                // A batch size of 0 means all points and is shown as their number; a saved run's
                // name is not a field.
                if before.is_none() || field == "batch" {
                    continue;
                }
                // The plane shows α in the long run, and one that is set there holds from the start; in the
                // net one that is set holds from the shown step on, and what was to come later goes.
                let changes =
                    field == "alpha" && before.as_ref().is_some_and(|all| all.contains(','));
                if changes && ["plane", "net"].contains(&figure.name()) {
                    continue;
                }
                let problems = figure.apply(&Input::Enter(field, &shown)).problems;
                assert!(problems.is_empty(), "{language}: {case}: {field} {shown}: {problems:?}");
                assert_eq!(figure.text(field), before, "{language}: {case}: {field} {shown}");
            }
        });
    }
}
