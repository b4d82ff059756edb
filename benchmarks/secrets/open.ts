import { readFileSync, writeFileSync } from "node:fs";
import { compare } from "../harness/compare.ts";
import { repeated } from "../harness/repeated.ts";
import type { Row } from "../harness/report.ts";
import { type BenchedStore, nameOf, openAndGet, secretOf } from "./store.ts";

/** From nothing to the first value, against as many values in a plain file. */
export async function compareOpens(store: BenchedStore, names: number): Promise<Row[]> {
  const plain = `${store.path}.plain`;
  const values = Array.from({ length: names }, (_, at) => [nameOf(at), secretOf(at)]);
  writeFileSync(plain, JSON.stringify(Object.fromEntries(values)));
  const reference = "JSON.parse of a plain file";
  return compare(
    [
      { name: "@acc/secrets", kind: "ours", batch: repeated(() => openAndGet(store)) },
      {
        name: reference,
        kind: "floor",
        batch(count) {
          for (let at = 0; at < count; at++) JSON.parse(readFileSync(plain, "utf8"));
        },
      },
    ],
    { reference, unitUs: 1000 },
  );
}
