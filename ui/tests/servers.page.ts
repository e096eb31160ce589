// The page of all servers, as a person meets it.
import { describe, expect, test } from "vitest";
import type { Condition } from "../src/bindings/Condition";
import { everyCondition, panel, server, snapshot } from "../src/bridge.fake";
import { asOfNow, PICTURES } from "../src/samples";
import { word } from "../src/text";
import { open, stage, window } from "./pages/stage";

stage();

const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "שרת ראשי של דני 123",
  "خادم البقاء (الرئيسي) - Survival",
  "Supercalifragilisticexpialidocious".repeat(4),
  "🦖".repeat(40),
  "{ $name } & &lt;b&gt; %s",
  "",
];

for (const width of [320, 420, 1280]) {
  test(`all conditions, ${width} wide`, async () => {
    const { tab } = await open({ width });
    await window.shows(snapshot([panel(everyCondition())]));
    for (const { name, condition } of everyCondition()) {
      const card = tab.getByRole("article", { name, exact: true });
      await expect.poll(() => card.locator(".word").textContent()).toBe(word(condition));
    }
    await window.isSound(`servers-${width}`);
  });
}

test("what an agent shows of a lively evening, of a fall, of a panel that fails and of an empty one", async () => {
  const { tab } = await open();
  const shows = async (name: keyof typeof PICTURES, ...texts: string[]) => {
    await window.shows(asOfNow(PICTURES[name]));
    for (const text of texts) await tab.getByText(text).first().waitFor();
    await window.isSound(`agent-${name}`);
  };
  await shows("evening", "5 of 10 running", "Survival", "Suspended", "Installing", "Stopping");
  await shows("alerts", "4 of 10 running", "1 new");
  await shows("trouble", "The panel failed", "Survival");
  await shows("empty", "No servers", "it leads to no servers");
  await window.shows(asOfNow(PICTURES.alerts));
  await window.button(/^Alerts/).click();
  await tab.getByText("Lobby").first().waitFor();
  await window.isSound("agent-alerts-page");
});

test("hostile names and a panel's problem", async () => {
  const { tab } = await open({ width: 320 });
  const servers = HOSTILE.map((name, i) =>
    server(name, { id: { panel: "p1", uuid: `${i}` }, node: name, address: name }),
  );
  const problem = { kind: "ip_not_allowed", detail: "‮evil‬ 192.0.2.7" } as const;
  await window.shows(snapshot([panel(servers, { problem, name: HOSTILE[2] ?? "" })]));
  await expect.poll(() => tab.getByRole("article").count()).toBe(HOSTILE.length);
  expect(await tab.locator("img").count()).toBe(0);
  await window.isSound("hostile");
});

test("of a thousand servers only the cards near the eye are made, and every one can be reached", async () => {
  const { tab } = await open({ width: 1280, height: 900 });
  const called = (i: number) => `Server ${String(i).padStart(4, "0")}`;
  const servers = Array.from({ length: 1000 }, (_, i) => server(called(i)));
  await window.shows(snapshot([panel(servers)]));
  await tab.getByText("1,000 of 1,000 running").waitFor();
  const card = (i: number) => tab.getByRole("article", { name: called(i), exact: true });
  const made = () => tab.getByRole("article").count();
  await card(0).waitFor();
  await expect.poll(() => tab.locator(".cards > li").count()).toBe(1000);
  await expect.poll(() => made()).toBeLessThan(100);
  // At once, as by the scroll bar: a key glides, and how many cards it passes is up to the browser.
  await tab.locator(".cards > li").last().scrollIntoViewIfNeeded();
  await expect.poll(() => card(999).isVisible()).toBe(true);
  expect(await card(500).count()).toBe(0);
  await expect.poll(() => made()).toBeLessThan(200);
  await tab.getByRole("searchbox").fill("0500");
  await card(500).waitFor();
  await expect.poll(() => made()).toBe(1);
});

test("the question before a force stop", async () => {
  await open();
  await window.shows(snapshot([panel([server("Lobby", { condition: "still_stopping" })])]));
  await window.button("Force stop…").click();
  await window.isSound("kill");
});

test("each condition has a shape of its own kind beside its word", async () => {
  const { tab } = await open();
  await window.shows(snapshot([panel(everyCondition())]));
  const shapes = await tab
    .locator("article .mark")
    .evaluateAll((all) => all.map((m) => m.getAttribute("data-shape")));
  expect(new Set(shapes).size).toBe(7);
});

test("several panels have headings, and one without servers says so", async () => {
  const { tab } = await open();
  const away = panel([server("Old", { condition: "unknown", read_at_ms: Date.now() - 180_000 })], {
    id: "p2",
    name: "Away",
    problem: { kind: "refused", detail: "" },
  });
  const panels = [
    panel([server("A")]),
    away,
    panel([], { id: "p3", name: "Empty" }),
    panel([], { id: "p4", name: "New", connecting: true }),
  ];
  await window.shows(snapshot(panels));
  for (const { name } of panels) await tab.getByRole("heading", { name, exact: true }).waitFor();
  await tab.getByText("Nothing answers at this address.").waitFor();
  await tab.getByText("it leads to no servers").waitFor();
  await tab.getByText("Waiting for the first answer…").waitFor();
  // The last that was known stays, with its age.
  await tab.getByText("Read 3 min ago").waitFor();
  await window.isSound("panels");
});

test("an administrator without servers is offered those of others, and nobody else", async () => {
  const { tab } = await open();
  const shown = snapshot([panel([], { problem: { kind: "no_servers", detail: "" } })]);
  await window.shows(shown);
  await tab.getByText("it leads to no servers").waitFor();
  expect(await tab.getByText("Show the servers of others").count()).toBe(0);
  const panels = shown.settings.panels.map((one) => ({ ...one, admin: true }));
  await window.shows({ ...shown, settings: { ...shown.settings, panels } });
  await window.button("Show the servers of others").click();
  const others = { panel: "p1", name: null, show_others: true, distrust: false };
  await expect.poll(() => window.actions).toEqual([{ kind: "change_panel", ...others }]);
  await window.isSound("others");
});

test("a certificate that is not trusted leads to the form that shows it", async () => {
  const { tab } = await open();
  const problem = { kind: "certificate_changed", detail: "" } as const;
  await window.shows(snapshot([panel([server("A")], { problem })]));
  await window.button("Look at its certificate").click();
  await tab.getByRole("heading", { name: /New key for/ }).waitFor();
});

test("a refused key leads to the form for a new one", async () => {
  const { tab } = await open();
  const problem = { kind: "key_rejected", detail: "" } as const;
  await window.shows(snapshot([panel([server("A")], { problem })]));
  await window.button("Enter a new key").click();
  await tab.getByRole("heading", { name: /New key for/ }).waitFor();
  await expect
    .poll(() => tab.getByLabel("Your panel’s address").inputValue())
    .toBe("https://panel.example.com");
});

test("the browser is opened by the agent, never by the page", async () => {
  const { tab } = await open();
  await window.shows(snapshot([panel([server("A")])]));
  await window.button(/^More for/).click();
  await tab.getByRole("menuitem", { name: "Open in panel" }).click();
  await expect.poll(() => window.actions).toMatchObject([{ kind: "open_in_panel" }]);
  expect(await tab.locator("a[href]").count()).toBe(0);
});

test("with the keyboard alone: tabs, refresh, and the buttons of the first server in order", async () => {
  const { tab } = await open();
  await window.shows(snapshot([panel([server("A"), server("B")])]));
  const walked: string[] = [];
  for (let step = 0; step < 12; step += 1) {
    await tab.keyboard.press("Tab");
    const name = (await window.focused()).replace(/[\u2068\u2069]/g, "");
    walked.push(name.split(" ↗")[0] ?? "");
  }
  expect(walked).toEqual([
    "Servers",
    "Alerts",
    "Settings",
    "Refresh",
    "Select",
    "A",
    "Pin A",
    "More for A",
    "Copy address A",
    "Start",
    "Restart",
    "Stop",
  ]);
  await tab.keyboard.press("Space");
  await expect.poll(() => window.actions).toMatchObject([{ kind: "power", signal: "stop" }]);
});

test("back from a server's page, its card is in view and has the focus", async () => {
  const { tab } = await open();
  const servers = Array.from({ length: 300 }, (_, i) => server(`Server ${i}`));
  await window.shows(snapshot([panel(servers)]));
  await expect.poll(() => tab.locator(".cards > li").count()).toBe(300);
  const id = { panel: "p1", uuid: "uuid-Server 250" };
  await window.hear({ kind: "show", page: { kind: "server", server: id } });
  await window.button("All servers").click();
  const card = tab.getByRole("article", { name: "Server 250" });
  await expect
    .poll(() => card.evaluate((element) => element === document.activeElement))
    .toBe(true);
  await expect
    .poll(() =>
      card.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      }),
    )
    .toBe(true);
  await window.isSound("many");
});

test("a new picture of 300 servers keeps the focus and the place", async () => {
  const { tab } = await open();
  const picture = (condition: Condition) =>
    snapshot([panel(Array.from({ length: 300 }, (_, i) => server(`Server ${i}`, { condition })))]);
  await window.shows(picture("running"));
  const item = tab.locator(".cards > li").nth(120);
  await item.scrollIntoViewIfNeeded();
  const stop = item.getByRole("button", { name: "Stop" });
  await stop.focus();
  const place = () => stop.evaluate((element) => element.getBoundingClientRect().top);
  const before = await place();
  await window.shows(picture("stopping"));
  await expect
    .poll(() => stop.evaluate((element) => element === document.activeElement))
    .toBe(true);
  expect(Math.abs((await place()) - before)).toBeLessThan(2);
});

test("a change of condition is read out", async () => {
  await open();
  await window.shows(snapshot([panel([server("A")])]));
  await window.shows(snapshot([panel([server("A", { condition: "crashed" })])]));
  await expect.poll(() => window.spoken()).toMatch(/A.*: Crashed/);
});

test("full disks are said in words, unlimited ones have no bar", async () => {
  const { tab } = await open();
  const tight = { cpu_percent: 0, memory_mib: 2400, disk_mib: 3300 };
  await window.shows(snapshot([panel([server("A", { limits: tight })])]));
  await expect
    .poll(() => tab.getByRole("meter", { name: "Disk" }).getAttribute("aria-valuenow"))
    .toBe("96");
  await tab.getByText("nearly full").waitFor();
  await tab.getByText("high", { exact: true }).waitFor();
  expect(await tab.getByRole("meter", { name: "CPU" }).count()).toBe(0);
  await window.isSound("full");
});

test("only the chosen sensors are shown", async () => {
  const { tab } = await open();
  const picture = snapshot([panel([server("A")])]);
  picture.settings.sensors = ["network_inbound", "memory_limit"];
  await window.shows(picture);
  await expect
    .poll(() => tab.locator("dt").allTextContents())
    .toEqual(["Received", "Memory limit"]);
});

test("notices may be dismissed, the demo is labelled", async () => {
  const { tab } = await open();
  const notices = [
    { kind: "no_tray", detail: "" },
    { kind: "settings_broken", detail: "/home/alex/settings.json.broken" },
  ] as const;
  await window.shows(snapshot([panel([server("A")])], { notices: [...notices], demo: true }));
  await tab.getByText("Demo", { exact: true }).waitFor();
  await tab.getByRole("button", { name: "Dismiss" }).nth(1).click();
  await expect
    .poll(() => window.actions)
    .toEqual([{ kind: "dismiss_notice", notice: "settings_broken" }]);
  await window.isSound("notices");
});

describe("the connection to the agent", () => {
  test("while it is away the last picture stays, cannot be used, and a start is offered", async () => {
    const { tab } = await open();
    await window.shows(snapshot([panel([server("A")])]));
    await window.hear({ kind: "link", state: "away" });
    await tab.getByText("Pterotray is not running").waitFor();
    await expect.poll(() => tab.locator(".page[inert]").count()).toBe(1);
    window.commands.start = () => {
      throw "pterotray is missing";
    };
    await window.button("Start Pterotray").click();
    await tab.getByText("pterotray is missing").waitFor();
    await window.isSound("away");
    window.commands.start = () => null;
    await window.button("Start Pterotray").click();
    await window.button("Starting…").waitFor();
    await window.shows(snapshot([panel([server("A")])]));
    await expect.poll(() => tab.getByText("Pterotray is not running").count()).toBe(0);
    expect(await tab.locator(".page[inert]").count()).toBe(0);
  });

  test.each([
    ["agent", "The running Pterotray is older than this window"],
    ["window", "This window is older than the running Pterotray"],
  ] as const)("an older %s is named", async (older, text) => {
    const { tab } = await open();
    await window.hear({ kind: "link", state: "mismatch", older });
    await tab.getByText(text).waitFor();
    await window.isSound(`older-${older}`);
  });
});
