// Console lines on the screen: bounded, searched, and typed commands remembered. Pure.
import type { ConsoleLine } from "../bindings/ConsoleLine";
import type { ConsoleNews } from "../bindings/ConsoleNews";
import type { ConsoleRun } from "../bindings/ConsoleRun";
import type { ConsoleState } from "../bindings/ConsoleState";

/** Older ones go. */
export const MOST_LINES = 2000;

export interface Numbered {
  /** Differs from that of every other line so far. */
  id: number;
  line: ConsoleLine;
  text: string;
}

export interface Screen {
  state: ConsoleState;
  lines: Numbered[];
  /** Lines that were never shown, because too many came at once. */
  leftOut: number;
  /** The number of the next line. */
  next: number;
}

export const EMPTY: Screen = {
  state: { kind: "connecting" },
  lines: [],
  leftOut: 0,
  next: 0,
};

export const textOf = ({ runs }: ConsoleLine) => runs.map((run) => run.text).join("");

/** The screen after the agent told more. */
export function told(screen: Screen, news: ConsoleNews): Screen {
  const { state, lines, fresh, left_out: leftOut } = news;
  if (lines.length === 0) return { ...screen, state };
  const added = lines.map((line, i) => ({ id: screen.next + i, line, text: textOf(line) }));
  const kept = fresh ? [] : screen.lines;
  return {
    state,
    lines: [...kept, ...added].slice(-MOST_LINES),
    leftOut: (fresh ? 0 : screen.leftOut) + leftOut,
    next: screen.next + lines.length,
  };
}

/** The lines that have these words, whatever their case. */
export function found(lines: Numbered[], words: string): Numbered[] {
  const wanted = words.trim().toLowerCase();
  return wanted === "" ? lines : lines.filter(({ text }) => text.toLowerCase().includes(wanted));
}

/** The classes of a run: a fixed set, whatever the server prints. */
export function classes({ colour, behind, marks }: ConsoleRun): string {
  const names: string[] = marks?.map((mark) => `is-${mark}`) ?? [];
  if (isColour(colour)) names.push(`fg-${colour}`);
  if (isColour(behind)) names.push(`bg-${behind}`);
  return names.join(" ");
}

const isColour = (number: number | undefined) =>
  number !== undefined && Number.isInteger(number) && number >= 0 && number < 16;

/** Typed commands, the oldest first, and which of them is in the command line. */
export interface Typed {
  lines: string[];
  /** `lines.length` is the new one. */
  at: number;
  /** What was begun before going back. */
  draft: string;
}

const MOST_TYPED = 100;
export const NOTHING_TYPED: Typed = { lines: [], at: 0, draft: "" };

export function typed(before: Typed, line: string): Typed {
  const others = before.lines.at(-1) === line ? before.lines.slice(0, -1) : before.lines;
  const lines = [...others, line].slice(-MOST_TYPED);
  return { lines, at: lines.length, draft: "" };
}

/** One step back (-1) or forth (1): what stands in the command line then. */
export function stepped(before: Typed, step: -1 | 1, shown: string): [Typed, string] {
  const at = Math.min(before.lines.length, Math.max(0, before.at + step));
  const draft = before.at === before.lines.length ? shown : before.draft;
  return [{ ...before, at, draft }, before.lines[at] ?? draft];
}
