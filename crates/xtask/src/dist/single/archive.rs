//! Files packed into a page.

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use anyhow::{Context, Result};
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
        Ok(in_letters(&packed))
    }
}

/// Four bytes as five characters, of which the last four bytes may be fewer: a fifteenth less than in
/// base64. The characters are those of ASCII from `(` on without `<` and `\\`, so that they can stand in
/// a page and in a string. `www/single/unpacked.js` reads them.
fn in_letters(bytes: &[u8]) -> String {
    let mut letters = String::with_capacity(bytes.len() / 4 * 5 + 5);
    for part in bytes.chunks(4) {
        let mut group = [0; 4];
        group[..part.len()].copy_from_slice(part);
        let mut value = u32::from_be_bytes(group);
        let mut digits = [0; 5];
        for digit in digits.iter_mut().rev() {
            *digit = (value % 85) as u8;
            value /= 85;
        }
        letters.extend(digits[..=part.len()].iter().map(|digit| letter(*digit)));
    }
    letters
}

fn letter(digit: u8) -> char {
    let code = b'(' + digit;
    let code = code + u8::from(code >= b'<');
    char::from(code + u8::from(code >= b'\\'))
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::{Archive, in_letters, letter};

    /// The bytes that [`in_letters`] has written.
    fn read(letters: &str) -> Vec<u8> {
        let all: String = (0..85).map(letter).collect();
        let mut bytes = Vec::new();
        for group in letters.as_bytes().chunks(5) {
            let digit = |at: usize| {
                group
                    .get(at)
                    .map_or(84, |code| all.find(char::from(*code)).expect("a letter") as u64)
            };
            let value = (0..5).fold(0, |value, at| 85 * value + digit(at));
            let four = u32::try_from(value).expect("four bytes").to_be_bytes();
            bytes.extend(&four[..group.len() - 1]);
        }
        bytes
    }

    #[test]
    fn any_bytes_come_back() {
        for end in 0..9 {
            for bytes in [vec![0; end], vec![255; end], (250..=255).cycle().take(end).collect()] {
                let letters = in_letters(&bytes);
                assert_eq!(read(&letters), bytes, "{letters}");
            }
        }
        let all: String = (0..85).map(letter).collect();
        assert!(all.starts_with("()*") && all.ends_with("|}~"));
        assert!(!all.contains(['<', '\\', '"', '&']));
    }

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
        let bytes = read(&packed);
        let mut opened = Vec::new();
        flate2::read::GzDecoder::new(&*bytes).read_to_end(&mut opened).unwrap();
        assert_eq!(opened, b"[[\"a/b.js\",6],[\"c.wasm\",2]]\nlet x;\x00\xff");
    }
}
