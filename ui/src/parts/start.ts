// Starting a program from here: the agent that is away, or the demo.
import { useEffect, useState } from "preact/hooks";
import type { Startable } from "../link";
import { useAround } from "./context";

/** A start that leads to nothing may be tried again after this. */
const PATIENCE = 8000;

export function useStart(what: Startable) {
  const { bridge } = useAround();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => setBusy(false), PATIENCE);
    return () => clearTimeout(timer);
  }, [busy]);
  const start = async () => {
    if (busy) return;
    setBusy(true);
    setFailed("");
    try {
      await bridge.start(what);
    } catch (why) {
      setBusy(false);
      setFailed(String(why));
    }
  };
  return { busy, failed, start: () => void start() };
}
