//! The site's scripts and module before they are bundled and split.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::dist::split;
use crate::project;

/// A copy of what the site is made of.
pub(in crate::dist) struct Stage {
    pub(super) folder: PathBuf,
}

/// What pages in one file are made of.
const FOLDERS: [&str; 4] = ["elements", "frame", "page", "programs"];
const FILES: [&str; 3] = ["main.js", "downhill-web.js", "downhill-formulas.js"];

impl Stage {
    /// Copies what is needed from a site whose names have been shortened.
    pub(in crate::dist) fn copy(site: &Path) -> Result<Self> {
        let folder = project::root().join("target/single");
        fs::remove_dir_all(&folder).ok();
        for name in FOLDERS {
            copy_folder(&site.join(name), &folder.join(name))?;
        }
        copy_folder(&site.join("micropython"), &folder.join("micropython"))?;
        let own = project::root().join("www/single");
        copy_folder(&own, &folder.join("single"))?;
        for file in FILES {
            copy(&site.join(file), &folder.join(file))?;
        }
        let module = format!("{}_bg.wasm", split::MODULE);
        copy(&site.join(&module), &folder.join(&module))?;
        // Files come from the page instead.
        copy(&own.join("files.js"), &folder.join("elements/files.js"))?;
        Ok(Self { folder })
    }

    /// The module of all figures.
    pub(super) fn module(&self) -> Result<Vec<u8>> {
        fs::read(self.folder.join(format!("{}_bg.wasm", split::MODULE)))
            .context("reading the module of the figures")
    }

    /// A file of the finished site, where it is minified, or else as it was.
    pub(super) fn or_site(&self, site: &Path, name: &str) -> Result<Vec<u8>> {
        fs::read(site.join(name))
            .or_else(|_| fs::read(self.folder.join(name)))
            .with_context(|| format!("reading {name}"))
    }

    /// The files in a folder, in order.
    pub(super) fn names(&self, folder: &str) -> Result<Vec<String>> {
        let entries =
            fs::read_dir(self.folder.join(folder)).with_context(|| format!("reading {folder}"))?;
        let mut names = Vec::new();
        for entry in entries {
            names.push(format!("{folder}/{}", entry?.file_name().to_string_lossy()));
        }
        names.sort();
        Ok(names)
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("copying {}", from.display()))?;
    Ok(())
}

pub(super) fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("creating {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            copy(&entry.path(), &target)?;
        }
    }
    Ok(())
}
