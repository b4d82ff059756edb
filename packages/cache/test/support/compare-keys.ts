import fc from "fast-check";
import { requestKey } from "../../src/key/request-key.ts";
import { oracleKey } from "./oracle-key.ts";
import { requests } from "./requests.ts";

/** Compares our keys with the oracle's over generated requests; throws at the first difference. */
export function compareKeys(count: number, seed: number): number {
  let compared = 0;
  fc.assert(
    fc.property(requests, (request) => {
      compared++;
      const ours = requestKey(request);
      const theirs = oracleKey(request);
      if (ours !== theirs) throw new Error(`${ours} is not ${theirs}`);
    }),
    { numRuns: count, seed },
  );
  return compared;
}
