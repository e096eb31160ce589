// What the window loads must stay small, compressed: its JavaScript with every language there is, and all that one start
// loads, with the largest language. Fails above either budget.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET = 60_000;
const dist = join(import.meta.dirname, "dist");
const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
const sizes = files.map((file) => ({
  script: file.name.endsWith(".js"),
  language: /^[a-z]{2}-[\w-]+\.js$/.test(file.name),
  bytes: gzipSync(readFileSync(join(file.parentPath, file.name))).length,
}));
const languages = sizes.filter(({ language }) => language).map(({ bytes }) => bytes);
if (languages.length === 0) throw new Error("the languages are not found");
const sum = (some) => some.reduce((total, { bytes }) => total + bytes, 0);
const judge = (what, bytes) => {
  process.stdout.write(`${what}: ${bytes} of ${BUDGET} bytes, compressed\n`);
  if (bytes > BUDGET) process.exitCode = 1;
};
judge("JavaScript in all", sum(sizes.filter(({ script }) => script)));
judge("one start", sum(sizes.filter(({ language }) => !language)) + Math.max(...languages));
