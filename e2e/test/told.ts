import type { RawRequest } from "../../scripts/loopback-server.ts";

const id = /acc-run-\w+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|\b[\da-f]{64}\b/g;

/** A request without its ids, the moment of it, and what the transport alone says. */
export function told({ method, path, headers, body }: RawRequest): string {
  const kept = Object.entries(headers).filter(([name]) => !/^(host|connection)$/.test(name));
  return JSON.stringify({ method, path, headers: Object.fromEntries(kept), body: inOrder(body) })
    .replace(id, "ID")
    .replace(/(turn_started_at_unix_ms\W+)\d+/g, "$1TIME");
}

/** Codex says what it tells of itself in another order each time. */
function inOrder(body: string): string {
  const { client_metadata: metadata, ...said } = JSON.parse(body);
  if (metadata === undefined) return body;
  return JSON.stringify({ ...said, metadata: Object.entries(metadata).sort() });
}
