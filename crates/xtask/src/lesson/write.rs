//! Writes files only when their content changes, so that a file watcher does not loop.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// An output directory that ends up with exactly the files put into it.
#[derive(Debug)]
pub(crate) struct Output {
    root: PathBuf,
    kept: BTreeSet<PathBuf>,
    changed: usize,
}

impl Output {
    /// Starts without any files.
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), kept: BTreeSet::new(), changed: 0 }
    }

    /// Adds a file, writing to disk only if it is new or different.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub(crate) fn put(&mut self, path: &str, content: &str) -> io::Result<()> {
        let path = self.root.join(path);
        if fs::read(&path).ok().as_deref() != Some(content.as_bytes()) {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&path, content)?;
            self.changed += 1;
        }
        self.kept.insert(path);
        Ok(())
    }

    /// Removes files in these subdirectories that were not put this time, and returns how many
    /// files changed.
    ///
    /// # Errors
    /// If a stale file cannot be removed.
    pub(crate) fn finish(mut self, directories: &[&str]) -> io::Result<usize> {
        for directory in directories {
            let Ok(entries) = fs::read_dir(self.root.join(directory)) else { continue };
            for entry in entries {
                let path = entry?.path();
                if path.is_file() && !self.kept.contains(&path) {
                    fs::remove_file(&path)?;
                    self.changed += 1;
                }
            }
        }
        Ok(self.changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_only_what_changed_and_removes_what_is_stale() {
        let root = std::env::temp_dir().join(format!("downhill-output-{}", std::process::id()));
        let build = |content: &str, names: &[&str]| {
            let mut output = Output::new(&root);
            for name in names {
                output.put(&format!("part/{name}"), content).unwrap();
            }
            output.finish(&["part"]).unwrap()
        };
        assert_eq!(build("a", &["one", "two"]), 2);
        assert_eq!(build("a", &["one", "two"]), 0);
        assert_eq!(build("b", &["one"]), 2);
        assert!(!root.join("part/two").exists());
        fs::remove_dir_all(&root).unwrap();
    }
}
