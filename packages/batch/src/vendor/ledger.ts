import { type FileHandle, open, readFile, rm } from "node:fs/promises";
import { BatchError, reasonOf } from "../batch-error.ts";
import { sizeOf } from "../journal/read-journal.ts";
import { unwritable } from "../journal/unwritable.ts";
import type { Intent, OpenBatch, OpenBatches } from "./open-batch.ts";
import { apply, type LedgerEntry, type LedgerHead, readLedger } from "./read-ledger.ts";

function ledgerPath(output: string): string {
  return `${output}.vendor`;
}

/** Whether lines of an output are at a vendor, as far as earlier runs knew. */
export async function hasLedger(output: string): Promise<boolean> {
  return ((await sizeOf(ledgerPath(output))) ?? 0) > 0;
}

/**
 * Returns what earlier runs have submitted to a vendor, as far as they knew; undefined if nothing.
 */
export async function leftAtVendor(
  output: string,
): Promise<{ readonly vendor: string; readonly open: OpenBatches } | undefined> {
  if (!(await hasLedger(output))) return undefined;
  const path = ledgerPath(output);
  try {
    const { head, open } = readLedger(await readFile(path, "utf8"));
    return head && { vendor: head.vendor, open };
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Removes the ledger, when nothing is at a vendor any more. */
export async function removeLedger(output: string): Promise<void> {
  await rm(ledgerPath(output), { force: true });
}

/** The batches submitted to a vendor, each recorded before it is submitted. */
export class Ledger {
  readonly #file: FileHandle;
  readonly #path: string;
  open: OpenBatches = new Map();
  #end = 0;

  private constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  /** @throws {@link BatchError} if lines are at another vendor, or their requests differ */
  static async at(output: string, head: LedgerHead): Promise<Ledger> {
    const path = ledgerPath(output);
    let file: FileHandle | undefined;
    try {
      const found = await hasLedger(output);
      file = await open(path, found ? "r+" : "w+");
      const ledger = new Ledger(file, path);
      await ledger.#read(head);
      return ledger;
    } catch (error) {
      await file?.close();
      if (BatchError.is(error)) throw error;
      if (error instanceof SyntaxError) throw unreadable(path, error);
      const message = `The file ${path} cannot be used: ${reasonOf(error)}.`;
      throw new BatchError(
        "OUTPUT_UNWRITABLE",
        message,
        "Name a place that you may write to.",
        error,
      );
    }
  }

  /**
   * Identifies the key of the batch that has to be found at the vendor, or else of the last one.
   */
  get key(): string | undefined {
    const open = [...this.open.values()];
    return (open.find(({ id }) => id === undefined) ?? open.at(-1))?.account.key;
  }

  /** Records a batch that is about to be submitted; resolves when the entry is on the disk. */
  async intend(mark: string, intended: Omit<Intent, "mark" | "at">): Promise<OpenBatch> {
    const entry = ["intent", mark, { at: Date.now(), ...intended }] as const;
    await this.#write(entry);
    return apply(this.open, entry) as OpenBatch;
  }

  async submitted(batch: OpenBatch, id: string): Promise<void> {
    await this.#write(["submitted", batch.mark, id]);
    batch.id = id;
  }

  /** Records that the results of a batch are on the disk, or that it never was at the vendor. */
  async over({ mark }: OpenBatch): Promise<void> {
    await this.#write(["over", mark]);
    this.open.delete(mark);
  }

  /** Closes the ledger, and removes the file if nothing is at the vendor any more. */
  async close(): Promise<void> {
    await this.#file.close();
    if (this.open.size === 0) await rm(this.#path, { force: true });
  }

  async #read({ vendor, asked }: LedgerHead): Promise<void> {
    const { head, open, end } = readLedger(await this.#file.readFile("utf8"));
    this.open = open;
    this.#end = open.size === 0 ? 0 : end;
    await this.#file.truncate(this.#end);
    if (head === undefined || open.size === 0) return this.#write({ vendor, asked });
    if (head.vendor !== vendor) throw elsewhere(head.vendor);
    if (head.asked !== asked) throw askedOtherwise(head.vendor);
  }

  async #write(entry: LedgerEntry | LedgerHead): Promise<void> {
    const bytes = Buffer.from(`${JSON.stringify(entry)}\n`);
    try {
      for (let done = 0; done < bytes.length; ) {
        const rest = bytes.length - done;
        done += (await this.#file.write(bytes, done, rest, this.#end + done)).bytesWritten;
      }
      await this.#file.datasync();
    } catch (error) {
      throw unwritable(error);
    }
    this.#end += bytes.length;
  }
}

function unreadable(path: string, cause: unknown): BatchError {
  const fix = "Put it back: only this file says which lines are at the vendor.";
  return new BatchError("JOURNAL_UNREADABLE", `The file ${path} cannot be read.`, fix, cause);
}

function elsewhere(vendor: string): BatchError {
  return new BatchError(
    "INVALID_OPTION",
    `Lines of this output are in batches of ${vendor}.`,
    `Go on with ${vendor}, or cancel them there first.`,
  );
}

function askedOtherwise(vendor: string): BatchError {
  return new BatchError(
    "OTHER_INPUT",
    `Lines of this output are in batches of ${vendor}, asked with another template, model or other flags.`,
    "Go on as before until they are answered, or cancel them first.",
  );
}
