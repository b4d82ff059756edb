import type { SecretsError } from "../errors.ts";
import { unavailable, unreadable } from "./store-error.ts";

/** A function that makes HTTP requests: the `fetch` of Node.js, or the caller's own. */
export type Fetch = typeof globalThis.fetch;

/** A request to a store with a JSON API over HTTP. */
export interface JsonQuestion {
  readonly method: "GET" | "POST" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A response, of any status. */
export interface JsonAnswer {
  readonly status: number;
  /** The parsed body; undefined if there is none, or if it is not JSON. */
  readonly body: unknown;
  /** The target of a redirect. */
  readonly location?: string;
  /** The time to wait before the next request, in milliseconds. */
  readonly retryAfter?: number;
}

/** The longest response, in bytes: more than the longest list of names. */
const mostBytes = 8 * 1024 * 1024;

/**
 * Sends one request, follows no redirect, and reads at most `mostBytes`.
 *
 * @throws SecretsError `STORE_UNAVAILABLE` if there is no response in time, `STORE_ANSWER_INVALID`
 * if it is too long
 */
export async function askJson(
  { method, url, headers, body }: JsonQuestion,
  { fetch, timeout }: { readonly fetch: Fetch; readonly timeout: number },
): Promise<JsonAnswer> {
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeout)));
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const type = body === undefined ? {} : { "content-type": "application/json" };
  try {
    const response = await fetch(url, {
      ...{ method, signal, ...sent },
      headers: { accept: "application/json", ...type, ...headers },
      redirect: "manual",
    });
    const text = await boundedText(response, url);
    const location = response.headers.get("location");
    const retryAfter = waitOf(response.headers.get("retry-after"));
    return {
      status: response.status,
      body: parsed(text),
      ...(location !== null && { location }),
      ...(retryAfter !== undefined && { retryAfter }),
    };
  } catch (cause) {
    if (isTooLong(cause)) throw cause;
    const slow = signal.aborted ? ` within ${Math.ceil(timeout)} ms` : "";
    throw unavailable(`${url.origin} does not answer${slow}${reasonOf(cause)}.`, { cause });
  }
}

const tooLong = new WeakSet<object>();

function isTooLong(error: unknown): error is SecretsError {
  return typeof error === "object" && error !== null && tooLong.has(error);
}

async function boundedText(response: Response, url: URL): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      const error = unreadable(`${url.origin} answers with more than ${mostBytes} bytes.`);
      tooLong.add(error);
      throw error;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Returns the wait that a Retry-After header asks for, in milliseconds; the header has seconds or a
 * date.
 */
function waitOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait) ? Math.min(Math.max(0, wait), 3_600_000) : undefined;
}

/** Returns the code of a network error, such as ECONNREFUSED. */
function reasonOf(error: unknown): string {
  const code = (error as { cause?: { code?: unknown } } | undefined)?.cause?.code;
  return typeof code === "string" && /^[A-Z][A-Z0-9_]+$/.test(code) ? ` (${code})` : "";
}
