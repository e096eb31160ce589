// An invented agent: the same interface, scripted pictures. For tests and for `npm run dev` in a browser.
import type { Action } from "./bindings/Action";
import type { Condition } from "./bindings/Condition";
import type { PanelView } from "./bindings/PanelView";
import type { ServerView } from "./bindings/ServerView";
import type { Snapshot } from "./bindings/Snapshot";
import type { Sparkline } from "./bindings/Sparkline";
import { CONDITIONS, look } from "./condition";
import type { Answer, Bridge, Heard } from "./link";
import { asOfNow, HOME, PICTURES } from "./samples";
import { follow, obeyErrand } from "./server/fake";

/** A server that runs, but for what is said otherwise. */
export function server(name: string, other: Partial<ServerView> = {}): ServerView {
  const condition: Condition = other.condition ?? "running";
  return {
    ...likeOne(condition),
    id: { panel: "p1", uuid: `uuid-${name}` },
    identifier: "1a2b3c4d",
    name,
    node: "node-1",
    address: "play.example.com:25565",
    condition,
    read_at_ms: Date.now(),
    source: "live",
    live: { state: "live" },
    limits: { cpu_percent: 200, memory_mib: 4096, disk_mib: 10_240 },
    panel_page: "https://panel.example.com/server/1a2b3c4d",
    ...other,
  };
}

/** What an agent showed of a server in this condition, or of one that is up or down like it. */
function likeOne(condition: Condition): ServerView {
  const { standing } = look(condition);
  const up = standing === "up" || standing === "transition";
  const found = (wanted: Condition) => HOME.servers.find((one) => one.condition === wanted);
  const like = found(up ? "running" : "offline");
  if (!like) throw new Error("the samples have no such server");
  const { start, stop, restart } = like.can;
  const down = condition === "offline" || condition === "crashed";
  const resources = like.resources && { ...like.resources, disk_bytes: 3.1 * 1024 ** 3 };
  return {
    ...like,
    resources,
    can: { start: start && down, stop, restart, kill: condition === "still_stopping" },
  };
}

export function panel(servers: ServerView[], other: Partial<PanelView> = {}): PanelView {
  return { ...HOME, id: "p1", key: { ...HOME.key, ends_in: "wxyz" }, servers, ...other };
}

export function snapshot(panels: PanelView[], other: Partial<Snapshot> = {}): Snapshot {
  const { settings } = PICTURES.evening;
  return {
    ...structuredClone(PICTURES.evening),
    at_ms: Date.now(),
    aggregate: "all_fine",
    panels,
    settings: {
      ...structuredClone(settings),
      panels: panels.map(({ id, name, url, key }) => ({
        id,
        name,
        url,
        key_place: key.place,
        show_others: false,
        admin: false,
      })),
      poll_seconds: 30,
    },
    ...other,
  };
}

/** One server in each condition. */
export const everyCondition = () =>
  CONDITIONS.map((condition) => {
    const blind = look(condition).standing === "unknown";
    return server(`The ${condition.replaceAll("_", " ")} one`, {
      condition,
      ...(blind ? { resources: null } : {}),
      read_at_ms: Date.now() - (blind ? 180_000 : 800),
      problem:
        condition === "node_unreachable"
          ? { kind: "node_unreachable", detail: "" }
          : condition === "crashed"
            ? { kind: "not_observed", detail: "" }
            : null,
    });
  });

/** A gentle wave of half an hour. */
export function sparkline({ id, resources }: ServerView): Sparkline {
  const wave = (middle: number, height: number) =>
    Array.from({ length: 60 }, (_, n) =>
      resources ? Math.round(middle + height * Math.sin(n / 4) * Math.cos(n / 11)) : null,
    );
  return { server: id, cpu: wave(30, 22), memory: wave(55, 4) };
}

/** Starts with a lively evening, answers everything with success, and follows power signals. */
export function fakeBridge(): Bridge {
  let now: Snapshot = { ...asOfNow(PICTURES.evening), demo: true };
  let hear: (heard: Heard) => void = () => {};
  let login = false;
  const show = () => hear({ kind: "snapshot", snapshot: { ...now, at_ms: Date.now() } });

  const set = (uuid: string, change: Partial<ServerView>) => {
    const servers = now.panels.flatMap((p) => p.servers);
    const changed = servers.map((s) =>
      s.id.uuid === uuid ? server(s.name, { ...change, id: s.id }) : s,
    );
    now = { ...now, panels: [panel(changed)] };
    show();
  };
  const obey = (action: Action): Answer => {
    if (action.kind === "power") {
      const { uuid } = action.server;
      const goal: Condition =
        action.signal === "start" || action.signal === "restart" ? "running" : "offline";
      set(uuid, { condition: goal === "running" ? "starting" : "stopping" });
      setTimeout(() => set(uuid, { condition: goal }), 3000);
    }
    if (action.kind === "change_settings") {
      now = { ...now, settings: { ...now.settings, ...action.change } as Snapshot["settings"] };
      show();
    }
    if (action.kind === "pin") {
      const { server: id, pinned } = action;
      const others = now.settings.pinned.filter(({ uuid }) => uuid !== id.uuid);
      now = { ...now, settings: { ...now.settings, pinned: pinned ? [...others, id] : others } };
      show();
    }
    if (action.kind === "errand") return obeyErrand(action.errand);
    if (action.kind === "sparklines") {
      const servers = now.panels.flatMap((p) => p.servers.map((one) => sparkline(one)));
      return { kind: "sparklines", sparklines: { every_ms: 30_000, servers } };
    }
    if (action.kind === "diagnose") return { kind: "report", text: "Pterotray 0.1.0, demo" };
    if (action.kind === "try_panel") {
      if (action.key === "") return { kind: "failed", problem: { kind: "bad_key", detail: "" } };
      const found = {
        url: action.url,
        username: "alex",
        admin: false,
        servers: ["Survival", "Creative"],
        server_count: 2,
        unencrypted: action.url.startsWith("http:"),
      };
      return { kind: "found", trial: 1, found };
    }
    return { kind: "done" };
  };

  return {
    listen(listener) {
      hear = listener;
      hear({ kind: "link", state: "there" });
      show();
    },
    watch() {},
    dispatch: (action) => new Promise((done) => setTimeout(() => done(obey(action)), 400)),
    console: (server, lines) => follow(server, lines, (heard) => hear(heard)),
    start: async () => {},
    login: {
      enabled: async () => login,
      set: async (on) => {
        login = on;
      },
    },
  };
}
