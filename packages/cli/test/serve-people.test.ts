import { readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { clientSecret, startIssuer } from "../../server/test/people/issuer.ts";
import { listen } from "../../server/test/people/listen.ts";
import { Browser } from "../../server/test/people/people-server.ts";
import { homeAnew } from "./home-anew.ts";
import { startServe } from "./serve-process.ts";

vi.setConfig({ testTimeout: 120_000 });

const home = homeAnew();

const header = "x-goog-iap-jwt-assertion";
const issuer = "https://cloud.google.com/iap";
const audience = "/projects/1/global/backendServices/2";

async function settings(serve: object): Promise<{ readonly ACC_CONFIG: string }> {
  const path = join(home.path, "config.json");
  await writeFile(path, JSON.stringify({ version: 1, serve }));
  return { ACC_CONFIG: path };
}

/** A proxy that signs for people: its public keys' address, and what it signs. */
async function startProxy() {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "1", alg: "ES256", use: "sig" };
  const http = createServer((_, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [jwk] }));
  });
  const jwks = await listen(http);
  onTestFinished(async () => {
    http.closeAllConnections();
    http.close();
  });
  const sign = (email: string) =>
    new SignJWT({ sub: `accounts.google.com:${email}`, email })
      .setProtectedHeader({ alg: "ES256", kid: "1" })
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime("5m")
      .sign(privateKey);
  return { jwks, sign };
}

const auditPath = () => join(home.path, ".config", "acc", "server", "audit.jsonl");
const lines = async (path = auditPath()) =>
  (await readFile(path, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("acc serve behind a proxy that knows people", () => {
  it("lets them do what their roles say, and writes down who did what", async () => {
    const { jwks, sign } = await startProxy();
    const proxy = { header, jwks, issuer, audience };
    const roles = { "ops@example.com": "admin", "v@example.com": "viewer" };
    const env = await settings({ people: { proxy, roles } });
    const { url, said } = await startServe(home, { env, args: ["--keep-prompts"] });
    const ask = async (email: string, name: string) => {
      const [browser, token] = [new Browser(), await sign(email)];
      const { proof, code } = await browser.enter(url, {}, { [header]: token });
      if (code !== undefined) return { code };
      const answer = await browser.ask(`${url}/acc/keys`, {
        method: "POST",
        headers: { [header]: token, "x-acc-page": proof, "content-type": "application/json" },
        body: JSON.stringify({ name, rpm: 60 }),
      });
      const { token: key, error } = (await answer.json()) as {
        readonly token?: string;
        readonly error?: { readonly code: string };
      };
      return { key, code: error?.code };
    };
    const { key = "" } = await ask("ops@example.com", "ci");
    expect(key).toMatch(/^sk-acc-/);
    expect(await ask("v@example.com", "mine")).toEqual({ code: "NOT_PERMITTED" });
    expect(await ask("n@example.com", "mine")).toEqual({ code: "ROLE_MISSING" });
    expect((await home.acc(["serve", "keys", "revoke", "ci"])).code).toBe(0);
    const acts = await lines();
    expect(acts.map(({ action, actor, outcome, name }) => [action, actor, outcome, name])).toEqual([
      ["texts-on", expect.stringMatching(/^user:/), "ok", undefined],
      ["sign-in", "ops@example.com", "ok", undefined],
      ["key-add", "ops@example.com", "ok", "ci"],
      ["sign-in", "v@example.com", "ok", undefined],
      ["key-add", "v@example.com", "NOT_PERMITTED", "mine"],
      ["sign-in", "n@example.com", "ROLE_MISSING", undefined],
      ["key-revoke", expect.stringMatching(/^user:/), "ok", "ci"],
    ]);
    expect(acts[2]).toMatchObject({ limits: { rpm: 60 }, time: expect.stringMatching(/Z$/) });
    expect((await stat(auditPath())).mode & 0o777).toBe(0o600);
    expect(`${await readFile(auditPath(), "utf8")}${said()}`).not.toContain(key);
  });
});

it("signs people in at a provider, whose secret is in the store", async () => {
  let serverUrl = "";
  const reserved = createServer();
  const free = await listen(reserved);
  await new Promise((resolve) => reserved.close(resolve));
  const provider = await startIssuer(free, { ops: { email: "o@x.test", email_verified: true } });
  const oidc = { issuer: provider, clientId: "acc", clientSecret: "acc_oidc_secret" };
  const env = await settings({ url: free, people: { oidc, roles: { "o@x.test": "admin" } } });
  const kept = await home.acc(["secrets", "set", "acc_oidc_secret"], { stdin: clientSecret, env });
  expect(kept.code).toBe(0);
  const started = await startServe(home, { env });
  serverUrl = started.url;
  const answer = await new Browser().ask(`${serverUrl}/acc/login`);
  const location = new URL(answer.headers.get("location") ?? "");
  expect(location.origin).toBe(provider);
  expect(location.searchParams.get("redirect_uri")).toBe(`${free}/acc/login/callback`);
  expect(started.said()).not.toContain(clientSecret);
});

it("says which secret is not there", async () => {
  const oidc = { issuer: "https://i.example.com", clientId: "acc", clientSecret: "not_kept" };
  const people = { oidc, roles: { "o@x.test": "admin" } };
  const env = await settings({ url: "https://acc.example.com", people });
  const { code, stderr } = await home.acc(["serve", "--port", "0"], { env });
  expect([code, stderr]).toEqual([2, expect.stringContaining("acc secrets set not_kept")]);
});

it("writes the audit on stderr where it is told to, and does nothing that cannot be written", async () => {
  const env = await settings({ audit: "stderr" });
  const { stdout, stderr } = await home.acc(["serve", "keys", "add", "ci"], { env });
  expect(JSON.parse(stderr.split("\n")[0] ?? "")).toMatchObject({ action: "key-add", name: "ci" });
  expect(stderr).not.toContain(stdout.trim());
  const broken = await settings({ audit: join(home.path, "config.json", "audit.jsonl") });
  const refused = await home.acc(["serve", "keys", "add", "other"], { env: broken });
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("cannot be written")]);
  const { stdout: list } = await home.acc(["serve", "keys", "list", "--json"], { env });
  expect(JSON.parse(list).keys.map(({ name }: { name: string }) => name)).toEqual(["ci"]);
});

describe("the setting serve", () => {
  const roles = { "ops@example.com": "admin" };
  const proxy = { header, jwks: "https://keys.example.com", issuer, audience };
  const oidc = { issuer: "https://i.example.com", clientId: "acc", clientSecret: "a_secret" };

  it.each<[object, string]>([
    [
      { people: { proxy, oidc, roles } },
      '"serve.people" needs a "proxy" or an "oidc", one of them',
    ],
    [{ people: { proxy } }, '"serve.people" needs "roles"'],
    [
      { people: { proxy, roles: { everybody: "admin" } } },
      '"serve.people.roles.everybody" must be',
    ],
    [{ people: { proxy, roles: { "a@b.c": "owner" } } }, 'must be "admin", "viewer" or a list'],
    [{ people: { proxy: { ...proxy, jwks: "http://keys.example.com" }, roles } }, "https://"],
    [{ people: { proxy: { ...proxy, audience: undefined }, roles } }, "audience is not there"],
    [{ people: { oidc, roles } }, '"serve" needs "url"'],
    [{ url: "https://x.test/path", people: { oidc, roles } }, '"serve.url" must be'],
    [{ people: { oidc: { ...oidc, clientSecret: "not-a-name!" }, roles } }, "name of a secret"],
    [{ user: "x" }, '"serve.user" is none of url, audit, people'],
  ])("%j is refused, and told where", async (serve, what) => {
    const { code, stderr } = await home.acc(["config", "explain"], { env: await settings(serve) });
    expect(code).toBe(2);
    expect(stderr).toContain(what);
    expect(stderr).toMatch(/config\.json:\d+:\d+/);
  });
});
