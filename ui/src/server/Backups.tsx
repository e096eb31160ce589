// A server's backups, and the making of one.
import { useEffect, useState } from "preact/hooks";
import type { BackupView } from "../bindings/BackupView";
import type { ServerView } from "../bindings/ServerView";
import { size } from "../format";
import { ToldText } from "../parts/Told";
import { say } from "../text";
import { clock } from "./time";
import { useAsked, useDone } from "./useErrand";

/** The panel's own limit for a name. */
const LONGEST = 191;
/** How often it is asked how far a backup is. */
const LOOK_AGAIN = 10_000;

export function Backups({ server }: { server: ServerView }) {
  const backups = useAsked(server.id, "backups", (answer) =>
    answer.kind === "backups" ? answer.backups : null,
  );
  const running = backups.got?.some(({ progress }) => progress === "running") ?? false;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void backups.again();
    }, LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [running, backups.again]);
  return (
    <>
      {server.may.make_backup && <Make server={server} onMade={() => void backups.again()} />}
      {backups.failed && (
        <div class="trouble">
          <ToldText told={backups.failed} />
        </div>
      )}
      {!backups.got && backups.busy && <p class="soft">{say("window-asking")}</p>}
      {backups.got?.length === 0 && <p class="soft">{say("window-backups-none")}</p>}
      <ul class="things">
        {backups.got?.map((backup) => (
          <One key={backup.uuid} {...backup} />
        ))}
      </ul>
    </>
  );
}

function One({ name, bytes, progress, locked, created_ms: created }: BackupView) {
  const facts = [
    created === null ? "" : clock(created),
    progress === "done" ? size(bytes) : "",
    locked ? say("window-backup-locked") : "",
  ];
  return (
    <li class="card thing">
      <b>
        <bdi>{name}</bdi>
      </b>
      <p class="soft">
        <span class={`word tone-${TONES[progress]}`}>{say(`window-backup-${progress}`)}</span>
        {facts.filter((fact) => fact !== "").map((fact) => ` · ${fact}`)}
      </p>
    </li>
  );
}

const TONES = { running: "amber", done: "green", failed: "red" } as const;

function Make({ server, onMade }: { server: ServerView; onMade(): void }) {
  const [name, setName] = useState("");
  const { failed, busy, run } = useDone(server.id);
  const make = async () => {
    const wanted = name.trim();
    const errand = { kind: "make_backup", name: wanted === "" ? null : wanted } as const;
    if (!(await run(errand, say("window-backup-begun")))) return;
    setName("");
    onMade();
  };
  return (
    <form
      class="make"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <label class="field">
        {say("window-backup-name")}
        <input
          value={name}
          maxLength={LONGEST}
          autocomplete="off"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <span class="hint">{say("window-backup-name.hint")}</span>
      </label>
      {failed && (
        <div class="trouble bad">
          <ToldText told={failed} />
        </div>
      )}
      <button type="submit" aria-disabled={busy}>
        {say(busy ? "window-asking" : "window-backup-make")}
      </button>
    </form>
  );
}
