//! Parses a question with its answers: ```` ```quiz name ````.
//!
//! ````text
//! ```quiz three-times
//! Which learning rate lands on the bottom of $3x^2$ at once?
//! - [ ] $1/3$ :: That is the border beyond which the walk explodes.
//! - [x] $1/6$ :: One over the curvature, which is 6.
//! ---
//! What is said to everybody, whatever they chose. It may be left out.
//! ```
//! ````
//!
//! Several `[x]` make a multiple choice. A number is asked for with different lines, the first of
//! which is right: `answer: 0.5 ± 0.01 :: why`, then any number of `wrong: 0.25 :: why`. An
//! indented line continues the one above it.

use super::number;

/// A possible answer, with the reason why it is right or wrong.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer<'a> {
    pub(crate) right: bool,
    /// The choice in Markdown; for a number, the number as written.
    pub(crate) text: &'a str,
    pub(crate) reason: &'a str,
    /// Its line, counted from the fence.
    pub(crate) line: usize,
    /// The number and its tolerance.
    pub(crate) number: Option<(f64, f64)>,
}

/// A parsed question.
#[derive(Debug, PartialEq)]
pub(crate) struct Quiz<'a> {
    pub(crate) question: &'a str,
    pub(crate) answers: Vec<Answer<'a>>,
    /// The closing text, shown after any answer, and its first line.
    pub(crate) closing: Option<(usize, &'a str)>,
}

/// An error message with its line, counted from the fence.
type Misfit = (usize, String);

impl<'a> Quiz<'a> {
    /// Parses the body of a block.
    ///
    /// # Errors
    /// If the question, the answers or a reason is missing, or no answer is right.
    pub(crate) fn parse(body: &'a str) -> Result<Self, Misfit> {
        let (asked, closing) = match body.split_once("\n---\n") {
            Some((asked, closing)) => (asked, Some((asked.matches('\n').count() + 3, closing))),
            None => (body, None),
        };
        let mut question_end = asked.len();
        let mut starts = Vec::new();
        let mut offset = 0;
        for (index, line) in asked.split_inclusive('\n').enumerate() {
            if ["- [ ] ", "- [x] ", "answer:", "wrong:"].iter().any(|mark| line.starts_with(mark)) {
                question_end = question_end.min(offset);
                starts.push((index + 1, offset));
            } else if !starts.is_empty() && !line.starts_with(' ') && !line.trim().is_empty() {
                let message = "an answer begins with `- [ ]`, `- [x]`, `answer:` or `wrong:`; a line that goes on with one is indented";
                return Err((index + 1, message.to_owned()));
            }
            offset += line.len();
        }
        let ends = starts.iter().skip(1).map(|(_, offset)| *offset).chain([asked.len()]);
        let answers = starts
            .iter()
            .zip(ends)
            .map(|(&(line, from), to)| {
                answer(line, &asked[from..to]).map_err(|message| (line, message))
            })
            .collect::<Result<Vec<_>, Misfit>>()?;
        let quiz = Self { question: asked[..question_end].trim_end(), answers, closing };
        quiz.check().map_err(|message| (0, message))?;
        Ok(quiz)
    }

    fn check(&self) -> Result<(), String> {
        let numbers = self.answers.iter().filter(|answer| answer.number.is_some()).count();
        let right = self.answers.iter().filter(|answer| answer.right).count();
        let wanted = if self.question.trim().is_empty() {
            "a quiz begins with its question"
        } else if self.answers.is_empty() {
            "a quiz needs answers: lines `- [x] right :: why` and `- [ ] wrong :: why`, or `answer: 0.5 ± 0.01 :: why`"
        } else if numbers > 0 && numbers < self.answers.len() {
            "a quiz asks for a choice or for a number, not for both"
        } else if numbers == 0 && self.answers.len() < 2 {
            "one choice alone is none: a quiz needs two or more"
        } else if numbers > 0 && (right != 1 || !self.answers[0].right) {
            "a number has one right answer, which stands before the wrong ones"
        } else if right == 0 {
            "one of the choices has to be right: `- [x]`"
        } else {
            return Ok(());
        };
        Err(wanted.to_owned())
    }
}

/// Parses one answer, including its continuation lines.
fn answer(line: usize, text: &str) -> Result<Answer<'_>, String> {
    let (text, reason) = text
        .split_once(" :: ")
        .ok_or("an answer is followed by its reason: `… :: why it is right or wrong`")?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err("after `::` stands why the answer is right or wrong".to_owned());
    }
    let choice = |right, text: &'static str| (right, text);
    let (right, mark) = if text.starts_with("- [x]") {
        choice(true, "- [x]")
    } else if text.starts_with("- [ ]") {
        choice(false, "- [ ]")
    } else if text.starts_with("answer:") {
        choice(true, "answer:")
    } else {
        choice(false, "wrong:")
    };
    let text = text[mark.len()..].trim();
    if text.is_empty() {
        return Err(format!("after `{mark}` stands an answer"));
    }
    if mark.starts_with('-') {
        return Ok(Answer { right, text, reason, line, number: None });
    }
    let (shown, tolerance) = text.split_once('±').unwrap_or((text, "0"));
    let (shown, tolerance) = (shown.trim(), tolerance.trim());
    let read = |text: &str| number::read(text).ok_or_else(|| format!("`{text}` is not a number"));
    let value = (read(shown)?, read(tolerance)?);
    if value.1 < 0.0 {
        return Err("what stands after ± is not below 0".to_owned());
    }
    Ok(Answer { right, text: shown, reason, line, number: Some(value) })
}

/// The markup of `<gd-quiz>`, from parts already rendered as HTML.
///
/// Without scripts it reads as a question, its choices and a collapsed answer.
pub(crate) fn html(
    id: &str,
    question: &str,
    answers: &[(&Answer<'_>, String, String)],
    closing: &str,
) -> String {
    let mut choices = String::new();
    let mut reasons = String::new();
    for (answer, text, reason) in answers {
        let right = if answer.right { " data-right" } else { "" };
        match answer.number {
            Some((value, tolerance)) => {
                let plain = downhill::numbers::shortest;
                let within = if tolerance > 0.0 {
                    format!(" ± {}", plain(tolerance))
                } else {
                    String::new()
                };
                reasons.push_str(&format!(
                    "<li{right}><data value=\"{}{within}\">{text}</data>. {reason}</li>\n",
                    plain(value)
                ));
            }
            None => {
                choices.push_str(&format!("<li>{text}</li>\n"));
                reasons.push_str(&format!("<li{right}>{reason}</li>\n"));
            }
        }
    }
    let (choices, list) = if choices.is_empty() {
        (String::new(), "ul")
    } else {
        (format!("<ol>\n{choices}</ol>\n"), "ol")
    };
    format!(
        "<gd-quiz id=\"{id}\">\n{question}{choices}<details><summary>Answer</summary>\n\
         <{list}>\n{reasons}</{list}>\n{closing}</details>\n</gd-quiz>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_and_reasons() {
        let body = "Why\nso?\n\n- [ ] No :: It is\n  not.\n- [x] Yes :: It is.\n---\nAlways.\n";
        let quiz = Quiz::parse(body).unwrap();
        assert_eq!(quiz.question, "Why\nso?");
        assert_eq!(quiz.closing, Some((8, "Always.\n")));
        let told: Vec<_> =
            quiz.answers.iter().map(|a| (a.right, a.text, a.reason, a.line)).collect();
        assert_eq!(told, [(false, "No", "It is\n  not.", 4), (true, "Yes", "It is.", 6)]);
    }

    #[test]
    fn numbers_with_their_tolerance() {
        let body = "How far?\nanswer: 4.3\u{a0}×\u{a0}10⁻⁷ ± 1e-8 :: So.\nwrong: −0.5 :: No.\n";
        let quiz = Quiz::parse(body).unwrap();
        let numbers: Vec<_> = quiz.answers.iter().map(|a| (a.right, a.text, a.number)).collect();
        let right = (true, "4.3\u{a0}×\u{a0}10⁻⁷", Some((4.3e-7, 1e-8)));
        assert_eq!(numbers, [right, (false, "−0.5", Some((-0.5, 0.0)))]);
    }

    #[test]
    fn missing_parts_are_reported_with_their_line() {
        let fault = |body: &str| Quiz::parse(body).unwrap_err();
        assert!(fault("Why?\n").1.contains("a quiz needs answers"));
        assert!(fault("- [x] a :: b\n- [ ] c :: d\n").1.contains("begins with its question"));
        assert!(fault("Why?\n- [x] a :: b\n").1.contains("one choice alone"));
        assert!(fault("Why?\n- [ ] a :: b\n- [ ] c :: d\n").1.contains("has to be right"));
        assert_eq!(fault("Why?\n- [x] a\n").0, 2);
        assert!(fault("Why?\n- [x] a :: \n").1.contains("stands why"));
        assert_eq!(fault("Why?\n- [x]  :: b\n").0, 2);
        assert!(fault("Why?\nanswer: much :: b\n").1.contains("`much` is not a number"));
        assert!(fault("Why?\nanswer: 1 ± -1 :: b\n").1.contains("below 0"));
        assert!(fault("Why?\nanswer: 1 :: b\n- [x] c :: d\n").1.contains("not for both"));
        assert!(fault("Why?\nwrong: 1 :: b\nanswer: 2 :: d\n").1.contains("before the wrong"));
        assert_eq!(fault("Why?\n- [x] a :: b\nand more\n").0, 3);
    }
}
