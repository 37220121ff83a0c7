//! The elements for editors and catalogues: `custom-elements.json`, in the form of the Custom Elements Manifest.

use downhill_figures::{ColorRole, Palette, Theme};
use serde_json::{Value, json};

use super::{EVENTS, Element, METHODS, camel, class, types};

/// The manifest of the package, whose module for each element is `NAME.js`.
pub(crate) fn manifest(elements: &[Element]) -> Value {
    let modules: Vec<Value> = elements.iter().map(module).collect();
    json!({ "schemaVersion": "1.0.0", "readme": "README.md", "modules": modules })
}

fn module(element: &Element) -> Value {
    let (path, tag) = (format!("{}.js", element.name), format!("gd-{}", element.name));
    let class = class(element.name);
    let attributes = element.parameters.iter().map(|one| {
        let allowed =
            if one.allowed.is_empty() { String::new() } else { format!(": {}", one.allowed) };
        let names: Vec<&str> = element.hides.iter().map(|(name, _)| &**name).collect();
        let names = if one.name == "hide" { format!(": {}", names.join(", ")) } else { allowed };
        json!({
            "name": one.name,
            "fieldName": camel(one.name),
            "description": format!("{}{names}", one.about),
            "type": { "text": types::kind(one) },
            "default": one.default,
        })
    });
    let fields = element.parameters.iter().map(|one| {
        json!({
            "kind": "field",
            "name": camel(one.name),
            "attribute": one.name,
            "description": one.about,
            "type": { "text": types::kind(one) },
        })
    });
    let methods = METHODS.iter().map(|method| {
        json!({ "kind": "method", "name": method.name, "description": method.about, "type": { "text": method.signature } })
    });
    let events = EVENTS.iter().map(|event| {
        let kind = format!("CustomEvent<{}>", event.detail);
        json!({ "name": event.name, "type": { "text": kind }, "description": event.about })
    });
    let (light, dark) = (Palette::of(Theme::Light), Palette::of(Theme::Dark));
    let properties = ColorRole::ALL.into_iter().map(|role| {
        let about = format!("{} in the dark theme", dark.get(role).hex());
        json!({ "name": format!("--gd-{}", role.name()), "default": light.get(role).hex(), "syntax": "<color>", "description": about })
    });
    json!({
        "kind": "javascript-module",
        "path": path,
        "declarations": [{
            "kind": "class",
            "customElement": true,
            "name": class,
            "tagName": tag,
            "description": element.title,
            "superclass": { "name": "HTMLElement" },
            "attributes": attributes.collect::<Vec<_>>(),
            "members": fields.chain(methods).collect::<Vec<_>>(),
            "events": events.collect::<Vec<_>>(),
            "cssParts": element.parts.iter().map(|part| json!({ "name": part })).collect::<Vec<_>>(),
            "cssProperties": properties.collect::<Vec<_>>(),
            "slots": [
                { "name": "", "description": "A picture or text until the figure is alive." },
                { "name": "aside", "description": "What the page says about the figure, beside it." },
            ],
        }],
        "exports": [{
            "kind": "custom-element-definition",
            "name": tag,
            "declaration": { "name": class, "module": path },
        }],
    })
}
