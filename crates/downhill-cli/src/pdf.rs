//! Writes an SVG document as PDF.

use svg2pdf::{ConversionOptions, PageOptions};

use crate::png;

/// Writes an SVG document as a PDF file of one page, as large as the picture, whose text can be
/// searched and copied.
///
/// # Errors
/// If the picture cannot be converted, with the reason.
pub(crate) fn of(svg: &str) -> Result<Vec<u8>, String> {
    let tree = png::tree(svg)?;
    svg2pdf::to_pdf(&tree, ConversionOptions::default(), PageOptions::default())
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn text_stays_text() {
        let svg = |text: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"20\">\
                 <text x=\"2\" y=\"15\" font-size=\"14\">{text}</text></svg>"
            )
        };
        let (empty, written) = (of(&svg("")).unwrap(), of(&svg("α₀")).unwrap());
        assert!(written.starts_with(b"%PDF-"));
        let has_font = |pdf: &[u8]| pdf.windows(8).any(|bytes| bytes == b"FontFile");
        assert!(has_font(&written) && !has_font(&empty));
        assert!(of("no picture").is_err());
    }
}
