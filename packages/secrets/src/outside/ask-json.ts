import type { SecretsError } from "../errors.ts";
import { unavailable, unreadable } from "./store-error.ts";

/** What asks over HTTP: that of Node.js, or one of the caller's. */
export type Fetch = typeof globalThis.fetch;

/** One question to a store that speaks JSON over HTTP. */
export interface JsonQuestion {
  readonly method: "GET" | "POST" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An answer, of whatever status. */
export interface JsonAnswer {
  readonly status: number;
  /** Undefined where there is no body, or none of JSON. */
  readonly body: unknown;
  /** Where a redirection points to. */
  readonly location?: string;
  /** When it may be asked again, in milliseconds. */
  readonly retryAfter?: number;
}

/** The longest answer, in bytes: more than the longest list of names. */
const mostBytes = 8 * 1024 * 1024;

/**
 * Asks once, follows no redirection, and reads no more than the bound.
 *
 * @throws SecretsError `STORE_UNAVAILABLE` where there is no answer in time, `STORE_ANSWER_INVALID`
 * where it is too long
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

/** Seconds or a date. */
function waitOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait) ? Math.min(Math.max(0, wait), 3_600_000) : undefined;
}

/** The code of a network's failure, such as ECONNREFUSED. */
function reasonOf(error: unknown): string {
  const code = (error as { cause?: { code?: unknown } } | undefined)?.cause?.code;
  return typeof code === "string" && /^[A-Z][A-Z0-9_]+$/.test(code) ? ` (${code})` : "";
}
