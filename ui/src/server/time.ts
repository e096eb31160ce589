// Moments as people read them. Pure, but for the computer's own time zone.

const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** The time of day; with the date when it was not today. */
export function clock(at: number, now = Date.now()): string {
  const day = (moment: number) => new Date(moment).toDateString();
  return (day(at) === day(now) ? TIME : DAY).format(at);
}
