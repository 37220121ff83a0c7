//! Files packed into a page.

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use anyhow::{Context, Result};
use base64::Engine as _;
use zopfli::{Format, Options};

/// How often the compressor tries to do better. More takes longer, for a hundred bytes.
const EFFORT: NonZeroU64 = NonZeroU64::new(5).expect("not zero");

/// Files by name.
#[derive(Debug, Default)]
pub(super) struct Archive {
    files: BTreeMap<String, Vec<u8>>,
}

impl Archive {
    /// Adds a file, in the place of an earlier one of that name.
    pub(super) fn add(&mut self, name: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(name.to_owned(), bytes.into());
    }

    /// The contents of a file.
    pub(super) fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// A line of names and lengths, then the files; compressed, and in letters. The same files give
    /// the same letters.
    pub(super) fn packed(&self) -> Result<String> {
        let list: Vec<_> = self.files.iter().map(|(name, bytes)| (name, bytes.len())).collect();
        let mut all = serde_json::to_vec(&list)?;
        all.push(b'\n');
        self.files.values().for_each(|bytes| all.extend(bytes));
        let mut packed = Vec::new();
        let options = Options { iteration_count: EFFORT, ..Options::default() };
        zopfli::compress(options, Format::Gzip, &*all, &mut packed)
            .context("compressing a page")?;
        Ok(base64::prelude::BASE64_STANDARD.encode(packed))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use base64::Engine as _;

    use super::Archive;

    #[test]
    fn files_come_back() {
        let mut archive = Archive::default();
        archive.add("a/b.js", "let x;");
        archive.add("c.wasm", [1]);
        archive.add("c.wasm", [0, 255]);
        assert_eq!(archive.get("c.wasm"), Some(&[0, 255][..]));
        assert_eq!(archive.get("d"), None);
        let packed = archive.packed().unwrap();
        assert_eq!(packed, archive.packed().unwrap());
        let bytes = base64::prelude::BASE64_STANDARD.decode(packed).unwrap();
        let mut opened = Vec::new();
        flate2::read::GzDecoder::new(&*bytes).read_to_end(&mut opened).unwrap();
        assert_eq!(opened, b"[[\"a/b.js\",6],[\"c.wasm\",2]]\nlet x;\x00\xff");
    }
}
