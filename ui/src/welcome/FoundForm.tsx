// What a good address and key lead to, what to call it, and where to keep the key.
import { useState } from "preact/hooks";
import type { KeyPlace } from "../bindings/KeyPlace";
import type { PanelSettings } from "../bindings/PanelSettings";
import type { PanelView } from "../bindings/PanelView";
import { useAround } from "../parts/context";
import { ToldText } from "../parts/Told";
import { isAboutKeyring } from "../problems";
import { StartAtLogin } from "../settings/StartAtLogin";
import { dashed, failure, isolate, say, type Told, tell } from "../text";
import { type Trial, useFocus } from "./Welcome";

interface Props {
  trial: Trial;
  panel: PanelView | null;
  settings: PanelSettings | null;
  /** Nothing is set up yet: the time to ask what is asked only once. */
  first: boolean;
  onBack(): void;
}

const PLACES = ["keyring", "until_quit", "file"] as const satisfies readonly KeyPlace[];
const NAMES_SHOWN = 8;

export function FoundForm({ trial, panel, settings, first, onBack }: Props) {
  const { bridge, announce, go } = useAround();
  const [name, setName] = useState(panel?.name ?? "");
  const before = settings?.key_place ?? "keyring";
  const [place, setPlace] = useState<KeyPlace>(before);
  // Asked only when the usual place does not work, or did not before.
  const [choosing, setChoosing] = useState(before !== "keyring");
  const [others, setOthers] = useState(settings?.show_others ?? false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Told | null>(null);
  const heading = useFocus<HTMLHeadingElement>();

  const save = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailed(null);
    const replaces = panel?.id ?? null;
    const answer = await bridge.dispatch({
      kind: "keep_panel",
      trial: trial.trial,
      name: name.trim(),
      place,
      replaces,
      ...(trial.found.admin ? { show_others: others } : {}),
    });
    setBusy(false);
    const told = failure(answer);
    if (!told) {
      announce(say("window-saved"));
      go({ kind: "servers" });
      return;
    }
    if (answer.kind === "failed" && isAboutKeyring(answer.problem.kind)) setChoosing(true);
    setFailed(told);
    announce(`${told.what} ${told.next}`);
  };

  return (
    <form class="steps" onSubmit={save}>
      <h2 ref={heading} tabIndex={-1}>
        <span class="step">{say("window-step", { number: 3 })}</span> {say("window-step-found")}
      </h2>
      <Findings trial={trial} />
      <label class="field">
        {say("window-name")}
        <input
          type="text"
          maxLength={60}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <span class="hint">{say("window-name.hint")}</span>
      </label>
      {trial.found.admin && (
        <label class="check">
          <input
            type="checkbox"
            checked={others}
            onChange={(event) => setOthers(event.currentTarget.checked)}
          />
          <span>
            {say("window-show-others")}
            <span class="hint">{say("window-found-others")}</span>
          </span>
        </label>
      )}
      {failed && (
        <div class="banner bad">
          <ToldText told={failed} />
        </div>
      )}
      {choosing ? (
        <Places place={place} onPlace={setPlace} />
      ) : (
        <p class="hint">{say("window-keep-usual")}</p>
      )}
      {first && <StartAtLogin />}
      <button type="submit" class="primary wide" aria-disabled={busy}>
        {say(busy ? "window-saving" : "window-save")}
      </button>
      <button type="button" class="quiet wide" onClick={onBack}>
        {say("window-back")}
      </button>
    </form>
  );
}

function Findings({ trial: { found } }: { trial: Trial }) {
  const shown = found.servers.slice(0, NAMES_SHOWN);
  const more = found.server_count - shown.length;
  const none = { kind: "no_servers", detail: "" } as const;
  return (
    <>
      <div class="card found">
        <p>{say("window-found-user", { name: isolate(found.username) })}</p>
        <p class="soft">{say("window-found-at", { url: isolate(found.url) })}</p>
        {found.server_count > 0 && (
          <>
            <p>
              <strong>{say("window-found-servers", { count: found.server_count })}</strong>
            </p>
            <ul class="names">
              {shown.map((name, place) => (
                <li key={place}>
                  <bdi>{name}</bdi>
                </li>
              ))}
              {more > 0 && <li class="soft">{say("window-found-more", { count: more })}</li>}
            </ul>
          </>
        )}
      </div>
      {found.server_count === 0 && (
        <div class="banner">
          <ToldText told={tell(none)} />
        </div>
      )}
      {found.unencrypted && (
        <div class="banner bad">
          <ToldText
            told={{
              what: say("window-found-unencrypted"),
              next: say("window-found-unencrypted.next"),
            }}
          />
        </div>
      )}
    </>
  );
}

function Places({ place, onPlace }: { place: KeyPlace; onPlace(place: KeyPlace): void }) {
  return (
    <fieldset class="choices">
      <legend>{say("window-keep-where")}</legend>
      {PLACES.map((each) => (
        <label key={each} class="check">
          <input
            type="radio"
            name="place"
            checked={each === place}
            onChange={() => onPlace(each)}
          />
          <span>
            {say(`window-keep-${dashed(each)}`)}
            <span class="hint">{say(`window-keep-${dashed(each)}.hint`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
