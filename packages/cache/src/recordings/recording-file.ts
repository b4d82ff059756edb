import { CacheError } from "../error.ts";
import { isCid } from "../key/cid.ts";
import { requestKey } from "../key/request-key.ts";
import { requestOf } from "./request-form.ts";
import { sorted } from "./sorted.ts";

/** One answer and what it answers, as a file has it. */
export interface Recording {
  readonly cid: string;
  readonly namespace?: string;
  readonly tenant?: string;
  /** What is in the key of the request, as JSON; absent where only its CID was known. */
  readonly request?: unknown;
  readonly response: unknown;
  readonly metadata?: unknown;
}

const FORMAT = 1;

/** The same text for the same recording, on every Node.js. */
export function recordingText(recording: Recording): string {
  return `${JSON.stringify(sorted({ format: FORMAT, ...recording }), undefined, 2)}\n`;
}

/**
 * Reads a recording; its response may have been edited by hand.
 *
 * @throws CacheError `DAMAGED`, `NEWER_FORMAT`, naming the file
 */
export function readRecording(file: string, text: string): Recording {
  const found = parsed(file, text);
  const { format, cid, request, response } = found;
  if (typeof format === "number" && format > FORMAT) {
    const message = `The recording ${file} has format ${format}; this version reads ${FORMAT}.`;
    throw new CacheError("NEWER_FORMAT", `${message} Update @acc/cache.`);
  }
  if (format !== FORMAT || !isCid(cid) || response === undefined) {
    throw damaged(file, "lacks its format, cid or response");
  }
  if (request !== undefined && keyOf(request) !== cid) {
    throw damaged(file, "has another request than the one that its cid is of");
  }
  return sorted(found) as unknown as Recording;
}

function parsed(file: string, text: string): Partial<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const conflict = /^<{7} /m.test(text) ? ": it has the marks of a merge conflict" : "";
    throw damaged(file, `is not JSON${conflict}`);
  }
  if (typeof value !== "object" || value === null) throw damaged(file, "is not a JSON object");
  return value;
}

function keyOf(request: unknown): string | undefined {
  try {
    return requestKey(requestOf(request));
  } catch {
    return undefined;
  }
}

function damaged(file: string, what: string): CacheError {
  const fix = 'Repair it, or remove it and record it again (mode: "record").';
  return new CacheError("DAMAGED", `The recording ${file} ${what}. ${fix}`);
}
