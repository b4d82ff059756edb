import type { AuditLog } from "../audit/audit-log.ts";
import { SecretsError } from "../errors.ts";
import type { EnvelopeContainer } from "./envelope-container.ts";
import { putAside } from "./put-aside.ts";

/**
 * The errors that the backup can repair. A missing key or a wrong owner is not among them: the
 * backup has the same problem.
 */
const repaired: ReadonlySet<string> = new Set([
  "STORE_DAMAGED",
  "STORE_EMPTY",
  "STORE_MISSING",
  "HEADER_EDITED",
  "WRONG_FORMAT",
  "ROLLED_BACK",
  "STORE_REPLACED",
  "UNSAFE_KDF_PARAMETERS",
  "NEWER_VERSION",
]);

/** Replaces a damaged file, which is renamed, by the last good one. */
export function recoverFromBackup(
  path: string,
  container: EnvelopeContainer,
  audit: AuditLog,
): Promise<void> {
  return container.exclusively(async () => {
    await refuseGood(path, container);
    const backup = await container.readBackup();
    if (!backup) {
      throw new SecretsError(
        "NOTHING_TO_RECOVER",
        `There is no backup ${path}.bak. Start an empty store with reset(), which keeps the damaged file.`,
      );
    }
    const { seal, body } = backup;
    const generation = Math.max(seal.generation + 1, container.seenGeneration);
    await putAside([path], "damaged");
    container.forget();
    const event = { action: "recover", outcome: "ok" };
    body.audit.checkpoint = await audit.append(body.audit, [event], generation + 1);
    await container.write({ body, seal: { ...seal, generation } });
  });
}

async function refuseGood(path: string, container: EnvelopeContainer): Promise<void> {
  try {
    await container.read();
  } catch (error) {
    if (SecretsError.is(error) && repaired.has(error.code)) return;
    throw error;
  }
  throw new SecretsError("NOTHING_TO_RECOVER", `The store ${path} is good: nothing to recover.`);
}
