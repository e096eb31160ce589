// The way to look around without a panel: a program of its own, with its own window.
import { useStart } from "../parts/start";
import { isolate, say } from "../text";

export function DemoButton() {
  const { busy, failed, start } = useStart("demo");
  return (
    <div class="demo-offer">
      <p class="soft">{say("window-try-demo")}</p>
      <button type="button" aria-disabled={busy} onClick={start}>
        {say(busy ? "window-demo-started" : "window-demo-start")}
      </button>
      {failed !== "" && (
        <p class="next">{say("window-demo-failed", { detail: isolate(failed) })}</p>
      )}
    </div>
  );
}
