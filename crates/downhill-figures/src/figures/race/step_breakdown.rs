//! The step breakdown: one step of one rule as a calculation in two columns and on the map.

use downhill::{NewtonStep, Rule, Step};

use super::model::Runner;
use crate::draw::{Align, ColorRole, OverlayShape, between};
use crate::framework::declaration::{Cell, Readout};
use crate::panes::contour_map::ContourPane;
use crate::text::locale::Locale;
use crate::text::numbers::lowered;

/// The formulas of a rule: its step, its state updates, the direction, and the rate that multiplies
/// it. A prime marks values after the step.
struct Working {
    step: &'static str,
    renewed: [&'static str; 2],
    direction: [&'static str; 2],
    rate: &'static str,
}

fn working(rule: &Rule) -> Working {
    const MEAN: &str = "β₁m + (1 − β₁)∇f";
    const SQUARES: &str = "β₂v + (1 − β₂)∇f²";
    const VELOCITY: &str = "βv + ∇f";
    const RECENT: &str = "ρs + (1 − ρ)∇f²";
    const SCALED: &str = "α/(√v̂ + ε), v̂ = v′/(1 − β₂ᵗ)";
    let (step, renewed, direction, rate) = match rule {
        Rule::Momentum { .. } => ("w′ = w − αv′", [VELOCITY, ""], ["v′", ""], "α"),
        Rule::Nesterov { .. } => ("w′ = w − α(∇f + βv′)", [VELOCITY, ""], ["∇f + βv′", ""], "α"),
        Rule::AdaGrad { .. } => {
            ("w′ = w − α∇f/(√s′ + ε)", ["s + ∇f²", ""], ["∇f", ""], "α/(√s′ + ε)")
        }
        Rule::RmsProp { .. } => ("w′ = w − α∇f/(√s′ + ε)", [RECENT, ""], ["∇f", ""], "α/(√s′ + ε)"),
        Rule::Adam { .. } => {
            ("w′ = w − αm̂/(√v̂ + ε)", [MEAN, SQUARES], ["m̂", "m′/(1 − β₁ᵗ)"], SCALED)
        }
        Rule::AdamW { .. } => {
            ("w′ = w − αλw − αm̂/(√v̂ + ε)", [MEAN, SQUARES], ["m̂", "m′/(1 − β₁ᵗ)"], SCALED)
        }
        Rule::Nadam { .. } => {
            let ahead = ["m̂", "μₜ₊₁m′/(1 − ∏ⁱ⁼ᵗ⁺¹μᵢ) + (1 − μₜ)∇f/(1 − ∏ⁱ⁼ᵗμᵢ)"];
            ("w′ = w − αm̂/(√v̂ + ε)", [MEAN, SQUARES], ahead, SCALED)
        }
        Rule::Adadelta { .. } => {
            let rate = "α√(u + ε)/√(s′ + ε)";
            ("w′ = w − α∇f√(u + ε)/√(s′ + ε)", [RECENT, "ρu + (1 − ρ)Δ²"], ["∇f", ""], rate)
        }
        Rule::Adafactor { .. } => {
            let renewed = ["β̂v + (1 − β̂)(∇f² + ε₁), β̂ = 1 − t⁻ᶜ", ""];
            let rate = "max(ε₂, RMS(w))·min(α, 1/√t)/(√v′·max(1, RMS(U)/d)), U = ∇f/√v′";
            ("w′ = w − max(ε₂, RMS(w))·min(α, 1/√t)·U/max(1, RMS(U)/d)", renewed, ["∇f", ""], rate)
        }
        Rule::Newton { .. } => ("w′ = w − αH⁻¹∇f", ["", ""], ["H⁻¹∇f", ""], "α"),
        _ => ("w′ = w − α∇f", ["", ""], ["∇f", ""], "α"),
    };
    Working { step, renewed, direction, rate }
}

/// The calculation in two columns, x and y. Whatever would give away a prediction is hidden.
pub(super) fn readout(
    runner: &Runner,
    (k, step): &(u32, Step<2>),
    hidden: bool,
    locale: &Locale,
) -> Readout {
    let Working { step: formula, renewed, direction, rate } = working(&runner.rule);
    let (now, next) = (lowered(*k), lowered(k + 1));
    let mut rows: Vec<[Cell; 5]> = Vec::new();
    let mut words = Vec::new();
    let mut row =
        |term: &str, sign: &str, at: [f64; 2], note: &str, role: ColorRole, told: bool| {
            let [x, y] =
                at.map(
                    |value| if told { locale.digits.significant(value, 5) } else { "?".to_owned() },
                );
            words.push(locale.format(
                "autopsy-row",
                &[("sign", sign), ("term", term), ("note", note), ("x", &*x), ("y", &*y)],
            ));
            rows.push(
                [
                    (term, role),
                    (sign, ColorRole::Muted),
                    (&*x, role),
                    (&*y, role),
                    (note, ColorRole::Muted),
                ]
                .map(|(text, role)| Cell { text: text.to_owned(), role }),
            );
        };
    row(&format!("∇f(w{now})"), "", step.gradient, "", ColorRole::Gradient, true);
    let names = runner.rule.state_names();
    for (slot, name) in names.iter().enumerate() {
        row(name, "", step.before.vectors[slot], "", ColorRole::Muted, true);
    }
    for (slot, name) in names.iter().enumerate() {
        row(
            &format!("{name}′"),
            "",
            step.after.vectors[slot],
            renewed[slot],
            ColorRole::Ink,
            !hidden,
        );
    }
    let instead = match step.newton {
        Some(NewtonStep::Safeguard) => Some(("|H|⁻¹∇f", locale.get("autopsy-safeguard"))),
        Some(NewtonStep::Singular) => Some(("∇f", locale.get("autopsy-singular"))),
        _ => None,
    };
    let [term, how] = instead.as_ref().map_or(direction, |(term, how)| [*term, &**how]);
    row(&format!("w{now}"), "", step.from, "", ColorRole::Ink, true);
    if step.decay != [0.0; 2] {
        row("αλw", "−", step.decay, "", ColorRole::Ink, !hidden);
    }
    let scale = if rate == "α" { "" } else { rate };
    row(&locale.get("autopsy-rate"), "−", step.rate, scale, ColorRole::Ink, !hidden);
    row(term, "·", step.direction, how, ColorRole::Ink, !hidden);
    row(&format!("w{next}"), "=", step.to, "", ColorRole::Step, !hidden);
    row("Δw", "", step.displacement, "", ColorRole::Step, !hidden);
    let values =
        [("name", runner.rule.title()), ("next", &*(k + 1).to_string()), ("formula", formula)];
    let head = locale.format("autopsy-head", &values);
    let label = format!("{head} {}", words.join(" "));
    Readout::Rule { id: "autopsy", part: "autopsy", label, head, rows }
}

/// The arrows of gradient and step with their names, and a rectangle whose sides are proportional to
/// the coordinates' rates.
pub(super) fn marks(map: &ContourPane, step: &Step<2>) -> Vec<OverlayShape> {
    /// The maximum length at which a step is drawn, in CSS pixels.
    const LONGEST_PX: f64 = 400.0;
    /// The width of a name.
    const NAME_PX: f64 = 20.0;
    let frame = map.frame();
    // The longer side of the rectangle and the length of the gradient's arrow, and the minimum length of a
    // step: less on a low map, which they would cover.
    let (side_px, shortest_px) = if frame.height_px < 200.0 { (32.0, 22.0) } else { (56.0, 30.0) };
    let at = frame.point_px(step.from[0], step.from[1]);
    if !frame.contains(step.from[0], step.from[1]) {
        return Vec::new();
    }
    // The gradient's length says nothing, so that it leaves room for its name before the border.
    let room = |(x, y): (f64, f64)| {
        let across = if x < 0.0 { frame.left_px - at.0 } else { frame.right_px() - at.0 } / x;
        let down = if y < 0.0 { frame.top_px - at.1 } else { frame.bottom_px() - at.1 } / y;
        let nearer = if across < down { across } else { down };
        if nearer > 2.0 * NAME_PX { nearer - NAME_PX } else { NAME_PX }
    };
    // A vector of the plane in pixels.
    let pixels = |v: [f64; 2]| {
        let (x, y) = frame.point_px(step.from[0] + v[0], step.from[1] + v[1]);
        (x - at.0, y - at.1)
    };
    let arrow = |v: [f64; 2], shortest: f64, longest: f64, role: ColorRole| {
        let size = libm::hypot(v[0], v[1]);
        // The direction is taken from a vector large enough for pixels.
        let (dx, dy) = pixels(v.map(|x| x / size * (frame.x.to - frame.x.from)));
        let unit = libm::hypot(dx, dy);
        let true_px = size / (frame.x.to - frame.x.from) * unit;
        let longest = match role {
            ColorRole::Gradient => between(longest, 0.0, room((dx / unit, dy / unit))),
            _ => longest,
        };
        let shortest = if shortest < longest { shortest } else { longest };
        let length = between(true_px, shortest, longest);
        let to = (at.0 + dx / unit * length, at.1 + dy / unit * length);
        (to.0.is_finite() && to.1.is_finite()).then_some(OverlayShape::Arrow {
            from: at,
            to,
            role,
            width: 2.5,
        })
    };
    let (mut inside, mut names) = (Vec::new(), Vec::new());
    let [rx, ry] = step.rate.map(f64::abs);
    let largest = if rx > ry { rx } else { ry };
    let (half_x, half_y) = (rx / largest * side_px / 2.0, ry / largest * side_px / 2.0);
    if half_x.is_finite() && half_y.is_finite() {
        let corner = |sx: f64, sy: f64| (at.0 + sx * half_x, at.1 + sy * half_y);
        let corners =
            [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)];
        for (role, width) in [(ColorRole::Panel, 4.0), (ColorRole::Ink, 1.5)] {
            inside.push(OverlayShape::Path {
                points: corners.map(|(sx, sy)| corner(sx, sy)).to_vec(),
                role,
                width,
                dashed: false,
                opacity: 0.8,
            });
        }
    }
    for (name, vector, shortest, longest, role) in [
        ("∇f", step.gradient, side_px, side_px, ColorRole::Gradient),
        ("Δw", step.displacement, shortest_px, LONGEST_PX, ColorRole::Step),
    ] {
        if let Some(mark) = arrow(vector, shortest, longest, role) {
            if let OverlayShape::Arrow { to, .. } = mark
                && let (x, y) = frame.world(to.0, to.1)
                && frame.contains(x, y)
            {
                let align = if to.0 < at.0 { Align::End } else { Align::Start };
                let aside = if to.0 < at.0 { -4.0 } else { 4.0 };
                let text = name.to_owned();
                names.push(OverlayShape::Label { at: (to.0 + aside, to.1), text, role, align });
            }
            inside.push(mark);
        }
    }
    // The names are not clipped, so that other labels can keep off them.
    names.insert(0, OverlayShape::within(&frame, inside));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_formula() {
        for rule in &Rule::ALL {
            let Working { step, renewed, .. } = working(rule);
            let is_plain = *rule == Rule::GradientDescent;
            assert_eq!(step == "w′ = w − α∇f", is_plain, "{}", rule.name());
            let updates = renewed.iter().filter(|update| !update.is_empty()).count();
            assert_eq!(updates, rule.state_names().len(), "{}", rule.name());
        }
    }
}
