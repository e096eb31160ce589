// Many servers, used while news come in: nothing that a person does waits.
import { expect, test } from "vitest";
import { panel, server, snapshot } from "../src/bridge.fake";
import { open as openWindow, stage, window } from "./pages/stage";

stage();

/** What a person notices as a delay, in milliseconds. */
const NOTICED = 100;
const SERVERS = 500;
/** A busy machine is slow, not wrong: one undisturbed run proves it. */
const RUNS = 4;

const all = () =>
  snapshot([panel(Array.from({ length: SERVERS }, (_, n) => server(`Server ${n}`)))]);

/** From now on four pictures a second come in, as text and inside the page: each time a tenth of the servers differs. */
const tellsNews = () =>
  window.tab.evaluate((text) => {
    const { hear } = globalThis as unknown as { hear(heard: unknown): void };
    let round = 0;
    setInterval(() => {
      const shown = JSON.parse(text) as ReturnType<typeof all>;
      const servers = shown.panels.flatMap((one) => one.servers);
      for (const { resources } of servers.filter((_, n) => n % 10 === round % 10))
        if (resources) resources.cpu_percent = (round * 7) % 100;
      round += 1;
      hear({ kind: "snapshot", snapshot: shown });
    }, 250);
  }, JSON.stringify(all()));

interface Waits {
  longest: number;
  events: number;
}

const observe = () =>
  window.tab.evaluate(() => {
    const own = globalThis as unknown as { waits: Waits };
    own.waits = { longest: 0, events: 0 };
    const note = (list: PerformanceObserverEntryList) => {
      for (const { duration, entryType } of list.getEntries()) {
        own.waits.longest = Math.max(own.waits.longest, duration);
        if (entryType === "event") own.waits.events += 1;
      }
    };
    // The types know no threshold yet; the shortest there is.
    const events = { type: "event", durationThreshold: 16 } as PerformanceObserverInit;
    new PerformanceObserver(note).observe(events);
    new PerformanceObserver(note).observe({ type: "longtask" });
  });

async function person() {
  const { tab } = window;
  await tab.mouse.move(200, 400);
  for (let turn = 0; turn < 12; turn += 1) await tab.mouse.wheel(0, 900);
  const search = tab.getByRole("searchbox");
  await search.pressSequentially("server 37", { delay: 60 });
  await search.press("Escape");
  await window.button(/^Problems/).click();
  await window.button(/^All/).click();
}

test("500 servers scroll and filter without a wait that is noticed", async () => {
  const seen: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    await openWindow();
    await window.shows(all());
    await window.tab.getByRole("article").first().waitFor();
    await tellsNews();
    await observe();
    await person();
    const { longest, events } = await window.tab.evaluate(
      () => (globalThis as unknown as { waits: Waits }).waits,
    );
    expect(events, "nothing was measured").toBeGreaterThan(0);
    seen.push(Math.round(longest));
    if (longest <= NOTICED) return;
    await window.close();
  }
  expect.fail(`longest waits, in ms: ${seen.join(", ")}`);
});
