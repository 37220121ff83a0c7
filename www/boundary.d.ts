/** The TypeScript interface of crates/downhill-web. Types only: nothing here is shipped. */

export interface Boundary {
  default(): Promise<unknown>;
  figureNames(): string[];
  knowsLoss(text: string): boolean;
  supplyFormula(text: string, read: Uint8Array): boolean;
  palette(theme: "light" | "dark"): [role: string, hex: string][];
  Figure: new (name: string, language: string, decimal: string, group: string) => Figure;
}

export interface Figure {
  free(): void;
  fieldNames(): string[];
  value(field: string): unknown;
  spec(): Record<string, unknown>;
  query(whole?: boolean): string;
  snapshot(): Record<string, unknown>;
  toCSV(): string;

  start(entries: [string, string][]): Changes;
  set(field: string, text: string): Changes;
  enter(field: string, text: string): Changes;
  slide(field: string, position: number): Changes;
  act(action: string): Changes;
  step(n: number): Changes;
  seek(k: number): Changes;
  drop(x: number, y?: number): Changes;
  point(how: "press" | "tap" | "drag" | "release" | "hover" | "leave", pane: number, x_px: number, y_px: number): Changes;
  zoom(pane: number, factor: number): Changes;
  choose(row: number): Changes;
  work(steps: number): Changes;
  key(pane: number, key: string): Changes;
  tick(seconds: number): Changes;
  resize(pane: number, width_px: number, height_px: number): Changes;
  setReducedMotion(on: boolean): void;

  declaration(): Declaration;
  readouts(): Readout[];
  rows(from: number, to: number): string[][];
  light(canvas: HTMLCanvasElement | undefined): Changes;
  setPalette(colours: string[]): void;
  paintRelief(pane: number, ratio: number, share: number): boolean;
  paintStaticLayer(pane: number, canvas: HTMLCanvasElement, ratio: number): void;
  paintRaster(pane: number, canvas: HTMLCanvasElement): Float64Array;
  paintOverlay(pane: number, canvas: HTMLCanvasElement, ratio: number): void;
}

export interface Changes {
  handled: boolean;
  raster: boolean;
  static_layers: number;
  overlay: boolean;
  readouts: boolean;
  controls: boolean;
  table: boolean;
  running: boolean;
  working: boolean;
  events: { name: string; detail: object }[];
  announcement: string | null;
  problems: Problem[];
  cleared: string[];
}

export interface Problem {
  parameter: string;
  message: string;
  offset: number | null;
  column: number | null;
}

export interface Declaration {
  figure: string;
  name: string;
  panes: Pane[];
  controls: Control[];
  table: Table | null;
  words: Record<string, string>;
}

export interface Table {
  caption: string;
  columns: string[];
  rows: number;
  k: number;
  roles: string[];
}

export interface Pane {
  id: string;
  label: string;
  caption: string;
  aspect: number;
  span: "full" | "half";
  keys: "place" | "scrub" | "none";
  help: string;
  drags: boolean;
  raster: boolean;
  relief: boolean;
}

export interface Range {
  kind: "range";
  id: string;
  field: string;
  label: string;
  value_text: string;
  slider: { min: number; max: number; step: number; value: number };
  number_text: string;
  bands: { from: number; to: number; role: string; label: string }[];
  marks: { at: number; label: string }[];
  group: string;
  help?: string;
  hint?: string;
}
export interface NumberField {
  kind: "number";
  id: string;
  field: string;
  label: string;
  number_text: string;
  group: string;
  help?: string;
  hint?: string;
}
export interface TextField {
  kind: "text";
  id: string;
  field: string;
  label: string;
  value: string;
  group: string;
  hint?: string;
}
export interface Formula {
  kind: "formula";
  id: string;
  field: string;
  label: string;
  value: string;
  group: string;
  hint?: string;
}
export interface Lines {
  kind: "lines";
  id: string;
  field: string;
  label: string;
  value: string;
  hint: string;
  apply: string;
  group: string;
}
export interface Choice {
  kind: "choice";
  id: string;
  field: string;
  label: string;
  value: string;
  options: { value: string; label: string }[];
  group: string;
}
export interface Menu {
  kind: "menu";
  id: string;
  field: string;
  label: string;
  value: string;
  options: { value: string; label: string }[];
  group: string;
}
export interface Toggle {
  kind: "toggle" | "runner";
  id: string;
  action: string;
  label: string;
  pressed: boolean;
  role?: string;
  group: string;
}
export interface Action {
  kind: "action";
  id: string;
  action: string;
  label: string;
  disabled: boolean;
  primary: boolean;
  group: string;
}
export type Control = Range | NumberField | TextField | Formula | Lines | Choice | Menu | Toggle | Action;

export type Readout =
  | { id: string; part: string; kind: "line"; text: string; role: string }
  | { id: string; part: string; kind: "pairs"; pairs: Cell[] }
  | { id: string; part: string; kind: "rule"; label: string; head: string; rows: { text: string; role: string }[][] };

export interface Cell {
  label: string;
  value: string;
  role: string;
}
