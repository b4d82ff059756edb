import { SecretsError } from "../errors.ts";
import type { AuditState } from "../store-body.ts";
import { isSigned, lineFormat, parseLine, type SignedEntry } from "./audit-line.ts";
import type { AuditProblem } from "./audit-problem.ts";
import { ProblemList } from "./problem-list.ts";
import type { AuditSnapshot, FoundLine } from "./read-lines.ts";

/** The result of checking an audit log. */
export interface AuditReport {
  readonly ok: boolean;
  readonly lines: number;
  readonly problems: readonly AuditProblem[];
  /** The number of problems that are not in the list, which has the first 1,000. */
  readonly unlisted: number;
  /** The number of events that this process could not record. */
  readonly lost: number;
  /** What a check of this kind cannot find. */
  readonly cannotFind: readonly string[];
}

const cannotFind: readonly string[] = [
  "lines cut from the end, when they were written after the last checkpoint",
  "lines forged by someone who can open the store, and so has its audit keys",
  "what was never written down: audited reads that were not asked for, lines counted as lost",
];

/**
 * Checks each line's signature, the order of the lines, and the store's checkpoint, in one pass
 * over files of any size.
 *
 * @throws SecretsError `NEWER_VERSION` for a good line of a later format
 */
export async function verifyLines(
  snapshot: AuditSnapshot,
  state: AuditState,
  lost: number,
): Promise<AuditReport> {
  const chain = new Chain(state);
  for await (const found of snapshot.lines()) chain.add(found);
  const problems = chain.end();
  const { list, unlisted } = problems;
  return { ok: list.length === 0, lines: chain.lines, problems: list, unlisted, lost, cannotFind };
}

type Signed = FoundLine & { readonly entry: SignedEntry };

/** The state of the check after the lines so far. */
class Chain {
  readonly #state: AuditState;
  readonly #problems = new ProblemList();
  #lines = 0;
  #highest = 0;
  /** Lines since the last good one that are not as they were written: each has used up a number. */
  #edited = 0;
  /** The last good line, which the next one must name. */
  #before: Signed | undefined;

  constructor(state: AuditState) {
    this.#state = state;
  }

  get lines(): number {
    return this.#lines;
  }

  add(found: FoundLine): void {
    this.#lines += 1;
    const entry = found.text === undefined ? undefined : parseLine(found.text);
    if (!entry || !isSigned(found.text ?? "", entry, this.#state.epochs)) {
      this.#edited += 1;
      this.#problems.edited(found, entry?.seq);
      return;
    }
    if ((entry.format ?? 1) > lineFormat) throw newer(entry);
    this.#link({ ...found, entry });
  }

  end(): ProblemList {
    const { checkpoint } = this.#state;
    this.#problems.gone("cut", this.#highest + 1 + this.#edited, checkpoint.seq);
    return this.#problems;
  }

  #link(found: Signed): void {
    const { entry } = found;
    const { checkpoint } = this.#state;
    const before = this.#before;
    if (before?.entry.seq === entry.seq - 1 && before.entry.mac !== entry.prev) {
      this.#problems.edited(before, before.entry.seq);
    }
    if (entry.seq === checkpoint.seq && entry.mac !== checkpoint.mac) {
      this.#problems.edited(found, entry.seq);
    }
    this.#before = found;
    if (entry.seq <= this.#highest) {
      this.#problems.reordered(found, entry.seq, this.#highest);
      return;
    }
    this.#problems.gone("removed", this.#highest + 1 + this.#edited, entry.seq - 1);
    this.#highest = entry.seq;
    this.#edited = 0;
  }
}

function newer({ format }: SignedEntry): SecretsError {
  return new SecretsError(
    "NEWER_VERSION",
    `The audit has lines of format ${format}; this package knows ${lineFormat}. ` +
      "Update @acc/secrets.",
  );
}
