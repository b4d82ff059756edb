import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { compare } from "../harness/compare.ts";
import { repeated } from "../harness/repeated.ts";
import type { Row } from "../harness/report.ts";
import type { Target } from "./targets.ts";

export const inARow = {
  title: "ten calls in a row to a model of one second",
  reference: "SDK mode",
  ours: "standby: 2",
  atMost: 1.25,
} as const;

const prompt = "Say hello in 2 pieces, 1000 ms late";
/** Milliseconds in which both processes are ready. */
const warmUp = 6_000;

/** Ten calls, each behind the last, by processes that wait and by the SDK. */
export async function compareInARow(
  { open, openSdk, command }: Target,
  url: string,
): Promise<Row[]> {
  await using warm = open(url, command, 2);
  await using sdk = openSdk(url);
  const chat = (client: typeof sdk) => async () => {
    assert((await client.chat(prompt)).text);
  };
  for (const client of [warm, sdk]) await client.chat(prompt);
  return await compare(
    [
      {
        name: inARow.ours,
        kind: "ours",
        ready: () => delay(warmUp),
        batch: repeated(chat(warm)),
      },
      { name: inARow.reference, kind: "floor", batch: repeated(chat(sdk)) },
    ],
    { reference: inARow.reference, rounds: 3, count: 10, unitUs: 1000 },
  );
}
