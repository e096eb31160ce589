// The line that commands are typed into: Enter sends, the arrows bring back what was typed before.
import { useId, useRef, useState } from "preact/hooks";
import type { ServerView } from "../bindings/ServerView";
import { useAround } from "../parts/context";
import { ToldText } from "../parts/Told";
import { keyOf } from "../summary";
import { failure, say, type Told } from "../text";
import { NOTHING_TYPED, stepped, type Typed, typed } from "./lines";

/** Longer ones are refused by some panels. */
const LONGEST = 1024;

/** For as long as the window is open. */
const remembered = new Map<string, Typed>();

export function CommandLine({ server }: { server: ServerView }) {
  const { bridge, announce } = useAround();
  const [line, setLine] = useState("");
  const [failed, setFailed] = useState<Told | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const key = keyOf(server);
  const before = () => remembered.get(key) ?? NOTHING_TYPED;
  if (!server.may.command) return <p class="soft">{say("window-command-forbidden")}</p>;

  const send = async () => {
    if (line.trim() === "" || busy) return;
    remembered.set(key, typed(before(), line));
    setBusy(true);
    setFailed(null);
    setLine("");
    const errand = { kind: "command", line } as const;
    const told = failure(await bridge.dispatch({ kind: "errand", server: server.id, errand }));
    setBusy(false);
    setFailed(told);
    announce(told ? told.what : say("window-command-sent"));
    // Not lost: it may be sent again when what stands in the way is gone.
    if (told) setLine((now) => (now === "" ? line : now));
  };
  const step = (event: KeyboardEvent, by: -1 | 1) => {
    event.preventDefault();
    const [after, shown] = stepped(before(), by, line);
    remembered.set(key, after);
    setLine(shown);
  };
  return (
    <>
      {failed && (
        <div class="trouble bad">
          <ToldText told={failed} />
        </div>
      )}
      <form
        class="command"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
          field.current?.focus();
        }}
      >
        <label class="spoken" for={id}>
          {say("window-command")}
        </label>
        <input
          ref={field}
          id={id}
          value={line}
          maxLength={LONGEST}
          placeholder={say("window-command")}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          dir="ltr"
          onInput={(event) => setLine(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "ArrowUp") step(event, -1);
            else if (event.key === "ArrowDown") step(event, 1);
            else if (event.key === "Escape" && line !== "") {
              event.preventDefault();
              setLine("");
            }
          }}
        />
        <button type="submit" aria-disabled={busy || line.trim() === ""}>
          {say("window-command-send")}
        </button>
      </form>
    </>
  );
}
