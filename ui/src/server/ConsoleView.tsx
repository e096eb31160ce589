// A server's console: its last lines, every new one, and a line to type commands into. Keeps no line for later.
import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ConsoleState } from "../bindings/ConsoleState";
import type { ServerView } from "../bindings/ServerView";
import { useAround } from "../parts/context";
import { ToldText } from "../parts/Told";
import { keyOf, nameOf } from "../summary";
import { isolate, say, tell, whyNotLive } from "../text";
import { CommandLine } from "./CommandLine";
import { copied } from "./copy";
import { classes, EMPTY, found, type Numbered, told } from "./lines";

export function ConsoleView({ server }: { server: ServerView }) {
  if (!server.may.console) {
    const forbidden = tell({ kind: "forbidden", detail: "" });
    return (
      <div class="banner">
        <ToldText told={{ what: say("window-console-forbidden"), next: forbidden.next }} />
      </div>
    );
  }
  return <Permitted server={server} />;
}

function Permitted({ server }: { server: ServerView }) {
  const { hear } = useAround();
  const [screen, setScreen] = useState(EMPTY);
  const [words, setWords] = useState("");
  const key = keyOf(server);
  useEffect(
    () =>
      hear((heard) => {
        if (heard.kind !== "console" || keyOf({ id: heard.server }) !== key) return;
        setScreen((before) => told(before, heard.news));
      }),
    [hear, key],
  );
  const shown = useMemo(() => found(screen.lines, words), [screen.lines, words]);
  return (
    <div class="console">
      <StateLine state={screen.state} condition={server.condition} lines={screen.lines.length} />
      <Tools words={words} onWords={setWords} shown={shown} all={screen.lines.length} />
      {screen.leftOut > 0 && (
        <p class="soft">{say("window-console-left-out", { count: screen.leftOut })}</p>
      )}
      <Log lines={shown} name={nameOf(server)} />
      <CommandLine server={server} />
    </div>
  );
}

interface StateProps {
  state: ConsoleState;
  condition: ServerView["condition"];
  lines: number;
}

function StateLine({ state, condition, lines }: StateProps) {
  if (state.kind === "none") {
    return (
      <div class="trouble">
        <ToldText told={tell(state.problem)} />
      </div>
    );
  }
  if (state.kind === "failed") {
    const what = say("window-console-failed", { why: whyNotLive(state.why) });
    return (
      <div class="trouble">
        <ToldText told={{ what, next: say("window-console-failed.next") }} />
      </div>
    );
  }
  const down = condition === "offline" || condition === "crashed";
  const key = state.kind === "connecting" ? "connecting" : down && lines === 0 ? "offline" : "live";
  return (
    <p class="soft console-state" data-state={state.kind}>
      {say(`window-console-${key}`)}
    </p>
  );
}

interface ToolsProps {
  words: string;
  onWords(words: string): void;
  shown: Numbered[];
  all: number;
}

function Tools({ words, onWords, shown, all }: ToolsProps) {
  const { announce } = useAround();
  const searching = words.trim() !== "";
  const copy = async () => {
    const done = await copied(shown.map(({ text }) => text).join("\n"));
    announce(say(done ? "window-copied" : "window-copy-failed"));
  };
  return (
    <div class="row tools">
      <input
        type="search"
        value={words}
        aria-label={say("window-console-search")}
        placeholder={say("window-console-search")}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => onWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || words === "") return;
          event.preventDefault();
          onWords("");
        }}
      />
      <button type="button" aria-disabled={shown.length === 0} onClick={() => void copy()}>
        {say("window-console-copy")}
      </button>
      {searching && (
        <p class="soft found" role="status">
          {say("window-console-found", { found: shown.length, all })}
        </p>
      )}
    </div>
  );
}

/** Closer to the end than this, new lines keep it in view. */
const NEAR = 24;

function Log({ lines, name }: { lines: Numbered[]; name: string }) {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [away, setAway] = useState(false);
  const nodes = useMemo(() => lines.map(node), [lines]);
  const toEnd = () => {
    const log = box.current;
    if (log) log.scrollTop = log.scrollHeight;
  };
  useLayoutEffect(() => {
    if (follows.current) toEnd();
  }, [nodes]);
  const scrolled = () => {
    const log = box.current;
    if (!log) return;
    follows.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    setAway(!follows.current);
  };
  return (
    <div class="log-frame">
      <div
        ref={box}
        class="log"
        role="log"
        // Too fast to be read out; a person reads it line by line.
        aria-live="off"
        aria-label={say("window-console-of", { name: isolate(name) })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
        dir="ltr"
        onScroll={scrolled}
      >
        {nodes}
      </div>
      {away && (
        <button type="button" class="newest" onClick={toEnd}>
          {say("window-console-newest")}
        </button>
      )}
    </div>
  );
}

/** Drawn once: the same node again costs nothing. */
const drawn = new WeakMap<Numbered, VNode>();

function node(numbered: Numbered): VNode {
  const before = drawn.get(numbered);
  if (before) return before;
  const runs = numbered.line.runs.map((run, i) => {
    const names = classes(run);
    return names === "" ? run.text : <span key={i} class={names} children={run.text} />;
  });
  const fresh = <div key={numbered.id}>{numbered.text === "" ? "\u00a0" : runs}</div>;
  drawn.set(numbered, fresh);
  return fresh;
}
