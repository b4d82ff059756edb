import type { SharedState } from "../contract/shared-state.ts";
import { sharedCredential } from "../pace/lanes.ts";
import type { Call } from "./call.ts";
import { targetOf } from "./route-target.ts";

/** Brings what other machines have told of a call's keys up to date. It costs nothing while it is. */
export async function learnOfOthers<Options extends object>(call: Call<Options>): Promise<void> {
  const { state, keys } = call;
  const asked = keys.list.map((credential) => {
    const target = targetOf(call, { mode: "sdk", credential });
    return sharedCredential(target, state)?.refresh();
  });
  await Promise.all(asked);
  if (state !== undefined) tellOfState(call, state);
}

/** Clients that have told that their state is away. */
const told = new WeakMap<object, true>();

/** A change of the state is told once by each client, in the call that meets it. */
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
