import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** The one that the server knows. */
export const goodToken = "ya29.access-token-1";

/*
 * Answers as Google documents them in the REST reference of Secret Manager, version 1
 * (cloud.google.com/secret-manager/docs/reference/rest: projects.secrets and their versions).
 */
export async function gcpServer() {
  const server = {
    address: "",
    /** By id, the values of the versions; undefined for one that is disabled. */
    secrets: new Map<string, (string | undefined)[]>(),
    tokens: new Set([goodToken]),
    lines: [] as string[],
    intercept: undefined as (() => number | "hang" | undefined) | undefined,
  };
  const failure = (code: number, status: string) => ({
    code,
    body: { error: { code, message: `It is ${status}.`, status } },
  });
  const answer = (method: string, url: URL, body: string): { code: number; body: unknown } => {
    const { secrets } = server;
    const path = url.pathname.replace("/v1/projects/my-project/secrets", "");
    const [, id = "", rest = ""] = /^\/([^/:]+)(.*)$/.exec(path) ?? [];
    const named = (number: number) => `projects/1/secrets/${id}/versions/${number}`;
    const versions = secrets.get(id);
    if (path === "" && method === "POST") {
      const made = url.searchParams.get("secretId") ?? "";
      if (secrets.has(made)) return failure(409, "ALREADY_EXISTS");
      secrets.set(made, []);
      return { code: 200, body: { name: `projects/1/secrets/${made}` } };
    }
    if (path === "") {
      const from = Number(url.searchParams.get("pageToken") ?? 0);
      const all = [...secrets.keys()].map((name) => ({ name: `projects/1/secrets/${name}` }));
      const more = from + 3 < all.length ? { nextPageToken: String(from + 3) } : {};
      return { code: 200, body: { secrets: all.slice(from, from + 3), ...more } };
    }
    if (versions === undefined) return failure(404, "NOT_FOUND");
    if (method === "DELETE") return { code: secrets.delete(id) ? 200 : 404, body: {} };
    if (rest === ":addVersion") {
      const { payload } = JSON.parse(body);
      versions.push(Buffer.from(payload.data, "base64").toString());
      return { code: 200, body: { name: named(versions.length), state: "ENABLED" } };
    }
    const asked = /^\/versions\/(\w+):access$/.exec(rest)?.[1];
    const number = asked === "latest" ? versions.length : Number(asked);
    if (number < 1 || number > versions.length) return failure(404, "NOT_FOUND");
    const value = versions[number - 1];
    if (value === undefined) return failure(400, "FAILED_PRECONDITION");
    const data = Buffer.from(value).toString("base64");
    return { code: 200, body: { name: named(number), payload: { data, dataCrc32c: "1" } } };
  };
  const http = createServer(async (request, response) => {
    server.lines.push(`${request.method} ${request.url}`);
    const body = await text(request);
    const own = server.intercept?.();
    if (own === "hang") return;
    const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
    const url = new URL(request.url ?? "", "http://x");
    const found = own
      ? failure(own, "INTERCEPTED")
      : server.tokens.has(token)
        ? answer(request.method ?? "", url, body)
        : failure(401, "UNAUTHENTICATED");
    response.writeHead(found.code, { "content-type": "application/json" });
    response.end(JSON.stringify(found.body));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  server.address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return server;
}
