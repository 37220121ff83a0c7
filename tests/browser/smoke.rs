//! Smoke test: the page opens under the strict policy, and the harness can see it.

use downhill_tests::{Case, Page, case};

pub(crate) const CASES: &[Case] =
    &[case!(opens), case!(emulates_the_screen).dark().reduced_motion().ratio(2.0)];

fn opens(page: &Page<'_>) {
    page.open("index.html");
    assert!(!page.find("heading", "Downhill").text().is_empty());
}

fn emulates_the_screen(page: &Page<'_>) {
    page.open("index.html");
    let told = "matchMedia('(prefers-color-scheme: dark)').matches";
    assert_eq!(page.script(&format!("return {told}")), true);
    assert_eq!(page.script("return matchMedia('(prefers-reduced-motion: reduce)').matches"), true);
    assert_eq!(page.script("return devicePixelRatio"), 2);
    assert_eq!(page.script("return innerWidth"), 1280);
}
