import type { Caller, Refusal, RequestInfo } from "../contract/access.ts";
import { isLoopback } from "../safety/loopback.ts";
import { type Expected, expectedOf, sameToken } from "../safety/same-token.ts";
import type { KeyRecord, KeyStore } from "./keys/key-store.ts";
import { handleIn, hashOf } from "./keys/token.ts";
import { expiredToken, invalidToken, ownerTokenRefused } from "./refusals.ts";

/** Where the owner's token is accepted: on this machine, or nowhere. */
export type OwnerFrom = "loopback" | "nowhere";

/** What a token is compared with. */
export interface Known {
  /** The owner's token. */
  readonly owner: Expected | undefined;
  readonly ownerFrom: OwnerFrom;
  readonly keys: KeyStore | undefined;
}

/** A caller and, for a key, its stored record. */
export interface Identified {
  readonly caller: Caller;
  readonly record?: KeyRecord;
}

/**
 * Identifies a caller by its token. The owner, and a request without a token, need no lookup, so
 * they are returned without a promise.
 * @throws what the store of keys throws
 */
export function identify(
  { owner, ownerFrom, keys }: Known,
  token: string | undefined,
  info: RequestInfo,
): Identified | Refusal | Promise<Identified | Refusal> {
  if (token === undefined) return invalidToken;
  if (owner !== undefined && sameToken(token, owner)) {
    // If the address is not known, the program that runs the handler has to restrict access.
    const isHere = info.remoteAddress === undefined || isLoopback(info.remoteAddress);
    const isTaken = ownerFrom === "loopback" && isHere;
    return isTaken ? { caller: { kind: "owner" } } : ownerTokenRefused;
  }
  return identifyKey(keys, token);
}

async function identifyKey(
  keys: KeyStore | undefined,
  token: string,
): Promise<Identified | Refusal> {
  const handle = handleIn(token);
  const record = handle === undefined ? undefined : await keys?.find(handle);
  if (!record || !sameToken(hashOf(token), expectedOf(record.hash))) return invalidToken;
  if (record.expiresAt !== undefined && record.expiresAt <= Date.now()) return expiredToken;
  return { caller: callerOf(record), record };
}

function callerOf({ id, name, tenant, models }: KeyRecord): Caller {
  return { kind: "key", id, name, tenant, ...(models && { models }) };
}
