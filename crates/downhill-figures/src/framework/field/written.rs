//! Values in notations of their own, each known to the few figures that have it.

/// Why a text is not taken.
#[derive(Debug)]
pub enum Refusal {
    /// It is not in the notation; [`WrittenSlot::allowed`] says what is.
    Malformed,
    /// A reason that says it all.
    Because(String),
}

/// A value in a notation of its own.
///
/// Figures without such a field are downloaded without what reads its notation.
pub trait WrittenSlot {
    /// The value as text that [`read`](Self::read) accepts.
    fn text(&self) -> String;

    /// Takes a text.
    ///
    /// # Errors
    /// If the text is not in the notation. The previous value then stays.
    fn read(&mut self, text: &str) -> Result<(), Refusal>;

    /// What is allowed, in words; empty if refusals say it.
    fn allowed(&self) -> String;

    /// Whether it is the reader's own data, which links and events leave out.
    fn is_private(&self) -> bool {
        false
    }
}
