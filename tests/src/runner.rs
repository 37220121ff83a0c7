//! Runs every case in every engine.

use std::cell::RefCell;
use std::fs;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use libtest_mimic::{Arguments, Failed, Trial};

use crate::engine::Engine;
use crate::page::Page;
use crate::program;
use crate::screen::Screen;
use crate::session::Session;
use crate::site::Site;

/// A test of a page: name, function and screen. Made by [`case!`](crate::case).
#[derive(Clone, Copy, Debug)]
pub struct Case {
    name: &'static str,
    run: fn(&Page<'_>),
    screen: Screen,
    only: Option<Engine>,
}

/// A [`Case`] from a function, named after it and its module.
#[macro_export]
macro_rules! case {
    ($run:ident) => {
        $crate::Case::new(concat!(module_path!(), "::", stringify!($run)), $run)
    };
}

impl Case {
    /// A case on a laptop screen with the light theme.
    #[must_use]
    pub const fn new(name: &'static str, run: fn(&Page<'_>)) -> Self {
        Self { name, run, screen: Screen::LAPTOP, only: None }
    }

    /// Sets the viewport size in CSS pixels.
    #[must_use]
    pub const fn size(mut self, width: u32, height: u32) -> Self {
        self.screen.width = width;
        self.screen.height = height;
        self
    }

    /// Prefers the dark theme.
    #[must_use]
    pub const fn dark(mut self) -> Self {
        self.screen.dark = true;
        self
    }

    /// Prefers reduced motion.
    #[must_use]
    pub const fn reduced_motion(mut self) -> Self {
        self.screen.reduced_motion = true;
        self
    }

    /// Has the reader's own colours forced on the page, in Chromium alone.
    #[must_use]
    pub const fn forced_colors(mut self) -> Self {
        self.screen.forced_colors = true;
        self.only = Some(Engine::Chromium);
        self
    }

    /// Has a finger for its pointer, in Chromium alone.
    #[must_use]
    pub const fn touch(mut self) -> Self {
        self.screen.touch = true;
        self.only = Some(Engine::Chromium);
        self
    }

    /// Sets the number of device pixels per CSS pixel.
    #[must_use]
    pub const fn ratio(mut self, ratio: f64) -> Self {
        self.screen.ratio = ratio;
        self
    }

    /// Runs in one engine only, for what only its driver can do or see.
    #[must_use]
    pub const fn only(mut self, engine: Engine) -> Self {
        self.only = Some(engine);
        self
    }

    /// `module::function`, without the crate.
    fn short_name(&self) -> &'static str {
        self.name.split_once("::").map_or(self.name, |(_, rest)| rest)
    }
}

/// The idle browsers of an engine, each with the site it shows. A case that finds none starts one.
type Idle = Mutex<Vec<(Session, Site)>>;

thread_local! {
    /// The message and location of this thread's last panic.
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs the cases with libtest's command line and reports the results.
#[must_use]
pub fn run(groups: &[&[Case]]) -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Two browsers at a time; more would slow each other down on a small machine.
    arguments.test_threads = arguments.test_threads.or(Some(2));
    let mut engines = Vec::new();
    for engine in Engine::ALL {
        let missing = engine.missing();
        if missing.is_empty() {
            engines.push((engine, Arc::new(Idle::default())));
        } else if engine == Engine::Chromium {
            eprintln!(
                "Chromium is required and lacks {}; `cargo xtask test` installs it or says how",
                missing.join(", ")
            );
            return ExitCode::FAILURE;
        } else {
            eprintln!("{engine} is left out: it lacks {}", missing.join(", "));
        }
    }
    let mut cases: Vec<Case> = groups.iter().flat_map(|group| group.iter().copied()).collect();
    // Cases with the same kind of screen run in sequence, because some browsers have to be
    // restarted for another.
    cases.sort_by_key(|case| {
        (case.screen.dark, case.screen.reduced_motion, case.screen.ratio.to_bits())
    });
    let mut trials = Vec::new();
    for case in cases {
        for (engine, idle) in &engines {
            if case.only.is_none_or(|only| only == *engine) {
                let (engine, idle) = (*engine, Arc::clone(idle));
                let name = format!("{engine}::{}", case.short_name());
                trials.push(Trial::test(name, move || judge(&case, engine, &idle)));
            }
        }
    }
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let words = panic.payload_as_str().unwrap_or_default();
        LAST_PANIC.set(format!("{words}\nat {place}"));
    }));
    let conclusion = libtest_mimic::run(&arguments, trials);
    for (_, idle) in &engines {
        // Closes the browsers, which `exit` would not do.
        waiting(idle).clear();
    }
    conclusion.exit_code()
}

/// Runs a case; if it fails, tries once more in a fresh browser and reports the retry. On a busy
/// machine a driver sometimes loses a key, or clicks where a button was. An error of the page fails
/// both times.
fn judge(case: &Case, engine: Engine, idle: &Idle) -> Result<(), Failed> {
    attempt(case, engine, idle).or_else(|first| {
        eprintln!("{engine} {} failed and is tried again: {first:?}", case.short_name());
        attempt(case, engine, idle)
    })
}

fn attempt(case: &Case, engine: Engine, idle: &Idle) -> Result<(), Failed> {
    let found = waiting(idle).pop();
    let fitting = found.and_then(|(mut session, site)| {
        session.adapt(&case.screen).unwrap_or(false).then_some((session, site))
    });
    let (session, site) = match fitting {
        Some(both) => both,
        None => {
            // Between choosing a port and using it, another process may take it.
            let session = Session::start(engine, case.screen);
            (session.or_else(|_| Session::start(engine, case.screen))?, Site::start()?)
        }
    };
    let page = Page::new(&session, &site);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        (case.run)(&page);
        let errors = page.take_errors();
        assert!(errors.is_empty(), "the page logged errors: {errors:#?}");
    }));
    if outcome.is_err() {
        // Whatever is wrong with this browser must not affect the next case.
        return Err(describe(&page, engine, case).into());
    }
    page.clean_up();
    waiting(idle).push((session, site));
    Ok(())
}

fn waiting(idle: &Idle) -> MutexGuard<'_, Vec<(Session, Site)>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The panic's message, the page's errors, and the path of the screenshot.
fn describe(page: &Page<'_>, engine: Engine, case: &Case) -> String {
    let words = LAST_PANIC.take();
    let errors = page.take_errors();
    let logged =
        if errors.is_empty() { String::new() } else { format!("\nthe page logged: {errors:#?}") };
    let folder = program::root().join("target/browser-tests");
    let file = folder.join(format!("{engine}-{}.png", case.short_name().replace("::", "-")));
    let picture = fs::create_dir_all(&folder)
        .map_err(|error| error.to_string())
        .and_then(|()| page.session().screenshot())
        .and_then(|picture| fs::write(&file, picture).map_err(|error| error.to_string()));
    let picture = match picture {
        Ok(()) => format!("\npicture: {}", file.display()),
        Err(error) => format!("\nno picture: {error}"),
    };
    format!("{words}{picture}{logged}")
}
