import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, type Server } from "node:http";
import { type AddressInfo, createServer, type Server as NetServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { everyNode } from "node-versions";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callInAProcess } from "./call-in-a-process.ts";
import { type SelfMade, selfMadeCertificate } from "./self-made-certificate.ts";

let home: string;
let servers: (NetServer | Server)[];
let connections: number;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "acc-tls-"));
  servers = [];
  connections = 0;
});

afterEach(() => {
  for (const server of servers) server.close();
  rmSync(home, { recursive: true, force: true });
});

async function portOf(server: NetServer | Server): Promise<number> {
  servers.push(server);
  server.on("connection", () => {
    connections += 1;
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as AddressInfo).port;
}

async function serve(certificate: SelfMade): Promise<string> {
  const server = createTlsServer(certificate, (socket) => socket.destroy());
  server.on("tlsClientError", () => {});
  return `https://localhost:${await portOf(server)}`;
}

const day = 86_400_000;

// anthropics/claude-code#8054, google-gemini/gemini-cli#2300: a certificate is refused for good.
test.each([
  ["claude", "sdk"],
  ["gemini", "sdk"],
  ["groq", "sdk"],
  ["groq", "cli"],
  ["openai", "sdk"],
] as const)("%s (%s) asks once where the certificate is refused", async (provider, only) => {
  const baseUrl = await serve(selfMadeCertificate());
  const failure = await callInAProcess(home, { provider, only, baseUrl });
  expect(failure).toMatchObject({
    code: "NETWORK",
    message: expect.stringContaining("DEPTH_ZERO_SELF_SIGNED_CERT"),
    fix: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
    retryable: false,
  });
  expect(failure.attempts).toHaveLength(1);
  expect(connections).toBe(1);
});

// anthropics/claude-code#71708: no certificate of an issuer helps against one that has expired.
test.each([
  [
    "has expired",
    { from: Date.now() - 2 * day, until: Date.now() - day },
    "The server's certificate has expired (CERT_HAS_EXPIRED)",
    "renewed",
  ],
  [
    "is not valid yet",
    { from: Date.now() + day, until: Date.now() + 2 * day },
    "The server's certificate is not valid yet (CERT_NOT_YET_VALID)",
    "clock",
  ],
  [
    "is another host's",
    { host: "elsewhere.example" },
    "The server's certificate is for another host (ERR_TLS_CERT_ALTNAME_INVALID)",
    "base URL",
  ],
])("a trusted certificate that %s gets advice of its own", async (_, wanted, message, fix) => {
  const certificate = selfMadeCertificate(wanted);
  const trusted = join(home, "trusted.pem");
  writeFileSync(trusted, certificate.cert);
  const env = { NODE_EXTRA_CA_CERTS: trusted };
  const failure = await callInAProcess(home, { baseUrl: await serve(certificate), env });
  expect(failure).toMatchObject({ code: "NETWORK", message: expect.stringContaining(message) });
  expect(failure.fix).toContain(fix);
  expect(failure.fix).not.toContain("NODE_EXTRA_CA_CERTS");
  expect(connections).toBe(1);
});

test.each(everyNode())("https to a port of plain http is told on %s", async (_, node) => {
  const baseUrl = `https://127.0.0.1:${await portOf(createHttpServer())}`;
  const failure = await callInAProcess(home, { node, baseUrl });
  expect(failure).toMatchObject({
    code: "NETWORK",
    message: expect.stringContaining("does not speak TLS there"),
    fix: expect.stringContaining("http://"),
  });
  expect(failure.message).not.toContain("certificate");
  expect(connections).toBe(1);
});

test("a connection that TLS breaks off is tried again", async () => {
  const baseUrl = `https://127.0.0.1:${await portOf(createServer((socket) => socket.destroy()))}`;
  const failure = await callInAProcess(home, { baseUrl });
  expect(failure).toMatchObject({ code: "NETWORK", retryable: true });
  expect(failure.attempts.length).toBeGreaterThan(1);
});
