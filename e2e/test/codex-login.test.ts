import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../../scripts/loopback-server.ts";
import { plays, refuses } from "../../scripts/vendor-answers.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { clis } from "./targets.ts";

const scene = new Scene();
const others: Pick<LoopbackServer, "close">[] = [];
afterEach(async () => {
  await Promise.all(others.splice(0).map((server) => server.close()));
});

describe.each(clis.filter(({ vendor }) => vendor === "openai"))("$name", (target) => {
  it("asks by a login of ChatGPT where that is asked for, and keeps what was refreshed", async () => {
    const hosts = await watchHosts();
    const tokens = await startLoopbackServer((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const access_token = scene.credential;
      response.end(JSON.stringify({ access_token, id_token: idToken, refresh_token: "next" }));
    });
    others.push(tokens);
    scene.atHome({ ".codex/auth.json": login(token({ exp: 1_000_000_000 })) });
    const server = await scene.serve(plays("openai", "By the plan."));
    await using client = scene.open(target, server.url, {
      billing: "login",
      cli: {
        env: {
          ACC_E2E_RUN: scene.credential,
          CODEX_REFRESH_TOKEN_URL_OVERRIDE: `${tokens.url}/oauth/token`,
        },
      },
    });
    const reply = await client.chat("Explain decorators");
    expect(reply.attempts).toMatchObject([{ credential: "login" }]);
    scene.homeIsSettled();
    const kept = JSON.parse(readFileSync(join(scene.home, ".codex/auth.json"), "utf8"));
    expect(kept.tokens.access_token).toBe(scene.credential);
    expect(callsIn(server.requests)[0]?.headers.authorization).toBe(`Bearer ${scene.credential}`);
    expect([...hosts].filter((host) => host !== "chatgpt.com:443")).toEqual([]);
  });

  it("asks nobody but the address by a key of ours", async () => {
    const hosts = await watchHosts();
    const server = await scene.serve(plays("openai", "By the key."));
    await using client = scene.open(target, server.url);
    await client.chat("Explain decorators");
    expect([...hosts]).toEqual([]);
  });

  it("passes over a login that nobody asked for", async () => {
    scene.atHome({ ".codex/auth.json": login(scene.credential) });
    for (const name of ["OPENAI_API_KEY", "CODEX_API_KEY"]) vi.stubEnv(name, undefined);
    const server = await scene.serve(plays("openai", "Never."));
    const options = { billing: "any", apiKey: undefined as never } as const;
    await using client = scene.open(target, server.url, options);
    const error = await scene.failure(client.chat("Explain decorators"));
    expect(error.attempts).toMatchObject([
      { code: "CLI_NOT_LOGGED_IN", credential: "login", fix: expect.stringMatching(/billing/) },
      { code: "MISSING_CREDENTIALS" },
    ]);
    expect(server.requests).toEqual([]);
  });

  // openai/codex#3376
  it("says of a plan that takes no instructions what to do", async () => {
    await watchHosts();
    scene.atHome({ ".codex/auth.json": login(scene.credential) });
    const server = await scene.serve((response) => {
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ detail: "Instructions are not valid" }));
    });
    await using client = scene.open(target, server.url, { billing: "login" });
    const error = await scene.failure(client.chat("Explain decorators"));
    expect(error.attempts[0]).toMatchObject({
      code: "AUTHENTICATION_FAILED",
      fix: expect.stringMatching(/API key/),
    });
    scene.homeIsSettled();
  });

  it("says of a plan's limit that it is one, and when it ends", async () => {
    await watchHosts();
    scene.atHome({ ".codex/auth.json": login(scene.credential) });
    const resets_at = Math.floor(Date.now() / 1000) + 3600;
    const server = await scene.serve((response) => {
      response.writeHead(429, {
        "content-type": "application/json",
        "x-codex-primary-used-percent": "100",
        "x-codex-primary-window-minutes": "300",
        "x-codex-primary-reset-at": String(resets_at),
      });
      const error = { type: "usage_limit_reached", message: "The usage limit", resets_at };
      response.end(JSON.stringify({ error: { ...error, plan_type: "pro" } }));
    });
    await using client = scene.open(target, server.url, { billing: "login" });
    const error = await scene.failure(client.chat("Explain decorators"));
    expect(error.attempts[0]).toMatchObject({ code: "QUOTA_EXHAUSTED" });
    expect(error.attempts[0]?.retryAfter).toBeGreaterThan(3_000_000);
    scene.homeIsSettled();
  });

  it("asks by a key that Codex was logged in with", async () => {
    await watchHosts();
    const held = { auth_mode: "apikey", OPENAI_API_KEY: scene.credential };
    scene.atHome({ ".codex/auth.json": JSON.stringify(held) });
    const server = await scene.serve(plays("openai", "By the key."));
    await using client = scene.open(target, server.url, { billing: "login" });
    expect((await client.chat("Explain decorators")).text).toBe("By the key.");
    scene.homeIsSettled();
  });

  it("says of a login that is refused what to do", async () => {
    await watchHosts();
    scene.atHome({ ".codex/auth.json": login(scene.credential) });
    const server = await scene.serve(refuses("openai", 403, { message: "No such workspace." }));
    await using client = scene.open(target, server.url, { billing: "login" });
    const error = await scene.failure(client.chat("Explain decorators"));
    expect(error.attempts[0]).toMatchObject({ code: "AUTHENTICATION_FAILED" });
    scene.homeIsSettled();
  });
});

/** Where else Codex asks, it is told nothing: what goes out through the proxy is refused. */
async function watchHosts(): Promise<ReadonlySet<string>> {
  const proxy = createServer((_, response) => response.writeHead(403).end());
  const hosts = new Set<string>();
  proxy.on("connect", ({ url = "" }, socket) => {
    hosts.add(url);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as AddressInfo;
  vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${port}`);
  vi.stubEnv("NO_PROXY", "127.0.0.1");
  others.push({
    close: async () => {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  });
  return hosts;
}

function token(claims: object): string {
  const parts = [{ alg: "none" }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  return `${parts.join(".")}.c2ln`;
}

const account = { chatgpt_plan_type: "pro", chatgpt_account_id: "account-of-nobody" };
const idToken = token({ email: "nobody@example.com", "https://api.openai.com/auth": account });

/** A login that nobody made. */
function login(access_token: string): string {
  const last_refresh = new Date(access_token.includes(".") ? 0 : Date.now()).toISOString();
  return JSON.stringify({
    auth_mode: "chatgpt",
    OPENAI_API_KEY: null,
    tokens: { id_token: idToken, access_token, refresh_token: "dummy", account_id: "account" },
    last_refresh,
  });
}
