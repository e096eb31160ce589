// The way out of the page: the only file that knows of Tauri.
import { Channel, invoke } from "@tauri-apps/api/core";
import type { Answer, Bridge, Heard } from "./link";

export function tauriBridge(): Bridge {
  return {
    listen(hear) {
      const channel = new Channel<Heard>();
      channel.onmessage = hear;
      void invoke("subscribe", { channel });
    },
    watch(visible) {
      void invoke("watch", { visible });
    },
    async dispatch(action) {
      try {
        return await invoke<Answer>("dispatch", { action });
      } catch {
        return { kind: "undelivered" };
      }
    },
    console(server, lines) {
      void invoke("console", { server, lines });
    },
    startAgent: () => invoke("start_agent"),
    login: {
      enabled: () => invoke("starts_at_login"),
      set: (on) => invoke("start_at_login", { on }),
    },
  };
}
