// The kept alerts, the pause and the rules.
import { expect, test } from "vitest";
import type { KeptAlert } from "../src/bindings/KeptAlert";
import { panel, server, snapshot } from "../src/bridge.fake";
import { open as openWindow, stage, window } from "./pages/stage";
import type { Look } from "./pages/window";

stage();

const of = { panel: "p1", uuid: "uuid-Survival" };
const NOW = 1_795_000_000_000;

const kept = (number: number, minutes: number, other: Partial<KeptAlert>): KeptAlert => ({
  number,
  at_ms: NOW - minutes * 60_000,
  about: { kind: "server", of },
  name: "Survival",
  news: { kind: "was_stopped", by: null },
  silent: null,
  unread: false,
  ...other,
});

const ALERTS: KeptAlert[] = [
  // What flapping kept silent is nothing new by itself.
  kept(6, 1, { news: { kind: "went_down", times: 4 }, silent: "flapping" }),
  kept(5, 2, {
    unread: true,
    news: { kind: "crashed", report: { exit_code: 137, out_of_memory: true }, times: 3 },
  }),
  kept(4, 6, { unread: true, news: { kind: "came_back", down_seconds: 360 } }),
  kept(3, 12, {
    name: "<b>שרת</b>",
    news: { kind: "was_stopped", by: { name: "alex", by_api: false } },
    silent: "paused",
  }),
  kept(2, 70, {
    about: { kind: "panel", of: "p1" },
    name: "Home",
    news: { kind: "panel_away", problem: { kind: "dns", detail: "" }, servers: 12 },
  }),
  kept(1, 3000, {
    about: { kind: "several", of: 1 },
    news: { kind: "together", fall: "crashed", names: ["A", "B", "C", "D"] },
  }),
];

const read = (alert: KeptAlert) => ({ ...alert, unread: false });

const picture = (other = {}) =>
  snapshot([panel([server("Survival")])], {
    at_ms: NOW,
    alerts: ALERTS,
    unread_alerts: 2,
    ...other,
  });

const open = async (shown = picture(), look?: Look) => {
  await openWindow(look);
  await window.shows(shown);
  return window;
};

for (const width of [320, 420, 1280]) {
  test(`alerts, ${width} wide`, async () => {
    const { tab } = await open(picture(), { width });
    await window.button(/^Alerts/).click();
    await tab.getByText("Exit code 137, out of memory. Third time in 10 minutes.").waitFor();
    await window.isSound(`alerts-${width}`);
  });
}

test("how many are new is said until somebody looks, and they stay marked while looked at", async () => {
  const { tab } = await open();
  await window.button(/^Alerts.*2 new$/).click();
  await expect.poll(() => window.actions).toEqual([{ kind: "alerts_seen", newest: 6 }]);
  await window.shows(picture({ unread_alerts: 0, alerts: ALERTS.map(read) }));
  const fresh = tab.locator(".alert", { has: tab.getByText("New", { exact: true }) });
  await expect.poll(() => fresh.count()).toBe(2);
  await fresh.filter({ hasText: "Exit code 137" }).waitFor();
  await fresh.filter({ hasText: "is running again" }).waitFor();
  await window.button("Servers").click();
  await window.button("Alerts").click();
  await expect.poll(() => tab.locator(".alert").count()).toBe(ALERTS.length);
  expect(await tab.getByText("New", { exact: true }).count()).toBe(0);
});

test("an alert leads to its server", async () => {
  const { tab } = await open();
  await window.hear({ kind: "show", page: { kind: "alerts" } });
  await window.button(/Survival.? crashed$/).click();
  await tab.getByRole("heading", { name: "Survival" }).first().waitFor();
});

test("nothing yet is said as such", async () => {
  const { tab } = await open(picture({ alerts: [], unread_alerts: 0 }));
  await window.button("Alerts").click();
  await tab.getByText("No alerts yet").waitFor();
  await window.isSound("alerts-none");
});

test("a pause is begun and ended here", async () => {
  const { tab } = await open();
  await window.button(/^Alerts/).click();
  await window.button("Until tomorrow").click();
  const paused = picture();
  paused.settings.alerts.paused = { kind: "until", at_ms: NOW + 3_600_000 };
  await window.shows(paused);
  await tab.getByText("Alerts are paused for 1 h 0 min").waitFor();
  await window.isSound("alerts-paused");
  await window.button("Resume now").click();
  await expect
    .poll(() => window.actions.filter(({ kind }) => kind !== "alerts_seen"))
    .toEqual([{ kind: "pause_alerts", length: "tomorrow" }, { kind: "resume_alerts" }]);
});

test("a server has a rule of its own in its menu", async () => {
  const { tab } = await open();
  await window.button(/^More for/).click();
  await tab.getByRole("menuitemcheckbox", { name: "Alerts: crashes only" }).click();
  await expect
    .poll(() => window.actions)
    .toEqual([{ kind: "set_alert_rule", server: of, rule: "crashes" }]);
});

test("rule, quiet hours and thresholds are sent as they are chosen", async () => {
  const { tab } = await open();
  await window.button("Settings").click();
  await tab.getByRole("radio", { name: "Crashes only" }).check();
  await tab.getByRole("checkbox", { name: /^Quiet hours/ }).check();
  await tab.getByRole("checkbox", { name: "Disk above" }).check();
  await expect
    .poll(() => window.actions)
    .toEqual([
      { kind: "change_settings", change: { alert_rule: "crashes" } },
      { kind: "change_settings", change: { quiet_hours: { on: true, from: 1380, to: 420 } } },
      {
        kind: "change_settings",
        change: {
          thresholds: {
            cpu_percent: null,
            memory_percent: null,
            disk_percent: 90,
            minutes: 5,
          },
        },
      },
    ]);
});

test("by the keyboard alone everything is reached, and seen where one is", async () => {
  const { tab } = await open();
  await window.button(/^Alerts/).click();
  await tab.getByRole("heading", { name: "Alerts" }).waitFor();
  await window.isWalked();
});
