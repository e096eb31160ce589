// What can be done with a server. What is possible is the agent's word; a press shows at once.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Page } from "../bindings/Page";
import type { Pending } from "../bindings/Pending";
import type { ServerView } from "../bindings/ServerView";
import { Confirm } from "../parts/Confirm";
import { useAround } from "../parts/context";
import { ToldText } from "../parts/Told";
import { nameOf } from "../summary";
import { failure, isolate, say, type Told, word } from "../text";

type Signal = Pending["signal"];
const USUAL = ["start", "restart", "stop"] as const;

/** A signal that is to be confirmed, whether pressed here or in the tray. */
export type Question = Extract<Page, { kind: "confirm" }>;

interface Props {
  server: ServerView;
  /** Stop and restart ask first. */
  careful: boolean;
  question: Question | null;
  /** Takes a question and its end; without it the page of all servers does. */
  onQuestion?: (question: Question | null) => void;
}

export function PowerButtons({ server, careful, question, onQuestion }: Props) {
  const { bridge, announce, go } = useAround();
  const [asked, setAsked] = useState<Signal | null>(null);
  const [failed, setFailed] = useState<Told | null>(null);
  const name = isolate(nameOf(server));

  // What failed before says nothing about a server that has moved on.
  useEffect(() => setFailed(null), [server.condition]);

  const asking = question?.signal ?? null;
  const nth = useCount(question);
  const answered = () => {
    if (onQuestion) onQuestion(null);
    else if (question) go({ kind: "card", server: question.server }, question);
  };
  // It may become impossible on the way here, or while the question is open.
  const inVain = asking !== null && asked === null && !server.can[asking];
  useEffect(() => {
    if (!inVain || !asking) return;
    const parts = { signal: say(`power-${asking}`), condition: word(server.condition) };
    const told = { what: say("window-in-vain", parts), next: say("window-in-vain.next", parts) };
    setFailed(told);
    announce(say("window-result-failed", { name, problem: told.what }));
    answered();
  }, [inVain, question]);

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
    const ask: Question = { kind: "confirm", server: server.id, signal };
    if (!asksFirst(signal, careful)) void send(signal);
    else if (onQuestion) onQuestion(ask);
    else go(ask);
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
      </div>
      {asking && server.can[asking] && (
        <Confirm
          // The same asked once more is another question.
          key={nth}
          title={say(ASK[asking], { name })}
          yes={say(`power-${asking}`)}
          danger={asking === "kill"}
          onYes={() => void send(asking)}
          onClose={answered}
        >
          <p>{say(`${ASK[asking]}.what`)}</p>
          {asking === "kill" && <p class="soft">{say("window-kill-ask.instead")}</p>}
        </Confirm>
      )}
    </>
  );
}

/** How many there have been. */
function useCount(question: Question | null): number {
  const seen = useRef({ question, count: 0 });
  if (seen.current.question !== question)
    seen.current = { question, count: seen.current.count + 1 };
  return seen.current.count;
}

const ASK: Record<Signal, string> = {
  start: "window-start-ask",
  restart: "window-restart-ask",
  stop: "window-stop-ask",
  kill: "window-kill-ask",
};

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
