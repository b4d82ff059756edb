import type { SharedState } from "../contract/shared-state.ts";
import { sharedCredential } from "../pace/lanes.ts";
import type { Call } from "./call.ts";
import { targetOf } from "./route-target.ts";

/**
 * Reads the reports of other machines about a call's keys. It costs nothing while they are up to
 * date.
 */
export async function learnOfOthers<Options extends object>(call: Call<Options>): Promise<void> {
  const { state, keys } = call;
  const asked = keys.list.map((credential) => {
    const target = targetOf(call, { mode: "sdk", credential });
    return sharedCredential(target, state)?.refresh();
  });
  await Promise.all(asked);
  if (state !== undefined) tellOfState(call, state);
}

/** Clients that have reported that their state is away. */
const told = new WeakMap<object, true>();

/** Each client reports a change of the state once, in the call that notices it. */
export function tellOfState<Options extends object>(
  { modes, report }: Pick<Call<Options>, "modes" | "report">,
  { away }: SharedState,
): void {
  if ((away !== undefined) === told.has(modes)) return;
  if (away === undefined) {
    told.delete(modes);
    report({ type: "state", state: "back" });
  } else {
    told.set(modes, true);
    report({ type: "state", state: "away", reason: away });
  }
}
