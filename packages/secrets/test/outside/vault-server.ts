import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/*
 * A server that answers as HashiCorp documents it for Vault, and OpenBao after it, in the source of
 * the sites: website/content/api-docs of hashicorp/vault, index.mdx (headers, statuses, errors),
 * secret/kv/kv-v2.mdx, auth/{token,approle,kubernetes,jwt}.mdx, secret/transit.mdx, system/health.mdx.
 */

interface Version {
  readonly data: Record<string, unknown> | undefined;
}

interface Token {
  readonly ttl: number;
  readonly renewable: boolean;
  expiresAt: number;
  renewals: number;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface VaultServer {
  readonly address: string;
  /** Each request: "GET /v1/…", and with which token and namespace. */
  readonly requests: { line: string; token: string; namespace: string; body: string }[];
  /** Answers in the place of the server's own, as long as it gives one. */
  intercept?:
    | ((request: { line: string; token: string }) => Answer | "hang" | undefined)
    | undefined;
  readonly tokens: Map<string, Token>;
  /** By mount and path, the versions; 1 is the first. */
  readonly secrets: Map<string, Version[]>;
  addToken(name: string, options?: { ttl?: number; renewable?: boolean }): string;
  readonly logins: { readonly role: string; readonly secret: string }[];
  /** How long the tokens live that are logged in for, in seconds. */
  loginTtl: number;
}

const notFound: Answer = { status: 404, body: { errors: [] } };
const denied: Answer = { status: 403, body: { errors: ["permission denied"] } };

/** Ends with the test that starts it. */
export async function vaultServer(mount = "secret"): Promise<VaultServer> {
  const server: VaultServer = {
    address: "",
    requests: [],
    tokens: new Map(),
    secrets: new Map(),
    logins: [{ role: "role-1", secret: "login-secret-1" }],
    loginTtl: 3600,
    addToken(name, { ttl = 0, renewable = false } = {}) {
      const expiresAt = ttl === 0 ? Number.POSITIVE_INFINITY : Date.now() + ttl * 1_000;
      server.tokens.set(name, { ttl, renewable, expiresAt, renewals: 0 });
      return name;
    },
  };
  const http = createServer((request, response) => void answer(server, mount, request, response));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  const { port } = http.address() as AddressInfo;
  return Object.assign(server, { address: `http://127.0.0.1:${port}` });
}

async function answer(
  server: VaultServer,
  mount: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const line = `${request.method} ${request.url}`;
  const token = String(request.headers["x-vault-token"] ?? "");
  const body = await text(request);
  const namespace = String(request.headers["x-vault-namespace"] ?? "");
  server.requests.push({ line, token, namespace, body });
  const own = server.intercept?.({ line, token });
  if (own === "hang") return;
  const url = new URL(request.url ?? "", "http://x");
  const path = decodeURIComponent(url.pathname).slice("/v1/".length);
  const parsed = body === "" ? {} : (JSON.parse(body) as Record<string, unknown>);
  const found =
    own ?? route(server, mount, { method: request.method ?? "", path, url, token, body: parsed });
  response.writeHead(found.status, { "content-type": "application/json", ...found.headers });
  response.end(found.body === undefined ? "" : JSON.stringify(found.body));
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly url: URL;
  readonly token: string;
  readonly body: Record<string, unknown>;
}

function route(server: VaultServer, mount: string, asked: Asked): Answer {
  const { path, method } = asked;
  if (/^auth\/[^/]+\/login$/.test(path)) return logIn(server, asked);
  const token = server.tokens.get(asked.token);
  if (token === undefined || token.expiresAt <= Date.now()) return denied;
  if (path === "auth/token/lookup-self") {
    const left = Math.max(0, Math.ceil((token.expiresAt - Date.now()) / 1_000));
    const ttl = token.ttl === 0 ? 0 : left;
    return { status: 200, body: { data: { ttl, renewable: token.renewable, id: asked.token } } };
  }
  if (path === "auth/token/renew-self") {
    if (!token.renewable) return { status: 400, body: { errors: ["lease is not renewable"] } };
    token.renewals += 1;
    token.expiresAt = Date.now() + token.ttl * 1_000;
    return { status: 200, body: { auth: authOf(asked.token, token) } };
  }
  if (path.startsWith(`${mount}/data/`)) {
    return data(server, method, path.slice(`${mount}/data/`.length), asked);
  }
  if (path.startsWith(`${mount}/metadata/`)) {
    return metadata(server, method, path.slice(`${mount}/metadata/`.length), asked);
  }
  const transit = /^transit\/(encrypt|decrypt)\/([^/]+)$/.exec(path);
  if (transit) return crypt(transit[1] ?? "", transit[2] ?? "", asked.body);
  return {
    status: 404,
    body: { errors: [`no handler for route "${path}". route entry not found.`] },
  };
}

function logIn(server: VaultServer, { path, body }: Asked): Answer {
  const isKnown = server.logins.some(({ role, secret }) =>
    path.startsWith("auth/approle")
      ? body.role_id === role && body.secret_id === secret
      : body.role === role && body.jwt === secret,
  );
  if (!isKnown) return { status: 400, body: { errors: ["invalid role or secret ID"] } };
  const name = `hvs.${randomUUID()}`;
  server.addToken(name, { ttl: server.loginTtl, renewable: true });
  return { status: 200, body: { auth: authOf(name, server.tokens.get(name) as Token) } };
}

function authOf(name: string, { ttl, renewable }: Token) {
  return { client_token: name, lease_duration: ttl, renewable, policies: ["default"] };
}

function data(server: VaultServer, method: string, path: string, { url, body }: Asked): Answer {
  const versions = server.secrets.get(path) ?? [];
  const asked = Number(url.searchParams.get("version") ?? 0) || versions.length;
  if (method === "GET") {
    const version = versions[asked - 1];
    if (version === undefined) return notFound;
    const destroyed = version.data === undefined;
    const meta = {
      version: asked,
      created_time: "2026-01-01T00:00:00Z",
      deletion_time: "",
      destroyed,
    };
    const found = { data: version.data ?? null, metadata: meta };
    return { status: destroyed ? 404 : 200, body: { data: found } };
  }
  const { cas } = (body.options ?? {}) as { cas?: number };
  if (cas !== undefined && cas !== versions.length) {
    const said = "check-and-set parameter did not match the current version";
    return { status: 400, body: { errors: [said] } };
  }
  server.secrets.set(path, [...versions, { data: body.data as Record<string, unknown> }]);
  return { status: 200, body: { data: { version: versions.length + 1, destroyed: false } } };
}

function metadata(server: VaultServer, method: string, path: string, { url }: Asked): Answer {
  if (method === "DELETE") {
    server.secrets.delete(path);
    return { status: 204 };
  }
  if (url.searchParams.get("list") !== "true") return notFound;
  const below = [...server.secrets.keys()].filter((name) => name.startsWith(`${path}/`));
  const keys = below.map((name) => /^[^/]+\/?/.exec(name.slice(path.length + 1))?.[0]);
  return keys.length === 0
    ? notFound
    : { status: 200, body: { data: { keys: [...new Set(keys)] } } };
}

/** No encryption: what it makes tells the key, so that another key does not open it. */
function crypt(verb: string, key: string, body: Record<string, unknown>): Answer {
  const mark = `vault:v1:${Buffer.from(key).toString("base64")}`;
  if (verb === "encrypt") {
    return {
      status: 200,
      body: { data: { ciphertext: `${mark}.${seal(String(body.plaintext))}` } },
    };
  }
  const [before, sealed = ""] = String(body.ciphertext).split(".");
  if (before !== mark)
    return { status: 400, body: { errors: ["cipher: message authentication failed"] } };
  return { status: 200, body: { data: { plaintext: seal(sealed) } } };
}

function seal(base64: string): string {
  return Buffer.from(Buffer.from(base64, "base64").map((byte) => byte ^ 0x5a)).toString("base64");
}
