// The last half hour of all servers, asked of the agent now and then while the page can be seen.
import { useEffect, useState } from "preact/hooks";
import type { Sparkline } from "../bindings/Sparkline";
import type { Bridge } from "../link";
import { share } from "../share";
import { keyOf } from "../summary";

/** As often as a sparkline gets a new point. */
const EVERY = 30_000;

export type Sparks = ReadonlyMap<string, Sparkline>;

export function useSparks(bridge: Bridge): Sparks {
  const [sparks, setSparks] = useState<Sparks>(new Map());
  useEffect(() => {
    let there = true;
    const ask = async () => {
      if (document.visibilityState !== "visible") return;
      const answer = await bridge.dispatch({ kind: "sparklines" });
      if (!there || answer.kind !== "sparklines") return;
      setSparks((old) => {
        const fresh = answer.sparklines.servers.map((one) => {
          const key = keyOf({ id: one.server });
          return [key, share(old.get(key) ?? null, one)] as const;
        });
        return new Map(fresh);
      });
    };
    void ask();
    const timer = setInterval(() => void ask(), EVERY);
    const seen = () => void ask();
    document.addEventListener("visibilitychange", seen);
    return () => {
      there = false;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [bridge]);
  return sparks;
}

/** What is drawn of a series: a line in a box of `WIDTH` by `HEIGHT`, and its extremes. */
export interface Drawing {
  line: string;
  area: string;
  least: number;
  most: number;
}

export const WIDTH = 60;
export const HEIGHT = 18;
/** A series that has just begun is drawn at least this wide. */
const FEWEST = 10;
/** A longer silence is left open. */
const GAP = 8;
/** What uses little lies low, instead of filling the box with its noise. */
const LOWEST_TOP = 50;

export function drawing(series: readonly (number | null)[]): Drawing | null {
  const known = series.flatMap((value, place) => (value === null ? [] : [{ value, place }]));
  const first = known[0];
  if (!first || known.length < 2) return null;
  const begin = Math.min(first.place, series.length - FEWEST);
  const values = known.map(({ value }) => value);
  const most = Math.max(...values);
  const top = Math.max(LOWEST_TOP, most);
  const x = (place: number) => round(((place - begin) / (series.length - 1 - begin)) * WIDTH);
  const y = (value: number) => round(HEIGHT - 1 - (value / top) * (HEIGHT - 2));
  const runs: { value: number; place: number }[][] = [];
  for (const point of known) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && point.place - last.place <= GAP) run.push(point);
    else runs.push([point]);
  }
  const line = (run: typeof known) =>
    run.map(({ value, place }, n) => `${n === 0 ? "M" : "L"}${x(place)} ${y(value)}`).join("");
  const area = (run: typeof known) =>
    `${line(run)}L${x(run.at(-1)?.place ?? 0)} ${HEIGHT}L${x(run[0]?.place ?? 0)} ${HEIGHT}Z`;
  return {
    line: runs.map(line).join(""),
    area: runs.map(area).join(""),
    least: Math.min(...values),
    most,
  };
}

const round = (value: number) => Math.round(value * 10) / 10;
