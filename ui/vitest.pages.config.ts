import { defineConfig } from "vitest/config";

// The built page in a real browser: `npm run build` first.
export default defineConfig({
  test: {
    include: ["tests/**/*.page.ts"],
    globalSetup: "tests/pages/serve.ts",
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A busy machine is slow, not wrong.
    expect: { poll: { timeout: 15_000 } },
  },
});
