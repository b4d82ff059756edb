import { createHash } from "node:crypto";
import type { ChatRequest } from "@acc/dual-mode";
import { stampOf } from "./check-unchanged.ts";
import { EqualRequests } from "./equal-requests.ts";
import { LineFault } from "./line-fault.ts";
import { chunksOf } from "./read-lines.ts";
import { readRows } from "./read-rows.ts";
import type { RequestOf } from "./request-of.ts";

/** What is known of an input before the first request is sent. */
export interface Survey {
  /** The number of lines or rows, without empty ones. */
  readonly lines: number;
  /** Identifies the content of the file (see `digestOf`). */
  readonly digest: string;
  /** Identifies the requests, including what the batch adds to them. */
  readonly asked: string;
  readonly columns: readonly string[];
  /** Changes when somebody writes to the file (see `stampOf`). */
  readonly stamp: string;
  /** For each index, the index of the first equal line, or its own if there is none. */
  readonly firsts: Uint32Array;
}

/** Reads an input once; `checkColumns` receives its columns, and `look` each request. */
export async function survey(
  path: string,
  checkColumns: (columns: readonly string[]) => void,
  requestOf: RequestOf,
  look: (request: ChatRequest, line: number) => void,
): Promise<Survey> {
  const stamp = await stampOf(path).catch(() => "");
  const digest = await digestOf(path);
  const { columns, rows } = await readRows(path);
  checkColumns(columns);
  const equal = new EqualRequests();
  let firsts = new Uint32Array(1024);
  let lines = 0;
  for await (const { index, line, row } of rows) {
    if (index >= firsts.length) firsts = grown(firsts);
    firsts[index] = index;
    lines += 1;
    try {
      const request = requestOf(row);
      firsts[index] = equal.firstOf(request, index);
      look(request, line);
    } catch (error) {
      if (!(error instanceof LineFault)) throw error;
    }
  }
  return { lines, digest, asked: equal.asked, columns, stamp, firsts };
}

/** Returns the SHA-256 of a file's content. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of chunksOf(path)) hash.update(chunk);
  return hash.digest("hex");
}

function grown(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(numbers.length * 2);
  longer.set(numbers);
  return longer;
}
