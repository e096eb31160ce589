// A question before something that cannot be taken back. Nothing happens unless it is answered.
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { say } from "../text";

interface Props {
  title: string;
  yes: string;
  children: ComponentChildren;
  onYes(): void;
  onClose(): void;
}

export function Confirm({ title, yes, children, onYes, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-what`}
      onClose={onClose}
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
          class="danger"
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
