import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { SecretsManager } from "@acc/secrets";
import { readHidden } from "../input/hidden.ts";
import { openOnce } from "../secrets/open-once.ts";
import type { UnlockOptions } from "../secrets/unlock.ts";

const name = "acc_server_token";
const variable = "ACC_SERVER_TOKEN";
/** Milliseconds in which another first start, at the same moment, has kept its token too. */
const settling = 250;

export function newOwnerToken(): string {
  return `acc-owner-${randomBytes(32).toString("base64url")}`;
}

/**
 * The token of this machine's owner: ACC_SERVER_TOKEN, for which no store is opened, else the one in
 * the store, else a new one there.
 */
export async function ownerToken(options: UnlockOptions): Promise<string> {
  const given = process.env[variable];
  if (given) return given;
  const secrets = await storeOf(options);
  const kept = await secrets.get(name);
  if (kept !== undefined) return kept.reveal();
  await secrets.set(name, newOwnerToken());
  // Of two that are made at once the later one stays, for both.
  await sleep(settling);
  return (await secrets.get(name))?.reveal() ?? ownerToken(options);
}

/** The store of this machine, opened once: for the token as for keys. Nothing else reads stdin. */
export function storeOf({ unlock }: UnlockOptions): Promise<SecretsManager> {
  return openOnce(unlock, () => readHidden("passphrase"));
}
