// The shape of a condition. Decoration: the word always stands beside it.
import type { Condition } from "../bindings/Condition";
import { look, type Shape } from "../condition";

const SHAPES: Record<Shape, preact.JSX.Element> = {
  disc: <circle cx="8" cy="8" r="6.5" fill="currentColor" />,
  half: (
    <>
      <circle cx="8" cy="8" r="5.75" fill="none" stroke="currentColor" stroke-width="1.5" />
      <path d="M8 1.5a6.5 6.5 0 0 0 0 13z" fill="currentColor" />
    </>
  ),
  ring: <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="2" />,
  triangle: <path d="M8 1.2 15.4 14.4H.6z" fill="currentColor" />,
  bars: <path d="M3 2h3.6v12H3zM9.4 2H13v12H9.4z" fill="currentColor" />,
  arrow: (
    <>
      <path
        d="M13.3 9.6A5.5 5.5 0 1 1 12 4.2"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
      />
      <path d="M14.2.9v5.2H9z" fill="currentColor" />
    </>
  ),
  question: (
    <>
      <path
        d="M4.6 5.4C4.6 3.2 6 2 8 2s3.4 1.2 3.4 3.1C11.4 7.4 8 7.6 8 10.2"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
      />
      <circle cx="8" cy="13.4" r="1.4" fill="currentColor" />
    </>
  ),
};

export function Mark({ condition }: { condition: Condition }) {
  const { shape, tone } = look(condition);
  return (
    <svg class={`mark tone-${tone}`} data-shape={shape} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[shape]}
    </svg>
  );
}
