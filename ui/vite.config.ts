import { defineConfig } from "vite";
import { texts } from "./texts.ts";

export default defineConfig({
  plugins: [texts],
  // The texts are shared with the agent and lie beside this folder.
  server: { fs: { allow: [".."] }, host: "127.0.0.1" },
  // No eval and no inline script: the page's content policy allows neither.
  build: { target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
});
