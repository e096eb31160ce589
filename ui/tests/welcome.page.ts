// Setting up a panel: from an empty window to the servers found.
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Found } from "../src/bindings/Found";
import type { ProblemKind } from "../src/bindings/ProblemKind";
import { panel, server, snapshot } from "../src/bridge.fake";
import { tell } from "../src/text";
import { type Look, launch, Window } from "./pages/window";

const KEY = "ptlc_abcdefghijklmnop0123456789";

let browser: Browser;
let window: Window;
beforeAll(async () => {
  browser = await launch();
});
afterEach(() => window?.close());
afterAll(() => browser?.close());

const open = async (look?: Look) => {
  window = await Window.open(browser, look);
  await window.shows(snapshot([]));
  return window;
};

const found = (other: Partial<Found> = {}): Found => ({
  url: "https://panel.example.com",
  username: "alex",
  admin: false,
  servers: ["Survival", "Creative"],
  server_count: 2,
  unencrypted: false,
  ...other,
});

const fill = async (url = "https://panel.example.com") => {
  await window.tab.getByLabel("Your panel’s address").fill(url);
  await window.tab.getByLabel("Your API key").fill(KEY);
};

const reach = async (what: Partial<Found> = {}) => {
  window.reply = () => ({ kind: "found", trial: 7, found: found(what) });
  await fill();
  await window.button("Test").click();
  await window.tab.getByRole("heading", { name: "Connected" }).waitFor();
};

for (const scheme of ["light", "dark"] as const) {
  for (const width of [320, 420, 1000]) {
    test(`welcome, ${scheme}, ${width} wide`, async () => {
      const { tab } = await open({ scheme, width });
      await tab.getByRole("heading", { name: "Welcome to Pterotray" }).waitFor();
      await tab.getByText("Where do I get a key?").click();
      await tab.getByText("API Credentials").waitFor();
      await window.isSound(`welcome-${scheme}-${width}`);
      const servers = Array.from({ length: 50 }, (_, i) => `Server ${i}`);
      await reach({ servers, server_count: 73, unencrypted: true });
      await tab.getByText("and 65 more").waitFor();
      await tab.getByText("This address is not encrypted").waitFor();
      await window.isSound(`found-${scheme}-${width}`);
    });
  }
}

test("with the keyboard alone, from the address to the saved panel", async () => {
  const { tab } = await open();
  await expect
    .poll(() => tab.evaluate(() => document.activeElement?.getAttribute("type")))
    .toBe("url");
  window.reply = () => ({ kind: "found", trial: 7, found: found() });
  await tab.keyboard.type("https://panel.example.com");
  await tab.keyboard.press("Tab");
  await tab.keyboard.type(KEY);
  await tab.keyboard.press("Enter");
  await expect.poll(() => window.focused()).toContain("Connected");
  await tab.keyboard.press("Tab");
  await tab.keyboard.type("Home");
  window.reply = () => ({ kind: "done" });
  await tab.keyboard.press("Enter");
  await expect
    .poll(() => window.actions)
    .toEqual([
      { kind: "try_panel", url: "https://panel.example.com", key: KEY },
      { kind: "keep_panel", trial: 7, name: "Home", place: "keyring", replaces: null },
    ]);
  await window.shows(snapshot([panel([server("Survival")])]));
  await tab.getByText("1 of 1 running").waitFor();
});

test("the key is hidden, can be shown, and is gone from the page after the trial", async () => {
  const { tab } = await open();
  await fill();
  const field = tab.getByLabel("Your API key");
  expect(await field.getAttribute("type")).toBe("password");
  await tab.getByLabel("Show the key").check();
  expect(await field.getAttribute("type")).toBe("text");
  expect(await field.inputValue()).toBe(KEY);
  await reach();
  const everywhere = () =>
    tab.evaluate(() => [
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll("input")].map((input) => input.value),
      JSON.stringify({ ...localStorage, ...sessionStorage }),
      location.href,
    ]);
  expect((await everywhere()).join("\n")).not.toContain(KEY);
  await window.button("Change address or key").click();
  expect(await tab.getByLabel("Your API key").inputValue()).toBe("");
  expect(await tab.getByLabel("Your panel’s address").inputValue()).toBe(
    "https://panel.example.com",
  );
});

describe("a mistake is named with its next step, and what was typed stays", () => {
  const mistakes: ProblemKind[] = [
    "bad_address",
    "bad_key",
    "dns",
    "refused",
    "timed_out",
    "tls",
    "connection",
    "web_page",
    "login_wall",
    "challenge",
    "calagopus",
    "not_a_panel",
    "redirect",
    "key_rejected",
    "application_key",
    "ip_not_allowed",
    "two_factor",
    "rate_limited",
    "panel_maintenance",
    "panel_broken",
    "unreadable",
  ];

  test("every one of them", async () => {
    const { tab } = await open();
    await fill();
    for (const kind of mistakes) {
      const problem = { kind, detail: "" };
      window.reply = () => ({ kind: "failed", problem });
      await window.button("Test").click();
      const { what, next } = tell(problem);
      await tab.locator(".banner.bad .what", { hasText: what }).waitFor();
      await tab.locator(".banner.bad .next", { hasText: next }).waitFor();
      await expect.poll(() => window.spoken()).toContain(what);
      expect(await tab.getByLabel("Your API key").inputValue()).toBe(KEY);
    }
    await window.isSound("mistake");
  });
});

test("while the trial runs, a second press sends nothing", async () => {
  await open();
  await fill();
  window.reply = () => new Promise(() => {});
  await window.button("Test").click();
  await window.button("Testing…").dispatchEvent("click");
  expect(window.actions).toHaveLength(1);
});

test("no servers is explained, and administrators hear of the others'", async () => {
  const { tab } = await open();
  await reach({ servers: [], server_count: 0, admin: true });
  await tab.getByText("The key is good, but it leads to no servers.").waitFor();
  await tab.getByText("You are an administrator").waitFor();
  await window.isSound("found-none");
});

for (const scheme of ["light", "dark"] as const) {
  test(`when the keyring fails, other places are offered by name, ${scheme}`, async () => {
    const { tab } = await open({ scheme });
    await reach();
    expect(await tab.getByRole("radio").count()).toBe(0);
    window.reply = () => ({ kind: "failed", problem: { kind: "keyring_missing", detail: "" } });
    await window.button("Save").click();
    await tab.locator(".what", { hasText: "There is no keyring" }).waitFor();
    expect(await tab.getByRole("radio", { checked: true }).count()).toBe(1);
    await tab.getByLabel("Only until I quit Pterotray").check();
    await window.isSound(`keyring-${scheme}`);
    window.reply = () => ({ kind: "done" });
    await window.button("Save").click();
    await expect.poll(() => window.actions.at(-1)).toMatchObject({ place: "until_quit" });
  });
}

test("a new key for a panel replaces that panel's, and can be cancelled", async () => {
  const { tab } = await open();
  const home = snapshot([panel([server("A")])]);
  await window.shows(home);
  await window.hear({ kind: "show", page: { kind: "welcome", panel: "p1" } });
  await tab.getByRole("heading", { name: /New key for/ }).waitFor();
  expect(await tab.getByLabel("Your panel’s address").inputValue()).toBe(
    "https://panel.example.com",
  );
  expect(await tab.evaluate(() => document.activeElement?.getAttribute("type"))).toBe("password");
  await reach();
  window.reply = () => ({ kind: "done" });
  await window.button("Save").click();
  await expect.poll(() => window.actions.at(-1)).toMatchObject({ replaces: "p1", name: "Home" });
  await window.hear({ kind: "show", page: { kind: "welcome", panel: null } });
  await tab.getByRole("heading", { name: "Add a panel" }).waitFor();
  await window.button("Cancel").click();
  await tab.getByText("1 of 1 running").waitFor();
});
