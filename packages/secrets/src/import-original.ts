import { SecretsError, type SecretsErrorCode } from "./errors.ts";
import type { SecretsManager } from "./manager.ts";
import { type OriginalStoreOptions, openOriginalStore } from "./stores/original-store.ts";

/** The result of an import. */
export interface ImportReport {
  readonly imported: readonly string[];
  /** Names that the store already has, with the same value. */
  readonly unchanged: readonly string[];
  /**
   * Names that were left out, each with the reason; `NAME_CONFLICT` if the store has another value.
   */
  readonly skipped: readonly { readonly name: string; readonly code: SecretsErrorCode }[];
}

type Skipped = ImportReport["skipped"][number];

/**
 * Copies the secrets from the store of the Python original, which is only read. A second run
 * continues with the secrets that are missing. No value in the target is replaced.
 *
 * @throws SecretsError if the original cannot be opened, and `NOT_FOUND` if there is none
 */
export async function importOriginal(
  target: SecretsManager,
  options: OriginalStoreOptions = {},
): Promise<ImportReport> {
  const original = openOriginalStore({ onWarning: () => undefined, ...options });
  await original.refresh?.();
  const names = await original.list();
  const leftOut = original.leftOut();
  if (names.length + leftOut.length === 0) {
    throw new SecretsError(
      "NOT_FOUND",
      "There is no store of the Python original, or it is empty.",
    );
  }
  const report = {
    imported: [] as string[],
    unchanged: [] as string[],
    skipped: leftOut.map((name): Skipped => ({ name, code: "VALUE_NOT_STRING" })),
  };
  for (const name of names) {
    const value = (await original.get(name))?.value ?? "";
    const there = await target.get(name).catch(() => undefined);
    const kept = there?.source === "store" ? there.reveal() : undefined;
    if (kept === value) report.unchanged.push(name);
    else if (kept !== undefined) report.skipped.push({ name, code: "NAME_CONFLICT" });
    else await copy(target, name, value, report);
  }
  await original.close?.();
  return report;
}

async function copy(
  target: SecretsManager,
  name: string,
  value: string,
  report: { imported: string[]; skipped: Skipped[] },
): Promise<void> {
  try {
    await target.set(name, value, { multiline: true });
    report.imported.push(name);
  } catch (error) {
    if (!SecretsError.is(error) || !/^(NAME|VALUE)_/.test(error.code)) throw error;
    report.skipped.push({ name, code: error.code });
  }
}
