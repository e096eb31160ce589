// A window for the page tests: the built page in Chromium, with the process around it played by the test.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page as Tab } from "playwright-core";
import { expect, inject } from "vitest";
import type { Action } from "../../src/bindings/Action";
import type { Snapshot } from "../../src/bindings/Snapshot";
import type { Sparkline } from "../../src/bindings/Sparkline";
import type { Answer, Heard } from "../../src/link";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// The policy of src-tauri/tauri.conf.json, so that what it forbids fails here as well.
const CONFIG = JSON.parse(
  readFileSync(new URL("../../../src-tauri/tauri.conf.json", import.meta.url), "utf8"),
);
const POLICY: string = CONFIG.app.security.csp;

const SCHEMES = ["light", "dark"] as const;
type Scheme = (typeof SCHEMES)[number];

export interface Look {
  scheme?: Scheme;
  width?: number;
  height?: number;
}

type Reply = (action: Action) => Answer | Promise<Answer>;

export class Window {
  /** Every action that the page sent. */
  readonly actions: Action[] = [];
  /** Every command called, with its arguments. */
  readonly calls: { command: string; args: Record<string, unknown> }[] = [];
  reply: Reply = () => ({ kind: "done" });
  /** What the page is told of the last half hour, whenever it asks. */
  sparklines: Sparkline[] = [];
  commands: Record<string, () => unknown> = {};
  private constructor(
    readonly tab: Tab,
    private readonly scheme: Scheme,
  ) {}

  static async open(browser: Browser, { scheme = "light", width = 420, height = 640 }: Look = {}) {
    const context = await browser.newContext({
      colorScheme: scheme,
      viewport: { width, height },
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(15_000);
    const window = new Window(await context.newPage(), scheme);
    await window.prepare();
    await window.tab.goto(inject("url"));
    await expect.poll(() => window.calls.map((call) => call.command)).toContain("watch");
    return window;
  }

  private async prepare() {
    const { tab } = this;
    await tab.route("**/*", async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), "content-security-policy": POLICY };
      await route.fulfill({ response, headers });
    });
    tab.on("pageerror", (error) => {
      throw error;
    });
    await tab.exposeFunction("called", (command: string, args: Record<string, unknown>) =>
      this.called(command, args),
    );
    await tab.addInitScript(() => {
      let last = 0;
      const callbacks = new Map<number, (value: unknown) => void>();
      const own = window as unknown as Record<string, unknown>;
      let index = 0;
      let channel = 0;
      own.__TAURI_INTERNALS__ = {
        transformCallback(callback: (value: unknown) => void) {
          last += 1;
          callbacks.set(last, callback);
          return last;
        },
        unregisterCallback: (id: number) => callbacks.delete(id),
        async invoke(command: string, args: Record<string, unknown> = {}) {
          if (command === "subscribe") channel = (args.channel as { id: number }).id;
          const called = own.called as (
            c: string,
            a: unknown,
          ) => Promise<{ ok: boolean; value: unknown }>;
          const { ok, value } = await called(command, JSON.parse(JSON.stringify(args)));
          if (!ok) throw value;
          return value;
        },
      };
      own.hear = (message: unknown) => {
        callbacks.get(channel)?.({ message, index });
        index += 1;
      };
    });
  }

  private async called(command: string, args: Record<string, unknown>) {
    this.calls.push({ command, args });
    try {
      if (command === "dispatch") {
        const action = args.action as Action;
        // Asked now and then by itself: no wish of a person.
        if (action.kind === "sparklines") {
          const sparklines = { every_ms: 30_000, servers: this.sparklines };
          return { ok: true, value: { kind: "sparklines", sparklines } };
        }
        this.actions.push(action);
        return { ok: true, value: await this.reply(action) };
      }
      const value = this.commands[command]?.() ?? (command.endsWith("is_enabled") ? false : null);
      return { ok: true, value };
    } catch (why) {
      return { ok: false, value: String(why) };
    }
  }

  hear(heard: Heard) {
    return this.tab.evaluate((message) => {
      (window as unknown as { hear(m: unknown): void }).hear(message);
    }, heard);
  }

  /** The agent is there and sends this picture. */
  async shows(snapshot: Snapshot) {
    await this.hear({ kind: "link", state: "there" });
    await this.hear({ kind: "snapshot", snapshot });
  }

  button(name: string | RegExp) {
    return this.tab.getByRole("button", { name, exact: typeof name === "string" });
  }

  /** What a screen reader is told. */
  spoken() {
    return this.tab.locator('.spoken[role="status"]').textContent();
  }

  focused() {
    return this.tab.evaluate(() => {
      const element = document.activeElement;
      // Without a focus the whole body is the active element.
      if (element === document.body) return "";
      return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
    });
  }

  /** No finding of the accessibility rules in either colour scheme, and nothing wider than the window. */
  async isSound(picture: string) {
    const wider = await this.tab.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider, `${picture}: scrolls sideways`).toBe(0);
    // Evaluated from outside, as the page's content policy takes no foreign script.
    await this.tab.evaluate(AXE);
    for (const scheme of SCHEMES) {
      await this.tab.emulateMedia({ colorScheme: scheme });
      const name = `${picture}-${scheme}`;
      const folder = process.env.PICTURES;
      if (folder) await this.tab.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
      const findings = await this.tab.evaluate(async () => {
        const { axe } = window as unknown as { axe: typeof import("axe-core") };
        const { violations } = await axe.run(document);
        return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
      });
      expect(findings, name).toEqual([]);
    }
    await this.tab.emulateMedia({ colorScheme: this.scheme });
  }

  /** Goes through the page by Tab alone: everything that can be used is reached, visibly, and nothing holds on. */
  async isWalked() {
    const { tab } = this;
    await tab.evaluate(() => document.body.focus());
    const mark = () =>
      tab.evaluate(() => {
        const at = document.activeElement;
        if (!(at instanceof HTMLElement) || at === document.body) return "out";
        const first = document.querySelector("[data-walked]");
        // A field for a time has several stops inside.
        const again = at === first && at.dataset.walked !== "last";
        for (const one of document.querySelectorAll<HTMLElement>("[data-walked]"))
          one.dataset.walked = "before";
        at.dataset.walked = "last";
        const { outlineStyle, outlineWidth } = getComputedStyle(at);
        const shows = outlineStyle !== "none" && outlineWidth !== "0px";
        return again ? "again" : shows ? "new" : `no sign of the focus: ${at.outerHTML}`;
      });
    for (let step = 0; step < 400; step += 1) {
      await tab.keyboard.press("Tab");
      const came = await mark();
      if (came === "again") break;
      expect(["out", "new"]).toContain(came);
    }
    const left = await tab.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("button, input, select, textarea, summary")]
        .filter((element) => element.checkVisibility() && element.tabIndex >= 0)
        // Of radio buttons one is reached, by its group.
        .filter((element) => !element.matches('[type="radio"]:not(:checked)'))
        .filter((element) => element.dataset.walked === undefined)
        .map((element) => element.outerHTML),
    );
    expect(left, "not reached by Tab").toEqual([]);
  }

  close() {
    return this.tab.context().close();
  }
}
