//! Tests of the lesson's rules, run on the prose and on `index.html`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::*;
use crate::project;

/// Decimals typed into the prose that no placeholder or figure of the file uses.
const TYPED: &[(&str, &str)] = &[
    // A common first try.
    ("01-direction-and-size.md", "0.01"),
    // Quoted from elsewhere.
    ("01-direction-and-size.md", "0.05"),
    ("01-direction-and-size.md", "61.917364"),
    ("02-every-step.md", "0.00000001"),
    ("05-data.md", "0.2200"),
    ("05-data.md", "33.84"),
    ("05-data.md", "1.9314"),
    ("05-data.md", "1.2"),
    // A learning rate that the reader is asked to set.
    ("03-ravine.md", "0.03"),
    // A version of PyTorch.
    ("06-program.md", "2.0"),
    // The bound set by the challenge.
    ("06-program.md", "0.001"),
    // A learning rate in a story.
    ("11-questions.md", "0.01"),
];

/// All anchors the page has had since it was first published: links to them must keep working.
const ANCHORS: &[&str] = &[
    "top",
    "hill",
    "hill-seen",
    "direction-and-size",
    "direction",
    "size",
    "one-dial",
    "one-dial-seen",
    "one-dial-why",
    "every-step",
    "every-step-seen",
    "every-step-why",
    "stop",
    "stop-seen",
    "stop-flat",
    "write-it",
    "write-it-seen",
    "write-it-why",
    "lab",
    "lab-seen",
    "lab-why",
    "data",
    "data-seen",
    "data-batches",
    "starts",
    "starts-seen",
    "starts-why",
    "ravine",
    "ravine-figure",
    "ravine-seen",
    "ravine-why",
    "ravine-momentum",
    "family",
    "family-seen",
    "family-scaling",
    "family-adam",
    "family-table",
    "family-rules",
    "breaks",
    "breaks-seen",
    "breaks-why",
    "breaks-table",
    "model",
    "model-edge",
    "model-slices",
    "model-start",
    "check-yourself",
    "forward",
    "next",
    "sources",
];

/// All names that questions have had, by which other pages include them.
const QUESTIONS: &[&str] = &[
    "two-walkers",
    "first-step",
    "three-times-as-steep",
    "a-hundredth-of-the-loss",
    "one-more-digit",
    "zero-grad",
    "both-sides",
    "smooth-but-slow",
    "ten-times-as-large",
    "which-hollows",
    "square-root",
    "adams-way",
    "twenty-sigmoid-layers",
    "half-the-alpha",
    "tripled",
    "the-border",
    "hundredfold",
    "two-colleagues",
    "direction-or-size",
    "small-gradient",
    "one-thing-to-ask",
];

/// All sections, rendered once for all tests.
fn sections() -> &'static [Page] {
    static SECTIONS: LazyLock<Vec<Page>> = LazyLock::new(|| read(&project::root()).unwrap());
    &SECTIONS
}

/// The whole page as served: `index.html` with the fragments included.
fn page() -> String {
    let root = project::root();
    let mut index = fs::read_to_string(root.join("index.html")).unwrap();
    let pages = sections();
    let headings: Vec<_> = pages.iter().flat_map(|page| page.rendered.headings.clone()).collect();
    let mut take_in = |path: &str, html: &str| {
        let link = format!("<link data-trunk rel=\"inline\" type=\"html\" href=\"www/{path}\" />");
        assert_eq!(index.matches(&link).count(), 1, "index.html takes in {path} once");
        index = index.replace(&link, html);
    };
    take_in("generated/contents.html", &contents::html(&headings));
    let loop_of_learning = fs::read_to_string(root.join("www/lesson/loop.html")).unwrap();
    take_in("lesson/loop.html", &loop_of_learning);
    for page in pages {
        take_in(&format!("generated/lesson/{}.html", page.name), &page.rendered.html);
    }
    assert!(!index.contains("rel=\"inline\""), "index.html takes in what nobody writes");
    index
}

/// All values of an attribute.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    html.split(&format!(" {attribute}=\""))
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap_or_default())
        .collect()
}

#[test]
fn every_template_is_resolved() {
    let page = page();
    assert!(!page.contains("{{") && !page.contains("}}"));
    assert!(!page.contains("not a number"));
}

/// A reader changes every setting that has a control, and the caption would go on naming the first.
#[test]
fn a_caption_names_no_setting_that_can_be_changed() {
    let page = page();
    let figures: Vec<&str> =
        page.split("<figure").skip(1).filter(|figure| !figure.contains(" hide=\"")).collect();
    assert!(figures.len() > 10);
    for figure in figures {
        let caption = figure.split("<figcaption>").nth(1).unwrap_or_default();
        let caption = caption.split("</figcaption>").next().unwrap_or_default();
        assert!(!caption.contains("<mo>=</mo><mn>"), "{caption}");
    }
}

#[test]
fn the_page_obeys_its_content_security_policy() {
    let page = page();
    for forbidden in
        [" style=\"", "<style", "javascript:", " onclick", " onload", " onerror", "data:"]
    {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    // All scripts are files of our own; none is inline.
    for script in page.split("<script").skip(1) {
        let (tag, rest) = script.split_once('>').unwrap();
        assert!(tag.contains(" src=\"") && rest.starts_with("</script>"), "<script{tag}>");
    }
}

#[test]
fn the_browsers_own_colour_is_that_of_the_paper() {
    use downhill_figures::{ColorRole, Palette, Theme};
    let page = page();
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        let paper = Palette::of(theme).get(ColorRole::Paper).hex();
        let meta = format!(
            "<meta name=\"theme-color\" content=\"{paper}\" media=\"(prefers-color-scheme: {name})\" />"
        );
        assert!(page.contains(&meta), "{meta}");
    }
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    let page = page();
    for attribute in ["src", "srcset", "poster", "action"] {
        for address in values(&page, attribute) {
            assert!(!address.contains("//"), "{address}");
        }
    }
    // Links may point to other sites; nothing else may.
    for tag in page.split('<').filter(|tag| tag.contains(" href=\"http")) {
        assert!(tag.starts_with("a "), "{tag}");
    }
}

#[test]
fn figures_are_known_and_have_stills() {
    let page = page();
    let names: BTreeSet<_> = page
        .split("<gd-")
        .skip(1)
        .map(|rest| rest.split([' ', '>']).next().unwrap_or_default())
        .collect();
    assert!(!names.is_empty());
    for name in names {
        // These two have no backend and no picture.
        let known = downhill_figures::NAMES.contains(&name) || ["quiz", "code"].contains(&name);
        assert!(known, "{name}");
    }
    for image in page.split("<img ").skip(1).map(|rest| rest.split('>').next().unwrap_or_default())
    {
        for attribute in ["src=", "width=", "height=", "alt="] {
            assert!(image.contains(attribute), "{image} lacks {attribute}");
        }
    }
}

#[test]
fn headings_are_in_order_and_anchors_lead_somewhere() {
    let page = page();
    let mut above = 0;
    for level in page.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10)) {
        assert!(level <= above + 1, "a heading of level {level} below one of level {above}");
        above = level;
    }
    assert_eq!(page.matches("<h1").count(), 1);
    let ids = values(&page, "id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id stands twice");
    for address in values(&page, "href").into_iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(ids.contains(&address), "#{address} leads nowhere");
    }
    let named = ["aria-labelledby", "aria-controls"].map(|attribute| values(&page, attribute));
    for name in named.concat() {
        assert!(ids.contains(&name), "nothing is called {name}");
    }
}

#[test]
fn links_to_figures_are_parsed() {
    let mut seen = 0;
    for address in values(&page(), "href") {
        let Some(query) = address.strip_prefix("embed.html?") else { continue };
        let query = query.replace("&amp;", "&").replace("%2B", "+");
        let fields: Vec<_> = query.split('&').filter_map(|field| field.split_once('=')).collect();
        let (_, name) = fields[0];
        let mut figure = downhill_figures::figure(name, downhill_figures::Locale::default())
            .unwrap_or_else(|_| panic!("{address}: there is no figure {name}"));
        let problems = figure.start(&fields[1..]).problems;
        assert!(problems.is_empty(), "{address}: {problems:?}");
        seen += 1;
    }
    assert!(seen > 10, "{seen} links");
}

#[test]
fn sections_stand_in_the_order_of_their_files() {
    let page = page();
    let places: Vec<_> =
        sections().iter().map(|section| page.find(&section.rendered.html)).collect();
    assert!(places.is_sorted() && places.iter().all(Option::is_some));
}

#[test]
fn old_anchors_keep_working() {
    let page = page();
    let ids: BTreeSet<_> = values(&page, "id").into_iter().collect();
    for anchor in ANCHORS.iter().chain(QUESTIONS) {
        assert!(ids.contains(anchor), "#{anchor} leads nowhere");
    }
    let asked: BTreeSet<_> =
        sections().iter().flat_map(|page| &page.rendered.questions).map(|it| &*it.id).collect();
    assert!(QUESTIONS.iter().all(|name| asked.contains(name)));
}

#[test]
fn every_term_is_in_the_glossary_and_every_source_is_linked() {
    let page = page();
    let terms: BTreeSet<_> =
        sections().iter().flat_map(|page| &page.rendered.terms).map(String::as_str).collect();
    for term in [
        "minimum",
        "local-minimum",
        "global-minimum",
        "minimizer",
        "convex",
        "hyperparameter",
        "saddle-point",
        "ill-conditioned",
        "generalize",
        "epoch",
    ] {
        assert!(terms.contains(term), "nothing introduces {term}");
    }
    // The test of all anchors covers the links from entries to terms.
    let (_, glossary) = page.split_once("<dl class=\"glossary\">").unwrap();
    let (glossary, sources) = glossary.split_once("</dl>").unwrap();
    let entries: Vec<_> = values(glossary, "href").into_iter().map(|href| &href[5..]).collect();
    assert_eq!(entries.iter().copied().collect::<BTreeSet<_>>(), terms);
    assert!(entries.is_sorted_by_key(|entry| entry.to_lowercase()), "{entries:?}");
    let (_, sources) = sources.split_once("<ul class=\"sources\">").unwrap();
    for source in sources.split_once("</ul>").unwrap().0.split("<li ").skip(1) {
        assert!(source.contains("<a href=\"https://"), "no link: {source}");
    }
    let cited = values(&page, "href").into_iter().filter(|href| href.starts_with("#cite-"));
    assert!(cited.count() >= 12, "claims about the world say where they come from");
}

#[test]
fn every_section_has_a_question_and_an_exercise() {
    for page in sections() {
        if page.rendered.figures.is_empty() {
            continue;
        }
        assert!(!page.rendered.questions.is_empty(), "{} asks nothing back", page.name);
        assert!(page.rendered.html.contains("class=\"try\""), "{} has no task", page.name);
    }
}

/// The lesson can be read in one sitting.
#[test]
fn the_lesson_stays_short() {
    let mut words = 0;
    for entry in fs::read_dir(project::root().join("www/lesson")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(&path).unwrap();
            words += text.lines().flat_map(|line| told(line).split_whitespace()).count();
        }
    }
    assert!(words <= 11_350, "the lesson has {words} words, more than 11350");
}

/// A line of the prose without the settings of a step, which are on its buttons.
fn told(line: &str) -> &str {
    exercise::split(line).map_or(line, |(text, _)| text)
}

#[test]
fn the_build_is_the_same_every_time() {
    let again = read(&project::root()).unwrap();
    assert_eq!(sections().len(), again.len());
    for (page, again) in sections().iter().zip(&again) {
        assert_eq!(page.rendered.html, again.rendered.html);
        assert_eq!(page.rendered.figures, again.rendered.figures);
    }
}

/// A decimal in the prose is either computed or an input to a computation.
#[test]
fn no_result_is_typed_in() {
    let directory = project::root().join("www/lesson");
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let text: Vec<_> = text.lines().map(told).collect();
        let (prose, arguments) = split(&text.join("\n"));
        for number in decimals(&prose) {
            let chosen = arguments.contains(&number);
            let listed = TYPED.contains(&(name.as_str(), number.as_str()));
            assert!(chosen || listed, "{name}: {number} is typed in; write it as a placeholder");
            assert!(!(chosen && listed), "{name}: {number} need not be listed");
        }
    }
}

/// The prose without placeholders and fences, and the values of their arguments.
fn split(text: &str) -> (String, BTreeSet<String>) {
    let mut prose = String::new();
    let mut arguments = BTreeSet::new();
    let mut take = |call: &str| {
        let values = call.split_whitespace().filter_map(|word| word.split_once('='));
        let parts = values.flat_map(|(_, value)| value.split([',', ';']));
        arguments.extend(parts.map(|part| part.trim_start_matches('-').to_owned()));
    };
    for line in text.lines() {
        // A tolerance is a choice.
        if let Some((_, tolerance)) = line.split_once(" ± ") {
            take(&format!("within={tolerance}"));
        }
        if let Some(info) = line.strip_prefix("```") {
            take(info);
            continue;
        }
        let line = without_addresses(line);
        let mut parts = line.split("{{");
        prose.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (call, rest) = part.split_once("}}").unwrap_or((part, ""));
            take(call);
            prose.push(' ');
            prose.push_str(rest);
        }
        prose.push('\n');
    }
    (prose, arguments)
}

/// A line without the URLs of its links to other sites.
fn without_addresses(line: &str) -> String {
    let mut parts = line.split("](https://");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.split_once(')').map_or("", |(_, rest)| rest));
    rest.fold(first, |line, part| line + "]" + part)
}

/// All numbers with a decimal point.
fn decimals(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|word| word.trim_matches('.'))
        .filter(|word| word.contains('.'))
        .map(str::to_owned)
        .collect()
}

/// The value of a placeholder.
fn number(text: &str) -> f64 {
    match quantity::evaluate(&call::Call::parse(text).unwrap()) {
        Ok(quantity::Value::Number(number)) => number,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn the_lessons_claims_about_the_ravine_hold() {
    // “raise α to 0.03. Which of the two flies out of the ravine?”
    assert!(number("rate kappa=100 alpha=0.03") > 1.0);
    assert!(number("rate kappa=100 alpha=0.03 beta=0.9") < 1.0);
    // “at once”, in the table of best rates
    assert_eq!(number("best-alpha kappa=1"), number("best-momentum-alpha kappa=1"));
    assert_eq!(number("best-momentum-beta kappa=1"), 0.0);
    assert_eq!(number("loss kappa=1 start=-4,1 alpha=1 k=1"), 0.0);
    // “the walls bend twice as sharply, so α had to be halved”
    assert!(number("rate kappa=200 alpha=0.018") > 1.0);
    assert_eq!(number("factor kappa=200 alpha=0.009"), number("factor kappa=100 alpha=0.018"));
    // “has a third of the way still to go”, “has all but reached the bottom”
    let left = number("x kappa=100 start=-4,1 alpha=0.018 k=60") / -4.0;
    assert!((left - 1.0 / 3.0).abs() < 0.02, "{left}");
    let left = number("x kappa=100 start=-4,1 alpha=0.018 rule=momentum beta=0.9 k=60") / -4.0;
    assert!(left.abs() < 0.05, "{left}");
}

#[test]
fn the_printed_number_belongs_to_another_start() {
    // “ten steps with α = 1.1 lead from x = 5 to 61.917364” is what others print.
    assert_eq!(format!("{:.6}", number("x start=5 alpha=1.1 k=10")), "30.958682");
    assert_eq!(format!("{:.6}", number("x start=10 alpha=1.1 k=10")), "61.917364");
    let section = sections().iter().find(|page| page.name == "01-direction-and-size").unwrap();
    for number in [">30.958682</a>", "to 61.917364."] {
        assert!(section.rendered.html.contains(number), "{number} is missing");
    }
}

/// A flat loss with a slope at one point.
struct Cliff(f64);

impl downhill::Loss<1> for Cliff {
    fn value(&self, _at: [f64; 1]) -> f64 {
        0.0
    }

    fn value_and_gradient(&self, [x]: [f64; 1]) -> (f64, [f64; 1]) {
        (0.0, [if x == 0.0 { self.0 } else { 0.0 }])
    }

    fn hessian(&self, _at: [f64; 1]) -> [[f64; 1]; 1] {
        [[0.0]]
    }

    fn is_quadratic(&self) -> bool {
        false
    }
}

#[test]
fn the_lessons_claims_about_one_odd_slope_hold() {
    let alpha = 0.001;
    let run = |name: &str, slope: f64| {
        let rule = name.parse::<downhill::Rule>().unwrap();
        let limit = downhill::StopCriteria { max_iterations: 1000, gradient_tol: 0.0 };
        let run = downhill::descend(&Cliff(slope), rule, alpha, [0.0], limit);
        let places: Vec<f64> = run.iterates.iter().map(|iterate| iterate.x[0]).collect();
        let steps = places.windows(2).map(|pair| (pair[1] - pair[0]).abs());
        let longest = steps.max_by(f64::total_cmp).unwrap();
        (places.last().unwrap().abs() / alpha, longest / alpha)
    };
    for slope in [1.0, 1e3, 1e6] {
        // “αG/(1 − β) in all”
        assert!((run("gd", slope).0 / slope - 1.0).abs() < 1e-9);
        for rule in ["momentum", "nesterov"] {
            let way = run(rule, slope).0 / slope;
            assert!((way - 10.0).abs() < 1e-9, "{rule} goes {way} αG");
        }
        // “however huge G is, one step stays within a few α”; the first one of Adam is α, corrected.
        for (rule, bound) in [("adagrad", 1.0), ("rmsprop", 10.0), ("adam", 3.17), ("adamw", 3.17)]
        {
            let longest = run(rule, slope).1;
            assert!(longest <= bound + 1e-6, "a step of {rule} is {longest} α long");
        }
    }
}

#[test]
fn the_lessons_claims_about_deep_networks_hold() {
    // “all but the last five bars lie below it”
    assert!(number("chain-gradient layer=15") < 1e-3 && number("chain-gradient layer=16") > 1e-3);
    // “every bar to the left of it is about four times smaller”
    assert!((1.0 / number("chain-factor") - 4.0).abs() < 0.5);
    // “Larger weights push most units to where the sigmoid is flat”: nowhere on the slider is the gradient healthy.
    for scale in ["1.5", "2", "3", "4"] {
        assert!(number(&format!("chain-gradient layer=1 weight-scale={scale}")) < 1e-3, "{scale}");
    }
    // “with a scale of √2 they do”
    let kept = number("chain-factor activation=relu weight-scale=1.4142135623730951 depth=64");
    assert!((kept - 1.0).abs() < 0.05, "{kept}");
}

#[test]
fn both_ways_to_the_25th_iterate_are_as_close_as_the_text_says() {
    // “both by less than one part in a hundred million million”
    let exact = 0.018_889_465_931_478_58;
    for way in ["x", "closed"] {
        let found = number(&format!("{way} start=5 alpha=0.1 k=25"));
        assert!((found - exact).abs() < 1e-14 * exact, "{way}: {found}");
        // “agree to fourteen digits”
        assert!(found.to_string().starts_with("0.018889465931478"), "{way}: {found}");
        assert!(
            !found.to_string().starts_with("0.0188894659314785") || way == "x",
            "{way}: {found}"
        );
    }
}
