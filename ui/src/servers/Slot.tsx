// A place in the list. Its card is made when it comes near to what can be seen, and stays.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** How far from the visible part a card is made. */
const NEAR = "800px";

const waiting = new Map<Element, () => void>();
const observer =
  typeof IntersectionObserver === "undefined"
    ? null
    : new IntersectionObserver(
        (entries) => {
          for (const { isIntersecting, target } of entries) if (isIntersecting) arrive(target);
        },
        { rootMargin: NEAR },
      );

function arrive(place: Element) {
  waiting.get(place)?.();
  leave(place);
}

function leave(place: Element) {
  waiting.delete(place);
  observer?.unobserve(place);
}

interface Props {
  /** It is to be there at once. */
  wanted: boolean;
  /** Which of how many it is, for those who cannot see the others. */
  place: number;
  of: number;
  children(): ComponentChildren;
}

export function Slot({ wanted, place, of, children }: Props) {
  const item = useRef<HTMLLIElement>(null);
  const [near, setNear] = useState(wanted || observer === null);
  if (wanted && !near) setNear(true);
  useEffect(() => {
    const shown = item.current;
    if (near || !shown) return;
    waiting.set(shown, () => setNear(true));
    observer?.observe(shown);
    return () => leave(shown);
  }, [near]);
  return (
    <li ref={item} class={near ? "" : "empty"} aria-posinset={place} aria-setsize={of}>
      {near && children()}
    </li>
  );
}
