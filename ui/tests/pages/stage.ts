// The stage of one file of page tests: a browser for all of them, a window for each.
// Tells the page nothing: what is shown is the test's.
import { type Browser, chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type Look, Window } from "./window";

let browser: Browser;

/** The window of the test that runs. */
export let window: Window;

/** The browser is there before the file's first test, and each window is closed after its own. */
export function stage() {
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    });
  });
  afterEach(() => window?.close());
  afterAll(() => browser?.close());
}

/** A window of its own, with nothing told yet. */
export async function open(look?: Look) {
  window = await Window.open(browser, look);
  return window;
}
