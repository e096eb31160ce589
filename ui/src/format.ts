// Numbers as people read them: binary units, percent of one core, times. Pure.
import { locale, say } from "./text";

const UNITS = ["bytes", "kib", "mib", "gib", "tib"] as const;
export const MIB = 1024 * 1024;

/** Three digits at most before the unit, one after the point where it tells something. */
function short(value: number): string {
  const digits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
}

export function size(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  // 1023.6 MiB would be shown as 1,024 MiB.
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return say(`window-unit-${UNITS[unit]}`, { number: unit === 0 ? `${value}` : short(value) });
}

export function percent(value: number): string {
  return say("window-unit-percent", { number: short(Math.max(0, value)) });
}

/** A length of time in its two largest units. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return say("window-unit-days", { days, hours: hours % 24 });
  if (hours > 0) return say("window-unit-hours", { hours, minutes: minutes % 60 });
  if (minutes > 0) return say("window-unit-minutes", { minutes });
  return say("window-unit-seconds", { seconds });
}
