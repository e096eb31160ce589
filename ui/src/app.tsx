// Which page is shown, and what stands above every page. Keeps the last picture, and no truth of its own.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { AlertsPage } from "./alerts/AlertsPage";
import type { Snapshot } from "./bindings/Snapshot";
import type { Bridge, Heard, Link } from "./link";
import { Around, type Place } from "./parts/context";
import { Leaving } from "./parts/Leaving";
import { LinkBanner } from "./parts/LinkBanner";
import { Notices } from "./parts/Notices";
import { ServerPage } from "./server/ServerPage";
import { ServerList } from "./servers/ServerList";
import { SettingsPage } from "./settings/SettingsPage";
import { share } from "./share";
import { changes, keyOf } from "./summary";
import { say, speak, speaking } from "./text";
import { Welcome } from "./welcome/Welcome";

export function App({ bridge }: { bridge: Bridge }) {
  const [link, setLink] = useState<Link>({ state: "connecting" });
  const [snapshot, setSnapshot] = useState<Snapshot | null>(null);
  const [page, setPage] = useState<Place>({ kind: "servers" });
  const [spoken, setSpoken] = useState("");
  const [language, setLanguage] = useState(speaking);
  const last = useRef<Snapshot | null>(null);
  const headingWanted = useRef(false);

  const around = useMemo(() => {
    // The same words twice would not be read out again.
    const announce = (text: string) => setSpoken((old) => (old === text ? `${text}\u00a0` : text));
    const hearers = new Set<(heard: Heard) => void>();
    const hear = (hearer: (heard: Heard) => void) => {
      hearers.add(hearer);
      return () => void hearers.delete(hearer);
    };
    const go = (to: Place, from?: Place) =>
      setPage((now) => {
        if (from && from !== now) return now;
        headingWanted.current = HEADED.has(to.kind);
        return to;
      });
    return { bridge, announce, go, hear, hearers };
  }, [bridge]);

  useEffect(() => {
    bridge.listen((heard) => {
      for (const hearer of around.hearers) hearer(heard);
      if (heard.kind === "link") setLink(heard);
      else if (heard.kind === "show") around.go(heard.page);
      else if (heard.kind === "snapshot") {
        const news = changes(last.current, heard.snapshot);
        if (news !== "") around.announce(news);
        last.current = share(last.current, heard.snapshot);
        setSnapshot(last.current);
      }
    });
    const watch = () => bridge.watch(document.visibilityState === "visible");
    watch();
    document.addEventListener("visibilitychange", watch);
    return () => document.removeEventListener("visibilitychange", watch);
  }, [bridge, around]);

  useEffect(() => {
    document.documentElement.dataset.theme = snapshot?.settings.theme ?? "system";
  }, [snapshot?.settings.theme]);
  const chosen = snapshot?.settings.language;
  useEffect(() => {
    if (chosen !== undefined) void speak(chosen).then(setLanguage);
  }, [chosen]);
  const drawnIn = useRef(language);
  useEffect(() => {
    // Drawn anew, the field that it was chosen in has lost the focus.
    if (drawnIn.current !== language)
      document.querySelector<HTMLElement>('[name="language"]:checked')?.focus();
    drawnIn.current = language;
  }, [language]);
  useEffect(() => {
    if (headingWanted.current) document.querySelector<HTMLElement>("main h1")?.focus();
    headingWanted.current = false;
  }, [page]);

  const cut = link.state === "away" || link.state === "mismatch";
  return (
    // Another language draws everything anew.
    <Around key={language} value={around}>
      <Top
        page={page}
        unread={page.kind === "alerts" ? 0 : (snapshot?.unread_alerts ?? 0)}
        demo={snapshot?.demo ?? false}
        onPage={setPage}
      />
      <main>
        <LinkBanner link={link} />
        {snapshot && !cut && <Notices notices={snapshot.notices} />}
        {snapshot && !cut && <Leaving panels={snapshot.leaving} />}
        {snapshot && (
          // What cannot be sent must not look as if it could.
          <div class="page" inert={cut}>
            <Shown page={page} snapshot={snapshot} />
          </div>
        )}
      </main>
      <p class="spoken" role="status">
        {spoken}
      </p>
    </Around>
  );
}

/** Pages whose heading takes the focus. */
const HEADED: ReadonlySet<Place["kind"]> = new Set<Place["kind"]>([
  "servers",
  "alerts",
  "settings",
  "server",
  "console",
]);

function Shown({ page, snapshot }: { page: Place; snapshot: Snapshot }) {
  if (page.kind === "settings") return <SettingsPage snapshot={snapshot} />;
  if (page.kind === "alerts") return <AlertsPage snapshot={snapshot} />;
  const first = snapshot.panels.length === 0;
  if (page.kind === "welcome" || first) {
    const wanted = page.kind === "welcome" ? page.panel : null;
    const panel = snapshot.panels.find(({ id }) => id === wanted) ?? null;
    const settings = snapshot.settings.panels.find(({ id }) => id === wanted) ?? null;
    return <Welcome key={wanted ?? ""} panel={panel} settings={settings} first={first} />;
  }
  if (page.kind === "server" || page.kind === "console")
    return <ServerPage key={keyOf({ id: page.server })} page={page} snapshot={snapshot} />;
  return <ServerList snapshot={snapshot} page={page.kind === "servers" ? null : page} />;
}

interface TopProps {
  page: Place;
  unread: number;
  demo: boolean;
  onPage(page: Place): void;
}

const TABS = ["servers", "alerts", "settings"] as const;
const TITLES = {
  servers: "window-servers",
  alerts: "window-alerts",
  settings: "window-settings",
} as const;

function Top({ page, unread, demo, onPage }: TopProps) {
  const current = page.kind === "alerts" || page.kind === "settings" ? page.kind : "servers";
  return (
    <header class="top">
      <nav aria-label={say("window-pages")}>
        {TABS.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-current={kind === current ? "page" : undefined}
            onClick={() => onPage({ kind })}
          >
            {say(TITLES[kind])}
            {kind === "alerts" && unread > 0 && (
              <>
                {" "}
                <span class="unread">
                  <span aria-hidden="true">{unread}</span>
                  <span class="spoken">{say("window-unread", { count: unread })}</span>
                </span>
              </>
            )}
          </button>
        ))}
      </nav>
      {demo && (
        <p class="demo" title={say("window-demo.what")}>
          {say("window-demo")}
        </p>
      )}
    </header>
  );
}
