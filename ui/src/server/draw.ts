// Lines over the last hour as a path, and where their axes have words. Pure.
import { HOUR } from "./past";

/** The drawing is one hour wide, in seconds, and so high. */
export const WIDE = HOUR / 1000;
export const HIGH = 100;

/** A tick each so many milliseconds. */
const QUARTER = 900_000;

export interface Axis {
  /** What the upper edge stands for. */
  top: number;
  /** Values that have a line and a word, from 0 on. */
  ticks: number[];
}

/** Up to the limit where that is near, else a little above the highest value, in whole steps. */
export function axis(most: number, limit: number, bytes: boolean): Axis {
  const near = limit > 0 && most > limit * 0.4;
  const wanted = near ? Math.max(most, limit) : most * 1.1;
  const step = wanted > 0 ? whole(wanted / 2, bytes) : 1;
  const count = Math.max(1, Math.ceil(wanted / step));
  const ticks = Array.from({ length: count + 1 }, (_, n) => n * step);
  return { top: step * count, ticks };
}

/** The next whole step: 1, 2 or 5 times a power of ten; for bytes a power of two. */
function whole(least: number, bytes: boolean): number {
  if (bytes) return 2 ** Math.ceil(Math.log2(least));
  const power = 10 ** Math.floor(Math.log10(least));
  const times = [1, 2, 5, 10].find((n) => n * power >= least) ?? 10;
  return times * power;
}

/** The line of one figure; a hole where a value is `null`. */
export function path(
  times: readonly (number | null)[],
  values: readonly (number | null)[],
  end: number,
  top: number,
): string {
  let text = "";
  let down = false;
  times.forEach((time, i) => {
    const value = values[i] ?? null;
    if (time === null || value === null) {
      down = false;
      return;
    }
    const x = WIDE - (end - time);
    const y = HIGH - (Math.min(value, top) / top) * HIGH;
    text += `${down ? "L" : "M"}${round(x)} ${round(y)}`;
    down = true;
  });
  return text;
}

const round = (number: number) => Math.round(number * 10) / 10;

/** The quarters of an hour in view: when, and how far from the left, 0 to 1. */
export function quarters(end: number): { at: number; place: number }[] {
  const last = end * 1000;
  const first = Math.ceil((last - HOUR) / QUARTER) * QUARTER;
  const all = [];
  for (let at = first; at <= last; at += QUARTER) {
    all.push({ at, place: (at - (last - HOUR)) / HOUR });
  }
  return all;
}
