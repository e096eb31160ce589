// A server's past as the agent tells it, for as long as it is in view.
import { useEffect, useState } from "preact/hooks";
import type { History } from "../bindings/History";
import type { ServerId } from "../bindings/ServerId";
import { useAround } from "../parts/context";
import { keyOf } from "../summary";
import { joined, NO_PAST } from "./past";

export function usePast(id: ServerId): History {
  const { hear } = useAround();
  const [past, setPast] = useState(NO_PAST);
  const key = keyOf({ id });
  useEffect(
    () =>
      hear((heard) => {
        if (heard.kind !== "history" || keyOf({ id: heard.server }) !== key) return;
        setPast((before) => joined(before, heard.from_ms, heard.history));
      }),
    [hear, key],
  );
  return past;
}
