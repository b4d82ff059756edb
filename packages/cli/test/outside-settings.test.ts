import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { awsServer } from "../../secrets/test/outside/aws-server.ts";
import { vaultServer } from "../../secrets/test/outside/vault-server.ts";
import { homeAnew } from "./home-anew.ts";

const key = "gsk-key-that-opens-nothing";
const home = homeAnew();

/** Writes the config file's member `secrets`. */
async function settings(secrets: unknown): Promise<void> {
  const path = join(home.path, ".config", "acc", "config.json");
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, JSON.stringify({ secrets }));
}

async function file(name: string, text: string): Promise<string> {
  const path = join(home.path, name);
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

const get = ["secrets", "get", "groq_api_key", "--reveal"];

describe("with Vault in the config file, a key comes from there", () => {
  const secret = "login-secret-1";
  const ways: Readonly<Record<string, () => Promise<object>>> = {
    "AppRole, its secret id in a file": async () => ({
      ...{ method: "approle", roleId: "role-1" },
      secretId: { file: await file("secret-id", `${secret}\n`) },
    }),
    "Kubernetes, its token in a file": async () => ({
      ...{ method: "kubernetes", role: "role-1" },
      jwt: { file: await file("token", secret) },
    }),
    "JWT of the environment, at a mount of its own": async () => ({
      ...{ method: "jwt", role: "role-1", mount: "ci" },
      jwt: { env: "CI_TOKEN" },
    }),
  };

  it.each(Object.keys(ways))("by %s", async (way) => {
    const vault = await vaultServer("kv");
    vault.secrets.set("team/groq_api_key", [{ data: { api_key: key } }]);
    const auth = await (ways[way] as () => Promise<object>)();
    const { address } = vault;
    const where = { namespace: "platform", mount: "kv", path: "team", field: "api_key" };
    await settings({ store: "vault", address, auth, ...where });
    const { code, stdout, stderr } = await home.acc(get, { env: { CI_TOKEN: secret } });
    expect([code, stdout, stderr]).toEqual([0, `${key}\n`, ""]);
    const mount = (auth as { mount?: string; method: string }).mount;
    const login = `POST /v1/auth/${mount ?? (auth as { method: string }).method}/login`;
    expect(vault.requests[0]).toMatchObject({ line: login, namespace: "platform" });
    const wrong = await file("wrong", "login-secret-2");
    await settings({
      ...{ store: "vault", address, ...where },
      auth: {
        ...auth,
        ...("jwt" in auth ? { jwt: { file: wrong } } : { secretId: { file: wrong } }),
      },
    });
    const refused = await home.acc(get);
    expect([refused.code, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr).toMatch(/refuses the login by \w+ \(400\).*STORE_REFUSED/s);
    expect(refused.stderr).not.toContain("login-secret");
  });
});

it("with AWS, a key may be a field of a secret of another name, or of a stage", async () => {
  const aws = await awsServer();
  const json = JSON.stringify({ groq: key });
  aws.secrets.set("prod/llm", { stages: new Map([["AWSPREVIOUS", json]]), deleted: false });
  await settings({
    ...{ store: "aws", region: "eu-central-1", endpoint: aws.endpoint },
    names: { groq_api_key: { id: "prod/llm", field: "groq", stage: "AWSPREVIOUS" } },
  });
  const env = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret-access-key-1" };
  expect(await home.acc(get, { env })).toMatchObject({ code: 0, stdout: `${key}\n` });
});

it("with a credential helper of docker, a key comes from there, is written and removed", async () => {
  const folder = join(home.path, "programs");
  await mkdir(folder);
  const helper = join(folder, "docker-credential-of-a-test");
  await writeFile(
    helper,
    `#!${process.execPath}
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const path = ${JSON.stringify(join(home.path, "credentials.json"))};
const kept = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
const given = readFileSync(0, "utf8").trim();
const verbs = {
  list: () => Object.fromEntries(Object.keys(kept).map((url) => [url, "acc"])),
  get: () => kept[given] ?? (console.log("credentials not found in native keychain"), process.exit(1)),
  store: () => { const one = JSON.parse(given); kept[one.ServerURL] = one; },
  erase: () => { delete kept[given]; },
};
const found = verbs[process.argv[2]]();
writeFileSync(path, JSON.stringify(kept));
if (found) console.log(JSON.stringify(found));
`,
  );
  await chmod(helper, 0o755);
  await settings({ store: "docker-helper", helper: "of-a-test", prefix: "https://keys.example/" });
  const env = { PATH: folder };
  const acc = (args: readonly string[], stdin = "") => home.acc(args, { env, stdin });
  expect((await acc(["secrets", "set", "groq_api_key"], key)).code).toBe(0);
  expect((await acc(get)).stdout).toBe(`${key}\n`);
  expect((await acc(["secrets", "list"])).stdout).toBe("groq_api_key\n");
  const doctor = JSON.parse((await acc(["doctor", "--json"])).stdout);
  expect(doctor.secrets).toMatchObject({ path: "docker-helper of-a-test", healthy: true });
  expect((await acc(["secrets", "delete", "groq_api_key"])).code).toBe(0);
  expect((await acc(get)).code).toBe(1);
});

describe("doctor and `secrets stores` say what is wrong", () => {
  const token = "hvs.token-of-nobody-1";
  const faults: Readonly<
    Record<string, readonly [code: string, words: RegExp, answer?: object, env?: object]>
  > = {
    "a Vault that is sealed": [
      "STORE_UNAVAILABLE",
      /^Vault is sealed/,
      { status: 503, body: { errors: ["Vault is sealed"] } },
    ],
    "a Vault that limits its callers": [
      "STORE_UNAVAILABLE",
      /^Vault limits its callers \(429\)/,
      { status: 429, body: { errors: [] } },
    ],
    "a token that Vault does not know": ["STORE_REFUSED", /token.*403/s],
    "a token that is not there": ["STORE_REFUSED", /MY_VAULT_TOKEN.* is not set/, {}, {}],
  };

  it.each(Object.keys(faults))("%s", async (what) => {
    const [code, words, answer, env = { MY_VAULT_TOKEN: token }] = faults[what] ?? [];
    const vault = await vaultServer();
    if (answer && "status" in answer) vault.intercept = () => answer as never;
    const auth = { method: "token", token: { env: "MY_VAULT_TOKEN" } };
    await settings({ store: "vault", address: vault.address, auth, timeout: 1_000 });
    await tells(code ?? "", words ?? /never/, env as Record<string, string>);
  });

  it("a Vault that is away", async () => {
    const auth = { method: "token", token: { env: "MY_VAULT_TOKEN" } };
    await settings({ store: "vault", address: "http://127.0.0.1:9", auth, timeout: 1_000 });
    await tells("STORE_UNAVAILABLE", /127\.0\.0\.1:9/, { MY_VAULT_TOKEN: token });
  });

  async function tells(code: string, words: RegExp, env: Record<string, string>) {
    const doctor = await home.acc(["doctor", "--json"], { env });
    const { secrets, findings } = JSON.parse(doctor.stdout);
    expect(secrets.healthy).toBe(false);
    const fix = expect.stringContaining('change "secrets" in');
    expect(findings).toContainEqual({ code, what: expect.stringMatching(words), fix });
    const { stdout } = await home.acc(["secrets", "stores", "--json"], { env });
    const used = JSON.parse(stdout).stores.find((row: { used: boolean }) => row.used);
    expect(used).toMatchObject({ store: "vault", state: expect.stringMatching(words) });
    const plain = await home.acc(["doctor"], { env });
    expect([doctor.stdout, stdout, plain.stdout, plain.stderr].join()).not.toContain(token);
  }
});
