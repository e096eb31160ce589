// Address and key, and the live trial of both.
import { useId, useState } from "preact/hooks";
import { useAround } from "../parts/context";
import { ToldText } from "../parts/Told";
import { failure, say, type Told } from "../text";
import { type Trial, useFocus } from "./Welcome";

interface Props {
  url: string;
  onUrl(url: string): void;
  /** The address is known: the key is what is asked for. */
  focusKey: boolean;
  onFound(trial: Trial): void;
}

const SHOWN = { type: "text" } as const;
const HIDDEN = { type: "password" } as const;
const WHERE = ["sign-in", "menu", "create", "copy"] as const;

export function TryForm({ url, onUrl, focusKey, onFound }: Props) {
  const { bridge, announce } = useAround();
  const [key, setKey] = useState("");
  const [visible, setVisible] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Told | null>(null);
  const id = useId();
  const address = useFocus<HTMLInputElement>(!focusKey);
  const secret = useFocus<HTMLInputElement>(focusKey);

  const test = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailed(null);
    announce(say("window-testing"));
    const answer = await bridge.dispatch({ kind: "try_panel", url, key });
    setBusy(false);
    if (answer.kind === "found") {
      setKey("");
      onFound(answer);
      return;
    }
    const told = failure(answer);
    setFailed(told);
    announce(told ? `${told.what} ${told.next}` : "");
  };

  return (
    <form class="steps" onSubmit={test} noValidate>
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
      {failed && (
        <div class="banner bad">
          <ToldText told={failed} />
        </div>
      )}
      <button type="submit" class="primary wide" aria-disabled={busy}>
        {say(busy ? "window-testing" : "window-test")}
      </button>
    </form>
  );
}
