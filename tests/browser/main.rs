//! The browser tests: every case runs in every installed engine.

mod accessibility;
mod bench;
mod bits;
mod bowl;
mod budgets;
mod chain;
mod code;
mod code_run;
mod element;
mod embed;
mod embed_dialog;
mod everyone;
mod fit;
mod foreign_pages;
mod formula;
mod guide;
mod harness;
mod hill;
mod host;
mod input;
mod lab;
mod layout;
mod lifecycle;
mod net;
mod notebook;
mod packages;
mod page;
mod plane;
mod progress;
mod quiz;
mod race;
mod ravine;
mod scorm;
mod scrubber;
mod single;
mod smoke;
mod sound;
mod starts;

use std::process::ExitCode;

fn main() -> ExitCode {
    downhill_tests::run(&[
        accessibility::CASES,
        bench::CASES,
        bits::CASES,
        bowl::CASES,
        budgets::CASES,
        chain::CASES,
        code::CASES,
        code_run::CASES,
        element::CASES,
        embed::CASES,
        embed_dialog::CASES,
        everyone::CASES,
        fit::CASES,
        foreign_pages::CASES,
        formula::CASES,
        guide::CASES,
        harness::CASES,
        hill::CASES,
        input::CASES,
        lab::CASES,
        layout::CASES,
        lifecycle::CASES,
        net::CASES,
        notebook::CASES,
        packages::CASES,
        page::CASES,
        plane::CASES,
        progress::CASES,
        quiz::CASES,
        race::CASES,
        ravine::CASES,
        scorm::CASES,
        scrubber::CASES,
        single::CASES,
        smoke::CASES,
        sound::CASES,
        starts::CASES,
    ])
}
