// Which problems a person solves in this window. Pure.
import type { ProblemKind } from "./bindings/ProblemKind";

const NEW_KEY: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  "bad_key",
  "key_rejected",
  "application_key",
  "ip_not_allowed",
  "two_factor",
  "key_missing",
  "keyring_missing",
  "keyring_locked",
  "keyring_failed",
  "keyring_silent",
]);

const NEW_ADDRESS: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  "bad_address",
  "dns",
  "redirect",
  "calagopus",
  "not_a_panel",
  "web_page",
]);

/** The label of the button that leads to the form, or `null` when the form does not help. */
export function wayOut(kind: ProblemKind): string | null {
  if (NEW_KEY.has(kind)) return "window-new-key-button";
  return NEW_ADDRESS.has(kind) ? "window-new-address-button" : null;
}

/** The key could not be kept where it usually is. */
export const isAboutKeyring = (kind: ProblemKind) => kind.startsWith("keyring_");
