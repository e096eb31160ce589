// Something the panel is asked about one server: sent when wanted, its answer or why there is none.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Errand } from "../bindings/Errand";
import type { ServerId } from "../bindings/ServerId";
import type { Answer } from "../link";
import { useAround } from "../parts/context";
import { failure, type Told } from "../text";

export interface Asked<T> {
  /** The last good answer; `null` before the first. */
  got: T | null;
  failed: Told | null;
  busy: boolean;
  again(): Promise<void>;
}

/** Asks once when it comes into view, and whenever `again` is called. */
export function useAsked<T>(
  server: ServerId,
  kind: "backups" | "schedules",
  read: (answer: Answer) => T | null,
): Asked<T> {
  const { bridge } = useAround();
  const [got, setGot] = useState<T | null>(null);
  const [failed, setFailed] = useState<Told | null>(null);
  const [busy, setBusy] = useState(true);
  const { panel, uuid } = server;
  const there = useRef(true);
  useEffect(
    () => () => {
      there.current = false;
    },
    [],
  );
  const again = useCallback(async () => {
    setBusy(true);
    const answer = await bridge.dispatch({
      kind: "errand",
      server: { panel, uuid },
      errand: { kind },
    });
    if (!there.current) return;
    setBusy(false);
    setFailed(failure(answer));
    const fresh = read(answer);
    if (fresh !== null) setGot(fresh);
  }, [bridge, panel, uuid, kind]);
  useEffect(() => void again(), [again]);
  return { got, failed, busy, again };
}

export interface Done {
  failed: Told | null;
  busy: boolean;
  /** Whether it came true. */
  run(errand: Errand, well: string): Promise<boolean>;
}

/** Has something done, once at a time, and says what became of it. */
export function useDone(server: ServerId): Done {
  const { bridge, announce } = useAround();
  const [failed, setFailed] = useState<Told | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (errand: Errand, well: string) => {
    if (busy) return false;
    setBusy(true);
    setFailed(null);
    const told = failure(await bridge.dispatch({ kind: "errand", server, errand }));
    setBusy(false);
    setFailed(told);
    announce(told ? told.what : well);
    return told === null;
  };
  return { failed, busy, run };
}
