// One sensor: its words, its last half hour, and a bar when there is a limit. Fullness is said in
// words too.
import type { Reading } from "../sensors";
import { say } from "../text";
import { Spark } from "./Spark";

interface Props {
  reading: Reading;
  series?: readonly (number | null)[] | undefined;
}

export function Meter({ reading, series }: Props) {
  const { label, text, share, level } = reading;
  const full = level === "fine" ? "" : say(`window-level-${level}`);
  return (
    <div class="sensor" data-level={level}>
      <dt>{label}</dt>
      <dd>
        {series && <Spark label={label} series={series} />}
        <span class="value">{text}</span>
        {full !== "" && <span class="level">{full}</span>}
        {share !== null && (
          // biome-ignore lint/a11y/useSemanticElements: no engine lets its bar be styled alike
          <span
            class="bar"
            role="meter"
            aria-label={label}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(share * 100)}
            aria-valuetext={text}
          >
            <span style={{ width: `${share * 100}%` }} />
          </span>
        )}
      </dd>
    </div>
  );
}
