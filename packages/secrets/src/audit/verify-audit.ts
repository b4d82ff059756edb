import type { AuditState } from "../body.ts";
import { readPrivateFile } from "../file/read-private-file.ts";
import { isSigned, parseLine, type SignedEntry } from "./audit-line.ts";

/** One thing that is wrong with an audit log. */
export interface AuditProblem {
  readonly kind: "edited" | "removed" | "reordered" | "cut";
  /** The line in the file, from 1; absent for one that is not there. */
  readonly line?: number;
  /** The number that the line has in the chain, where it can be told. */
  readonly seq?: number;
  readonly message: string;
}

/** What a check of an audit log found. */
export interface AuditReport {
  readonly ok: boolean;
  readonly lines: number;
  readonly problems: readonly AuditProblem[];
  /** Events that this process could not write down. */
  readonly lost: number;
  /** What no check of this kind can find. */
  readonly cannotFind: readonly string[];
}

const cannotFind: readonly string[] = [
  "lines cut from the end, when they were written after the last checkpoint",
  "lines forged by someone who can open the store, and so has its audit keys",
  "what was never written down: audited reads that were not asked for, lines counted as lost",
];

interface Found {
  readonly line: number;
  readonly entry: SignedEntry;
}

/** Checks each line's signature, the order of the lines, and the checkpoint of the store. */
export async function verifyLines(
  path: string,
  state: AuditState,
  lost: number,
): Promise<AuditReport> {
  const bytes = await readPrivateFile(path);
  const texts = (bytes?.toString("utf8") ?? "").split("\n");
  if (texts.at(-1) === "") texts.pop();
  const found: Found[] = [];
  const problems: AuditProblem[] = [];
  for (const [index, text] of texts.entries()) {
    const entry = parseLine(text);
    if (entry && isSigned(text, entry, state.epochs)) found.push({ line: index + 1, entry });
    else problems.push(edited(index + 1, entry?.seq));
  }
  problems.push(...replaced(found, state), ...misplaced(found), ...missing(found, problems, state));
  return { ok: problems.length === 0, lines: texts.length, problems, lost, cannotFind };
}

function edited(line: number, seq: number | undefined): AuditProblem {
  const message = `Line ${line} is not as it was written.`;
  return { kind: "edited", line, ...(seq !== undefined && { seq }), message };
}

/** Signed lines that are not the ones which the next line, or the checkpoint, was written after. */
function replaced(found: readonly Found[], { checkpoint }: AuditState): AuditProblem[] {
  return found
    .filter(({ entry }, index) => {
      const next = found[index + 1]?.entry;
      const unlinked = next?.seq === entry.seq + 1 && next.prev !== entry.mac;
      return unlinked || (entry.seq === checkpoint.seq && entry.mac !== checkpoint.mac);
    })
    .map(({ line, entry }) => edited(line, entry.seq));
}

/** Lines that stand after one with a higher number. */
function misplaced(found: readonly Found[]): AuditProblem[] {
  let highest = 0;
  return found.flatMap(({ line, entry: { seq } }) => {
    if (seq > highest) {
      highest = seq;
      return [];
    }
    const message = `Line ${line} (number ${seq}) stands after number ${highest}.`;
    return [{ kind: "reordered" as const, line, seq, message }];
  });
}

/** Numbers that no line has. An edited line is not counted a second time. */
function missing(
  found: readonly Found[],
  editedLines: readonly AuditProblem[],
  state: AuditState,
): AuditProblem[] {
  const present = new Set([
    ...found.map(({ entry }) => entry.seq),
    ...placesOf(editedLines, found),
  ]);
  const highest = found.reduce((most, { entry }) => Math.max(most, entry.seq), 0);
  const problems: AuditProblem[] = [];
  for (let seq = 1; seq <= Math.max(highest, state.checkpoint.seq); seq += 1) {
    if (present.has(seq)) continue;
    const kind = seq > highest ? "cut" : "removed";
    const message = `The line with number ${seq} is gone.`;
    problems.push({ kind, seq, message });
  }
  return problems;
}

/** The number that an edited line must have had, by the signed line before it. */
function placesOf(editedLines: readonly AuditProblem[], found: readonly Found[]): number[] {
  const byLine = new Map(found.map(({ line, entry }) => [line, entry.seq]));
  return editedLines.map(({ line = 0 }) => {
    let before = line - 1;
    while (before > 0 && !byLine.has(before)) before -= 1;
    return (byLine.get(before) ?? 0) + (line - before);
  });
}
