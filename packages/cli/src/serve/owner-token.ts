import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { SecretsManager } from "@acc/secrets";
import { configFolder } from "../config/config-folder.ts";
import { readHidden } from "../input/hidden.ts";
import { openOnce } from "../secrets/open-once.ts";
import type { UnlockOptions } from "../secrets/unlock.ts";
import { claim } from "./claim.ts";

/** The name of the token in the store. */
export const tokenName = "acc_server_token";
export const tokenVariable = "ACC_SERVER_TOKEN";

export function newOwnerToken(): string {
  return `acc-owner-${randomBytes(32).toString("base64url")}`;
}

/**
 * The token of this machine's owner: ACC_SERVER_TOKEN, for which no store is opened, else the one
 * in the store, else a new one that is stored there.
 */
export async function ownerToken(options: UnlockOptions): Promise<string> {
  const given = process.env[tokenVariable];
  if (given) return given;
  const secrets = await storeOf(options);
  const kept = await secrets.get(tokenName);
  if (kept !== undefined) return kept.reveal();
  const read = async () => {
    await secrets.refresh();
    return (await secrets.get(tokenName))?.reveal();
  };
  const keep = (token: string) => secrets.set(tokenName, token);
  return firstToken({ read, keep }, join(configFolder(), "server", "first-start"));
}

/** Reads and stores a token, which may be missing. */
interface Kept {
  read(): Promise<string | undefined>;
  keep(token: string): Promise<unknown>;
}

/**
 * Returns the stored token, or makes one. Of several first starts at once, one makes the token and
 * the others find it.
 */
export async function firstToken({ read, keep }: Kept, place: string): Promise<string> {
  const release = await claim(place);
  try {
    const kept = await read();
    if (kept !== undefined) return kept;
    const token = newOwnerToken();
    await keep(token);
    // The others find the stored token, so it is returned.
    return (await read()) ?? token;
  } finally {
    await release();
  }
}

/** This machine's store, opened once for the token and for keys. Nothing else reads stdin. */
export function storeOf({ unlock }: UnlockOptions): Promise<SecretsManager> {
  return openOnce(unlock, () => readHidden("passphrase"));
}
