//! Serializes values to plain JavaScript objects.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsError, JsValue};

/// Serializes a value as JSON would: maps become objects, and `None` becomes null.
pub(crate) fn from<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsError> {
    let serializer =
        Serializer::new().serialize_maps_as_objects(true).serialize_missing_as_null(true);
    value.serialize(&serializer).map_err(JsError::from)
}
