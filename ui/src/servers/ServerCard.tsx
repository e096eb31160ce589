// One server: its word and shape, why, what it uses, and what can be done.
import { useId, useState } from "preact/hooks";
import type { ServerView } from "../bindings/ServerView";
import type { Settings } from "../bindings/Settings";
import { look } from "../condition";
import { duration } from "../format";
import { useAround } from "../parts/context";
import { Mark } from "../parts/Mark";
import { ToldText } from "../parts/Told";
import { reading } from "../sensors";
import { useWish } from "../settings/wish";
import { ageWorthSaying, keyOf, nameOf } from "../summary";
import { isolate, say, type Told, tell, why, word } from "../text";
import { CopyButton, PinButton } from "./CardButtons";
import { Meter } from "./Meter";
import { PowerButtons, type Question } from "./PowerButtons";

/** Its place in the page. A panel may deliver any text as an id. */
export const cardId = (server: Pick<ServerView, "id">) =>
  `server-${encodeURIComponent(keyOf(server))}`;

interface Props {
  server: ServerView;
  settings: Settings;
  /** Nothing new comes from its panel. */
  stale: boolean;
  now: number;
  chosen: boolean;
  question: Question | null;
}

export function ServerCard({ server, settings, stale, now, chosen, question }: Props) {
  const { sensors } = settings;
  const { go } = useAround();
  const id = useId();
  const name = nameOf(server);
  const age = ageWorthSaying(server, stale, now);
  const { standing, tone } = look(server.condition);
  const cause = why(server.cause);
  const [uncopied, setUncopied] = useState<Told | null>(null);
  const isPinned = settings.pinned.some((pin) => keyOf({ id: pin }) === keyOf(server));
  const pin = useWish(isPinned, (pinned) => ({ kind: "pin", server: server.id, pinned }));
  return (
    <article
      id={cardId(server)}
      class={`card${stale ? " stale" : ""}`}
      data-standing={standing}
      data-chosen={chosen}
      tabIndex={-1}
      aria-labelledby={`${id}-name`}
    >
      <header>
        <Mark condition={server.condition} />
        <h3 id={`${id}-name`}>
          <button
            type="button"
            class="open"
            title={say("window-open-server")}
            onClick={() => go({ kind: "server", server: server.id })}
          >
            <bdi>{name}</bdi>
          </button>
        </h3>
        <p class={`condition${cause ? " long" : ""}`}>
          <span class={`word tone-${tone}`}>{word(server.condition)}</span>
          {cause !== "" && ` · ${cause}`}
        </p>
        <PinButton server={server} wish={pin} />
      </header>
      <p class="where">
        {server.address !== null && (
          <>
            <bdi>{server.address}</bdi>
            <CopyButton server={server} onResult={setUncopied} />
            {" · "}
          </>
        )}
        <bdi>{server.node}</bdi>
        {server.live.state === "live" && (
          <>
            {" · "}
            <span class="live" title={say("window-live-mark.what")}>
              <span aria-hidden="true">{say("window-live-mark")}</span>
              <span class="spoken">{say("window-live")}</span>
            </span>
          </>
        )}
        {age !== null && (
          <>
            {" · "}
            <span class="age">{say("window-age-read", { age: duration(age) })}</span>
          </>
        )}
      </p>
      {server.problem && (
        <div class={`trouble${standing === "problem" ? " bad" : ""}`}>
          <ToldText told={tell(server.problem)} />
        </div>
      )}
      {[pin.failed, uncopied].map(
        (told) =>
          told && (
            <div key={told.what} class="trouble">
              <ToldText told={told} />
            </div>
          ),
      )}
      {sensors.length > 0 && (
        <dl aria-label={say("window-sensors-of", { name: isolate(name) })}>
          {sensors.map((sensor) => (
            <Meter key={sensor} reading={reading(sensor, server)} />
          ))}
        </dl>
      )}
      <PowerButtons server={server} careful={settings.confirm_power} question={question} />
    </article>
  );
}
