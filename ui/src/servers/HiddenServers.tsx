// Servers that were put out of sight, at the end of the page, with the way back.
import { useState } from "preact/hooks";
import type { ServerView } from "../bindings/ServerView";
import { look } from "../condition";
import { useAround } from "../parts/context";
import { Mark } from "../parts/Mark";
import { ToldText } from "../parts/Told";
import { keyOf, nameOf } from "../summary";
import { failure, isolate, say, type Told, word } from "../text";

export function HiddenServers({ servers, open }: { servers: ServerView[]; open: boolean }) {
  const { bridge, announce } = useAround();
  const [failed, setFailed] = useState<Told | null>(null);
  if (servers.length === 0) return null;
  const show = async (server: ServerView) => {
    const told = failure(await bridge.dispatch({ kind: "hide", server: server.id, hidden: false }));
    setFailed(told);
    announce(told ? told.what : say("window-unhidden", { name: isolate(nameOf(server)) }));
  };
  return (
    <details class="hidden-servers" open={open}>
      <summary>{say("window-hidden", { count: servers.length })}</summary>
      {failed && (
        <div class="trouble bad">
          <ToldText told={failed} />
        </div>
      )}
      <ul>
        {servers.map((server) => (
          <li key={keyOf(server)}>
            <Mark condition={server.condition} />
            <span class="who">
              <bdi>{nameOf(server)}</bdi>{" "}
              <span class={`soft tone-${look(server.condition).tone}`}>
                {word(server.condition)}
              </span>
            </span>
            <button type="button" class="quiet" onClick={() => void show(server)}>
              {say("window-unhide")}
              <span class="spoken">{isolate(nameOf(server))}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
