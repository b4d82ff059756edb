import type { Secret } from "../secret.ts";
import type { AuditEvent } from "./audit-log.ts";

/** Returns the audit event of a read, without the value. */
export function readEvent(
  name: string,
  found: Secret | undefined,
  actor: string | undefined,
): AuditEvent {
  return {
    action: "read",
    name,
    ...(actor !== undefined && { actor }),
    ...(found?.version !== undefined && { version: found.version }),
    ...(found ? { source: found.source } : { outcome: "NOT_FOUND" }),
  };
}
