//! TypeScript declarations of the elements.

use std::fmt::Write as _;

use downhill_figures::{Parameter, ParameterKind};

use super::{EVENTS, Element, METHODS, camel, class};

const HEAD: &str = "\
/** Types of Downhill's elements. Written by the build from what the figures declare. */

import type { Snapshot, Value } from \"./payloads.js\";

export type * from \"./payloads.js\";

/** A number, or its text. */
export type Numeric = number | `${number}`;

/** On or off; an attribute without a value is on. */
export type Toggle = boolean | \"\" | \"on\" | \"off\";

/** A number, or one with changes on the way: `0.1,40:0.01`. */
export type Rate = Numeric | `${number},${string}`;

/** Coordinates. */
export type Point = readonly number[] | Numeric | `${number},${string}`;

/** Several points of the plane: `0.2,-0.5;1,2`. */
export type Points = readonly (readonly number[])[] | `${number},${string}`;
";

/// `index.d.ts`.
pub(crate) fn types(elements: &[Element]) -> String {
    let mut out = HEAD.to_owned();
    let names: Vec<String> = elements.iter().map(|one| format!("{:?}", one.name)).collect();
    write!(
        out,
        "\n/** The figures, by name: each is the element `gd-` plus it. */\n\
         export type FigureName = {};\n\n\
         export const figures: readonly FigureName[];\n\n\
         /**\n * Registers the elements of these figures, or of all if none is named. On a server it does nothing.\n */\n\
         export function define(...names: FigureName[]): Promise<void>;\n\n\
         /**\n * Says where a site of Downhill is, for links to a state and for frames; without one figures offer neither.\n \
         * @param address the address of its folder, `https://your.host/downhill/`\n */\n\
         export function publishedAt(address: string | URL): void;\n\n\
         export interface FigureEvents {{\n",
        names.join(" | ")
    )
    .ok();
    for event in EVENTS {
        writeln!(
            out,
            "  /** {} */\n  {:?}: CustomEvent<{}>;",
            event.about, event.name, event.detail
        )
        .ok();
    }
    out.push_str(
        "}\n\n/** What all elements have. */\nexport interface GdFigure extends HTMLElement {\n\
         \x20 /** Settles when the figure is alive and answers its methods at once. */\n\
         \x20 readonly ready: Promise<this>;\n\
         \x20 /** All parameters; null until it is alive. */\n\
         \x20 readonly spec: Record<string, Value> | null;\n",
    );
    for method in METHODS {
        writeln!(out, "  /** {} */\n  {}{};", method.about, method.name, method.signature).ok();
    }
    out.push_str("}\n");
    for element in elements {
        let class = class(element.name);
        writeln!(out, "\n/** The attributes of `<gd-{}>`. */", element.name).ok();
        writeln!(out, "export interface {class}Attributes {{").ok();
        for parameter in own(element) {
            let quoted = parameter.name.contains('-');
            let quote = if quoted { "\"" } else { "" };
            writeln!(
                out,
                "  /** {} */\n  {quote}{}{quote}?: {};",
                about(parameter),
                parameter.name,
                kind(parameter)
            )
            .ok();
        }
        writeln!(out, "}}\n\n/** `<gd-{}>`: {}. */", element.name, element.title).ok();
        writeln!(out, "export interface {class} extends GdFigure {{").ok();
        for parameter in own(element) {
            let name = camel(parameter.name);
            writeln!(
                out,
                "  /** {} */\n  get {name}(): Value | undefined;\n  set {name}(value: {} | null | undefined);",
                about(parameter),
                kind(parameter)
            )
            .ok();
        }
        out.push_str("}\n");
    }
    out.push_str("\ndeclare global {\n  interface HTMLElementTagNameMap {\n");
    for element in elements {
        writeln!(out, "    \"gd-{}\": {};", element.name, class(element.name)).ok();
    }
    out.push_str("  }\n  interface HTMLElementEventMap extends FigureEvents {}\n}\n");
    out
}

/// `react.d.ts`: the tags in JSX.
pub(crate) fn jsx(elements: &[Element]) -> String {
    let mut out = String::from(
        "/** The elements in React's JSX: `import \"downhill-lesson/react\"` once, anywhere. */\n\n\
         import type { DetailedHTMLProps, HTMLAttributes } from \"react\";\n\
         import type { FigureEvents",
    );
    for element in elements {
        let class = class(element.name);
        write!(out, ", {class}, {class}Attributes").ok();
    }
    out.push_str(
        " } from \"./index.js\";\n\n\
         type Handlers = { [Name in keyof FigureEvents as `on${Name}`]?: (event: FigureEvents[Name]) => void };\n\n\
         type Tag<Attributes, Type> = Attributes & Handlers & Omit<DetailedHTMLProps<HTMLAttributes<Type>, Type>, keyof Attributes>;\n\n\
         declare module \"react\" {\n  namespace JSX {\n    interface IntrinsicElements {\n",
    );
    for element in elements {
        let class = class(element.name);
        writeln!(out, "      \"gd-{}\": Tag<{class}Attributes, {class}>;", element.name).ok();
    }
    out.push_str("    }\n  }\n}\n");
    out
}

/// The parameters that HTML elements do not have anyway.
fn own(element: &Element) -> impl Iterator<Item = &Parameter> {
    element.parameters.iter().filter(|parameter| parameter.name != "lang")
}

fn about(parameter: &Parameter) -> String {
    let Parameter { about, allowed, default, .. } = parameter;
    let allowed = if allowed.is_empty() { String::new() } else { format!(": {allowed}") };
    let default = if default.is_empty() { String::new() } else { format!(" Default: {default}.") };
    format!("{about}{allowed}.{default}").replace("*/", "* /")
}

/// The TypeScript type of what a parameter may be set to.
pub(super) fn kind(parameter: &Parameter) -> String {
    match &parameter.kind {
        // The last iteration has a name.
        ParameterKind::Number if parameter.name == "k" => "Numeric | \"last\"".into(),
        ParameterKind::Number => "Numeric".into(),
        ParameterKind::Rate => "Rate".into(),
        ParameterKind::NumberOr(word) => format!("Numeric | {word:?}"),
        ParameterKind::Toggle => "Toggle".into(),
        ParameterKind::Choice(names) => {
            names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(" | ")
        }
        ParameterKind::Point(_) => "Point".into(),
        ParameterKind::Points => "Points".into(),
        ParameterKind::Text => "string".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::elements;
    use super::{jsx, types};

    #[test]
    fn attributes_have_the_types_of_their_fields() {
        let elements = elements().expect("the elements");
        let types = types(&elements);
        for line in [
            "  scale?: \"log\" | \"linear\";",
            "  alpha?: Rate;",
            "  \"other-alpha\"?: Numeric | \"same\";",
            "  autoplay?: Toggle;",
            "    \"gd-bowl\": GdBowl;",
        ] {
            assert!(types.contains(line), "{line}");
        }
        assert!(jsx(&elements).contains("\"gd-quiz\": Tag<GdQuizAttributes, GdQuiz>;"));
    }
}
