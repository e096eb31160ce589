// What can be done with a server. What is possible is the agent's word; a press shows at once.
import { useEffect, useState } from "preact/hooks";
import type { Pending } from "../bindings/Pending";
import type { ServerView } from "../bindings/ServerView";
import { Confirm } from "../parts/Confirm";
import { useAround } from "../parts/context";
import { ToldText } from "../parts/Told";
import { nameOf } from "../summary";
import { failure, isolate, say, type Told } from "../text";

type Signal = Pending["signal"];
const USUAL = ["start", "restart", "stop"] as const;

/** A signal that was asked for elsewhere, such as in the tray's menu. */
export interface Question {
  signal: Signal;
  /** A new one each time, so that the same can be asked again. */
  asked: object;
}

interface Props {
  server: ServerView;
  question: Question | null;
  /** Stop and restart ask first. */
  careful: boolean;
}

export function PowerButtons({ server, question, careful }: Props) {
  const { bridge, announce } = useAround();
  const [asked, setAsked] = useState<Signal | null>(null);
  const [failed, setFailed] = useState<Told | null>(null);
  const [confirming, setConfirming] = useState<Signal | null>(null);
  const name = isolate(nameOf(server));

  // What failed before says nothing about a server that has moved on.
  useEffect(() => setFailed(null), [server.condition]);

  // It may have become impossible on the way here; then the buttons say what is.
  useEffect(() => {
    if (question && server.can[question.signal]) setConfirming(question.signal);
  }, [question?.asked]);

  const send = async (signal: Signal) => {
    setFailed(null);
    setAsked(signal);
    const answer = await bridge.dispatch({ kind: "power", server: server.id, signal });
    setAsked(null);
    const told = failure(answer);
    setFailed(told);
    announce(
      told
        ? say("window-result-failed", { name, problem: told.what })
        : say("window-result-done", { name, signal: say(`power-${signal}`) }),
    );
  };
  const press = (signal: Signal) => {
    if (asked !== null || !server.can[signal]) return;
    if (asksFirst(signal, careful)) setConfirming(signal);
    else void send(signal);
  };

  const pending: Pending | null = asked ? { signal: asked, phase: "asked" } : server.pending;
  const any = pending !== null || USUAL.some((signal) => server.can[signal]);
  const shown: Signal[] = [...(any ? USUAL : []), ...(server.can.kill ? (["kill"] as const) : [])];
  return (
    <>
      {pending && <PendingLine pending={pending} />}
      {failed && (
        <div class="trouble bad">
          <ToldText told={failed} />
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would ask for a visible legend on each card */}
      <div class="power" role="group" aria-label={say("window-power-of", { name })}>
        {shown.map((signal) => (
          <button
            key={signal}
            type="button"
            class={signal === "kill" ? "danger" : ""}
            // Not `disabled`: the focus would fall off the button that was just pressed.
            aria-disabled={asked !== null || !server.can[signal]}
            onClick={() => press(signal)}
          >
            {say(`power-${signal}`)}
            {asksFirst(signal, careful) && "…"}
          </button>
        ))}
        <button
          type="button"
          class="quiet push"
          onClick={() => void bridge.dispatch({ kind: "open_in_panel", server: server.id })}
        >
          {say("menu-open-in-panel")} <span aria-hidden="true">↗</span>
          <span class="spoken">{name}</span>
        </button>
      </div>
      {confirming && (
        <Confirm
          title={say(`window-${confirming}-ask`, { name })}
          yes={say(`power-${confirming}`)}
          onYes={() => void send(confirming)}
          onClose={() => setConfirming(null)}
        >
          <p>{say(`window-${confirming}-ask.what`)}</p>
          {confirming === "kill" && <p class="soft">{say("window-kill-ask.instead")}</p>}
        </Confirm>
      )}
    </>
  );
}

/** A force stop always does. */
const asksFirst = (signal: Signal, careful: boolean) =>
  signal === "kill" || (careful && signal !== "start");

const PHASES = {
  asked: "window-asked",
  accepted: "window-requested",
  overdue: "window-overdue",
} as const;

function PendingLine({ pending }: { pending: Pending }) {
  return (
    <p class="pending" data-phase={pending.phase}>
      {say(PHASES[pending.phase], { signal: say(`power-${pending.signal}`) })}
    </p>
  );
}
