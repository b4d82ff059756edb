import type { Refusal } from "../contract/access.ts";

/** Largest body in bytes unless another limit is set: 32 MiB. */
const defaultMaxBodyBytes: number = 32 * 1024 * 1024;

/** The parsed value, or why the body is refused. */
export type JsonBody = { readonly value: unknown } | { readonly refusal: Refusal };

/** Reads and parses a JSON body, with `readBody` and `parseBody`. */
export async function readJsonBody(request: Request, maxBytes?: number): Promise<JsonBody> {
  const text = await readBody(request, maxBytes);
  return typeof text === "string" ? parseBody(text) : { refusal: text };
}

/**
 * Reads the text of a JSON body. A body whose Content-Type is not JSON is refused unread: a page of
 * another site can send other types (`text/plain`) without a preflight request, but not JSON. Of a
 * body that is too large, at most `maxBytes` are read, whatever its Content-Length says.
 */
export async function readBody(
  request: Request,
  maxBytes: number = defaultMaxBodyBytes,
): Promise<string | Refusal> {
  return refusedUnread(request.headers, maxBytes) ?? readText(request, maxBytes);
}

/** Parses the text of a body. */
export function parseBody(text: string): JsonBody {
  try {
    const value: unknown = JSON.parse(text);
    return isDeeper(value, deepest)
      ? { refusal: invalid("The body is nested too deep.") }
      : { value };
  } catch {
    return { refusal: invalid("The body is not JSON.") };
  }
}

/**
 * The depth that a request of `@acc/dual-mode` may have: code that walks a deeper one could
 * overflow the stack.
 */
const deepest = 200;

/** Whether any part is nested deeper than this many levels. It looks no deeper than that. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return levels < 0;
  if (levels < 0) return true;
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return members.some((each) => isDeeper(each, levels - 1));
}

function refusedUnread(headers: Headers, maxBytes: number): Refusal | undefined {
  const type = headers.get("content-type") ?? "";
  if (!/^application\/json *(; *charset *= *"?utf-?8"? *)?$/i.test(type)) {
    const message = "The body has to be JSON in UTF-8, with Content-Type: application/json.";
    return { status: 415, code: "UNSUPPORTED_MEDIA_TYPE", message };
  }
  if (!/^(identity)?$/i.test(headers.get("content-encoding") ?? "")) {
    const message = "The body has to come as it is, without a Content-Encoding.";
    return { status: 415, code: "UNSUPPORTED_MEDIA_TYPE", message };
  }
  return Number(headers.get("content-length")) > maxBytes ? tooLarge(maxBytes) : undefined;
}

const decoder = new TextDecoder("utf-8", { fatal: true });

async function readText(request: Request, maxBytes: number): Promise<string | Refusal> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = request.headers.has("content-length")
      ? new Uint8Array(await request.arrayBuffer())
      : await readBytes(request, maxBytes);
  } catch {
    return invalid("The body did not come whole.");
  }
  if (bytes === undefined || bytes.byteLength > maxBytes) return tooLarge(maxBytes);
  try {
    return decoder.decode(bytes);
  } catch {
    return invalid("The body is not UTF-8.");
  }
}

/**
 * Reads a body of unknown length. Returns undefined if it is too large; the rest is then not read.
 */
async function readBytes({ body }: Request, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early cancels the body.
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function invalid(message: string): Refusal {
  return { status: 400, code: "INVALID_REQUEST", message };
}

function tooLarge(maxBytes: number): Refusal {
  const message = `The body is larger than the ${maxBytes} bytes that this server takes.`;
  return { status: 413, code: "REQUEST_TOO_LARGE", message };
}
