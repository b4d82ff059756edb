import { expect } from "vitest";
import { none, type Run } from "./command-run.ts";

const toldRest = "acc: The batches at claude are cancelled; what was answered is kept";

/** Runs of `acc batch` by each flag of vendors' batches, on a machine with a key of Claude's. */
export const batchRuns: Readonly<Record<string, Omit<Run, "args">>> = {
  "--vendor-batch": {
    stdout: none,
    stderr: /^acc: 2 answered, 0 failed; \$\d+\.\d{4} spent\.\n$/,
    json: expect.objectContaining({ lines: 2, answered: 2, failed: 0, pending: 0 }),
  },
  "--vendor-batch --poll 1": {
    stdout: none,
    stderr: /^acc: 2 answered, 0 failed; \$\d+\.\d{4} spent\.\n$/,
    json: expect.objectContaining({ lines: 2, answered: 2, failed: 0, pending: 0 }),
  },
  "--vendor-batch --poll 0": {
    code: 2,
    stdout: none,
    stderr: /^acc: .*--poll.*\(WRONG_USAGE\)\n/,
  },
  "--cancel": {
    code: 1,
    stdout: none,
    stderr: new RegExp(
      `^acc: 0 answered, 0 failed, 2 to be asked; .*\n${toldRest}.*\\(CANCELLED\\)\n`,
    ),
    json: expect.objectContaining({ answered: 0, pending: 2, stopped: expect.anything() }),
  },
  "--vendor-batch --queue redis://127.0.0.1:1": {
    code: 2,
    stdout: none,
    stderr: /^acc: --vendor-batch cannot use a queue\. \(WRONG_USAGE\)\nLeave --queue out/,
  },
};
