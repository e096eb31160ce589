// The last half hour of one figure, as a line without numbers; its extremes are said in words.
import { percent } from "../format";
import { say } from "../text";
import { drawing, HEIGHT, WIDTH } from "./sparks";

interface Props {
  label: string;
  series: readonly (number | null)[];
}

export function Spark({ label, series }: Props) {
  const drawn = drawing(series);
  if (!drawn) return null;
  const parts = { sensor: label, least: percent(drawn.least), most: percent(drawn.most) };
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={say("window-spark", parts)}
    >
      <path class="area" d={drawn.area} />
      <path class="line" d={drawn.line} vector-effect="non-scaling-stroke" />
    </svg>
  );
}
