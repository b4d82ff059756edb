import type { Refusal } from "../contract/access.ts";
import { readJsonBody } from "../safety/read-json-body.ts";
import { safeHeaders } from "./assets.ts";

/** Largest body in bytes. It is small, because callers that are not signed in send bodies too. */
const longestBody = 64 * 1024;

export function json(body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, { headers: { ...safeHeaders, ...headers } });
}

/** Makes the response for a refusal, with anything else that the page's script should know. */
export function refused({ status, code, message }: Refusal, more: object = {}): Response {
  return Response.json({ error: { code, message }, ...more }, { status, headers: safeHeaders });
}

/** Makes the response for an error with a key, with the message of the key store. */
export function failed(error: unknown): Response {
  const { code } = error as { code?: unknown };
  const message = error instanceof Error ? error.message : String(error);
  const isAsked = typeof code === "string" && /^(INVALID|WRONG|NAME|KEY)_/.test(code);
  const status = isAsked ? 400 : code === "UNAVAILABLE" ? 503 : 500;
  return refused({ status, code: typeof code === "string" ? code : "UNEXPECTED", message });
}

/** Returns the members of a small JSON object, or a refusal if the body is not one. */
export async function readJson(request: Request): Promise<Record<string, unknown> | Response> {
  const read = await readJsonBody(request, longestBody);
  if ("refusal" in read) return refused(read.refusal);
  const { value } = read;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  return refused({ status: 400, code: "INVALID_BODY", message: "Send a small JSON object." });
}
