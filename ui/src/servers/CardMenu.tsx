// What can be done with a server besides power, behind one small button.
import type { ServerView } from "../bindings/ServerView";
import { useAround } from "../parts/context";
import { type Groups, MenuButton } from "../parts/Menu";
import { RULES } from "../settings/AlertChoices";
import { nameOf } from "../summary";
import { dashed, failure, isolate, say, type Told } from "../text";

/** Where a server stands among those that are pinned. */
export type Place = "only" | "first" | "middle" | "last";

interface Props {
  server: ServerView;
  /** `null` when it is not pinned. */
  place: Place | null;
  onPin(pinned: boolean): void;
  onFailed(told: Told | null): void;
}

export function CardMenu({ server, place, onPin, onFailed }: Props) {
  const { bridge, announce, go } = useAround();
  const { id } = server;
  const send = async (action: Parameters<typeof bridge.dispatch>[0], done: string) => {
    const told = failure(await bridge.dispatch(action));
    onFailed(told);
    announce(told ? told.what : done);
  };
  const pinned = place !== null;
  const move = (up: boolean) => ({
    label: say(up ? "window-move-up" : "window-move-down"),
    disabled: place === "only" || place === (up ? "first" : "last"),
    press: () => void send({ kind: "move_pin", server: id, up }, say("window-moved")),
  });
  const groups = (): Groups => [
    [
      { label: say("window-details"), press: () => go({ kind: "server", server: id }) },
      {
        label: say("menu-open-in-panel"),
        press: () => void send({ kind: "open_in_panel", server: id }, say("window-opened")),
      },
      ...(server.address === null
        ? []
        : [
            {
              label: say("menu-copy-address"),
              press: () => void send({ kind: "copy_address", server: id }, say("window-copied")),
            },
          ]),
    ],
    [
      { label: say("window-pinned"), checked: pinned, press: () => onPin(!pinned) },
      ...(pinned ? [move(true), move(false)] : []),
      {
        label: say("window-hide"),
        press: () =>
          void send({ kind: "hide", server: id, hidden: true }, say("window-hidden-done")),
      },
    ],
    ([null, ...RULES] as const).map((rule) => ({
      label: say(rule === null ? "window-own-rule-none" : `window-own-rule-${dashed(rule)}`),
      checked: server.alert_rule === rule,
      press: () => void send({ kind: "set_alert_rule", server: id, rule }, say("window-saved")),
    })),
  ];
  return (
    <MenuButton label={say("window-more-of", { name: isolate(nameOf(server)) })} groups={groups}>
      <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M3 8h.01M8 8h.01M13 8h.01" stroke-width="2.6" />
      </svg>
    </MenuButton>
  );
}
