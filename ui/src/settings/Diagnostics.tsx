// A report about the program for whoever helps: read here first, then copied.
import { useRef, useState } from "preact/hooks";
import { useAround } from "../parts/context";
import { failure, say, type Told } from "../text";
import { Choice, Failed } from "./fields";
import { useWish } from "./wish";

/** None is the usual one. */
const LEVELS = ["off", "error", "warn", "info", "debug", "trace"] as const;
const USUAL = "info";

export function Diagnostics({ logLevel }: { logLevel: string | null }) {
  const { bridge, announce } = useAround();
  const [text, setText] = useState("");
  const [failed, setFailed] = useState<Told | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const make = async () => {
    const answer = await bridge.dispatch({ kind: "diagnose" });
    setFailed(failure(answer));
    if (answer.kind !== "report") return;
    setText(answer.text);
    announce(say("window-report-made"));
  };
  const copy = () => {
    field.current?.select();
    // The one way that needs no permission of the system.
    const copied = document.execCommand("copy");
    announce(say(copied ? "window-copied" : "window-report-select"));
  };
  return (
    <section aria-labelledby="set-diagnostics">
      <h2 id="set-diagnostics">{say("window-diagnostics")}</h2>
      <LogLevel level={logLevel} />
      <p class="hint">{say("window-diagnostics.hint")}</p>
      <Failed told={failed} />
      {text !== "" && (
        <textarea
          ref={field}
          class="report"
          readOnly
          dir="ltr"
          rows={10}
          aria-label={say("window-report")}
          value={text}
        />
      )}
      <div class="row">
        <button type="button" onClick={() => void make()}>
          {say(text === "" ? "window-report-make" : "window-report-again")}
        </button>
        {text !== "" && (
          <button type="button" class="primary" onClick={copy}>
            {say("window-report-copy")}
          </button>
        )}
      </div>
    </section>
  );
}

function LogLevel({ level }: { level: string | null }) {
  const known = LEVELS.find((each) => each === level) ?? USUAL;
  const wish = useWish<(typeof LEVELS)[number]>(known, (log_level) => ({
    kind: "change_settings",
    change: { log_level },
  }));
  return (
    <Choice
      wish={wish}
      name="log-level"
      legend="window-log-level"
      hint="window-log-level.hint"
      of={LEVELS}
    />
  );
}
