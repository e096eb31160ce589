// How a condition looks and counts, as the agent's own table has it.
import type { Condition } from "./bindings/Condition";

export type Shape = "disc" | "half" | "ring" | "triangle" | "bars" | "arrow" | "question";
export type Tone = "green" | "amber" | "neutral" | "red" | "grey" | "blue";
export type Standing = "problem" | "unknown" | "transition" | "up" | "down" | "blocked";

interface Look {
  shape: Shape;
  tone: Tone;
  standing: Standing;
}

const LOOKS: Record<Condition, Look> = {
  running: { shape: "disc", tone: "green", standing: "up" },
  starting: { shape: "half", tone: "amber", standing: "transition" },
  stopping: { shape: "half", tone: "amber", standing: "transition" },
  offline: { shape: "ring", tone: "neutral", standing: "down" },
  crashed: { shape: "triangle", tone: "red", standing: "problem" },
  still_stopping: { shape: "triangle", tone: "amber", standing: "problem" },
  suspended: { shape: "bars", tone: "grey", standing: "blocked" },
  maintenance: { shape: "bars", tone: "grey", standing: "blocked" },
  installing: { shape: "arrow", tone: "blue", standing: "blocked" },
  install_failed: { shape: "triangle", tone: "red", standing: "problem" },
  restoring: { shape: "arrow", tone: "blue", standing: "blocked" },
  transferring: { shape: "arrow", tone: "blue", standing: "blocked" },
  node_unreachable: { shape: "question", tone: "amber", standing: "unknown" },
  unknown: { shape: "question", tone: "neutral", standing: "unknown" },
};

export const CONDITIONS = Object.keys(LOOKS) as Condition[];

export const look = (condition: Condition) => LOOKS[condition];
