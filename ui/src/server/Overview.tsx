// What a server uses and may use, where it is, and what happened to it lately.
import { useState } from "preact/hooks";
import type { AlertRule } from "../bindings/AlertRule";
import type { ServerView } from "../bindings/ServerView";
import type { Settings } from "../bindings/Settings";
import { percent, size } from "../format";
import { useAround } from "../parts/context";
import { ToldText } from "../parts/Told";
import { reading, SENSORS } from "../sensors";
import { CopyButton } from "../servers/CardButtons";
import { Meter } from "../servers/Meter";
import { RULES } from "../settings/AlertChoices";
import { useWish } from "../settings/wish";
import { nameOf } from "../summary";
import { dashed, failure, isolate, say, type Told, whyNotLive } from "../text";
import { Changes } from "./Changes";
import { Charts } from "./Charts";
import { usePast } from "./usePast";

interface Props {
  server: ServerView;
  settings: Settings;
}

export function Overview({ server, settings }: Props) {
  const past = usePast(server.id);
  const latest = past.points.at(-1);
  const down = server.condition === "offline" || server.condition === "crashed";
  const rate = (bytes: number | null | undefined) =>
    down || bytes == null ? "–" : say("window-per-second", { size: size(bytes) });
  return (
    <div class="overview">
      <div class="now">
        <dl
          class="sensors"
          aria-label={say("window-sensors-of", { name: isolate(nameOf(server)) })}
        >
          {SENSORS.map((sensor) => (
            <Meter key={sensor} reading={withShare(reading(sensor, server))} />
          ))}
          <Fact name={say("window-rate-in")} value={rate(latest?.rx_per_second)} />
          <Fact name={say("window-rate-out")} value={rate(latest?.tx_per_second)} />
        </dl>
        <Where server={server} />
        <Rule server={server} usual={settings.alerts.rule} />
      </div>
      <Charts server={server} points={past.points} />
      <Changes server={server} changes={past.changes} />
    </div>
  );
}

/** Beside what is used, how much of the limit that is. */
function withShare(shown: ReturnType<typeof reading>): ReturnType<typeof reading> {
  if (shown.share === null) return shown;
  // In one piece: a lone "%)" on the next line says nothing.
  const share = percent(shown.share * 100).replaceAll(" ", "\u00a0");
  return { ...shown, text: say("window-of-limit", { text: shown.text, share }) };
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div class="sensor">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Where({ server }: { server: ServerView }) {
  const { bridge, announce } = useAround();
  const [failed, setFailed] = useState<Told | null>(null);
  const open = async () => {
    const told = failure(await bridge.dispatch({ kind: "open_in_panel", server: server.id }));
    setFailed(told);
    announce(told ? told.what : say("window-opened"));
  };
  return (
    <>
      <dl class="where-it-is">
        {server.address !== null && (
          <div class="sensor wide">
            <dt>{say("window-address")}</dt>
            <dd>
              <bdi>{server.address}</bdi>
              <CopyButton server={server} onResult={setFailed} />
            </dd>
          </div>
        )}
        <div class="sensor">
          <dt>{say("window-node")}</dt>
          <dd>
            <bdi>{server.node}</bdi>
          </dd>
        </div>
        <Fact name={say("window-updates")} value={updates(server)} />
        <Fact name={say("window-short-id")} value={server.identifier} />
      </dl>
      <button type="button" onClick={() => void open()}>
        {say("menu-open-in-panel")}
      </button>
      {failed && (
        <div class="trouble">
          <ToldText told={failed} />
        </div>
      )}
    </>
  );
}

/** What is told of this server: as of all, or otherwise. */
function Rule({ server, usual }: { server: ServerView; usual: AlertRule }) {
  const wish = useWish<AlertRule | null>(server.alert_rule, (rule) => ({
    kind: "set_alert_rule",
    server: server.id,
    rule,
  }));
  const worded = (rule: AlertRule) => say(`window-rule-${dashed(rule)}`);
  return (
    <>
      <label class="field rule">
        {say("window-alert-rule")}
        <select
          value={wish.value ?? ""}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            wish.change(RULES.find((rule) => rule === chosen) ?? null);
          }}
        >
          <option value="">{say("window-rule-usual", { rule: worded(usual) })}</option>
          {RULES.map((rule) => (
            <option key={rule} value={rule}>
              {worded(rule)}
            </option>
          ))}
        </select>
      </label>
      {wish.failed && (
        <div class="trouble">
          <ToldText told={wish.failed} />
        </div>
      )}
    </>
  );
}

function updates({ live }: ServerView): string {
  if (live.state === "failed") return say("window-updates-failed", { why: whyNotLive(live.why) });
  return say(`window-updates-${live.state}`);
}
