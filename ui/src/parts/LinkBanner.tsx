// How the connection to the agent is, when it is not as it should be.
import { useEffect, useState } from "preact/hooks";
import type { Link } from "../link";
import { isolate, say } from "../text";
import { useAround } from "./context";
import { ToldText } from "./Told";

export function LinkBanner({ link }: { link: Link }) {
  if (link.state === "there") return null;
  if (link.state === "connecting")
    return <p class="soft looking">{say("window-link-connecting")}</p>;
  const key = link.state === "away" ? "window-link-away" : `window-link-older-${link.older}`;
  return (
    <div class="banner bad" role="alert">
      <ToldText heading told={{ what: say(key), next: say(`${key}.next`) }} />
      {link.state === "away" && <StartButton />}
    </div>
  );
}

/** A start that leads to nothing may be tried again after this. */
const PATIENCE = 8000;

function StartButton() {
  const { bridge } = useAround();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => setBusy(false), PATIENCE);
    return () => clearTimeout(timer);
  }, [busy]);
  const start = async () => {
    if (busy) return;
    setBusy(true);
    setFailed("");
    try {
      await bridge.startAgent();
    } catch (why) {
      setBusy(false);
      setFailed(say("window-link-start-failed", { detail: isolate(String(why)) }));
    }
  };
  return (
    <>
      <button type="button" class="primary" aria-disabled={busy} onClick={start}>
        {say(busy ? "window-link-starting" : "window-link-start")}
      </button>
      {failed !== "" && <p class="next">{failed}</p>}
    </>
  );
}
