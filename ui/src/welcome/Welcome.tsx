// Setting up a panel, or giving one a new key: address and key, a live trial, then keeping it.
// The key stays in the form until a trial succeeds, and nowhere afterwards.
import { useEffect, useRef, useState } from "preact/hooks";
import icon from "../../../icons/pterotray.svg";
import type { Found } from "../bindings/Found";
import type { PanelSettings } from "../bindings/PanelSettings";
import type { PanelTrust } from "../bindings/PanelTrust";
import type { PanelView } from "../bindings/PanelView";
import { useAround } from "../parts/context";
import { isolate, say } from "../text";
import { DemoButton } from "./DemoButton";
import { FoundForm } from "./FoundForm";
import { TryForm } from "./TryForm";

export interface Trial {
  trial: number;
  found: Found;
}

interface Props {
  /** The panel that gets a new key; `null` adds one. */
  panel: PanelView | null;
  /** The same in the settings; one of the environment is not there. */
  settings: PanelSettings | null;
  /** Nothing is set up yet. */
  first: boolean;
}

export function Welcome({ panel, settings, first }: Props) {
  const { go } = useAround();
  const [trial, setTrial] = useState<Trial | null>(null);
  const [url, setUrl] = useState(panel?.url ?? "");
  const [trust, setTrust] = useState<PanelTrust | null>(settings?.trust ?? null);
  const move = (to: string) => {
    setUrl(to);
    // A certificate is one panel's alone.
    if (trust?.kind === "certificate") setTrust(null);
  };
  const title = panel
    ? ["window-new-key", "window-new-key.what"]
    : first
      ? ["window-welcome", "window-welcome.what"]
      : ["window-add-panel", "window-add-panel.what"];
  const parts = { name: isolate(panel?.name ?? "") };
  return (
    <div class="narrow">
      {first && !trial && <img class="logo" src={icon} alt="" width="56" height="56" />}
      <h1 tabIndex={-1}>{say(title[0] ?? "", parts)}</h1>
      {!trial && <p class="soft">{say(title[1] ?? "", parts)}</p>}
      {trial ? (
        <FoundForm
          trial={trial}
          panel={panel}
          settings={settings}
          first={first}
          onBack={() => setTrial(null)}
        />
      ) : (
        <TryForm
          url={url}
          onUrl={move}
          trust={trust}
          onTrust={setTrust}
          focusKey={panel !== null}
          onFound={setTrial}
        />
      )}
      {first && !trial && <DemoButton />}
      {!first && (
        <div class="row end">
          <button type="button" class="quiet" onClick={() => go({ kind: "servers" })}>
            {say("window-cancel")}
          </button>
        </div>
      )}
    </div>
  );
}

/** Puts the focus on an element when it appears. */
export function useFocus<E extends HTMLElement>(wanted = true) {
  const element = useRef<E>(null);
  useEffect(() => {
    if (wanted) element.current?.focus();
  }, []);
  return element;
}
