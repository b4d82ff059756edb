import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openSecrets, passphrase } from "../src/index.ts";
import { edit, refused } from "./store-scene.ts";
import { temporaryFolder } from "./temporary-folder.ts";

// What a derivation costs is no matter of these tests: the least that a header may say.
vi.mock(import("../src/keys/usual-cost.ts"), () => ({ usualCost: { N: 2 ** 14, r: 8, p: 1 } }));

test("absurd scrypt parameters are refused, at once", async () => {
  const directory = join(temporaryFolder(), "store");
  const path = join(directory, "acc-secrets.json");
  const keys = [passphrase("correct horse")];
  await using secrets = await openSecrets({ directory, env: {}, keys });
  await secrets.set("first_api_key", "first-value-0001");
  const good = readFileSync(path);
  const absurd = [
    ...[2 ** 30, 2 ** 10, 3 * 2 ** 14, "131072", -1].map((N) => ({ N })),
    ...[4096, 1].map((r) => ({ r })),
    ...[1000, 0, 1.5].map((p) => ({ p })),
    { salt: "" },
    { kdf: "none" },
  ];
  const started = performance.now();
  for (const params of absurd) {
    writeFileSync(path, good);
    edit(path, (envelope) => {
      const [key] = envelope.keys as { params: object }[];
      Object.assign(key?.params ?? {}, params);
    });
    await refused(directory, "UNSAFE_KDF_PARAMETERS", { keys });
  }
  expect(performance.now() - started).toBeLessThan(5000);
});

test("a wrong passphrase is its own error", async () => {
  const directory = join(temporaryFolder(), "store");
  await using secrets = await openSecrets({ directory, env: {}, keys: [passphrase("right")] });
  await secrets.set("first_api_key", "first-value-0001");
  await refused(directory, "WRONG_PASSPHRASE", { keys: [passphrase("wrong")] });
  await refused(directory, "INVALID_PASSPHRASE", { keys: [passphrase("")] });
  await refused(directory, "MISSING_KEY");
  await using again = await openSecrets({ directory, env: {}, keys: [passphrase("right")] });
  expect((await again.get("first_api_key"))?.reveal()).toBe("first-value-0001");
});
