// What happened to a server lately: when, what, and by whom as far as anybody knows.
import { useEffect, useState } from "preact/hooks";
import type { Changed } from "../bindings/Changed";
import type { Deed } from "../bindings/Deed";
import type { ServerView } from "../bindings/ServerView";
import { useAround } from "../parts/context";
import { say } from "../text";
import { told } from "./past";
import { clock } from "./time";

/** More are on the panel. */
const MOST = 30;

export function Changes({ server, changes }: { server: ServerView; changes: Changed[] }) {
  const deeds = useDeeds(server, changes.length);
  const lines = told(changes, deeds).slice(0, MOST);
  return (
    <section class="changes" aria-label={say("window-changes")}>
      <h2>{say("window-changes")}</h2>
      {lines.length === 0 && <p class="soft">{say("window-changes-none")}</p>}
      <ol>
        {lines.map(({ at, what, by }) => (
          <li key={`${at} ${what}`}>
            <time dateTime={new Date(at).toISOString()}>{clock(at)}</time>
            <span>
              <b>{what}</b>
              {by !== "" && <span class="soft"> {by}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What people did, from the panel's own log, asked for anew when something changed. */
function useDeeds(server: ServerView, changed: number): Deed[] {
  const { bridge } = useAround();
  const [deeds, setDeeds] = useState<Deed[]>([]);
  const { panel, uuid } = server.id;
  const { activity } = server.may;
  useEffect(() => {
    if (!activity) return;
    let wanted = true;
    const errand = { kind: "activity" } as const;
    void bridge.dispatch({ kind: "errand", server: { panel, uuid }, errand }).then((answer) => {
      // Without the log the changes stand alone.
      if (wanted && answer.kind === "activity") setDeeds(answer.deeds);
    });
    return () => {
      wanted = false;
    };
  }, [bridge, panel, uuid, activity, changed]);
  return deeds;
}
