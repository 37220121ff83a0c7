//! Compressed sizes of files.

use std::io::Write;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// The bytes after `gzip -9`.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory takes what is written");
    encoder.finish().expect("memory takes what is written")
}

/// The number of bytes after `gzip -9`.
#[must_use]
pub fn gzip_size(bytes: &[u8]) -> usize {
    gzip(bytes).len()
}

/// The number of bytes after Brotli at its best.
#[must_use]
pub fn brotli_size(bytes: &[u8]) -> usize {
    let mut compressed = Vec::new();
    let best = BrotliEncoderParams { quality: 11, lgwin: 22, ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &best)
        .expect("memory takes what is written");
    compressed.len()
}

#[cfg(test)]
mod tests {
    use super::{brotli_size, gzip_size};

    #[test]
    fn repetition_compresses() {
        let text = b"downhill ".repeat(1000);
        assert!(gzip_size(&text) < 100, "{}", gzip_size(&text));
        assert!(brotli_size(&text) < 60, "{}", brotli_size(&text));
    }
}
