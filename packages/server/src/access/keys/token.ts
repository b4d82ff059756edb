import { createHash, randomBytes } from "node:crypto";

/** A new token: `sk-acc-`, the handle that finds its key, and 256 random bits. */
export function newToken(handle: string): string {
  return `sk-acc-${handle}-${randomBytes(32).toString("base64url")}`;
}

/** The handle in a token; undefined if it is not the token of a key. */
export function handleIn(token: string): string | undefined {
  return /^sk-acc-([0-9a-f]{16})-[\w-]{43}$/.exec(token)?.[1];
}

/** Names are not used as file names: a file system may treat two of them as one. */
export function handleOf(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 16);
}

/** A token has 256 random bits, so a plain hash reveals nothing and a token cannot be guessed. */
export function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
