// What this program is, where it keeps what it knows, and where to turn to.
import { useState } from "preact/hooks";
import type { ProjectPage } from "../bindings/ProjectPage";
import type { Snapshot } from "../bindings/Snapshot";
import { useAround } from "../parts/context";
import { failure, say, type Told } from "../text";
import { Failed } from "./fields";

export function About({ version, places }: Pick<Snapshot, "version" | "places">) {
  const { bridge, announce } = useAround();
  const [failed, setFailed] = useState<Told | null>(null);
  const open = async (page: ProjectPage) => {
    const told = failure(await bridge.dispatch({ kind: "open_project", page }));
    setFailed(told);
    announce(told ? told.what : say("window-opened"));
  };
  return (
    <section aria-labelledby="set-about" class="soft version">
      <h2 id="set-about">{say("window-about")}</h2>
      <p>{say("window-version", { version })}</p>
      <dl class="places">
        <Place name={say("window-about-settings")} path={places.settings} />
        <Place name={say("window-about-logs")} path={places.logs} />
      </dl>
      <div class="row">
        <button type="button" onClick={() => void open("home")}>
          {say("window-about-project")}
        </button>
        <button type="button" aria-describedby="about-report" onClick={() => void open("problems")}>
          {say("window-about-report")}
        </button>
      </div>
      <p id="about-report" class="hint">
        {say("window-about-report.hint")}
      </p>
      <Failed told={failed} />
      <p>{say("window-about.licence")}</p>
    </section>
  );
}

function Place({ name, path }: { name: string; path: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code dir="ltr">{path}</code>
      </dd>
    </div>
  );
}
