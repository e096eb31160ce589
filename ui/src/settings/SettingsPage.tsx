// Everything a person may choose. Each change is sent at once; the next picture confirms it.
import type { IconStyle } from "../bindings/IconStyle";
import type { LeftClick } from "../bindings/LeftClick";
import type { LiveUpdates } from "../bindings/LiveUpdates";
import type { Sensor } from "../bindings/Sensor";
import type { Settings } from "../bindings/Settings";
import type { SettingsChange } from "../bindings/SettingsChange";
import type { Snapshot } from "../bindings/Snapshot";
import type { Theme } from "../bindings/Theme";
import { useAround } from "../parts/context";
import { label, SENSORS } from "../sensors";
import { LANGUAGES, say } from "../text";
import { About } from "./About";
import { AlertChoices } from "./AlertChoices";
import { Diagnostics } from "./Diagnostics";
import { Check, Choice, Failed, NumberField } from "./fields";
import { PanelForm } from "./PanelForm";
import { StartAtLogin } from "./StartAtLogin";
import { useWish } from "./wish";

/** The agent takes a period into these limits; the field says so beforehand. */
const POLL = { least: 21, most: 600 };
const LEFT_CLICKS = ["window", "refresh", "nothing"] as const satisfies readonly LeftClick[];
const ICON_STYLES = [
  "automatic",
  "light",
  "dark",
  "colour",
] as const satisfies readonly IconStyle[];
const LIVE_UPDATES = ["automatic", "all", "off"] as const satisfies readonly LiveUpdates[];
const THEMES = ["system", "light", "dark"] as const satisfies readonly Theme[];

export function SettingsPage({ snapshot }: { snapshot: Snapshot }) {
  const { go } = useAround();
  const { settings } = snapshot;
  return (
    <div class="narrow settings">
      <h1 tabIndex={-1}>{say("window-settings")}</h1>
      <section aria-labelledby="set-panels">
        <h2 id="set-panels">{say("window-panels")}</h2>
        {snapshot.panels.map((panel) => (
          <PanelForm
            key={panel.id}
            panel={panel}
            settings={settings.panels.find(({ id }) => id === panel.id) ?? null}
          />
        ))}
        <button type="button" onClick={() => go({ kind: "welcome", panel: null })}>
          {say("window-add-panel-button")}
        </button>
      </section>
      <section aria-labelledby="set-watching">
        <h2 id="set-watching">{say("window-watching")}</h2>
        <LiveChoice live={settings.live_updates} />
        <PollPeriod seconds={settings.poll_seconds} />
        <ConfirmPower asks={settings.confirm_power} />
        <AllowKill allowed={settings.allow_force_stop} />
      </section>
      <AlertChoices alerts={settings.alerts} />
      <section aria-labelledby="set-tray">
        <h2 id="set-tray">{say("window-tray-icon")}</h2>
        <LeftClickChoice click={settings.left_click} />
        <IconStyleChoice style={settings.icon_style} />
      </section>
      <SensorChoice sensors={settings.sensors} />
      <section aria-labelledby="set-general">
        <h2 id="set-general">{say("window-general")}</h2>
        <StartAtLogin />
        <StartHidden hidden={settings.start_hidden} />
        {snapshot.offers_new_versions && <NewVersions ask={settings.new_versions.ask} />}
        <ThemeChoice theme={settings.theme} />
        <LanguageChoice language={settings.language} />
      </section>
      <Diagnostics logLevel={settings.log_level} />
      <About version={snapshot.version} places={snapshot.places} />
    </div>
  );
}

const change = (change: SettingsChange) => ({ kind: "change_settings", change }) as const;

function PollPeriod({ seconds }: { seconds: Settings["poll_seconds"] }) {
  const wish = useWish(seconds, (poll_seconds) => change({ poll_seconds }));
  return (
    <>
      <NumberField
        label={say("window-poll")}
        hint={say("window-poll.hint", POLL)}
        value={wish.value}
        {...POLL}
        onChange={wish.change}
      />
      <Failed told={wish.failed} />
    </>
  );
}

function AllowKill({ allowed }: { allowed: boolean }) {
  const wish = useWish(allowed, (allow_force_stop) => change({ allow_force_stop }));
  return (
    <Check wish={wish} label={say("window-allow-kill")} hint={say("window-allow-kill.hint")} />
  );
}

function ConfirmPower({ asks }: { asks: boolean }) {
  const wish = useWish(asks, (confirm_power) => change({ confirm_power }));
  return (
    <Check
      wish={wish}
      label={say("window-confirm-power")}
      hint={say("window-confirm-power.hint")}
    />
  );
}

function StartHidden({ hidden }: { hidden: boolean }) {
  const wish = useWish(hidden, (start_hidden) => change({ start_hidden }));
  return (
    <Check wish={wish} label={say("window-start-hidden")} hint={say("window-start-hidden.hint")} />
  );
}

function NewVersions({ ask }: { ask: boolean }) {
  const wish = useWish(ask, (new_versions) => change({ new_versions }));
  return (
    <Check wish={wish} label={say("window-new-versions")} hint={say("window-new-versions.hint")} />
  );
}

function LeftClickChoice({ click }: { click: LeftClick }) {
  const wish = useWish(click, (left_click) => change({ left_click }));
  return <Choice wish={wish} name="click" legend="window-left-click" of={LEFT_CLICKS} />;
}

function IconStyleChoice({ style }: { style: IconStyle }) {
  const wish = useWish(style, (icon_style) => change({ icon_style }));
  return <Choice wish={wish} name="icon" legend="window-icon-style" of={ICON_STYLES} />;
}

function SensorChoice({ sensors }: { sensors: Sensor[] }) {
  const wish = useWish(sensors, (to) => change({ sensors: to }));
  return (
    <section aria-labelledby="set-shown">
      <h2 id="set-shown">{say("window-shown")}</h2>
      {/* biome-ignore lint/a11y/useSemanticElements: the heading above is its legend */}
      <div class="grid" role="group" aria-labelledby="set-shown">
        {SENSORS.map((sensor) => (
          <label key={sensor} class="check">
            <input
              type="checkbox"
              checked={wish.value.includes(sensor)}
              onChange={(event) => {
                const on = event.currentTarget.checked;
                wish.change(
                  SENSORS.filter((each) => (each === sensor ? on : wish.value.includes(each))),
                );
              }}
            />
            {label(sensor)}
          </label>
        ))}
      </div>
      <Failed told={wish.failed} />
    </section>
  );
}

function ThemeChoice({ theme }: { theme: Theme }) {
  const wish = useWish(theme, (to) => change({ theme: to }));
  return <Choice wish={wish} name="theme" legend="window-theme" of={THEMES} />;
}

/** An empty tag is the system's language. */
function LanguageChoice({ language }: { language: string | null }) {
  const wish = useWish(language ?? "system", (to) =>
    change({ language: to === "system" ? "" : to }),
  );
  return <Choice wish={wish} name="language" legend="window-language" of={LANGUAGES} />;
}

function LiveChoice({ live }: { live: LiveUpdates }) {
  const wish = useWish(live, (live_updates) => change({ live_updates }));
  return (
    <Choice
      wish={wish}
      name="live"
      legend="window-live"
      hint="window-live.hint"
      of={LIVE_UPDATES}
    />
  );
}
