//! The basin map while α is dragged: whole maps of formulas that are quickly walked, coarse ones that
//! get finer of others.

use downhill_figures::{Figure, Input, Locale, Tint, Value, figure};

/// Cells along a side.
const CELLS: usize = 256;

/// The starts of a loss with descents of so many steps, and the first map complete.
fn starts(loss: &str, steps: usize) -> Figure {
    let mut starts = figure("starts", Locale::default()).expect("a figure");
    let _ = starts.apply(&Input::Resize(0, 480.0, 420.0));
    let _ = starts.apply(&Input::Set("steps", &steps.to_string()));
    let _ = starts.apply(&Input::Set("loss", loss));
    assert_eq!(starts.value("loss"), Some(Value::Text(loss.to_owned())));
    while starts.apply(&Input::Work(1_000_000)).working {}
    starts
}

/// An event of the slider: a α of its own.
fn drag(starts: &mut Figure, alpha: f64) {
    let changes = starts.apply(&Input::Set("alpha", &alpha.to_string()));
    assert!(changes.raster && changes.working, "another map is needed");
}

/// The colours on screen.
fn painted(starts: &Figure) -> Vec<Tint> {
    starts.raster(0, u32::MAX).expect("a map").cells
}

/// Whether the map of the present α is complete.
fn is_done(starts: &mut Figure) -> bool {
    starts.snapshot().data.contains(&("done", Value::Toggle(true)))
}

#[test]
fn an_event_of_alpha_is_answered_with_the_whole_map() {
    for (loss, steps, alpha) in [
        ("himmelblau", 200, 0.013),
        ("rosenbrock", 200, 0.0007),
        ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", 10, 0.013),
    ] {
        let mut starts = starts(loss, steps);
        for event in 0..3 {
            drag(&mut starts, alpha * (1.0 + 0.1 * f64::from(event)));
            // As much work as the map can take.
            let changes = starts.apply(&Input::Work(CELLS * CELLS * steps));
            assert!(changes.raster && !changes.working && is_done(&mut starts), "{loss}");
            assert_eq!(painted(&starts).len(), CELLS * CELLS);
        }
    }
}

#[test]
fn short_maps_are_seen_whole_however_fast_alpha_is_dragged() {
    let alphas = [0.01, 0.011, 0.012, 0.013, 0.014, 0.015, 0.016];
    let whole = alphas.map(|alpha| {
        let mut starts = starts("himmelblau", 200);
        let _ = starts.apply(&Input::Set("alpha", &alpha.to_string()));
        while starts.apply(&Input::Work(usize::MAX)).working {}
        painted(&starts)
    });
    let mut starts = starts("himmelblau", 200);
    let mut seen = vec![0];
    let mut look = |starts: &Figure| {
        let now = painted(starts);
        let index = whole.iter().position(|map| *map == now);
        seen.push(index.expect("a whole map of one of these α"));
        seen.dedup();
    };
    for alpha in &alphas[1..] {
        drag(&mut starts, *alpha);
        // The next event comes before the map is complete.
        for _ in 0..4 {
            if starts.apply(&Input::Work(500_000)).raster {
                look(&starts);
            }
        }
    }
    while starts.apply(&Input::Work(500_000)).working {
        look(&starts);
    }
    look(&starts);
    assert!(seen.is_sorted() && seen.len() >= 4 && seen.last() == Some(&6), "{seen:?}");
}

#[test]
fn a_long_map_is_seen_as_it_gets_finer() {
    // With functions that kernels call.
    let mut starts = starts("sin(x)*cos(y) + exp(-(x^2+y^2)/8) + tanh(x)*ln(2 + y^2)/99", 80);
    let before = painted(&starts);
    drag(&mut starts, 1.0);
    let mut seen = Vec::new();
    loop {
        let changes = starts.apply(&Input::Work(24_000));
        let now = painted(&starts);
        if now != before && seen.last() != Some(&now.len()) {
            seen.push(now.len());
        }
        if !changes.working {
            break;
        }
    }
    assert_eq!(seen, [64 * 64, 128 * 128, CELLS * CELLS]);
}
