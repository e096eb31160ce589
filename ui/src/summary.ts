// What the whole picture comes to: the headline, and what changed between two pictures. Pure.
import type { PanelView } from "./bindings/PanelView";
import type { Problem } from "./bindings/Problem";
import type { ServerId } from "./bindings/ServerId";
import type { ServerView } from "./bindings/ServerView";
import type { Snapshot } from "./bindings/Snapshot";
import { look, type Standing } from "./condition";
import { isolate, say, tell, word } from "./text";

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
  const unread = servers.every(
    ({ condition, read_at_ms: read, problem }) =>
      condition === "unknown" && read === null && problem === null,
  );
  // Nothing is claimed of what nobody has seen.
  if (unread && snapshot.panels.every(({ problem }) => problem === null))
    return { main: say("headline-connecting"), more: "" };
  return { main: counts(servers).join(" · "), more: trouble(servers, "problem") };
}

/** How many run, as far as that is known, and of how many it is not. */
function counts(servers: ServerView[]): string[] {
  const total = servers.length;
  const running = servers.filter((server) => server.condition === "running").length;
  const unknown = servers.filter(({ condition }) => look(condition).standing === "unknown").length;
  return [
    ...(unknown < total ? [say("headline-running", { running, total })] : []),
    ...(unknown > 0 ? [say("headline-unknown", { count: unknown })] : []),
  ];
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
  const servers = changedServers(before, after);
  const many = servers.length > 3;
  const told = many ? [say("window-changed-many", { count: servers.length })] : servers;
  return [...changedPanels(before, after), ...told].join(" ");
}

/** What became of panels: a new problem, or none any more. */
function changedPanels(before: Snapshot, after: Snapshot): string[] {
  const old = new Map(before.panels.map(({ id, problem }) => [id, problem]));
  return after.panels.flatMap(({ id, name, problem }) => {
    const was = old.get(id);
    if (was === undefined || was?.kind === problem?.kind) return [];
    if (problem) return [troubleOf(name, problem)];
    return [`${say("window-panel-back", { name: isolate(name) })}.`];
  });
}

/** What became of servers: another condition, or a new problem. */
function changedServers(before: Snapshot, after: Snapshot): string[] {
  const old = new Map(serversOf(before).map((server) => [keyOf(server), server]));
  return serversOf(after).flatMap((server) => {
    const was = old.get(keyOf(server));
    if (!was) return [];
    const name = nameOf(server);
    if (was.condition !== server.condition) {
      const parts = { name: isolate(name), condition: word(server.condition) };
      return [`${say("window-changed", parts)}.`];
    }
    const { problem } = server;
    return problem && was.problem?.kind !== problem.kind ? [troubleOf(name, problem)] : [];
  });
}

const troubleOf = (name: string, problem: Problem) =>
  say("window-problem-new", { name: isolate(name), what: tell(problem).what });

/** What to call it: a name of nothing but blanks is no name. */
export const nameOf = ({ name, identifier }: ServerView) => name.trim() || identifier;

/** What to call each panel, by its id: two of one name are told apart by their hosts. */
export function panelNames(panels: readonly Pick<PanelView, "id" | "name" | "url">[]) {
  const alike = (name: string) => panels.filter((one) => one.name === name).length > 1;
  const named = ({ name, url }: Pick<PanelView, "name" | "url">) =>
    alike(name) ? `${name} (${url.replace(/^https?:\/\//, "")})` : name;
  return new Map(panels.map((panel) => [panel.id, named(panel)]));
}

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
