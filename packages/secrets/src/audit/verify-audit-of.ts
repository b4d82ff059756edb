import type { Vault } from "../vault.ts";
import { AuditSnapshot } from "./read-lines.ts";
import { type AuditReport, verifyLines } from "./verify-audit.ts";

/**
 * Checks the audit of an opened store as it is at one moment; returns undefined if the store has
 * none.
 */
export async function verifyAuditOf(vault: Vault): Promise<AuditReport | undefined> {
  const { audit } = vault;
  if (!audit) return undefined;
  const { state, snapshot } = await vault.alone(async (view) => ({
    state: view.body.audit,
    snapshot: await AuditSnapshot.take(audit.path),
  }));
  try {
    return await verifyLines(snapshot, state, audit.lost);
  } finally {
    await snapshot.close();
  }
}
