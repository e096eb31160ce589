// Why the trial did not succeed, and the ways on that only a person may choose: a certificate to trust, a key to send
// readable. Never chooses one by itself.
import { useState } from "preact/hooks";
import type { PanelTrust } from "../bindings/PanelTrust";
import type { Answer } from "../link";
import { ToldText } from "../parts/Told";
import { failure, say } from "../text";

interface Props {
  answer: Answer;
  /** Tries again, trusting this too. */
  onTrust(trust: PanelTrust): void;
  /** Tries again, though the key travels readable. */
  onUnencrypted(): void;
}

export function Refused({ answer, onTrust, onUnencrypted }: Props) {
  const told = failure(answer, true);
  if (!told) return null;
  return (
    <div class="banner bad">
      <ToldText told={told} />
      {answer.kind === "untrusted" && <Certificate sha256={answer.sha256} onTrust={onTrust} />}
      {answer.kind === "failed" && answer.problem.kind === "unencrypted" && (
        <button type="button" class="danger" onClick={onUnencrypted}>
          {say("window-send-unencrypted")}
        </button>
      )}
    </div>
  );
}

function Certificate({ sha256, onTrust }: { sha256: string; onTrust(trust: PanelTrust): void }) {
  return (
    <>
      <p class="fingerprint">
        {say("window-trust")} <code dir="ltr">{sha256}</code>
      </p>
      <p class="hint">{say("window-trust.what")}</p>
      <button type="button" onClick={() => onTrust({ kind: "certificate", sha256 })}>
        {say("window-trust-button")}
      </button>
      <Authority onTrust={onTrust} />
    </>
  );
}

/** Nothing larger is a certificate, and a settings file is no place for it. */
const LARGEST = 65_536;

function Authority({ onTrust }: { onTrust(trust: PanelTrust): void }) {
  const [tooLarge, setTooLarge] = useState(false);
  const choose = async (file: File | undefined) => {
    if (!file) return;
    setTooLarge(file.size > LARGEST);
    if (file.size <= LARGEST) onTrust({ kind: "authority", pem: await file.text() });
  };
  return (
    <details>
      <summary>{say("window-trust-authority")}</summary>
      <label class="field">
        {say("window-trust-file")}
        <input
          type="file"
          accept=".pem,.crt,.cer"
          onChange={(event) => void choose(event.currentTarget.files?.[0])}
        />
        <span class="hint">{say("window-trust-authority.hint")}</span>
      </label>
      {tooLarge && <p class="next">{say("window-trust-too-large")}</p>}
    </details>
  );
}
