// A server's console: read, searched, copied and written to.
import { describe, expect, test } from "vitest";
import { server } from "../src/bridge.fake";
import { NEWS } from "../src/server/samples";
import { errands, log, opened, prints, tab, text } from "./pages/server";
import { stage, window } from "./pages/stage";

stage();

for (const width of [320, 420, 1280]) {
  test(`its console, ${width} wide`, async () => {
    await opened({ width, page: "console" });
    await prints(NEWS);
    await window.tab.getByText("sasha").first().waitFor();
    await window.isSound(`console-${width}`);
  });
}

describe("the console", () => {
  const shown = () => log().locator("> div").allTextContents();

  test("hostile lines stay text, in a fixed set of colours", async () => {
    await opened({ page: "console" });
    await prints({
      lines: [
        { runs: [{ text: "<img src=x onerror=alert(1)>", colour: 1, marks: ["bold"] }] },
        { runs: [{ text: "</div><script>1</script>" }] },
        { runs: [{ text: "שרת 123 <b>", colour: 999 as number }] },
        { runs: [] },
        { runs: [{ text: "x".repeat(4000) }] },
      ],
    });
    await expect.poll(shown).toHaveLength(5);
    expect((await shown()).slice(0, 3)).toEqual([
      "<img src=x onerror=alert(1)>",
      "</div><script>1</script>",
      "שרת 123 <b>",
    ]);
    expect(await log().locator("img, script, b").count()).toBe(0);
    const names = await log()
      .locator("span")
      .evaluateAll((spans) => spans.map((span) => span.className));
    expect(names).toEqual(["is-bold fg-1"]);
    await window.isSound("console-hostile");
  });

  test("new lines keep the end in view, unless somebody reads further up", async () => {
    await opened({ page: "console" });
    const many = Array.from({ length: 300 }, (_, i) => `line ${i}`);
    await prints(text(...many));
    const fromEnd = () =>
      log().evaluate((box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight));
    await expect.poll(fromEnd).toBeLessThan(3);
    await prints(text("one more"));
    await expect.poll(fromEnd).toBeLessThan(3);
    await log().evaluate((box) => {
      box.scrollTop = 0;
    });
    await window.button("Newest lines").waitFor();
    await prints(text("and more"));
    expect(await log().evaluate((box) => box.scrollTop)).toBe(0);
    await window.button("Newest lines").click();
    await expect.poll(fromEnd).toBeLessThan(3);
  });

  test("never holds more than two thousand lines", async () => {
    await opened({ page: "console" });
    const many = (from: number) => Array.from({ length: 1500 }, (_, i) => `line ${from + i}`);
    await prints(text(...many(0)));
    await prints({ ...text(...many(1500)), left_out: 12 });
    await expect.poll(() => log().locator("> div").count()).toBe(2000);
    await expect.poll(() => log().locator("> div").last().textContent()).toBe("line 2999");
    await window.tab.getByText("12 lines were left out").waitFor();
  });

  test("is searched and copied", async () => {
    await opened({ page: "console" });
    await window.tab.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await prints(text("apple", "Pear", "pineapple"));
    await window.tab.getByRole("searchbox").fill("APPLE");
    await expect.poll(shown).toEqual(["apple", "pineapple"]);
    await window.tab.getByText("2 of 3 lines").waitFor();
    await window.button("Copy").click();
    await expect.poll(() => window.spoken()).toMatch(/^Copied/);
    await expect
      .poll(() => window.tab.evaluate(() => navigator.clipboard.readText()))
      .toBe("apple\npineapple");
    await window.tab.getByRole("searchbox").press("Escape");
    await expect.poll(shown).toHaveLength(3);
    await expect.poll(() => tab("Console").getAttribute("aria-selected")).toBe("true");
  });

  test("commands are sent once, remembered, and not lost when they fail", async () => {
    await opened({ page: "console" });
    const field = window.tab.getByLabel("Command", { exact: true });
    for (const line of ["say one", "say two"]) {
      await field.fill(line);
      await field.press("Enter");
      await expect.poll(() => errands().at(-1)).toEqual({ kind: "command", line });
      await expect.poll(() => field.inputValue()).toBe("");
    }
    await field.fill("draft");
    await field.press("ArrowUp");
    await field.press("ArrowUp");
    await expect.poll(() => field.inputValue()).toBe("say one");
    await field.press("ArrowDown");
    await field.press("ArrowDown");
    await expect.poll(() => field.inputValue()).toBe("draft");
    window.reply = () => ({ kind: "failed", problem: { kind: "not_now", detail: "" } });
    await field.press("Enter");
    await window.tab.locator(".trouble").getByText("This is not possible now.").waitFor();
    await expect.poll(() => field.inputValue()).toBe("draft");
    expect(errands().filter(({ kind }) => kind === "command")).toHaveLength(3);
    await field.fill("   ");
    await field.press("Enter");
    await field.press("Escape");
    expect(errands().filter(({ kind }) => kind === "command")).toHaveLength(3);
    await log().waitFor();
  });

  test("says when nothing can come, and keeps what was read", async () => {
    await opened({ page: "console" });
    await window.tab.getByText("Connecting to the server’s node…").waitFor();
    await prints(text("before"));
    await prints({ state: { kind: "failed", why: "the node refused <b>" } });
    await window.tab.getByText(/cannot be reached: .*the node refused <b>/).waitFor();
    await expect.poll(() => shown()).toEqual(["before"]);
    const problem = { kind: "node_unreachable", detail: "" } as const;
    await prints({ state: { kind: "none", problem } });
    await window.tab.getByText("The panel cannot reach the server's node.").waitFor();
    await prints({ ...text("after"), fresh: true });
    await expect.poll(shown).toEqual(["after"]);
  });

  test("without the right to command it can be read only", async () => {
    const may = { ...server("x").may, command: false };
    await opened({ page: "console", other: { may } });
    await window.tab.getByText("You may read this console, but not send commands.").waitFor();
    expect(await window.tab.getByLabel("Command", { exact: true }).count()).toBe(0);
  });
});
