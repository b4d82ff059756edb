import type { SecretsManager } from "@acc/secrets";
import { wasInterrupted } from "../interrupt.ts";
import { type Ask, askOnTerminal, type UnlockOptions, unlockSecrets } from "./unlock.ts";

let opened: Promise<SecretsManager> | undefined;

/**
 * The store of this machine for all of a command, which asks for a passphrase but once.
 * @param ask What asks for the one that `unlock` names. @default on the terminal, for stdin has something else
 */
export function openOnce(
  unlock: UnlockOptions["unlock"],
  ask: Ask = () => askOnTerminal(),
): Promise<SecretsManager> {
  const options = { ...(unlock && { unlock }), ask };
  opened ??= unlockSecrets(options).catch(endIfInterrupted);
  return opened;
}

/** That store, where a client has opened it; nobody is asked for anything. */
export async function openedStore(): Promise<SecretsManager | undefined> {
  return opened?.catch(() => undefined);
}

/** Who ends the question for a passphrase wants no call without it. */
function endIfInterrupted(error: unknown): never {
  if (wasInterrupted()) process.exit(130);
  throw error;
}
