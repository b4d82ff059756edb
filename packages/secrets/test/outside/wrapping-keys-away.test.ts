import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { type KeyProvider, openSecrets, passphrase } from "../../src/index.ts";
import { failsWith } from "../codes.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { kms, transit } from "./wrapping-services.ts";

// What a derivation costs is no matter of these tests: the least that a header may say.
vi.mock(import("../../src/keys/usual-cost.ts"), () => ({ usualCost: { N: 2 ** 14, r: 8, p: 1 } }));

test.each([
  ["Vault's Transit", transit],
  ["AWS KMS", kms],
])(
  "while %s is away an open store goes on, another key opens it, and without one it says why",
  async (_, start) => {
    const service = await start();
    const directory = join(temporaryFolder(), "store");
    const spare = passphrase("correct horse battery staple");
    const open = (...keys: KeyProvider[]) => openSecrets({ directory, env: {}, keys });
    await using first = await open(service.key(), spare);
    await first.set("groq_api_key", "groq-value-0001");
    const rotated = (await first.keys.list()).find(({ provider }) => provider === service.kind);
    await first.keys.rotate(rotated?.id ?? "");
    service.take();
    await first.set("groq_api_key", "groq-value-0002");
    await using second = await open(service.key(), spare);
    expect((await second.get("groq_api_key"))?.reveal()).toBe("groq-value-0002");
    await failsWith(() => open(service.key()), "STORE_UNAVAILABLE");
  },
  60_000,
);
