// A signal that is confirmed first, asked from here or from the tray.
import { describe, expect, test } from "vitest";
import type { Condition } from "../src/bindings/Condition";
import { panel, server, snapshot } from "../src/bridge.fake";
import { open, stage, window } from "./pages/stage";

stage();

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
    await expect.poll(() => window.focused()).toBe("Cancel");
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
    await expect.poll(() => window.focused()).toBe("Cancel");
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
    await expect.poll(() => tab.getByRole("dialog").count()).toBe(1);
    await expect.poll(() => window.focused()).toBe("Cancel");
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
    await expect.poll(() => window.focused()).toBe("Cancel");
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
    await expect.poll(() => window.spoken()).toContain("Stop is not possible now");
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
    await expect.poll(() => tab.getByRole("heading", { name: "Settings" }).count()).toBe(1);
  });
});

describe("stop and restart, when the person wants to be asked", () => {
  const careful = () => {
    const shown = snapshot([panel([server("Lobby")])]);
    return { ...shown, settings: { ...shown.settings, confirm_power: true } };
  };

  for (const width of [320, 420]) {
    test(`ask first, ${width} wide`, async () => {
      const { tab } = await open({ width });
      await window.shows(careful());
      await window.button("Restart…").click();
      await tab.getByRole("dialog", { name: /^Restart .*Lobby/ }).waitFor();
      expect(window.actions).toEqual([]);
      await window.isSound(`ask-restart-${width}`);
    });
  }

  test("are sent once when the answer is yes, and not when it is no", async () => {
    const { tab } = await open();
    await window.shows(careful());
    await window.button("Stop…").click();
    await window.button("Cancel").click();
    await tab.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(() => window.focused()).toBe("Stop…");
    expect(window.actions).toEqual([]);
    await tab.keyboard.press("Enter");
    await window.button("Stop").click();
    await expect.poll(() => window.actions).toMatchObject([{ kind: "power", signal: "stop" }]);
    expect(await tab.getByRole("dialog").count()).toBe(0);
  });
});
