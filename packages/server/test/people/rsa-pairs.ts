import { generateKeyPair } from "jose";

export type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

let pairs: Promise<[Pair, Pair]> | undefined;

/** Two pairs of keys, made once for all tests of a process: that takes a processor's time. */
export function rsaPairs(): Promise<[Pair, Pair]> {
  pairs ??= Promise.all([generateKeyPair("RS256"), generateKeyPair("RS256")]);
  return pairs;
}
