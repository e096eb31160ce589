// One panel in the settings: its name, what is known of its key, and parting from either.
import { useState } from "preact/hooks";
import type { Action } from "../bindings/Action";
import type { PanelSettings } from "../bindings/PanelSettings";
import type { PanelView } from "../bindings/PanelView";
import { Confirm } from "../parts/Confirm";
import { useAround } from "../parts/context";
import { dashed, failure, isolate, say, type Told } from "../text";
import { trustLine } from "../welcome/Trusted";
import { Check, Failed } from "./fields";
import { useWish } from "./wish";

interface Props {
  panel: PanelView;
  /** One of the environment is not there. */
  settings: PanelSettings | null;
}

export function PanelForm({ panel, settings }: Props) {
  const { bridge, announce, go } = useAround();
  const [asking, setAsking] = useState<"key" | "panel" | "trust" | null>(null);
  const [failed, setFailed] = useState<Told | null>(null);
  const name = isolate(panel.name);
  const own = panel.key.place !== "environment";
  const rename = useWish(panel.name, (to) => change(panel, { name: to }));
  const others = useWish(settings?.show_others ?? false, (to) =>
    change(panel, { show_others: to }),
  );

  const part = async (action: Action, done: string) => {
    const told = failure(await bridge.dispatch(action));
    setFailed(told);
    announce(told ? told.what : done);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a card, not a form with a legend
    <div class="card panel" role="group" aria-label={panel.name}>
      <label class="field">
        {say("window-panel-name")}
        <input
          type="text"
          maxLength={60}
          value={rename.value}
          onChange={(event) => {
            const to = event.currentTarget.value.trim();
            if (to !== "" && to !== panel.name) rename.change(to);
            else event.currentTarget.value = panel.name;
          }}
        />
      </label>
      <Failed told={rename.failed} />
      <p class="where" dir="ltr">
        {panel.url}
      </p>
      <p>{keyLine(panel)}</p>
      {settings?.trust && <p class="fingerprint">{trustLine(settings.trust)}</p>}
      <Check
        wish={others}
        label={say("window-show-others")}
        hint={say("window-show-others.hint")}
      />
      <Failed told={failed} />
      <div class="row">
        <button type="button" onClick={() => go({ kind: "welcome", panel: panel.id })}>
          {say("window-replace-key")}
        </button>
        {own && panel.key.set && (
          <button type="button" onClick={() => setAsking("key")}>
            {say("window-remove-key")}
          </button>
        )}
        {settings?.trust && (
          <button type="button" onClick={() => setAsking("trust")}>
            {say("window-distrust")}
          </button>
        )}
        {own && (
          <button type="button" class="danger" onClick={() => setAsking("panel")}>
            {say("window-remove-panel")}
          </button>
        )}
      </div>
      {asking === "key" && (
        <Confirm
          title={say("window-remove-key-ask", { name })}
          yes={say("window-remove")}
          onYes={() =>
            void part({ kind: "forget_key", panel: panel.id }, say("window-removed-key"))
          }
          onClose={() => setAsking(null)}
        >
          <p>{say("window-remove-key-ask.what")}</p>
        </Confirm>
      )}
      {asking === "trust" && (
        <Confirm
          title={say("window-distrust-ask", { name })}
          yes={say("window-trust-usual")}
          danger={false}
          onYes={() => void part(change(panel, { distrust: true }), say("window-distrusted"))}
          onClose={() => setAsking(null)}
        >
          <p>{say("window-distrust-ask.what")}</p>
        </Confirm>
      )}
      {asking === "panel" && (
        <Confirm
          title={say("window-remove-ask", { name })}
          yes={say("window-remove")}
          onYes={() =>
            void part({ kind: "part_with_panel", panel: panel.id }, say("window-leaving", { name }))
          }
          onClose={() => setAsking(null)}
        >
          <p>{say("window-remove-ask.what")}</p>
        </Confirm>
      )}
    </div>
  );
}

interface Change {
  name?: string;
  show_others?: boolean;
  distrust?: boolean;
}

function change(panel: PanelView, to: Change): Action {
  return {
    kind: "change_panel",
    panel: panel.id,
    name: to.name ?? null,
    show_others: to.show_others ?? null,
    distrust: to.distrust ?? false,
  };
}

function keyLine({ key }: PanelView): string {
  if (!key.set) return say("window-key-none");
  const ends = say("window-key-set", { ends: isolate(key.ends_in) });
  return `${ends}, ${say(`window-place-${dashed(key.place)}`)}.`;
}
