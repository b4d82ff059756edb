import { AccessError } from "../access-error.ts";
import type { KeyRecord, OnDamaged } from "./key-store.ts";

/**
 * Parses a stored key. A record that is not valid is refused as a whole: to ignore a part of it
 * could remove a limit.
 *
 * @throws AccessError `DAMAGED`
 */
export function parseRecord(text: string, where: string): KeyRecord {
  const value = parsed(text);
  if (isRecord(value)) return value;
  const message = `${where} has no key that can be read. Remove it, and add the key again.`;
  throw new AccessError("DAMAGED", message);
}

/** Records, without those that cannot be read, which are reported. */
export async function readRecords(
  reads: readonly (() => Promise<KeyRecord | undefined>)[],
  onDamaged: OnDamaged | undefined,
): Promise<readonly KeyRecord[]> {
  const records = await Promise.all(
    reads.map(async (read) => {
      try {
        return await read();
      } catch (error) {
        const isDamaged = error instanceof AccessError && error.code === "DAMAGED";
        if (!isDamaged || onDamaged === undefined) throw error;
        onDamaged(error);
        return undefined;
      }
    }),
  );
  return records.filter((record) => record !== undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is KeyRecord {
  if (typeof value !== "object" || value === null) return false;
  const record = value as Partial<Record<keyof KeyRecord, unknown>>;
  const texts = [record.id, record.name, record.handle, record.hash, record.tenant];
  const counts = [record.rpm, record.tpm, record.expiresAt];
  return (
    texts.every((text) => typeof text === "string" && text !== "") &&
    counts.every((count) => count === undefined || typeof count === "number") &&
    (record.models === undefined || Array.isArray(record.models)) &&
    (record.budget === undefined || isBudget(record.budget))
  );
}

function isBudget(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { usd, per } = value as { readonly usd?: unknown; readonly per?: unknown };
  return typeof usd === "number" && (per === "day" || per === "month");
}
