// Every sentence of the page, by key, from the file that the agent reads too.
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import type { Cause } from "./bindings/Cause";
import type { Condition } from "./bindings/Condition";
import type { Problem } from "./bindings/Problem";
import type { Answer } from "./link";

/** Each is fetched when it is spoken: a window pays for one. */
const SOURCES: Record<string, () => Promise<{ default: string }>> = {
  en: () => import("../../locales/en.ftl"),
  de: () => import("../../locales/de.ftl"),
};
/** What may be chosen in the settings. */
export const LANGUAGES = ["system", ...Object.keys(SOURCES)];

/** In letters; none that is said always alike is longer. */
const LONGEST_REASON = 100;

let language = "";
let bundle = new FluentBundle("en");

/** Speaks this language from now on; the system's for `null`, and English where there is none. Gives what is spoken. */
export async function speak(chosen: string | null): Promise<string> {
  const system = globalThis.navigator?.language ?? "en";
  const known = (tag: string) => tag in SOURCES;
  const primary = [chosen, system].map((tag) => tag?.split("-")[0] ?? "").find(known) ?? "en";
  if (primary === language) return language;
  const source = (await SOURCES[primary]?.())?.default ?? "";
  language = primary;
  bundle = new FluentBundle(primary, { useIsolating: false });
  bundle.addResource(new FluentResource(source));
  if (globalThis.document) document.documentElement.lang = primary;
  return language;
}

/** The language that is spoken. */
export const speaking = () => language;

/** For dates and numbers: what is spoken, with the day before the month. */
export const locale = () => (language === "en" ? "en-GB" : language);

export type Parts = Record<string, FluentVariable>;

/** A sentence. `key` may name an attribute: `problem-dns.next`. A missing one shows its key. */
export function say(key: string, parts: Parts = {}): string {
  const [id = key, attribute] = key.split(".");
  const message = bundle.getMessage(id);
  const pattern = attribute === undefined ? message?.value : message?.attributes[attribute];
  return pattern ? bundle.formatPattern(pattern, parts, []) : key;
}

export function has(key: string): boolean {
  const [id = key, attribute] = key.split(".");
  const message = bundle.getMessage(id);
  return Boolean(attribute === undefined ? message?.value : message?.attributes[attribute]);
}

/** A name from outside inside a sentence: its direction of writing must not turn the rest around. */
export function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}

/** The form of a name from the contract in a key: `still_stopping` is `still-stopping` there. */
export const dashed = (name: string) => name.replaceAll("_", "-");

export const word = (condition: Condition) => say(`condition-${dashed(condition)}`);

/** What a node reported of a crash, as part of a sentence; empty when it told nothing. */
export function why(cause: Cause | null): string {
  if (cause?.kind !== "crashed") return "";
  const code = cause.exit_code;
  const parts = code === null ? [] : [say("cause-exit-code", { code: `${code}` })];
  if (cause.out_of_memory) parts.push(say("cause-out-of-memory"));
  return parts.join(", ");
}

/** Why there are no live updates: what the client always says alike in the language spoken, what it quotes as it is. */
export function whyNotLive(why: string): string {
  const words = [...why.slice(0, LONGEST_REASON).matchAll(/[A-Za-z0-9]+/g)];
  for (let many = words.length; many > 0; many -= 1) {
    const key = `not-live-${words.slice(0, many).join("-")}`;
    const last = words[many - 1];
    if (!last || !has(key)) continue;
    const quoted = why.slice(last.index + last[0].length);
    return say(key) + (quoted && isolate(quoted));
  }
  return isolate(why);
}

export interface Told {
  what: string;
  next: string;
}

/** With `tried`, what to do about it while address and key are only tried: nothing is tried again by itself then. */
export function tell(problem: Problem, tried = false): Told {
  const key = `problem-${dashed(problem.kind)}`;
  const next = tried && has(`${key}.trial`) ? `${key}.trial` : `${key}.next`;
  // The sentence around it ends with a full stop of its own.
  const detail = problem.detail.replace(/\.+$/, "");
  const parts = { detail: isolate(detail), "has-detail": detail === "" ? "no" : "yes" };
  return { what: say(key, parts), next: say(next, parts) };
}

/** Why an action failed; `null` when it did not. */
export function failure(answer: Answer, tried = false): Told | null {
  switch (answer.kind) {
    case "failed":
    case "untrusted":
      return tell(answer.problem, tried);
    case "undelivered":
      return { what: say("window-not-delivered"), next: "" };
    case "done":
    case "found":
    case "backups":
    case "schedules":
    case "activity":
    case "sparklines":
    case "report":
      return null;
  }
}
