import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { openSecrets } from "@acc/secrets";
import type { AsyncEntry } from "@napi-rs/keyring";
import { compare } from "../harness/compare.ts";
import { repeated } from "../harness/repeated.ts";
import type { Row } from "../harness/report.ts";
import { type BenchedStore, nameOf, secretOf } from "./store.ts";

/** A new value for a name that is there, on disk when it is over. */
export async function compareSets(
  store: BenchedStore,
  names: number,
  entries: readonly AsyncEntry[] | undefined,
): Promise<Row[]> {
  await using secrets = await openSecrets(store);
  const write = durableWrite(dirname(store.path), readFileSync(store.path));
  const reference = "write, fsync, rename, fsync";
  const keyring = entries && {
    name: "@napi-rs/keyring",
    kind: "peer" as const,
    batch: repeated((at) => (entries[at % names] as AsyncEntry).setPassword(secretOf(at))),
  };
  return await compare(
    [
      {
        name: "@acc/secrets",
        kind: "ours",
        batch: repeated((at) => secrets.set(nameOf(at % names), secretOf(at))),
      },
      {
        name: reference,
        kind: "floor",
        batch(count) {
          for (let at = 0; at < count; at++) write();
        },
      },
      ...(keyring ? [keyring] : []),
    ],
    { reference, unitUs: 1000 },
  );
}

/** The least that puts a file on disk so that a crash loses neither the old one nor the new. */
function durableWrite(folder: string, bytes: Buffer): () => void {
  const [path, temporary] = [join(folder, "floor"), join(folder, "floor.tmp")];
  return () => {
    const file = openSync(temporary, "w", 0o600);
    writeSync(file, bytes);
    fsyncSync(file);
    closeSync(file);
    renameSync(temporary, path);
    const parent = openSync(folder, "r");
    fsyncSync(parent);
    closeSync(parent);
  };
}
