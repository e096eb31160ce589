// Moments as people read them. Pure, but for the computer's own time zone.

import { locale } from "../text";

const TIME = { hour: "2-digit", minute: "2-digit" } as const;
const DAY = { day: "numeric", month: "short", ...TIME } as const;

/** The time of day; with the date when it was not today. */
export function clock(at: number, now = Date.now()): string {
  const day = (moment: number) => new Date(moment).toDateString();
  return new Intl.DateTimeFormat(locale(), day(at) === day(now) ? TIME : DAY).format(at);
}
