import type { AuditProblem } from "./audit-problem.ts";
import type { FoundLine } from "./read-lines.ts";

const mostListed = 1_000;

/** A range of numbers that no line has had so far. */
interface Gap {
  readonly kind: "removed" | "cut";
  from: number;
  to: number;
}

/** The problems of an audit, in order; consecutive missing lines are one problem. */
export class ProblemList {
  readonly #found: (AuditProblem | Gap)[] = [];
  readonly #gaps: Gap[] = [];
  #unlisted = 0;

  edited({ file, line }: FoundLine, seq: number | undefined): void {
    const message = `${placeOf(line, file)} is not as it was written.`;
    this.#add({ kind: "edited", ...at(line, file), ...(seq !== undefined && { seq }), message });
  }

  /** Adds a line that comes after one with a higher number; it no longer counts as missing. */
  reordered({ file, line }: FoundLine, seq: number, highest: number): void {
    this.#close(seq);
    const message = `${placeOf(line, file)} (number ${seq}) stands after number ${highest}.`;
    this.#add({ kind: "reordered", ...at(line, file), seq, message });
  }

  gone(kind: Gap["kind"], from: number, to: number): void {
    if (from > to) return;
    const gap = { kind, from, to };
    if (this.#add(gap)) this.#gaps.push(gap);
  }

  get list(): readonly AuditProblem[] {
    return this.#found.flatMap((problem) => ("from" in problem ? ofGap(problem) : [problem]));
  }

  get unlisted(): number {
    return this.#unlisted;
  }

  #add(problem: AuditProblem | Gap): boolean {
    if (this.#found.length >= mostListed) {
      this.#unlisted += 1;
      return false;
    }
    this.#found.push(problem);
    return true;
  }

  #close(seq: number): void {
    const gap = this.#gaps.find(({ from, to }) => from <= seq && seq <= to);
    if (!gap) return;
    const after: Gap = { kind: gap.kind, from: seq + 1, to: gap.to };
    gap.to = seq - 1;
    if (after.from > after.to) return;
    this.#found.splice(this.#found.indexOf(gap) + 1, 0, after);
    this.#gaps.push(after);
  }
}

function ofGap({ kind, from, to }: Gap): AuditProblem[] {
  if (from > to) return [];
  const message =
    from === to
      ? `The line with number ${from} is gone.`
      : `The lines with numbers ${from} to ${to} are gone.`;
  return [{ kind, seq: from, message }];
}

function at(line: number, file: string | undefined): Pick<AuditProblem, "file" | "line"> {
  return { ...(file !== undefined && { file }), line };
}

function placeOf(line: number, file: string | undefined): string {
  return file === undefined ? `Line ${line}` : `Line ${line} of ${file}`;
}
