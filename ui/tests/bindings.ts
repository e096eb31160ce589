// The names that the program's types have, read from the generated files.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The values of a generated union of strings. */
export function names(type: string): string[] {
  const path = join(import.meta.dirname, `../src/bindings/${type}.ts`);
  const source = readFileSync(path, "utf8");
  return [...source.replace(/^\/\/.*$/m, "").matchAll(/"([a-z_]+)"/g)].map(
    ([, name]) => name ?? "",
  );
}
