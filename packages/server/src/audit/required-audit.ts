import { AccessError } from "../access/access-error.ts";
import type { Audit } from "../contract/audit.ts";

/**
 * Rejects with an `AccessError` `UNAVAILABLE` if an action cannot be recorded, so that it is not
 * done.
 */
export function requiredAudit(write: Audit): Audit {
  return async (event) => {
    try {
      await write(event);
    } catch (cause) {
      const message = "The audit cannot be written, so nothing is done that belongs in it.";
      throw new AccessError("UNAVAILABLE", message, { cause });
    }
  };
}
