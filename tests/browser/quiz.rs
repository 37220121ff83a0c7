//! Tests of questions: answered by mouse and keyboard, with reasons; written by hand, included by
//! name, and malformed.

use downhill_tests::{Case, Element, Engine, Page, case};
use serde_json::json;

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(a_wrong_choice_gets_its_reason),
    case!(several_choices_by_keyboard_alone),
    case!(a_number_counts_within_its_tolerance),
    case!(numbers_are_typed_as_the_language_writes_them),
    // Elsewhere a test's script cannot take WebAssembly away from the page.
    case!(numbers_are_read_without_the_module_that_knows_all_notations).only(Engine::Chromium),
    case!(an_empty_answer_is_refused),
    case!(the_answer_is_shown_when_asked_for),
    case!(written_by_hand_on_another_page),
    case!(wrong_markup_is_reported),
    case!(a_question_needs_a_name),
    case!(takes_theme_and_unknown_parameters),
    case!(comes_alive_when_near_and_keeps_its_height),
    case!(keeps_its_height_on_a_phone).size(360, 740),
    case!(is_accessible_in_every_state),
    case!(is_accessible_in_dark_theme_on_a_phone).size(320, 640).dark(),
];

fn open<'p, 'a>(page: &'p Page<'a>, question: &str) -> Element<'p, 'a> {
    page.open(&format!("embed.html?figure=quiz&question={question}"));
    host::listen(page);
    page.element("gd-quiz")
}

fn says(quiz: &Element<'_, '_>, words: &str) {
    quiz.element("[role=status]").wait_for_text(words);
}

const WORSE: &str = "The longer steps led into a worse valley.";
const ROUNDING: &str = "Rounding errors have added up.";

fn a_wrong_choice_gets_its_reason(page: &Page<'_>) {
    let quiz = open(page, "tripled");
    quiz.find("radio", WORSE).click();
    quiz.find("button", "Check").click();
    quiz.part("outcome").wait_for_text("Not quite.");
    quiz.part("reason").wait_for_text("Then the loss would settle there");
    says(&quiz, "Not quite. Then the loss would settle there");
    assert_eq!(
        host::heard(page, "gd-answer"),
        [json!({ "question": "tripled", "correct": false })]
    );
    // Another choice starts another attempt, and the old reason disappears.
    quiz.find("radio", ROUNDING).click();
    let _again = quiz.find("button", "Check");
    assert!(!quiz.text().contains("settle there"), "{}", quiz.text());
    quiz.find("button", "Check").click();
    quiz.find("button", "Try again").click();
    assert_eq!(
        quiz.script("return arguments[0].shadowRoot.querySelectorAll(':checked').length"),
        0
    );
    quiz.element("li:nth-child(2) label").click();
    quiz.find("button", "Check").click();
    quiz.part("outcome").wait_for_text("Right.");
    says(&quiz, "overflows to");
    let answers = host::heard(page, "gd-answer");
    assert_eq!(answers.last(), Some(&json!({ "question": "tripled", "correct": true })));
    let shape = quiz.script(
        "const { figure, spec, runs, data } = arguments[0].snapshot();
         return [figure, spec.question, runs, data.answers.map(({ correct }) => correct), data.score]",
    );
    assert_eq!(shape, json!(["quiz", "tripled", [], [false, false, true], 1]));
}

fn several_choices_by_keyboard_alone(page: &Page<'_>) {
    let quiz = open(page, "which-hollows");
    quiz.part("outcome").wait_for_text("Several may be right.");
    quiz.find("checkbox", "A").focus();
    page.press("Space");
    page.press("Tab");
    assert!(quiz.find("checkbox", "B").is_focused());
    page.press("Space");
    page.press("Enter");
    quiz.part("outcome").wait_for_text("What you chose is right, but not complete.");
    quiz.find("checkbox", "C").focus();
    page.press("Space");
    quiz.find("button", "Check").focus();
    page.press("Enter");
    quiz.part("outcome").wait_for_text("Not quite.");
    says(&quiz, "not converged");
    // The pressed button keeps the focus, and now starts over.
    assert!(quiz.find("button", "Try again").is_focused());
    page.press("Enter");
    for hollow in ["A", "B", "D"] {
        quiz.find("checkbox", hollow).focus();
        page.press("Space");
    }
    page.press("Enter");
    quiz.part("outcome").wait_for_text("Right.");
}

fn a_number_counts_within_its_tolerance(page: &Page<'_>) {
    let quiz = open(page, "square-root");
    let field = quiz.find("textbox", "Your answer");
    for (typed, words, reason) in [
        ("10000", "Not quite.", "takes the square root of"),
        ("12.5", "Not quite.", "That was the gain at"),
        ("300", "Not that number.", ""),
        ("79.9", "Not that number.", ""),
        ("80", "Right.", "The square root of"),
        ("1.2e2", "Right.", "The square root of"),
    ] {
        field.fill(typed);
        quiz.part("outcome").wait_for_text(words);
        quiz.wait_until("the reason", &format!("it.shadowRoot.textContent.includes('{reason}')"));
        // Typing something else starts the next attempt.
        field.type_over("0");
        let _again = quiz.find("button", "Check");
    }
    let given = quiz.script(
        "return arguments[0].snapshot().data.answers.map(({ given, correct }) => [given, correct])",
    );
    let wanted = json!([
        [10000, false],
        [12.5, false],
        [300, false],
        [79.9, false],
        [80, true],
        [120, true]
    ]);
    assert_eq!(given, wanted);
}

fn numbers_are_typed_as_the_language_writes_them(page: &Page<'_>) {
    let quiz = open(page, "the-border&lang=de");
    quiz.find("textbox", "Your answer").fill("0,2505");
    quiz.part("outcome").wait_for_text("Right.");
    let quiz = open(page, "the-border");
    let field = quiz.find("textbox", "Your answer");
    for (typed, words) in [
        ("0.2515", "Not that number."),
        // As an answer every notation will do that has one meaning.
        ("0,2505", "Right."),
        ("501/2000", "Right."),
        ("25.05 %", "Right."),
        ("1,250", "“1,250” can be read as 1250 or as 1.25: type one of them."),
    ] {
        field.fill(typed);
        quiz.part("outcome").wait_for_text(words);
        field.type_over("0");
        let _again = quiz.find("button", "Check");
    }
}

/// A page may forbid WebAssembly, and a line may be down.
fn numbers_are_read_without_the_module_that_knows_all_notations(page: &Page<'_>) {
    let quiz = open(page, "the-border");
    page.script("WebAssembly.compileStreaming = WebAssembly.compile = () => Promise.reject(new Error('forbidden'))");
    let field = quiz.find("textbox", "Your answer");
    field.fill("0,2505");
    quiz.part("outcome").wait_for_text("“0,2505” is not a number. Type one such as 0.5");
    field.fill("0.2505");
    quiz.part("outcome").wait_for_text("Right.");
}

fn an_empty_answer_is_refused(page: &Page<'_>) {
    let quiz = open(page, "tripled");
    quiz.find("button", "Check").click();
    quiz.part("outcome").wait_for_text("Choose an answer first.");
    let quiz = open(page, "square-root");
    quiz.find("button", "Check").click();
    quiz.part("outcome").wait_for_text("Type a number first");
    assert!(quiz.find("textbox", "Your answer").is_focused());
    quiz.find("textbox", "Your answer").fill("<b>many</b>");
    quiz.part("outcome").wait_for_text("“<b>many</b>” is not a number.");
    assert_eq!(host::heard(page, "gd-answer").len(), 0);
}

fn the_answer_is_shown_when_asked_for(page: &Page<'_>) {
    let quiz = open(page, "square-root");
    assert!(!page.has("button", "Show the answer"), "nobody has tried yet");
    quiz.find("textbox", "Your answer").fill("300");
    quiz.find("button", "Show the answer").click();
    quiz.part("outcome").wait_for_text("The answer:");
    quiz.wait_until("the reason", "it.shadowRoot.textContent.includes('The square root of')");
    assert!(quiz.find("button", "Try again").is_focused());
    assert_eq!(quiz.script("return arguments[0].snapshot().data.score"), 0);
    let quiz = open(page, "square-root&hide=answer");
    quiz.find("textbox", "Your answer").fill("300");
    quiz.part("outcome").wait_for_text("Not that number.");
    assert!(!page.has("button", "Show the answer"));
}

const BY_HAND: &str = "<gd-quiz id=\"mine\"><p>What is <em>half</em> of one?</p><ol><li>0.5</li><li>2</li></ol>
    <details><summary>Answer</summary><ol><li data-right>One over two.</li><li>That is twice one.</li></ol><p>Halves are quarters twice.</p></details></gd-quiz>";

fn written_by_hand_on_another_page(page: &Page<'_>) {
    host::open(page, BY_HAND);
    let quiz = page.element("gd-quiz");
    let _asked = quiz.find("group", "What is half of one?");
    quiz.find("radio", "2").click();
    quiz.find("button", "Check").click();
    says(&quiz, "Not quite. That is twice one.");
    assert!(
        !quiz.text().contains("Halves are"),
        "what is said in the end waits for the right answer"
    );
    quiz.find("radio", "0.5").click();
    quiz.find("button", "Check").click();
    says(&quiz, "Right. One over two. Halves are quarters twice.");
    let heard = host::heard(page, "gd-answer");
    assert_eq!(heard.last(), Some(&json!({ "question": "mine", "correct": true })));
}

fn wrong_markup_is_reported(page: &Page<'_>) {
    let right =
        "<details><summary>Answer</summary><ol><li data-right>Yes.</li><li>No.</li></ol></details>";
    for (markup, words) in [
        ("<ol><li>a</li><li>b</li></ol>".to_owned() + right, "This quiz has no question"),
        ("<p>Why?</p>".to_owned(), "This quiz has no answer"),
        ("<p>Why?</p><ol><li>a</li></ol>".to_owned() + right, "This quiz has 1 choice and 2 reasons"),
        ("<p>Why?</p><ol><li>a</li><li>b</li></ol>".to_owned() + &right.replace(" data-right", ""), "marked data-right"),
        ("<p>Why?</p><details><summary>A</summary><ul><li data-right><data value=\"some\">some</data>.</li></ul></details>".to_owned(), "“some” is not a number"),
    ] {
        host::open(page, &format!("<gd-quiz>{markup}</gd-quiz>"));
        let quiz = page.element("gd-quiz");
        quiz.part("error").wait_for_text(words);
        assert_eq!(host::heard(page, "gd-error")[0]["parameter"], "question");
        // The author's markup remains readable.
        assert_eq!(quiz.script("return arguments[0].firstElementChild.checkVisibility()"), true);
    }
}

fn a_question_needs_a_name(page: &Page<'_>) {
    let quiz = open(page, "nonsense");
    quiz.part("error").wait_for_text("question: the lesson has no question “nonsense”; it has ");
    quiz.part("error").wait_for_text("three-times-as-steep");
    page.open("embed.html?figure=quiz");
    let quiz = page.element("gd-quiz");
    quiz.part("error").wait_for_text("question: a quiz needs a question in it, or the name of one");
    // A later name takes effect.
    quiz.script("arguments[0].setAttribute('question', 'tripled')");
    let _asked = quiz.find("radio", ROUNDING);
    assert!(page.elements("gd-quiz [part=error]").is_empty(), "the complaint stays");
}

fn takes_theme_and_unknown_parameters(page: &Page<'_>) {
    let quiz = open(page, "tripled&theme=dark&colour=red");
    quiz.part("error")
        .wait_for_text("A quiz has no parameter “colour”; it has question, theme, lang, hide.");
    let ink = quiz.part("question").script(
        "return getComputedStyle(arguments[0]).color.match(/[\\d.]+/g).slice(0, 3).every((part) => part > 150)",
    );
    assert_eq!(ink, true, "the words are as dark as by day");
    quiz.find("radio", WORSE).click();
    quiz.find("button", "Check").click();
    quiz.part("outcome").wait_for_text("Not quite.");
    quiz.script("arguments[0].reset()");
    let _anew = quiz.find("button", "Check");
}

/// All questions of the lesson: nothing moves when they come alive.
fn keep_their_height(page: &Page<'_>) {
    page.open("index.html");
    page.script("return document.fonts.ready.then(() => {})");
    let before = "[...document.querySelectorAll('gd-quiz')].map((quiz) => quiz.getBoundingClientRect().height)";
    let questions = page.script(&format!("return {before}"));
    let count = questions.as_array().map_or(0, Vec::len);
    assert!(count >= 12, "{count} questions");
    page.script("return Promise.all([...document.querySelectorAll('gd-quiz')].map((quiz) => quiz.ready)).then(() => {})");
    let grown = page.script_with(
        &format!("return {before}.map((height, index) => [document.querySelectorAll('gd-quiz')[index].id, height, arguments[0][index]]).filter(([, now, then]) => Math.abs(now - then) > 0.75)"),
        &[questions],
    );
    assert_eq!(grown, json!([]), "name, height alive, height before");
}

fn comes_alive_when_near_and_keeps_its_height(page: &Page<'_>) {
    page.open("index.html");
    page.wait_until(
        "the first figure",
        "!!document.querySelector('gd-hill, gd-bowl').snapshot?.()",
    );
    let asked = page.site().take_requests();
    assert!(
        !asked.iter().any(|file| file.contains("quiz") || file.contains("palette.json")),
        "{asked:?}"
    );
    page.script("document.querySelector('gd-quiz').scrollIntoView({ behavior: 'instant' })");
    page.wait_until(
        "the question",
        "document.querySelector('gd-quiz').snapshot?.()?.figure === 'quiz'",
    );
    keep_their_height(page);
}

fn keeps_its_height_on_a_phone(page: &Page<'_>) {
    keep_their_height(page);
}

fn states(page: &Page<'_>) {
    for question in ["tripled", "which-hollows", "square-root"] {
        let quiz = open(page, question);
        page.settle();
        page.assert_accessible();
        if question == "square-root" {
            quiz.find("textbox", "Your answer").fill("10");
        } else {
            quiz.element("li:nth-child(3) label").click();
            quiz.find("button", "Check").click();
        }
        quiz.part("outcome").wait_for_text("Not quite.");
        page.assert_accessible();
        assert_eq!(page.script("return document.documentElement.scrollWidth <= innerWidth"), true);
    }
}

fn is_accessible_in_every_state(page: &Page<'_>) {
    states(page);
}

fn is_accessible_in_dark_theme_on_a_phone(page: &Page<'_>) {
    states(page);
}
