// What is wrong and what to do, in the two sentences that every problem has.
import type { Told } from "../text";

export function ToldText({ told, heading = false }: { told: Told; heading?: boolean }) {
  return (
    <>
      {heading ? <h1 class="what">{told.what}</h1> : <p class="what">{told.what}</p>}
      {told.next !== "" && <p class="next">{told.next}</p>}
    </>
  );
}
