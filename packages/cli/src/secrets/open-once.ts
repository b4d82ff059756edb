import type { SecretsManager } from "@acc/secrets";
import { wasInterrupted } from "../interrupt.ts";
import { askOnTerminal, type UnlockOptions, unlockSecrets } from "./unlock.ts";

let opened: Promise<SecretsManager> | undefined;

/** The store of this machine for all clients of a command, which ask for a passphrase but once. */
export function openOnce(unlock: UnlockOptions["unlock"]): Promise<SecretsManager> {
  const options = { ...(unlock && { unlock }), ask: () => askOnTerminal() };
  opened ??= unlockSecrets(options).catch(endIfInterrupted);
  return opened;
}

/** Who ends the question for a passphrase wants no call without it. */
function endIfInterrupted(error: unknown): never {
  if (wasInterrupted()) process.exit(130);
  throw error;
}
