// The small buttons of a card: pin it, copy its address. A shape tells pinned from not, not a colour.
import { useEffect, useState } from "preact/hooks";
import type { ServerView } from "../bindings/ServerView";
import { useAround } from "../parts/context";
import type { Wish } from "../settings/wish";
import { nameOf } from "../summary";
import { failure, isolate, say, type Told } from "../text";

const PIN = "M5.2 1.7h5.6M6.2 1.7v4.4L4 9.3h8L9.8 6.1V1.7M8 9.3v5";

export function PinButton({ server, wish }: { server: ServerView; wish: Wish<boolean> }) {
  const label = say("window-pin", { name: isolate(nameOf(server)) });
  return (
    <button
      type="button"
      class="quiet small"
      aria-pressed={wish.value}
      aria-label={label}
      title={say(wish.value ? "window-pin.on" : "window-pin.off")}
      onClick={() => wish.change(!wish.value)}
    >
      <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
        <path d={PIN} fill={wish.value ? "currentColor" : "none"} />
      </svg>
    </button>
  );
}

/** How long the sign says that it is done. */
const DONE_FOR = 2000;

interface CopyProps {
  server: ServerView;
  onResult(failed: Told | null): void;
}

export function CopyButton({ server, onResult }: CopyProps) {
  const { bridge, announce } = useAround();
  const [done, setDone] = useState(0);
  useEffect(() => {
    if (done === 0) return;
    const timer = setTimeout(() => setDone(0), DONE_FOR);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async () => {
    const told = failure(await bridge.dispatch({ kind: "copy_address", server: server.id }));
    onResult(told);
    announce(told ? told.what : say("window-copied"));
    if (!told) setDone((times) => times + 1);
  };
  return (
    <button
      type="button"
      class="quiet small"
      title={say("menu-copy-address")}
      onClick={() => void copy()}
    >
      <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
        {done > 0 ? (
          <path d="m2.5 8.5 3.7 3.7 7.3-8" fill="none" />
        ) : (
          <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" fill="none" />
        )}
      </svg>
      <span class="spoken">
        {say("menu-copy-address")} {isolate(nameOf(server))}
      </span>
    </button>
  );
}
