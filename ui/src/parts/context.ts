// What every part of the page may need: the way out, and a voice for screen readers.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Page } from "../bindings/Page";
import type { Bridge } from "../link";

export interface Surroundings {
  bridge: Bridge;
  /** Reads a result out. */
  announce(text: string): void;
  /** Goes to a page and puts the focus there; with `from`, unless another has come meanwhile. */
  go(page: Page, from?: Page): void;
}

const Context = createContext<Surroundings | null>(null);

export const Around = Context.Provider;

export function useAround(): Surroundings {
  const around = useContext(Context);
  if (!around) throw new Error("outside of the page");
  return around;
}
