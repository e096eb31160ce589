// Setting up a panel: from an empty window to the servers found.
import { expect, test } from "vitest";
import type { Found } from "../src/bindings/Found";
import type { ProblemKind } from "../src/bindings/ProblemKind";
import { panel, server, snapshot } from "../src/bridge.fake";
import { tell } from "../src/text";
import { names } from "./bindings";
import { open as openWindow, stage, window } from "./pages/stage";
import type { Look } from "./pages/window";

stage();

/** What a server may be called by somebody who means no good. */
const HOSTILE = `<b onclick="x">${"W".repeat(60)}</b>`;
const KEY = "ptlc_abcdefghijklmnop0123456789";

const open = async (look?: Look) => {
  await openWindow(look);
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

for (const width of [320, 420, 1000]) {
  test(`welcome, ${width} wide`, async () => {
    const { tab } = await open({ width });
    await tab.getByRole("heading", { name: "Welcome to Pterotray" }).waitFor();
    await tab.getByText("Where do I get a key?").click();
    await tab.getByText("API Credentials").waitFor();
    await window.isSound(`welcome-${width}`);
    const servers = ["שרת", HOSTILE, ...Array.from({ length: 50 }, (_, i) => `Server ${i}`)];
    await reach({ servers, server_count: 73, unencrypted: true, username: HOSTILE });
    await tab.getByText("and 65 more").waitFor();
    await tab.getByText("This address is not encrypted").waitFor();
    await window.isSound(`found-${width}`);
    expect(await tab.locator(".found b").count()).toBe(0);
  });
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
      { kind: "try_panel", url: "https://panel.example.com", key: KEY, unencrypted: false },
      { kind: "keep_panel", trial: 7, name: "Home", place: "keyring", replaces: null },
    ]);
  await window.shows(snapshot([panel([server("Survival")])]));
  await tab.getByText("1 of 1 running").waitFor();
});

test("whether to start at login is asked with the first panel, and never again", async () => {
  const { tab } = await open();
  const question = tab.getByLabel("Start when I log in");
  await reach();
  await expect.poll(() => question.isChecked()).toBe(false);
  window.reply = () => ({ kind: "done" });
  await window.button("Save").click();
  await window.shows(snapshot([panel([server("Survival")])]));
  await tab.getByText("1 of 1 running").waitFor();
  for (const another of [null, "p1"]) {
    await window.hear({ kind: "show", page: { kind: "welcome", panel: another } });
    await reach();
    expect(await question.count()).toBe(0);
    await window.button("Save").click();
  }
  // Nobody said yes, and nothing was switched on.
  expect(window.calls.map(({ command }) => command)).not.toContain("start_at_login");
});

test("the key is hidden, can be shown, and is gone from the page after the trial", async () => {
  const { tab } = await open();
  await fill();
  const field = tab.getByLabel("Your API key");
  await expect.poll(() => field.getAttribute("type")).toBe("password");
  await tab.getByLabel("Show the key").check();
  await expect.poll(() => field.getAttribute("type")).toBe("text");
  await expect.poll(() => field.inputValue()).toBe(KEY);
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
  await expect.poll(() => tab.getByLabel("Your API key").inputValue()).toBe("");
  await expect
    .poll(() => tab.getByLabel("Your panel’s address").inputValue())
    .toBe("https://panel.example.com");
});

test("every mistake is named with its next step, and what was typed stays", async () => {
  const { tab } = await open();
  await fill();
  for (const kind of names("ProblemKind") as ProblemKind[]) {
    const problem = { kind, detail: "" };
    window.reply = () => ({ kind: "failed", problem });
    await window.button("Test").click();
    const { what, next } = tell(problem, true);
    await tab.locator(".banner.bad .what", { hasText: what }).waitFor();
    await tab.locator(".banner.bad .next", { hasText: next }).waitFor();
    await expect.poll(() => window.spoken()).toContain(what);
    await expect.poll(() => tab.getByLabel("Your API key").inputValue()).toBe(KEY);
  }
  await window.isSound("mistake");
});

const SHA256 = Array.from({ length: 32 }, () => "A7").join(":");

const untrusted = async (kind: ProblemKind = "certificate_unknown") => {
  window.reply = () => ({ kind: "untrusted", problem: { kind, detail: "" }, sha256: SHA256 });
  await fill();
  await window.button("Test").click();
  await window.tab.getByText(SHA256).waitFor();
};

test.each([
  "certificate_unknown",
  "certificate_wrong_name",
  "certificate_expired",
  "certificate_changed",
] as const)(
  "%s is shown with its fingerprint, and trusted only when that is wanted",
  async (kind) => {
    const { tab } = await open({ width: 320 });
    await untrusted(kind);
    const { what, next } = tell({ kind, detail: "" });
    await tab.locator(".banner.bad .what", { hasText: what }).waitFor();
    await tab.locator(".banner.bad .next", { hasText: next }).waitFor();
    await window.isSound(kind);
    expect(window.actions).toHaveLength(1);
    expect(window.actions[0]).not.toHaveProperty("trust");
    window.reply = () => ({ kind: "found", trial: 7, found: found() });
    await window.button("Trust only this certificate, for this panel only").click();
    await tab.getByRole("heading", { name: "Connected" }).waitFor();
    expect(window.actions.at(-1)).toEqual({
      kind: "try_panel",
      url: "https://panel.example.com",
      key: KEY,
      trust: { kind: "certificate", sha256: SHA256 },
      unencrypted: false,
    });
  },
);

test("a trusted certificate is one address's alone, and can be given up", async () => {
  const { tab } = await open();
  await untrusted();
  const wrong = { kind: "key_rejected", detail: "" } as const;
  window.reply = () => ({ kind: "failed", problem: wrong });
  const trust = window.button("Trust only this certificate, for this panel only");
  await trust.click();
  await tab.getByText("Trusts exactly one certificate").waitFor();
  await tab.getByLabel("Your panel’s address").fill("https://other.example.com");
  expect(await tab.getByText("Trusts exactly one certificate").count()).toBe(0);
  await untrusted();
  window.reply = () => ({ kind: "failed", problem: wrong });
  await trust.click();
  await window.button("Trust as usual").click();
  await window.button("Test").click();
  await expect.poll(() => window.actions).toHaveLength(5);
  expect(window.actions.at(-1)).not.toHaveProperty("trust");
});

test("an authority of one's own is read from its file, unless that is too large for one", async () => {
  const { tab } = await open();
  await untrusted();
  await tab.getByText("Trust an authority of your own").click();
  const pem = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n";
  const file = (text: string) => ({
    name: "ca.pem",
    mimeType: "application/x-pem-file",
    buffer: Buffer.from(text),
  });
  await tab.getByLabel("Certificate file").setInputFiles(file("x".repeat(70_000)));
  await tab.getByText("too large for a certificate").waitFor();
  await window.isSound("authority");
  window.reply = () => ({ kind: "found", trial: 7, found: found() });
  await tab.getByLabel("Certificate file").setInputFiles(file(pem));
  await tab.getByRole("heading", { name: "Connected" }).waitFor();
  expect(window.actions.at(-1)).toMatchObject({ trust: { kind: "authority", pem } });
});

test("a key travels readable only when that is wanted", async () => {
  const { tab } = await open();
  const problem = { kind: "unencrypted", detail: "" } as const;
  window.reply = () => ({ kind: "failed", problem });
  await fill("http://panel.example.com");
  await window.button("Test").click();
  await tab.locator(".what", { hasText: "anybody on the way can read your key" }).waitFor();
  await window.isSound("unencrypted");
  expect(window.actions).toMatchObject([{ unencrypted: false }]);
  window.reply = () => ({ kind: "found", trial: 7, found: found({ unencrypted: true }) });
  await window.button("Send the key all the same").click();
  await tab.getByRole("heading", { name: "Connected" }).waitFor();
  expect(window.actions.at(-1)).toMatchObject({
    url: "http://panel.example.com",
    unencrypted: true,
  });
});

test("the demo is started beside this window, and a refusal is said", async () => {
  const { tab } = await open();
  window.commands.start = () => {
    throw "pterotray is missing";
  };
  await window.button("Try the demo").click();
  await tab.getByText("could not be started: \u2068pterotray is missing").waitFor();
  window.commands.start = () => null;
  await window.button("Try the demo").click();
  await window.button("The demo is starting…").waitFor();
  expect(window.calls.at(-1)).toEqual({ command: "start", args: { what: "demo" } });
  await window.isSound("demo-starting");
});

test("while the trial runs, a second press sends nothing", async () => {
  await open();
  await fill();
  window.reply = () => new Promise(() => {});
  await window.button("Test").click();
  await window.button("Testing…").dispatchEvent("click");
  expect(window.actions).toHaveLength(1);
});

test("no servers is explained, and an administrator is offered those of others", async () => {
  const { tab } = await open();
  await reach({ servers: [], server_count: 0 });
  await tab.getByText("The key is good, but it leads to no servers.").waitFor();
  expect(await tab.getByLabel("Show the servers of others").count()).toBe(0);
  await window.button("Change address or key").click();
  await reach({ servers: [], server_count: 0, admin: true });
  await tab.getByLabel("Show the servers of others").check();
  await window.isSound("found-none");
  window.reply = () => ({ kind: "done" });
  await window.button("Save").click();
  await expect
    .poll(() => window.actions.at(-1))
    .toMatchObject({ kind: "keep_panel", show_others: true });
});

test("when the keyring fails, other places are offered by name", async () => {
  const { tab } = await open();
  await reach();
  expect(await tab.getByRole("radio").count()).toBe(0);
  window.reply = () => ({ kind: "failed", problem: { kind: "keyring_missing", detail: "" } });
  await window.button("Save").click();
  await tab.locator(".what", { hasText: "There is no keyring" }).waitFor();
  await expect.poll(() => tab.getByRole("radio", { checked: true }).count()).toBe(1);
  await tab.getByLabel("Only until I quit Pterotray").check();
  await window.isSound("keyring");
  window.reply = () => ({ kind: "done" });
  await window.button("Save").click();
  await expect.poll(() => window.actions.at(-1)).toMatchObject({ place: "until_quit" });
});

test("a new key for a panel replaces that panel's, and can be cancelled", async () => {
  const { tab } = await open();
  const home = snapshot([panel([server("A")])]);
  await window.shows(home);
  await window.hear({ kind: "show", page: { kind: "welcome", panel: "p1" } });
  await tab.getByRole("heading", { name: /New key for/ }).waitFor();
  await expect
    .poll(() => tab.getByLabel("Your panel’s address").inputValue())
    .toBe("https://panel.example.com");
  await expect
    .poll(() => tab.evaluate(() => document.activeElement?.getAttribute("type")))
    .toBe("password");
  await reach();
  window.reply = () => ({ kind: "done" });
  await window.button("Save").click();
  await expect.poll(() => window.actions.at(-1)).toMatchObject({ replaces: "p1", name: "Home" });
  await window.hear({ kind: "show", page: { kind: "welcome", panel: null } });
  await tab.getByRole("heading", { name: "Add a panel" }).waitFor();
  await window.button("Cancel").click();
  await tab.getByText("1 of 1 running").waitFor();
});

test("a new key goes where the old one was, and trusts what was trusted", async () => {
  const { tab } = await open();
  const home = panel([server("A")], { key: { set: true, ends_in: "wxyz", place: "file" } });
  const shown = snapshot([home]);
  const trust = { kind: "certificate", sha256: SHA256 } as const;
  const panels = shown.settings.panels.map((one) => ({ ...one, trust }));
  await window.shows({ ...shown, settings: { ...shown.settings, panels } });
  await window.hear({ kind: "show", page: { kind: "welcome", panel: "p1" } });
  await tab.getByText("Trusts exactly one certificate").waitFor();
  window.reply = () => ({ kind: "found", trial: 7, found: found() });
  await tab.getByLabel("Your API key").fill(KEY);
  await window.button("Test").click();
  await tab.getByRole("heading", { name: "Connected" }).waitFor();
  expect(window.actions.at(-1)).toMatchObject({ trust });
  await expect.poll(() => tab.getByLabel("In a file that only I can read").isChecked()).toBe(true);
  await window.isSound("found-again");
  window.reply = () => ({ kind: "done" });
  await window.button("Save").click();
  await expect.poll(() => window.actions.at(-1)).toMatchObject({ place: "file", replaces: "p1" });
});
