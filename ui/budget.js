// What a window loads, compressed, must stay small: fails above the budget. A language beside English is loaded only
// where it is spoken, and has a budget of its own.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET = 60_000;
const OF_A_LANGUAGE = 15_000;
const dist = join(import.meta.dirname, "dist");
const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
const sizes = files.map((file) => ({
  name: file.name,
  language: /^[a-z]{2}-[\w-]+\.js$/.test(file.name),
  bytes: gzipSync(readFileSync(join(file.parentPath, file.name))).length,
}));
const size = sizes.filter(({ language }) => !language).reduce((sum, { bytes }) => sum + bytes, 0);
const judge = (what, bytes, budget) => {
  process.stdout.write(`${what}: ${bytes} of ${budget} bytes, compressed\n`);
  if (bytes > budget) process.exitCode = 1;
};
judge("page", size, BUDGET);
for (const { name, bytes } of sizes.filter(({ language }) => language))
  judge(name, bytes, OF_A_LANGUAGE);
