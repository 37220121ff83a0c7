//! Compressed sizes of the files that a page loads.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::page::Page;
use crate::site::site_folder;

/// The files that a page of the lesson fetched, with their compressed sizes in bytes.
#[derive(Debug)]
pub struct Weight(Vec<(usize, String)>);

impl Weight {
    /// The files fetched when the lesson is opened and not scrolled; after `gzip -9`.
    #[track_caller]
    pub fn of_first_load(page: &Page<'_>) -> Self {
        page.arrive();
        Self::of(page, "", gzip_size)
    }

    /// The WebAssembly modules of the whole lesson; after Brotli.
    #[track_caller]
    pub fn of_modules(page: &Page<'_>) -> Self {
        page.open("index.html");
        page.settle_all();
        Self::of(page, ".wasm", brotli_size)
    }

    fn of(page: &Page<'_>, end: &str, size: fn(&[u8]) -> usize) -> Self {
        let mut files = page.site().take_requests();
        files.sort();
        files.dedup();
        files.retain(|file| file.ends_with(end));
        let sized =
            |file: String| Some((size(&fs::read(site_folder().join(&file[1..])).ok()?), file));
        Self(files.into_iter().filter_map(sized).collect())
    }

    /// The sum of all sizes.
    #[must_use]
    pub fn sum(&self) -> usize {
        self.0.iter().map(|(size, _)| size).sum()
    }

    /// Whether there is a file with this ending.
    #[must_use]
    pub fn has(&self, end: &str) -> bool {
        self.0.iter().any(|(_, file)| file.ends_with(end))
    }
}

/// The bytes after `gzip -9`.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory takes what is written");
    encoder.finish().expect("memory takes what is written")
}

/// The number of bytes after `gzip -9`.
fn gzip_size(bytes: &[u8]) -> usize {
    gzip(bytes).len()
}

/// What these files of a folder are together after `gzip -9`, by paths that begin with `start`.
#[must_use]
pub fn gzip_sum(folder: &Path, start: &str, paths: &[String]) -> usize {
    let files: BTreeSet<&str> = paths.iter().filter_map(|path| path.strip_prefix(start)).collect();
    files.iter().filter_map(|file| Some(gzip_size(&fs::read(folder.join(file)).ok()?))).sum()
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
