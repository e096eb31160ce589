// A question before something that cannot be taken back. Nothing happens unless it is answered.
import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { say } from "../text";

interface Props {
  title: string;
  yes: string;
  /** Something may be lost. */
  danger?: boolean;
  children: ComponentChildren;
  onYes(): void;
  onClose(): void;
}

export function Confirm({ title, yes, danger = true, children, onYes, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  // Gives the focus back when the question is withdrawn: while it is still in the page.
  useLayoutEffect(() => {
    const shown = dialog.current;
    return () => shown?.close();
  }, []);
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-what`}
      // One that was withdrawn is not answered.
      onClose={(event) => event.currentTarget.isConnected && onClose()}
    >
      <h2 id={`${id}-title`}>{title}</h2>
      <div id={`${id}-what`}>{children}</div>
      <div class="row end">
        {/* First, so that it has the focus: Enter alone does no harm. */}
        <button type="button" onClick={close}>
          {say("window-cancel")}
        </button>
        <button
          type="button"
          class={danger ? "danger" : "primary"}
          onClick={() => {
            close();
            onYes();
          }}
        >
          {yes}
        </button>
      </div>
    </dialog>
  );
}
