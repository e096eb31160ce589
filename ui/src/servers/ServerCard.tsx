// One server: its word and shape, why, what it uses, and what can be done.
import { useId, useState } from "preact/hooks";
import type { ServerView } from "../bindings/ServerView";
import type { Settings } from "../bindings/Settings";
import type { Sparkline } from "../bindings/Sparkline";
import { look } from "../condition";
import { useAround } from "../parts/context";
import { Mark } from "../parts/Mark";
import { memo } from "../parts/memo";
import { ToldText } from "../parts/Told";
import { reading } from "../sensors";
import { useWish } from "../settings/wish";
import { keyOf, nameOf } from "../summary";
import { isolate, say, type Told, tell, why, word } from "../text";
import { CopyButton, PinButton } from "./CardButtons";
import { CardMenu, type Place } from "./CardMenu";
import { Meter } from "./Meter";
import { PowerButtons, type Question } from "./PowerButtons";

/** Its place in the page. A panel may deliver any text as an id. */
export const cardId = (server: Pick<ServerView, "id">) =>
  `server-${encodeURIComponent(keyOf(server))}`;

export interface CardProps {
  server: ServerView;
  settings: Settings;
  spark: Sparkline | undefined;
  /** Nothing new comes from its panel. */
  stale: boolean;
  /** How old its reading is, in words, when that is worth saying. */
  age: string;
  /** Where it stands among the pinned ones; `null` when it is not pinned. */
  place: Place | null;
  chosen: boolean;
  question: Question | null;
  /** Whether it is selected; `null` while nothing is being selected. */
  selected: boolean | null;
  onSelect(server: ServerView, selected: boolean): void;
}

export const ServerCard = memo(Card);

function Card(props: CardProps) {
  const { server, settings, spark, stale, age, place, chosen, question, selected } = props;
  const { bridge, announce } = useAround();
  const id = useId();
  const name = nameOf(server);
  const { standing, tone } = look(server.condition);
  const cause = why(server.cause);
  const [failed, setFailed] = useState<Told | null>(null);
  const pin = useWish(place !== null, (pinned) => ({ kind: "pin", server: server.id, pinned }));
  const move = (event: KeyboardEvent) => {
    const up = event.key === "ArrowUp";
    if (!event.altKey || !(up || event.key === "ArrowDown") || place === null) return;
    event.preventDefault();
    void bridge.dispatch({ kind: "move_pin", server: server.id, up });
    announce(say("window-moved"));
  };
  return (
    <article
      id={cardId(server)}
      class={`card${stale ? " stale" : ""}`}
      data-standing={standing}
      data-chosen={chosen || selected === true}
      tabIndex={-1}
      aria-labelledby={`${id}-name`}
      onKeyDown={move}
    >
      <header>
        {selected !== null && (
          <input
            type="checkbox"
            aria-label={say("window-select-one", { name: isolate(name) })}
            checked={selected}
            onChange={(event) => props.onSelect(server, event.currentTarget.checked)}
          />
        )}
        <Mark condition={server.condition} />
        <Name server={server} id={`${id}-name`} />
        <p class={`condition${cause ? " long" : ""}`}>
          <span class={`word tone-${tone}`}>{word(server.condition)}</span>
          {cause !== "" && ` · ${cause}`}
        </p>
        <span class="tools">
          <PinButton server={server} wish={pin} />
          <CardMenu
            server={server}
            place={pin.value ? (place ?? "only") : null}
            onPin={pin.change}
            onFailed={setFailed}
          />
        </span>
      </header>
      <Where server={server} age={age} onCopied={setFailed} />
      {server.problem && (
        <div class={`trouble${standing === "problem" ? " bad" : ""}`}>
          <ToldText told={tell(server.problem)} />
        </div>
      )}
      {[pin.failed, failed].map(
        (told) =>
          told && (
            <div key={told.what} class="trouble">
              <ToldText told={told} />
            </div>
          ),
      )}
      {settings.sensors.length > 0 && (
        <dl aria-label={say("window-sensors-of", { name: isolate(name) })}>
          {settings.sensors.map((sensor) => (
            <Meter
              key={sensor}
              reading={reading(sensor, server)}
              series={
                sensor === "cpu_utilization"
                  ? spark?.cpu
                  : sensor === "memory_usage"
                    ? spark?.memory
                    : undefined
              }
            />
          ))}
        </dl>
      )}
      <PowerButtons server={server} careful={settings.confirm_power} question={question} />
    </article>
  );
}

function Name({ server, id }: { server: ServerView; id: string }) {
  const { go } = useAround();
  return (
    <h3 id={id}>
      <button type="button" class="name" onClick={() => go({ kind: "server", server: server.id })}>
        <bdi>{nameOf(server)}</bdi>
      </button>
    </h3>
  );
}

interface WhereProps {
  server: ServerView;
  age: string;
  onCopied(failed: Told | null): void;
}

/** Where it is, and how well it is known. */
function Where({ server, age, onCopied }: WhereProps) {
  return (
    <p class="where">
      {server.address !== null && (
        <>
          <bdi>{server.address}</bdi>
          <CopyButton server={server} onResult={onCopied} />
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
      {age !== "" && (
        <>
          {" · "}
          <span class="age">{say("window-age-read", { age })}</span>
        </>
      )}
    </p>
  );
}
