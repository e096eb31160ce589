// The page of all servers: headline, finding them, what is wrong with a panel, cards.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ServerId } from "../bindings/ServerId";
import type { ServerView } from "../bindings/ServerView";
import type { Snapshot } from "../bindings/Snapshot";
import { duration } from "../format";
import { type Place as Shown, useAround } from "../parts/context";
import { ToldText } from "../parts/Told";
import { ageWorthSaying, headline, inOrder, keyOf, panelNames } from "../summary";
import { say } from "../text";
import { Bulk } from "./Bulk";
import type { Place } from "./CardMenu";
import { type Filter, isFiltering, isOfKind, KINDS, matching, NO_FILTER, pinsOf } from "./filter";
import { HiddenServers } from "./HiddenServers";
import { PanelState } from "./PanelState";
import { cardId, ServerCard } from "./ServerCard";
import { Slot } from "./Slot";
import { useSparks } from "./sparks";
import { Toolbar } from "./Toolbar";

interface Props {
  snapshot: Snapshot;
  /** About one of them: it is brought to the eye, and may have a question to answer. */
  page: Extract<Shown, { kind: "card" | "confirm" }> | null;
}

/** Fewer servers than these need no search, and no way to select several. */
const WORTH_A_SEARCH = 4;
const WORTH_SELECTING = 2;
/** Cards that are made before anything is known of what can be seen. */
const AT_ONCE = 24;

/** What was looked for last, for whoever comes back to the page. */
let last: Filter = NO_FILTER;

export function ServerList({ snapshot, page }: Props) {
  const { bridge } = useAround();
  const { settings, panels } = snapshot;
  const { main, more } = headline(snapshot);
  const now = useNow(snapshot.at_ms);
  const sparks = useSparks(bridge);
  const [filter, setFilter] = useState(last);
  const [selected, setSelected] = useState<ReadonlySet<string> | null>(null);
  const chosen = page?.server ?? null;
  const chosenCard = chosen && cardId({ id: chosen });
  const missing = useMissing(snapshot, page);
  const pins = useMemo(() => pinsOf(settings.pinned), [settings.pinned]);
  const select = useRef((server: ServerView, on: boolean) =>
    setSelected((old) => {
      const keys = new Set(old);
      if (on) keys.add(keyOf(server));
      else keys.delete(keyOf(server));
      return keys;
    }),
  ).current;
  last = filter;
  useEffect(() => {
    // Whoever is sent to a server has to see it.
    if (chosen) setFilter(NO_FILTER);
  }, [chosen]);
  useKeptFocus();
  useBroughtToTheEye(chosen);

  const found = matching(filter.query);
  const all = panels.flatMap((panel) => panel.servers);
  const listed = all.filter((server) => !server.hidden);
  const hidden = all.filter((server) => server.hidden && found(server));
  const fits = (server: ServerView) =>
    !server.hidden && found(server) && isOfKind(server, filter.kind, pins);
  const shown = panels
    .filter(({ id }) => filter.panel === "" || filter.panel === id)
    .map((panel) => ({ panel, servers: inOrder(panel.servers.filter(fits), settings.pinned) }));
  const visible = shown.flatMap(({ servers }) => servers);
  const count = (kind: Filter["kind"]) => listed.filter((one) => isOfKind(one, kind, pins)).length;
  const filtering = isFiltering(filter);
  const names = panelNames(panels);
  let place = 0;
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
      {(listed.length >= WORTH_SELECTING || filtering) && (
        <Toolbar
          finding={listed.length >= WORTH_A_SEARCH || filtering || panels.length > 1}
          filter={filter}
          counts={counts(count)}
          panels={panels}
          selecting={selected !== null}
          onFilter={setFilter}
          onSelecting={(on) => setSelected(on ? new Set() : null)}
        />
      )}
      {shown.map(({ panel, servers }) => (
        <section key={panel.id} aria-label={names.get(panel.id)}>
          {/* One panel needs no title to the eye. */}
          <h2 class={panels.length > 1 ? "" : "spoken"}>
            <bdi>{names.get(panel.id)}</bdi>
          </h2>
          <PanelState
            panel={panel}
            settings={settings.panels.find(({ id }) => id === panel.id) ?? null}
            named={panels.length === 1}
          />
          <ul class="cards">
            {servers.map((server, nth) => {
              const isChosen = cardId(server) === chosenCard;
              const age = ageWorthSaying(server, panel.problem !== null, now);
              place += 1;
              return (
                <Slot
                  key={keyOf(server)}
                  wanted={isChosen || place <= AT_ONCE}
                  place={nth + 1}
                  of={servers.length}
                >
                  {() => (
                    <ServerCard
                      server={server}
                      settings={settings}
                      spark={sparks.get(keyOf(server))}
                      stale={panel.problem !== null}
                      age={age === null ? "" : duration(age)}
                      place={placeOf(server, settings.pinned)}
                      chosen={isChosen}
                      question={isChosen && page?.kind === "confirm" ? page : null}
                      selected={selected === null ? null : selected.has(keyOf(server))}
                      onSelect={select}
                    />
                  )}
                </Slot>
              );
            })}
          </ul>
        </section>
      ))}
      {filtering && visible.length === 0 && listed.length > 0 && (
        <div class="nothing">
          <p class="soft">{say("window-nothing-found")}</p>
          <button type="button" onClick={() => setFilter(NO_FILTER)}>
            {say("window-show-all")}
          </button>
        </div>
      )}
      <HiddenServers servers={hidden} open={filter.query.trim() !== ""} />
      {selected && (
        <Bulk
          selected={listed.filter((server) => selected.has(keyOf(server)))}
          onAll={() => setSelected(new Set(visible.map(keyOf)))}
          onDone={() => setSelected(null)}
        />
      )}
    </>
  );
}

function counts(count: (kind: Filter["kind"]) => number) {
  const entries = KINDS.map((kind) => [kind, count(kind)] as const);
  return Object.fromEntries(entries) as Record<Filter["kind"], number>;
}

/** Among the pinned servers of its panel. */
function placeOf({ id }: ServerView, pinned: readonly ServerId[]): Place | null {
  const here = pinned.filter(({ panel }) => panel === id.panel);
  const at = here.findIndex(({ uuid }) => uuid === id.uuid);
  if (at < 0) return null;
  if (here.length === 1) return "only";
  if (at === 0) return "first";
  return at === here.length - 1 ? "last" : "middle";
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
