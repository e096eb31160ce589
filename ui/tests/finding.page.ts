// Finding servers among many, putting them in order and out of sight, and several at once.
import { describe, expect, test } from "vitest";
import type { ServerView } from "../src/bindings/ServerView";
import { panel, server, snapshot, sparkline } from "../src/bridge.fake";
import { open, stage, window } from "./pages/stage";

stage();

const id = (name: string) => ({ panel: "p1", uuid: `uuid-${name}` });

const some = (pinned: string[] = []) => {
  const picture = snapshot([
    panel([
      server("Survival", { condition: "crashed" }),
      server("Skyblock", { node: "frankfurt-2" }),
      server("Créative", { address: "build.example.com:25570" }),
      server("Attic", { condition: "offline" }),
      server("Cellar", { condition: "offline", hidden: true }),
    ]),
  ]);
  picture.settings.pinned = pinned.map(id);
  return picture;
};

const names = () => window.tab.getByRole("article").locator("h3").allTextContents();
const search = () => window.tab.getByRole("searchbox");
const chip = (name: RegExp) => window.button(name);

for (const width of [320, 420, 1280]) {
  test(`with figures of the last half hour, ${width} wide`, async () => {
    const { tab } = await open({ width });
    const picture = some(["Skyblock"]);
    window.sparklines = (picture.panels[0]?.servers ?? []).map(sparkline);
    await tab.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await window.shows(picture);
    await tab
      .getByRole("img", { name: /^CPU in the last half hour/ })
      .first()
      .waitFor();
    await window.isSound(`finding-${width}`);
    await window.button(/^More for .?Skyblock/).click();
    await window.isSound(`menu-${width}`);
    await tab.keyboard.press("Escape");
    await window.button("Select").click();
    await window.button("Select all shown").click();
    await window.isSound(`selecting-${width}`);
  });
}

describe("finding", () => {
  test("by name, node and address, without minding case or accents", async () => {
    await open();
    await window.shows(some());
    for (const [typed, found] of [
      ["SKY", ["Skyblock"]],
      ["frankfurt", ["Skyblock"]],
      ["creative build", ["Créative"]],
      ["nowhere", []],
    ] as const) {
      await search().fill(typed);
      await expect.poll(names).toEqual(found);
    }
    await window.button("Show all").click();
    await expect.poll(names).toHaveLength(4);
  });

  test("by kind, with how many there are of each", async () => {
    await open();
    await window.shows(some(["Attic"]));
    await chip(/^Problems 1$/).click();
    await expect.poll(names).toEqual(["Survival"]);
    await chip(/^Running 2$/).click();
    await expect.poll(names).toEqual(["Skyblock", "Créative"]);
    await chip(/^Pinned 1$/).click();
    await expect.poll(names).toEqual(["Attic"]);
    await chip(/^All 4$/).click();
    await expect.poll(names).toHaveLength(4);
  });

  test("with the keyboard: a slash goes to the search, Escape empties it", async () => {
    const { tab } = await open();
    await window.shows(some());
    await search().waitFor();
    await tab.keyboard.press("/");
    await tab.keyboard.type("attic");
    await expect.poll(names).toEqual(["Attic"]);
    await tab.keyboard.press("Escape");
    await expect.poll(names).toHaveLength(4);
  });

  test("in one panel of several", async () => {
    const { tab } = await open();
    const other = panel([server("Lobby", { id: { panel: "p2", uuid: "l" } })], {
      id: "p2",
      name: "Work",
    });
    await window.shows(snapshot([...some().panels, other]));
    await tab.getByRole("combobox", { name: "Panel" }).selectOption("Work");
    await expect.poll(names).toEqual(["Lobby"]);
  });

  test("few servers need no search", async () => {
    await open();
    await window.shows(snapshot([panel([server("A")])]));
    await window.tab.getByRole("article").waitFor();
    expect(await search().count()).toBe(0);
  });

  test("a server that is asked about is shown whatever was looked for", async () => {
    await open();
    await window.shows(some());
    await search().fill("attic");
    const page = { kind: "confirm", server: id("Skyblock"), signal: "stop" } as const;
    await window.hear({ kind: "show", page });
    await window.tab.getByRole("dialog", { name: /Skyblock/ }).waitFor();
  });
});

describe("order and hiding", () => {
  test("pinned servers move by menu and by key, and stop at the ends", async () => {
    const { tab } = await open();
    await window.shows(some(["Skyblock", "Attic"]));
    await window.button(/^More for .?Skyblock/).click();
    const up = tab.getByRole("menuitem", { name: "Move up" });
    await expect.poll(() => up.getAttribute("aria-disabled")).toBe("true");
    await tab.getByRole("menuitem", { name: "Move down" }).click();
    await window.button(/^Pin .?Attic/).focus();
    await tab.keyboard.press("Alt+ArrowUp");
    await expect
      .poll(() => window.actions)
      .toEqual([
        { kind: "move_pin", server: id("Skyblock"), up: false },
        { kind: "move_pin", server: id("Attic"), up: true },
      ]);
  });

  test("the menu is walked by the arrow keys and gives the focus back", async () => {
    const { tab } = await open();
    await window.shows(some());
    await window.button(/^More for .?Skyblock/).focus();
    await tab.keyboard.press("Enter");
    await tab.getByRole("menu").waitFor();
    await tab.keyboard.press("End");
    await expect.poll(() => window.focused()).toBe("Alerts: none");
    await tab.keyboard.press("ArrowDown");
    await expect.poll(() => window.focused()).toBe("Details");
    await tab.keyboard.press("Escape");
    await expect.poll(() => window.focused()).toMatch(/^More for .?Skyblock/);
  });

  test("hidden servers stand at the end, and come back from there", async () => {
    const { tab } = await open();
    await window.shows(some());
    await expect
      .poll(() => tab.getByRole("heading", { level: 1 }).textContent())
      .toBe("2 of 4 running");
    await tab.getByText("Hidden (1)").click();
    await window.button(/^Show again.*Cellar/).click();
    await window.button(/^More for .?Attic/).click();
    await tab.getByRole("menuitem", { name: "Hide" }).click();
    await expect
      .poll(() => window.actions)
      .toEqual([
        { kind: "hide", server: id("Cellar"), hidden: false },
        { kind: "hide", server: id("Attic"), hidden: true },
      ]);
  });
});

describe("several at once", () => {
  const select = async (...wanted: string[]) => {
    await window.button("Select").click();
    for (const name of wanted)
      await window.tab.getByRole("checkbox", { name: new RegExp(`^Select .?${name}`) }).check();
  };

  test("one question names them, and only those that can are sent a signal", async () => {
    const { tab } = await open();
    await window.shows(some());
    await select("Survival", "Skyblock", "Attic");
    const bar = tab.getByRole("region", { name: "What to do with the selected servers" });
    await bar.getByRole("button", { name: "Start 2" }).click();
    const dialog = tab.getByRole("dialog", { name: "Start 2 servers?" });
    await expect
      .poll(() => dialog.getByRole("listitem").allTextContents())
      .toEqual(["Survival", "Attic"]);
    await dialog.getByText("For 1 selected server this is not possible now").waitFor();
    expect(window.actions).toEqual([]);
    await dialog.getByRole("button", { name: "Start" }).click();
    await expect
      .poll(() => window.actions)
      .toEqual([
        { kind: "power", server: id("Survival"), signal: "start" },
        { kind: "power", server: id("Attic"), signal: "start" },
      ]);
    await bar.getByText("Start requested for 2 servers").waitFor();
  });

  test("two servers can be selected, though there is nothing to search", async () => {
    const { tab } = await open();
    await window.shows(snapshot([panel([server("A")])]));
    await tab.getByRole("article").waitFor();
    expect(await window.button("Select").count()).toBe(0);
    await window.shows(snapshot([panel([server("A"), server("<b>B</b>")])]));
    expect(await search().count()).toBe(0);
    await select("A", "<b>B</b>");
    await window.button("Stop 2").click();
    await expect
      .poll(() => tab.getByRole("dialog").getByRole("listitem").allTextContents())
      .toEqual(["A", "<b>B</b>"]);
    await window.isSound("bulk-hostile");
  });

  test("what fails is told by name", async () => {
    const { tab } = await open();
    await window.shows(some());
    window.reply = (action) =>
      action.kind === "power" && action.server.uuid === "uuid-Attic"
        ? { kind: "failed", problem: { kind: "forbidden", detail: "" } }
        : { kind: "done" };
    await select("Survival", "Attic");
    await window.button("Start 2").click();
    await tab.getByRole("dialog").getByRole("button", { name: "Start" }).click();
    const bar = tab.getByRole("region", { name: "What to do with the selected servers" });
    await bar.getByText("Start requested for 1 server").waitFor();
    await bar.getByText(/Attic.?: You are not permitted/).waitFor();
  });
});

test("of two panels with one name either can be shown alone", async () => {
  const { tab } = await open();
  const other = { id: "p2", url: "https://other.example.com" };
  const second = server("B", { id: { panel: "p2", uuid: "uuid-B" } });
  await window.shows(snapshot([panel([server("A")]), panel([second], other)]));
  await tab.getByRole("heading", { name: "Home (panel.example.com)" }).waitFor();
  await tab
    .getByLabel("Panel", { exact: true })
    .selectOption({ label: "Home (other.example.com)" });
  await expect.poll(names).toEqual(["B"]);
  await window.isSound("alike");
});

test("500 servers: cards are made as they come into sight, and all can be found", async () => {
  const { tab } = await open();
  const many = Array.from({ length: 500 }, (_, n) => server(`Server ${n}`));
  await window.shows(snapshot([panel(many)]));
  await tab.getByRole("article").first().waitFor();
  await expect.poll(() => tab.locator(".cards > li").count()).toBe(500);
  await expect.poll(() => tab.getByRole("article").count()).toBeLessThan(100);
  await tab.locator(".cards > li").nth(480).scrollIntoViewIfNeeded();
  await tab.getByRole("article", { name: "Server 480" }).waitFor();
  await search().fill("server 37");
  await expect.poll(names).toContain("Server 37");
  await expect.poll(() => tab.locator(".cards > li").count()).toBe(15);
});

test("a new picture leaves alone what it does not change", async () => {
  const { tab } = await open();
  const picture = (): ServerView[] => ["A", "B"].map((name) => server(name, { read_at_ms: 1 }));
  await window.shows(snapshot([panel(picture())], { at_ms: 2 }));
  const card = tab.getByRole("article", { name: "B" });
  await card.waitFor();
  await tab.evaluate(() => {
    const counted = globalThis as unknown as { drawn: number };
    counted.drawn = 0;
    const cards = document.querySelector(".cards");
    if (!cards) return;
    new MutationObserver((seen) => {
      counted.drawn += seen.length;
    }).observe(cards, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  await window.shows(snapshot([panel(picture())], { at_ms: 3 }));
  const drawn = () => tab.evaluate(() => (globalThis as unknown as { drawn: number }).drawn);
  expect(await drawn()).toBe(0);
  const [a, b] = picture();
  if (a && b) await window.shows(snapshot([panel([a, { ...b, node: "node-9" }])], { at_ms: 4 }));
  await card.getByText("node-9").waitFor();
  await expect.poll(() => drawn()).toBeGreaterThan(0);
});
