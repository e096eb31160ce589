import { defineConfig } from "vitest/config";
import { texts } from "./texts.ts";

export default defineConfig({
  plugins: [texts],
  test: { include: ["tests/**/*.test.ts"], setupFiles: "tests/speak.ts" },
});
