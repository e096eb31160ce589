// Which problems a person solves in this window. Pure.
import type { ProblemKind } from "./bindings/ProblemKind";

const NEW_KEY: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  "no_key",
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
  "no_address",
  "bad_address",
  "wrong_scheme",
  "address_with_password",
  "dns",
  "not_tls",
  "redirect",
  "downgrade",
  "redirect_loop",
  "calagopus",
  "not_a_panel",
  "web_page",
]);

/** The form shows the certificate, and lets it be trusted. */
const CERTIFICATE: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  "certificate_expired",
  "certificate_unknown",
  "certificate_wrong_name",
  "certificate_changed",
]);

/** The label of the button that leads to the form, or `null` when the form does not help. */
export function wayOut(kind: ProblemKind): string | null {
  if (NEW_KEY.has(kind)) return "window-new-key-button";
  if (CERTIFICATE.has(kind)) return "window-certificate-button";
  return NEW_ADDRESS.has(kind) ? "window-new-address-button" : null;
}

/** The key could not be kept where it usually is. */
export const isAboutKeyring = (kind: ProblemKind) => kind.startsWith("keyring_");
