// A server's past: taken in piece by piece, and put into rows and lines. Pure.
import type { Changed } from "../bindings/Changed";
import type { Deed } from "../bindings/Deed";
import type { History } from "../bindings/History";
import type { Point } from "../bindings/Point";
import { dashed, has, isolate, say, why, word } from "../text";

export const HOUR = 3_600_000;
/** Readings further apart than this are not joined by a line: nobody looked in between. */
const JOINED = 180_000;

export const NO_PAST: History = { points: [], changes: [] };

/** What is known after the agent told more: its points take the place of all from `from` on. */
export function joined(before: History, from: number | null, told: History): History {
  if (from === null) return told;
  const last = told.points.at(-1)?.at_ms ?? from;
  const kept = before.points.filter((point) => point.at_ms < from && point.at_ms > last - HOUR);
  return { points: [...kept, ...told.points], changes: told.changes };
}

/** The figures that are drawn; `null` where a line breaks. */
export type Figure = "cpu" | "memory" | "disk" | "rx" | "tx";
export const FIGURES = ["cpu", "memory", "disk", "rx", "tx"] as const satisfies readonly Figure[];

export const of: Record<Figure, (point: Point) => number | null> = {
  cpu: (point) => point.cpu_percent,
  memory: (point) => point.memory_bytes,
  disk: (point) => point.disk_bytes,
  rx: (point) => point.rx_per_second,
  tx: (point) => point.tx_per_second,
};

/** Times in seconds, and for each figure its values, with a hole where nobody looked for long. */
export function lines(points: Point[], figures: readonly Figure[]): (number | null)[][] {
  const times: number[] = [];
  const values = figures.map((): (number | null)[] => []);
  let before = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    if (times.length > 0 && point.at_ms - before > JOINED) {
      times.push(before / 1000 + 1);
      for (const line of values) line.push(null);
    }
    times.push(point.at_ms / 1000);
    figures.forEach((figure, i) => {
      values[i]?.push(of[figure](point));
    });
    before = point.at_ms;
  }
  return [times, ...values];
}

/** The point that was read nearest to a time, unless nobody looked around then. */
export function nearest(points: Point[], at: number): Point | null {
  const far = ({ at_ms }: Point) => Math.abs(at_ms - at);
  let found: Point | null = null;
  for (const point of points) if (!found || far(point) < far(found)) found = point;
  return found && far(found) <= JOINED ? found : null;
}

export interface Row {
  /** Where it begins, milliseconds since 1970. */
  at: number;
  /** The mean of each figure; `null` where nothing was read. */
  values: Record<Figure, number | null>;
}

const SPAN = 300_000;

/** The hour in rows of five minutes, the newest first. */
export function rows(points: Point[]): Row[] {
  const spans = new Map<number, Point[]>();
  for (const point of points) {
    const at = Math.floor(point.at_ms / SPAN) * SPAN;
    const span = spans.get(at);
    if (span) span.push(point);
    else spans.set(at, [point]);
  }
  const row = ([at, inside]: [number, Point[]]): Row => {
    const values = {} as Record<Figure, number | null>;
    for (const figure of FIGURES) values[figure] = mean(inside.map(of[figure]));
    return { at, values };
  };
  return [...spans].sort(([a], [b]) => b - a).map(row);
}

function mean(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** The highest value of a figure; `null` when nothing was read. */
export function highest(points: Point[], figure: Figure): number | null {
  const known = points.map(of[figure]).filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

export interface Told {
  at: number;
  what: string;
  /** Who did it, or how it came about; empty when nobody knows. */
  by: string;
}

/** A power signal counts as what led to a change that came at most so long after it. */
const LED_TO = 90_000;

/** Changes and what people did, as sentences, the newest first. */
export function told(changes: Changed[], deeds: Deed[]): Told[] {
  const left = new Set(deeds.filter((deed) => !isSignal(deed)));
  const lines = changes.map((change): Told => {
    const deed = leadingTo(change, deeds);
    return { at: change.at_ms, what: changeText(change), by: byText(change, deed) };
  });
  const others = [...left].map((deed): Told => {
    return { at: deed.at_ms, what: deedText(deed), by: personText(deed) };
  });
  return [...lines, ...others].sort((a, b) => b.at - a.at);
}

const isSignal = ({ event }: Deed) => event.startsWith("server:power.");

function leadingTo(change: Changed, deeds: Deed[]): Deed | undefined {
  const { kind } = change.cause;
  if (kind !== "stopped" && kind !== "observed" && kind !== "restarted") return undefined;
  const before = (deed: Deed) => {
    const lag = change.at_ms - deed.at_ms;
    // The panel writes whole seconds, by its own clock.
    return isSignal(deed) && lag > -3000 && lag < LED_TO;
  };
  return deeds.find(before);
}

function changeText({ from, to, cause }: Changed): string {
  if (from === to && cause.kind === "restarted") return say("window-change-restarted");
  const detail = why(cause);
  return detail === "" ? word(to) : say("window-change-why", { word: word(to), detail });
}

function byText(change: Changed, deed: Deed | undefined): string {
  const { cause } = change;
  if (cause.kind === "own") return say("window-by-own", { signal: say(`power-${cause.signal}`) });
  if (deed) return personText(deed);
  const key = `window-by-${dashed(cause.kind)}`;
  return has(key) ? say(key) : "";
}

function deedText({ event }: Deed): string {
  const key = `window-deed-${event.replace(/^server:/, "").replaceAll(/[^a-z]+/g, "-")}`;
  return has(key) ? say(key) : event;
}

function personText({ by, by_key: key }: Deed): string {
  if (by === null) return say("window-by-panel");
  return say(key ? "window-by-key" : "window-by-person", { name: isolate(by) });
}
