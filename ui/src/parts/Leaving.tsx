// Panels that were removed a moment ago, with the way back while there is one.
import type { LeavingPanel } from "../bindings/LeavingPanel";
import { isolate, say } from "../text";
import { useAround } from "./context";

export function Leaving({ panels }: { panels: LeavingPanel[] }) {
  const { bridge, announce } = useAround();
  if (panels.length === 0) return null;
  const back = async (panel: LeavingPanel) => {
    const answer = await bridge.dispatch({ kind: "take_back_panel", panel: panel.id });
    const key = answer.kind === "done" ? "window-taken-back" : "window-taken-too-late";
    announce(say(key, { name: isolate(panel.name) }));
  };
  return (
    <div class="leaving" role="status">
      {panels.map((panel) => (
        <p key={panel.id}>
          <span>{say("window-leaving", { name: isolate(panel.name) })}</span>
          <button type="button" onClick={() => void back(panel)}>
            {say("window-undo")}
          </button>
        </p>
      ))}
    </div>
  );
}
