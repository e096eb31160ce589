// One server's page on the stage: opened with a past, shelves and a console that the test tells.
// Judges nothing: what must be seen is the test's.
import { expect } from "vitest";
import type { ConsoleNews } from "../../src/bindings/ConsoleNews";
import type { ServerView } from "../../src/bindings/ServerView";
import { panel, server, snapshot } from "../../src/bridge.fake";
import { PAST, SHELVES } from "../../src/server/samples";
import { open, window } from "./stage";
import type { Look } from "./window";

export const ID = { panel: "p1", uuid: "uuid-Survival" };

interface Opened extends Look {
  heading?: string;
  page?: "server" | "console";
  other?: Partial<ServerView>;
}

/** The page of one server among others, with its past and the first lines told. */
export async function opened(of: Opened = {}) {
  const { page = "server", other = {}, heading = "Survival", ...look } = of;
  await open(look);
  await window.shows(
    snapshot([panel([server("Lobby"), server("Survival", { ...other, id: ID })])]),
  );
  await window.hear({ kind: "show", page: { kind: page, server: ID } });
  await window.tab.getByRole("heading", { level: 1 }).getByText(heading).waitFor();
  // What is printed before anybody listens is lost.
  const lines = other.may?.console ?? true;
  if (page === "console") await expect.poll(follows).toEqual({ server: ID, lines });
  window.reply = ({ kind, ...action }) => {
    if (kind !== "errand" || !("errand" in action)) return { kind: "done" };
    const asked = action.errand.kind;
    if (asked === "backups") return { kind: "backups", backups: SHELVES.backups };
    if (asked === "schedules") return { kind: "schedules", schedules: SHELVES.schedules };
    if (asked === "activity") return { kind: "activity", deeds: [] };
    return { kind: "done" };
  };
  return window;
}

export const past = () => {
  const shift = Date.now() - (PAST.points.at(-1)?.at_ms ?? 0);
  const points = PAST.points.map((point) => ({ ...point, at_ms: point.at_ms + shift }));
  const changes = PAST.changes.map((change) => ({ ...change, at_ms: change.at_ms + shift }));
  const history = { points, changes };
  return window.hear({ kind: "history", server: ID, from_ms: null, history });
};

export const prints = (news: Partial<ConsoleNews>) =>
  window.hear({
    kind: "console",
    server: ID,
    news: { state: { kind: "live" }, fresh: false, left_out: 0, lines: [], ...news },
  });

export const text = (...lines: string[]) => ({
  lines: lines.map((one) => ({ runs: [{ text: one }] })),
});

export const follows = () => {
  const { server, lines } =
    window.calls.filter(({ command }) => command === "watch").at(-1)?.args ?? {};
  return { server, lines };
};
export const errands = () =>
  window.actions.flatMap((action) => (action.kind === "errand" ? [action.errand] : []));
export const tab = (name: string) => window.tab.getByRole("tab", { name });
export const log = () => window.tab.getByRole("log");
