import { describe, expect, test } from "vitest";
import { everyCondition, panel, server, snapshot } from "../src/bridge.fake";
import { CONDITIONS, look } from "../src/condition";
import { wayOut } from "../src/problems";
import { level, reading } from "../src/sensors";
import { isOfKind } from "../src/servers/filter";
import { ageWorthSaying, changes, headline, inOrder, panelNames } from "../src/summary";
import { isolate, tell } from "../src/text";

const plain = (text: string) => text.replace(/[\u2068\u2069]/g, "");

describe("headline", () => {
  const of = (...servers: ReturnType<typeof server>[]) => headline(snapshot([panel(servers)]));

  test("counts what runs and names the one that needs a look", () => {
    const { main, more } = of(server("A"), server("B", { condition: "crashed" }));
    expect(main).toBe("1 of 2 running");
    expect(plain(more)).toBe("B: Crashed");
  });

  test("what is not known is counted apart", () => {
    const { main, more } = of(
      server("A", { condition: "unknown" }),
      server("B", { condition: "crashed" }),
      server("C", { condition: "still_stopping" }),
    );
    expect([main, more]).toEqual(["0 of 3 running · 1 unknown", "2 need a look"]);
  });

  test("says as many are running as the filter finds", () => {
    const all = everyCondition();
    const found = all.filter((one) => isOfKind(one, "running", new Set()));
    expect(of(...all).main).toContain(`${found.length} of ${all.length} running`);
  });

  test("claims nothing before the first answer", () => {
    expect(headline(snapshot([panel([], { connecting: true })])).main).toBe("Connecting…");
    expect(of().main).toBe("No servers");
    expect(headline(snapshot([])).main).toBe("Pterotray is not set up yet");
    const unread = server("A", { condition: "unknown", read_at_ms: null, resources: null });
    expect(of(unread, unread)).toEqual({ main: "Connecting…", more: "" });
    const problem = { kind: "refused", detail: "" } as const;
    const away = headline(snapshot([panel([unread], { problem })]));
    expect(away).toEqual({ main: "1 unknown", more: "" });
  });
});

describe("sensors", () => {
  test("memory is compared with its limit in binary units", () => {
    const { text, share } = reading("memory_usage", server("A"));
    expect(text).toBe("2.1 GiB of 4 GiB");
    expect(share).toBeCloseTo(0.525);
  });

  test("no limit is shown as such and has no bar", () => {
    const free = server("A", { limits: { cpu_percent: 0, memory_mib: 0, disk_mib: 0 } });
    expect(reading("memory_usage", free)).toMatchObject({ text: "2.1 GiB of ∞", share: null });
    expect(reading("cpu_limit", free).text).toBe("∞");
  });

  test("what is not known is not 0", () => {
    const blind = server("A", { resources: null });
    expect(reading("cpu_utilization", blind)).toMatchObject({ text: "– of 200 %", share: null });
    expect(reading("uptime", blind).text).toBe("–");
    expect(reading("network_inbound", blind).text).toBe("–");
  });

  test("what is down uses nothing but disk", () => {
    const down = server("A", { condition: "crashed" });
    expect(reading("cpu_utilization", down)).toMatchObject({ text: "– of 200 %", share: null });
    expect(reading("memory_usage", down).share).toBeNull();
    expect(reading("disk_usage", down).share).toBeGreaterThan(0);
  });

  test("more than the limit fills the bar and no more", () => {
    const small = server("A", { limits: { cpu_percent: 10, memory_mib: 1, disk_mib: 1 } });
    expect(reading("cpu_utilization", small)).toMatchObject({ share: 1, level: "full" });
  });

  test.each([
    [null, "fine"],
    [0.79, "fine"],
    [0.8, "high"],
    [0.9, "full"],
  ])("%s is %s", (share, expected) => expect(level(share)).toBe(expected));
});

describe("what is read out", () => {
  const before = snapshot([panel([server("A"), server("B")])]);

  test("a change of condition, by name", () => {
    const after = snapshot([panel([server("A", { condition: "crashed" }), server("B")])]);
    expect(changes(before, after)).toBe(`${isolate("A")}: Crashed.`);
  });

  test("nothing at first, nothing for new servers, nothing for new numbers", () => {
    expect(changes(null, before)).toBe("");
    expect(changes(before, snapshot([panel([server("A"), server("C")])]))).toBe("");
  });

  test("a new problem of a panel or server, once, and that a panel answers again", () => {
    const away = { kind: "refused", detail: "" } as const;
    const silent = snapshot([panel([server("A"), server("B")], { problem: away })]);
    expect(changes(before, silent)).toBe(`${isolate("Home")}: ${tell(away).what}`);
    expect(changes(silent, silent)).toBe("");
    expect(changes(silent, before)).toBe(`${isolate("Home")} answers again.`);
    const problem = { kind: "not_observed", detail: "" } as const;
    const stuck = snapshot([panel([server("A", { problem }), server("B")])]);
    expect(changes(before, stuck)).toBe(`${isolate("A")}: ${tell(problem).what}`);
    expect(changes(stuck, stuck)).toBe("");
    expect(changes(stuck, before)).toBe("");
  });

  test("many at once are counted", () => {
    const all = (condition: "running" | "offline") =>
      snapshot([panel(["A", "B", "C", "D"].map((name) => server(name, { condition })))]);
    expect(changes(all("running"), all("offline"))).toBe("4 servers changed");
  });
});

test("pinned servers stand after problems, as they were pinned, and before the rest", () => {
  const servers = [
    server("Broken", { condition: "crashed" }),
    server("Hung", { condition: "still_stopping" }),
    server("A"),
    server("B"),
    server("C", { condition: "offline" }),
  ];
  const pin = (name: string, panel = "p1") => ({ panel, uuid: `uuid-${name}` });
  const names = (...pinned: ReturnType<typeof pin>[]) =>
    inOrder(servers, pinned)
      .map(({ name }) => name)
      .join(" ");
  expect(names()).toBe("Broken Hung A B C");
  expect(names(pin("C"), pin("Hung"), pin("B"))).toBe("Broken Hung C B A");
  expect(names(pin("C", "p2"))).toBe("Broken Hung A B C");
});

test("two panels of one name are told apart", () => {
  const other = panel([], { id: "p2", url: "https://other.example.com/games" });
  const third = panel([], { id: "p3", name: "Away" });
  expect([...panelNames([panel([]), other, third]).values()]).toEqual([
    "Home (panel.example.com)",
    "Home (other.example.com/games)",
    "Away",
  ]);
});

test("the age is said when the reading is doubtful or old", () => {
  const now = 10_000_000;
  const read = (ago: number, other = {}) => server("A", { read_at_ms: now - ago, ...other });
  expect(ageWorthSaying(read(20_000), false, now)).toBeNull();
  expect(ageWorthSaying(read(20_000), true, now)).toBe(20_000);
  expect(ageWorthSaying(read(100_000), false, now)).toBe(100_000);
  expect(ageWorthSaying(read(5000, { condition: "unknown" }), false, now)).toBe(5000);
  expect(ageWorthSaying(server("A", { read_at_ms: null }), true, now)).toBeNull();
});

test("colour never says alone what a condition is", () => {
  for (const a of CONDITIONS) {
    for (const b of CONDITIONS) {
      if (look(a).tone !== look(b).tone) continue;
      // Same colour: then the same family, told apart by word, or another shape.
      if (look(a).standing !== look(b).standing) expect(look(a).shape).not.toBe(look(b).shape);
    }
  }
});

test("the form is offered for what it can mend, and for nothing else", () => {
  expect(wayOut("key_rejected")).toBe("window-new-key-button");
  expect(wayOut("redirect")).toBe("window-new-address-button");
  expect(wayOut("rate_limited")).toBeNull();
});
