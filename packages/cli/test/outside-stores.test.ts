import { chmod, mkdir, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { eachTestAnew } from "./each-test-anew.ts";

const key = "gsk-key-that-opens-nothing";

const { server, home } = eachTestAnew();

/** Writes the config file's member `secrets`. */
async function settings(secrets: unknown): Promise<void> {
  const path = join(home.path, ".config", "acc", "config.json");
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, JSON.stringify({ secrets }));
}

/** A program of that name in a folder of its own, which is PATH then. */
async function keeper(name: string, script: string): Promise<Record<string, string>> {
  const folder = join(home.path, "programs");
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return { PATH: folder };
}

const byPass = {
  store: "command",
  command: ["pass", "show", "{}"],
  names: { groq_api_key: "llm/groq", other_api_key: "llm/other" },
};
const pass = `if [ "$2" = llm/groq ]; then echo ${key}; else
  echo "Error: $2 is not in the password store." >&2; exit 1; fi`;

describe("with a program that the config file names, acc", () => {
  it("lists and gets what it keeps, and calls a vendor with it", async () => {
    await settings(byPass);
    const env = await keeper("pass", pass);
    expect((await home.acc(["secrets", "list"], { env })).stdout).toBe("groq_api_key\n");
    const got = await home.acc(["secrets", "get", "groq_api_key", "--reveal"], { env });
    expect(got.stdout).toBe(`${key}\n`);
    const call = ["chat", "-p", "groq", "--only", "sdk", "--no-cache", "hello"];
    const asked = await home.acc(call, { env: { ...env, GROQ_BASE_URL: server.url } });
    expect([asked.code, asked.stderr]).toEqual([0, ""]);
  });

  it("says that it writes nothing there, and that no key opens it", async () => {
    await settings(byPass);
    const env = await keeper("pass", pass);
    const set = await home.acc(["secrets", "set", "groq_api_key"], { env, stdin: "other-value-1" });
    expect([set.code, set.stderr]).toEqual([1, expect.stringContaining("UNSUPPORTED_BY_FORMAT")]);
    const unlocked = await home.acc(["secrets", "list", "--unlock", "env"], { env });
    expect([unlocked.code, unlocked.stderr]).toEqual([2, expect.stringContaining("command store")]);
  });

  it("finds it in doctor, and tells there when it is not there", async () => {
    await settings(byPass);
    const env = await keeper("pass", pass);
    const good = JSON.parse((await home.acc(["doctor", "--json"], { env })).stdout);
    expect(good.secrets).toEqual({ path: "command pass", exists: true, healthy: true });
    const groq = good.providers.find(({ provider }: { provider: string }) => provider === "groq");
    expect(JSON.stringify(groq.keys)).toContain("store");
    const bad = JSON.parse((await home.acc(["doctor", "--json"], { env: { PATH: "/" } })).stdout);
    expect(bad.secrets.healthy).toBe(false);
    expect(bad.findings).toContainEqual(expect.objectContaining({ code: "PROGRAM_NOT_FOUND" }));
  });

  it("shows it among the stores of the machine, as the one in use", async () => {
    await settings(byPass);
    const env = await keeper("pass", pass);
    const { stdout } = await home.acc(["secrets", "stores", "--json"], { env });
    expect(JSON.parse(stdout).stores).toEqual([
      { store: "file", where: expect.any(String), state: "none yet", used: false },
      { store: "command", where: "command pass", state: "answers", used: true },
      { store: "command", where: "pass show {}", state: "installed", used: false },
    ]);
    expect((await home.acc(["secrets", "stores"], { env })).stdout).toContain("answers");
  });
});

it("with Vault in the config file, a key comes from there by a token of the environment", async () => {
  const seen: unknown[] = [];
  const vault = createServer((request, response) => {
    seen.push([request.url, request.headers["x-vault-token"]]);
    const isRead = request.url?.endsWith("/data/llm/groq_api_key");
    const found = isRead ? { data: { value: key }, metadata: { version: 1 } } : { ttl: 0 };
    const isKnown = request.headers["x-vault-token"] === "hvs.token-of-a-test";
    response.writeHead(isKnown ? 200 : 403, { "content-type": "application/json" });
    response.end(JSON.stringify(isKnown ? { data: found } : { errors: ["permission denied"] }));
  });
  await new Promise<void>((resolve) => vault.listen(0, "127.0.0.1", resolve));
  try {
    const address = `http://127.0.0.1:${(vault.address() as AddressInfo).port}`;
    const auth = { method: "token", token: { env: "MY_VAULT_TOKEN" } };
    await settings({ store: "vault", address, auth, path: "llm", timeout: 3000 });
    const env = { MY_VAULT_TOKEN: "hvs.token-of-a-test" };
    const got = await home.acc(["secrets", "get", "groq_api_key", "--reveal"], { env });
    expect([got.stdout, got.stderr]).toEqual([`${key}\n`, ""]);
    expect(seen).toContainEqual(["/v1/secret/data/llm/groq_api_key", "hvs.token-of-a-test"]);
    const doctor = JSON.parse((await home.acc(["doctor", "--json"], { env })).stdout);
    expect(doctor.secrets).toEqual({ path: `vault ${address}`, exists: true, healthy: true });
    const none = await home.acc(["secrets", "get", "groq_api_key"]);
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining("STORE_REFUSED")]);
  } finally {
    vault.closeAllConnections();
    vault.close();
  }
});

/** Answers each request; its address. */
async function played(
  answer: (request: IncomingMessage) => unknown,
): Promise<{ readonly address: string; close(): void }> {
  const vendor = createServer((request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer(request)));
  });
  await new Promise<void>((resolve) => vendor.listen(0, "127.0.0.1", resolve));
  const close = () => {
    vendor.closeAllConnections();
    vendor.close();
  };
  return { address: `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`, close };
}

const revealed = ["secrets", "get", "groq_api_key", "--reveal"];

it("with AWS in the config file, a key comes from there by AWS's own client", async () => {
  const targets: unknown[] = [];
  const vendor = await played(({ headers }) => {
    targets.push(headers["x-amz-target"]);
    return { Name: "llm/groq_api_key", SecretString: key };
  });
  try {
    const endpoint = vendor.address;
    await settings({ store: "aws", region: "eu-central-1", endpoint, prefix: "llm/" });
    const env = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret-access-key-1" };
    expect((await home.acc(revealed, { env })).stdout).toBe(`${key}\n`);
    expect(targets).toContain("secretsmanager.GetSecretValue");
    const { stdout } = await home.acc(["secrets", "stores", "--json"], { env });
    expect(JSON.parse(stdout).stores).toContainEqual({
      ...{ store: "aws", where: `aws ${endpoint}`, state: "answers", used: true },
    });
  } finally {
    vendor.close();
  }
});

it("with Google in the config file, a key comes from there by a token of its machine", async () => {
  const seen: unknown[] = [];
  const vendor = await played(({ url = "", headers }) => {
    seen.push([url, headers.authorization]);
    if (url.startsWith("/computeMetadata/")) return { access_token: "ya29.t", expires_in: 3_599 };
    return { name: "a/versions/1", payload: { data: Buffer.from(key).toString("base64") } };
  });
  try {
    const { address } = vendor;
    const asked = "/v1/projects/my-project/secrets/acc-groq_api_key/versions/latest:access";
    await settings({ store: "gcp", project: "my-project", address });
    const env = { GCE_METADATA_HOST: new URL(address).host };
    expect((await home.acc(revealed, { env })).stdout).toBe(`${key}\n`);
    expect(seen).toContainEqual([asked, "Bearer ya29.t"]);
    const folder = await keeper("gcloud", "echo ya29.of-gcloud");
    const tokenCommand = ["gcloud", "auth", "print-access-token"];
    await settings({ store: "gcp", project: "my-project", address, tokenCommand });
    expect((await home.acc(revealed, { env: folder })).stdout).toBe(`${key}\n`);
    expect(seen).toContainEqual([asked, "Bearer ya29.of-gcloud"]);
    await settings({ store: "gcp", project: "my-project", address, token: { env: "MY_TOKEN" } });
    expect((await home.acc(revealed, { env: { MY_TOKEN: "ya29.e" } })).stdout).toBe(`${key}\n`);
    expect(seen).toContainEqual([asked, "Bearer ya29.e"]);
  } finally {
    vendor.close();
  }
});

it("with a folder of files in the config file, each is the secret of its name", async () => {
  const folder = join(home.path, "mounted");
  await mkdir(folder);
  await writeFile(join(folder, "groq_api_key"), `${key}\n`, { mode: 0o644 });
  await settings({ store: "files", folder });
  expect((await home.acc(revealed)).stdout).toBe(`${key}\n`);
  const doctor = JSON.parse((await home.acc(["doctor", "--json"])).stdout);
  expect(doctor.secrets).toEqual({ path: `files ${folder}`, exists: true, healthy: true });
});

it.each([
  [{ store: "valt" }, '"secrets.store" must be one of file, command, files, docker-helper, vault'],
  [{ store: "files", folder: "here" }, "`folder` is an absolute path"],
  [{ store: "gcp" }, '"secrets" needs "project" for gcp'],
  [{ store: "aws", regoin: "x" }, 'did you mean "region"?'],
  [{ store: "gcp", project: "p", token: "hvs.in-the-file" }, "the config file holds no secret"],
  [{ store: "gcp", project: "p", tokenCommand: "gcloud" }, '"secrets.tokenCommand" must be a list'],
  [{ store: "command", command: "pass show" }, '"secrets.command" must be a list of words'],
  [{ store: "command", command: ["pass", "{}"] }, '"secrets" needs "names" for command'],
  [{ store: "vault", adress: "x" }, 'did you mean "address"?'],
  [
    { store: "vault", address: "x", auth: { method: "token", token: "hvs.in-the-file" } },
    "the config file holds no secret",
  ],
  [{ store: "vault", address: "https://x", auth: { method: "ldap" } }, "`auth.method` is"],
  [{ store: "docker-helper", helper: "pass", ttl: "1h" }, '"secrets.ttl" must be a time'],
  ["vault", '"secrets" must be an object'],
])("refuses %j in the config file", async (secrets, words) => {
  await settings(secrets);
  const { code, stderr } = await home.acc(["secrets", "list"]);
  expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  expect(stderr).not.toContain("hvs.in-the-file");
});
