// What every part of the page may need: the way out, and a voice for screen readers.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Page } from "../bindings/Page";
import type { ServerId } from "../bindings/ServerId";
import type { Bridge, Heard } from "../link";

/** A page, or all servers with one brought to the eye. */
export type Place = Page | { kind: "card"; server: ServerId };

export interface Surroundings {
  bridge: Bridge;
  /** Reads a result out. */
  announce(text: string): void;
  /** Goes to a page and puts the focus there; with `from`, unless another has come meanwhile. */
  go(place: Place, from?: Place): void;
  /** Hears all that comes, until what is returned is called. */
  hear(hearer: (heard: Heard) => void): () => void;
}

const Context = createContext<Surroundings | null>(null);

export const Around = Context.Provider;

export function useAround(): Surroundings {
  const around = useContext(Context);
  if (!around) throw new Error("outside of the page");
  return around;
}
