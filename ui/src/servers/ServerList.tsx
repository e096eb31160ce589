// The page of all servers: headline, what is wrong with a panel, cards.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { PanelView } from "../bindings/PanelView";
import type { ServerId } from "../bindings/ServerId";
import type { Snapshot } from "../bindings/Snapshot";
import { type Place, useAround } from "../parts/context";
import { ToldText } from "../parts/Told";
import { wayOut } from "../problems";
import { headline, inOrder, keyOf } from "../summary";
import { say, tell } from "../text";
import { cardId, ServerCard } from "./ServerCard";

interface Props {
  snapshot: Snapshot;
  /** About one of them: it is brought to the eye, and may have a question to answer. */
  page: Extract<Place, { kind: "card" | "confirm" }> | null;
}

export function ServerList({ snapshot, page }: Props) {
  const { settings } = snapshot;
  const { main, more } = headline(snapshot);
  const now = useNow(snapshot.at_ms);
  const several = snapshot.panels.length > 1;
  const chosen = page?.server ?? null;
  const chosenCard = chosen && cardId({ id: chosen });
  const missing = useMissing(snapshot, page);
  useKeptFocus();
  useBroughtToTheEye(chosen);
  return (
    <>
      <div class="headline">
        <div>
          <h1 tabIndex={-1}>{main}</h1>
          {more !== "" && <p class="soft">{more}</p>}
        </div>
        <RefreshButton />
      </div>
      {missing.is && (
        <div class="banner">
          <ToldText told={missingTold()} />
          <button type="button" class="quiet" onClick={missing.dismiss}>
            {say("window-dismiss")}
          </button>
        </div>
      )}
      {snapshot.panels.map((panel) => (
        <section key={panel.id} aria-label={panel.name}>
          {/* One panel needs no title to the eye. */}
          <h2 class={several ? "" : "spoken"}>
            <bdi>{panel.name}</bdi>
          </h2>
          <PanelState panel={panel} named={!several} />
          <ul class="cards">
            {inOrder(panel.servers, settings.pinned).map((server) => {
              const isChosen = cardId(server) === chosenCard;
              return (
                <li key={keyOf(server)}>
                  <ServerCard
                    server={server}
                    settings={settings}
                    stale={panel.problem !== null}
                    now={now}
                    chosen={isChosen}
                    question={isChosen && page?.kind === "confirm" ? page : null}
                  />
                </li>
              );
            })}
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

/** Each time one is chosen, once: as soon as it is there. */
function useBroughtToTheEye(chosen: ServerId | null) {
  const brought = useRef<ServerId | null>(null);
  // Before a dialog opens: it gives the focus back to where it was.
  useLayoutEffect(() => {
    if (chosen === brought.current) return;
    const card = chosen && document.getElementById(cardId({ id: chosen }));
    if (chosen && !card) return;
    brought.current = chosen;
    if (!card) return;
    const inside = card.contains(document.activeElement);
    card.scrollIntoView({ block: inside ? "nearest" : "center" });
    if (!inside) card.focus({ preventScroll: true });
  });
}

/** A card that changes its place drops the focus in some engines. */
function useKeptFocus() {
  const had = document.activeElement;
  useLayoutEffect(() => {
    const lost = document.activeElement === document.body && had !== document.body;
    if (lost && had instanceof HTMLElement) had.focus({ preventScroll: true });
  });
}

const missingTold = () => ({ what: say("window-missing"), next: say("window-missing.next") });

/** Whether a question was about a server that is not there. It is dropped then, not asked later. */
function useMissing(snapshot: Snapshot, page: Props["page"]) {
  const { announce, go } = useAround();
  const [is, set] = useState(false);
  useEffect(() => {
    if (page) set(false);
    if (page?.kind !== "confirm") return;
    const panel = snapshot.panels.find(({ id }) => id === page.server.panel);
    const there = panel?.servers.some((server) => keyOf(server) === keyOf({ id: page.server }));
    const waiting = panel?.connecting && !panel.problem;
    if (there || waiting) return;
    set(true);
    announce(missingTold().what);
    go({ kind: "servers" }, page);
  }, [snapshot, page]);
  return { is, dismiss: () => set(false) };
}
