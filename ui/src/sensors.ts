// A sensor of a server as it is shown: label, words, and how full it is. Pure.
import type { Sensor } from "./bindings/Sensor";
import type { ServerView } from "./bindings/ServerView";
import { duration, MIB, percent, size } from "./format";
import { dashed, say } from "./text";

export type Level = "fine" | "high" | "full";

export interface Reading {
  label: string;
  text: string;
  /** 0 to 1; `null` when there is nothing to compare with. */
  share: number | null;
  level: Level;
}

/** In the order in which they are shown. */
export const SENSORS = [
  "cpu_utilization",
  "memory_usage",
  "disk_usage",
  "uptime",
  "cpu_limit",
  "memory_limit",
  "disk_limit",
  "network_inbound",
  "network_outbound",
] as const satisfies readonly Sensor[];

const NOTHING = "–";

export const label = (sensor: Sensor) => say(`sensor-${dashed(sensor)}`);

export function level(share: number | null): Level {
  if (share === null || share < 0.8) return "fine";
  return share < 0.9 ? "high" : "full";
}

export function reading(sensor: Sensor, server: ServerView): Reading {
  const { text, share } = value(sensor, server);
  return { label: label(sensor), text, share, level: level(share) };
}

type Value = Pick<Reading, "text" | "share">;

const plain = (text: string): Value => ({ text, share: null });

function value(sensor: Sensor, { condition, resources, limits }: ServerView): Value {
  // What is down uses nothing but disk: its zeros say nothing.
  const down = condition === "offline" || condition === "crashed";
  const live = down ? null : resources;
  switch (sensor) {
    case "cpu_utilization":
      return used(live?.cpu_percent, limits.cpu_percent, percent);
    case "memory_usage":
      return used(live?.memory_bytes, limits.memory_mib * MIB, size);
    case "disk_usage":
      return used(resources?.disk_bytes, limits.disk_mib * MIB, size);
    case "uptime":
      return plain(live && live.uptime_ms > 0 ? duration(live.uptime_ms) : NOTHING);
    case "cpu_limit":
      return plain(limit(limits.cpu_percent, percent));
    case "memory_limit":
      return plain(limit(limits.memory_mib * MIB, size));
    case "disk_limit":
      return plain(limit(limits.disk_mib * MIB, size));
    case "network_inbound":
      return plain(live ? size(live.network_rx_bytes) : NOTHING);
    case "network_outbound":
      return plain(live ? size(live.network_tx_bytes) : NOTHING);
  }
}

/** The panel says 0 for "unlimited". */
function limit(most: number, show: (value: number) => string): string {
  return most > 0 ? show(most) : "∞";
}

function used(now: number | undefined, most: number, show: (value: number) => string): Value {
  const text = say("window-of", {
    used: now === undefined ? NOTHING : show(now),
    limit: limit(most, show),
  });
  return { text, share: now === undefined || most <= 0 ? null : Math.min(1, now / most) };
}
