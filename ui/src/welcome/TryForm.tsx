// Address and key, and the live trial of both.
import { useId, useState } from "preact/hooks";
import type { PanelTrust } from "../bindings/PanelTrust";
import type { Answer } from "../link";
import { useAround } from "../parts/context";
import { failure, say } from "../text";
import { Refused } from "./Refused";
import { Trusted } from "./Trusted";
import { type Trial, useFocus } from "./Welcome";

interface Props {
  url: string;
  onUrl(url: string): void;
  /** Whom to trust besides the system's authorities. */
  trust: PanelTrust | null;
  onTrust(trust: PanelTrust | null): void;
  /** The address is known: the key is what is asked for. */
  focusKey: boolean;
  onFound(trial: Trial): void;
}

const SHOWN = { type: "text" } as const;
const HIDDEN = { type: "password" } as const;
const WHERE = ["sign-in", "menu", "create", "copy"] as const;

export function TryForm({ url, onUrl, trust, onTrust, focusKey, onFound }: Props) {
  const { bridge, announce } = useAround();
  const [key, setKey] = useState("");
  const [visible, setVisible] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Answer | null>(null);
  const id = useId();
  const address = useFocus<HTMLInputElement>(!focusKey);
  const secret = useFocus<HTMLInputElement>(focusKey);

  const test = async (trusted = trust, unencrypted = false) => {
    if (busy) return;
    setBusy(true);
    setRefused(null);
    announce(say("window-testing"));
    const whom = trusted ? { trust: trusted } : {};
    const answer = await bridge.dispatch({ kind: "try_panel", url, key, ...whom, unencrypted });
    setBusy(false);
    if (answer.kind === "found") {
      setKey("");
      onFound(answer);
      return;
    }
    setRefused(answer);
    const told = failure(answer, true);
    announce(told ? `${told.what} ${told.next}` : "");
  };
  const trustFrom = (to: PanelTrust) => {
    onTrust(to);
    void test(to);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void test();
  };

  return (
    <form class="steps" onSubmit={submit} noValidate>
      <fieldset>
        <legend>
          <span class="step">{say("window-step", { number: 1 })}</span> {say("window-step-address")}
        </legend>
        <input
          ref={address}
          id={`${id}-url`}
          type="url"
          aria-label={say("window-step-address")}
          aria-describedby={`${id}-url-hint`}
          autocomplete="off"
          spellcheck={false}
          dir="ltr"
          value={url}
          onInput={(event) => onUrl(event.currentTarget.value)}
        />
        <p id={`${id}-url-hint`} class="hint">
          {say("window-step-address.hint")}
        </p>
      </fieldset>
      <fieldset>
        <legend>
          <span class="step">{say("window-step", { number: 2 })}</span> {say("window-step-key")}
        </legend>
        <input
          ref={secret}
          {...(visible ? SHOWN : HIDDEN)}
          aria-label={say("window-step-key")}
          aria-describedby={`${id}-key-hint`}
          autocomplete="off"
          spellcheck={false}
          dir="ltr"
          value={key}
          onInput={(event) => setKey(event.currentTarget.value)}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={visible}
            onChange={(event) => setVisible(event.currentTarget.checked)}
          />
          {say("window-key-show")}
        </label>
        <p id={`${id}-key-hint`} class="hint">
          {say("window-step-key.hint")}
        </p>
        <details>
          <summary>{say("window-key-where")}</summary>
          <ol>
            {WHERE.map((step) => (
              <li key={step}>{say(`window-key-where.${step}`)}</li>
            ))}
          </ol>
        </details>
      </fieldset>
      {trust && <Trusted trust={trust} onUsual={() => onTrust(null)} />}
      {refused && (
        <Refused
          answer={refused}
          onTrust={trustFrom}
          onUnencrypted={() => void test(trust, true)}
        />
      )}
      <button type="submit" class="primary wide" aria-disabled={busy}>
        {say(busy ? "window-testing" : "window-test")}
      </button>
    </form>
  );
}
