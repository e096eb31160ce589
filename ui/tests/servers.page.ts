// The page of all servers, as a person meets it.
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Condition } from "../src/bindings/Condition";
import { everyCondition, panel, server, snapshot } from "../src/bridge.fake";
import type { Answer } from "../src/link";
import { word } from "../src/text";
import { type Look, launch, Window } from "./pages/window";

let browser: Browser;
let window: Window;
beforeAll(async () => {
  browser = await launch();
});
afterEach(() => window?.close());
afterAll(() => browser?.close());

const open = async (look?: Look) => {
  window = await Window.open(browser, look);
  return window;
};

const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "שרת ראשי של דני 123",
  "خادم البقاء (الرئيسي) - Survival",
  "Supercalifragilisticexpialidocious".repeat(4),
  "🦖".repeat(40),
  "{ $name } & &lt;b&gt; %s",
  "",
];

for (const scheme of ["light", "dark"] as const) {
  for (const width of [320, 420, 1280]) {
    test(`all conditions, ${scheme}, ${width} wide`, async () => {
      const { tab, ...own } = await open({ scheme, width });
      await window.shows(snapshot([panel(everyCondition())]));
      for (const { name, condition } of everyCondition()) {
        const card = tab.getByRole("article", { name, exact: true });
        expect(await card.locator(".word").textContent()).toBe(word(condition));
      }
      await window.isSound(`servers-${scheme}-${width}`);
      expect(own).toBeDefined();
    });
  }

  test(`hostile names and a panel's problem, ${scheme}`, async () => {
    const { tab } = await open({ scheme, width: 320 });
    const servers = HOSTILE.map((name, i) =>
      server(name, { id: { panel: "p1", uuid: `${i}` }, node: name, address: name }),
    );
    const problem = { kind: "ip_not_allowed", detail: "‮evil‬ 192.0.2.7" } as const;
    await window.shows(snapshot([panel(servers, { problem, name: HOSTILE[2] ?? "" })]));
    expect(await tab.getByRole("article").count()).toBe(HOSTILE.length);
    expect(await tab.locator("img").count()).toBe(0);
    await window.isSound(`hostile-${scheme}`);
  });

  test(`the question before a force stop, ${scheme}`, async () => {
    await open({ scheme });
    await window.shows(snapshot([panel([server("Lobby", { condition: "still_stopping" })])]));
    await window.button("Force stop…").click();
    await window.isSound(`kill-${scheme}`);
  });
}

describe("a question that the tray asks", () => {
  const id = { panel: "p1", uuid: "uuid-Lobby" };
  const page = { kind: "confirm", server: id, signal: "stop" } as const;
  const picture = (condition: Condition) =>
    snapshot([panel([server("Attic"), server("Lobby", { condition })])]);

  test("is open at its server, and an answer sends the signal once", async () => {
    const { tab } = await open();
    await window.shows(picture("running"));
    await window.hear({ kind: "show", page });
    const dialog = tab.getByRole("dialog", { name: /^Stop .*Lobby.*\?$/ });
    await dialog.waitFor();
    expect(await window.focused()).toBe("Cancel");
    await dialog.getByRole("button", { name: "Stop", exact: true }).click();
    await expect
      .poll(() => window.actions)
      .toEqual([{ kind: "power", server: id, signal: "stop" }]);
  });

  test("does nothing when it is called off, and can be asked again", async () => {
    const { tab } = await open();
    await window.shows(picture("running"));
    await window.hear({ kind: "show", page });
    await tab.getByRole("dialog").waitFor();
    await tab.keyboard.press("Escape");
    await tab.getByRole("dialog").waitFor({ state: "detached" });
    await window.hear({ kind: "show", page });
    await tab.getByRole("dialog").waitFor();
    expect(await window.focused()).toBe("Cancel");
    expect(window.actions).toEqual([]);
  });

  test("asked again in the moment of the answer, it is open again", async () => {
    const { tab } = await open();
    await window.shows(picture("running"));
    await window.hear({ kind: "show", page });
    await tab.getByRole("dialog").waitFor();
    // Within one turn: the event of the first dialog's close comes after the second question.
    await tab.evaluate((again) => {
      document.querySelector("dialog")?.close();
      (globalThis as unknown as { hear(m: unknown): void }).hear({ kind: "show", page: again });
    }, page);
    await expect
      .poll(() => tab.evaluate(() => document.querySelector("dialog")?.open ?? false))
      .toBe(true);
    await tab.keyboard.press("Escape");
    await expect.poll(() => tab.locator("dialog").count()).toBe(0);
  });

  test("asked anew for another server, it leaves the first alone", async () => {
    const { tab } = await open();
    await window.shows(picture("running"));
    await window.hear({ kind: "show", page });
    await tab.getByRole("dialog", { name: /Lobby/ }).waitFor();
    const attic = { panel: "p1", uuid: "uuid-Attic" };
    await window.hear({ kind: "show", page: { ...page, server: attic, signal: "restart" } });
    await tab.getByRole("dialog", { name: /^Restart .*Attic/ }).waitFor();
    expect(await tab.getByRole("dialog").count()).toBe(1);
    expect(await window.focused()).toBe("Cancel");
    await tab.keyboard.press("Enter");
    await tab.getByRole("dialog").waitFor({ state: "detached" });
    await tab.getByRole("article", { name: "Attic" }).and(tab.locator(":focus")).waitFor();
    expect(window.actions).toEqual([]);
  });

  test("waits for the first picture of a window that was just opened", async () => {
    const { tab } = await open();
    const kill = { kind: "confirm", server: id, signal: "kill" } as const;
    await window.hear({ kind: "show", page: kill });
    await window.shows(snapshot([panel([], { connecting: true })]));
    await tab.getByText("Waiting for the first answer…").waitFor();
    await window.shows(picture("still_stopping"));
    await tab.getByRole("dialog", { name: /^Force stop .*Lobby/ }).waitFor();
    expect(await window.focused()).toBe("Cancel");
    await tab.keyboard.press("Escape");
    await tab.getByRole("article", { name: "Lobby" }).and(tab.locator(":focus")).waitFor();
  });

  test("says so when the server is down meanwhile", async () => {
    const { tab } = await open();
    await window.shows(picture("offline"));
    await window.hear({ kind: "show", page });
    await tab.getByRole("article", { name: "Lobby" }).and(tab.locator(":focus")).waitFor();
    await tab.locator(".what", { hasText: "Stop is not possible now" }).waitFor();
    await tab.getByText("The server is: Offline. Nothing was sent.").waitFor();
    expect(await window.spoken()).toContain("Stop is not possible now");
    expect(await tab.getByRole("dialog").count()).toBe(0);
    await window.isSound("ask-in-vain");
  });

  test("is withdrawn when it becomes impossible, with the focus on its server", async () => {
    const { tab } = await open();
    await window.shows(picture("running"));
    await window.hear({ kind: "show", page });
    await tab.getByRole("dialog").waitFor();
    await window.shows(picture("crashed"));
    await tab.locator(".what", { hasText: "Stop is not possible now" }).waitFor();
    expect(await tab.getByRole("dialog").count()).toBe(0);
    await tab.getByRole("article", { name: "Lobby" }).and(tab.locator(":focus")).waitFor();
    // It is not asked later on its own.
    await window.shows(picture("running"));
    await expect.poll(() => tab.locator(".trouble").count()).toBe(0);
    expect(await tab.getByRole("dialog").count()).toBe(0);
    expect(window.actions).toEqual([]);
  });

  test("says so when the server is gone", async () => {
    const { tab } = await open();
    await window.shows(snapshot([panel([server("Attic")])]));
    await window.hear({ kind: "show", page });
    await tab.locator(".what", { hasText: "The server is not in the list" }).waitFor();
    await expect.poll(() => window.spoken()).toContain("not in the list");
    await window.isSound("ask-missing");
    await window.shows(picture("running"));
    expect(await tab.getByRole("dialog").count()).toBe(0);
    await window.button("Dismiss").click();
    await expect.poll(() => tab.locator(".what", { hasText: "not in the list" }).count()).toBe(0);
  });

  test("gives way to another page", async () => {
    const { tab } = await open();
    await window.shows(picture("running"));
    await window.hear({ kind: "show", page });
    await tab.getByRole("dialog").waitFor();
    await window.hear({ kind: "show", page: { kind: "settings" } });
    await tab.getByRole("heading", { name: "Settings" }).waitFor();
    expect(await tab.getByRole("dialog").count()).toBe(0);
    await window.shows(picture("running"));
    expect(await tab.getByRole("heading", { name: "Settings" }).count()).toBe(1);
  });
});

describe("stop and restart, when the person wants to be asked", () => {
  const careful = () => {
    const shown = snapshot([panel([server("Lobby")])]);
    return { ...shown, settings: { ...shown.settings, confirm_power: true } };
  };

  for (const scheme of ["light", "dark"] as const) {
    for (const width of [320, 420]) {
      test(`ask first, ${scheme}, ${width} wide`, async () => {
        const { tab } = await open({ scheme, width });
        await window.shows(careful());
        await window.button("Restart…").click();
        await tab.getByRole("dialog", { name: /^Restart .*Lobby/ }).waitFor();
        expect(window.actions).toEqual([]);
        await window.isSound(`ask-restart-${scheme}-${width}`);
      });
    }
  }

  test("are sent once when the answer is yes, and not when it is no", async () => {
    const { tab } = await open();
    await window.shows(careful());
    await window.button("Stop…").click();
    await window.button("Cancel").click();
    await tab.getByRole("dialog").waitFor({ state: "detached" });
    expect(await window.focused()).toBe("Stop…");
    expect(window.actions).toEqual([]);
    await tab.keyboard.press("Enter");
    await window.button("Stop").click();
    await expect.poll(() => window.actions).toMatchObject([{ kind: "power", signal: "stop" }]);
    expect(await tab.getByRole("dialog").count()).toBe(0);
  });
});

describe("a card", () => {
  const crashed = { kind: "crashed", exit_code: 137, out_of_memory: true } as const;
  const evening = () => {
    const picture = snapshot([
      panel([
        server("Survival", { condition: "crashed", cause: crashed, live: { state: "off" } }),
        server("A", { live: { state: "connecting" } }),
        server("B"),
        server("A server with a rather long name, as people do have them", {
          address: "a-long-host-name.games.example.com:25565",
        }),
        server("No address", { address: null }),
      ]),
    ]);
    picture.settings.pinned = [{ panel: "p1", uuid: "uuid-B" }];
    return picture;
  };

  for (const scheme of ["light", "dark"] as const) {
    for (const width of [320, 420]) {
      test(`with cause, pin, address and live mark, ${scheme}, ${width} wide`, async () => {
        const { tab } = await open({ scheme, width });
        await window.shows(evening());
        const condition = tab.getByRole("article", { name: "Survival" }).locator(".condition");
        expect(await condition.textContent()).toBe("Crashed · exit code 137, out of memory");
        await window.isSound(`card-${scheme}-${width}`);
      });
    }
  }

  test("is pinned and set free by its button, and keeps the focus where it goes", async () => {
    const { tab } = await open();
    // As in the engines that know no way to move an element as it is.
    await tab.evaluate(() => Reflect.deleteProperty(Element.prototype, "moveBefore"));
    const shown = evening();
    const names = () => tab.getByRole("article").locator("h3").allTextContents();
    await window.shows(shown);
    expect((await names()).slice(0, 3)).toEqual(["Survival", "B", "A"]);
    const pin = (name: string) => window.button(new RegExp(`^Pin .?${name}.?$`));
    expect(await pin("B").getAttribute("aria-pressed")).toBe("true");
    expect(await pin("No address").getAttribute("aria-pressed")).toBe("false");

    await pin("No address").focus();
    await tab.keyboard.press("Space");
    const server = { panel: "p1", uuid: "uuid-No address" };
    await expect.poll(() => window.actions).toEqual([{ kind: "pin", server, pinned: true }]);
    shown.settings.pinned = [server, ...shown.settings.pinned];
    await window.shows(shown);
    await expect.poll(names).toMatchObject({ 1: "No address", 2: "B", 3: "A" });
    expect(await pin("No address").getAttribute("aria-pressed")).toBe("true");
    expect(await window.focused()).toMatch(/^Pin .?No address/);
    await pin("B").click();
    await expect.poll(() => window.actions.at(-1)).toMatchObject({ kind: "pin", pinned: false });
  });

  test("that cannot be pinned says why", async () => {
    const { tab } = await open();
    await window.shows(evening());
    window.reply = () => ({
      kind: "failed",
      problem: { kind: "settings_unsaved", detail: "disk full" },
    });
    await window.button(/^Pin .?A.?$/).click();
    await tab.locator(".what", { hasText: "The settings could not be saved" }).waitFor();
  });

  test("has its address copied by the agent, and says so", async () => {
    const { tab } = await open();
    await window.shows(evening());
    const card = tab.getByRole("article", { name: "B", exact: true });
    await card.getByRole("button", { name: /^Copy address/ }).click();
    const server = { panel: "p1", uuid: "uuid-B" };
    await expect.poll(() => window.actions).toEqual([{ kind: "copy_address", server }]);
    await expect.poll(() => window.spoken()).toBe("Copied.");
    const bare = tab.getByRole("article", { name: "No address" });
    expect(await bare.getByRole("button", { name: /^Copy address/ }).count()).toBe(0);
  });

  test("whose address cannot be copied says why", async () => {
    const { tab } = await open();
    await window.shows(evening());
    window.reply = () => ({ kind: "failed", problem: { kind: "no_such_server", detail: "" } });
    const card = tab.getByRole("article", { name: "B", exact: true });
    await card.getByRole("button", { name: /^Copy address/ }).click();
    await card.getByText("There is no such server.").waitFor();
  });

  test("has a mark while its updates are live, and only then", async () => {
    const { tab } = await open();
    await window.shows(evening());
    const mark = (name: string) =>
      tab.getByRole("article", { name, exact: true }).getByText("Live updates");
    expect(await mark("B").count()).toBe(1);
    expect(await mark("A").count()).toBe(0);
    expect(await mark("Survival").count()).toBe(0);
  });
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
  await tab.getByText("This panel shows you no servers").waitFor();
  await tab.getByText("Waiting for the first answer…").waitFor();
  // The last that was known stays, with its age.
  await tab.getByText("Read 3 min ago").waitFor();
  await window.isSound("panels");
});

test("a refused key leads to the form for a new one", async () => {
  const { tab } = await open();
  const problem = { kind: "key_rejected", detail: "" } as const;
  await window.shows(snapshot([panel([server("A")], { problem })]));
  await window.button("Enter a new key").click();
  await tab.getByRole("heading", { name: /New key for/ }).waitFor();
  expect(await tab.getByLabel("Your panel’s address").inputValue()).toBe(
    "https://panel.example.com",
  );
});

describe("power", () => {
  const one = (condition: Condition, other = {}) =>
    snapshot([panel([server("Survival", { condition, ...other })])]);

  test("only what is possible can be pressed", async () => {
    await open();
    await window.shows(one("running"));
    await window.button("Start").dispatchEvent("click");
    expect(window.actions).toEqual([]);
    await window.button("Restart").click();
    await expect.poll(() => window.actions).toHaveLength(1);
    expect(window.actions[0]).toEqual({
      kind: "power",
      server: { panel: "p1", uuid: "uuid-Survival" },
      signal: "restart",
    });
  });

  test("blocked servers have no power buttons", async () => {
    const { tab } = await open();
    await window.shows(one("suspended"));
    await tab.getByText("Suspended").waitFor();
    expect(await window.button("Start").count()).toBe(0);
  });

  test("a press shows at once, and stays until the picture takes over", async () => {
    const { tab } = await open();
    await window.shows(one("offline"));
    let answer: (answer: Answer) => void = () => {};
    window.reply = () =>
      new Promise((done) => {
        answer = done;
      });
    await window.button("Start").click();
    await tab.getByText("Asking for: Start…").waitFor();
    // A second press while the first is on its way sends nothing.
    await window.button("Start").dispatchEvent("click");
    await window.shows(one("offline", { pending: { signal: "start", phase: "accepted" } }));
    await expect.poll(() => window.actions).toHaveLength(1);
    answer({ kind: "done" });
    await tab.getByText("Start requested…").waitFor();
    expect(await window.focused()).toBe("Start");
    await window.shows(one("offline", { pending: { signal: "start", phase: "overdue" } }));
    await tab.getByText("Start not seen yet").waitFor();
    await window.shows(one("running"));
    await expect.poll(() => tab.locator(".pending").count()).toBe(0);
  });

  test("a failure is shown with its next step, read out, and gone when the server moves on", async () => {
    const { tab } = await open();
    await window.shows(one("offline"));
    window.reply = () => ({ kind: "failed", problem: { kind: "forbidden", detail: "" } });
    await window.button("Start").click();
    await tab.getByText("Ask the server's owner for the permission.").waitFor();
    expect(await window.spoken()).toContain("You are not permitted");
    await window.isSound("power-failed");
    await window.shows(one("starting"));
    await expect.poll(() => tab.getByText("Ask the server's owner").count()).toBe(0);
  });

  test("a force stop is sent only when the question is answered with yes", async () => {
    const { tab } = await open();
    await window.shows(one("still_stopping"));
    await window.button("Force stop…").click();
    const dialog = tab.getByRole("dialog");
    expect(await dialog.textContent()).toContain("files may be damaged");
    expect(await window.focused()).toBe("Cancel");
    await tab.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    expect(await window.focused()).toBe("Force stop…");
    await tab.keyboard.press("Enter");
    await dialog.waitFor();
    await tab.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(window.actions).toEqual([]);
    await window.button("Force stop…").click();
    await window.button("Force stop").click();
    await expect.poll(() => window.actions).toMatchObject([{ kind: "power", signal: "kill" }]);
  });

  test("a press without an agent says so", async () => {
    const { tab } = await open();
    await window.shows(one("offline"));
    window.reply = () => {
      throw new Error("no agent");
    };
    await window.button("Start").click();
    await tab.locator(".what", { hasText: "Pterotray did not get this" }).waitFor();
  });
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
  for (let step = 0; step < 10; step += 1) {
    await tab.keyboard.press("Tab");
    const name = (await window.focused()).replace(/[\u2068\u2069]/g, "");
    walked.push(name.split(" ↗")[0] ?? "");
  }
  expect(walked).toEqual([
    "Servers",
    "Settings",
    "Refresh",
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
  expect(await stop.evaluate((element) => element === document.activeElement)).toBe(true);
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
  expect(await tab.getByRole("meter", { name: "Disk" }).getAttribute("aria-valuenow")).toBe("96");
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
  expect(await tab.locator("dt").allTextContents()).toEqual(["Received", "Memory limit"]);
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
    expect(await tab.locator(".page[inert]").count()).toBe(1);
    window.commands.start_agent = () => {
      throw "pterotray is missing";
    };
    await window.button("Start Pterotray").click();
    await tab.getByText("pterotray is missing").waitFor();
    await window.isSound("away");
    window.commands.start_agent = () => null;
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
