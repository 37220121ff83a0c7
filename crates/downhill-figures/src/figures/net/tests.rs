//! Tests of the network's figure as a reader uses it.

use crate::framework::declaration::{Control, Readout};
use crate::framework::field::Value;
use crate::{Changes, Figure, Input, Locale, figure};

/// A small network with these parameters, so that it is trained in no time.
fn net(entries: &[(&str, &str)]) -> Figure {
    let small = [("steps", "300"), ("points", "40"), ("layers", "6,5"), ("every", "10")];
    let given = |name: &str| entries.iter().any(|(given, _)| *given == name);
    let all: Vec<_> = small.into_iter().filter(|(name, _)| !given(name)).collect();
    let mut net = figure("net", Locale::default()).expect("the net");
    let problems = net.start(&[&all[..], entries].concat()).problems;
    assert!(problems.is_empty(), "{problems:?}");
    for (pane, size) in [(600.0, 216.0), (290.0, 232.0), (290.0, 232.0)].into_iter().enumerate() {
        let _changes = net.apply(&Input::Resize(pane, size.0, size.1));
    }
    net
}

/// Trains to the end, in slices.
fn trained(mut net: Figure) -> Figure {
    finish(&mut net);
    net
}

fn finish(net: &mut Figure) {
    let mut slices = 0;
    while net.apply(&Input::Work(300)).working {
        slices += 1;
        assert!(slices < 100_000, "it does not end");
    }
}

/// The bits of all that was measured.
fn bits(net: &mut Figure) -> Vec<(String, Vec<u64>)> {
    let numbers = net.snapshot().data.into_iter().filter_map(|(name, value)| match value {
        Value::Point(numbers) => {
            Some((name.to_owned(), numbers.iter().map(|number| number.to_bits()).collect()))
        }
        _ => None,
    });
    numbers.collect()
}

fn line(net: &Figure, wanted: &str) -> String {
    let lines = net.readouts().into_iter().filter_map(|readout| match readout {
        Readout::Line { id, text, .. } if id == wanted => Some(text),
        _ => None,
    });
    lines.collect()
}

fn enter(net: &mut Figure, name: &str, text: &str) -> Changes {
    net.apply(&Input::Enter(name, text))
}

#[test]
fn slices_of_any_length_give_the_same_bits() {
    let mut whole = net(&[]);
    while whole.apply(&Input::Work(usize::MAX)).working {}
    let mut sliced = trained(net(&[]));
    assert_eq!(bits(&mut whole), bits(&mut sliced));
    let csv = sliced.csv();
    assert!(csv.starts_with("k,loss,held_out,accuracy,lambda,bound\n0,"), "{csv}");
    assert_eq!(csv.lines().count(), 32);
    // At rest there is no work.
    assert!(!sliced.apply(&Input::Seek(0)).running);
    finish(&mut sliced);
    assert!(!sliced.apply(&Input::Hover(0, 1.0, 1.0)).working);
}

/// What `downhill train` does with the same settings.
#[test]
fn the_command_line_gives_the_same_bits() {
    use downhill::{Criterion, HiddenActivation, Init, Network, NetworkData, NetworkLoss, Rule};
    use downhill::{Schedule, Split, Training, TrainingConfig};
    let fields = [("data", "circles"), ("batch", "7"), ("rule", "momentum"), ("noise", "0.2")];
    let mut net = trained(net(&[&fields[..], &[("alpha", "0.02,95:0.04")]].concat()));
    let Split { train, held_out } = NetworkData::Circles.draw(40, 0.2, 1);
    let hidden = "6,5".parse().expect("two layers");
    let network = Network::new(2, hidden, HiddenActivation::Tanh);
    let loss = |samples| NetworkLoss::new(network.clone(), Criterion::MeanSquares, samples);
    let (alpha, changes) = downhill::AlphaChanges::read("0.02,95:0.04").expect("a change");
    let config = TrainingConfig {
        rule: Rule::Momentum { beta: 0.9 },
        alpha,
        changes,
        schedule: Schedule::Constant,
        batch: 7,
        seed: 1,
        steps: 300,
    };
    let start = network.start(Init::LeCun, 1);
    let training = Training::new(loss(train), held_out.map(loss), start, config);
    let mut training = training.expect("a training");
    let mut rows = vec![training.measure(Some(1e-5))];
    while training.outcome().is_none() {
        if training.advance(10) > 0 {
            rows.push(training.measure(Some(1e-5)));
        }
    }
    let all = bits(&mut net);
    let column = |index: usize| &all[index].1;
    assert_eq!(*column(1), rows.iter().map(|row| row.loss.to_bits()).collect::<Vec<_>>());
    let lambdas = rows.iter().filter_map(|row| row.lambda).map(f64::to_bits);
    assert_eq!(*column(4), lambdas.collect::<Vec<_>>());
    let bounds = rows.iter().filter_map(|row| row.bound).map(f64::to_bits);
    assert_eq!(*column(5), bounds.collect::<Vec<_>>());
}

/// After the end there is nothing to go on from.
#[test]
fn at_the_end_alpha_is_that_of_the_last_good_part() {
    let mut net = trained(net(&[("alpha", "0.2,100:1000"), ("k", "last")]));
    let _changes = enter(&mut net, "alpha", "0.3");
    assert_eq!(net.text("alpha").as_deref(), Some("0.2,100:0.3"));
    finish(&mut net);
    let _changes = net.apply(&Input::Seek(300));
    let _changes = enter(&mut net, "alpha", "0.1");
    assert_eq!(net.text("alpha").as_deref(), Some("0.1"), "of the whole training");
}

#[test]
fn alpha_acts_from_here_on_and_a_link_gives_the_same_bits() {
    let mut net = trained(net(&[]));
    let before = bits(&mut net);
    let _changes = net.apply(&Input::Seek(125));
    let _changes = enter(&mut net, "alpha", "0.4");
    assert_eq!(net.text("alpha").as_deref(), Some("0.2,125:0.4"));
    assert!(line(&net, "alpha-plan").starts_with("α = 0.2, 0.4 from iteration 125 on."));
    // The sharpness was last measured at step 120, under another bound.
    assert!(line(&net, "edge").contains("over 2/α = 5."), "{}", line(&net, "edge"));
    finish(&mut net);
    let after = bits(&mut net);
    let losses = |all: &[(String, Vec<u64>)]| all[1].1.clone();
    let (old, new) = (losses(&before), losses(&after));
    assert_eq!(old[..13], new[..13], "training so far is not rewritten");
    assert_ne!(old[13..], new[13..]);
    let mut link = trained(self::net(&[("alpha", "0.2,125:0.4")]));
    assert_eq!(bits(&mut link), after);
    // Another α at the same step, more steps and fewer are as if they had been given at once.
    let _changes = enter(&mut net, "alpha", "0.1");
    let _changes = net.apply(&Input::Work(2000));
    let _changes = enter(&mut net, "steps", "415");
    let _changes = net.apply(&Input::Work(2000));
    let _changes = enter(&mut net, "steps", "333");
    finish(&mut net);
    let fields = [("alpha", "0.2,125:0.1"), ("steps", "333")];
    assert_eq!(bits(&mut trained(self::net(&fields))), bits(&mut net));
    // At the start it is the α of the whole training.
    let _changes = net.apply(&Input::Seek(0));
    let _changes = enter(&mut net, "alpha", "0.3");
    assert_eq!(net.text("alpha").as_deref(), Some("0.3"));
}

#[test]
fn playback_waits_for_the_training() {
    let mut net = net(&[]);
    assert!(net.apply(&Input::Act("play")).running);
    for _ in 0..8 {
        let _changes = net.apply(&Input::Tick(0.25));
    }
    assert_eq!(net.snapshot().k, 0, "nothing is computed yet");
    let _changes = net.apply(&Input::Work(4000));
    let _changes = net.apply(&Input::Tick(0.1));
    let k = net.snapshot().k;
    assert!(k > 0 && k < 300, "{k}");
    finish(&mut net);
    for _ in 0..60 {
        let _changes = net.apply(&Input::Tick(0.25));
    }
    assert_eq!(net.snapshot().k, 300);
    assert!(line(&net, "standing").starts_with("Step 300: the loss is "));
}

#[test]
fn an_explosion_is_one_click_from_where_it_was_good() {
    let mut net = trained(net(&[("alpha", "0.2,100:1000"), ("k", "last")]));
    let end = net.snapshot().k;
    assert!((100..300).contains(&end), "{end}");
    let said = line(&net, "outcome");
    assert!(said.starts_with("The training diverged at iteration "), "{said}");
    for pane in 0..3 {
        let drawn = format!("{:?}{:?}", net.static_layer(pane), net.overlay(pane));
        assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "pane {pane}: {drawn}");
    }
    let changes = net.apply(&Input::Act("back"));
    assert_eq!(changes.announcement.as_deref(), Some("Back at step 100, with the α from before."));
    assert_eq!(net.text("alpha").as_deref(), Some("0.2"));
    assert_eq!(net.snapshot().k, 100);
    finish(&mut net);
    assert_eq!(bits(&mut net), bits(&mut trained(self::net(&[]))));
}

/// Where checkpoints are far apart, the way to the last good step is longer than any that is walked without
/// a copy.
#[test]
fn an_explosion_after_many_steps_is_shown_too() {
    let mut net = net(&[("alpha", "0.2,1500:1000"), ("steps", "2000"), ("k", "last")]);
    finish(&mut net);
    let end = net.snapshot().k;
    assert!((1500..1600).contains(&end), "{end}");
    assert!(line(&net, "edge").starts_with("Above the edge"), "{}", line(&net, "edge"));
    let _changes = net.apply(&Input::Seek(1499));
    finish(&mut net);
}

#[test]
fn states_play_at_once() {
    for action in super::presets::ACTIONS {
        let mut net = net(&[("data", "sine")]);
        let changes = net.apply(&Input::Act(action));
        assert!(changes.running && changes.working, "{action}");
        assert!(changes.events.iter().any(|event| event.name == "gd-change"), "{action}");
        assert_ne!(net.text("data").as_deref(), Some("sine"), "{action}");
    }
}

/// The states are what their buttons say.
#[test]
fn states_end_as_they_are_called() {
    let rows = |action: &str| {
        let mut net = net(&[]);
        let _changes = net.apply(&Input::Act(action));
        while net.apply(&Input::Work(usize::MAX)).working {}
        let mut data = net.snapshot().data.into_iter().filter_map(|(_, value)| match value {
            Value::Point(numbers) => Some(numbers),
            _ => None,
        });
        let [steps, losses] = [data.next(), data.next()].map(|all| all.expect("a column"));
        let lambdas = data.nth(2).expect("a column");
        (steps, losses, lambdas, net.csv())
    };
    let median = |all: &[f64]| crate::quantile::median(all).expect("numbers");
    let (_, _, lambdas, _) = rows("edge");
    let later = median(&lambdas[lambdas.len() / 2..]);
    assert!((later / 20.0 - 1.0).abs() < 0.05, "{later}");
    let (_, _, lambdas, _) = rows("sinks");
    let most = lambdas.iter().fold(0.0, |most, l| if *l > most { *l } else { most });
    assert!(most > 30.0 && most < 40.0 && lambdas[lambdas.len() - 1] < 18.0, "{most}");
    let (steps, losses, lambdas, _) = rows("catapult");
    let at = steps.iter().position(|k| *k == 3000.0).expect("the change");
    let jump = losses[at..at + 10].iter().fold(0.0, |most, l| if *l > most { *l } else { most });
    assert!(jump > 10.0 * losses[at] && losses[losses.len() - 1] < losses[at], "{jump}");
    assert!(lambdas[at] > 15.0 && lambdas[lambdas.len() - 1] < 12.0);
    let (steps, ..) = rows("explodes");
    assert!(steps[steps.len() - 1] < 2100.0);
}

/// While α is dragged at the start, the start alone would say nothing of the edge.
#[test]
fn the_end_is_told_at_the_start() {
    let mut net = trained(net(&[("alpha", "0.2"), ("data", "spiral"), ("steps", "2000")]));
    assert!(line(&net, "edge").contains("At step 2000 it is "), "{}", line(&net, "edge"));
    let _changes = net.apply(&Input::Seek(1000));
    finish(&mut net);
    assert!(!line(&net, "edge").contains("2000"), "{}", line(&net, "edge"));
    let _changes = net.apply(&Input::Enter("alpha", "50"));
    let _changes = net.apply(&Input::Seek(0));
    finish(&mut net);
    assert!(
        line(&net, "edge").contains("The training diverges at step 10"),
        "{}",
        line(&net, "edge")
    );
    // The last change of α can be taken back, wherever the training is shown.
    let _changes = net.apply(&Input::Act("back"));
    finish(&mut net);
    assert_eq!((net.snapshot().k, net.text("alpha").as_deref()), (1000, Some("0.2")));
}

/// Links hold two thousand characters.
#[test]
fn a_link_has_room_for_the_points_of_any_data() {
    for data in ["moons", "circles", "xor", "spiral", "blobs", "sine"] {
        let mut net = net(&[("data", data), ("points", "100")]);
        let _changes = net.apply(&Input::Set("data", "own"));
        let points = net.text("own").expect("points");
        assert_eq!(points.lines().count(), 100, "{data}");
        let written = points.len() + 2 * points.lines().count();
        assert!(written < 1900, "{data}: {written}");
    }
}

#[test]
fn points_of_ones_own_are_drawn_or_pasted() {
    let mut net = trained(net(&[]));
    let _changes = net.apply(&Input::Tap(1, 100.0, 100.0));
    assert_eq!(net.text("data").as_deref(), Some("own"));
    let points = net.text("own").expect("points");
    assert_eq!(points.lines().count(), 41, "one more than there were");
    let changes = net.apply(&Input::Act("clear-points"));
    assert!(changes.problems[0].message.contains("found no points"), "{:?}", changes.problems);
    assert!(!changes.working);
    let _changes = net.apply(&Input::Tap(1, 100.0, 100.0));
    let changes = net.apply(&Input::Tap(1, 150.0, 100.0));
    assert!(changes.problems[0].message.contains("one class"), "{:?}", changes.problems);
    let _changes = net.apply(&Input::Set("class", "1"));
    let changes = net.apply(&Input::Tap(1, 150.0, 150.0));
    assert!(changes.problems.is_empty() && changes.working);
    finish(&mut net);
    assert_eq!(
        net.snapshot().data[0].1,
        Value::Point((0..=30).map(|k| 10.0 * f64::from(k)).collect())
    );
    // A bad row leaves the points as they are.
    let mut rows: Vec<String> = (0..500).map(|i| format!("{i},{},{}", i % 7, i % 2)).collect();
    rows[321] = "3,x,1".to_owned();
    let before = net.text("own");
    let said = enter(&mut net, "own", &rows.join("\n")).problems;
    assert!(said[0].message.contains("line 322: found 'x'"), "{said:?}");
    assert_eq!(net.text("own"), before);
    let same = enter(&mut net, "own", "1,1,a\n1,1,b\n").problems;
    assert!(same[0].message.contains("at the same place"), "{same:?}");
    assert!(enter(&mut net, "own", "0,1\n1,2\n2,5\n").problems.is_empty());
    assert!(line(&trained(net), "standing").starts_with("Step 0: the loss is "));
}

#[test]
fn what_is_not_allowed_gets_a_sentence_and_changes_nothing() {
    let mut net = net(&[]);
    for (name, text, words) in [
        ("layers", "33", "up to 4 hidden layers of 1 to 32 units, as in 16,16, or 0 for none"),
        ("init", "-1", "lecun, xavier, he, or a number of at least 0"),
        ("rule", "newton", "one of gd, momentum, nesterov"),
        ("loss", "x^2", "one of mse, logistic"),
    ] {
        let before = net.text(name);
        let problems = net.apply(&Input::Set(name, text)).problems;
        assert!(problems[0].message.contains(words), "{problems:?}");
        assert_eq!(net.text(name), before);
    }
}

#[test]
fn the_hill_is_shown_on_three_planes() {
    let mut net = trained(net(&[("k", "200"), ("view", "hill")]));
    let share = |net: &Figure| {
        let said = line(net, "plane-share");
        let number = said.split(" % ").next().and_then(|said| said.rsplit(' ').next());
        number.and_then(|share| share.parse::<f64>().ok()).expect("a share")
    };
    let main = share(&net);
    assert!(main > 80.0, "{main}");
    for plane in ["sharpest", "random"] {
        let changes = net.apply(&Input::Set("plane", plane));
        assert!(changes.working);
        finish(&mut net);
        assert!(share(&net) < main, "{plane}");
        assert!(net.static_layer(2).ops.len() > 20, "{plane}");
        assert!(!format!("{:?}", net.overlay(2)).contains("NaN"));
    }
    // The walk's own plane is the same wherever the walker is.
    let _changes = net.apply(&Input::Set("plane", "walk"));
    finish(&mut net);
    let hill = format!("{:?}", net.static_layer(2).ops);
    let _changes = net.apply(&Input::Seek(20));
    finish(&mut net);
    assert!(format!("{:?}", net.static_layer(2).ops) == hill);
    let _changes = net.apply(&Input::Set("view", "gradients"));
    let bars = net.overlay(2).len();
    assert_eq!(bars, 6, "a bar with its number for each layer");
}

#[test]
fn a_hill_and_a_walk_belong_together() {
    let walks = |net: &Figure| format!("{:?}", net.overlay(2)).contains("Path");
    let contours = |net: &Figure| net.static_layer(2).ops.len();
    let mut net = net(&[("view", "hill")]);
    let empty = contours(&net);
    assert!(format!("{:?}", net.overlay(2)).contains("when all steps are known"));
    finish(&mut net);
    let full = contours(&net);
    assert!(full > empty + 5 && walks(&net));
    // The hill is the same with another α, the walk is not.
    let _changes = net.apply(&Input::Set("alpha", "0.3"));
    assert!(contours(&net) == full && !walks(&net));
    finish(&mut net);
    assert!(walks(&net));
    // With other points both are others.
    let _changes = net.apply(&Input::Set("data", "circles"));
    assert!(contours(&net) == empty && !walks(&net) && line(&net, "plane-share").is_empty());
}

#[test]
fn kept_trainings_stay_beside_the_present_one() {
    let mut net = trained(net(&[]));
    let changes = net.apply(&Input::Act("keep"));
    assert_eq!(changes.announcement.as_deref(), Some("Kept: α = 0.2."));
    let _changes = enter(&mut net, "alpha", "0.05");
    finish(&mut net);
    let lines = |net: &Figure| format!("{:?}", net.overlay(0)).matches("Kept0").count();
    assert!(lines(&net) > 0);
    let state: Vec<(&str, String)> = net.state();
    let entries: Vec<(&str, &str)> = state.iter().map(|(name, text)| (*name, &**text)).collect();
    let mut again = trained(self::net(&entries));
    assert_eq!(format!("{:?}", again.overlay(0)), format!("{:?}", net.overlay(0)));
    assert_eq!(bits(&mut again), bits(&mut net));
    let _changes = net.apply(&Input::Act("forget"));
    assert_eq!(lines(&net), 0);
}

#[test]
fn the_bound_moves_along_the_slider() {
    let mark = |net: &Figure| {
        let controls = net.declaration().controls;
        let marks = controls.into_iter().find_map(|control| match control {
            Control::Range { id: "alpha", marks, .. } => Some(marks),
            _ => None,
        });
        marks.expect("the slider of α").first().map(|mark| (mark.at, mark.label.clone()))
    };
    let mut net = trained(net(&[("rule", "momentum"), ("beta", "0.5"), ("alpha", "0.05")]));
    let (first, label) = mark(&net).expect("a mark");
    assert_eq!(label, "3/λ");
    let _changes = net.apply(&Input::Seek(300));
    assert!(mark(&net).expect("a mark").0 < first, "the hill has become sharper");
    assert!(line(&net, "edge").contains("(2 + 2β)/α = 60"), "{}", line(&net, "edge"));
    let _changes = net.apply(&Input::Set("rule", "adam"));
    finish(&mut net);
    assert_eq!(mark(&net), None);
    assert!(line(&net, "edge").contains("Adam scales its steps"), "{}", line(&net, "edge"));
}

#[test]
fn batches_have_epochs_to_step_by() {
    let mut net = trained(net(&[("batch", "8")]));
    let _changes = net.apply(&Input::Seek(7));
    let _changes = net.apply(&Input::Act("epoch"));
    assert_eq!(net.snapshot().k, 10, "forty points in batches of eight");
    assert!(line(&net, "edge").ends_with("keep λ lower."));
}

/// “λ = 0.293 is over 1.9” was said of a training whose λ swung across its bound.
#[test]
fn the_edge_is_told_in_true_numbers() {
    for alpha in ["0.3", "0.6", "1", "1.5", "2"] {
        let mut net = trained(net(&[("alpha", alpha)]));
        for k in (0..=300).step_by(10) {
            let _ = net.apply(&Input::Seek(k));
            let said = line(&net, "edge");
            let number = |text: &str| {
                let digits = text.split([' ', ',', ';', '.']).next().unwrap_or_default();
                let rest = text.get(digits.len()..).unwrap_or_default();
                let decimals: String = rest
                    .strip_prefix('.')
                    .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect())
                    .unwrap_or_default();
                format!("{digits}.{decimals}0").parse::<f64>().ok()
            };
            let mut numbers = said.split("= ").skip(1).filter_map(number);
            let (Some(lambda), Some(bound)) = (numbers.next(), numbers.next()) else { continue };
            assert!(!said.starts_with("Below") || lambda <= bound, "α = {alpha}, k = {k}: {said}");
            assert!(!said.starts_with("Above") || lambda >= bound, "α = {alpha}, k = {k}: {said}");
        }
    }
}
