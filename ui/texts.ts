// The languages as the page loads them: without the sentences that only the tray, notifications and the command line say,
// and without comments. Never changes a sentence.
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const OF_OTHERS =
  /^(?:#|cli-|help|report-|button-|pending-|notification-|alert-rule-|size-of|ago|menu-(?!copy-address|open-in-panel))/;

/** An entry begins where a line does; what goes on is indented, or closes a brace. */
const ofThePage = (text: string) =>
  text
    .split(/\n(?=[a-z#])/)
    .filter((entry) => !OF_OTHERS.test(entry))
    .map((entry) => entry.trimEnd())
    .join("\n");

export const texts: Plugin = {
  name: "texts",
  enforce: "pre",
  load: {
    filter: { id: /\.ftl$/ },
    handler: (id) => `export default ${JSON.stringify(ofThePage(readFileSync(id, "utf8")))};`,
  },
};
