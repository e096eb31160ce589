// What the page and the process around it say to each other. No code: both bridges implement this.
import type { Action } from "./bindings/Action";
import type { ConsoleNews } from "./bindings/ConsoleNews";
import type { History } from "./bindings/History";
import type { Outcome } from "./bindings/Outcome";
import type { Page } from "./bindings/Page";
import type { ServerId } from "./bindings/ServerId";
import type { Snapshot } from "./bindings/Snapshot";

/** How the connection to the agent is. */
export type Link =
  | { state: "connecting" }
  | { state: "there" }
  | { state: "away" }
  | { state: "mismatch"; older: "agent" | "window" };

export type Heard =
  | ({ kind: "link" } & Link)
  | { kind: "show"; page: Page }
  | { kind: "snapshot"; snapshot: Snapshot }
  | { kind: "history"; server: ServerId; from_ms: number | null; history: History }
  | { kind: "console"; server: ServerId; news: ConsoleNews };

/** What became of an action; `undelivered` when there was no agent to take it. */
export type Answer = Outcome | { kind: "undelivered" };

/** What can be started from here: the agent, or the demo, which has a window of its own. */
export type Startable = "agent" | "demo";

export interface Bridge {
  /** From now on everything heard goes to `hear`. */
  listen(hear: (heard: Heard) => void): void;
  /** Whether the page can be seen, and so wants snapshots. */
  watch(visible: boolean): void;
  dispatch(action: Action): Promise<Answer>;
  /** Which server is open: its past is told, and with `lines` its console; neither for `null`. */
  console(server: ServerId | null, lines: boolean): void;
  /** Rejects with the reason as a string. */
  start(what: Startable): Promise<void>;
  login: {
    enabled(): Promise<boolean>;
    /** Rejects with the reason as a string. */
    set(on: boolean): Promise<void>;
  };
}
