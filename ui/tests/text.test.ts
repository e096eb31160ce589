import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CONDITIONS } from "../src/condition";
import { size } from "../src/format";
import { SENSORS } from "../src/sensors";
import {
  dashed,
  failure,
  has,
  LANGUAGES,
  say,
  speak,
  tell,
  why,
  whyNotLive,
  word,
} from "../src/text";
import { names } from "./bindings";

const src = join(import.meta.dirname, "../src");
const sources = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith("bindings"))
  .map((name) => readFileSync(join(src, name), "utf8"));
const keys = [
  ...readFileSync(join(src, "../../locales/en.ftl"), "utf8").matchAll(/^([a-z-]+) =/gm),
].map(([, key]) => key ?? "");

const SIGNALS = ["start", "stop", "restart", "kill"];
/** Every key that is put together, a star where something is put in, and all that this may be. */
const BUILT: Record<string, string[]> = {
  "alert-above-*": names("Measure"),
  "alert-action-failed-*": SIGNALS,
  "alert-measure-*": names("Measure"),
  "alert-together-*": names("Fall"),
  "alert-unstable-*": ["up", "down"],
  "condition-*": names("Condition"),
  "power-*": SIGNALS,
  "problem-*": names("ProblemKind"),
  "sensor-*": names("Sensor"),
  "window-*-ask.what": SIGNALS,
  "window-backup-*": names("BackupProgress"),
  "window-bulk-*-ask": ["start", "restart", "stop"],
  "window-console-*": ["connecting", "offline", "live"],
  "window-figure-*": ["cpu", "memory", "disk", "rx", "tx"],
  "window-filter-*": ["all", "problems", "running", "pinned"],
  "window-icon-style-*": names("IconStyle"),
  "window-keep-*": ["keyring", "until-quit", "file"],
  "window-keep-*.hint": ["keyring", "until-quit", "file"],
  "window-key-where.*": ["sign-in", "menu", "create", "copy"],
  "window-language-*": LANGUAGES,
  "window-left-click-*": names("LeftClick"),
  "window-level-*": ["high", "full"],
  "window-link-older-*": ["agent", "window"],
  "window-live-*": names("LiveUpdates"),
  "window-log-level-*": ["off", "error", "warn", "info", "debug", "trace"],
  "window-own-rule-*": names("AlertRule"),
  "window-part-*": ["overview", "console", "backups", "schedules"],
  "window-pause-*": names("PauseLength"),
  "window-place-*": names("KeyPlace"),
  "window-quiet-*": ["from", "to"],
  "window-rule-*": names("AlertRule"),
  "window-silent-*": names("Silence"),
  "window-theme-*": names("Theme"),
  "window-threshold-*": names("Measure"),
  "window-unit-*": ["bytes", "kib", "mib", "gib", "tib"],
  "window-updates-*": ["off", "connecting", "live"],
};
/** The same, where the page says something else when there is no sentence. */
const BUILT_IF_THERE: Record<string, string[]> = {
  "not-live-*": keys.filter((key) => key.startsWith("not-live-")).map((key) => key.slice(9)),
  "alert-*": ["crashed", "went_down", "crashed_restarting", "back_as_wished", "not_now"],
  "window-by-*": ["stopped", "crashed", "unseen", "away", "list", "found"],
  "window-deed-*": [
    ...["console-command", "reinstall", "schedule-execute", "schedule-update", "settings-rename"],
    ...["start", "complete", "fail", "delete", "restore"].map((what) => `backup-${what}`),
  ],
};
/** Built in two steps: a search for the whole of it in the source finds nothing. */
const BUILT_ON: Record<string, string[]> = {
  "problem-*.next": names("ProblemKind"),
  "window-link-older-*.next": ["agent", "window"],
  "window-peak-*": ["rx", "tx"],
  "window-then-*": ["rx", "tx"],
};
const made = (tables: Record<string, string[]>) =>
  Object.entries(tables).flatMap(([key, all]) => all.map((one) => key.replace("*", dashed(one))));

/** What stands in quotes in the page's source and begins like a key, a star for what is put in. A choice says its legend's. */
function named(source: string): string[] {
  const families = [...new Set(keys.map((key) => key.replace(/-.*/, "")))].join("|");
  const found: string[] = [];
  for (const { 1: begin = "", index } of source.matchAll(
    new RegExp(`["'\`]((?:${families})-[a-z-]*(?:\\.[a-z-]*)?)(?=["'\`]|\\$\\{)`, "g"),
  )) {
    let at = index + 1 + begin.length;
    let key = begin;
    if (source.startsWith("${", at)) {
      let deep = 0;
      do {
        if (source[at] === "{") deep += 1;
        if (source[at] === "}") deep -= 1;
        at += 1;
      } while (deep > 0 || source[at - 1] === "$");
      key += `*${source.slice(at).match(/^[a-z.-]*/)?.[0] ?? ""}`;
    }
    found.push(key);
  }
  const choices = [...source.matchAll(/<Choice\b[^>]*legend="([^"]+)"/g)];
  return [...found, ...choices.map(([, legend]) => `${legend}-*`)];
}

test("every key that the page names is in the texts, and each that is put together is known here", () => {
  const all = sources.flatMap(named);
  expect(all.length).toBeGreaterThan(300);
  const known = (key: string) =>
    key.includes("*") ? key in BUILT || key in BUILT_IF_THERE : has(key);
  expect(all.filter((key) => !known(key))).toEqual([]);
  expect([...made(BUILT), ...made(BUILT_ON)].filter((key) => !has(key))).toEqual([]);
  const rows = Object.keys({ ...BUILT, ...BUILT_IF_THERE });
  expect(rows.filter((key) => !all.includes(key))).toEqual([]);
});

test("no text of the window is left that nobody shows", () => {
  const built = [BUILT, BUILT_ON, BUILT_IF_THERE].flatMap(made);
  const used = [...sources.flatMap(named), ...built];
  const shown = new Set(used.map((key) => key.replace(/\..*/, "")));
  expect(keys.filter((key) => key.startsWith("window-") && !shown.has(key))).toEqual([]);
});

test("a crash is told as far as its node told it", () => {
  const crashed = { kind: "crashed", exit_code: null, out_of_memory: null } as const;
  expect(why(null)).toBe("");
  expect(why({ kind: "stopped" })).toBe("");
  expect(why(crashed)).toBe("");
  expect(why({ ...crashed, exit_code: 0, out_of_memory: false })).toBe("exit code 0");
  expect(why({ ...crashed, out_of_memory: true })).toBe("out of memory");
  expect(why({ ...crashed, exit_code: 137, out_of_memory: true })).toBe(
    "exit code 137, out of memory",
  );
});

test("the tables of the page know all that the agent can say", () => {
  expect([...CONDITIONS].sort()).toEqual(names("Condition").sort());
  expect([...SENSORS].sort()).toEqual(names("Sensor").sort());
});

test("why there are no live updates is told in the language spoken, what is quoted as it is", async () => {
  const told = () => whyNotLive("the node closed the connection: going <b>away</b>");
  expect(told()).toBe("the node closed the connection\u2068: going <b>away</b>\u2069");
  await speak("de");
  expect(told()).toBe("der Node hat die Verbindung geschlossen\u2068: going <b>away</b>\u2069");
  expect(whyNotLive("nobody knows")).toBe("\u2068nobody knows\u2069");
  await speak("en");
});

test("each reason why there are no live updates is known by what the client says", async () => {
  const reasons = keys.filter((key) => key.startsWith("not-live-"));
  expect(reasons.length).toBeGreaterThan(10);
  const english = reasons.map((key) => say(key));
  await speak("de");
  expect(english.map(whyNotLive)).toEqual(reasons.map((key) => say(key)));
  await speak("en");
});

test("a problem says what is wrong and what to do", () => {
  const told = tell({ kind: "ip_not_allowed", detail: "192.0.2.7" });
  expect(told.what).toContain("192.0.2.7");
  expect(told.next).toContain("allowed IPs");
  expect(tell({ kind: "bad_address", detail: "" }).what).toBe("This is not an address of a panel.");
});

test("only what failed is told as failed", () => {
  const broken = { kind: "certificate_unknown", detail: "" } as const;
  expect(failure({ kind: "done" })).toBeNull();
  expect(failure({ kind: "undelivered" })?.what).toContain("did not get this");
  const untrusted = { kind: "untrusted", problem: broken, sha256: "AB" } as const;
  expect(failure(untrusted)?.what).toContain("certificate");
});

test("nothing is promised for what was only tried", () => {
  const late = { kind: "timed_out", detail: "" } as const;
  expect(tell(late).next).toContain("keeps trying");
  expect(tell(late, true).next).toContain("try again");
});

test("a missing key shows itself rather than nothing", () => {
  expect(say("nowhere")).toBe("nowhere");
  expect(word("still_stopping")).toBe("Still stopping");
});

test("numbers and words are those of the language", async () => {
  expect(await speak("de-AT")).toBe("de");
  expect([say("window-settings"), size(2_254_857_830)]).toEqual(["Einstellungen", "2,1 GiB"]);
  expect(await speak("tlh")).toBe("en");
  expect([say("window-settings"), size(2_254_857_830)]).toEqual(["Settings", "2.1 GiB"]);
});
