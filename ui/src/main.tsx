// Starts the page: one bridge, one tree.
import { render } from "preact";
import { App } from "./app";
import { tauriBridge } from "./bridge";
import { speak } from "./text";

async function bridge() {
  // `npm run dev` in a browser: invented servers, no agent.
  if (import.meta.env.DEV && !("__TAURI_INTERNALS__" in window)) {
    const { fakeBridge } = await import("./bridge.fake");
    return fakeBridge();
  }
  return tauriBridge();
}

await speak(null);
const root = document.getElementById("root");
if (root) render(<App bridge={await bridge()} />, root);
