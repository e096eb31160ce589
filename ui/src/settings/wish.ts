// A setting between the press and the picture that confirms it.
import { useState } from "preact/hooks";
import type { Action } from "../bindings/Action";
import { useAround } from "../parts/context";
import { failure, say, type Told } from "../text";

/** Longer than the agent may take to send a new picture. */
const CONFIRMED_WITHIN = 1000;

export interface Wish<T> {
  /** What to show. */
  value: T;
  /** Why the last change did not come true. */
  failed: Told | null;
  change(to: T): void;
}

/** Shows what was chosen at once; goes back to what is true when it fails. */
export function useWish<T>(actual: T, action: (to: T) => Action): Wish<T> {
  const { bridge, announce } = useAround();
  const [chosen, setChosen] = useState<{ value: T } | null>(null);
  const [failed, setFailed] = useState<Told | null>(null);
  const change = async (to: T) => {
    const mine = { value: to };
    setChosen(mine);
    const told = failure(await bridge.dispatch(action(to)));
    setFailed(told);
    announce(told ? told.what : say("window-saved"));
    const settle = () => setChosen((current) => (current === mine ? null : current));
    if (told) settle();
    else setTimeout(settle, CONFIRMED_WITHIN);
  };
  return { value: chosen ? chosen.value : actual, failed, change: (to) => void change(to) };
}
