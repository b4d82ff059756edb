import type { CallTrace } from "./call-trace.ts";

/** Text of a header's value, for names that a setting or a vendor gave. */
const printable = /^[\x21-\x7e]+$/;

/** Headers that tell what happened; what is not known yet is absent. */
export function traceHeaders(trace: CallTrace): Record<string, string> {
  const { provider, mode, attempts, cached, joined, warnings } = trace;
  const headers: Record<string, string> = {
    "x-acc-cached": String(cached),
    "x-acc-attempts": String(cached ? 0 : attempts),
  };
  if (provider !== undefined && printable.test(provider)) headers["x-acc-provider"] = provider;
  if (mode !== undefined) headers["x-acc-mode"] = mode;
  if (joined) headers["x-acc-joined"] = "true";
  if (warnings.size > 0) headers["x-acc-warnings"] = [...warnings].join(", ");
  return headers;
}

/** In seconds, as the standard has it, and in milliseconds, which the vendors' clients prefer. */
export function waitHeaders(retryAfter: number | undefined): Record<string, string> {
  if (retryAfter === undefined) return {};
  const milliseconds = Math.max(0, Math.ceil(retryAfter));
  return {
    "retry-after": String(Math.ceil(milliseconds / 1_000)),
    "retry-after-ms": String(milliseconds),
  };
}
