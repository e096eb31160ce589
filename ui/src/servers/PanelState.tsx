// What stands where a panel's servers would be, or above them when the last ones are still shown.
import { useState } from "preact/hooks";
import type { PanelSettings } from "../bindings/PanelSettings";
import type { PanelView } from "../bindings/PanelView";
import { useAround } from "../parts/context";
import { ToldText } from "../parts/Told";
import { wayOut } from "../problems";
import { failure, say, type Told, tell } from "../text";

interface Props {
  panel: PanelView;
  /** One of the environment is not there. */
  settings: PanelSettings | null;
  /** Its name stands nowhere else. */
  named: boolean;
}

export function PanelState({ panel, settings, named }: Props) {
  const { problem } = panel;
  if (problem && problem.kind !== "no_servers")
    return <Trouble panel={panel} problem={problem} named={named} />;
  if (panel.servers.length > 0) return null;
  if (panel.connecting) return <p class="soft">{say("window-connecting")}</p>;
  return (
    <div class="banner">
      <ToldText told={tell({ kind: "no_servers", detail: "" })} />
      {settings?.admin && !settings.show_others && <OthersButton panel={panel} />}
    </div>
  );
}

interface TroubleProps {
  panel: PanelView;
  problem: NonNullable<PanelView["problem"]>;
  named: boolean;
}

function Trouble({ panel, problem, named }: TroubleProps) {
  const { go } = useAround();
  const label = wayOut(problem.kind);
  return (
    <div class="banner bad">
      {named && (
        <p class="who">
          <bdi>{panel.name}</bdi>
        </p>
      )}
      <ToldText told={tell(problem)} />
      {label && (
        <button type="button" onClick={() => go({ kind: "welcome", panel: panel.id })}>
          {say(label)}
        </button>
      )}
    </div>
  );
}

/** An administrator without servers of one's own looks for those of others. */
function OthersButton({ panel }: { panel: PanelView }) {
  const { bridge, announce } = useAround();
  const [failed, setFailed] = useState<Told | null>(null);
  const show = async () => {
    const told = failure(
      await bridge.dispatch({
        kind: "change_panel",
        panel: panel.id,
        name: null,
        show_others: true,
        distrust: false,
      }),
    );
    setFailed(told);
    announce(told ? told.what : say("window-others-shown"));
  };
  return (
    <>
      <button type="button" onClick={() => void show()}>
        {say("window-show-others")}
      </button>
      {failed && <ToldText told={failed} />}
    </>
  );
}
