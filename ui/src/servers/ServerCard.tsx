// One server: its word and shape, why, what it uses, and what can be done.
import { useId } from "preact/hooks";
import type { Cause } from "../bindings/Cause";
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
import { PowerButtons, type Question } from "./PowerButtons";

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
  /** A signal that was asked for elsewhere and is to be confirmed here. */
  question: Question | null;
  /** Stop and restart ask first. */
  careful: boolean;
}

/** What its node reported of a crash; empty when it said nothing. */
function why(cause: Cause): string {
  if (cause.kind !== "crashed") return "";
  const code =
    cause.exit_code === null ? [] : [say("cause-exit-code", { code: `${cause.exit_code}` })];
  const memory = cause.out_of_memory ? [say("cause-out-of-memory")] : [];
  return [...code, ...memory].join(", ");
}

export function ServerCard({ server, sensors, stale, now, chosen, question, careful }: Props) {
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
      {server.cause && why(server.cause) !== "" && <p class="cause">{why(server.cause)}</p>}
      <p class="where">
        {server.address !== null && (
          <>
            <bdi>{server.address}</bdi>
            {" · "}
          </>
        )}
        <bdi>{server.node}</bdi>
        {server.live.state === "live" && (
          <>
            {" · "}
            <span title={say("window-live-mark.what")}>{say("window-live-mark")}</span>
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
      {sensors.length > 0 && (
        <dl aria-label={say("window-sensors-of", { name: isolate(name) })}>
          {sensors.map((sensor) => (
            <Meter key={sensor} reading={reading(sensor, server)} />
          ))}
        </dl>
      )}
      <PowerButtons server={server} question={question} careful={careful} />
    </article>
  );
}
