import type { SecretsManager } from "@acc/secrets";
import { wasInterrupted } from "../interrupt.ts";
import { type Ask, askOnTerminal, type UnlockOptions, unlockSecrets } from "./unlock.ts";

let opened: Promise<SecretsManager> | undefined;

/**
 * Opens this machine's store once for a whole command, so that a passphrase is asked for only once.
 * @param ask Asks for the passphrase that `unlock` names. @default on the terminal, since stdin has
 *   something else
 */
export function openOnce(
  unlock: UnlockOptions["unlock"],
  ask: Ask = () => askOnTerminal(),
): Promise<SecretsManager> {
  const options = { ...(unlock && { unlock }), ask };
  opened ??= unlockSecrets(options).catch(endIfInterrupted);
  return opened;
}

/** The store, if a client has opened it. Asks for nothing. */
export async function openedStore(): Promise<SecretsManager | undefined> {
  return opened?.catch(() => undefined);
}

/** A user who interrupts the question for a passphrase wants no call without it. */
function endIfInterrupted(error: unknown): never {
  if (wasInterrupted()) process.exit(130);
  throw error;
}
