// Which page is shown, and what stands above every page. Keeps the last picture, and no truth of its own.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { AlertsPage } from "./alerts/AlertsPage";
import type { Page } from "./bindings/Page";
import type { Snapshot } from "./bindings/Snapshot";
import type { Bridge, Link } from "./link";
import { Around } from "./parts/context";
import { Leaving } from "./parts/Leaving";
import { LinkBanner } from "./parts/LinkBanner";
import { Notices } from "./parts/Notices";
import { ServerList } from "./servers/ServerList";
import { SettingsPage } from "./settings/SettingsPage";
import { share } from "./share";
import { changes } from "./summary";
import { say } from "./text";
import { Welcome } from "./welcome/Welcome";

export function App({ bridge }: { bridge: Bridge }) {
  const [link, setLink] = useState<Link>({ state: "connecting" });
  const [snapshot, setSnapshot] = useState<Snapshot | null>(null);
  const [page, setPage] = useState<Page>({ kind: "servers" });
  const [spoken, setSpoken] = useState("");
  const last = useRef<Snapshot | null>(null);
  const headingWanted = useRef(false);

  const around = useMemo(() => {
    // The same words twice would not be read out again.
    const announce = (text: string) => setSpoken((old) => (old === text ? `${text}\u00a0` : text));
    const go = (to: Page, from?: Page) =>
      setPage((now) => {
        if (from && from !== now) return now;
        headingWanted.current = TABS.some((kind) => kind === to.kind);
        return to;
      });
    return { bridge, announce, go };
  }, [bridge]);

  useEffect(() => {
    bridge.listen((heard) => {
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
  useEffect(() => {
    if (headingWanted.current) document.querySelector<HTMLElement>("main h1")?.focus();
    headingWanted.current = false;
  }, [page]);

  const cut = link.state === "away" || link.state === "mismatch";
  return (
    <Around value={around}>
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

function Shown({ page, snapshot }: { page: Page; snapshot: Snapshot }) {
  if (page.kind === "settings") return <SettingsPage snapshot={snapshot} />;
  if (page.kind === "alerts") return <AlertsPage snapshot={snapshot} />;
  const first = snapshot.panels.length === 0;
  if (page.kind === "welcome" || first) {
    const wanted = page.kind === "welcome" ? page.panel : null;
    const panel = snapshot.panels.find(({ id }) => id === wanted) ?? null;
    return <Welcome key={wanted ?? ""} panel={panel} first={first} />;
  }
  return <ServerList snapshot={snapshot} page={page.kind === "servers" ? null : page} />;
}

interface TopProps {
  page: Page;
  unread: number;
  demo: boolean;
  onPage(page: Page): void;
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
