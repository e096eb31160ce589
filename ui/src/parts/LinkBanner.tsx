// How the connection to the agent is, when it is not as it should be.
import type { Link } from "../link";
import { isolate, say } from "../text";
import { useStart } from "./start";
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

function StartButton() {
  const { busy, failed, start } = useStart("agent");
  return (
    <>
      <button type="button" class="primary" aria-disabled={busy} onClick={start}>
        {say(busy ? "window-link-starting" : "window-link-start")}
      </button>
      {failed !== "" && (
        <p class="next">{say("window-link-start-failed", { detail: isolate(failed) })}</p>
      )}
    </>
  );
}
