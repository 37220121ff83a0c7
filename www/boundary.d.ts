/** The TypeScript interface of crates/downhill-web. Types only: nothing here is shipped. */

import type { Changes, Control, Declaration, Readout, Snapshot, Value } from "./payloads.js";

export interface Boundary {
  default(): Promise<unknown>;
  loadKernels(): void;
  figureNames(): string[];
  knowsLoss(text: string): boolean;
  supplyFormula(text: string, read: Uint8Array): boolean;
  palette(theme: "light" | "dark"): [role: string, hex: string][];
  Figure: new (name: string, language: string, decimal: string, group: string) => Figure;
}

export interface Figure {
  free(): void;
  fieldNames(): string[];
  value(field: string): Value | undefined;
  spec(): Record<string, Value>;
  query(whole?: boolean): string;
  snapshot(): Snapshot;
  toCSV(): string;

  start(entries: [string, string][]): Changes;
  startPlainly(entries: [string, string][]): Changes | undefined;
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
  description(): string;
  pitch(): number | undefined;
  rows(from: number, to: number): string[][];
  light(canvas: HTMLCanvasElement | undefined): Changes;
  isCompiled(): boolean;
  isReady(): boolean;
  kindle(): Changes;
  setPalette(colours: string[]): void;
  paintRelief(pane: number, ratio: number, share: number): boolean;
  paintStaticLayer(pane: number, canvas: HTMLCanvasElement, ratio: number): void;
  paintRaster(pane: number, canvas: HTMLCanvasElement): Float64Array;
  paintOverlay(pane: number, canvas: HTMLCanvasElement, ratio: number): void;
}

export type { Changes, Control, Declaration, Pane, Problem, Readout, Table } from "./payloads.js";

/** A control of one kind. */
type Kind<K extends Control["kind"]> = Extract<Control, { kind: K }>;

export type Range = Kind<"range">;
export type NumberField = Kind<"number">;
export type TextField = Kind<"text">;
export type Formula = Kind<"formula">;
export type Lines = Kind<"lines">;
export type Choice = Kind<"choice">;
export type Menu = Kind<"menu">;
export type Toggle = Kind<"toggle" | "runner">;
export type Action = Kind<"action">;
