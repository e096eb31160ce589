// A button with more: a small menu beside it, above everything else in the page.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

interface Item {
  label: string;
  /** It is on; only for items that switch. */
  checked?: boolean;
  disabled?: boolean;
  press(): void;
}

/** Groups of items, with a line between them. */
export type Groups = readonly (readonly Item[])[];

interface Props {
  label: string;
  children: ComponentChildren;
  /** Asked for when it opens. */
  groups(): Groups;
}

export function MenuButton({ label, children, groups }: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        class="quiet small"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={label}
        title={label}
        onClick={() => setOpen(true)}
      >
        {children}
      </button>
      {open && <Menu label={label} at={button} groups={groups()} onClose={() => setOpen(false)} />}
    </>
  );
}

interface MenuProps {
  label: string;
  at: { current: HTMLElement | null };
  groups: Groups;
  onClose(): void;
}

function Menu({ label, at, groups, onClose }: MenuProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before it is painted, so that it is never seen elsewhere.
  useLayoutEffect(() => {
    const menu = dialog.current;
    if (!menu) return;
    menu.showModal();
    if (at.current) place(menu, at.current);
    return () => menu.close();
  }, []);
  const choose = (item: Item) => {
    if (item.disabled) return;
    dialog.current?.close();
    item.press();
  };
  return (
    <dialog
      ref={dialog}
      class="menu"
      aria-label={label}
      onClose={onClose}
      // Beside the menu, that is: on its backdrop.
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
      onKeyDown={walk}
    >
      <div role="menu" aria-label={label}>
        {groups.map((group, number) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of a menu
          <div key={number} role="group">
            {group.map((item) => (
              <button
                key={item.label}
                type="button"
                role={item.checked === undefined ? "menuitem" : "menuitemcheckbox"}
                {...(item.checked === undefined ? {} : { "aria-checked": item.checked })}
                aria-disabled={item.disabled}
                onClick={() => choose(item)}
              >
                {item.label}
              </button>
            ))}
          </div>
        ))}
      </div>
    </dialog>
  );
}

/** Below the button and within the window; above it where there is more room. */
function place(menu: HTMLElement, button: HTMLElement) {
  const { top, bottom, left, right } = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const rtl = getComputedStyle(button).direction === "rtl";
  const x = rtl ? left : right - width;
  const below = bottom + height <= window.innerHeight - 4;
  const y = below ? bottom : Math.max(4, top - height);
  menu.style.left = `${Math.max(4, Math.min(x, window.innerWidth - width - 4))}px`;
  menu.style.top = `${y}px`;
}

function walk(event: KeyboardEvent) {
  const menu = event.currentTarget as HTMLElement;
  const items = [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items[(to + items.length) % items.length]?.focus();
}
