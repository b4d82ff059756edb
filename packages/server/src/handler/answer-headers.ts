import type { CallTrace } from "./call-trace.ts";

/** Names that a header can contain: settings and vendors may give others. */
const printable = /^[\x21-\x7e]+$/;

/** Adds headers that tell how the call was answered; what is not known yet is left out. */
export function addTrace(headers: Record<string, string>, trace: CallTrace): void {
  const { provider, mode, attempts, cached, joined, warnings } = trace;
  headers["x-acc-cached"] = cached ? "true" : "false";
  headers["x-acc-attempts"] = cached ? "0" : String(attempts);
  if (provider !== undefined && printable.test(provider)) headers["x-acc-provider"] = provider;
  if (mode !== undefined) headers["x-acc-mode"] = mode;
  if (joined) headers["x-acc-joined"] = "true";
  addNames(headers, "x-acc-warnings", [...warnings]);
}

/** Adds a header with a list of names, without those that a header cannot contain. */
export function addNames(
  headers: Record<string, string>,
  header: string,
  names: readonly string[],
): void {
  const shown = names.filter((name) => printable.test(name));
  if (shown.length > 0) headers[header] = shown.join(", ");
}

/**
 * Returns the wait in seconds, as the HTTP standard has it, and in milliseconds, which vendors'
 * clients prefer.
 */
export function waitHeaders(retryAfter: number | undefined): Record<string, string> {
  if (retryAfter === undefined) return {};
  const milliseconds = Math.max(0, Math.ceil(retryAfter));
  return {
    "retry-after": String(Math.ceil(milliseconds / 1_000)),
    "retry-after-ms": String(milliseconds),
  };
}
