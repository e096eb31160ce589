// One server's card: its cause, pin, address and live mark.
import { describe, expect, test } from "vitest";
import { panel, server, snapshot } from "../src/bridge.fake";
import { open, stage, window } from "./pages/stage";

stage();

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

  for (const width of [320, 420]) {
    test(`with cause, pin, address and live mark, ${width} wide`, async () => {
      const { tab } = await open({ width });
      await window.shows(evening());
      const condition = tab.getByRole("article", { name: "Survival" }).locator(".condition");
      await expect
        .poll(() => condition.textContent())
        .toBe("Crashed · exit code 137, out of memory");
      await window.isSound(`card-${width}`);
    });
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
    await expect.poll(() => pin("B").getAttribute("aria-pressed")).toBe("true");
    await expect.poll(() => pin("No address").getAttribute("aria-pressed")).toBe("false");

    await pin("No address").focus();
    await tab.keyboard.press("Space");
    const server = { panel: "p1", uuid: "uuid-No address" };
    await expect.poll(() => window.actions).toEqual([{ kind: "pin", server, pinned: true }]);
    shown.settings.pinned = [server, ...shown.settings.pinned];
    await window.shows(shown);
    await expect.poll(names).toMatchObject({ 1: "No address", 2: "B", 3: "A" });
    await expect.poll(() => pin("No address").getAttribute("aria-pressed")).toBe("true");
    await expect.poll(() => window.focused()).toMatch(/^Pin .?No address/);
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
    await expect.poll(() => mark("B").count()).toBe(1);
    expect(await mark("A").count()).toBe(0);
    expect(await mark("Survival").count()).toBe(0);
  });
});
