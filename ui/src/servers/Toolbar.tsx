// Finding servers among many: a search, a few kinds to choose from, and the way to select several.
import { useLayoutEffect, useRef } from "preact/hooks";
import type { PanelView } from "../bindings/PanelView";
import { panelNames } from "../summary";
import { say } from "../text";
import { type Filter, KINDS, type Kind } from "./filter";

interface Props {
  /** There are enough servers to look for one. */
  finding: boolean;
  filter: Filter;
  /** How many servers each kind has. */
  counts: Record<Kind, number>;
  panels: readonly PanelView[];
  selecting: boolean;
  onFilter(filter: Filter): void;
  onSelecting(selecting: boolean): void;
}

export function Toolbar(props: Props) {
  const { finding, filter, counts, panels, selecting, onFilter, onSelecting } = props;
  const names = panelNames(panels);
  return (
    <search class="tools-row">
      {finding && (
        <SearchField query={filter.query} onQuery={(query) => onFilter({ ...filter, query })} />
      )}
      {panels.length > 1 && (
        <select
          aria-label={say("window-filter-panel")}
          value={filter.panel}
          onChange={(event) => onFilter({ ...filter, panel: event.currentTarget.value })}
        >
          <option value="">{say("window-filter-every-panel")}</option>
          {panels.map((panel) => (
            <option key={panel.id} value={panel.id}>
              {names.get(panel.id)}
            </option>
          ))}
        </select>
      )}
      <button
        type="button"
        class="chip"
        aria-pressed={selecting}
        onClick={() => onSelecting(!selecting)}
      >
        {say("window-select")}
      </button>
      {finding && <Kinds filter={filter} counts={counts} onFilter={onFilter} />}
    </search>
  );
}

function Kinds({ filter, counts, onFilter }: Pick<Props, "filter" | "counts" | "onFilter">) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of switches, not a form
    <div class="chips" role="group" aria-label={say("window-filter")}>
      {KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          class="chip"
          aria-pressed={filter.kind === kind}
          onClick={() => onFilter({ ...filter, kind })}
        >
          {say(`window-filter-${kind}`)} <span class="count">{counts[kind]}</span>
        </button>
      ))}
    </div>
  );
}

function SearchField({ query, onQuery }: { query: string; onQuery(query: string): void }) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    // As in a browser: there is no other use for it here.
    const find = (event: KeyboardEvent) => {
      const wanted = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f";
      if (!wanted && !(event.key === "/" && event.target === document.body)) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener("keydown", find);
    return () => document.removeEventListener("keydown", find);
  }, []);
  return (
    <input
      ref={field}
      type="search"
      aria-label={say("window-search")}
      placeholder={say("window-search")}
      spellcheck={false}
      autocomplete="off"
      value={query}
      onInput={(event) => onQuery(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || query === "") return;
        event.preventDefault();
        onQuery("");
      }}
    />
  );
}
