import { expect, test } from "vitest";
import { SeenKeys } from "../../src/access/keys/seen-keys.ts";
import type { KeyRecord } from "../../src/index.ts";

const record = (name: string) => ({ name }) as KeyRecord;

test("of 10,000 keys and one more that were seen, the one that was read longest ago is dropped", () => {
  const seen = new SeenKeys(60_000);
  for (let at = 0; at < 10_000; at += 1) seen.read(`h${at}`, record(`k${at}`));
  seen.read("h0", record("k0"));
  seen.read("new", record("new"));
  expect(["h0", "h1", "h2", "new"].map((handle) => seen.known(handle)?.name)).toEqual([
    "k0",
    undefined,
    "k2",
    "new",
  ]);
});
