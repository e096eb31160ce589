// The page of one server, as a person meets it: its parts, what stands in the overview, the ways in and out.
import { describe, expect, test } from "vitest";
import { panel, server, snapshot } from "../src/bridge.fake";
import { PAST } from "../src/server/samples";
import { errands, follows, ID, log, opened, past, prints, tab, text } from "./pages/server";
import { open, stage, window } from "./pages/stage";

stage();

for (const width of [320, 420, 1280]) {
  test(`everything about it, ${width} wide`, async () => {
    await opened({ width });
    await past();
    await window.tab.getByText("Recent changes").waitFor();
    await expect.poll(() => window.tab.locator("figure svg").count()).toBe(4);
    await window.tab.getByText("As a table").click();
    await window.tab.getByRole("table").waitFor();
    await window.isSound(`server-${width}`);
  });
}

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
  await expect
    .poll(() => window.tab.getByRole("tab").allTextContents())
    .toEqual(["Overview", "Console"]);
  await expect.poll(follows).toEqual({ server: ID, lines: false });
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
    await expect.poll(() => rule.inputValue()).toBe("nothing");
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
    await expect
      .poll(() => window.tab.locator(".line-0").first().getAttribute("d"))
      .toMatch(/^M.+L/);
  });
});

describe("coming and going", () => {
  test("a card's name opens it, Escape and the button lead back to the card", async () => {
    await open();
    await window.shows(snapshot([panel([server("Lobby"), server("Survival")])]));
    const card = window.tab.getByRole("article", { name: "Survival" });
    for (const back of ["Escape", "button"]) {
      await card.getByRole("button", { name: "Survival", exact: true }).click();
      await expect.poll(() => window.focused()).toBe("Survival");
      await expect.poll(follows).toEqual({ server: ID, lines: false });
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
    await expect.poll(follows).toEqual({ server: ID, lines: false });
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
    await expect.poll(() => window.focused()).toBe("Console");
    await window.tab.keyboard.press("End");
    await expect.poll(() => window.focused()).toBe("Schedules");
    await window.tab.keyboard.press("ArrowRight");
    await expect.poll(() => window.focused()).toBe("Overview");
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
    await expect.poll(follows).toEqual({ server: ID, lines: true });
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
