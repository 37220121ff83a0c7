//! The boundary between the figures and the browser.
