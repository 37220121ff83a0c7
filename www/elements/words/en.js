/**
 * Words of the elements that have no Rust side, by key; those of the figures are in the words of
 * downhill-figures. {braces} are filled.
 */
export const words = {
  // gd-quiz
  "quiz-check": "Check",
  "quiz-again": "Try again",
  "quiz-reveal": "Show the answer",
  "quiz-number": "Your answer",
  "quiz-several": "Several may be right.",
  "quiz-choose": "Choose an answer first.",
  "quiz-type": "Type a number first, such as 0.5.",
  "quiz-not-a-number": "“{got}” is not a number. Type one such as 0.5 or 1e-3.",
  "quiz-right": "Right.",
  "quiz-wrong": "Not quite.",
  "quiz-missing": "What you chose is right, but there is more.",
  "quiz-off": "Too far off.",
  "quiz-answer": "The answer:",
  "quiz-parameter": "A quiz has no parameter “{name}”; it has {names}.",
  "quiz-no-question": "This quiz has no question: it begins with a paragraph that asks it.",
  "quiz-no-answer": "This quiz has no answer: it needs <details> with a list of reasons, the right ones marked data-right.",
  "quiz-no-choices": "This quiz has {choices} choices and {reasons} reasons: each choice needs one reason, in the same order.",
  "quiz-no-right": "None of the reasons of this quiz is marked data-right.",
  "quiz-bad-number": "“{got}” is no number for an answer: write <data value=\"0.5 ± 0.01\">.",
  "quiz-which": "question: a quiz needs a question in it, or the name of one in question=…: {names}.",
  "quiz-unknown": "question: the lesson has no question “{got}”; it has {names}.",
  "quiz-unreachable": "question: the lesson’s questions could not be loaded ({why}).",
};
