// The fields that the settings are made of.
import { ToldText } from "../parts/Told";
import { dashed, say, type Told } from "../text";
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

interface Numbered {
  label: string;
  value: number;
  least: number;
  most: number;
  onChange(to: number): void;
}

/** A whole number, taken into its limits as soon as it is entered. What it is stands beside it already. */
export function NumberInput({ label, value, least, most, onChange }: Numbered) {
  return (
    <input
      type="number"
      inputMode="numeric"
      aria-label={label}
      min={least}
      max={most}
      value={value}
      onChange={(event) => {
        const typed = Math.round(event.currentTarget.valueAsNumber);
        const to = Number.isFinite(typed) ? Math.min(most, Math.max(least, typed)) : value;
        event.currentTarget.value = `${to}`;
        if (to !== value) onChange(to);
      }}
    />
  );
}

/** The same with its label and what more there is to say. */
export function NumberField({ hint, ...of }: Numbered & { hint?: string }) {
  return (
    <div class="field">
      <span aria-hidden="true">{of.label}</span>
      <NumberInput {...of} />
      {hint && <span class="hint">{hint}</span>}
    </div>
  );
}

/** One of a few; the sentence of each is that of the legend with its name. */
export function Choice<T extends string>(props: {
  wish: Wish<T>;
  name: string;
  legend: string;
  hint?: string;
  of: readonly T[];
}) {
  const { wish, name, legend, hint } = props;
  const explained = hint && `${name}-hint`;
  return (
    <fieldset class="choices inline" aria-describedby={explained}>
      <legend>{say(legend)}</legend>
      {props.of.map((each) => (
        <label key={each} class="check">
          <input
            type="radio"
            name={name}
            checked={each === wish.value}
            onChange={() => wish.change(each)}
          />
          {say(`${legend}-${dashed(each)}`)}
        </label>
      ))}
      {hint && (
        <p id={explained} class="hint">
          {say(hint)}
        </p>
      )}
      <Failed told={wish.failed} />
    </fieldset>
  );
}
