// One sensor: its words, and a bar when there is a limit. Fullness is said in words too.
import type { Reading } from "../sensors";
import { say } from "../text";

export function Meter({ reading }: { reading: Reading }) {
  const { label, text, share, level } = reading;
  const full = level === "fine" ? "" : say(`window-level-${level}`);
  return (
    <div class="sensor" data-level={level}>
      <dt>{label}</dt>
      <dd>
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
