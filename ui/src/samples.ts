// Pictures that an agent made of a fake panel, as the core's own tests wrote them down: for tests and the invented agent.
import type { PanelView } from "./bindings/PanelView";
import type { Snapshot } from "./bindings/Snapshot";
import written from "./samples/snapshots.json";

interface Pictures {
  /** The demo's evening as it begins. */
  evening: Snapshot;
  /** A server went down, and that was told. */
  alerts: Snapshot;
  /** The panel failed since. */
  trouble: Snapshot;
  /** A panel without servers. */
  empty: Snapshot;
}

export const PICTURES = written as unknown as Pictures;

const [home] = PICTURES.evening.panels;
if (!home) throw new Error("the samples have no panel");
export const HOME: PanelView = home;

/** The same as if it were made now. */
export function asOfNow(picture: Snapshot): Snapshot {
  const shift = Date.now() - picture.at_ms;
  const moved = JSON.stringify(picture, (key, value) =>
    key.endsWith("at_ms") || key === "since_ms" ? value && value + shift : value,
  );
  return JSON.parse(moved) as Snapshot;
}
