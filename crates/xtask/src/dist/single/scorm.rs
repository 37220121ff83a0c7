//! Packages for course systems, by SCORM 1.2: a page in one file, and a manifest that names it.
//!
//! ADL, *Sharable Content Object Reference Model 1.2: The SCORM Content Aggregation Model*, 2001.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use anyhow::{Context, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// What a course lists: a title, and the parameters with which it opens the page.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) parameters: String,
}

/// The package of a page. The same page gives the same bytes.
pub(super) fn package(name: &str, title: &str, items: &[Item], page: &str) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = |method| {
        SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
    };
    let manifest = manifest(name, title, items);
    for (file, text) in [("imsmanifest.xml", &*manifest), (&*format!("{name}.html"), page)] {
        zip.start_file(file, options(CompressionMethod::Deflated))?;
        zip.write_all(text.as_bytes()).with_context(|| format!("packing {file}"))?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The list of what is in the package.
fn manifest(name: &str, title: &str, items: &[Item]) -> String {
    let mut listed = String::new();
    for Item { name: item, title, parameters } in items {
        let parameters = match escaped(parameters) {
            none if none.is_empty() => none,
            some => format!(" parameters=\"{some}\""),
        };
        write!(
            listed,
            "
      <item identifier=\"item-{item}\" identifierref=\"page\" isvisible=\"true\"{parameters}>
        <title>{}</title>
      </item>",
            escaped(title)
        )
        .ok();
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<manifest identifier=\"downhill-{name}\" version=\"1.2\" xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\" xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default=\"contents\">
    <organization identifier=\"contents\">
      <title>{}</title>{listed}
    </organization>
  </organizations>
  <resources>
    <resource identifier=\"page\" type=\"webcontent\" adlcp:scormtype=\"sco\" href=\"{name}.html\">
      <file href=\"{name}.html\"/>
    </resource>
  </resources>
</manifest>
",
        escaped(title)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::io::Read as _;

    use roxmltree::{Document, Node};
    use zip::ZipArchive;

    use super::{Cursor, Item, package};

    /// The namespaces of SCORM 1.2 and of IMS Content Packaging 1.1.2 within it.
    const IMS: &str = "http://www.imsproject.org/xsd/imscp_rootv1p1p2";
    const ADL: &str = "http://www.adlnet.org/xsd/adlcp_rootv1p2";

    /// A child of an element: its name, whether it is required, and whether there may be several.
    type Child = (&'static str, bool, bool);

    /// The children of each element in the order of the schema.
    const CONTENTS: [(&str, &[Child]); 8] = [
        (
            "manifest",
            &[
                ("metadata", true, false),
                ("organizations", true, false),
                ("resources", true, false),
            ],
        ),
        ("metadata", &[("schema", true, false), ("schemaversion", true, false)]),
        ("organizations", &[("organization", true, true)]),
        ("organization", &[("title", true, false), ("item", true, true)]),
        ("item", &[("title", true, false)]),
        ("title", &[]),
        ("resources", &[("resource", true, true)]),
        ("resource", &[("file", true, true)]),
    ];

    fn is_name(text: &str) -> bool {
        let mut letters = text.chars();
        letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
            && letters.all(|letter| letter.is_alphanumeric() || "-_.".contains(letter))
    }

    fn assert_follows_the_schema(node: Node<'_, '_>) {
        let name = node.tag_name().name();
        assert_eq!(node.tag_name().namespace(), Some(IMS), "{name}");
        let children: Vec<_> = node.children().filter(Node::is_element).collect();
        if let Some((_, contents)) = CONTENTS.iter().find(|(of, _)| *of == name) {
            let mut rest = &*children;
            for &(child, is_required, may_repeat) in *contents {
                let count = rest.iter().take_while(|node| node.tag_name().name() == child).count();
                assert!(count > 0 || !is_required, "{name} lacks {child}");
                assert!(count <= 1 || may_repeat, "{name} has {count} {child}");
                rest = &rest[count..];
            }
            assert!(rest.is_empty(), "{name} has {rest:?} where it may not be");
        } else {
            assert!(children.is_empty(), "{name} has elements");
        }
        children.into_iter().for_each(assert_follows_the_schema);
    }

    fn assert_is_a_package(zip: &[u8]) -> String {
        let mut zip = ZipArchive::new(Cursor::new(zip)).expect("a zip");
        let mut manifest = String::new();
        let root = zip.by_name("imsmanifest.xml");
        root.expect("a manifest at the root").read_to_string(&mut manifest).expect("text");
        let document = Document::parse(&manifest).expect("well-formed XML");
        let root = document.root_element();
        assert_follows_the_schema(root);
        let all = |name| {
            root.descendants().filter(move |node: &Node<'_, '_>| node.has_tag_name((IMS, name)))
        };
        assert_eq!(all("schema").next().and_then(|node| node.text()), Some("ADL SCORM"));
        assert_eq!(all("schemaversion").next().and_then(|node| node.text()), Some("1.2"));
        let ids: Vec<_> =
            root.descendants().filter_map(|node| node.attribute("identifier")).collect();
        assert!(ids.iter().all(|id| is_name(id)), "{ids:?}");
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{ids:?}");
        let default = all("organizations").next().and_then(|node| node.attribute("default"));
        assert!(all("organization").any(|node| node.attribute("identifier") == default));
        let resources: Vec<_> = all("resource").collect();
        for item in all("item") {
            let resource = item.attribute("identifierref").expect("an item refers to a resource");
            assert!(resources.iter().any(|node| node.attribute("identifier") == Some(resource)));
        }
        for resource in &resources {
            assert_eq!(resource.attribute("type"), Some("webcontent"));
            assert_eq!(resource.attribute((ADL, "scormtype")), Some("sco"));
            let listed: Vec<_> =
                resource.children().filter_map(|node| node.attribute("href")).collect();
            assert!(listed.contains(&resource.attribute("href").expect("where it begins")));
        }
        let named: HashSet<_> = all("file").filter_map(|node| node.attribute("href")).collect();
        let there: HashSet<_> =
            zip.file_names().filter(|name| *name != "imsmanifest.xml").collect();
        assert_eq!(named, there, "the files listed are those in the package");
        manifest
    }

    #[test]
    fn a_package_follows_the_schema_and_is_the_same_each_time() {
        let item = |name: &str| Item {
            name: name.to_owned(),
            title: "R & \"D\" <1".to_owned(),
            parameters: format!("?question={name}&theme=light"),
        };
        let packed = || {
            package("quiz", "A question & its answer", &[item("one"), item("two")], "<p>").unwrap()
        };
        let manifest = assert_is_a_package(&packed());
        assert!(manifest.contains("parameters=\"?question=one&amp;theme=light\""), "{manifest}");
        assert!(packed() == packed(), "other bytes");
    }

    #[test]
    fn the_test_of_the_schema_can_fail() {
        let package = package("bowl", "Bowl", &[], "<p>").unwrap();
        let failed = std::panic::catch_unwind(|| assert_is_a_package(&package));
        assert!(failed.is_err(), "an organization without items");
    }
}
