// One server: its word and shape, why, what it uses, and what can be done.
import { useId } from "preact/hooks";
import type { Sensor } from "../bindings/Sensor";
import type { ServerView } from "../bindings/ServerView";
import { look } from "../condition";
import { duration } from "../format";
import { Mark } from "../parts/Mark";
import { ToldText } from "../parts/Told";
import { reading } from "../sensors";
import { ageWorthSaying, keyOf, nameOf } from "../summary";
import { isolate, say, tell, word } from "../text";
import { Meter } from "./Meter";
import { PowerButtons } from "./PowerButtons";

/** Its place in the page. A panel may deliver any text as an id. */
export const cardId = (server: Pick<ServerView, "id">) =>
  `server-${encodeURIComponent(keyOf(server))}`;

interface Props {
  server: ServerView;
  sensors: readonly Sensor[];
  /** Nothing new comes from its panel. */
  stale: boolean;
  now: number;
  chosen: boolean;
}

export function ServerCard({ server, sensors, stale, now, chosen }: Props) {
  const id = useId();
  const name = nameOf(server);
  const age = ageWorthSaying(server, stale, now);
  const { standing, tone } = look(server.condition);
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
          <bdi>{name}</bdi>
        </h3>
        <p class={`word tone-${tone}`}>{word(server.condition)}</p>
      </header>
      <p class="where">
        {server.address !== null && (
          <>
            <bdi>{server.address}</bdi>
            {" · "}
          </>
        )}
        <bdi>{server.node}</bdi>
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
      {sensors.length > 0 && (
        <dl aria-label={say("window-sensors-of", { name: isolate(name) })}>
          {sensors.map((sensor) => (
            <Meter key={sensor} reading={reading(sensor, server)} />
          ))}
        </dl>
      )}
      <PowerButtons server={server} />
    </article>
  );
}
