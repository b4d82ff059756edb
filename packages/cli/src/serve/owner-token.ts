import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type UnlockOptions, withSecrets } from "../secrets/unlock.ts";

const name = "acc_server_token";
/** Milliseconds in which another first start, at the same moment, has kept its token too. */
const settling = 250;

export function newOwnerToken(): string {
  return `acc-owner-${randomBytes(32).toString("base64url")}`;
}

/** The token of this machine's owner: ACC_SERVER_TOKEN, else the one in the store, else a new one there. */
export async function ownerToken(options: UnlockOptions): Promise<string> {
  return withSecrets(options, async (secrets) => {
    const kept = await secrets.get(name);
    if (kept !== undefined) return kept.reveal();
    await secrets.set(name, newOwnerToken());
    // Of two that are made at once the later one stays, for both.
    await sleep(settling);
    return (await secrets.get(name))?.reveal() ?? ownerToken(options);
  });
}
