import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays, refuses } from "../../../scripts/vendor-answers.ts";
import { json } from "../../../test/played/listing-cases.ts";
import { testKey } from "./acc.ts";
import { eachTestAnew } from "./each-test-anew.ts";

const { server, home } = eachTestAnew();

describe("acc secrets", () => {
  it("keeps a key from stdin in a 0600 file that does not show it, and uses it", async () => {
    const set = await home.acc(["secrets", "set", "anthropic_api_key"], { stdin: `${testKey}\n` });
    expect([set.code, set.stdout]).toEqual([0, ""]);
    expect((await home.acc(["secrets", "list"])).stdout).toBe("anthropic_api_key\n");
    const files = (await readdir(home.path, { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(await readFile(path, "latin1")).not.toContain(testKey);
    }
    const env = { ANTHROPIC_BASE_URL: server.url };
    const { stdout } = await home.acc(["chat", "--json", "hi"], { env });
    expect(JSON.parse(stdout).attempts).toMatchObject([{ credential: "store" }]);
    expect((await home.acc(["secrets", "delete", "anthropic_api_key"])).code).toBe(0);
    expect((await home.acc(["secrets", "list"])).stdout).toMatch(/^acc_log_key_[0-9a-f]{8}\n$/);
  });

  const keep = (name: string, value: string) =>
    home.acc(["secrets", "set", name], { stdin: value });

  it("shows a value only with --reveal", async () => {
    await keep("groq_api_key", testKey);
    for (const args of [
      ["get", "groq_api_key"],
      ["get", "groq_api_key", "--json"],
      ["list", "--json"],
      ["audit"],
      ["audit", "--json"],
      ["export"],
      ["keys", "list"],
    ]) {
      const { stdout, stderr } = await home.acc(["secrets", ...args]);
      expect(stdout + stderr).not.toContain(testKey);
    }
    expect((await home.acc(["secrets", "get", "groq_api_key", "--reveal"])).stdout).toBe(
      `${testKey}\n`,
    );
    expect((await home.acc(["secrets", "export", "--reveal"])).stdout).toBe(
      `GROQ_API_KEY='${testKey}'\n`,
    );
    const { code, stderr } = await home.acc(["secrets", "get", "no_such_key", "--json"]);
    expect([code, JSON.parse(stderr).error.code]).toEqual([1, "NOT_FOUND"]);
  });

  it("rotates by commands without a shell, and tests the new value without a token spent", async () => {
    const vendor = await startLoopbackServer(json(JSON.stringify({ data: [{ id: "a" }] })));
    onTestFinished(() => vendor.close());
    await keep("anthropic_api_key", "the-old-value-of-it");
    const made = join(home.path, "revoked");
    const create = `'${process.execPath}' -e "console.log('the-new-value-of-it' + (process.env.ACC_SECRETS_KEY ?? ''))"`;
    const revoke = `'${process.execPath}' -e "process.stdin.pipe(require('fs').createWriteStream('${made}'))"`;
    const args = ["secrets", "rotate", "anthropic_api_key", "--json"];
    const run = await home.acc([...args, "--create-command", create, "--revoke-command", revoke], {
      env: { ANTHROPIC_BASE_URL: vendor.url },
    });
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ name: "anthropic_api_key", version: 2 });
    expect(run.stdout + run.stderr).not.toMatch(/value-of-it/);
    expect(vendor.requests).toMatchObject([
      {
        method: "GET",
        path: "/v1/models?limit=1000",
        headers: { authorization: "Bearer the-new-value-of-it" },
      },
    ]);
    const { stdout } = await home.acc(["secrets", "get", "anthropic_api_key", "--reveal"]);
    expect(stdout).toBe("the-new-value-of-it\n");
    expect(await readFile(made, "utf8")).toBe("the-old-value-of-it\n");
  });

  it("keeps the old value where the new one fails its test", async () => {
    await keep("anthropic_api_key", "the-old-value-of-it");
    const { code, stderr } = await home.acc(["secrets", "rotate", "anthropic_api_key"], {
      env: { ANTHROPIC_BASE_URL: "http://127.0.0.1:9" },
      stdin: "the-new-value-of-it",
    });
    expect(code).toBe(1);
    expect(stderr).toContain("ROTATION_TEST_FAILED");
    const { stdout } = await home.acc(["secrets", "get", "anthropic_api_key", "--reveal"]);
    expect(stdout).toBe("the-old-value-of-it\n");
  });

  it("tests a new value by a short chat where the server lists no models", async () => {
    const lists = refuses("claude", 404, { message: "There is no such path." });
    const vendor = await startLoopbackServer((response, request) =>
      (request.method === "GET" ? lists : plays("claude", "ok"))(response, request),
    );
    onTestFinished(() => vendor.close());
    await keep("anthropic_api_key", "the-old-value-of-it");
    const { code } = await home.acc(["secrets", "rotate", "anthropic_api_key"], {
      env: { ANTHROPIC_BASE_URL: vendor.url },
      stdin: "the-new-value-of-it",
    });
    expect(code).toBe(0);
    expect(vendor.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /v1/models?limit=1000",
      "POST /v1/messages",
    ]);
  });

  it("imports what looks like a credential from a .env file, and replaces nothing", async () => {
    await keep("groq_api_key", "the-one-that-was-there");
    const file = join(home.path, ".env");
    await writeFile(file, "GROQ_API_KEY=another-one-of-it\nHF_TOKEN='hf-of-an-example'\nPORT=80\n");
    const { stdout } = await home.acc(["secrets", "import", "--env", file, "--json"]);
    expect(JSON.parse(stdout)).toEqual({
      imported: ["hf_token"],
      unchanged: [],
      skipped: [{ name: "groq_api_key", code: "NAME_CONFLICT" }],
    });
    expect((await home.acc(["secrets", "import"])).code).toBe(2);
  });

  // motdotla/dotenv#445: what `>` of Windows PowerShell writes is UTF-16
  it.each(["utf-16le", "utf-16be", "utf-8"])("imports a .env file in %s", async (encoding) => {
    const file = join(home.path, ".env");
    const text = "\uFEFFGROQ_API_KEY=one-of-an-example\r\nHF_TOKEN='hf-öf-an-example'\r\n";
    const little = Buffer.from(text, encoding === "utf-8" ? "utf8" : "utf16le");
    await writeFile(file, encoding === "utf-16be" ? little.swap16() : little);
    const { stdout } = await home.acc(["secrets", "import", "--env", file, "--json"]);
    expect(JSON.parse(stdout).imported).toEqual(["groq_api_key", "hf_token"]);
    const { stdout: value } = await home.acc(["secrets", "get", "hf_token", "--reveal"]);
    expect(value.trim()).toBe("hf-öf-an-example");
  });

  it("runs a command with the chosen secrets and nothing that opens the store", async () => {
    await keep("groq_api_key", testKey);
    const script =
      "console.log(process.env.MINE, Object.keys(process.env).filter((n) => n.startsWith('ACC_SECRETS')).length); process.exit(7)";
    const { code, stdout } = await home.acc(
      ["secrets", "exec", "-s", "groq_api_key=MINE", "--", process.execPath, "-e", script],
      { env: { ACC_SECRETS_DIR: join(home.path, ".config", "acc") } },
    );
    expect([code, stdout]).toEqual([7, `${testKey} 0\n`]);
    const missing = await home.acc([
      "secrets",
      "exec",
      "-s",
      "groq_api_key",
      "--",
      "no-such-command",
    ]);
    expect([missing.code, missing.stderr]).toEqual([
      127,
      expect.stringContaining("COMMAND_NOT_RUN"),
    ]);
  });

  it("adds a key file that opens the store, and takes the other key away", async () => {
    await keep("groq_api_key", testKey);
    const [first = ""] = (await home.acc(["secrets", "keys", "list"])).stdout.split(" ");
    const unlock = `file:${join(home.path, "other.key")}`;
    expect((await home.acc(["secrets", "keys", "add", unlock])).code).toBe(0);
    const removed = await home.acc(["secrets", "keys", "remove", first, "--unlock", unlock]);
    expect(removed.code).toBe(0);
    const closed = await home.acc(["secrets", "list", "--json"]);
    expect([closed.code, JSON.parse(closed.stderr).error.code]).toEqual([1, "WRONG_KEY"]);
    const { stdout } = await home.acc(["secrets", "list", "--unlock", unlock]);
    expect(stdout).toBe("groq_api_key\n");
  });

  it("recovers the last good store, and keeps roles and an audit that is whole", async () => {
    await keep("groq_api_key", testKey);
    await keep("other_api_key", testKey);
    const rules = join(home.path, "rules.json");
    await writeFile(rules, '[{ "verbs": ["read"], "names": ["groq_*"] }]');
    expect((await home.acc(["secrets", "roles", "set", "ci", rules])).code).toBe(0);
    expect((await home.acc(["secrets", "roles", "list"])).stdout).toBe("ci  allow  read  groq_*\n");
    const audit = JSON.parse((await home.acc(["secrets", "audit", "--json"])).stdout);
    expect(audit).toMatchObject({ ok: true, lines: 3 });
    expect(audit.entries.map(({ action }: { action: string }) => action)).toContain("role.set");
    await writeFile(join(home.path, ".config", "acc", "acc-secrets.json"), "{");
    expect((await home.acc(["secrets", "list"])).stderr).toContain("STORE_DAMAGED");
    expect((await home.acc(["secrets", "recover"])).code).toBe(0);
    expect((await home.acc(["secrets", "list"])).stdout).toBe("groq_api_key\nother_api_key\n");
    expect((await home.acc(["secrets", "recover"])).stderr).toContain("NOTHING_TO_RECOVER");
  });
});
