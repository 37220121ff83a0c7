//! Renders an SVG document as PNG.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// The only font used, whatever the machine has installed, so that pictures are the same
/// everywhere.
const FACE: &[u8] = include_bytes!("../font/DejaVuSans-subset.ttf");

/// The family name of that font.
const FAMILY: &str = "DejaVu Sans";

/// Pixels per CSS pixel, so that print and dense screens are sharp.
const DOTS: f32 = 2.0;

/// Renders an SVG document as a PNG file.
///
/// # Errors
/// If the picture cannot be rendered, with the reason.
pub(crate) fn of(svg: &str) -> Result<Vec<u8>, String> {
    let tree = tree(svg)?;
    let size = tree.size().to_int_size().scale_by(DOTS).ok_or("the picture has no size")?;
    let mut dots = Pixmap::new(size.width(), size.height()).ok_or("the picture is too large")?;
    resvg::render(&tree, Transform::from_scale(DOTS, DOTS), &mut dots.as_mut());
    dots.encode_png().map_err(|error| error.to_string())
}

/// Reads an SVG document, with the bundled font for all text.
///
/// # Errors
/// If it is none, with the reason.
pub(crate) fn tree(svg: &str) -> Result<Tree, String> {
    let mut options = Options { font_family: FAMILY.to_owned(), ..Options::default() };
    let fonts = options.fontdb_mut();
    fonts.load_font_data(FACE.to_vec());
    fonts.set_sans_serif_family(FAMILY);
    Tree::from_str(svg, &options).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// System fonts are not loaded, so any visible text uses the bundled font.
    #[test]
    fn text_uses_the_bundled_font() {
        let svg = |text: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"20\" font-family=\"Seravek, sans-serif\">\
                 <text x=\"2\" y=\"15\" font-size=\"14\" fill=\"#000000\">{text}</text></svg>"
            )
        };
        let drawn =
            |text: &str| Pixmap::decode_png(&of(&svg(text)).expect("a file")).expect("a PNG");
        let ink = |text: &str| drawn(text).pixels().iter().filter(|dot| dot.alpha() > 128).count();
        assert_eq!((drawn("").width(), drawn("").height(), ink("")), (120, 40, 0));
        for text in ["10⁻⁸", "−1.5", "∇f", "Δw", "κ", "α₀"] {
            assert!(ink(text) > 40, "{text} is not to be seen");
        }
        assert!(of("no picture").is_err());
    }
}
