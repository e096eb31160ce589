// What the whole picture comes to: the headline, and what changed between two pictures. Pure.
import type { ServerId } from "./bindings/ServerId";
import type { ServerView } from "./bindings/ServerView";
import type { Snapshot } from "./bindings/Snapshot";
import { look, type Standing } from "./condition";
import { isolate, say, word } from "./text";

export interface Headline {
  main: string;
  more: string;
}

/** All that a person did not hide. */
export const serversOf = (snapshot: Snapshot) =>
  snapshot.panels.flatMap((panel) => panel.servers.filter((server) => !server.hidden));

export function headline(snapshot: Snapshot): Headline {
  const servers = serversOf(snapshot);
  if (snapshot.panels.length === 0) return { main: say("headline-not-set-up"), more: "" };
  if (servers.length === 0) {
    const waiting = snapshot.panels.some((panel) => panel.connecting && !panel.problem);
    return { main: say(waiting ? "headline-connecting" : "headline-no-servers"), more: "" };
  }
  const running = servers.filter((server) => server.condition === "running").length;
  const main = say("headline-running", { running, total: servers.length });
  return { main, more: trouble(servers, "problem") || trouble(servers, "unknown") };
}

function trouble(servers: ServerView[], standing: Standing): string {
  const concerned = servers.filter((server) => look(server.condition).standing === standing);
  const [first] = concerned;
  if (!first) return "";
  if (concerned.length > 1) return say("window-headline-more", { count: concerned.length });
  return say("headline-one", { name: isolate(nameOf(first)), condition: word(first.condition) });
}

/** What a person who cannot see the page wants to hear of a new picture. */
export function changes(before: Snapshot | null, after: Snapshot): string {
  if (!before) return "";
  const old = new Map(serversOf(before).map((server) => [keyOf(server), server.condition]));
  const changed = serversOf(after).filter((server) => {
    const was = old.get(keyOf(server));
    return was !== undefined && was !== server.condition;
  });
  if (changed.length > 3) return say("window-changed-many", { count: changed.length });
  return changed
    .map((server) =>
      say("window-changed", {
        name: isolate(nameOf(server)),
        condition: word(server.condition),
      }),
    )
    .join(". ");
}

/** What to call it: a name of nothing but blanks is no name. */
export const nameOf = ({ name, identifier }: ServerView) => name.trim() || identifier;

/** Unique and stable: names and short ids may change. */
export const keyOf = ({ id }: Pick<ServerView, "id">) => `${id.panel}/${id.uuid}`;

/** Problems, then pinned ones as they were pinned, then the rest; as the agent has it otherwise. */
export function inOrder(servers: readonly ServerView[], pinned: readonly ServerId[]): ServerView[] {
  const places = new Map(pinned.map((id, place) => [keyOf({ id }), place]));
  const rank = (server: ServerView) =>
    look(server.condition).standing === "problem"
      ? -1
      : (places.get(keyOf(server)) ?? pinned.length);
  return [...servers].sort((a, b) => rank(a) - rank(b));
}

/** How old a reading is when that is worth saying: milliseconds, or `null`. */
export function ageWorthSaying(server: ServerView, stale: boolean, now: number): number | null {
  if (server.read_at_ms === null) return null;
  const age = Math.max(0, now - server.read_at_ms);
  const doubtful = stale || look(server.condition).standing === "unknown";
  return doubtful || age > 90_000 ? age : null;
}
