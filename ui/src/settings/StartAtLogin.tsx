// Whether the system starts Pterotray with the session: asked once at the first panel, and here.
import { useEffect, useState } from "preact/hooks";
import { useAround } from "../parts/context";
import { say } from "../text";

/** Kept by the system, not by the agent: asked for when the page is opened. */
export function StartAtLogin() {
  const { bridge, announce } = useAround();
  const [on, setOn] = useState(false);
  const [failed, setFailed] = useState("");
  const explain = (why: unknown) => setFailed(say("window-login.failed", { detail: String(why) }));
  useEffect(() => {
    bridge.login.enabled().then(setOn, explain);
  }, []);
  const set = async (to: boolean) => {
    setOn(to);
    setFailed("");
    try {
      await bridge.login.set(to);
      announce(say("window-saved"));
    } catch (why) {
      setOn(!to);
      explain(why);
    }
  };
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => void set(event.currentTarget.checked)}
        />
        {say("window-login")}
      </label>
      {failed !== "" && (
        <p class="banner bad" role="alert">
          {failed}
        </p>
      )}
    </>
  );
}
