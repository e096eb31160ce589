// The logic behind the page of one server.
import { describe, expect, test } from "vitest";
import type { Changed } from "../src/bindings/Changed";
import type { ConsoleNews } from "../src/bindings/ConsoleNews";
import type { Point } from "../src/bindings/Point";
import { axis, path, quarters } from "../src/server/draw";
import {
  classes,
  EMPTY,
  found,
  MOST_LINES,
  NOTHING_TYPED,
  stepped,
  told as toldLines,
  typed,
} from "../src/server/lines";
import { highest, joined, lines, nearest, rows, told } from "../src/server/past";
import { NEWS, PAST } from "../src/server/samples";

const point = (at_ms: number, cpu_percent = 1): Point => ({
  at_ms,
  cpu_percent,
  memory_bytes: 2,
  disk_bytes: 3,
  rx_per_second: null,
  tx_per_second: null,
});

const news = (texts: string[], other: Partial<ConsoleNews> = {}): ConsoleNews => ({
  state: { kind: "live" },
  fresh: false,
  left_out: 0,
  lines: texts.map((text) => ({ runs: [{ text }] })),
  ...other,
});

describe("a server's past", () => {
  const history = (...at: number[]) => ({ points: at.map((one) => point(one)), changes: [] });
  const times = (of: { points: Point[] }) => of.points.map(({ at_ms }) => at_ms);

  test("the whole of it replaces what was there", () => {
    expect(times(joined(history(10, 20), null, history(30)))).toEqual([30]);
  });

  test("a piece of it takes the place of what is newer, and an hour stays", () => {
    expect(times(joined(history(10, 20, 30), 20, history(20, 30, 40)))).toEqual([10, 20, 30, 40]);
    expect(times(joined(history(10, 20), 20, history()))).toEqual([10]);
    const late = 3_600_000 + 20;
    expect(times(joined(history(10, 20, 30), late, history(late)))).toEqual([30, late]);
  });

  test("a line breaks where nobody looked for long", () => {
    const [at, cpu] = lines([point(0), point(10_000), point(400_000)], ["cpu"]);
    expect(cpu).toEqual([1, 1, null, 1]);
    expect(at).toEqual([0, 10, 11, 400]);
  });

  test("what is pointed at is the nearest reading, if anybody looked then", () => {
    const points = [point(0), point(10_000), point(900_000)];
    expect(nearest(points, 6_000)?.at_ms).toBe(10_000);
    expect(nearest(points, 400_000)).toBeNull();
    expect(nearest([], 0)).toBeNull();
  });

  test("the table has the mean of each five minutes, the newest first", () => {
    const [later, earlier] = rows([point(0, 10), point(10_000, 30), point(300_000, 7)]);
    expect([later?.at, later?.values.cpu]).toEqual([300_000, 7]);
    expect([earlier?.at, earlier?.values.cpu, earlier?.values.rx]).toEqual([0, 20, null]);
    expect(highest([point(0, 10), point(1, 30)], "cpu")).toBe(30);
    expect(highest([], "cpu")).toBeNull();
  });

  const change = (other: Partial<Changed>): Changed => ({
    at_ms: 100_000,
    from: "running",
    to: "offline",
    cause: { kind: "stopped" },
    source: "live",
    ...other,
  });
  const deed = { at_ms: 95_000, event: "server:power.stop", by: "sasha", by_key: false };

  test("who stopped a server is told when the panel's log knows it", () => {
    expect(told([change({})], [deed])).toMatchObject([
      { what: "Offline", by: expect.stringContaining("sasha") },
    ]);
    expect(told([change({})], [])).toMatchObject([{ by: "by somebody else" }]);
    expect(told([change({})], [{ ...deed, at_ms: 1000 }])).toMatchObject([
      { by: "by somebody else" },
    ]);
  });

  test("nobody is blamed for a crash or for what was pressed here", () => {
    const crash = { kind: "crashed", exit_code: 137, out_of_memory: true } as const;
    expect(told([change({ to: "crashed", cause: crash })], [deed])).toEqual([
      { at: 100_000, what: "Crashed: exit code 137, out of memory", by: "by itself" },
    ]);
    const own = { kind: "own", signal: "stop" } as const;
    expect(told([change({ cause: own })], [deed])).toMatchObject([{ by: "Stop, pressed here" }]);
  });

  test("what people did besides stands among the changes, the newest first", () => {
    const backup = { at_ms: 200_000, event: "server:backup.start", by: null, by_key: true };
    const odd = { ...backup, at_ms: 50_000, event: "server:odd.<b>thing", by: "a" };
    expect(told([change({})], [backup, odd]).map(({ what }) => what)).toEqual([
      "A backup was begun",
      "Offline",
      "server:odd.<b>thing",
    ]);
  });

  test("what the store remembers of an hour can be drawn and told", () => {
    expect(PAST.points.length).toBeGreaterThan(250);
    const [times, cpu] = lines(PAST.points, ["cpu"]);
    expect(cpu).toContain(null);
    expect(times).toHaveLength(cpu?.length ?? 0);
    expect(told(PAST.changes, []).every(({ what }) => what !== "")).toBe(true);
  });
});

describe("a drawing", () => {
  test("reaches up to the limit where that is near, else a little above what was", () => {
    expect(axis(190, 200, false)).toEqual({ top: 200, ticks: [0, 100, 200] });
    expect(axis(12, 200, false).top).toBeLessThan(40);
    expect(axis(0, 0, true)).toEqual({ top: 1, ticks: [0, 1] });
    const gib = 2 ** 30;
    expect(axis(2.2 * gib, 4 * gib, true)).toEqual({ top: 4 * gib, ticks: [0, 2 * gib, 4 * gib] });
    expect(axis(9 * gib, 4 * gib, true).top).toBeGreaterThanOrEqual(9 * gib);
  });

  test("has a hole where nothing is known", () => {
    expect(path([0, 10, 11, 20], [0, 50, null, 100], 20, 100)).toBe("M3580 100L3590 50M3600 0");
  });

  test("says the quarters of an hour", () => {
    const end = 1_795_000_000;
    const all = quarters(end);
    expect(all).toHaveLength(4);
    for (const { at, place } of all) {
      expect(at % 900_000).toBe(0);
      expect(place).toBeGreaterThanOrEqual(0);
      expect(place).toBeLessThanOrEqual(1);
    }
  });
});

describe("a console", () => {
  const texts = (screen: typeof EMPTY) => screen.lines.map(({ text }) => text);

  test("new lines come below, the node's last lines take the place of all", () => {
    const first = toldLines(EMPTY, news(["a", "b"]));
    expect(texts(toldLines(first, news(["c"])))).toEqual(["a", "b", "c"]);
    expect(texts(toldLines(first, news(["c"], { fresh: true })))).toEqual(["c"]);
    const lost = toldLines(first, news([], { state: { kind: "connecting" } }));
    expect([texts(lost), lost.state.kind]).toEqual([["a", "b"], "connecting"]);
  });

  test("never holds more than it may, and every line has a number of its own", () => {
    let screen = EMPTY;
    for (let i = 0; i < 5; i += 1) screen = toldLines(screen, news(Array(700).fill(`${i}`)));
    expect(screen.lines).toHaveLength(MOST_LINES);
    expect(new Set(screen.lines.map(({ id }) => id)).size).toBe(MOST_LINES);
    expect(screen.lines.at(-1)?.text).toBe("4");
    expect(toldLines(screen, news(["x"], { left_out: 9 })).leftOut).toBe(9);
  });

  test("is searched in any case", () => {
    const { lines } = toldLines(EMPTY, NEWS);
    expect(found(lines, "SASHA").length).toBeGreaterThan(1);
    expect(found(lines, "  ")).toBe(lines);
    expect(found(lines, "<b onclick")).toHaveLength(1);
  });

  test("its classes are a fixed set, whatever comes", () => {
    expect(classes({ text: "", colour: 3, behind: 15, marks: ["bold", "inverse"] })).toBe(
      "is-bold is-inverse fg-3 bg-15",
    );
    for (const colour of [16, -1, 1.5, Number.NaN, "1 evil" as unknown as number])
      expect(classes({ text: "", colour })).toBe("");
  });

  test("the arrows bring back what was typed, and the draft at the end", () => {
    const two = typed(typed(NOTHING_TYPED, "one"), "two");
    const [back, shown] = stepped(two, -1, "draft");
    expect(shown).toBe("two");
    const [further, older] = stepped(back, -1, shown);
    expect(older).toBe("one");
    expect(stepped(further, -1, older)[1]).toBe("one");
    const [forth] = stepped(further, 1, older);
    expect(stepped(forth, 1, "two")[1]).toBe("draft");
    expect(typed(two, "two").lines).toEqual(["one", "two"]);
  });
});
