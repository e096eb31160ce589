// What a person trusts for this panel besides the usual authorities, with the way back.
import type { PanelTrust } from "../bindings/PanelTrust";
import { isolate, say } from "../text";

export const trustLine = (trust: PanelTrust) =>
  trust.kind === "certificate"
    ? say("window-own-trust-certificate", { sha256: isolate(trust.sha256) })
    : say("window-own-trust-authority");

export function Trusted({ trust, onUsual }: { trust: PanelTrust; onUsual(): void }) {
  return (
    <div class="own-trust">
      <p class="fingerprint">{trustLine(trust)}</p>
      <button type="button" class="quiet" onClick={onUsual}>
        {say("window-trust-usual")}
      </button>
    </div>
  );
}
