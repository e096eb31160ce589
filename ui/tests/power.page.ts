// The power buttons of a server.
import { describe, expect, test } from "vitest";
import type { Condition } from "../src/bindings/Condition";
import { panel, server, snapshot } from "../src/bridge.fake";
import type { Answer } from "../src/link";
import { open, stage, window } from "./pages/stage";

stage();

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
    await expect.poll(() => window.focused()).toBe("Start");
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
    await expect.poll(() => window.spoken()).toContain("You are not permitted");
    await window.isSound("power-failed");
    await window.shows(one("starting"));
    await expect.poll(() => tab.getByText("Ask the server's owner").count()).toBe(0);
  });

  test("a force stop is sent only when the question is answered with yes", async () => {
    const { tab } = await open();
    await window.shows(one("still_stopping"));
    await window.button("Force stop…").click();
    const dialog = tab.getByRole("dialog");
    await expect.poll(() => dialog.textContent()).toContain("files may be damaged");
    await expect.poll(() => window.focused()).toBe("Cancel");
    await tab.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await expect.poll(() => window.focused()).toBe("Force stop…");
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
