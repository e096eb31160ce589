import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { KeyPlace } from "../src/bindings/KeyPlace";
import { CONDITIONS } from "../src/condition";
import { size } from "../src/format";
import { SENSORS } from "../src/sensors";
import { dashed, failure, has, LANGUAGES, say, speak, tell, why, word } from "../src/text";
import { names } from "./bindings";

const src = join(import.meta.dirname, "../src");
const sources = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith("bindings"))
  .map((name) => readFileSync(join(src, name), "utf8"));

test("every key that the page names is in the texts", () => {
  const used = sources.flatMap((source) =>
    [...source.matchAll(/["'`]((?:window|headline|menu|power)-[a-z-]+(?:\.[a-z-]+)?)["'`]/g)].map(
      ([, key]) => key ?? "",
    ),
  );
  expect(used.length).toBeGreaterThan(80);
  expect(used.filter((key) => !has(key))).toEqual([]);
});

test("every key that is put together is in the texts", () => {
  const places: KeyPlace[] = ["keyring", "until_quit", "file", "environment"];
  const keys = [
    ...names("Condition").map((name) => `condition-${dashed(name)}`),
    ...names("Sensor").map((name) => `sensor-${dashed(name)}`),
    ...names("ProblemKind").flatMap((name) => [
      `problem-${dashed(name)}`,
      `problem-${dashed(name)}.next`,
    ]),
    ...LANGUAGES.map((name) => `window-language-${name}`),
    ...names("Theme").map((name) => `window-theme-${name}`),
    ...names("LiveUpdates").map((name) => `window-live-${name}`),
    ...names("LeftClick").map((name) => `window-left-click-${name}`),
    ...names("IconStyle").map((name) => `window-icon-style-${name}`),
    ...["start", "stop", "restart", "kill"].flatMap((name) => [
      `window-${name}-ask`,
      `window-${name}-ask.what`,
    ]),
    ...places.map((name) => `window-place-${dashed(name)}`),
    ...["start", "stop", "restart", "kill"].map((name) => `power-${name}`),
    ...["bytes", "kib", "mib", "gib", "tib", "percent"].map((name) => `window-unit-${name}`),
    ...["high", "full"].map((name) => `window-level-${name}`),
    ...["keyring", "until-quit", "file"].flatMap((name) => [
      `window-keep-${name}`,
      `window-keep-${name}.hint`,
    ]),
    ...["agent", "window"].flatMap((name) => [
      `window-link-older-${name}`,
      `window-link-older-${name}.next`,
    ]),
    ...["sign-in", "menu", "create", "copy"].map((name) => `window-key-where.${name}`),
  ];
  expect(keys.filter((key) => !has(key))).toEqual([]);
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

test("no text of the window is left that nobody shows", () => {
  const texts = readFileSync(join(src, "../../locales/en.ftl"), "utf8");
  const ids = [...texts.matchAll(/^(window-[a-z-]+) =/gm)].map(([, id]) => id ?? "");
  const all = sources.join("\n");
  const builtUp =
    /^window-(language|part|updates|peak|then|figure|by|deed|console|backup|unit|level|filter|bulk|silent|pause|rule|own-rule|quiet|threshold|place|theme|live|left-click|icon-style|keep|link-older|log-level)-|-ask$/;
  const used = (id: string) => new RegExp(`${id}["'\`.]`).test(all);
  expect(ids.filter((id) => !builtUp.test(id) && !used(id))).toEqual([]);
});

test("the tables of the page know all that the agent can say", () => {
  expect([...CONDITIONS].sort()).toEqual(names("Condition").sort());
  expect([...SENSORS].sort()).toEqual(names("Sensor").sort());
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
