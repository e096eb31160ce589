// The whole page, compressed, must stay small: fails above the budget.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET = 60_000;
const dist = join(import.meta.dirname, "dist");
const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
const size = files
  .map((file) => gzipSync(readFileSync(join(file.parentPath, file.name))).length)
  .reduce((sum, bytes) => sum + bytes, 0);
process.stdout.write(`page: ${size} of ${BUDGET} bytes, compressed\n`);
if (size > BUDGET) process.exit(1);
