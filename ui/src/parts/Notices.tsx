// What is wrong with this computer's side. Each may be dismissed.
import type { Problem } from "../bindings/Problem";
import { say, tell } from "../text";
import { useAround } from "./context";
import { ToldText } from "./Told";

export function Notices({ notices }: { notices: Problem[] }) {
  const { bridge } = useAround();
  if (notices.length === 0) return null;
  return (
    <section aria-label={say("window-notices")}>
      {notices.map((notice) => (
        <div key={`${notice.kind} ${notice.detail}`} class="banner">
          <ToldText told={tell(notice)} />
          <button
            type="button"
            class="quiet"
            onClick={() => void bridge.dispatch({ kind: "dismiss_notice", notice: notice.kind })}
          >
            {say("window-dismiss")}
          </button>
        </div>
      ))}
    </section>
  );
}
