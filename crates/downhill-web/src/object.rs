//! Plain objects out of whatever serializes.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsError, JsValue};

/// A plain object: maps become objects and what is missing becomes null, as in JSON.
pub(crate) fn from<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsError> {
    let serializer =
        Serializer::new().serialize_maps_as_objects(true).serialize_missing_as_null(true);
    value.serialize(&serializer).map_err(JsError::from)
}
