import { encode } from "@ipld/dag-cbor";
import { CID } from "multiformats/cid";
import { create } from "multiformats/hashes/digest";
import { KEY_IGNORES, KEY_VERSION } from "../../src/index.ts";
import { crypto } from "../../src/node-crypto.ts";

const SHA256 = 0x12;
const DAG_CBOR = 0x71;

/** The key of a request by the libraries that define it. */
export function oracleKey(request: Record<string, unknown>): string {
  const kept = Object.entries(request).filter(([name]) => !KEY_IGNORES.has(name));
  const bytes = encode([KEY_VERSION, withoutUndefined(Object.fromEntries(kept))]);
  const digest = crypto().createHash("sha256").update(bytes).digest();
  return CID.createV1(DAG_CBOR, create(SHA256, digest)).toString();
}

/** The oracle throws on undefined; the rules leave such members out. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutUndefined(member)]));
}
