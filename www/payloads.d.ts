/**
 * The plain objects that figures hand to the page. Generated from the Rust types by
 * `UPDATE_EXPECT=1 cargo test -p downhill-figures payloads`, so not to be edited.
 */

/**
 * What an input changed. Drawing is left to the caller.
 */
export type Changes = {
  /** The key or pointer event was used and should have no other effect. */
  handled: boolean,
  /** Rasters changed. */
  raster: boolean,
  /** The panes whose static layers changed. */
  static_layers: PaneSet,
  /** Overlays changed. */
  overlay: boolean,
  /** Readouts changed. */
  readouts: boolean,
  /** Controls have other values, bounds or labels. */
  controls: boolean,
  /** The table has other rows. */
  table: boolean,
  /** Animation frames are needed. */
  running: boolean,
  /** There is pending work: [`Input::Work`] is needed. */
  working: boolean,
  /** Events for the host page, in order. */
  events: Array<Event>,
  /** A message for the live region. */
  announcement: string | null,
  /** Texts that were not taken as given. */
  problems: Array<Problem>,
  /** Fields that were taken as given, whose error messages can be removed. */
  cleared: Array<string>,
};

/**
 * A set of panes: one bit per pane, with the first pane in the lowest bit.
 */
export type PaneSet = number;

/**
 * An event for the host page.
 */
export type Event = {
  /** The event's name. */
  name: string,
  /** Its detail. */
  detail: Record<string, Value>,
};

/**
 * A value to be serialized as JSON.
 */
export type Value = number | null | boolean | string | Array<number | null> | Array<[number, number]>;

/**
 * A problem as JavaScript sees it.
 */
export type Problem = { parameter: string, message: string,
  /** How many characters of a formula stand before the mistake. */
  offset: number | null,
  /** How many columns they take where all characters are equally wide. */
  column: number | null,
};

/**
 * Everything rendered around a figure's drawings.
 */
export type Declaration = {
  /** The figure's name, as in its element's name. */
  figure: string,
  /** The accessible name of the whole figure. */
  name: string,
  /** The panes, in reading order. */
  panes: Array<Pane>,
  /** The controls, in tab order. */
  controls: Array<Control>,
  /** The table of iterations, for a figure that has one. */
  table: Table | null,
  /** What stays in sight beside the panes: ids of controls and readouts, and possibly `table`. */
  first: Array<string>,
  /** Messages that the element itself needs, by key. */
  words: Record<string, string>,
};

/**
 * One drawing.
 */
export type Pane = {
  /** A stable name. */
  id: string,
  /** The accessible name. */
  label: string,
  /** The visible caption. */
  caption: string,
  /** Height divided by width. */
  aspect: number,
  /** The fraction of a wide figure's width. */
  span: Span,
  /** The effect of keys and taps. */
  keys: Keys,
  /** The same in words. */
  help: string,
  /** Whether the pane receives drags. */
  drags: boolean,
  /** Whether there is a raster below the drawing. */
  raster: boolean,
  /** Whether the pane shows a landscape that can be drawn as a lit solid. */
  relief: boolean,
};

/**
 * The fraction of a wide figure's width that a pane takes.
 */
export type Span = "full" | "half" | "column";

/**
 * The effect of keys and taps on a pane.
 */
export type Keys = "place" | "scrub";

/**
 * A control; its name is that of the field it sets or the action it performs.
 */
export type Control = { "kind": "range",
  /** The control's name. */
  id: string,
  /** The field it sets. */
  field: string,
  /** Its label. */
  label: string,
  /** The slider. */
  slider: Slider,
  /** The value as read by assistive technology. */
  value_text: string,
  /** The value as shown in the number field. */
  number_text: string,
  /** Bands on the track. */
  bands: Array<Band>,
  /** Marks beside the track. */
  marks: Array<TrackMark>,
  /** Its group. */
  group: Group,
  /** Other meanings of its name, shown while the control is in use; may be empty. */
  help: string,
} | { "kind": "number",
  /** The control's name. */
  id: string,
  /** The field it sets. */
  field: string,
  /** Its label. */
  label: string,
  /** The value. */
  number_text: string,
  /** Its group. */
  group: Group,
  /** Other meanings of its name, shown while the control is in use; may be empty. */
  help: string,
} | { "kind": "text",
  /** The control's name. */
  id: string,
  /** The field it sets. */
  field: string,
  /** Its label. */
  label: string,
  /** The text. */
  value: string,
  /** How it was read, where that may surprise; may be empty. */
  hint: string,
  /** Its group. */
  group: Group,
} | { "kind": "formula",
  /** The control's name. */
  id: string,
  /** The field it sets. */
  field: string,
  /** Its label. */
  label: string,
  /** The text. */
  value: string,
  /** Its group. */
  group: Group,
} | { "kind": "lines",
  /** The control's name. */
  id: string,
  /** The field it sets. */
  field: string,
  /** Its label. */
  label: string,
  /** The text. */
  value: string,
  /** The hint below it. */
  hint: string,
  /** The label of the button. */
  apply: string,
  /** Its group. */
  group: Group,
} | { "kind": "choice",
  /** The control's name. */
  id: string,
  /** The field it sets. */
  field: string,
  /** Its label. */
  label: string,
  /** The selected value. */
  value: string,
  /** The options. */
  options: Array<Choice>,
  /** Its group. */
  group: Group,
} | { "kind": "menu",
  /** The control's name. */
  id: string,
  /** The field it sets. */
  field: string,
  /** Its label. */
  label: string,
  /** The selected value; empty for one of the reader's own. */
  value: string,
  /** The options. */
  options: Array<Choice>,
  /** Its group. */
  group: Group,
} | { "kind": "toggle",
  /** The control's name. */
  id: string,
  /** The action it performs. */
  action: string,
  /** Its label. */
  label: string,
  /** Whether it is pressed. */
  pressed: boolean,
  /** Its group. */
  group: Group,
} | { "kind": "runner",
  /** The control's name. */
  id: string,
  /** The action it performs. */
  action: string,
  /** Its label. */
  label: string,
  /** Whether it is pressed. */
  pressed: boolean,
  /** The colour of the run. */
  role: ColorRole,
  /** Its group. */
  group: Group,
} | { "kind": "action",
  /** The control's name. */
  id: string,
  /** The action it performs. */
  action: string,
  /** Its label. */
  label: string,
  /** Whether it is disabled. */
  disabled: boolean,
  /** Whether it is the primary button. */
  primary: boolean,
  /** Its group. */
  group: Group,
};

/**
 * The group of a control.
 */
export type Group = "transport" | "runners" | "settings" | "view" | "share";

/**
 * A slider in its own units, which a logarithmic scale maps to the field's.
 */
export type Slider = {
  /** The position at the left end. */
  min: number,
  /** The position at the right end. */
  max: number,
  /** The distance between two positions. */
  step: number,
  /** The current position. */
  value: number,
};

/**
 * A band on a slider's track.
 */
export type Band = {
  /** Its start, from 0 to 1 along the track. */
  from: number,
  /** Its end. */
  to: number,
  /** Its colour. */
  role: ColorRole,
  /** Its name. */
  label: string,
};

/**
 * A mark beside a slider's track.
 */
export type TrackMark = {
  /** Its position, from 0 to 1 along the track. */
  at: number,
  /** Its text. */
  label: string,
};

/**
 * One option of a choice.
 */
export type Choice = {
  /** The value in the spec. */
  value: string,
  /** The label. */
  label: string,
};

/**
 * The meaning of a colour; a [`Palette`] gives its value in a theme.
 */
export type ColorRole = string;

/**
 * A table with one row per iteration.
 */
export type Table = {
  /** The caption. */
  caption: string,
  /** The headings. */
  columns: Array<string>,
  /** The number of rows. */
  rows: number,
  /** The row of the current iteration, or the selected row. */
  k: number,
  /** The colours of the rows, if each has its own. */
  roles: Array<ColorRole>,
};

/**
 * A readout in words or numbers.
 */
export type Readout = { "kind": "line",
  /** A stable name. */
  id: string,
  /** The name of its shadow part. */
  part: string,
  /** The sentence. */
  text: string,
  /** The colour of its meaning. */
  role: ColorRole,
} | { "kind": "pairs",
  /** A stable name. */
  id: string,
  /** The name of its shadow part. */
  part: string,
  /** The pairs. */
  pairs: Array<Pair>,
} | { "kind": "rule",
  /** A stable name. */
  id: string,
  /** The name of its shadow part. */
  part: string,
  /** The calculation in words, for screen readers. */
  label: string,
  /** The formula above the columns. */
  head: string,
  /** The rows. */
  rows: Array<[Cell, Cell, Cell, Cell, Cell]>,
};

/**
 * A label with a value.
 */
export type Pair = {
  /** The label. */
  label: string,
  /** The value. */
  value: string,
  /** The colour of its meaning. */
  role: ColorRole,
};

/**
 * One cell of a calculation laid out in columns.
 */
export type Cell = {
  /** The text. */
  text: string,
  /** The colour's role. */
  role: ColorRole,
};

/**
 * The state of a figure.
 */
export type Snapshot = {
  /** The figure's name. */
  figure: string,
  /** Every field of the spec. */
  spec: Record<string, Value>,
  /** The current iteration. */
  k: number,
  /** The regime of the first run. */
  regime: string | null,
  /** The runs. */
  runs: Array<Run>,
  /** The data of a figure without runs. */
  data: Record<string, Value>,
};

/**
 * One descent of a figure.
 */
export type Run = {
  /** The run's name in the figure. */
  name: string,
  /** The update rule's name; `own` for a path of the reader's own. */
  rule: string,
  /** The learning rate; null if the figure does not know it. */
  alpha: number | null,
  /** The regime's name, for a quadratic loss. */
  regime: string | null,
  /** The iterates, the start first. */
  iterates: Array<Array<number>>,
  /** The loss at each; null if undefined, which is possible only at the start. */
  losses: Array<number | null>,
  /** The gradient at each; null if undefined. */
  gradients: Array<Array<number | null>>,
  /** For Newton's method, the kind of each step: `newton`, `safeguard` or `singular`; entry k leads from iterate k to the next one. */
  steps?: Array<string>,
  /** How the run ended. */
  outcome: Outcome,
  /** Further settings, in figures whose runs differ in more than rule and learning rate. */
  settings?: { [key in string]: Value },
};

/**
 * How a run ended, and at which iteration.
 */
export type Outcome = { kind: string, k: number,
};
