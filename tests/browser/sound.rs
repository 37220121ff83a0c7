//! Tests of the sound: the loss as a pitch, off by default.

use downhill_tests::{Case, Engine, Page, case};

pub(crate) const CASES: &[Case] = &[
    // The other drivers have no audio device.
    case!(the_loss_is_heard_once_it_is_switched_on).only(Engine::Chromium),
];

/// Counts the audio devices that the page makes, and keeps their oscillators and gains.
const WATCH: &str = "
  window.made = [];
  const Real = AudioContext;
  window.AudioContext = class extends Real {
    constructor() { super(); made.push(this); }
    createOscillator() { return (this.tone = super.createOscillator()); }
    createGain() { return (this.loudness = super.createGain()); }
  };
  window.bowl = () => document.querySelector('gd-bowl');
  window.near = (value, wanted) => Math.abs(value - wanted) < 0.02 * wanted;";

fn the_loss_is_heard_once_it_is_switched_on(page: &Page<'_>) {
    // x² at α = 0.1: f falls by 0.64 at each step, half an octave a decade.
    let bowl = page.open_figure("bowl", "&alpha=0.1&start=5");
    page.settle();
    page.script(WATCH);
    bowl.find("button", "Step").click();
    bowl.part("readouts").wait_for_text("x₁ 4");
    assert_eq!(page.script("return made.length"), 0, "nothing is made before it is switched on");

    page.script("bowl().shadowRoot.querySelector('.more').open = true");
    let sound = bowl.find("button", "Sound");
    assert_eq!(sound.attribute("aria-pressed").as_deref(), Some("false"));
    sound.click();
    sound.wait_until("it to be pressed", "arguments[0].getAttribute('aria-pressed') === 'true'");
    assert_eq!(page.script("return made.length"), 1);
    assert_eq!(page.script("return made[0].loudness.gain.value"), 0.0, "at rest it is silent");

    // At the start the orchestra's A; ten steps later 10·lg(0.64)/2 octaves lower.
    page.script("bowl().seek(0)");
    page.wait_until("the pitch of the start", "near(made[0].tone.frequency.value, 440)");
    page.script("bowl().seek(10)");
    let lower = "near(made[0].tone.frequency.value, 440 * 2 ** (5 * Math.log10(0.64)))";
    page.wait_until("the pitch after ten steps", lower);
    page.wait_until("silence at rest", "made[0].loudness.gain.value < 1e-3");

    // While it plays it is heard.
    page.script("bowl().seek(0); bowl().play()");
    page.wait_until("a sound while it plays", "made[0].loudness.gain.value > 0.03");
    page.script("bowl().pause()");
    page.wait_until("the device to rest", "made[0].state === 'suspended'");

    sound.click();
    page.wait_until("the device to be given back", "made[0].state === 'closed'");
    assert_eq!(sound.attribute("aria-pressed").as_deref(), Some("false"));
    page.script("bowl().seek(3)");
    assert_eq!(page.script("return made.length"), 1);
}
