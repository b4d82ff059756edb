import { crypto } from "../../crypto.ts";
import type { KeyProvider } from "../../keys/key-provider.ts";
import type { JsonAnswer } from "../ask-json.ts";
import { refused, unreadable } from "../store-error.ts";
import { wrappingKey } from "../wrapping-key.ts";
import { checkPath } from "./kv-place.ts";
import { saidBy, VaultClient, type VaultOptions } from "./vault-client.ts";

/** A key of Vault's Transit engine. */
export interface TransitKeyOptions extends VaultOptions {
  /** The name of an encryption key in the engine. */
  readonly key: string;
  /** @default "transit" */
  readonly mount?: string;
}

/**
 * Opens a store with a key that never leaves Vault or OpenBao: the Transit engine seals the
 * wrapping key, and the sealed key is kept in the store's header.
 *
 * @throws SecretsError `INVALID_OPTION`
 */
export function transitKey(options: TransitKeyOptions): KeyProvider {
  const { key: name, mount = "transit" } = options;
  checkPath("key", name);
  checkPath("mount", mount);
  const client = new VaultClient(options);
  const ask = async (verb: "encrypt" | "decrypt", field: string, body: object): Promise<string> => {
    const answer = await client.ask("POST", `${mount}/${verb}/${name}`, { body });
    if (answer.status !== 200) throw refusal(verb, name, answer);
    const { data } = (answer.body ?? {}) as { data?: Record<string, unknown> };
    const found = data?.[field];
    if (typeof found === "string") return found;
    throw unreadable(`Vault's answer to ${verb} has no ${field}.`);
  };
  return wrappingKey({
    kind: "vault-transit",
    async make() {
      const key = crypto().randomBytes(32);
      const sealed = await ask("encrypt", "ciphertext", { plaintext: key.toString("base64") });
      return { key, sealed };
    },
    open: async (sealed) =>
      Buffer.from(await ask("decrypt", "plaintext", { ciphertext: sealed }), "base64"),
    isSealed: (text) => /^vault:v\d+:[\x21-\x7e]{1,4096}$/.test(text),
  });
}

function refusal(verb: string, name: string, answer: JsonAnswer) {
  const said = saidBy(answer);
  const words = said === "" ? "" : `: ${said}`;
  return refused(`Vault does not ${verb} by the key ${name} (${answer.status})${words}.`);
}
