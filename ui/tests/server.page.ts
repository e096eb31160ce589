// The page of one server, as a person meets it.
import { describe, expect, test } from "vitest";
import type { ConsoleNews } from "../src/bindings/ConsoleNews";
import type { ServerView } from "../src/bindings/ServerView";
import { panel, server, snapshot } from "../src/bridge.fake";
import { NEWS, PAST, SHELVES } from "../src/server/samples";
import { open as openWindow, stage, window } from "./pages/stage";
import type { Look } from "./pages/window";

stage();

const ID = { panel: "p1", uuid: "uuid-Survival" };

interface Opened extends Look {
  heading?: string;
  page?: "server" | "console";
  other?: Partial<ServerView>;
}

/** The page of one server among others, with its past and the first lines told. */
async function opened(of: Opened = {}) {
  const { page = "server", other = {}, heading = "Survival", ...look } = of;
  await openWindow(look);
  await window.shows(
    snapshot([panel([server("Lobby"), server("Survival", { ...other, id: ID })])]),
  );
  await window.hear({ kind: "show", page: { kind: page, server: ID } });
  await window.tab.getByRole("heading", { level: 1 }).getByText(heading).waitFor();
  window.reply = ({ kind, ...action }) => {
    if (kind !== "errand" || !("errand" in action)) return { kind: "done" };
    const asked = action.errand.kind;
    if (asked === "backups") return { kind: "backups", backups: SHELVES.backups };
    if (asked === "schedules") return { kind: "schedules", schedules: SHELVES.schedules };
    if (asked === "activity") return { kind: "activity", deeds: [] };
    return { kind: "done" };
  };
  return window;
}

const past = () => {
  const shift = Date.now() - (PAST.points.at(-1)?.at_ms ?? 0);
  const points = PAST.points.map((point) => ({ ...point, at_ms: point.at_ms + shift }));
  const changes = PAST.changes.map((change) => ({ ...change, at_ms: change.at_ms + shift }));
  const history = { points, changes };
  return window.hear({ kind: "history", server: ID, from_ms: null, history });
};

const prints = (news: Partial<ConsoleNews>) =>
  window.hear({
    kind: "console",
    server: ID,
    news: { state: { kind: "live" }, fresh: false, left_out: 0, lines: [], ...news },
  });

const text = (...lines: string[]) => ({ lines: lines.map((one) => ({ runs: [{ text: one }] })) });

const follows = () => {
  const { server, lines } =
    window.calls.filter(({ command }) => command === "watch").at(-1)?.args ?? {};
  return { server, lines };
};
const errands = () =>
  window.actions.flatMap((action) => (action.kind === "errand" ? [action.errand] : []));
const tab = (name: string) => window.tab.getByRole("tab", { name });
const log = () => window.tab.getByRole("log");

for (const width of [320, 420, 1280]) {
  test(`everything about it, ${width} wide`, async () => {
    await opened({ width });
    await past();
    await window.tab.getByText("Recent changes").waitFor();
    expect(await window.tab.locator("figure svg").count()).toBe(4);
    await window.tab.getByText("As a table").click();
    await window.tab.getByRole("table").waitFor();
    await window.isSound(`server-${width}`);
  });

  test(`its console, ${width} wide`, async () => {
    await opened({ width, page: "console" });
    await prints(NEWS);
    await window.tab.getByText("sasha").first().waitFor();
    await window.isSound(`console-${width}`);
  });
}

test("backups and schedules", async () => {
  await opened();
  await tab("Backups").click();
  await window.tab.getByText("Before the update").waitFor();
  await window.isSound("backups");
  await tab("Schedules").click();
  await window.tab.getByText("Nightly restart").first().waitFor();
  await window.isSound("schedules");
});

test("nothing known and nothing permitted", async () => {
  const none = {
    console: false,
    command: false,
    backups: false,
    make_backup: false,
    schedules: false,
    run_schedule: false,
    activity: false,
  };
  const other = { may: none, resources: null, condition: "unknown", address: null } as const;
  await opened({ other, page: "console" });
  await window.tab.getByText("You may not read this console").waitFor();
  expect(await window.tab.getByRole("tab").allTextContents()).toEqual(["Overview", "Console"]);
  expect(follows()).toEqual({ server: ID, lines: false });
  expect(await log().count()).toBe(0);
  await window.isSound("forbidden");
  await tab("Overview").click();
  await window.tab.getByText("Nothing was read yet").waitFor();
  expect(errands()).toEqual([]);
  await window.isSound("unknown");
});

describe("what it shows", () => {
  test("all nine sensors, both rates, and how much of each limit is used", async () => {
    await opened();
    await past();
    const names = await window.tab.locator(".sensors dt").allTextContents();
    expect(names).toEqual([
      "CPU",
      "Memory",
      "Disk",
      "Uptime",
      "CPU limit",
      "Memory limit",
      "Disk limit",
      "Received",
      "Sent",
      "Receiving",
      "Sending",
    ]);
    const values = await window.tab.locator(".sensors dd").allTextContents();
    expect(values[0]).toBe("23 % of 200 % (12\u00a0%)");
    expect(values[1]).toBe("2.1 GiB of 4 GiB (52\u00a0%)");
    await expect
      .poll(() => window.tab.locator(".sensors dd").nth(9).textContent())
      .toMatch(/KiB\/s$/);
  });

  test("a chart tells of the point that is pointed at, and of the highest otherwise", async () => {
    await opened();
    await past();
    const figure = window.tab.locator("figure").first();
    await figure.getByText(/^up to/).waitFor();
    await figure.locator(".plot").hover({ position: { x: 120, y: 40 } });
    await figure.getByText(/^\d\d:\d\d: .*%$/).waitFor();
    await window.isSound("chart-pointed");
    await window.tab.mouse.move(5, 5);
    await figure.getByText(/^up to/).waitFor();
  });

  test("changes with their causes and who did it", async () => {
    await opened();
    const at = Date.now() - 60_000;
    window.reply = (action) =>
      action.kind === "errand" && action.errand.kind === "activity"
        ? {
            kind: "activity",
            deeds: [{ at_ms: at - 2000, event: "server:power.stop", by: "sasha", by_key: false }],
          }
        : { kind: "done" };
    const change = { at_ms: at, from: "running", to: "offline", source: "live" } as const;
    const history = { points: [], changes: [{ ...change, cause: { kind: "stopped" } as const }] };
    await window.hear({ kind: "history", server: ID, from_ms: null, history });
    const line = window.tab.getByRole("listitem").filter({ hasText: "Offline" });
    await line.getByText(/by .*sasha/).waitFor();
  });

  test("what is told of it is chosen here", async () => {
    await opened({ other: { alert_rule: "nothing" } });
    const rule = window.tab.getByLabel("Alerts of this server");
    expect(await rule.inputValue()).toBe("nothing");
    await rule.selectOption({ label: "Crashes only" });
    await rule.selectOption({ label: "As in the settings (Every stop)" });
    const wished = () =>
      window.actions.flatMap((one) => (one.kind === "set_alert_rule" ? [one.rule] : []));
    await expect.poll(wished).toEqual(["crashes", null]);
  });

  test("later points are added, another server's are not", async () => {
    await opened();
    await past();
    const at = Date.now();
    const point = { ...PAST.points[0], at_ms: at, cpu_percent: 199 } as (typeof PAST.points)[0];
    const history = { points: [point], changes: [] };
    const other = { ...ID, uuid: "uuid-Lobby" };
    await window.hear({ kind: "history", server: other, from_ms: null, history });
    await window.hear({ kind: "history", server: ID, from_ms: at, history });
    await window.tab.getByText("up to 199 %").waitFor();
    expect(await window.tab.locator(".line-0").first().getAttribute("d")).toMatch(/^M.+L/);
  });
});

describe("coming and going", () => {
  test("a card's name opens it, Escape and the button lead back to the card", async () => {
    await openWindow();
    await window.shows(snapshot([panel([server("Lobby"), server("Survival")])]));
    const card = window.tab.getByRole("article", { name: "Survival" });
    for (const back of ["Escape", "button"]) {
      await card.getByRole("button", { name: "Survival", exact: true }).click();
      await expect.poll(() => window.focused()).toBe("Survival");
      expect(follows()).toEqual({ server: ID, lines: false });
      if (back === "Escape") await window.tab.keyboard.press("Escape");
      else await window.button("All servers").click();
      await expect
        .poll(() => card.evaluate((element) => element === document.activeElement))
        .toBe(true);
      await expect.poll(follows).toEqual({ server: null, lines: false });
    }
  });

  test("the tray's way to the console opens it there, also while another part is in view", async () => {
    await opened();
    expect(follows()).toEqual({ server: ID, lines: false });
    await window.hear({ kind: "show", page: { kind: "console", server: ID } });
    await log().waitFor();
    await expect.poll(follows).toEqual({ server: ID, lines: true });
    await tab("Overview").click();
    await expect.poll(follows).toEqual({ server: ID, lines: false });
  });

  test("by keyboard alone: arrows between the parts, no trap on the way", async () => {
    await opened();
    await tab("Overview").focus();
    await window.tab.keyboard.press("ArrowRight");
    await log().waitFor();
    expect(await window.focused()).toBe("Console");
    await window.tab.keyboard.press("End");
    expect(await window.focused()).toBe("Schedules");
    await window.tab.keyboard.press("ArrowRight");
    expect(await window.focused()).toBe("Overview");
    await window.tab.keyboard.press("ArrowRight");
    const stops = [];
    for (let i = 0; i < 5; i += 1) {
      await window.tab.keyboard.press("Tab");
      stops.push(await window.focused());
    }
    expect(stops).toEqual([
      "Search the lines",
      "Copy",
      expect.stringMatching(/^Console of/),
      "",
      "Send",
    ]);
  });

  test("a hidden server has its page too, and says that it is hidden", async () => {
    await opened({ other: { hidden: true } });
    await window.tab.getByText("You have hidden this server.").waitFor();
    await window.isSound("server-hidden");
    await window.tab.keyboard.press("Escape");
    await expect.poll(() => window.focused()).toContain("running");
  });

  test("the browser is opened at its page by the agent", async () => {
    await opened();
    await window.button("Open in panel").click();
    await expect.poll(() => window.actions).toContainEqual({ kind: "open_in_panel", server: ID });
  });

  test("a name that means no good stays text and breaks nothing", async () => {
    const name = `<img src=x onerror=alert(1)>${"W".repeat(60)}`;
    await opened({ width: 320, heading: "<img", other: { name, node: name } });
    await past();
    expect(await window.tab.locator("main img").count()).toBe(0);
    await window.isSound("server-hostile");
    await tab("Console").click();
    await prints({ lines: text(name).lines });
    await log().getByText("<img src=x").waitFor();
    await window.isSound("console-hostile");
  });

  test("a server that is gone says so and leaves a way back", async () => {
    await opened();
    await window.hear({ kind: "snapshot", snapshot: snapshot([panel([server("Lobby")])]) });
    await window.tab.getByText("This server is not in the list").waitFor();
    await expect.poll(follows).toEqual({ server: null, lines: false });
    await window.isSound("gone");
    await window.tab.keyboard.press("Escape");
    await window.tab.getByRole("article", { name: "Lobby" }).waitFor();
  });

  test("a question before a force stop is asked and answered here", async () => {
    const other = { condition: "still_stopping" } as const;
    await opened({ other });
    await window.button("Force stop…").click();
    const dialog = window.tab.getByRole("dialog");
    await dialog.waitFor();
    await window.tab.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await window.tab.getByRole("heading", { level: 1 }).getByText("Survival").waitFor();
    await window.button("Force stop…").click();
    await dialog.getByRole("button", { name: "Force stop" }).click();
    await expect.poll(() => window.actions.at(-1)).toMatchObject({ kind: "power", signal: "kill" });
  });
});

describe("the console", () => {
  const shown = () => log().locator("> div").allTextContents();

  test("hostile lines stay text, in a fixed set of colours", async () => {
    await opened({ page: "console" });
    await prints({
      lines: [
        { runs: [{ text: "<img src=x onerror=alert(1)>", colour: 1, marks: ["bold"] }] },
        { runs: [{ text: "</div><script>1</script>" }] },
        { runs: [{ text: "שרת 123 <b>", colour: 999 as number }] },
        { runs: [] },
        { runs: [{ text: "x".repeat(4000) }] },
      ],
    });
    await expect.poll(shown).toHaveLength(5);
    expect((await shown()).slice(0, 3)).toEqual([
      "<img src=x onerror=alert(1)>",
      "</div><script>1</script>",
      "שרת 123 <b>",
    ]);
    expect(await log().locator("img, script, b").count()).toBe(0);
    const names = await log()
      .locator("span")
      .evaluateAll((spans) => spans.map((span) => span.className));
    expect(names).toEqual(["is-bold fg-1"]);
    await window.isSound("console-hostile");
  });

  test("new lines keep the end in view, unless somebody reads further up", async () => {
    await opened({ page: "console" });
    const many = Array.from({ length: 300 }, (_, i) => `line ${i}`);
    await prints(text(...many));
    const fromEnd = () =>
      log().evaluate((box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight));
    await expect.poll(fromEnd).toBeLessThan(3);
    await prints(text("one more"));
    await expect.poll(fromEnd).toBeLessThan(3);
    await log().evaluate((box) => {
      box.scrollTop = 0;
    });
    await window.button("Newest lines").waitFor();
    await prints(text("and more"));
    expect(await log().evaluate((box) => box.scrollTop)).toBe(0);
    await window.button("Newest lines").click();
    await expect.poll(fromEnd).toBeLessThan(3);
  });

  test("never holds more than two thousand lines", async () => {
    await opened({ page: "console" });
    const many = (from: number) => Array.from({ length: 1500 }, (_, i) => `line ${from + i}`);
    await prints(text(...many(0)));
    await prints({ ...text(...many(1500)), left_out: 12 });
    await expect.poll(() => log().locator("> div").count()).toBe(2000);
    await expect.poll(() => log().locator("> div").last().textContent()).toBe("line 2999");
    await window.tab.getByText("12 lines were left out").waitFor();
  });

  test("is searched and copied", async () => {
    await opened({ page: "console" });
    await window.tab.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await prints(text("apple", "Pear", "pineapple"));
    await window.tab.getByRole("searchbox").fill("APPLE");
    await expect.poll(shown).toEqual(["apple", "pineapple"]);
    await window.tab.getByText("2 of 3 lines").waitFor();
    await window.button("Copy").click();
    await expect.poll(() => window.spoken()).toMatch(/^Copied/);
    expect(await window.tab.evaluate(() => navigator.clipboard.readText())).toBe(
      "apple\npineapple",
    );
    await window.tab.getByRole("searchbox").press("Escape");
    await expect.poll(shown).toHaveLength(3);
    expect(await tab("Console").getAttribute("aria-selected")).toBe("true");
  });

  test("commands are sent once, remembered, and not lost when they fail", async () => {
    await opened({ page: "console" });
    const field = window.tab.getByLabel("Command", { exact: true });
    for (const line of ["say one", "say two"]) {
      await field.fill(line);
      await field.press("Enter");
      await expect.poll(() => errands().at(-1)).toEqual({ kind: "command", line });
      expect(await field.inputValue()).toBe("");
    }
    await field.fill("draft");
    await field.press("ArrowUp");
    await field.press("ArrowUp");
    await expect.poll(() => field.inputValue()).toBe("say one");
    await field.press("ArrowDown");
    await field.press("ArrowDown");
    await expect.poll(() => field.inputValue()).toBe("draft");
    window.reply = () => ({ kind: "failed", problem: { kind: "not_now", detail: "" } });
    await field.press("Enter");
    await window.tab.locator(".trouble").getByText("This is not possible now.").waitFor();
    await expect.poll(() => field.inputValue()).toBe("draft");
    expect(errands().filter(({ kind }) => kind === "command")).toHaveLength(3);
    await field.fill("   ");
    await field.press("Enter");
    await field.press("Escape");
    expect(errands().filter(({ kind }) => kind === "command")).toHaveLength(3);
    await log().waitFor();
  });

  test("says when nothing can come, and keeps what was read", async () => {
    await opened({ page: "console" });
    await window.tab.getByText("Connecting to the server’s node…").waitFor();
    await prints(text("before"));
    await prints({ state: { kind: "failed", why: "the node refused <b>" } });
    await window.tab.getByText(/cannot be reached: .*the node refused <b>/).waitFor();
    expect(await shown()).toEqual(["before"]);
    const problem = { kind: "node_unreachable", detail: "" } as const;
    await prints({ state: { kind: "none", problem } });
    await window.tab.getByText("The panel cannot reach the server's node.").waitFor();
    await prints({ ...text("after"), fresh: true });
    await expect.poll(shown).toEqual(["after"]);
  });

  test("without the right to command it can be read only", async () => {
    const may = { ...server("x").may, command: false };
    await opened({ page: "console", other: { may } });
    await window.tab.getByText("You may read this console, but not send commands.").waitFor();
    expect(await window.tab.getByLabel("Command", { exact: true }).count()).toBe(0);
  });
});

describe("backups and schedules", () => {
  test("a backup is made under its name and the list is read anew", async () => {
    await opened();
    await tab("Backups").click();
    await window.tab.getByText("Weekly").waitFor();
    await window.tab.getByLabel(/^Name/).fill(" before 1.21 ");
    await window.button("Make a backup").click();
    await expect
      .poll(() => errands().slice(-2))
      .toEqual([{ kind: "make_backup", name: "before 1.21" }, { kind: "backups" }]);
    expect(await window.tab.getByLabel(/^Name/).inputValue()).toBe("");
  });

  test("what the panel refuses is said, and what was typed stays", async () => {
    await opened();
    await tab("Backups").click();
    await window.tab.getByText("Weekly").waitFor();
    const problem = { kind: "panel_refused", detail: "Only 2 backups are allowed." } as const;
    window.reply = () => ({ kind: "failed", problem });
    await window.tab.getByLabel(/^Name/).fill("third");
    await window.button("Make a backup").click();
    await window.tab
      .locator(".trouble")
      .getByText(/Only 2 backups are allowed/)
      .waitFor();
    expect(await window.tab.getByLabel(/^Name/).inputValue()).toBe("third");
  });

  test("a schedule is run once, after a question", async () => {
    await opened();
    await tab("Schedules").click();
    await window.button(/^Run now .*Nightly restart/).click();
    const dialog = window.tab.getByRole("dialog");
    expect(errands().at(-1)).toEqual({ kind: "schedules" });
    await dialog.getByRole("button", { name: "Run", exact: true }).click();
    const schedule = SHELVES.schedules[0]?.id;
    await expect
      .poll(() => errands().slice(-2))
      .toEqual([{ kind: "run_schedule", schedule }, { kind: "schedules" }]);
  });

  test("who may only look is offered no button", async () => {
    const may = { ...server("x").may, make_backup: false, run_schedule: false };
    await opened({ other: { may } });
    await tab("Backups").click();
    await window.tab.getByText("Weekly").waitFor();
    expect(await window.button("Make a backup").count()).toBe(0);
    await tab("Schedules").click();
    await window.tab.getByText("Nightly restart").first().waitFor();
    expect(await window.button(/^Run now/).count()).toBe(0);
  });
});
