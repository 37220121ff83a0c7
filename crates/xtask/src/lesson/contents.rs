//! Builds the table of contents from the sections' headings.

use super::fault::Fault;
use super::render::Heading;

/// The list of sections as a navigation landmark.
pub(crate) fn html<'a>(headings: impl IntoIterator<Item = &'a Heading>) -> String {
    let mut out = String::from(
        "<nav class=\"contents\" id=\"contents\" aria-labelledby=\"contents-title\">\n<div>\n<p id=\"contents-title\">On this page</p>\n<ol>\n",
    );
    for heading in headings.into_iter().filter(|heading| heading.level == 2) {
        let Heading { id, html, .. } = heading;
        out.push_str(&format!("<li><a href=\"#{id}\">{html}</a></li>\n"));
    }
    out.push_str("</ol>\n</div>\n</nav>\n");
    out
}

/// Checks that anchors are unique and that no heading skips a level: one heading of level 1 at the
/// start, then 2, with 3 below 2.
///
/// # Errors
/// At the first heading that is out of order.
pub(crate) fn check(headings: &[Heading]) -> Result<(), Fault> {
    let mut above = 0;
    let mut seen = Vec::new();
    for heading in headings {
        let Heading { level, id, file, line, .. } = heading;
        let fault = |message| Err(Fault::new(file, *line, message));
        if *level > above + 1 || (*level == 1 && above != 0) {
            return fault(format!("heading `{id}` of level {level} follows one of level {above}"));
        }
        if seen.contains(&id) {
            return fault(format!("anchor `{id}` stands twice"));
        }
        seen.push(id);
        above = *level;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(list: &[(u8, &str)]) -> Vec<Heading> {
        list.iter()
            .enumerate()
            .map(|(index, &(level, id))| Heading {
                level,
                id: id.to_owned(),
                was: Vec::new(),
                html: id.to_uppercase(),
                file: "a.md".into(),
                line: index + 1,
            })
            .collect()
    }

    #[test]
    fn lists_the_sections() {
        let html = html(&headings(&[(1, "top"), (2, "bowl"), (3, "detail"), (2, "ravine")]));
        assert_eq!(html.matches("<li>").count(), 2);
        assert!(html.contains("<a href=\"#bowl\">BOWL</a>"));
    }

    #[test]
    fn order_and_anchors_are_checked() {
        assert_eq!(check(&headings(&[(1, "a"), (2, "b"), (3, "c"), (2, "d")])), Ok(()));
        let fault = |list: &[(u8, &str)]| check(&headings(list)).unwrap_err().to_string();
        let skipped = fault(&[(1, "a"), (3, "c")]);
        assert_eq!(skipped, "a.md:2: heading `c` of level 3 follows one of level 1");
        assert!(fault(&[(1, "a"), (2, "b"), (1, "c")]).starts_with("a.md:3: heading `c`"));
        assert_eq!(fault(&[(1, "a"), (2, "b"), (2, "b")]), "a.md:3: anchor `b` stands twice");
    }
}
