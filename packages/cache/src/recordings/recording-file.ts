import { CacheError } from "../error.ts";
import { isCid } from "../key/cid.ts";
import { requestKey } from "../key/request-key.ts";
import { requestOf } from "./request-form.ts";
import { sorted } from "./sorted.ts";

/** A response and its request, as a file has them. */
export interface Recording {
  readonly cid: string;
  readonly namespace?: string;
  readonly tenant?: string;
  /** The part of the request that is in its key, as JSON; absent if only the CID was known. */
  readonly request?: unknown;
  readonly response: unknown;
  readonly metadata?: unknown;
}

const FORMAT = 1;

/** Formats a recording. The text is the same for the same recording on every Node.js. */
export function recordingText(recording: Recording): string {
  return `${JSON.stringify(sorted({ format: FORMAT, ...recording }), undefined, 2)}\n`;
}

/**
 * Parses a recording, whose response may have been edited by hand.
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
