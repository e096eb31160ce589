// An alert in words: the same sentences as in its notification. Pure.
import type { CrashReport } from "../bindings/CrashReport";
import type { KeptAlert } from "../bindings/KeptAlert";
import type { News } from "../bindings/News";
import type { Page } from "../bindings/Page";
import type { Problem } from "../bindings/Problem";
import type { Usage } from "../bindings/Usage";
import { duration } from "../format";
import { dashed, isolate, say, tell } from "../text";

export interface Words {
  title: string;
  body: string;
}

const MOST_NAMES = 5;

export function words({ name, about, news }: KeptAlert): Words {
  const titled = (key: string, body: string, parts = {}) => ({
    title: say(key, { name: isolate(name), ...parts }),
    body,
  });
  const plain = (key: string) => titled(key, say(`${key}.body`));
  switch (news.kind) {
    case "crashed":
    case "crashed_restarting":
    case "went_down": {
      const key = `alert-${dashed(news.kind)}`;
      return titled(key, fell(key, news));
    }
    case "was_stopped":
      return titled("alert-was-stopped", stopped(news.by));
    case "unstable": {
      const times = say("alert-unstable-times", { count: news.times });
      return titled(
        "alert-unstable",
        `${times} ${say(`alert-unstable-${news.up ? "up" : "down"}`)}`,
      );
    }
    case "stop_hangs":
      return titled("alert-stop-hangs", say("alert-stop-hangs.body"), {
        seconds: `${news.seconds}`,
      });
    case "came_back":
      return titled("alert-came-back", lasted("alert-came-back.body", news.down_seconds));
    case "together":
      return titled(`alert-together-${dashed(news.fall)}`, named(news.names), {
        count: news.names.length,
      });
    case "together_back":
      return titled("alert-together-back", lasted("alert-together-back.body", news.down_seconds), {
        count: news.servers,
      });
    case "panel_away":
      return titled("alert-panel-away", `${unknown(news.servers)} ${tell(news.problem).what}`);
    case "node_away":
      return titled("alert-node-away", unknown(news.servers));
    case "answers_again": {
      const key = about.kind === "node" ? "alert-node-answers-again" : "alert-answers-again";
      return titled(key, lasted("alert-answers-again.body", news.away_seconds));
    }
    case "above":
      return above(news, titled);
    case "meanwhile":
      return titled(
        name === "" ? "alert-meanwhile-everywhere" : "alert-meanwhile",
        lines([listed("alert-meanwhile-down", news.down), listed("alert-meanwhile-up", news.up)]),
      );
    case "held_back":
      return titled(
        news.why === "quiet_hours" ? "alert-held-quiet-hours" : "alert-held-paused",
        lines([
          listed("alert-meanwhile-down", news.down),
          listed("alert-held-back", news.back),
          listed("alert-held-away", news.away),
          news.others > 0 ? say("alert-held-others", { count: news.others }) : "",
        ]),
      );
    case "action_failed":
      return titled(`alert-action-failed-${news.signal}`, explained(news.problem));
    case "action_unseen":
      return titled(`alert-action-failed-${news.signal}`, say("alert-action-unseen-body"));
    case "key_refused":
      return titled("alert-key-refused", explained(news.problem));
    case "already_up":
      return plain("alert-already-up");
    case "too_old":
    case "moved_on":
    case "gone":
      return titled("alert-not-done", say(`alert-${dashed(news.kind)}`));
    case "notice":
      return titled("alert-notice", explained(news.problem));
  }
}

type Above = Extract<News, { kind: "above" }>;

/** What it uses much of: in the title when it is one thing, else one line each. */
function above({ uses, minutes }: Above, titled: (key: string, body: string) => Words): Words {
  const much = ({ percent, limited }: Usage) =>
    say(limited ? "alert-above-limit" : "alert-above-core", {
      percent: `${percent}`,
      minutes: `${minutes}`,
    });
  const [first] = uses;
  if (first && uses.length === 1) return titled(`alert-above-${first.of}`, much(first));
  const line = (usage: Usage) => `${say(`alert-measure-${usage.of}`)}: ${much(usage)}`;
  return titled("alert-above-several", lines(uses.map(line)));
}

type Fell = Extract<News, { kind: "crashed" | "crashed_restarting" | "went_down" }>;

/** Why, as far as that is known, and that it was not the first time. */
function fell(key: string, news: Fell): string {
  const report = news.kind === "went_down" ? null : news.report;
  const body = reported(report) || say(`${key}.body`);
  if (news.times < 2) return body;
  return `${body} ${say("alert-times", { count: news.times })}`;
}

/** What the node said of it, as a sentence; empty when it said nothing. */
function reported(report: CrashReport | null): string {
  if (report?.exit_code == null) return report?.out_of_memory ? say("alert-out-of-memory") : "";
  const key = report.out_of_memory ? "alert-exit-code-out-of-memory" : "alert-exit-code";
  return say(key, { code: `${report.exit_code}` });
}

function stopped(by: Extract<News, { kind: "was_stopped" }>["by"]): string {
  if (!by) return say("alert-was-stopped.body");
  return say(by.by_api ? "alert-stopped-by-api" : "alert-stopped-by", {
    actor: isolate(by.name),
  });
}

const lasted = (key: string, seconds: number | null) =>
  seconds === null ? "" : say(key, { duration: duration(seconds * 1000) });

const unknown = (servers: number) => say("alert-servers-unknown", { count: servers });

function explained(problem: Problem): string {
  const { what, next } = tell(problem);
  return `${what} ${next}`.trim();
}

const lines = (all: string[]) => all.filter(Boolean).join("\n");

const listed = (key: string, names: string[]) =>
  names.length === 0 ? "" : say(key, { names: named(names), count: names.length });

function named(names: string[]): string {
  const first = names.slice(0, MOST_NAMES).map(isolate).join(", ");
  const more = names.length - MOST_NAMES;
  return more > 0 ? say("alert-names-more", { names: first, count: more }) : first;
}

export type Weight = "bad" | "warning" | "good" | "plain";

/** How bad it is. The sentence says it too: a colour never stands alone. */
export function weight({ news }: KeptAlert): Weight {
  switch (news.kind) {
    case "crashed":
    case "went_down":
    case "key_refused":
    case "action_failed":
      return "bad";
    case "crashed_restarting":
    case "unstable":
    case "stop_hangs":
    case "panel_away":
    case "node_away":
    case "above":
    case "action_unseen":
      return "warning";
    case "together":
      return news.fall === "crashed" || news.fall === "went_down" ? "bad" : "warning";
    case "came_back":
    case "together_back":
    case "answers_again":
      return "good";
    case "was_stopped":
    case "meanwhile":
    case "held_back":
    case "already_up":
    case "too_old":
    case "moved_on":
    case "gone":
    case "notice":
      return "plain";
  }
}

/** Where more about it is to be seen, if anywhere. */
export function pageOf({ about, news }: KeptAlert): Page | null {
  switch (about.kind) {
    case "server":
    case "use":
      return { kind: "server", server: about.of };
    case "panel":
      return news.kind === "key_refused" ? { kind: "welcome", panel: about.of } : null;
    case "node":
    case "several":
    case "away":
    case "held":
    case "program":
      return null;
  }
}
