import { join } from "node:path";
import { createFileStore, openSecrets, type SecretsOptions } from "@acc/secrets";

export type BenchedStore = SecretsOptions & { readonly path: string };

export function nameOf(index: number): string {
  return `service_${index}_api_key`;
}

export function secretOf(index: number): string {
  return `sk-benchmark-${index}-${"x".repeat(40)}`;
}

/** A store of so many names with a key file, as it is made where nothing is set up. */
export async function filledStore(folder: string, names: number): Promise<BenchedStore> {
  const path = join(folder, String(names), "store.json");
  const options = { path, env: {} };
  const store = createFileStore(options);
  await store.vault?.update((body) => {
    for (let index = 0; index < names; index++) {
      const version = {
        version: 1,
        state: "current" as const,
        value: secretOf(index),
        createdAt: 0,
      };
      body.entries[nameOf(index)] = { versions: [version] };
    }
    return { result: undefined, events: [{ action: "set" }] };
  });
  await store.close?.();
  return options;
}

/** From nothing to the first value. */
export async function openAndGet(options: SecretsOptions): Promise<void> {
  await using secrets = await openSecrets(options);
  await secrets.get(nameOf(0));
}
