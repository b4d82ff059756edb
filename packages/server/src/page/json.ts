import type { Refusal } from "../contract/access.ts";
import { safeHeaders } from "./assets.ts";

const longestBody = 64 * 1024;

export function json(body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, { headers: { ...safeHeaders, ...headers } });
}

export function refused({ status, code, message }: Refusal): Response {
  return Response.json({ error: { code, message } }, { status, headers: safeHeaders });
}

/** What went wrong with a key, in the words of whoever keeps it. */
export function failed(error: unknown): Response {
  const { code } = error as { code?: unknown };
  const message = error instanceof Error ? error.message : String(error);
  const isAsked = typeof code === "string" && /^(INVALID|WRONG|NAME|KEY)_/.test(code);
  const status = isAsked ? 400 : 500;
  return refused({ status, code: typeof code === "string" ? code : "UNEXPECTED", message });
}

/** The members of a small JSON object; a refusal where the body is none. */
export async function readJson(request: Request): Promise<Record<string, unknown> | Response> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\b/i.test(type)) {
    const message = "Send application/json.";
    return refused({ status: 415, code: "UNSUPPORTED_MEDIA_TYPE", message });
  }
  try {
    const text = await request.text();
    const body: unknown = text.length > longestBody ? undefined : JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  } catch {
    // It is told below.
  }
  return refused({ status: 400, code: "INVALID_BODY", message: "Send a small JSON object." });
}
