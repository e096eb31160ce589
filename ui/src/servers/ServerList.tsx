// The page of all servers: headline, what is wrong with a panel, cards.
import { useEffect, useState } from "preact/hooks";
import type { Page } from "../bindings/Page";
import type { PanelView } from "../bindings/PanelView";
import type { Pending } from "../bindings/Pending";
import type { ServerId } from "../bindings/ServerId";
import type { Snapshot } from "../bindings/Snapshot";
import { useAround } from "../parts/context";
import { ToldText } from "../parts/Told";
import { wayOut } from "../problems";
import { headline, keyOf } from "../summary";
import { say, tell } from "../text";
import { cardId, ServerCard } from "./ServerCard";

interface Props {
  snapshot: Snapshot;
  /** The one to bring to the eye. */
  chosen: ServerId | null;
  /** The signal to ask about. */
  asking: Pending["signal"] | null;
  /** The page that was asked for, which may be the same again. */
  asked: Page;
}

export function ServerList({ snapshot, chosen, asking, asked }: Props) {
  const { main, more } = headline(snapshot);
  const now = useNow(snapshot.at_ms);
  const several = snapshot.panels.length > 1;
  const chosenCard = chosen && cardId({ id: chosen });
  useBroughtToTheEye(chosenCard, asked);
  return (
    <>
      <div class="headline">
        <div>
          <h1 tabIndex={-1}>{main}</h1>
          {more !== "" && <p class="soft">{more}</p>}
        </div>
        <RefreshButton />
      </div>
      {snapshot.panels.map((panel) => (
        <section key={panel.id} aria-label={panel.name}>
          {/* One panel needs no title to the eye. */}
          <h2 class={several ? "" : "spoken"}>
            <bdi>{panel.name}</bdi>
          </h2>
          <PanelState panel={panel} named={!several} />
          <ul class="cards">
            {panel.servers.map((server) => (
              <li key={keyOf(server)}>
                <ServerCard
                  server={server}
                  sensors={snapshot.settings.sensors}
                  stale={panel.problem !== null}
                  now={now}
                  chosen={cardId(server) === chosenCard}
                  question={
                    asking && cardId(server) === chosenCard ? { signal: asking, asked } : null
                  }
                  careful={snapshot.settings.confirm_power}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function RefreshButton() {
  const { bridge } = useAround();
  const [busy, setBusy] = useState(false);
  const refresh = async () => {
    if (busy) return;
    setBusy(true);
    await bridge.dispatch({ kind: "refresh" });
    setBusy(false);
  };
  return (
    <button type="button" class="quiet" aria-disabled={busy} onClick={refresh}>
      {say("window-refresh")}
    </button>
  );
}

/** What stands where the servers would be, or above them when the last ones are still shown. */
function PanelState({ panel, named }: { panel: PanelView; named: boolean }) {
  const { go } = useAround();
  if (panel.problem) {
    const label = wayOut(panel.problem.kind);
    return (
      <div class="banner bad">
        {named && (
          <p class="who">
            <bdi>{panel.name}</bdi>
          </p>
        )}
        <ToldText told={tell(panel.problem)} />
        {label && (
          <button type="button" onClick={() => go({ kind: "welcome", panel: panel.id })}>
            {say(label)}
          </button>
        )}
      </div>
    );
  }
  if (panel.servers.length > 0) return null;
  if (panel.connecting) return <p class="soft">{say("window-connecting")}</p>;
  return (
    <div class="banner">
      <ToldText told={{ what: say("window-no-servers"), next: say("window-no-servers.next") }} />
    </div>
  );
}

/** The time, moving on while nothing new comes: ages grow then too. */
function useNow(atMs: number): number {
  const [now, setNow] = useState(atMs);
  useEffect(() => {
    setNow(Math.max(atMs, Date.now()));
    const timer = setInterval(() => setNow(Math.max(atMs, Date.now())), 10_000);
    return () => clearInterval(timer);
  }, [atMs]);
  return now;
}

function useBroughtToTheEye(id: string | null, asked: Page) {
  useEffect(() => {
    const card = id === null ? null : document.getElementById(id);
    card?.scrollIntoView({ block: "center" });
    card?.focus({ preventScroll: true });
  }, [id, asked]);
}
