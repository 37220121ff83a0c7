//! Tests of the race: rules that join and leave, fair settings, and the breakdown of a step.

use downhill::{Descent, Rule, Spacing, StopCriteria, Sweep, fastest, landscapes::Rosenbrock};
use downhill_tests::{Case, Element, Page, case};
use serde_json::json;

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(every_run_has_the_numbers_of_the_core),
    case!(each_at_its_best_is_the_best_of_the_sweep),
    case!(rules_join_and_leave),
    case!(rules_join_by_keyboard).size(360, 740),
    case!(a_row_selects_whose_step_is_broken_down),
    case!(the_breakdown_has_the_numbers_of_the_step),
    case!(a_click_on_the_map_starts_all_there),
    case!(a_tap_on_the_map_starts_all_there).size(360, 740),
    case!(keys_start_all_there),
    case!(a_landscape_brings_its_start_and_rate),
    case!(a_custom_formula_can_be_raced_on),
    case!(the_chart_scrubs_all_of_them),
    case!(newtons_safeguard_is_a_switch),
    case!(the_same_rule_runs_twice_from_an_address),
    case!(a_button_lets_a_rule_run_twice),
    case!(what_is_no_rule_of_the_race_is_refused),
];

const MAP: &str = "Map of the landscape with the runs of all rules";
const START: [f64; 2] = [-1.2, 1.0];

fn open<'p, 'a>(page: &'p Page<'a>, query: &str) -> Element<'p, 'a> {
    page.open_figure("race", query)
}

fn live(page: &Page<'_>, words: &str) {
    page.element("[role=status][aria-live=polite]").wait_for_text(words);
}

fn limit(steps: usize) -> StopCriteria {
    StopCriteria { max_iterations: steps, gradient_tol: 1e-6 }
}

fn rules(names: &[&str]) -> Vec<Rule> {
    names.iter().map(|name| name.parse::<Rule>().expect("a rule")).collect()
}

/// The CSV for these rules with these learning rates.
fn csv(runners: &[(Rule, f64)], steps: usize) -> String {
    let run = |(rule, alpha): &(Rule, f64)| {
        (rule.name(), downhill::descend(&Rosenbrock, rule, *alpha, START, limit(steps)))
    };
    let runs: Vec<_> = runners.iter().map(run).collect();
    let runs: Vec<_> = runs.iter().map(|(name, run)| (*name, run)).collect();
    downhill::csv::trajectories(&runs)
}

/// The runs agree bit for bit, since every printed number reads back unchanged.
fn every_run_has_the_numbers_of_the_core(page: &Page<'_>) {
    let names = Rule::ALL.map(|rule| rule.name()).join(",");
    let race = open(page, &format!("&rules={names}"));
    race.part("fairness").wait_for_text("Same terms for all: α = 0.001");
    let shown = race.script("return arguments[0].toCSV()");
    let expected = csv(&Rule::ALL.map(|rule| (rule, 0.001)), 500);
    assert!(shown == expected, "the page has other numbers than the core");
}

fn each_at_its_best_is_the_best_of_the_sweep(page: &Page<'_>) {
    let race = open(page, "&steps=200");
    race.find("radio", "the same α").focus();
    page.press("ArrowRight");
    race.part("fairness").wait_for_text("of 61 from 1 × 10⁻⁵ to 10, with 200 steps each");
    let alphas = race.script("return arguments[0].snapshot().runs.map(({ alpha }) => alpha)");
    let mut runners = Vec::new();
    for (row, rule) in rules(&["gd", "momentum", "rmsprop", "adam"]).into_iter().enumerate() {
        let sweep = Sweep::new(&Rosenbrock, rule, START, limit(200));
        let alpha = alphas[row].as_f64().expect("α");
        let points: Vec<_> = sweep.over(Spacing::Logarithmic.alphas(1e-5, 10.0, 61)).collect();
        let best = fastest(&points).expect("one that stays").alpha;
        assert!((alpha / best - 1.0).abs() < 0.006, "{}: {alpha}, not {best}", rule.name());
        runners.push((rule, alpha));
    }
    assert!(race.script("return arguments[0].toCSV()") == csv(&runners, 200));
    assert!(
        !race
            .script("return !!arguments[0].shadowRoot.querySelector('#alpha')?.checkVisibility()")
            .as_bool()
            .expect("a choice")
    );
}

fn names(race: &Element<'_, '_>) -> serde_json::Value {
    race.script("return arguments[0].snapshot().runs.map(({ rule }) => rule)")
}

fn rules_join_and_leave(page: &Page<'_>) {
    let race = open(page, "");
    host::listen(page);
    race.find("button", "AdaGrad").click();
    assert_eq!(names(&race), json!(["gd", "momentum", "adagrad", "rmsprop", "adam"]));
    live(page, "5 in the race.");
    assert_eq!(race.find("button", "AdaGrad").attribute("aria-pressed").as_deref(), Some("true"));
    for gone in ["Gradient descent", "Momentum", "AdaGrad", "RMSProp"] {
        race.find("button", gone).click();
    }
    assert_eq!(names(&race), json!(["adam"]));
    // The last rule cannot leave.
    race.find("button", "Adam").click();
    assert_eq!(names(&race), json!(["adam"]));
    let specs = host::heard(page, "gd-change");
    assert_eq!(specs.last().map(|spec| &spec["rules"]), Some(&json!("adam")));
    race.part("table")
        .wait_until("one row", "it.querySelectorAll('tbody tr[data-k]').length === 1");
}

fn rules_join_by_keyboard(page: &Page<'_>) {
    let race = open(page, "");
    race.find("button", "Newton").focus();
    page.press(" ");
    assert_eq!(names(&race), json!(["gd", "momentum", "rmsprop", "adam", "newton"]));
    race.element("tr[data-k='4']").wait_until("its row", "it.cells[0].textContent === 'Newton'");
}

fn a_row_selects_whose_step_is_broken_down(page: &Page<'_>) {
    let race = open(page, "&k=20");
    race.part("autopsy").wait_for_text("Adam, step 21");
    race.element("tr[data-k='1']").click();
    race.part("autopsy").wait_for_text("Momentum, step 21: w′ = w − αv′");
    race.part("command").wait_for_text("--rule momentum --alpha 0.001 --beta 0.9");
    live(page, "Momentum, α = 0.001: loss");
    let table = race.part("table");
    table.focus();
    page.press("ArrowUp");
    race.part("autopsy").wait_for_text("Gradient descent, step 21: w′ = w − α∇f");
    page.press("End");
    race.part("autopsy").wait_for_text("Adam, step 21");
    race.element("tr[data-k='3']")
        .wait_until("the row to be marked", "it.getAttribute('aria-current') === 'true'");
    // Horizontal arrows move along the iterations.
    page.press("ArrowRight");
    race.part("autopsy").wait_for_text("Adam, step 22");
}

/// The numbers of a step as the core computes it, to the printed digits.
fn the_breakdown_has_the_numbers_of_the_step(page: &Page<'_>) {
    for rule in Rule::ALL {
        let name = rule.name();
        let race = open(page, &format!("&rules={name}&runner={name}&k=7"));
        let mut descent = Descent::new(&Rosenbrock, &rule, 0.001, START, limit(500));
        let step = (0..8).map_while(|_| descent.step()).last().expect("a step");
        let body = "return [...arguments[0].querySelectorAll('.sum > div')].map((row) => [...row.children].map((cell) => cell.textContent))";
        let rows = race.part("autopsy").script(body);
        let rows = rows.as_array().expect("rows");
        let row = |term: &str| {
            let found = rows.iter().find(|row| row[0] == term);
            let found = found.unwrap_or_else(|| panic!("{name} has no {term}: {rows:?}"));
            [2, 3].map(|cell| number(found[cell].as_str().expect("a text")))
        };
        let close = |term: &str, expected: [f64; 2]| {
            for (shown, expected) in row(term).into_iter().zip(expected) {
                assert!(
                    (shown - expected).abs() <= 6e-5 * expected.abs(),
                    "{name}, {term}: {shown}, not {expected}"
                );
            }
        };
        let last = usize::from(name == "newton" && descent.outcome().is_some());
        assert_eq!(last, 0, "Newton is on its way for long with this α");
        close("∇f(w₇)", step.gradient);
        close("w₇", step.from);
        close("w₈", step.to);
        close("Δw", step.displacement);
        close("rate", step.rate);
        for (slot, state) in rule.state_names().iter().enumerate() {
            close(state, step.before.vectors[slot]);
            close(&format!("{state}′"), step.after.vectors[slot]);
        }
        let aloud = race.part("autopsy").attribute("aria-label").expect("in words");
        assert!(aloud.contains(rule.title()) && aloud.contains("w₈"), "{aloud}");
    }
}

fn newtons_safeguard_is_a_switch(page: &Page<'_>) {
    let race = open(page, "&rules=newton&loss=double-well&start=0.3,1&alpha=1&steps=20");
    race.part("newton").wait_for_text("Step 1 is not Newton’s");
    race.part("autopsy").wait_for_text("|H|⁻¹∇f");
    race.find("button", "Newton’s safeguard").click();
    race.part("newton").wait_for_text("Step 1 is Newton’s.");
    let snapshot = race.script("return arguments[0].snapshot()");
    assert_eq!(snapshot["spec"]["safeguard"], false);
    assert_eq!(snapshot["runs"][0]["outcome"]["kind"], "stalled", "on the pass");
    assert_eq!(snapshot["runs"][0]["steps"][0], "newton");
    let csv = race.script("return arguments[0].toCSV()");
    assert!(csv.as_str().expect("CSV").contains("gradient_y,step\nnewton,0,"), "{csv}");
}

/// Parses a number printed in English: a true minus sign, grouped thousands, and possibly a
/// superscript power of ten.
fn number(text: &str) -> f64 {
    let plain = text.replace('−', "-").replace(',', "");
    let (digits, power) = plain.split_once("\u{a0}×\u{a0}10").unwrap_or((&plain, "⁰"));
    let power: String = power
        .chars()
        .map(|c| {
            "⁰¹²³⁴⁵⁶⁷⁸⁹"
                .chars()
                .position(|raised| raised == c)
                .map_or('-', |digit| char::from(b'0' + digit as u8))
        })
        .collect();
    format!("{digits}e{power}").parse().expect("a number")
}

/// The map shows x from about −2.5 to 2.5 and y from −1 to 3, at the same scale.
fn assert_started(race: &Element<'_, '_>, map: &Element<'_, '_>, (across, down): (f64, f64)) {
    race.wait_until("another start", "it.spec.start[0] !== -1.2");
    let [_, _, width_px, height_px] = map.bounds();
    let (wide_px, high_px) = (width_px - 42.0, height_px - 32.0);
    let unit = 4.0 / high_px;
    let x = (across * width_px - 34.0 - wide_px / 2.0) * unit;
    let y = 3.0 - (down * height_px - 8.0) * unit;
    let starts =
        race.script("return arguments[0].snapshot().runs.map(({ iterates }) => iterates[0])");
    let starts = starts.as_array().expect("starts");
    assert!(starts.len() == 4 && starts.iter().all(|start| start == &starts[0]), "{starts:?}");
    for (axis, expected) in [x, y].into_iter().enumerate() {
        let at = starts[0][axis].as_f64().expect("a coordinate");
        assert!((at - expected).abs() < 1.5 * unit, "{starts:?}, meant {x}, {y}");
    }
    race.part("standing").wait_for_text("All runs are at the start.");
}

fn a_click_on_the_map_starts_all_there(page: &Page<'_>) {
    let race = open(page, "&k=40");
    let map = race.find("application", MAP);
    map.click_at(0.6, 0.4);
    assert_started(&race, &map, (0.6, 0.4));
    live(page, "Dropped at");
}

fn a_tap_on_the_map_starts_all_there(page: &Page<'_>) {
    let race = open(page, "&k=40");
    let map = race.find("application", MAP);
    map.tap_at(0.4, 0.3);
    assert_started(&race, &map, (0.4, 0.3));
}

fn keys_start_all_there(page: &Page<'_>) {
    let race = open(page, "");
    race.find("application", MAP).focus();
    for key in ["ArrowRight", "ArrowRight", "ArrowDown", "Enter"] {
        page.press(key);
    }
    race.wait_until("another start", "it.spec.start[0] > -1.2 && it.spec.start[1] < 1");
    live(page, "Dropped at");
}

fn a_landscape_brings_its_start_and_rate(page: &Page<'_>) {
    let race = open(page, "");
    race.find("combobox", "Landscape").choose("Himmelblau");
    race.wait_until("the landscape", "it.spec.loss === 'himmelblau'");
    let known = downhill::landscapes_2d().into_iter().find(|known| known.name == "himmelblau");
    let known = known.expect("Himmelblau");
    let spec = race.script("const { alpha, start } = arguments[0].spec; return [alpha, ...start]");
    let numbers: Vec<_> = spec.as_array().into_iter().flatten().map(|n| n.as_f64()).collect();
    assert_eq!(numbers, [known.alpha, known.start[0], known.start[1]].map(Some));
}

fn a_custom_formula_can_be_raced_on(page: &Page<'_>) {
    let race = open(page, "");
    let field = race.find("textbox", "Loss f(x, y)");
    field.fill("x^2 + 3y^2");
    race.wait_until("the formula", "it.spec.loss === 'x^2 + 3y^2'");
    let _column = race.find("columnheader", "from the start");
    page.settle();
    field.fill("x^2 +");
    let said = "[...it.shadowRoot.querySelectorAll('[part=error]')].some(({ textContent }) => textContent.includes('Loss f(x, y) must be'))";
    race.wait_until("what is wrong with it", said);
    assert_eq!(race.script("return arguments[0].spec.loss"), "x^2 + 3y^2");
}

/// Both have the core's numbers, and a name that says in what they differ.
fn the_same_rule_runs_twice_from_an_address(page: &Page<'_>) {
    let race = open(page, "&rules=adam,adam&other-alpha=1&runner=adam:2&k=last");
    race.part("standing").wait_for_text("After 500 iterations Adam, α");
    let adam = Rule::ALL[5];
    let csv = csv(&[(adam, 0.001), (adam, 1.0)], 500);
    let shown = race.script("return arguments[0].toCSV().replaceAll('adam:2', 'adam')");
    assert!(shown == csv, "the page has other numbers than the core");
    assert_eq!(
        race.script("return arguments[0].snapshot().runs.map(({ name, rule, alpha }) => [name, rule, alpha])"),
        json!([["adam", "adam", 0.001], ["adam:2", "adam", 1]])
    );
    let rows = race.script(
        "return [...arguments[0].shadowRoot.querySelectorAll('[part=table] tbody tr[data-k]')].map((row) => row.textContent)",
    );
    let row = |index: usize| rows[index].as_str().expect("a row").replace('\u{a0}', " ");
    assert!(row(0).starts_with("Adam, α 0.001") && row(1).starts_with("Adam, α 1"), "{rows}");
    // The slider of the second run moves it alone.
    race.find("textbox", "α of the other run, value").fill("0.1");
    race.wait_until("another α", "it.snapshot().runs[1].alpha === 0.1");
    assert_eq!(race.script("return arguments[0].snapshot().runs[0].alpha"), json!(0.001));
}

fn a_button_lets_a_rule_run_twice(page: &Page<'_>) {
    let race = open(page, "&rules=gd,momentum&runner=momentum");
    race.find("button", "Momentum twice").click();
    race.wait_until("three runs", "it.snapshot().runs.length === 3");
    assert_eq!(
        race.script(
            "const { rules, 'other-beta': beta } = arguments[0].spec; return [rules, beta]"
        ),
        json!(["gd,momentum,momentum", 0.5])
    );
    live(page, "Momentum, β");
    race.find("button", "Momentum twice").click();
    race.wait_until("two runs", "it.snapshot().runs.length === 2");
}

fn what_is_no_rule_of_the_race_is_refused(page: &Page<'_>) {
    let race = open(page, "&rules=adam,adam,adam&other-alpha=fast");
    let error = race.part("error");
    error.wait_for_text("each at most twice, with commas between them, not “adam,adam,adam”.");
    error.wait_for_text("other-alpha must be a number from 0 to 1000000, or same, not “fast”.");
    assert_eq!(race.script("return arguments[0].snapshot().runs.length"), json!(4));
}

fn the_chart_scrubs_all_of_them(page: &Page<'_>) {
    let race = open(page, "");
    let chart = race.find("application", "The loss at every iteration");
    let width_px = chart.bounds()[2];
    let across = |k: f64| (46.0 + k / 500.0 * (width_px - 60.0)) / width_px;
    chart.drag((across(50.0), 0.5), (across(250.0), 0.6));
    race.wait_until("the middle", "Math.abs(it.snapshot().k - 250) < 4");
    race.part("standing").wait_for_text("Momentum is ahead");
}
