import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  createEnvironmentStore,
  createFileStore,
  createMemoryStore,
  openOriginalStore,
  openSecrets,
  type SecretStore,
} from "../src/index.ts";
import { type CreateStore, testSecretStore } from "../src/testing.ts";
import { failsWith } from "./codes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const seeded =
  (create: () => SecretStore): CreateStore =>
  async (secrets) => {
    const store = create();
    for (const [name, value] of Object.entries(secrets)) await store.set?.(name, value, {});
    return store;
  };

/** The suite makes one store before any test runs, so no folder of a test can be used for it. */
const probing = (create: (directory: string) => SecretStore): CreateStore => {
  let probed = false;
  return (secrets) => {
    const directory = probed ? join(temporaryFolder(), "store") : "never-written";
    probed = true;
    return seeded(() => create(directory))(secrets);
  };
};

describe("memory", async () => testSecretStore(test, seeded(createMemoryStore)));

describe("environment", async () =>
  testSecretStore(test, async (secrets) => {
    const upper = Object.entries(secrets).map(([name, value]) => [name.toUpperCase(), value]);
    return createEnvironmentStore({ env: { PATH: "/bin", ...Object.fromEntries(upper) } });
  }));

describe("file", async () =>
  testSecretStore(
    test,
    probing((directory) => createFileStore({ directory, env: {} })),
  ));

describe("plain file", async () =>
  testSecretStore(
    test,
    probing((directory) => createFileStore({ directory, env: {}, encryption: "none" })),
  ));

describe("the original's", async () =>
  testSecretStore(
    test,
    probing((directory) => openOriginalStore({ directory, env: {} })),
  ));

test("a store of one's own serves openSecrets, and what it cannot do is named", async () => {
  const store = createEnvironmentStore({ env: { GROQ_API_KEY: "groq-value-0001" } });
  await using secrets = await openSecrets({ store, env: {} });
  onTestFinished(() => secrets.close());
  expect((await secrets.get("groq_api_key"))?.source).toBe("store");
  await failsWith(() => secrets.set("groq_api_key", "groq-value-0002"), "UNSUPPORTED_BY_FORMAT");
  await failsWith(() => secrets.delete("groq_api_key"), "UNSUPPORTED_BY_FORMAT");
  await failsWith(() => openSecrets({ store, directory: "x" }), "INVALID_OPTION");
});
