// The last alerts, newest first, also those that were not shown; whoever looks has seen them.
import { useEffect, useRef } from "preact/hooks";
import type { KeptAlert } from "../bindings/KeptAlert";
import type { Pause } from "../bindings/Pause";
import type { Snapshot } from "../bindings/Snapshot";
import { duration } from "../format";
import { useAround } from "../parts/context";
import { dashed, locale, say } from "../text";
import { pageOf, weight, words } from "./words";

export function AlertsPage({ snapshot }: { snapshot: Snapshot }) {
  const { bridge } = useAround();
  const { alerts, unread_alerts, at_ms, settings } = snapshot;
  const newest = alerts[0]?.number ?? 0;
  // What was new when the page was opened stays marked while it is open.
  const fresh = useRef(new Set<number>()).current;
  for (const { number, unread } of alerts) if (unread) fresh.add(number);
  useEffect(() => {
    if (unread_alerts > 0) void bridge.dispatch({ kind: "alerts_seen", newest });
  }, [unread_alerts, newest]);
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>{say("window-alerts")}</h1>
      <Pausing paused={settings.alerts.paused} now={at_ms} />
      {alerts.length === 0 ? (
        <div class="nothing">
          <p>{say("window-no-alerts")}</p>
          <p class="soft">{say("window-no-alerts.what")}</p>
        </div>
      ) : (
        <ol class="alerts">
          {alerts.map((alert) => (
            <Alert key={alert.number} alert={alert} fresh={fresh.has(alert.number)} now={at_ms} />
          ))}
        </ol>
      )}
    </div>
  );
}

function Alert({ alert, fresh, now }: { alert: KeptAlert; fresh: boolean; now: number }) {
  const { go } = useAround();
  const { title, body } = words(alert);
  const page = pageOf(alert);
  return (
    <li class="card alert" data-weight={weight(alert)}>
      <header>
        <h2>
          {page ? (
            <button type="button" class="name" onClick={() => go(page)}>
              {title}
            </button>
          ) : (
            title
          )}
        </h2>
        {fresh && <span class="new">{say("window-alert-new")}</span>}
      </header>
      {body !== "" && <p class="body">{body}</p>}
      <p class="where">
        <time dateTime={new Date(alert.at_ms).toISOString()} title={exactly(alert.at_ms)}>
          {say("window-ago", { duration: duration(now - alert.at_ms) })}
        </time>
        {alert.silent && ` · ${say(`window-silent-${dashed(alert.silent)}`)}`}
      </p>
    </li>
  );
}

const exactly = (ms: number) => new Date(ms).toLocaleString(locale());

const LENGTHS = ["hour", "tomorrow", "until_resumed"] as const;

/** Not to be told for a while. */
export function Pausing({ paused, now }: { paused: Pause | null; now: number }) {
  const { bridge } = useAround();
  if (paused) {
    const left = paused.kind === "until" ? duration(paused.at_ms - now) : "";
    return (
      <div class="banner">
        <p class="what">
          {left === "" ? say("window-paused") : say("window-paused-for", { duration: left })}
        </p>
        <p class="next">{say("window-paused.what")}</p>
        <button type="button" onClick={() => void bridge.dispatch({ kind: "resume_alerts" })}>
          {say("window-resume")}
        </button>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons, not a form
    <div class="row pausing" role="group" aria-labelledby="pause">
      <span id="pause" class="soft">
        {say("window-pause")}
      </span>
      {LENGTHS.map((length) => (
        <button
          key={length}
          type="button"
          class="chip"
          onClick={() => void bridge.dispatch({ kind: "pause_alerts", length })}
        >
          {say(`window-pause-${dashed(length)}`)}
        </button>
      ))}
    </div>
  );
}
