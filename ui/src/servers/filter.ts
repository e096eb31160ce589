// Which servers a person wants to see: what was typed, and what kind. Pure.
import type { ServerId } from "../bindings/ServerId";
import type { ServerView } from "../bindings/ServerView";
import { look } from "../condition";
import { keyOf } from "../summary";

export const KINDS = ["all", "problems", "running", "pinned"] as const;
export type Kind = (typeof KINDS)[number];

export interface Filter {
  query: string;
  kind: Kind;
  /** The id of the one panel shown; empty for all of them. */
  panel: string;
}

export const NO_FILTER: Filter = { query: "", kind: "all", panel: "" };

export const isFiltering = ({ query, kind, panel }: Filter) =>
  query.trim() !== "" || kind !== "all" || panel !== "";

/** Whoever looks for problems also wants to see what cannot be told. */
export function needsALook(server: ServerView): boolean {
  const { standing } = look(server.condition);
  return standing === "problem" || server.problem !== null;
}

export type Pins = ReadonlySet<string>;

export const pinsOf = (pinned: readonly ServerId[]): Pins =>
  new Set(pinned.map((id) => keyOf({ id })));

export function isOfKind(server: ServerView, kind: Kind, pins: Pins): boolean {
  switch (kind) {
    case "all":
      return true;
    case "problems":
      return needsALook(server);
    case "running":
      // As the headline counts them.
      return server.condition === "running";
    case "pinned":
      return pins.has(keyOf(server));
  }
}

/** Upper case, accents and width make no difference. */
const fold = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether every typed word is somewhere in its name, node, address or short id. */
export function matching(query: string): (server: ServerView) => boolean {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return ({ name, node, address, identifier }) => {
    const text = fold(`${name}\n${node}\n${address ?? ""}\n${identifier}`);
    return words.every((word) => text.includes(word));
  };
}
