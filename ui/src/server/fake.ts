// One server's part of the invented agent: an hour of figures, a console, backups and schedules.
import type { Errand } from "../bindings/Errand";
import type { ServerId } from "../bindings/ServerId";
import type { Answer, Heard } from "../link";
import { NEWS, PAST, SHELVES } from "./samples";

/** Tells what a real agent told once, as of now. */
export function follow(server: ServerId | null, lines: boolean, hear: (heard: Heard) => void) {
  if (!server) return;
  const shift = Date.now() - (PAST.points.at(-1)?.at_ms ?? 0);
  const points = PAST.points.map((point) => ({ ...point, at_ms: point.at_ms + shift }));
  const changes = PAST.changes.map((change) => ({ ...change, at_ms: change.at_ms + shift }));
  hear({ kind: "history", server, from_ms: null, history: { points, changes } });
  if (lines) hear({ kind: "console", server, news: NEWS });
}

export function obeyErrand(errand: Errand): Answer {
  if (errand.kind === "backups") return { kind: "backups", backups: SHELVES.backups };
  if (errand.kind === "schedules") return { kind: "schedules", schedules: SHELVES.schedules };
  if (errand.kind === "activity") return { kind: "activity", deeds: [] };
  return { kind: "done" };
}
