import { basename, resolve } from "node:path";
import { BatchError } from "./batch-error.ts";
import type { BatchOptions } from "./contract.ts";
import type { BatchPaths } from "./journal/wanted.ts";

/**
 * Returns the paths of a batch's files, which must all differ.
 * @throws {@link BatchError} `INVALID_OPTION`
 */
export function pathsOf({ input, output, failures }: BatchOptions): BatchPaths {
  const paths = {
    input,
    output,
    failures: failures ?? `${output}.failed.jsonl`,
    journal: `${output}.journal`,
  };
  const places = Object.values(paths).map((path) => resolve(path));
  if (new Set(places).size < places.length) {
    throw invalid("The input, the output and the failures must be different files.");
  }
  if (/\.csv$/i.test(basename(paths.failures))) {
    throw invalid("Failures are written as JSONL, not as CSV.");
  }
  return paths;
}

/** @throws {@link BatchError} `INVALID_OPTION` */
export function checkOptions(options: BatchOptions): void {
  const { concurrency = 64, tries = 3, maxCost, prices } = options;
  checkVendorBatch(options);
  for (const [name, count] of Object.entries({ concurrency, tries })) {
    if (!(Number.isSafeInteger(count) && count >= 1)) {
      throw invalid(`${name} must be a whole number from 1, and is ${count}.`);
    }
  }
  if (maxCost === undefined) return;
  if (!(maxCost > 0 && maxCost < Number.POSITIVE_INFINITY)) {
    throw invalid(`maxCost must be a number of US dollars above 0, and is ${maxCost}.`);
  }
  if (prices === undefined) throw invalid("maxCost needs prices.");
}

function checkVendorBatch({ vendorBatch, call }: BatchOptions): void {
  if (!vendorBatch) return;
  const { poll = 1, lines = 1 } = vendorBatch === true ? {} : vendorBatch;
  if (!(poll >= 1 && poll <= 86_400_000)) {
    throw invalid(`vendorBatch.poll must be milliseconds from 1 to a day, and is ${poll}.`);
  }
  if (!(Number.isSafeInteger(lines) && lines >= 1)) {
    throw invalid(`vendorBatch.lines must be a whole number from 1, and is ${lines}.`);
  }
  if (call?.only === "cli" || call?.billing === "login") {
    throw invalid("A vendor's batch needs a key: it cannot use a CLI or a login.");
  }
}

function invalid(message: string): BatchError {
  return new BatchError("INVALID_OPTION", message, "Correct it.");
}
