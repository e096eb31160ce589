// The parts of a server's page, one in view: arrows move between them, as everywhere.
import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";
import { say } from "../text";
import type { Part } from "./ServerPage";

interface Props {
  label: string;
  parts: Part[];
  shown: Part;
  onShow(part: Part): void;
  children: ComponentChildren;
}

export function Tabs({ label, parts, shown, onShow, children }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const at = parts.indexOf(shown);
    const to = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      Home: 0,
      End: parts.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = parts[(to + parts.length) % parts.length];
    if (!next) return;
    onShow(next);
    list.current?.querySelector<HTMLElement>(`[data-part="${next}"]`)?.focus();
  };
  return (
    <>
      <div ref={list} class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
        {parts.map((part) => (
          <button
            key={part}
            type="button"
            role="tab"
            id={`${id}-${part}`}
            data-part={part}
            aria-selected={part === shown}
            aria-controls={`${id}-panel`}
            tabIndex={part === shown ? 0 : -1}
            onClick={() => onShow(part)}
          >
            {say(`window-part-${part}`)}
          </button>
        ))}
      </div>
      <div
        key={shown}
        class="part"
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${shown}`}
      >
        {children}
      </div>
    </>
  );
}
