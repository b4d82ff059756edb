import { readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ownFolder } from "../own-folder.ts";
import { monthOf } from "./account.ts";
import type { BudgetStore } from "./budget-store.ts";
import { JournalFiles, monthOfFile } from "./journal-files.ts";
import { takeLine } from "./journal-line.ts";
import { JournalWriter } from "./journal-writer.ts";

/** How journals are stored. */
export interface FileBudgetsOptions {
  /**
   * Bytes of a journal beyond which it is written again, without what is settled, where that makes it
   * much shorter.
   * @default 1_048_576 (1 MiB)
   */
  readonly longest?: number;
}

/**
 * Budgets in journals of a folder on a disk of this machine, one for each month: each entry is on
 * the disk (fsync) before its call begins. Several servers of the machine may share the folder.
 */
export function fileBudgets(
  folder: string,
  { longest = 1024 * 1024 }: FileBudgetsOptions = {},
): BudgetStore {
  const root = resolve(folder);
  const writers = new Map<string, JournalWriter>();
  let isMade: Promise<void> | undefined;

  const writerOf = async (account: string) => {
    isMade ??= prepare(root);
    await isMade.catch((error) => {
      isMade = undefined;
      throw error;
    });
    const month = monthOf(account);
    const writer = writers.get(month) ?? new JournalWriter(new JournalFiles(root, month), longest);
    writers.set(month, writer);
    return writer;
  };

  return {
    async take(withdrawal) {
      const writer = await writerOf(withdrawal.account);
      // A key that has spent everything and keeps asking causes no writes.
      const isShort = writer.ledger?.hasRoom(withdrawal) === false;
      if (isShort && !(await writer.read()).ledger.hasRoom(withdrawal)) return false;
      const { ledger } = await writer.write(takeLine(withdrawal));
      return ledger.isTaken(withdrawal.account, withdrawal.id);
    },
    async settle(settlement) {
      (await writerOf(settlement.account)).settle(settlement);
    },
    async spent(account) {
      return (await (await writerOf(account)).read()).ledger.spent(account);
    },
    async check() {
      const month = new Date().toISOString().slice(0, 7);
      const { unreadable } = await (await writerOf(`:${month}`)).read();
      if (unreadable === 0) return [];
      const { path } = new JournalFiles(root, month);
      return [`${unreadable} lines of ${path} were cut or cannot be read, and do not count.`];
    },
    async close() {
      await Promise.all([...writers.values()].map((writer) => writer.close()));
      writers.clear();
    },
  };
}

/** Journals of months before the last one are not needed: no period reaches that far back. */
async function prepare(root: string): Promise<void> {
  await ownFolder(root);
  const now = new Date();
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1));
  const oldest = last.toISOString().slice(0, 7);
  const old = (await readdir(root)).filter((name) => (monthOfFile(name) ?? oldest) < oldest);
  await Promise.all(old.map((name) => rm(join(root, name), { force: true })));
}
