// Start, restart or stop of several servers: one question that names them, then one signal each.
import { useState } from "preact/hooks";
import type { ServerView } from "../bindings/ServerView";
import { Confirm } from "../parts/Confirm";
import { useAround } from "../parts/context";
import { keyOf, nameOf } from "../summary";
import { failure, isolate, say } from "../text";

const SIGNALS = ["start", "restart", "stop"] as const;
type Signal = (typeof SIGNALS)[number];

/** The panel is asked for so many at once, and the agent stays free for others. */
const AT_ONCE = 4;
const NAMES_SHOWN = 8;

interface Props {
  selected: ServerView[];
  onAll(): void;
  onDone(): void;
}

export function Bulk({ selected, onAll, onDone }: Props) {
  const { bridge, announce } = useAround();
  const [asking, setAsking] = useState<{ signal: Signal; servers: ServerView[] } | null>(null);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<string[]>([]);
  const able = (signal: Signal) => selected.filter((server) => server.can[signal]);

  const send = async (signal: Signal, servers: ServerView[]) => {
    setBusy(true);
    const failed: string[] = [];
    const queue = [...servers];
    const one = async () => {
      for (let server = queue.shift(); server; server = queue.shift()) {
        const told = failure(await bridge.dispatch({ kind: "power", server: server.id, signal }));
        const name = isolate(nameOf(server));
        if (told) failed.push(say("window-result-failed", { name, problem: told.what }));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    const sent = servers.length - failed.length;
    const lines = [say("window-bulk-sent", { signal: say(`power-${signal}`), count: sent })];
    setResult([...lines, ...failed]);
    announce([...lines, ...failed].join(". "));
    setBusy(false);
  };

  return (
    <section class="bulk" aria-label={say("window-bulk")}>
      {result.length > 0 && (
        <ul class="results">
          {result.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <div class="row">
        <strong>{say("window-selected", { count: selected.length })}</strong>
        <button type="button" class="quiet" onClick={onAll}>
          {say("window-select-all")}
        </button>
        <button type="button" class="quiet push" onClick={onDone}>
          {say("window-done")}
        </button>
      </div>
      <div class="row">
        {SIGNALS.map((signal) => {
          const servers = able(signal);
          return (
            <button
              key={signal}
              type="button"
              aria-disabled={busy || servers.length === 0}
              onClick={() => !busy && servers.length > 0 && setAsking({ signal, servers })}
            >
              {say(`power-${signal}`)} <span class="count">{servers.length}</span>
            </button>
          );
        })}
      </div>
      {asking && (
        <Confirm
          title={say(`window-bulk-${asking.signal}-ask`, { count: asking.servers.length })}
          yes={say(`power-${asking.signal}`)}
          danger={asking.signal === "stop"}
          onYes={() => void send(asking.signal, asking.servers)}
          onClose={() => setAsking(null)}
        >
          <Names servers={asking.servers} />
          {asking.signal !== "start" && <p>{say(`window-${asking.signal}-ask.what`)}</p>}
          {selected.length > asking.servers.length && (
            <p class="soft">
              {say("window-bulk-not", { count: selected.length - asking.servers.length })}
            </p>
          )}
        </Confirm>
      )}
    </section>
  );
}

function Names({ servers }: { servers: ServerView[] }) {
  const more = servers.length - NAMES_SHOWN;
  return (
    <ul class="names">
      {servers.slice(0, NAMES_SHOWN).map((server) => (
        <li key={keyOf(server)}>
          <bdi>{nameOf(server)}</bdi>
        </li>
      ))}
      {more > 0 && <li class="soft">{say("window-found-more", { count: more })}</li>}
    </ul>
  );
}
