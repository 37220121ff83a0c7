//! The table of contents, from the sections' headings.

use super::render::Heading;

/// The list of sections as a landmark of its own.
pub(crate) fn html<'a>(headings: impl IntoIterator<Item = &'a Heading>) -> String {
    let mut out = String::from(
        "<nav class=\"contents\" id=\"contents\" aria-labelledby=\"contents-title\">\n<p id=\"contents-title\">On this page</p>\n<ol>\n",
    );
    for heading in headings.into_iter().filter(|heading| heading.level == 2) {
        let Heading { id, html, .. } = heading;
        out.push_str(&format!("<li><a href=\"#{id}\">{html}</a></li>\n"));
    }
    out.push_str("</ol>\n</nav>\n");
    out
}

/// Checks that anchors are unique and that no heading skips a level: 1 once and first, then 2, then 3 below 2.
///
/// # Errors
/// Naming the first anchor that is out of order.
pub(crate) fn check(headings: &[Heading]) -> Result<(), String> {
    let mut above = 0;
    let mut seen = Vec::new();
    for heading in headings {
        let Heading { level, id, .. } = heading;
        if *level > above + 1 || (*level == 1 && above != 0) {
            return Err(format!("heading `{id}` of level {level} follows one of level {above}"));
        }
        if seen.contains(&id) {
            return Err(format!("anchor `{id}` stands twice"));
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
            .map(|&(level, id)| Heading { level, id: id.to_owned(), html: id.to_uppercase() })
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
        assert!(check(&headings(&[(1, "a"), (3, "c")])).unwrap_err().contains("`c` of level 3"));
        assert!(check(&headings(&[(1, "a"), (2, "b"), (1, "c")])).is_err());
        assert!(check(&headings(&[(1, "a"), (2, "b"), (2, "b")])).unwrap_err().contains("twice"));
    }
}
