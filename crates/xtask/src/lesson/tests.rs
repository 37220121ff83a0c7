//! The promises of the prose, held on the lesson as it stands.
