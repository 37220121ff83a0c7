//! Renders Markdown as an HTML fragment that complies with the page's Content-Security-Policy.

use std::path::{Path, PathBuf};

use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
};

use super::block::{self, Block};
use super::exercise::Exercise;
use super::fault::Fault;
use super::figure::{self, FigureUse};
use super::iterates;
use super::math::{self, Place};
use super::quiz::{self, Quiz};

/// A rendered prose file, with what the rest of the page needs to know about it.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    pub(crate) html: String,
    pub(crate) headings: Vec<Heading>,
    pub(crate) figures: Vec<FigureUse>,
    pub(crate) questions: Vec<Question>,
    /// The terms introduced here, as named in the glossary.
    pub(crate) terms: Vec<String>,
}

/// A question: its name and its complete HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) id: String,
    pub(crate) html: String,
}

/// A heading with its anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) level: u8,
    pub(crate) id: String,
    /// Former anchors of this heading, which still lead here.
    pub(crate) was: Vec<String>,
    /// Its content as HTML.
    pub(crate) html: String,
    /// The file it is in.
    pub(crate) file: PathBuf,
    pub(crate) line: usize,
}

/// A part of a prose file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Passage<'a> {
    pub(crate) file: &'a Path,
    /// The line of the file at which the text starts, counted from 1.
    pub(crate) line: usize,
    pub(crate) text: &'a str,
    /// Whether its figures are visible without scrolling, so that they are fetched at once.
    pub(crate) first_screen: bool,
}

impl<'a> Passage<'a> {
    fn fault(&self, offset: usize, message: impl Into<String>) -> Fault {
        Fault::new(self.file, self.line_at(offset), message)
    }

    /// A fault `lines` lines below the line at `offset`.
    fn fault_below(&self, offset: usize, lines: usize, message: String) -> Fault {
        Fault::new(self.file, self.line_at(offset) + lines, message)
    }

    fn line_at(&self, offset: usize) -> usize {
        self.line + self.text.get(..offset).unwrap_or_default().matches('\n').count()
    }

    /// The passage that starts `lines` lines below the line at `offset`.
    fn part<'b>(&self, offset: usize, lines: usize, text: &'b str) -> Passage<'b>
    where
        'a: 'b,
    {
        Passage { line: self.line_at(offset) + lines, text, ..*self }
    }
}

/// Renders a passage.
///
/// # Errors
/// The first error, with its line.
pub(crate) fn render(passage: Passage<'_>) -> Result<Rendered, Fault> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_MATH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut rendered = Rendered::default();
    let mut events: Vec<Event<'_>> = Vec::new();
    let mut alignments: Vec<Alignment> = Vec::new();
    let mut column = 0;
    let mut in_table_head = false;
    let mut in_definition = false;
    let mut parser = Parser::new_ext(passage.text, options).into_offset_iter().peekable();
    while let Some((event, range)) = parser.next() {
        let at = |message: String| passage.fault(range.start, message);
        match event {
            Event::InlineMath(latex) => {
                let formula = math::mathml(&latex, Place::Inline).map_err(at)?;
                // Browsers break lines between a formula and a comma after it.
                let marks = match parser.peek() {
                    Some((Event::Text(text), _)) => text.len() - unmarked(text).len(),
                    _ => 0,
                };
                if let Some((Event::Text(text), _)) = parser.next_if(|_| marks > 0) {
                    let (marks, rest) = text.split_at(marks);
                    events.push(inline(format!("<span class=\"whole\">{formula}{marks}</span>")));
                    events.push(Event::Text(CowStr::from(rest.to_owned())));
                } else {
                    events.push(inline(formula));
                }
            }
            Event::DisplayMath(_) => {
                return Err(at("a displayed formula stands in a paragraph of its own".to_owned()));
            }
            Event::Start(Tag::Paragraph) => {
                if let Some((Event::DisplayMath(latex), _)) = parser.peek() {
                    let html = math::mathml(latex, Place::Display).map_err(at)?;
                    parser.next();
                    match parser.next() {
                        Some((Event::End(TagEnd::Paragraph), _)) => events.push(block_html(html)),
                        _ => {
                            return Err(at(
                                "a displayed formula stands in a paragraph of its own".to_owned()
                            ));
                        }
                    }
                } else {
                    events.push(Event::Start(Tag::Paragraph));
                }
            }
            Event::Start(Tag::Heading { level, id, attrs, .. }) => {
                let id = id.ok_or_else(|| {
                    at("a heading needs an anchor: `## Title {#anchor}`".to_owned())
                })?;
                let mut was = Vec::new();
                for (name, value) in attrs {
                    if &*name != "was" {
                        return Err(at(format!("a heading has no `{name}`; it has `was=`")));
                    }
                    was.extend(value.iter().flat_map(|old| old.split(',')).map(str::to_owned));
                }
                let mut inside = Vec::new();
                for (event, range) in parser.by_ref() {
                    match event {
                        Event::End(TagEnd::Heading(_)) => break,
                        Event::InlineMath(latex) => inside.push(inline(
                            math::mathml(&latex, Place::Inline)
                                .map_err(|message| passage.fault(range.start, message))?,
                        )),
                        other => inside.push(other),
                    }
                }
                let heading = Heading {
                    level: depth(level),
                    id: id.to_string(),
                    was,
                    html: html(inside),
                    file: passage.file.to_owned(),
                    line: passage.line_at(range.start),
                };
                events.push(block_html(heading_html(&heading)));
                rendered.headings.push(heading);
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let mut body = String::new();
                for (event, _) in parser.by_ref() {
                    match event {
                        Event::Text(text) => body.push_str(&text),
                        _ => break,
                    }
                }
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info,
                    CodeBlockKind::Indented => CowStr::from(""),
                };
                // An exercise belongs to the figure before it, and stands beside its picture.
                let exercise = match parser.peek() {
                    Some((Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(next))), range))
                        if info.starts_with("figure ") && next.trim() == "try" =>
                    {
                        Some(range.start)
                    }
                    _ => None,
                };
                let mut steps = String::new();
                if exercise.is_some() {
                    for (event, _) in parser.by_ref() {
                        match event {
                            Event::Start(_) => {}
                            Event::Text(text) => steps.push_str(&text),
                            _ => break,
                        }
                    }
                }
                let exercise =
                    exercise.map(|offset| Inner { passage, offset, body: &steps, exercise: None });
                let inner = Inner {
                    passage,
                    offset: range.start,
                    body: &body,
                    exercise: exercise.as_ref(),
                };
                let html = inner.render(&info, &mut rendered)?;
                events.push(block_html(html));
            }
            // Tables are written here because the library aligns their cells with style attributes.
            Event::Start(Tag::Table(columns)) => {
                alignments = columns;
                events.push(block_html("<div class=\"table\" tabindex=\"0\"><table>\n".to_owned()));
            }
            Event::End(TagEnd::Table) => {
                events.push(block_html("</tbody></table></div>\n".to_owned()))
            }
            Event::Start(Tag::TableHead) => {
                (in_table_head, column) = (true, 0);
                events.push(block_html("<thead><tr>".to_owned()));
            }
            Event::End(TagEnd::TableHead) => {
                in_table_head = false;
                events.push(block_html("</tr></thead>\n<tbody>\n".to_owned()));
            }
            Event::Start(Tag::TableRow) => {
                column = 0;
                events.push(block_html("<tr>".to_owned()));
            }
            Event::End(TagEnd::TableRow) => events.push(block_html("</tr>\n".to_owned())),
            Event::Start(Tag::TableCell) => {
                let alignment = alignments.get(column).copied().unwrap_or(Alignment::None);
                events.push(block_html(open_cell(in_table_head, alignment)));
            }
            Event::End(TagEnd::TableCell) => {
                column += 1;
                events.push(block_html(if in_table_head { "</th>" } else { "</td>" }.to_owned()));
            }
            Event::Start(Tag::Link { ref dest_url, .. }) if dest_url.starts_with("def:") => {
                let term = dest_url["def:".len()..].to_owned();
                in_definition = true;
                events.push(inline(format!("<dfn id=\"def-{term}\">")));
                rendered.terms.push(term);
            }
            Event::End(TagEnd::Link) if in_definition => {
                in_definition = false;
                events.push(inline("</dfn>".to_owned()));
            }
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => {
                return Err(at(
                    "HTML does not belong into the prose; use Markdown or a block".to_owned()
                ));
            }
            Event::Start(Tag::Image { .. }) => {
                return Err(at("pictures come from figures: use a ```figure block".to_owned()));
            }
            Event::Text(text) if text.contains('$') => {
                return Err(at(
                    "a dollar sign that opens no formula, or one whose braces do not match"
                        .to_owned(),
                ));
            }
            other => events.push(other),
        }
    }
    rendered.html = html(events);
    Ok(rendered)
}

/// The body of a fenced block, to be rendered in place.
struct Inner<'a> {
    passage: Passage<'a>,
    offset: usize,
    body: &'a str,
    /// The exercise that follows a figure.
    exercise: Option<&'a Self>,
}

impl Inner<'_> {
    fn render(&self, info: &str, into: &mut Rendered) -> Result<String, Fault> {
        let at = |message: String| self.passage.fault(self.offset, message);
        match Block::parse(info).map_err(at)? {
            Block::Figure(call) => {
                let (alt, caption) = block::split_figure(self.body).map_err(at)?;
                let caption = self.within(2, caption, into)?;
                let used = FigureUse::new(&call, alt, self.passage.first_screen).map_err(at)?;
                let exercise = match self.exercise {
                    None => String::new(),
                    Some(exercise) => exercise.steps(&used, into)?,
                };
                let html = figure::html(&used, &exercise, &unwrap_paragraph(&caption));
                into.figures.push(used);
                Ok(html)
            }
            Block::Try => Err(at("an exercise follows the figure it is about".to_owned())),
            Block::Note(title) => Ok(format!(
                "<div class=\"note\">\n<p class=\"label\">{title}</p>\n{}</div>\n",
                self.within(1, self.body, into)?
            )),
            Block::Details(title) => Ok(format!(
                "<details class=\"derivation\">\n<summary>{}</summary>\n{}</details>\n",
                unwrap_paragraph(&self.within(0, &title, into)?),
                self.within(1, self.body, into)?
            )),
            Block::Glossary => {
                let entry = |name: &str, text: &str| {
                    let anchor = block::anchor(name);
                    format!(
                        "<div><dt><a href=\"#def-{anchor}\">{name}</a></dt> <dd>{text}</dd></div>\n"
                    )
                };
                let entries = self.entries(entry, into)?;
                Ok(format!("<dl class=\"glossary\">\n{entries}</dl>\n"))
            }
            Block::Sources => {
                let entry = |key: &str, text: &str| format!("<li id=\"cite-{key}\">{text}</li>\n");
                let entries = self.entries(entry, into)?;
                Ok(format!("<ul class=\"sources\">\n{entries}</ul>\n"))
            }
            Block::Loop => {
                let (stations, below, caption) = block::split_loop(self.body).map_err(at)?;
                let mut items = String::new();
                for (name, text, back, line) in stations {
                    let text = self.within(line, text, into)?;
                    let class = if back { " class=\"back\"" } else { "" };
                    let text = unwrap_paragraph(&text);
                    items.push_str(&format!("<li{class}><b>{name}</b> {text}</li>\n"));
                }
                let caption = self.within(below, caption, into)?;
                Ok(format!(
                    "<figure class=\"loop\">\n<ol>\n{items}</ol>\n<figcaption>{}</figcaption>\n</figure>\n",
                    unwrap_paragraph(&caption)
                ))
            }
            Block::Quiz(id) => {
                let quiz = Quiz::parse(self.body).map_err(|(lines, message)| {
                    self.passage.fault_below(self.offset, lines, message)
                })?;
                let question = self.within(1, quiz.question, into)?;
                let mut answers = Vec::new();
                for answer in &quiz.answers {
                    let text = self.within(answer.line, answer.text, into)?;
                    let reason = self.within(answer.line, answer.reason, into)?;
                    answers.push((answer, unwrap_paragraph(&text), unwrap_paragraph(&reason)));
                }
                let closing = match quiz.closing {
                    Some((line, text)) => self.within(line, text, into)?,
                    None => String::new(),
                };
                let html = quiz::html(&id, &question, &answers, &closing);
                into.questions.push(Question { id, html: html.clone() });
                Ok(html)
            }
            Block::Iterates(call) => {
                let caption = self.within(1, self.body, into)?;
                iterates::table(&call, &unwrap_paragraph(&caption)).map_err(at)
            }
            Block::Listing(language) => {
                let code = html(vec![Event::Text(CowStr::from(self.body))]);
                Ok(format!("<pre><code class=\"language-{language}\">{code}</code></pre>\n"))
            }
        }
    }

    /// The body as the exercise of a figure.
    fn steps(&self, figure: &FigureUse, into: &mut Rendered) -> Result<String, Fault> {
        let exercise = Exercise::parse(self.body, figure)
            .map_err(|(line, message)| self.passage.fault_below(self.offset, 1 + line, message))?;
        let steps = self.within(1, &exercise.markdown, into)?;
        // The first figure stands above all sections.
        let level = if self.passage.first_screen { 2 } else { 3 };
        Ok(exercise.html(&steps, figure.name(), level))
    }

    /// Writes each entry of the body, with its text rendered.
    fn entries(
        &self,
        write: impl Fn(&str, &str) -> String,
        into: &mut Rendered,
    ) -> Result<String, Fault> {
        let entries = block::split_entries(self.body)
            .map_err(|message| self.passage.fault(self.offset, message))?;
        let mut out = String::new();
        for (name, text, line) in entries {
            out.push_str(&write(name, &unwrap_paragraph(&self.within(line, text, into)?)));
        }
        Ok(out)
    }

    /// Renders part of the body, `lines` below the fence, and merges what it found.
    fn within(&self, lines: usize, text: &str, into: &mut Rendered) -> Result<String, Fault> {
        let mut inner = render(self.passage.part(self.offset, lines, text))?;
        if let Some(heading) = inner.headings.first() {
            let message = format!("heading `{}` inside a block", heading.id);
            return Err(self.passage.fault(self.offset, message));
        }
        into.figures.append(&mut inner.figures);
        into.questions.append(&mut inner.questions);
        into.terms.append(&mut inner.terms);
        Ok(inner.html)
    }
}

/// Strips leading punctuation.
fn unmarked(text: &str) -> &str {
    text.trim_start_matches([',', '.', ';', ':', '?', ')'])
}

fn html(events: Vec<Event<'_>>) -> String {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, events.into_iter());
    out
}

fn inline(html: String) -> Event<'static> {
    Event::InlineHtml(CowStr::from(html))
}

fn block_html(html: String) -> Event<'static> {
    Event::Html(CowStr::from(html))
}

fn depth(level: HeadingLevel) -> u8 {
    level as u8
}

/// Renders a section's heading as a link to itself, so that its URL can be copied.
fn heading_html(heading: &Heading) -> String {
    let Heading { level, id, was, html, .. } = heading;
    let was: String = was.iter().map(|old| format!("<span id=\"{old}\"></span>")).collect();
    let html = if *level == 2 { format!("<a href=\"#{id}\">{html}</a>") } else { html.clone() };
    format!("<h{level} id=\"{id}\">{was}{html}</h{level}>\n")
}

fn open_cell(head: bool, alignment: Alignment) -> String {
    let class = match alignment {
        Alignment::Right => " class=\"number\"",
        Alignment::Center => " class=\"centre\"",
        Alignment::Left | Alignment::None => "",
    };
    if head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") }
}

/// Unwraps a single paragraph, for places that already are one.
fn unwrap_paragraph(html: &str) -> String {
    let trimmed = html.trim();
    match trimmed.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => trimmed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(text: &str) -> Result<Rendered, String> {
        let passage = Passage { file: Path::new("a.md"), line: 1, text, first_screen: false };
        render(passage).map_err(|fault| fault.to_string())
    }

    #[test]
    fn formulas_headings_and_tables() {
        let page = rendered("## One dial {#one-dial}\n\nWith $x^2$:\n\n$$f'(x) = 2x$$\n\n| k | x |\n|--|--:|\n| 0 | 10 |\n").unwrap();
        assert!(page.html.contains("<h2 id=\"one-dial\"><a href=\"#one-dial\">One dial</a></h2>"));
        assert!(page.html.contains("<p>With <span class=\"whole\"><math"));
        assert!(
            page.html.contains("<div class=\"formula\"><math display=\"block\""),
            "{}",
            page.html
        );
        assert!(page.html.contains("<th scope=\"col\" class=\"number\">x</th>"));
        assert!(page.html.contains("<td class=\"number\">10</td>"));
        assert!(!page.html.contains("style="));
        assert_eq!(page.headings.len(), 1);
        assert_eq!((page.headings[0].level, page.headings[0].id.as_str()), (2, "one-dial"));
    }

    #[test]
    fn marks_stay_with_their_formula() {
        let page = rendered("With $x$, and $y$ (or $z$).\n").unwrap().html;
        assert!(page.contains("<p>With <span class=\"whole\"><math"), "{page}");
        assert!(page.contains("</math>,</span> and <math"), "{page}");
        assert!(page.contains("</math>).</span></p>"), "{page}");
    }

    #[test]
    fn blocks() {
        let page = rendered("```figure bowl\nalt: A bowl.\nA bowl.\n```\n\n```try\n1. Drag. {alpha=0.3 play}\n```\n\n```python\nx < 1\n```\n").unwrap();
        let step = "<li><span>Drag.</span> <button type=\"button\" hidden data-set=\"alpha=0.3\" data-play>Set α = 0.3 and play</button></li>";
        assert!(page.html.contains(step), "{}", page.html);
        let alone = rendered("```try\n1. Drag.\n```\n").unwrap_err();
        assert!(alone.contains("an exercise follows the figure"), "{alone}");
        assert!(page.html.contains("<code class=\"language-python\">x &lt; 1\n</code>"));
    }

    #[test]
    fn headings_keep_the_anchors_they_had() {
        let page = rendered("### Size {#size was=how-far,step-length}\n").unwrap();
        let spans = "<span id=\"how-far\"></span><span id=\"step-length\"></span>";
        assert_eq!(page.html, format!("<h3 id=\"size\">{spans}Size</h3>\n"));
        assert!(rendered("### Size {#size is=big}\n").unwrap_err().contains("has no `is`"));
    }

    #[test]
    fn terms_glossary_and_sources() {
        let page = rendered("A [saddle](def:saddle-point) ([Li](#cite-li)).\n\n```glossary\nsaddle point: a *pass*\n```\n\n```sources\nli: Li, [x](https://li.example).\n```\n").unwrap();
        assert_eq!(page.terms, ["saddle-point"]);
        for part in [
            "A <dfn id=\"def-saddle-point\">saddle</dfn> (<a href=\"#cite-li\">Li</a>).",
            "<dl class=\"glossary\">\n<div><dt><a href=\"#def-saddle-point\">saddle point</a></dt> <dd>a <em>pass</em></dd></div>\n</dl>",
            "<ul class=\"sources\">\n<li id=\"cite-li\">Li, <a href=\"https://li.example\">x</a>.</li>\n</ul>",
        ] {
            assert!(page.html.contains(part), "{}", page.html);
        }
    }

    #[test]
    fn derivations_are_disclosed() {
        let page = rendered("```details Why $x$ shrinks\nSo:\n\n$$x$$\n```\n").unwrap();
        let start = "<details class=\"derivation\">\n<summary>Why <math";
        assert!(page.html.starts_with(start), "{}", page.html);
        assert!(page.html.contains("<div class=\"formula\">"), "{}", page.html);
    }

    #[test]
    fn questions() {
        let page = rendered("```quiz rest\nIs $x$ at *rest*?\n- [ ] No :: It *is*.\n- [x] Yes :: So.\n---\nIt is.\n```\n").unwrap();
        assert!(page.html.starts_with("<gd-quiz id=\"rest\">\n<p>Is <math"), "{}", page.html);
        let told = "<ol>\n<li>No</li>\n<li>Yes</li>\n</ol>\n<details><summary>Answer</summary>\n<ol>\n<li>It <em>is</em>.</li>\n<li data-right>So.</li>\n</ol>\n<p>It is.</p>\n</details>\n</gd-quiz>\n";
        assert!(page.html.ends_with(told), "{}", page.html);
        assert_eq!((page.questions.len(), page.questions[0].id.as_str()), (1, "rest"));
        let page = rendered("```quiz half\nWhere?\nanswer: 0.5 ± 0.01 :: There.\n```\n").unwrap();
        let told =
            "<ul>\n<li data-right><data value=\"0.5 ± 0.01\">0.5</data>. There.</li>\n</ul>\n";
        assert!(page.html.contains(told), "{}", page.html);
    }

    #[test]
    fn faults_name_the_line() {
        let fault = |text: &str| rendered(text).unwrap_err();
        assert!(
            fault("a\n\n```quiz b\nWhy?\n- [ ] So :: No.\n- [x] Not so\n```\n")
                .starts_with("a.md:6: ")
        );
        let formula = "```quiz b\nWhy?\n- [ ] So :: No.\n- [x] $\\frac{1}$ :: No.\n```\n";
        assert!(fault(formula).starts_with("a.md:4: formula"), "{}", fault(formula));
        assert!(fault("a\n\n## Title\n").starts_with("a.md:3: a heading needs an anchor"));
        assert!(fault("a\n\n<b>x</b>\n").starts_with("a.md:3: HTML does not belong"));
        assert!(fault("a\n\n![x](y.png)\n").starts_with("a.md:3: pictures come from figures"));
        assert!(fault("a\n\n```note T\nSee $\\frac{1}$\n```\n").starts_with("a.md:4: formula"));
        assert!(fault("a $$x$$ b\n").contains("paragraph of its own"));
        assert!(
            fault("\n```figure nonsense\nalt: x\nCaption\n```\n")
                .starts_with("a.md:2: there is no figure `nonsense`")
        );
    }
}
