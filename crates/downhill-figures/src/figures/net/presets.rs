//! States in one click, each of which plays at once.

use downhill::{AlphaChanges, Hidden};

use super::choices::{HiddenText, Source};
use super::settings::Settings;

/// The names of their actions.
pub(super) const ACTIONS: [&str; 4] = ["edge", "sinks", "catapult", "explodes"];

/// The settings that an action stands for.
pub(super) fn settings(action: &str) -> Option<Settings> {
    let usual = Settings::default();
    let changing = |k, alpha| AlphaChanges::default().from_step(k, alpha).unwrap_or_default();
    let wide = HiddenText(Hidden::new(&[24, 24]).unwrap_or_default());
    Some(match action {
        "edge" => Settings { source: Source::Spiral, hidden: wide, alpha: 0.1, ..usual },
        "sinks" => Settings { source: Source::Circles, alpha: 0.05, seed: 2, ..usual },
        "catapult" => Settings { alpha: 0.1, changes: changing(3000, 0.2), ..usual },
        "explodes" => Settings { alpha: 0.3, changes: changing(2000, 3.0), ..usual },
        _ => return None,
    })
}
