// One server: everything about it in one place. Which part is in view is the only thing it keeps.
import { useEffect, useRef, useState } from "preact/hooks";
import type { May } from "../bindings/May";
import type { ServerView } from "../bindings/ServerView";
import type { Snapshot } from "../bindings/Snapshot";
import { look } from "../condition";
import { duration } from "../format";
import { type Place, useAround } from "../parts/context";
import { Mark } from "../parts/Mark";
import { ToldText } from "../parts/Told";
import { PowerButtons, type Question } from "../servers/PowerButtons";
import { ageWorthSaying, keyOf, nameOf } from "../summary";
import { isolate, say, tell, why, word } from "../text";
import { Backups } from "./Backups";
import { ConsoleView } from "./ConsoleView";
import { Overview } from "./Overview";
import { Schedules } from "./Schedules";
import { Tabs } from "./Tabs";
import "./server.css";

interface Props {
  page: Extract<Place, { kind: "server" | "console" }>;
  snapshot: Snapshot;
}

const PARTS = ["overview", "console", "backups", "schedules"] as const;
export type Part = (typeof PARTS)[number];

/** What a user may not see is not offered; that there is a console is always said. */
const offered = (may: May): Part[] =>
  PARTS.filter((part) => part === "overview" || part === "console" || may[part]);

export function ServerPage({ page, snapshot }: Props) {
  const { go } = useAround();
  const all = snapshot.panels.flatMap((panel) => panel.servers);
  const server = all.find((one) => keyOf(one) === keyOf({ id: page.server }));
  // A hidden one has no card to go back to.
  const listed = server && !server.hidden;
  const back = () => go(listed ? { kind: "card", server: page.server } : { kind: "servers" });
  useEscape(back);
  return (
    <>
      <button type="button" class="quiet back" onClick={back}>
        <span aria-hidden="true">‹</span> {say("window-all-servers")}
      </button>
      {server ? (
        <Known page={page} snapshot={snapshot} server={server} />
      ) : (
        <div class="banner">
          <ToldText heading told={{ what: say("window-gone"), next: say("window-gone.next") }} />
        </div>
      )}
    </>
  );
}

function Known({ page, snapshot, server }: Props & { server: ServerView }) {
  const [part, setPart] = useState<Part>(page.kind === "console" ? "console" : "overview");
  const [question, setQuestion] = useState<Question | null>(null);
  useEffect(() => {
    if (page.kind === "console") setPart("console");
  }, [page]);
  const parts = offered(server.may);
  const shown = parts.includes(part) ? part : "overview";
  useFollowed(server, shown === "console" && server.may.console);
  return (
    <>
      <Headline snapshot={snapshot} server={server} />
      <PowerButtons
        server={server}
        careful={snapshot.settings.confirm_power}
        question={question}
        onQuestion={setQuestion}
      />
      <Tabs
        label={say("window-parts", { name: isolate(nameOf(server)) })}
        parts={parts}
        shown={shown}
        onShow={setPart}
      >
        {shown === "overview" && <Overview server={server} settings={snapshot.settings} />}
        {shown === "console" && <ConsoleView server={server} />}
        {shown === "backups" && <Backups server={server} />}
        {shown === "schedules" && <Schedules server={server} />}
      </Tabs>
    </>
  );
}

function Headline({ snapshot, server }: { snapshot: Snapshot; server: ServerView }) {
  const panel = snapshot.panels.find(({ id }) => id === server.id.panel);
  const { standing, tone } = look(server.condition);
  const cause = why(server.cause);
  const age = ageWorthSaying(server, panel?.problem != null, snapshot.at_ms);
  return (
    <>
      <div class="server-head">
        <Mark condition={server.condition} />
        <div>
          <h1 tabIndex={-1}>
            <bdi>{nameOf(server)}</bdi>
          </h1>
          <p class="condition">
            <span class={`word tone-${tone}`}>{word(server.condition)}</span>
            {cause !== "" && ` · ${cause}`}
            {age !== null && (
              <span class="soft"> · {say("window-age-read", { age: duration(age) })}</span>
            )}
          </p>
        </div>
      </div>
      {server.hidden && <p class="soft">{say("window-is-hidden")}</p>}
      {panel?.problem && (
        <div class="banner bad">
          <ToldText told={tell(panel.problem)} />
        </div>
      )}
      {server.problem && (
        <div class={`trouble${standing === "problem" ? " bad" : ""}`}>
          <ToldText told={tell(server.problem)} />
        </div>
      )}
    </>
  );
}

/** The agent tells this server's past, and its lines when they are in view, for as long as that lasts. */
function useFollowed(server: ServerView, lines: boolean) {
  const { bridge } = useAround();
  const { panel, uuid } = server.id;
  useEffect(() => {
    bridge.console({ panel, uuid }, lines);
    return () => bridge.console(null, false);
  }, [bridge, panel, uuid, lines]);
}

/** Escape leads back, unless something on the page has a use for it. */
function useEscape(back: () => void) {
  const latest = useRef(back);
  latest.current = back;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (document.querySelector("dialog[open]")) return;
      latest.current();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
