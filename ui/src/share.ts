// Keeps what did not change: a new picture takes over the parts of the old one that say the same,
// so that only what is new is drawn. Pure.

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** `after`, made of the parts of `before` wherever both say the same. */
export function share<T>(before: T | null, after: T): T {
  return before === null ? after : (merge(before as Json, after as Json) as T);
}

function merge(before: Json, after: Json): Json {
  if (before === after || typeof before !== "object" || typeof after !== "object") return after;
  if (before === null || after === null) return after;
  if (Array.isArray(before) || Array.isArray(after)) {
    if (!Array.isArray(before) || !Array.isArray(after)) return after;
    return list(before, after);
  }
  return record(before, after);
}

function record(before: { [key: string]: Json }, after: { [key: string]: Json }) {
  const keys = Object.keys(after);
  let same = Object.keys(before).length === keys.length;
  for (const key of keys) {
    const old = before[key];
    const now = after[key] as Json;
    const merged = old === undefined ? now : merge(old, now);
    after[key] = merged;
    same &&= merged === old;
  }
  return same ? before : after;
}

/** Members that have an id are found by it: servers change their places. */
function list(before: Json[], after: Json[]): Json {
  const known = new Map(before.map((member) => [idOf(member), member]));
  let same = before.length === after.length;
  after.forEach((now, place) => {
    const id = idOf(now);
    const old = id === null ? before[place] : known.get(id);
    const merged = old === undefined ? now : merge(old, now);
    after[place] = merged;
    same &&= merged === before[place];
  });
  return same ? before : after;
}

function idOf(member: Json | undefined): string | null {
  if (typeof member !== "object" || member === null || Array.isArray(member)) return null;
  return "id" in member ? JSON.stringify(member.id) : null;
}
