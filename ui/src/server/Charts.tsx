// The last hour as lines, and as a table for whoever cannot see or does not want them.
import { useMemo, useState } from "preact/hooks";
import type { Point } from "../bindings/Point";
import type { ServerView } from "../bindings/ServerView";
import { MIB, percent, size } from "../format";
import { say } from "../text";
import { axis, HIGH, path, quarters, WIDE } from "./draw";
import { FIGURES, type Figure, HOUR, highest, lines, nearest, of, rows } from "./past";
import { clock } from "./time";

const perSecond = (bytes: number) => say("window-per-second", { size: size(bytes) });

const SHOW: Record<Figure, (value: number) => string> = {
  cpu: percent,
  memory: size,
  disk: size,
  rx: perSecond,
  tx: perSecond,
};

interface Chart {
  title: string;
  figures: readonly Figure[];
  limit: number;
}

/** A line needs two ends. */
const ENOUGH = 2;

export function Charts({ server, points }: { server: ServerView; points: Point[] }) {
  const { limits } = server;
  const charts: Chart[] = [
    { title: say("sensor-cpu-utilization"), figures: ["cpu"], limit: limits.cpu_percent },
    { title: say("sensor-memory-usage"), figures: ["memory"], limit: limits.memory_mib * MIB },
    { title: say("sensor-disk-usage"), figures: ["disk"], limit: limits.disk_mib * MIB },
    { title: say("window-network"), figures: ["rx", "tx"], limit: 0 },
  ];
  return (
    <section class="charts" aria-label={say("window-hour")}>
      <h2>{say("window-hour")}</h2>
      {points.length < ENOUGH ? (
        <p class="soft">{say("window-hour-none")}</p>
      ) : (
        <>
          <div class="plots">
            {charts.map((chart) => (
              <Lines key={chart.title} {...chart} points={points} />
            ))}
          </div>
          <Table points={points} />
        </>
      )}
    </section>
  );
}

function Lines({ title, figures, limit, points }: Chart & { points: Point[] }) {
  const [at, setAt] = useState<number | null>(null);
  const pointed = at === null ? null : nearest(points, at);
  const two = figures.length > 1;
  const words = figures.map((figure) => {
    const known = pointed ? of[figure](pointed) : highest(points, figure);
    const value = known === null ? "–" : SHOW[figure](known);
    const key = pointed ? "window-then" : "window-peak";
    const parts = { value, time: pointed ? clock(pointed.at_ms) : "" };
    return say(two ? `${key}-${figure}` : key, parts);
  });
  return (
    <figure>
      <figcaption>
        <b>{title}</b>
        {words.map((text, i) => (
          <span key={figures[i]} class={`soft${two ? ` key line-${i}` : ""}`}>
            {text}
          </span>
        ))}
      </figcaption>
      <Drawn figures={figures} limit={limit} points={points} pointed={pointed} onPoint={setAt} />
    </figure>
  );
}

interface DrawnProps extends Omit<Chart, "title"> {
  points: Point[];
  /** The caption tells of it. */
  pointed: Point | null;
  onPoint(at: number | null): void;
}

/** For the eye: the caption and the table say the same. */
function Drawn({ figures, limit, points, pointed, onPoint }: DrawnProps) {
  const [times = [], ...values] = useMemo(() => lines(points, figures), [points, figures.join()]);
  const show = SHOW[figures[0] ?? "cpu"];
  const most = Math.max(0, ...figures.map((figure) => highest(points, figure) ?? 0));
  const { top, ticks } = axis(most, limit, figures[0] !== "cpu");
  const end = (points.at(-1)?.at_ms ?? 0) / 1000;
  const height = (value: number) => HIGH - (value / top) * HIGH;
  const point = (event: PointerEvent) => {
    const { left, width } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    onPoint(end * 1000 - HOUR * (1 - (event.clientX - left) / width));
  };
  return (
    <div
      class="plot"
      aria-hidden="true"
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => onPoint(null)}
    >
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
        {ticks.map((tick) => (
          <path key={tick} class="grid" d={`M0 ${height(tick)}H${WIDE}`} />
        ))}
        {pointed && (
          <path class="pointed" d={`M${WIDE - (end - pointed.at_ms / 1000)} 0V${HIGH}`} />
        )}
        {limit > 0 && limit <= top && <path class="limit" d={`M0 ${height(limit)}H${WIDE}`} />}
        {values.map((line, i) => (
          <path key={figures[i]} class={`line line-${i}`} d={path(times, line, end, top)} />
        ))}
      </svg>
      {ticks.map((tick) => (
        <span key={tick} class="y" style={{ top: `${height(tick)}%` }}>
          {show(tick)}
        </span>
      ))}
      {quarters(end).map(({ at, place }) => (
        <span key={at} class="x" style={{ left: `${place * 100}%` }}>
          {clock(at)}
        </span>
      ))}
    </div>
  );
}

function Table({ points }: { points: Point[] }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say("window-hour-table")}</summary>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        <section class="scrolls" tabIndex={0} aria-label={say("window-hour-table")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say("window-time")}</th>
                {FIGURES.map((figure) => (
                  <th key={figure} scope="col">
                    {say(`window-figure-${figure}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows(points).map(({ at, values }) => (
                <tr key={at}>
                  <th scope="row">{clock(at)}</th>
                  {FIGURES.map((figure) => {
                    const value = values[figure];
                    return <td key={figure}>{value === null ? "–" : SHOW[figure](value)}</td>;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}
