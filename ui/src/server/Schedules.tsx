// A server's schedules, each of which can be run now.
import { useState } from "preact/hooks";
import type { ScheduleView } from "../bindings/ScheduleView";
import type { ServerView } from "../bindings/ServerView";
import { Confirm } from "../parts/Confirm";
import { ToldText } from "../parts/Told";
import { isolate, say } from "../text";
import { clock } from "./time";
import { useAsked, useDone } from "./useErrand";

export function Schedules({ server }: { server: ServerView }) {
  const schedules = useAsked(server.id, "schedules", (answer) =>
    answer.kind === "schedules" ? answer.schedules : null,
  );
  return (
    <>
      {schedules.failed && (
        <div class="trouble">
          <ToldText told={schedules.failed} />
        </div>
      )}
      {!schedules.got && schedules.busy && <p class="soft">{say("window-asking")}</p>}
      {schedules.got?.length === 0 && <p class="soft">{say("window-schedules-none")}</p>}
      <ul class="things">
        {schedules.got?.map((schedule) => (
          <One
            key={schedule.id}
            schedule={schedule}
            server={server}
            onRun={() => void schedules.again()}
          />
        ))}
      </ul>
    </>
  );
}

interface Props {
  schedule: ScheduleView;
  server: ServerView;
  onRun(): void;
}

function One({ schedule, server, onRun }: Props) {
  const [asking, setAsking] = useState(false);
  const { failed, busy, run } = useDone(server.id);
  const name = isolate(schedule.name);
  const send = async () => {
    const errand = { kind: "run_schedule", schedule: schedule.id } as const;
    if (await run(errand, say("window-schedule-begun", { name }))) onRun();
  };
  return (
    <li class="card thing">
      <b>
        <bdi>{schedule.name}</bdi>
      </b>
      <p class="soft">{facts(schedule)}</p>
      {failed && (
        <div class="trouble bad">
          <ToldText told={failed} />
        </div>
      )}
      {server.may.run_schedule && (
        <button
          type="button"
          aria-disabled={busy}
          onClick={() => {
            if (!busy) setAsking(true);
          }}
        >
          {say("window-schedule-run")}
          <span class="spoken"> {name}</span>
        </button>
      )}
      {asking && (
        <Confirm
          title={say("window-schedule-ask", { name })}
          yes={say("window-schedule-yes")}
          danger={false}
          onYes={() => void send()}
          onClose={() => setAsking(false)}
        >
          <p>{say("window-schedule-ask.what")}</p>
        </Confirm>
      )}
    </li>
  );
}

function facts({ cron, active, running, next_run_ms: next, last_run_ms: last }: ScheduleView) {
  const all = [
    say("window-schedule-cron", { cron: isolate(cron) }),
    running ? say("window-schedule-running") : "",
    active ? "" : say("window-schedule-off"),
    active && next !== null ? say("window-schedule-next", { at: clock(next) }) : "",
    last === null ? "" : say("window-schedule-last", { at: clock(last) }),
  ];
  return all.filter((fact) => fact !== "").join(" · ");
}
