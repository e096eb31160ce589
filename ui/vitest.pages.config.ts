import { defineConfig } from "vitest/config";
import { texts } from "./texts.ts";

// The built page in a real browser: `npm run build` first.
export default defineConfig({
  plugins: [texts],
  test: {
    setupFiles: "tests/speak.ts",
    include: ["tests/**/*.page.ts"],
    globalSetup: "tests/pages/serve.ts",
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A busy machine is slow, not wrong.
    expect: { poll: { timeout: 15_000 } },
  },
});
