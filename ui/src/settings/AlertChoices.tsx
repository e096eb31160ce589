// What is told, and when: the rule for all servers, quiet hours, thresholds.
import type { AlertRule } from "../bindings/AlertRule";
import type { AlertSettings } from "../bindings/AlertSettings";
import type { QuietHours } from "../bindings/QuietHours";
import type { Thresholds } from "../bindings/Thresholds";
import { say } from "../text";
import { Choice, Failed, NumberField, NumberInput } from "./fields";
import { useWish } from "./wish";

export const RULES = [
  "crashes",
  "every_stop",
  "also_back",
  "nothing",
] as const satisfies readonly AlertRule[];

const MEASURES = ["cpu", "memory", "disk"] as const;
/** What a threshold begins with when it is switched on. */
const USUAL = 90;
/** The agent takes a threshold, and how long it has to last, into these limits. */
const PERCENT = { least: 10, most: 100 };
const MINUTES = { least: 1, most: 240 };

const change = (change: {
  alert_rule?: AlertRule;
  quiet_hours?: QuietHours;
  thresholds?: Thresholds;
}) => ({ kind: "change_settings", change }) as const;

export function AlertChoices({ alerts }: { alerts: AlertSettings }) {
  const rule = useWish(alerts.rule, (alert_rule) => change({ alert_rule }));
  return (
    <section aria-labelledby="set-alerts">
      <h2 id="set-alerts">{say("window-alerts")}</h2>
      <Choice wish={rule} name="rule" legend="window-rule" hint="window-rule.hint" of={RULES} />
      <Quiet quiet={alerts.quiet} />
      <Limits thresholds={alerts.thresholds} />
    </section>
  );
}

function Quiet({ quiet }: { quiet: QuietHours }) {
  const wish = useWish(quiet, (quiet_hours) => change({ quiet_hours }));
  const { value } = wish;
  const time = (which: "from" | "to") => (
    <label class="inline-field">
      {say(`window-quiet-${which}`)}
      <input
        type="time"
        required
        value={clock(value[which])}
        onChange={(event) => {
          const minutes = minutesOf(event.currentTarget.value);
          if (minutes === null) event.currentTarget.value = clock(value[which]);
          else wish.change({ ...value, [which]: minutes });
        }}
      />
    </label>
  );
  return (
    <fieldset class="choices">
      <legend class="spoken">{say("window-quiet")}</legend>
      <label class="check">
        <input
          type="checkbox"
          checked={value.on}
          onChange={(event) => wish.change({ ...value, on: event.currentTarget.checked })}
        />
        <span>
          {say("window-quiet")}
          <span class="hint">{say("window-quiet.hint")}</span>
        </span>
      </label>
      {value.on && (
        <div class="row">
          {time("from")}
          {time("to")}
        </div>
      )}
      <Failed told={wish.failed} />
    </fieldset>
  );
}

/** Minutes after midnight as a time field has them. */
export function clock(minutes: number): string {
  const two = (number: number) => `${number}`.padStart(2, "0");
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

export function minutesOf(text: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text) ?? [];
  return hours && minutes ? Number(hours) * 60 + Number(minutes) : null;
}

function Limits({ thresholds }: { thresholds: Thresholds }) {
  const wish = useWish(thresholds, (to) => change({ thresholds: to }));
  const { value } = wish;
  return (
    <fieldset class="choices">
      <legend>{say("window-thresholds")}</legend>
      {MEASURES.map((measure) => {
        const key = `${measure}_percent` as const;
        const percent = value[key];
        return (
          <div key={measure} class="row threshold">
            <label class="check">
              <input
                type="checkbox"
                checked={percent !== null}
                onChange={(event) =>
                  wish.change({ ...value, [key]: event.currentTarget.checked ? USUAL : null })
                }
              />
              {say(`window-threshold-${measure}`)}
            </label>
            {percent !== null && (
              <NumberInput
                label={say(`window-threshold-${measure}`)}
                value={percent}
                {...PERCENT}
                onChange={(to) => wish.change({ ...value, [key]: to })}
              />
            )}
          </div>
        );
      })}
      {MEASURES.some((measure) => value[`${measure}_percent`] !== null) && (
        <NumberField
          label={say("window-threshold-minutes")}
          value={value.minutes}
          {...MINUTES}
          onChange={(minutes) => wish.change({ ...value, minutes })}
        />
      )}
      <p class="hint">{say("window-thresholds.hint")}</p>
      <Failed told={wish.failed} />
    </fieldset>
  );
}
