// A server's backups and schedules: looked through, made and run.
import { describe, expect, test } from "vitest";
import { server } from "../src/bridge.fake";
import { SHELVES } from "../src/server/samples";
import { errands, opened, tab } from "./pages/server";
import { stage, window } from "./pages/stage";

stage();

test("backups and schedules", async () => {
  await opened();
  await tab("Backups").click();
  await window.tab.getByText("Before the update").waitFor();
  await window.isSound("backups");
  await tab("Schedules").click();
  await window.tab.getByText("Nightly restart").first().waitFor();
  await window.isSound("schedules");
});

describe("backups and schedules", () => {
  test("a backup is made under its name and the list is read anew", async () => {
    await opened();
    await tab("Backups").click();
    await window.tab.getByText("Weekly").waitFor();
    await window.tab.getByLabel(/^Name/).fill(" before 1.21 ");
    await window.button("Make a backup").click();
    await expect
      .poll(() => errands().slice(-2))
      .toEqual([{ kind: "make_backup", name: "before 1.21" }, { kind: "backups" }]);
    await expect.poll(() => window.tab.getByLabel(/^Name/).inputValue()).toBe("");
  });

  test("what the panel refuses is said, and what was typed stays", async () => {
    await opened();
    await tab("Backups").click();
    await window.tab.getByText("Weekly").waitFor();
    const problem = { kind: "panel_refused", detail: "Only 2 backups are allowed." } as const;
    window.reply = () => ({ kind: "failed", problem });
    await window.tab.getByLabel(/^Name/).fill("third");
    await window.button("Make a backup").click();
    await window.tab
      .locator(".trouble")
      .getByText(/Only 2 backups are allowed/)
      .waitFor();
    await expect.poll(() => window.tab.getByLabel(/^Name/).inputValue()).toBe("third");
  });

  test("a schedule is run once, after a question", async () => {
    await opened();
    await tab("Schedules").click();
    await window.button(/^Run now .*Nightly restart/).click();
    const dialog = window.tab.getByRole("dialog");
    expect(errands().at(-1)).toEqual({ kind: "schedules" });
    await dialog.getByRole("button", { name: "Run", exact: true }).click();
    const schedule = SHELVES.schedules[0]?.id;
    await expect
      .poll(() => errands().slice(-2))
      .toEqual([{ kind: "run_schedule", schedule }, { kind: "schedules" }]);
  });

  test("who may only look is offered no button", async () => {
    const may = { ...server("x").may, make_backup: false, run_schedule: false };
    await opened({ other: { may } });
    await tab("Backups").click();
    await window.tab.getByText("Weekly").waitFor();
    expect(await window.button("Make a backup").count()).toBe(0);
    await tab("Schedules").click();
    await window.tab.getByText("Nightly restart").first().waitFor();
    expect(await window.button(/^Run now/).count()).toBe(0);
  });
});
