// The way out of the page: the only file that knows of Tauri.
import { Channel, invoke } from "@tauri-apps/api/core";
import type { ServerId } from "./bindings/ServerId";
import type { Answer, Bridge, Heard } from "./link";

interface Wanted {
  visible: boolean;
  server: ServerId | null;
  lines: boolean;
}

export function tauriBridge(): Bridge {
  // What the page wants to be told, always said as a whole.
  let wanted: Wanted = { visible: false, server: null, lines: false };
  const want = (more: Partial<Wanted>) => {
    wanted = { ...wanted, ...more };
    void invoke("watch", { ...wanted });
  };
  return {
    listen(hear) {
      const channel = new Channel<Heard>();
      channel.onmessage = hear;
      void invoke("subscribe", { channel });
    },
    watch(visible) {
      want({ visible });
    },
    async dispatch(action) {
      try {
        return await invoke<Answer>("dispatch", { action });
      } catch {
        return { kind: "undelivered" };
      }
    },
    console(server, lines) {
      want({ server, lines });
    },
    start: (what) => invoke("start", { what }),
    login: {
      enabled: () => invoke("starts_at_login"),
      set: (on) => invoke("start_at_login", { on }),
    },
  };
}
