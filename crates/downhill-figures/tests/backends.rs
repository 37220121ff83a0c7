//! Any backend of plotters can draw a recorded scene; this test uses its SVG backend.

use downhill_figures::{Input, Locale, NAMES, Palette, SUBPIXEL, Scene, Shape, Theme, figure};
use plotters_svg::SVGBackend;

/// The elements of a scene that plotters' backend for SVG wrote.
fn drawn(scene: &Scene, palette: &Palette) -> Vec<String> {
    let size = |px: f64| (px * f64::from(SUBPIXEL)) as u32;
    let mut svg = String::new();
    let mut backend =
        SVGBackend::with_string(&mut svg, (size(scene.width_px), size(scene.height_px)));
    scene.replay(&mut backend, palette).expect("every shape is drawn");
    drop(backend);
    // A text is an element of three lines, every other shape one of one line.
    let svg = svg.replace("\n</text>", "").replace(">\n", ">");
    let elements = svg.split('<').filter(|element| !element.trim().is_empty());
    let elements: Vec<String> = elements.map(String::from).collect();
    let [first, shapes @ .., last] = &elements[..] else { panic!("no picture: {svg}") };
    assert!(first.starts_with("svg ") && last.starts_with("/svg"), "{svg}");
    shapes.to_vec()
}

/// What an element has to say of a shape.
fn expected(shape: &Shape) -> Vec<String> {
    let points = |points: &[(i32, i32)]| {
        let points: String = points.iter().map(|(x, y)| format!("{x},{y} ")).collect();
        format!(" points=\"{points}\"")
    };
    match shape {
        Shape::Path(line, width) => {
            vec!["polyline ".into(), points(line), format!(" stroke-width=\"{width}\"")]
        }
        Shape::Polygon(outline) => vec!["polygon ".into(), points(outline)],
        Shape::Circle((x, y), radius, _) => {
            vec!["circle ".into(), format!(" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"")]
        }
        Shape::Text(text, (x, y), _, _) => {
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            vec!["text ".into(), format!(" x=\"{x}\" y=\"{y}\""), format!(">{text}")]
        }
    }
}

#[test]
fn every_figure_is_drawn_by_a_backend_of_plotters() {
    for name in NAMES {
        let mut figure = figure(name, Locale::default()).expect("a figure");
        let _changes = figure.apply(&Input::Step(5));
        let mut kinds = [0; 4];
        for pane in 0..figure.declaration().panes.len() {
            let _changes = figure.apply(&Input::Resize(pane, 600.0, 400.0));
            let scene = figure.static_layer(pane);
            for theme in [Theme::Light, Theme::Dark] {
                let palette = Palette::of(theme);
                let elements = drawn(&scene, &palette);
                // What is wholly transparent is not drawn.
                let ops: Vec<_> = scene.ops.iter().filter(|op| op.alpha != 0.0).collect();
                assert_eq!(elements.len(), ops.len(), "{name}, pane {pane}");
                for (element, op) in elements.iter().zip(&ops) {
                    let color = palette.lit(op.role, op.light).hex().to_uppercase();
                    let paint = [format!("=\"{color}\""), format!(" opacity=\"{}\"", op.alpha)];
                    for part in expected(&op.shape).into_iter().chain(paint) {
                        assert!(
                            element.contains(&part),
                            "{name}, pane {pane}: {part} is not in {element}"
                        );
                    }
                    kinds[match op.shape {
                        Shape::Path(..) => 0,
                        Shape::Polygon(..) => 1,
                        Shape::Circle(..) => 2,
                        Shape::Text(..) => 3,
                    }] += 1;
                }
            }
        }
        let [paths, _, _, texts] = kinds;
        assert!(paths > 0 && texts > 0, "{name} draws axes: {kinds:?}");
    }
}
