import type { ScryptOptions } from "node:crypto";
import { crypto } from "../crypto.ts";
import { SecretsError } from "../errors.ts";
import type { KeyParameters, KeyProvider, PreparedKey } from "./key-provider.ts";
import { usualCost } from "./usual-cost.ts";

const bounds = { leastN: 2 ** 14, mostN: 2 ** 20, leastR: 8, mostR: 16, mostP: 4 };
const saltBytes = 32;

/**
 * Creates a provider that derives the wrapping key from a passphrase with scrypt; the salt and the
 * cost are in the header. A function is called only when the key is needed.
 */
export function passphrase(text: string | (() => Promise<string>)): KeyProvider {
  const derive = async (params: KeyParameters): Promise<Uint8Array> => {
    const cost = checkedCost(params);
    const asked = typeof text === "string" ? text : await text();
    if (typeof asked !== "string" || asked === "") {
      throw new SecretsError("INVALID_PASSPHRASE", "The passphrase is empty. Give one.");
    }
    const salt = Buffer.from(String(params.salt), "base64");
    return scryptKey(asked.normalize("NFKC"), salt, cost);
  };
  const prepare = async (): Promise<PreparedKey> => {
    const params = {
      kdf: "scrypt",
      ...usualCost,
      salt: crypto().randomBytes(saltBytes).toString("base64"),
    };
    return { key: await derive(params), params };
  };
  return {
    kind: "passphrase",
    own: true,
    asks: typeof text === "function",
    load: async (entry) => [await derive(entry.params ?? {})],
    prepare,
    rotate: prepare,
  };
}

/**
 * Checks the cost in the header: an edited header could exhaust the memory, or make passphrases
 * cheap to guess.
 */
function checkedCost(params: KeyParameters): ScryptOptions {
  const { kdf, N, r, p, salt } = params;
  const safe =
    kdf === "scrypt" &&
    within(N, bounds.leastN, bounds.mostN) &&
    Number.isInteger(Math.log2(N)) &&
    within(r, bounds.leastR, bounds.mostR) &&
    within(p, 1, bounds.mostP) &&
    typeof salt === "string" &&
    within(Buffer.from(salt, "base64").length, 16, 64);
  if (safe) return { N, r, p, maxmem: 128 * N * r * 2 };
  throw new SecretsError(
    "UNSAFE_KDF_PARAMETERS",
    "The scrypt parameters in the store's header are out of bounds: the header was edited. " +
      'Restore the store with recover({ from: "backup" }).',
  );
}

function within(value: unknown, least: number, most: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}

function scryptKey(text: string, salt: Buffer, cost: ScryptOptions): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    crypto().scrypt(text, salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
