// The fields that the settings are made of.
import { ToldText } from "../parts/Told";
import type { Told } from "../text";
import type { Wish } from "./wish";

export function Failed({ told }: { told: Told | null }) {
  return (
    told && (
      <div class="banner bad">
        <ToldText told={told} />
      </div>
    )
  );
}

export function Check(props: { wish: Wish<boolean>; label: string; hint: string }) {
  const { wish, label, hint } = props;
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={wish.value}
          onChange={(event) => wish.change(event.currentTarget.checked)}
        />
        <span>
          {label}
          <span class="hint">{hint}</span>
        </span>
      </label>
      <Failed told={wish.failed} />
    </>
  );
}
