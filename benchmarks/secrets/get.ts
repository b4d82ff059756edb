import { openSecrets } from "@acc/secrets";
import type { AsyncEntry } from "@napi-rs/keyring";
import { compare } from "../harness/compare.ts";
import { repeated } from "../harness/repeated.ts";
import type { Row } from "../harness/report.ts";
import { type BenchedStore, nameOf, secretOf } from "./store.ts";

/** A step through the names that visits all of them, in no order of a Map. */
const step = 7919;

/** One `get` of any of the names. */
export async function compareGets(
  store: BenchedStore,
  names: number,
  entries: readonly AsyncEntry[] | undefined,
): Promise<Row[]> {
  await using secrets = await openSecrets(store);
  await using audited = await openSecrets({ ...store, audit: { reads: true } });
  const map = new Map(Array.from({ length: names }, (_, at) => [nameOf(at), secretOf(at)]));
  const keys = [...map.keys()];
  const any = (round: number) => keys[(round * step) % names] as string;
  const keyring = entries && {
    name: "@napi-rs/keyring",
    kind: "peer" as const,
    batch: repeated((round) => (entries[(round * step) % names] as AsyncEntry).getPassword()),
  };
  return await compare(
    [
      { name: "@acc/secrets", kind: "ours", batch: repeated((at) => secrets.get(any(at))) },
      {
        name: "@acc/secrets, audited",
        kind: "ours",
        batch: repeated((at) => audited.get(any(at))),
      },
      { name: "Map, awaited", kind: "floor", batch: repeated(async (at) => map.get(any(at))) },
      ...(keyring ? [keyring] : []),
    ],
    { reference: "Map, awaited" },
  );
}
