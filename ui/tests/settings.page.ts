// The settings, as a person meets them.
import { expect, test } from "vitest";
import type { Snapshot } from "../src/bindings/Snapshot";
import { panel, server, snapshot } from "../src/bridge.fake";
import { open as openWindow, stage, window } from "./pages/stage";
import type { Look } from "./pages/window";

stage();

const SHA256 = Array.from({ length: 32 }, () => "A7").join(":");

const picture = () => snapshot([panel([server("A")])]);

const open = async (shown: Snapshot = picture(), look?: Look) => {
  await openWindow(look);
  await window.shows(shown);
  await window.button("Settings").click();
  await window.tab.getByRole("heading", { name: "Settings" }).waitFor();
  return window;
};

for (const width of [320, 420, 1280]) {
  test(`settings, ${width} wide`, async () => {
    const kept = { set: true, ends_in: "abcd", place: "file" } as const;
    const second = panel([], { id: "p2", name: "שרת של דני", key: kept });
    const third = panel([], { id: "p3", name: `<b>${"W".repeat(53)}</b>` });
    const shown = snapshot([panel([server("A")]), second, third]);
    const trust = { kind: "certificate", sha256: SHA256 } as const;
    shown.settings.panels = shown.settings.panels.map((one) => ({ ...one, trust }));
    const { tab } = await open(shown, { width });
    await tab
      .getByText(/ends in ….*wxyz.*kept in the keyring/)
      .first()
      .waitFor();
    await tab.getByText(/kept in a file only you can read/).waitFor();
    await window.isSound(`settings-${width}`);
  });
}

test("a panel's own trust is shown, and given up only after a question", async () => {
  const shown = picture();
  const trust = { kind: "certificate", sha256: SHA256 } as const;
  shown.settings.panels = shown.settings.panels.map((one) => ({ ...one, trust }));
  const { tab } = await open(shown);
  await tab.getByText(SHA256).waitFor();
  await window.button("Trust as usual again…").click();
  await window.isSound("distrust");
  await window.button("Cancel").click();
  expect(window.actions).toEqual([]);
  await window.button("Trust as usual again…").click();
  await window.button("Trust as usual").click();
  const distrusted = { panel: "p1", name: null, show_others: null, distrust: true };
  await expect.poll(() => window.actions).toEqual([{ kind: "change_panel", ...distrusted }]);
  await window.shows(picture());
  await expect.poll(() => tab.getByText(SHA256).count()).toBe(0);
});

test("by the keyboard alone everything is reached, and seen where one is", async () => {
  const shown = picture();
  shown.settings.alerts.quiet.on = true;
  shown.settings.alerts.thresholds.cpu_percent = 80;
  await open(shown);
  await window.isWalked();
});

test("how long a threshold has to be passed can be chosen once there is one", async () => {
  const shown = picture();
  const { tab } = await open(shown);
  const field = tab.getByLabel("For at least (minutes)");
  expect(await field.count()).toBe(0);
  shown.settings.alerts.thresholds.cpu_percent = 80;
  await window.shows(shown);
  await field.fill("900");
  await tab.keyboard.press("Enter");
  const thresholds = { cpu_percent: 80, memory_percent: null, disk_percent: null, minutes: 240 };
  const change = { thresholds };
  await expect.poll(() => window.actions).toEqual([{ kind: "change_settings", change }]);
});

test("another language is spoken at once, and the keyboard stays where it was", async () => {
  const { tab } = await open();
  await tab.getByLabel("Deutsch").check();
  const change = { language: "de" };
  await expect.poll(() => window.actions).toEqual([{ kind: "change_settings", change }]);
  const german = picture();
  german.settings.language = "de";
  await window.shows(german);
  await tab.getByRole("heading", { name: "Einstellungen" }).waitFor();
  await expect.poll(() => tab.evaluate(() => document.documentElement.lang)).toBe("de");
  const chosen = tab.getByLabel("Deutsch");
  await expect.poll(() => chosen.evaluate((field) => field === document.activeElement)).toBe(true);
  await window.isSound("settings-german");
});

test("how much is logged is chosen beside the report", async () => {
  const { tab } = await open();
  const levels = tab.getByRole("group", { name: "How much is logged" });
  await expect.poll(() => levels.getByLabel("Usual").isChecked()).toBe(true);
  await levels.getByLabel("Details").check();
  const change = { log_level: "debug" };
  await expect.poll(() => window.actions).toEqual([{ kind: "change_settings", change }]);
});

test("each choice is sent as it is made", async () => {
  const { tab } = await open();
  await tab.getByLabel("Offer Force stop").check();
  await tab.getByLabel("Seconds between two looks").fill("45");
  await tab.keyboard.press("Enter");
  await tab.getByLabel("CPU", { exact: true }).uncheck();
  const colours = tab.getByRole("group", { name: "Colours" });
  await colours.getByLabel("Dark", { exact: true }).check();
  await tab.getByLabel("All servers").check();
  await tab.getByLabel("Ask before Stop and Restart").check();
  await tab.getByLabel("Refreshes").check();
  const drawn = tab.getByRole("group", { name: "Drawn" });
  await drawn.getByLabel("Light", { exact: true }).check();
  await tab.getByLabel("Name of the panel").fill("Cabin");
  await tab.keyboard.press("Tab");
  await tab.getByLabel("Show the servers of others").check();
  const changes = [
    { allow_force_stop: true },
    { poll_seconds: 45 },
    { sensors: ["memory_usage", "disk_usage", "uptime"] },
    { theme: "dark" },
    { live_updates: "all" },
    { confirm_power: true },
    { left_click: "refresh" },
    { icon_style: "light" },
  ].map((change) => ({ kind: "change_settings", change }));
  await expect
    .poll(() => window.actions)
    .toEqual([
      ...changes,
      { kind: "change_panel", panel: "p1", name: "Cabin", show_others: null, distrust: false },
      { kind: "change_panel", panel: "p1", name: null, show_others: true, distrust: false },
    ]);
});

test("a period outside of the limits is taken into them", async () => {
  const { tab } = await open();
  const field = tab.getByLabel("Seconds between two looks");
  await field.fill("5");
  await tab.keyboard.press("Enter");
  await expect.poll(() => field.inputValue()).toBe("21");
  await expect.poll(() => window.actions).toHaveLength(1);
  await field.fill("");
  await tab.keyboard.press("Tab");
  expect(await field.inputValue()).not.toBe("");
});

test("a choice that fails goes back to what is true and says why", async () => {
  const { tab } = await open();
  window.reply = () => ({
    kind: "failed",
    problem: { kind: "settings_unsaved", detail: "disk full" },
  });
  await tab.getByLabel("Offer Force stop").click();
  await tab.locator(".what", { hasText: "The settings could not be saved" }).waitFor();
  await expect.poll(() => tab.getByLabel("Offer Force stop").isChecked()).toBe(false);
});

test("the theme of the settings holds against the system's", async () => {
  const shown = picture();
  shown.settings.theme = "dark";
  const { tab } = await open(shown, { scheme: "light" });
  const ground = () =>
    tab.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await expect.poll(() => ground()).toBe("rgb(22, 21, 28)");
  await window.isSound("settings-forced-dark");
});

test("start at login is off until chosen, and a refusal is shown", async () => {
  const { tab } = await open();
  const box = tab.getByLabel("Start when I log in");
  await expect.poll(() => box.isChecked()).toBe(false);
  await box.check();
  await expect
    .poll(() => window.calls)
    .toContainEqual({ command: "start_at_login", args: { on: true } });
  window.commands.start_at_login = () => {
    throw "read-only folder";
  };
  await box.click();
  await tab.getByText("This could not be changed: read-only folder").waitFor();
  await expect.poll(() => box.isChecked()).toBe(true);
});

test("parting from a key or a panel asks first", async () => {
  const { tab } = await open();
  await window.button("Remove panel…").click();
  await tab.getByRole("dialog").getByText("Nothing changes on the panel.").waitFor();
  await window.isSound("remove-panel");
  await window.button("Cancel").click();
  expect(window.actions).toEqual([]);
  await window.button("Remove key").click();
  await window.button("Remove").click();
  await window.button("Remove panel…").click();
  await window.button("Remove").click();
  await expect
    .poll(() => window.actions)
    .toEqual([
      { kind: "forget_key", panel: "p1" },
      { kind: "part_with_panel", panel: "p1" },
    ]);
});

test("a panel from the environment has nothing to remove, one without a key says so", async () => {
  const given = panel([], { key: { set: true, ends_in: "abcd", place: "environment" } });
  const bare = panel([], { id: "p2", key: { set: false, ends_in: "", place: "keyring" } });
  const { tab } = await open(snapshot([given, bare]));
  await tab.getByText("given by the environment").waitFor();
  await tab.getByText("No key is set.").waitFor();
  expect(await window.button("Remove key").count()).toBe(0);
  await expect.poll(() => window.button("Remove panel…").count()).toBe(1);
});

test("replacing a key and adding a panel lead to the form", async () => {
  const { tab } = await open();
  await window.button("Replace key…").click();
  await tab.getByRole("heading", { name: /New key for/ }).waitFor();
  await window.button("Settings").click();
  await window.button("Add a panel…").click();
  await tab.getByRole("heading", { name: "Add a panel" }).waitFor();
});

test("a report is read before it is copied", async () => {
  const { tab } = await open();
  window.reply = (action) =>
    action.kind === "diagnose" ? { kind: "report", text: "Pterotray 0.1.0" } : { kind: "done" };
  await window.button("Make a report").click();
  const report = tab.getByRole("textbox", { name: "Report" });
  await expect.poll(() => report.inputValue()).toBe("Pterotray 0.1.0");
  await window.button("Copy the report").click();
  await expect.poll(() => window.spoken()).toMatch(/^(Copied|The report is selected)/);
  await window.isSound("report");
});

test("About says where things are and leads to the project's pages", async () => {
  const places = { settings: "/home/ann/settings.json", logs: "/home/ann/logs" };
  const { tab } = await open(snapshot([panel([server("A")])], { places }));
  const about = tab.getByRole("region", { name: "About" });
  await about.getByText(places.settings).waitFor();
  await about.getByText(places.logs).waitFor();
  await about.getByText(/MIT or Apache-2.0/).waitFor();
  await window.button("Project page").press("Enter");
  await window.button("Report a problem").press("Enter");
  await expect
    .poll(() => window.actions)
    .toEqual([
      { kind: "open_project", page: "home" },
      { kind: "open_project", page: "problems" },
    ]);
  await expect.poll(() => window.spoken()).toMatch(/^Opened in the browser/);
  await window.isSound("about");
});

test("a removed panel can be taken back while it is leaving", async () => {
  const { tab } = await open();
  const leaving = [{ id: "p1", name: "Home" }];
  await window.shows(snapshot([], { leaving }));
  await tab.getByText(/^.?Home.? was removed\.$/).waitFor();
  await window.isSound("leaving");
  await window.button("Undo").click();
  await expect.poll(() => window.actions).toEqual([{ kind: "take_back_panel", panel: "p1" }]);
  await window.shows(snapshot([panel([])]));
  await expect.poll(() => tab.getByText(/was removed/).count()).toBe(0);
});
